"""Protection of original pictures: only styled access works."""

from __future__ import annotations

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Switch


class OriginProtection(SwitchedKind):
    """Refuses access to original pictures, so that only styles can be fetched."""

    slug = "origin-protection"
    pages = (7, 8, 9)
    api = Switch(
        on=Call("PUT", query="origin-protect"),
        off=Call("DELETE", query="origin-protect"),
        read=Call("GET", query="origin-protect"),
        root="OriginProtectStatus",
    )
