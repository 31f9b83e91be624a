"""What comes first in a bucket: its binding, then its services, then what these make possible."""

from __future__ import annotations

from pulumi_ci.model.api import Switch
from pulumi_ci.model.kind import BucketKind, Kind


def opens(kind: type[Kind]) -> bool:
    """Whether there are kinds that need this one in their bucket."""
    return isinstance(kind.api, Switch) and bool(kind.api.opens)


def comes_after(kind: type[Kind], other: type[Kind]) -> bool:
    """Whether a resource needs one of the kind `other` in its bucket, if there is one: it is made after that, and
    deleted before it.
    """
    if not issubclass(kind, BucketKind) or not isinstance(other.api, Switch) or kind is other:
        return False
    return other.api.opens == "bucket" or (other.api.opens == "service" and not isinstance(kind.api, Switch))
