"""A change made behind the back of the program, as somebody does in the web console: drift."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_ci.emulator import mps, queues, switches, tree, vod
from pulumi_ci.emulator.json_edit import edited
from pulumi_ci.emulator.routing import Cloud, tree_of
from pulumi_ci.emulator.store import Place, Stored

__all__ = ["edit"]

_NAMES = {"template": "Name", "workflow": "MediaWorkflow/Name", "queue": "Name", "style": "StyleName"}
_NAMES |= {"job": "Name", "execution": "Object"}
KINDS = (*_NAMES, "service", vod.KIND, mps.KIND, "hotlink", *switches.ROOTS)
"""What can be edited."""


def edit(
    cloud: Cloud,
    bucket: str,
    region: str,
    kind: str,
    *,
    id: str = "",
    name: str = "",
    set: Mapping[str, Any] | None = None,
    remove: Sequence[str] = (),
    add: Mapping[str, str] | None = None,
    xml: str = "",
    status: str = "",
    delete: bool = False,
) -> Stored | None:
    """Changes or deletes one object, found by id or name, and gives what is stored then.

    Paths are below the root of the stored request: `Snapshot/Width`, `Video/Width`, `AudioMix[2]/Replace`,
    `MediaWorkflow/Topology/Nodes/Start/Input/QueueId`, `NotifyConfig/Url`, `StyleBody`; "." is the root. `set` sets
    texts and makes what is missing, `remove` removes elements and blocks, `add` puts the element of an XML text below
    a path, `xml` replaces the whole body and makes an object that was not there, `status` sets a switch. A
    `vod-template` has no region, its application in the place of the bucket ("0" = the main one), a number as id, paths
    below the parameters of its create, such as `ProcessImageConfigure/EncodeConfig/Quality`, any JSON values, and JSON
    in `xml`. An `mps-task` is edited likewise; it has a region and no bucket, and its paths are those of the answer to
    a read of it. A `service` has the path of its calls as id (`/mediabucket`), and can be deleted. Raises LookupError
    when there is no such object, ValueError when the change makes no sense.
    """
    place = Place(region, bucket)
    if kind not in KINDS:
        raise ValueError(f"cannot edit a {kind!r}; the kinds are {', '.join(KINDS)}")
    if kind == "service" and not delete:
        raise ValueError("a service is on or deleted; it has nothing else to edit")
    with cloud.store.lock:
        item = _find(cloud, place, kind, id, name)
        if kind in (vod.KIND, mps.KIND):
            return _edit_json(cloud, place, item, kind, id, set or {}, remove, xml, delete)
        if kind in switches.ROOTS and (status or item is None):
            body = tree.make(switches.ROOTS[kind], status or "off")
        elif xml:
            body = _fragment(xml)
        elif item is None:
            raise LookupError(f"there is no {kind} {id or name} in {region}/{bucket}")
        else:
            body = tree_of(item)
        if delete:
            if item is not None:
                cloud.store.delete(item)
            return None
        for path, text in (set or {}).items():
            element = tree.at(body, path, create=True)
            assert element is not None
            element[:], element.text = [], text
        for path in remove:
            if not tree.remove(body, path):
                raise LookupError(f"there is no {path} in the {kind} {id or name}")
        for path, fragment in (add or {}).items():
            parent = tree.at(body, path, create=True)
            assert parent is not None
            parent.append(_fragment(fragment))
        found = tree.text(body, _NAMES[kind]) if kind in _NAMES else kind
        tag = tree.text(body, "Tag") if kind == "template" else item.tag if item is not None else ""
        if kind == "queue" and not tag:
            raise LookupError(f"there is no queue {id or name} in {region}/{bucket}")
        key = found if kind == "style" or kind not in _NAMES else item.id if item is not None else id
        if not key:
            raise ValueError(f"to make a {kind}, give its id")
        if item is not None and key != item.id:  # a style that was renamed
            cloud.store.delete(item)
        return cloud.put(place, kind, key, body, name=found, tag=tag)


def _edit_json(
    cloud: Cloud,
    place: Place,
    item: Stored | None,
    kind: str,
    id: str,
    set: Mapping[str, Any],
    remove: Sequence[str],
    content: str,
    delete: bool,
) -> Stored | None:
    if item is None and not content:
        raise LookupError(f"there is no {kind} {id} in {place.region or f'application {place.bucket}'}")
    if delete:
        if item is not None:
            cloud.store.delete(item)
        return None
    body = edited(json.loads(content or (item.xml if item else "")), set, remove)
    text = json.dumps(body, ensure_ascii=False)
    return cloud.put(place, kind, item.id if item else id, text, name=str(body.get("Name") or ""))


def _find(cloud: Cloud, place: Place, kind: str, id: str, name: str) -> Stored | None:
    if kind == queues.KIND:
        for service in queues.SERVICES:
            queues.of(cloud, place, service)
    if kind in ("hotlink", *switches.ROOTS):
        return cloud.store.get(place, kind, kind)
    if id:
        return cloud.store.get(place, kind, id)
    if not name:
        raise ValueError(f"give the id or the name of the {kind}")
    found = cloud.store.find(place, kind, name=name)
    if len(found) > 1:
        raise LookupError(f"{len(found)} objects of kind {kind} are named {name}; give the id")
    return found[0] if found else None


def _fragment(text: str) -> ET.Element:
    try:
        return ET.fromstring(text)  # noqa: S314 - from the tester, not from the network
    except ET.ParseError as error:
        raise ValueError(f"no well-formed XML: {error}") from None
