"""What a service of the emulated cloud is made of: calls, answers, routes, and the cloud they act on."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.choices import Choices
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.store import Place, Store, Stored

_HOST = re.compile(
    r"(?:(?P<bucket>[a-z0-9][a-z0-9-]*-\d+)\.)?(?P<family>ci|pic|cos)\.(?P<region>[a-z]+(?:-[a-z0-9]+)+)\.myqcloud\.com"
)
_SERVICE = re.compile(r"(?P<family>vod|mps)(?:\.intl)?\.tencentcloudapi\.com")
JSON_FAMILIES = ("vod", "mps")
"""Families whose calls are JSON, signed by TC3."""
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True)
class Call:
    """One request. `family` is `ci`, `pic`, `cos`, `vod` or `mps` by the host, "" when it is none of the cloud's."""

    method: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    request_id: str
    family: str = ""
    region: str = ""
    bucket: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Query parameters by name; the key of a value-less one has the value ""."""

    @classmethod
    def of(
        cls, method: str, host: str, path: str, query: str, headers: Mapping[str, str], body: bytes, request_id: str
    ) -> Call:
        """The call, with its host and its query taken apart."""
        name = host.partition(":")[0].lower()
        matched = _HOST.fullmatch(name) or _SERVICE.fullmatch(name)
        parts = {name: value or "" for name, value in matched.groupdict().items()} if matched else {}
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        return cls(method, host, path, query, headers, body, request_id, parameters=parameters, **parts)

    @property
    def action(self) -> str:
        """The action of a JSON call; "" of others."""
        return self.headers.get("x-tc-action", "") if self.family in JSON_FAMILIES else ""

    @property
    def is_read(self) -> bool:
        """Whether it asks and changes nothing."""
        return self.method == "GET" or self.action.startswith("Describe")

    @functools.cached_property
    def content(self) -> dict[str, Any]:
        """The parameters of a JSON call. Raises CloudError when the body holds none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise CloudError("InvalidParameter", "the body is no JSON object")
        return found

    @property
    def place(self) -> Place:
        """Region and bucket. Raises CloudError when the host has no bucket."""
        if not self.bucket:
            raise CloudError("InvalidHost", f"{self.host}: this call needs the host of a bucket")
        return Place(self.region, self.bucket)

    @property
    def target(self) -> str:
        """Path and query, as in the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def parameter(self, name: str, default: str = "") -> str:
        """A query parameter; an empty one counts as absent."""
        return self.parameters.get(name) or default

    def listed(self, name: str) -> list[str]:
        """The items of a comma-joined query parameter, each once."""
        return list(dict.fromkeys(part.strip() for part in self.parameter(name).split(",") if part.strip()))

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """A query parameter with a fixed set of values."""
        value = self.parameter(name, default)
        if value not in allowed:
            raise CloudError("InvalidArgument", f"{name}={value}: expected one of {', '.join(allowed)}")
        return value

    def number(self, name: str, default: int) -> int:
        """A positive whole number in the query."""
        value = self.parameter(name, str(default))
        if not (value.isascii() and value.isdigit() and int(value) >= 1):
            raise CloudError("InvalidArgument", f"{name}={value}: expected a whole number from 1")
        return int(value)


@dataclass(frozen=True)
class Answer:
    """What goes back: an element tree, or ready bytes of another type."""

    root: ET.Element | None = None
    status: int = 200
    data: bytes = b""
    content_type: str = "application/xml"

    @classmethod
    def json(cls, call: Call, content: Mapping[str, Any]) -> Answer:
        """The answer to a JSON call, errors too; the official SDK overlooks an error when the type has a charset."""
        text = json.dumps({"Response": {**content, "RequestId": call.request_id}}, ensure_ascii=False)
        return cls(data=text.encode(), content_type="application/json")

    @property
    def body(self) -> bytes:
        """The bytes of the answer."""
        return self.data if self.root is None else tree.write(self.root).encode()


@dataclass
class Cloud:
    """What services act on: the store, the choices, the clock and the source of ids."""

    store: Store
    choices: Choices
    clock: Callable[[], float]
    seed: str

    def new_id(self, prefix: str, kind: str) -> str:
        """An id that never comes twice: the same for the same seed and number."""
        return self.fixed_id(prefix, kind, str(self.store.next("ids")))

    def fixed_id(self, prefix: str, *words: str) -> str:
        """An id that follows from the seed and the words alone."""
        return prefix + hashlib.sha256(":".join((self.seed, *words)).encode()).hexdigest()[:32]

    def page(self, call: Call) -> tuple[int, int]:
        """Number and size of the page asked for."""
        return call.number("pageNumber", 1), min(call.number("pageSize", 10), self.choices.page_size_max)

    def bound(self, place: Place) -> bool:
        """Whether the bucket is bound to CI."""
        found = self.store.get(place, "binding", "binding")
        return found is not None and ">on<" in found.xml

    def put(
        self,
        place: Place,
        kind: str,
        id: str,
        body: ET.Element | str,
        *,
        name: str = "",
        tag: str = "",
        always: bool = False,
    ) -> Stored:
        """Stores a body under an id now; one that exists keeps its time of creation. `always` is that of the store."""
        old = self.store.get(place, kind, id)
        now = self.clock()
        text = body if isinstance(body, str) else tree.write(body)
        item = Stored(*place, kind, id, name, tag, text, old.created if old else now, now)
        self.store.put(item, always)
        return item


def listing(
    cloud: Cloud,
    call: Call,
    kind: str,
    show: Callable[[Stored], ET.Element],
    missing: Callable[[list[str]], list[ET.Element]],
    tag: str = "",
    nothing: bool = False,
) -> Answer:
    """Objects by `ids`, whatever the other filters, or a page of those whose name starts with `name`."""
    root = tree.make("Response", tree.make("RequestId", call.request_id))
    ids = call.listed("ids")
    if ids:
        found = {item.id: item for id in ids if (item := cloud.store.get(call.place, kind, id)) is not None}
        root.extend(show(item) for item in found.values())
        root.extend(missing([id for id in ids if id not in found]))
        return Answer(root)
    number, size = cloud.page(call)
    prefix = call.parameter("name")
    total = 0 if nothing else cloud.store.count(call.place, kind, tag=tag, prefix=prefix)
    for name, value in (("TotalCount", total), ("PageNumber", number), ("PageSize", size)):
        root.append(tree.make(name, str(value)))
    if total:
        items = cloud.store.find(call.place, kind, tag=tag, prefix=prefix, limit=size, offset=(number - 1) * size)
        root.extend(show(item) for item in items)
    return Answer(root)


def time_text(seconds: float) -> str:
    """A time as answers show it: `2024-05-06T10:20:30+0800`."""
    text = datetime.datetime.fromtimestamp(seconds, _CHINA).isoformat(timespec="seconds")
    return text[:-3] + text[-2:]  # without the colon of the zone; strftime takes as long as the rest of an item


def utc_text(seconds: float) -> str:
    """A time as the JSON services show it: `2026-01-20T03:02:33Z`."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def tree_of(item: Stored) -> ET.Element:
    """The stored body of an object, as a fresh tree."""
    return ET.fromstring(item.xml)  # noqa: S314 - written by this package


@dataclass(frozen=True)
class Route:
    """One call: family of hosts, method, pattern of the path, value-less query key, parameters that it knows."""

    family: str
    method: str
    path: str
    answer: Callable[[Cloud, Call], Answer]
    key: str = ""
    parameters: tuple[str, ...] = ()

    def matches(self, call: Call) -> bool:
        """Whether this route answers the call. A call of `/` is told apart by its query key alone."""
        if (call.family, call.method) != (self.family, self.method) or not re.fullmatch(self.path, call.path):
            return False
        return self.key in call.parameters if self.key else self.path != "/" or not call.parameters

    def check(self, call: Call) -> None:
        """Refuses parameters that the call does not know."""
        unknown = sorted(call.parameters.keys() - {self.key, *self.parameters})
        if unknown:
            raise CloudError("InvalidArgument", f"unknown query parameter {', '.join(unknown)}")


@dataclass(frozen=True)
class JsonRoute:
    """One action of a JSON service, with the parameters that it knows."""

    family: str
    action: str
    version: str
    answer: Callable[[Cloud, Call], Answer]
    parameters: tuple[str, ...] = ()

    def matches(self, call: Call) -> bool:
        """Whether this route answers the call."""
        return (call.family, call.action) == (self.family, self.action)

    def check(self, call: Call) -> None:
        """Refuses another method or version, and parameters that the action does not know."""
        if (call.method, call.path) != ("POST", "/"):
            raise CloudError("UnsupportedProtocol", f"{call.method} {call.path}: send POST /")
        if call.headers.get("x-tc-version") != self.version:
            raise CloudError("NoSuchVersion", f"X-TC-Version {call.headers.get('x-tc-version')}: send {self.version}")
        unknown = sorted(call.content.keys() - set(self.parameters))
        if unknown:
            raise CloudError("UnknownParameter", f"{self.action} has no parameter {', '.join(unknown)}")
