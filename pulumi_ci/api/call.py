"""What one call of an XML API is made of: where it goes, what is sent, and a good answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pulumi_ci.api.errors import Target
from pulumi_ci.api.evidence import Lacks
from pulumi_ci.model.api import Host
from pulumi_ci.wire import xml


@dataclass(frozen=True)
class Answer:
    """A good answer: its root element when it had a body, and the request id."""

    root: xml.Element | None
    request_id: str


@dataclass(frozen=True)
class Place:
    """Where an object lives: a bucket in its region, or a VOD application. Named as the scope fields of kinds."""

    region: str = ""
    bucket: str = ""
    sub_app_id: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.region, self.bucket, self.sub_app_id) if part)


@dataclass(frozen=True)
class Request:
    """What to send.

    `again` says that a second sending does no harm: a read, or a write of a whole body. `root` is the root element
    that a good answer has; "" = whatever comes, or nothing. `lacks` says what a good answer lacks to prove anything.
    `missing` are the codes by which the service says that the object of this call is not there.
    """

    target: Target
    operation: str
    method: str
    host: Host
    place: Place
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    again: bool = True
    root: str = ""
    lacks: Lacks = lambda root: ""
    missing: Collection[str] = ()
