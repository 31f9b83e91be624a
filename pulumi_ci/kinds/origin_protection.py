"""Protection of original pictures: only styled access works."""

from __future__ import annotations

from pulumi_ci.model.api import Call, Switch
from pulumi_ci.model.kind import BucketKind


class OriginProtection(BucketKind):
    """Refuses access to original pictures, so that only styles can be fetched."""

    slug = "origin-protection"
    pages = (7, 8, 9)
    api = Switch(
        on=Call("PUT", query="origin-protect"),
        off=Call("DELETE", query="origin-protect"),
        read=Call("GET", query="origin-protect"),
        root="OriginProtectStatus",
    )
