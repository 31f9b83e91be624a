"""Services of a bucket: switched on and off at the bucket's host, listed for the account. Source: 055, 061-081."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from typing import NamedTuple

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, time_text
from pulumi_ci.emulator.store import Stored


class _Service(NamedTuple):
    path: str
    one: str
    named: bool
    """Whether answers repeat the bucket as Name."""
    closes: bool
    """Whether a call is known that switches it off."""
    extra: tuple[str, ...] = ()
    """Further elements, always empty."""


SERVICES = (
    _Service("/mediabucket", "MediaBucket", False, True),
    _Service("/ai_bucket", "AiBucket", True, True),
    _Service("/asrbucket", "AsrBucket", False, True),
    _Service("/docbucket", "DocBucket", True, False, ("AliasBucketId",)),
)


def _show(service: _Service, item: Stored, name: str) -> ET.Element:
    parts = [tree.make("BucketId", item.bucket), tree.make("Region", item.region)]
    if service.named:
        parts.insert(1, tree.make("Name", item.bucket))
    parts += [tree.make("CreateTime", time_text(item.created)), *(tree.make(extra) for extra in service.extra)]
    return tree.make(name, *parts)


def _open(service: _Service, cloud: Cloud, call: Call) -> Answer:
    existing = cloud.store.get(call.place, "service", service.path)
    if existing is not None and cloud.choices.bind_again == "refuse":
        raise CloudError("BucketAlreadyBinded", "the service is on already")
    item = existing or cloud.put(call.place, "service", service.path, tree.make("Service", "on"), name=service.path[1:])
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), _show(service, item, service.one)))


def _close(service: _Service, cloud: Cloud, call: Call) -> Answer:
    existing = cloud.store.get(call.place, "service", service.path)
    if existing is None:
        raise CloudError("MediaBucketUnBinded", f"the service {service.path} is not on")
    cloud.store.delete(existing)
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id)))


def _list(service: _Service, cloud: Cloud, call: Call) -> Answer:
    regions, names = call.listed("regions"), call.listed("bucketNames")
    found = [
        item
        for item in cloud.store.everywhere("service", service.path)
        if (not regions or "All" in regions or item.region in regions)
        and (not names or item.bucket in names)
        and item.bucket.startswith(call.parameter("bucketName"))
    ]
    number, size = cloud.page(call)
    counters = (("TotalCount", len(found)), ("PageNumber", number), ("PageSize", size))
    root = tree.make("Response", tree.make("RequestId", call.request_id))
    root.extend(tree.make(name, str(value)) for name, value in counters)
    page = found[(number - 1) * size : number * size]
    root.extend(_show(service, item, f"{service.one}List") for item in page)
    return Answer(root)


def _open_search(cloud: Cloud, call: Call) -> Answer:
    body = tree.parse(call.body, "Request")
    tree.require(body, ("MaxCapacity",))
    if cloud.store.get(call.place, "service", call.path) is not None:
        raise CloudError("InvalidArgument", "image search is on already")
    cloud.put(call.place, "service", call.path, body, name=call.path[1:])
    return Answer()


_QUERY = ("regions", "bucketNames", "bucketName", "pageNumber", "pageSize")
ROUTES = (
    *(Route("ci", "POST", service.path, functools.partial(_open, service)) for service in SERVICES),
    *(
        Route("ci", "DELETE", service.path, functools.partial(_close, service))
        for service in SERVICES
        if service.closes
    ),
    *(Route("ci", "GET", service.path, functools.partial(_list, service), parameters=_QUERY) for service in SERVICES),
    Route("ci", "POST", "/ImageSearchBucket", _open_search),
)
