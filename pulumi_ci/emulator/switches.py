"""Settings of a bucket that are on or off: the binding, hotlink protection, origin protection, Guetzli.
Source: 002-009, 033-035."""

from __future__ import annotations

import functools

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, tree_of

ROOTS = {"binding": "CIStatus", "origin-protect": "OriginProtectStatus", "guetzli": "GuetzliStatus"}
"""Root of the answer by kind of object; its text is the status."""


def _set(kind: str, status: str, cloud: Cloud, call: Call) -> Answer:
    cloud.put(call.place, kind, kind, tree.make(ROOTS[kind], status), name=kind)
    return Answer()


def _read(kind: str, cloud: Cloud, call: Call) -> Answer:
    item = cloud.store.get(call.place, kind, kind)
    return Answer(tree_of(item) if item is not None else tree.make(ROOTS[kind], "off"))


def bind(cloud: Cloud, call: Call) -> Answer:
    """Binds the bucket to CI."""
    if cloud.bound(call.place) and cloud.choices.bind_again == "refuse":
        raise CloudError("BucketAlreadyBinded", "the bucket is bound already")
    return _set("binding", "on", cloud, call)


def unbind(cloud: Cloud, call: Call) -> Answer:
    """Unbinds the bucket; its settings stay, for a later binding."""
    if cloud.bound(call.place) and cloud.choices.unbinding_reads:
        cloud.store.set_counter(_unbinding(call), cloud.choices.unbinding_reads)
    return _set("binding", "off", cloud, call)


def status(cloud: Cloud, call: Call) -> Answer:
    """Whether the bucket is bound: XML on the pic host, JSON on the ci host."""
    answer = _read("binding", cloud, call)
    assert answer.root is not None
    left = cloud.store.counter(_unbinding(call))
    if answer.root.text == "off" and left:
        cloud.store.set_counter(_unbinding(call), left - 1)
        answer.root.text = "unbinding"
    if call.family == "ci":
        return Answer(data=f'{{"CIStatus":"{answer.root.text}"}}'.encode(), content_type="application/json")
    return answer


def _unbinding(call: Call) -> str:
    return f"unbinding {call.region}/{call.bucket}"


def put_hotlink(cloud: Cloud, call: Call) -> Answer:
    """Replaces the list of domains, or switches off while keeping what was there."""
    body = tree.parse(call.body, "Hotlink")
    tree.require(body, ("Type",))
    kind = tree.text(body, "Type")
    if kind not in ("white", "black", "off"):
        raise CloudError("InvalidArgument", f"Type {kind}: expected white, black or off")
    if kind != "off":
        tree.require(body, ("Url",))
    old = cloud.store.get(call.place, "hotlink", "hotlink")
    if kind == "off" and old is not None:
        body = tree_of(old)
    for element in body.findall("Status"):
        body.remove(element)
    body.insert(0, tree.make("Status", "off" if kind == "off" else "on"))
    cloud.put(call.place, "hotlink", "hotlink", body, name="hotlink")
    return Answer()


def read_hotlink(cloud: Cloud, call: Call) -> Answer:
    """Status, type and domains."""
    item = cloud.store.get(call.place, "hotlink", "hotlink")
    root = tree_of(item) if item is not None else tree.make("Hotlink", tree.make("Status", "off"))
    if tree.text(root, "Status") != "off" or (item is not None and cloud.choices.hotlink_off == "kept"):
        order = {"Status": 0, "Type": 1, "Url": 2}
        root[:] = sorted(root, key=lambda element: order.get(element.tag, 3))
        return Answer(root)
    off = [tree.make("Type", "off")] if cloud.choices.hotlink_off != "bare" else []
    return Answer(tree.make("Hotlink", tree.make("Status", "off"), *off))


BINDING = (bind, unbind, status)
"""The calls that work on a bucket that is not bound."""
ROUTES = (
    *(
        route
        for kind in ("origin-protect", "guetzli")
        for route in (
            Route("pic", "PUT", "/", functools.partial(_set, kind, "on"), kind),
            Route("pic", "GET", "/", functools.partial(_read, kind), kind),
            Route("pic", "DELETE", "/", functools.partial(_set, kind, "off"), kind),
        )
    ),
    Route("pic", "PUT", "/", put_hotlink, "hotlink"),
    Route("pic", "GET", "/", read_hotlink, "hotlink"),
    Route("pic", "PUT", "/", unbind, "unbind"),
    Route("pic", "PUT", "/", bind),
    Route("pic", "GET", "/", status),
    Route("ci", "GET", "/", status),
)
