"""Hotlink protection: which sites may embed the bucket's pictures."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Form, Switch
from pulumi_ci.model.marks import Matches, Unordered


class Hotlink(SwitchedKind):
    """Allows or refuses pictures by the domain of the page that embeds them."""

    slug = "hotlink"
    pages = (5, 6)
    api = Switch(
        on=Call("PUT", query="hotlink"),
        off=Call("PUT", query="hotlink"),
        read=Call("GET", query="hotlink"),
        root="Hotlink",
        status="Status",
        off_body="<Hotlink><Type>off</Type></Hotlink>",
        form=Form(root="Hotlink", ignored=("Status",)),
    )

    type: Literal["white", "black"]
    """`white`: only these domains may embed; `black`: all but these. Deleting the resource switches it off."""
    url: Annotated[
        list[Annotated[str, Matches(r"[^\s,;<>]+", "a domain without blanks", "www.example.com")]], Unordered()
    ]
    """Domains, such as `www.example.com`."""
