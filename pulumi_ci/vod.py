"""Video on Demand (VOD): a resource class for every kind of it."""

from pulumi_ci.provider.resources import RESOURCES

__all__ = sorted(RESOURCES["vod"])

globals().update(RESOURCES["vod"])
