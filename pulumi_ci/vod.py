"""Video on Demand (VOD): a resource class for every kind of it."""

from pulumi_ci.provider.resources import find, names

__all__ = sorted(names("vod"))

globals().update({name: find("vod", name) for name in __all__})
