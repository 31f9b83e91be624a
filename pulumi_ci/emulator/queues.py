"""Queues of five services: they exist as soon as somebody looks, and are changed, never made. Source: 045-087."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, time_text, tree_of
from pulumi_ci.emulator.store import Place, Stored

_CALLBACK = ("Event", "Type")


@dataclass(frozen=True)
class Service:
    """What tells the queues of one service from the others; the table of the differences, one row each."""

    path: str
    queues: tuple[tuple[str, str], ...]
    """Category and first name of the queues that a bucket has."""
    name_limit: int = 128
    default_category: str = ""
    """The `category` that a read keeps to when it names none; "" = no such filter."""
    categories: bool = True
    """Whether the `category` parameter is known (on some services an example uses it and nothing comes of it)."""
    missing: str = "text"
    """Shape of NonExistPIDs."""
    shows_bucket: bool = False
    strict_callback: bool = True
    """Whether a callback that is on needs Event, Type and its address."""


SERVICES = (
    Service(
        "queue",
        (("Transcoding", "queue-1"), ("SpeedTranscoding", "queue-speed-transcoding-process-1")),
        default_category="Transcoding",
    ),
    Service("picqueue", (("PicProcessing", "queue-pic-process-1"),)),
    Service("ai_queue", (("AIProcess", "queue-ai-process-1"),)),
    Service("asrqueue", (("", ""),), 100, categories=False, missing="block", strict_callback=False),
    Service(
        "docqueue",
        (("DocProcessing", "queue-doc-process-1"),),
        100,
        categories=False,
        missing="block",
        shows_bucket=True,
        strict_callback=False,
    ),
)
KIND = "queue"
"""Kind of the stored objects; their tag is the path of the service."""


def of(cloud: Cloud, place: Place, service: Service) -> list[Stored]:
    """The queues of a bucket, made at the first look."""
    found = cloud.store.find(place, KIND, tag=service.path)
    if not found and not cloud.store.counter(f"queues {service.path} {'/'.join(place)}"):
        for category, name in service.queues:
            id = cloud.fixed_id("p", *place, service.path, category)
            body = tree.make(
                "Queue",
                tree.make("Name", name),
                tree.make("State", "Active"),
                tree.make(
                    "NotifyConfig", *(tree.make(n, "") for n in ("Url", "Event", "Type")), tree.make("State", "Off")
                ),
                tree.make("MaxSize", "10000"),
                tree.make("MaxConcurrent", "10"),
            )
            text = category or cloud.choices.speech_category
            if text:
                body.append(tree.make("Category", text))
            cloud.put(place, KIND, id, body, name=name, tag=service.path, always=True)
        cloud.store.set_counter(f"queues {service.path} {'/'.join(place)}", 1)  # a deleted queue does not come back
        found = cloud.store.find(place, KIND, tag=service.path)
    return found


def _item(cloud: Cloud, item: Stored, service: Service, name: str) -> ET.Element:
    body = tree_of(item)
    if cloud.choices.unset != "as-sent":
        tree.fill(body, tree.data("defaults.yaml")[service.path], cloud.choices.unset)
    root = tree.make(name, tree.make("QueueId", item.id), *body)
    root.append(tree.make("UpdateTime", time_text(item.updated)))
    root.append(tree.make("CreateTime", time_text(item.created)))
    if service.shows_bucket:
        root.append(tree.make("BucketId", item.bucket))
    return root


def _category(item: Stored) -> str:
    return tree.text(tree_of(item), "Category")


def _read(service: Service, cloud: Cloud, call: Call) -> Answer:
    state = call.one_of("state", "All", ("All", "Active", "Paused"))
    category = service.default_category and call.one_of(
        "category", service.default_category, ("CateAll", *(name for name, _ in service.queues))
    )
    found = of(cloud, call.place, service)
    root = tree.make("Response", tree.make("RequestId", call.request_id))
    ids = call.listed("queueIds")
    if category not in ("", "CateAll") and not (ids and cloud.choices.queue_by_id == "any-category"):
        found = [item for item in found if _category(item) == category]
    if ids:
        if 0 < cloud.choices.queue_ids_max < len(ids):
            raise CloudError("InvalidArgument", f"{len(ids)} queueIds; at most {cloud.choices.queue_ids_max} at once")
        root.extend(_item(cloud, item, service, "QueueList") for item in found if item.id in ids)
        missing = [id for id in ids if id not in {item.id for item in found}]
        shape = service.missing if cloud.choices.missing_queues == "documented" else cloud.choices.missing_queues
        if missing and shape == "text":
            root.extend(tree.make("NonExistPIDs", id) for id in missing)
        elif missing:
            root.append(tree.make("NonExistPIDs", *(tree.make("QueueID", id) for id in missing)))
        return Answer(root)
    number, size = cloud.page(call)
    if state != "All":
        found = [item for item in found if tree.text(tree_of(item), "State") == state]
    root.append(tree.make("TotalCount", str(len(found))))
    root.append(tree.make("PageNumber", str(number)))
    root.append(tree.make("PageSize", str(size)))
    root.extend(_item(cloud, item, service, "QueueList") for item in found[(number - 1) * size : number * size])
    return Answer(root)


def _update(service: Service, cloud: Cloud, call: Call) -> Answer:
    id = call.path.rpartition("/")[2]
    item = next((item for item in of(cloud, call.place, service) if item.id == id), None)
    if item is None:
        raise CloudError("QueueNotFound", f"the bucket has no queue {id} on /{service.path}")
    sent = tree.parse(call.body, "Request")
    tree.require(sent, ("Name", "State", "NotifyConfig/"))
    _check(service, sent, id)
    body = tree_of(item)
    for name in ("Name", "State", "NotifyConfig"):  # the three are replaced whole
        for old in body.findall(name):
            body.remove(old)
    body[:0] = [element for element in sent if element.tag in ("Name", "State", "NotifyConfig")]
    stored = cloud.put(call.place, KIND, id, body, name=tree.text(body, "Name"), tag=service.path)
    return Answer(
        tree.make("Response", tree.make("RequestId", call.request_id), _item(cloud, stored, service, "Queue"))
    )


def _check(service: Service, sent: ET.Element, id: str) -> None:
    if any(tree.text(sent, name) not in ("", id) for name in ("QueueID", "QueueId")):
        raise CloudError("InvalidArgument", "QueueID in the body is not the id of the path")
    if len(tree.text(sent, "Name")) > service.name_limit:
        raise CloudError("InvalidArgument", f"Name is longer than {service.name_limit} characters")
    if tree.text(sent, "State") not in ("Active", "Paused"):
        raise CloudError("InvalidArgument", f"State {tree.text(sent, 'State')}: expected Active or Paused")
    callback = sent.find("NotifyConfig")
    assert callback is not None
    check_callback(callback, service.strict_callback)


def check_callback(callback: ET.Element, strict: bool) -> None:
    """Refuses a NotifyConfig that is on and lacks what it then needs."""
    state = tree.text(callback, "State") or "Off"
    if state not in ("On", "Off"):
        raise CloudError("InvalidArgument", f"NotifyConfig/State {state}: expected On or Off")
    if state == "On" and strict:
        address = ("MqRegion", "MqName") if tree.text(callback, "Type") == "TDMQ" else ("Url",)
        tree.require(callback, (*_CALLBACK, *address))


ROUTES = tuple(
    route
    for service in SERVICES
    for route in (
        Route(
            "ci",
            "GET",
            f"/{service.path}",
            functools.partial(_read, service),
            parameters=("queueIds", "state", "pageNumber", "pageSize", *(["category"] if service.categories else [])),
        ),
        Route("ci", "PUT", f"/{service.path}/[^/]+", functools.partial(_update, service)),
    )
)
