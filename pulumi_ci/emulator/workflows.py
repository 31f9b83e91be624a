"""Workflows: a map of nodes and a map of edges, checked as the pages demand. Source: 100-103, 202."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from pulumi_ci.emulator import queues, templates, tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, listing, time_text, tree_of
from pulumi_ci.emulator.store import Place, Stored

KIND = "workflow"
_NAME = re.compile(r"[A-Za-z0-9_\-\u3400-\u9fff\uf900-\ufaff]{1,128}")
_ROOT = "MediaWorkflow"
_LISTED = "MediaWorkflowList"
_NODES = "MediaWorkflow/Topology/Nodes"
_INPUT = f"{_NODES}/Start/Input"
_BODILESS = ("MediaInfo", "AIRecognition")
_QUEUE_IDS = {
    "QueueId": ("queue", ""),
    "PicProcessQueueId": ("picqueue", "PicProcess"),
    "SpeechRecognitionQueueId": ("asrqueue", "SpeechRecognition"),
    "AIProcessQueueId": ("ai_queue", "AIRecognition"),
}
"""Queue ids of the Start node: the service, and the type of node that needs it ("" = always)."""


def create(cloud: Cloud, call: Call) -> Answer:
    """Makes a workflow with a new id; names need not be unique."""
    if 0 < cloud.choices.workflow_limit <= cloud.store.count(call.place, KIND):
        raise CloudError("WorkFlowNumLimit", f"a bucket may have {cloud.choices.workflow_limit} workflows")
    body = _checked(cloud, call, None)
    return _stored(cloud, call, cloud.new_id("w", KIND), body)


def update(cloud: Cloud, call: Call) -> Answer:
    """Replaces a paused workflow, or, with `?active` or `?paused`, sets its state."""
    item = _existing(cloud, call)
    body = tree_of(item)
    keys = [key for key in ("active", "paused") if key in call.parameters]
    if keys:
        if len(keys) > 1 or call.body.strip():
            raise CloudError("InvalidArgument", "a change of state is ?active or ?paused, without a body")
        _set_state(body, "Active" if keys == ["active"] else "Paused")
        answer = _stored(cloud, call, item.id, body)
        return answer if cloud.choices.toggle_answer == "workflow" else Answer(content_type="")
    if tree.text(body, f"{_ROOT}/State") == "Active" and cloud.choices.put_active_workflow == "refuse":
        raise CloudError("ActiveWorkflowForbiddenUpdate", "the workflow is active; pause it first")
    return _stored(cloud, call, item.id, _checked(cloud, call, body))


def delete(cloud: Cloud, call: Call) -> Answer:
    """Removes a paused workflow."""
    item = _existing(cloud, call)
    active = tree.text(tree_of(item), f"{_ROOT}/State") == "Active"
    if active and cloud.choices.delete_active_workflow == "refuse":
        raise CloudError("ActiveWorkflowForbiddenUpdate", "the workflow is active; pause it first")
    cloud.store.delete(item)
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), tree.make("WorkflowId", item.id)))


def read(cloud: Cloud, call: Call) -> Answer:
    """Workflows by ids, or a page of those whose name starts so."""
    return listing(
        cloud,
        call,
        KIND,
        lambda item: _answer(cloud, item, _LISTED, cloud.choices.unset),
        lambda ids: [tree.make("NonExistIDs", id) for id in ids],
    )


def _existing(cloud: Cloud, call: Call) -> Stored:
    id = call.path.rpartition("/")[2]
    item = cloud.store.get(call.place, KIND, id)
    if item is None:
        raise CloudError("ResourceNotFound", f"the bucket has no workflow {id}")
    return item


def _stored(cloud: Cloud, call: Call, id: str, body: ET.Element) -> Answer:
    item = cloud.put(call.place, KIND, id, body, name=tree.text(body, f"{_ROOT}/Name"))
    answer = _answer(cloud, item, _ROOT, "as-sent")
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), answer))


def _set_state(body: ET.Element, state: str) -> None:
    element = tree.at(body, f"{_ROOT}/State", create=True)
    assert element is not None
    element.text = state


def _answer(cloud: Cloud, item: Stored, name: str, unset: str) -> ET.Element:
    body = tree_of(item)
    events = body.find(f"{_INPUT}/NotifyConfig/Event")
    if name == _LISTED and events is not None and cloud.choices.workflow_events == "start-added":
        asked = [part.strip() for part in (events.text or "").split(",") if part.strip()]
        events.text = ",".join(dict.fromkeys([*asked, "WorkflowStart"]))
    if unset != "as-sent":
        table: Mapping[str, Any] = tree.data("defaults.yaml")["Workflow"]
        for node in body.findall(f"{_NODES}/*"):
            tree.fill(node, table.get(tree.text(node, "Type"), {}), unset)
    sent = body.find(_ROOT)
    sent = sent if sent is not None else tree.make(_ROOT)
    words = {"WorkflowId": item.id, "BucketId": item.bucket}
    words |= {"CreateTime": time_text(item.created), "UpdateTime": time_text(item.updated)}
    own = [element for element in sent if element.tag not in words]
    first = [element for element in own if element.tag in ("Name", "State")]
    rest = [element for element in own if element not in first]
    return tree.make(name, *first, *(tree.make(tag, text) for tag, text in words.items()), *rest)


def _checked(cloud: Cloud, call: Call, old: ET.Element | None) -> ET.Element:
    body = tree.parse(call.body, "Request")
    tree.require(body, ("MediaWorkflow/", "MediaWorkflow/Name", "MediaWorkflow/Topology/"))
    tree.require(body, ("MediaWorkflow/Topology/Dependencies", "MediaWorkflow/Topology/Nodes"))
    name = tree.text(body, f"{_ROOT}/Name")
    if not _NAME.fullmatch(name):
        raise CloudError("InvalidArgument", f"Name {name}: 1 to 128 Chinese characters, letters, digits, _ and -")
    if tree.text(body, f"{_ROOT}/State") not in ("", "Active", "Paused"):
        raise CloudError("InvalidArgument", "State: expected Active or Paused")
    if not tree.text(body, f"{_ROOT}/State"):
        _set_state(body, cloud.choices.workflow_state)
    _check_nodes(cloud, body)
    _check_edges(body)
    _fill_queues(cloud, call.place, body, old)
    if cloud.choices.references == "checked":
        _check_references(cloud, call.place, body)
    return body


def _wrong(reason: str) -> CloudError:
    return CloudError("InvalidArgument", f"Topology: {reason}")


def _check_nodes(cloud: Cloud, body: ET.Element) -> None:
    """V1, V3, V8 and the required parts of each node."""
    successors, required = tree.data("topology.yaml"), tree.data("required.yaml")["nodes"]
    nodes = body.findall(f"{_NODES}/*")
    names = [node.tag for node in nodes]
    if names.count("Start") != 1:
        raise _wrong("there must be exactly one node Start")
    for node in nodes:
        type = tree.text(node, "Type")
        if type not in successors:
            raise _wrong(f"the Type {type} of node {node.tag} is unknown")
        if names.count(node.tag) > 1:
            raise _wrong(f"two nodes are named {node.tag}")
        if (node.tag == "Start") != (type == "Start"):
            raise _wrong(f"node {node.tag} has the Type {type}")
        if type == "Start":
            tree.require(node, ("Input/", "Input/ObjectPrefix"))
            continue
        if cloud.choices.node_names == "prefixed" and not re.fullmatch(rf"{type}_[A-Za-z0-9_]+", node.tag):
            raise _wrong(f"node {node.tag} of Type {type} must be named {type}_<suffix>")
        if type not in _BODILESS:
            tree.require(node, ("Operation/", *(f"Operation/{path}" for path in required[type])))
    for type in ("StreamPackConfig", "StreamPack"):
        if sum(tree.text(node, "Type") == type for node in nodes) > 1:
            raise _wrong(f"there may be one {type} node")


def _check_edges(body: ET.Element) -> None:
    """V2 and V4 to V7."""
    types = {node.tag: tree.text(node, "Type") for node in body.findall(f"{_NODES}/*")}
    edges: dict[str, list[str]] = {}
    for element in body.findall("MediaWorkflow/Topology/Dependencies/*"):
        if element.tag in edges:
            raise _wrong(f"Dependencies has two elements {element.tag}")
        edges[element.tag] = [part.strip() for part in (element.text or "").split(",") if part.strip()]
    if not edges.get("Start"):
        raise _wrong("Dependencies needs Start with a successor")
    if edges.keys() != types.keys():
        raise _wrong(f"Nodes and Dependencies differ in {', '.join(sorted(edges.keys() ^ types.keys()))}")
    for name, targets in edges.items():
        if not targets or ("End" in targets and len(targets) > 1):
            raise _wrong(f"{name} needs successors, or End alone")
        for target in targets:
            if target != "End" and target not in types:
                raise _wrong(f"{name} leads to {target}, which is no node")
            if (types.get(target) or "End") not in tree.data("topology.yaml")[types[name]]:
                raise _wrong(f"{types[name]} may not be followed by {types.get(target) or 'End'}")
    seen: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise _wrong(f"there is a cycle through {name}")
        if name != "End" and name not in seen:
            for target in edges[name]:
                visit(target, (*above, name))
            seen.add(name)

    visit("Start", ())
    if seen != types.keys():
        raise _wrong(f"Start does not lead to {', '.join(sorted(types.keys() - seen))}")


def _fill_queues(cloud: Cloud, place: Place, body: ET.Element, old: ET.Element | None) -> None:
    start = body.find(_INPUT)
    assert start is not None
    types = {tree.text(node, "Type") for node in body.findall(f"{_NODES}/*")}
    for name, (path, type) in _QUEUE_IDS.items():
        if tree.text(start, name) or (type and type not in types):
            continue
        if cloud.choices.workflow_queues == "require":
            raise CloudError("InvalidArgument", f"Start/Input/{name} is required")
        if cloud.choices.workflow_queues == "fill":
            service = next(service for service in queues.SERVICES if service.path == path)
            own = queues.of(cloud, place, service)
            id = (tree.text(old, f"{_INPUT}/{name}") if old is not None else "") or (own[0].id if own else "")
            element = tree.at(start, name, create=True)
            assert element is not None
            element.text = id


def _check_references(cloud: Cloud, place: Place, body: ET.Element) -> None:
    for node in body.findall(f"{_NODES}/*/Operation"):
        for name in ("TemplateId", "TranscodeTemplateId", "WatermarkTemplateId"):
            for id in ((element.text or "").strip() for element in node.findall(name)):
                if id and not templates.exists(cloud, place, id):
                    raise CloudError("TemplateNotFound", f"the bucket has no template {id}")
    known = {queue.id for service in queues.SERVICES for queue in queues.of(cloud, place, service)}
    start = body.find(_INPUT)
    used = [tree.text(start, name) for name in _QUEUE_IDS] if start is not None else []
    used += [e.text or "" for e in body.findall(f"{_NODES}/*/Operation/Input/SpeedTranscodingQueueId")]
    for id in used:
        if id and id not in known:
            raise CloudError("QueueNotFound", f"the bucket has no queue {id}")


_PATH = "/[Ww]orkflow"
ROUTES = (
    Route("ci", "POST", _PATH, create),
    Route("ci", "GET", _PATH, read, parameters=("ids", "name", "pageNumber", "pageSize")),
    Route("ci", "PUT", f"{_PATH}/[^/]+", update, parameters=("active", "paused")),
    Route("ci", "DELETE", f"{_PATH}/[^/]+", delete),
)
