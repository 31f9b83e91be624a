"""Guetzli compression of JPEG pictures, for a whole bucket."""

from __future__ import annotations

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Switch


class GuetzliCompression(SwitchedKind):
    """Switches Guetzli compression of JPEG pictures on for a bucket; it works on the pic domain, not on that of COS."""

    slug = "guetzli-compression"
    pages = (33, 34, 35)
    api = Switch(
        on=Call("PUT", query="guetzli"),
        off=Call("DELETE", query="guetzli"),
        read=Call("GET", query="guetzli"),
        root="GuetzliStatus",
    )
