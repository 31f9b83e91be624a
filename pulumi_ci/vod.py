"""Video on Demand (VOD): a resource class and look-ups for every kind of it."""

from pulumi_ci.provider.door import find, names

__all__ = sorted(names("vod"))

globals().update({name: find("vod", name) for name in __all__})
