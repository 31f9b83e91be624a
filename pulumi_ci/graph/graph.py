"""A workflow as nodes and edges, with what a reader wants to see of each; one that is wrong is shown as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.expression import PLACE, Reference, Text, Variable, plain_text
from pulumi_ci.graph.family import OTHER, START, Family, family_of
from pulumi_ci.kinds._workflow_edges import END

_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prefix", ("object_prefix",)),
    ("template", ("template_id",)),
    ("template", ("operation", "TemplateId")),
    ("transcode", ("transcode_template_id",)),
    ("watermark", ("watermark_template_id",)),
    ("function", ("function_name",)),
    ("format", ("format",)),
    ("format", ("pack_type",)),
    ("mode", ("hdr_mode",)),
)
"""What is shown of a node, by its label, and where it stands; results and the queue come after."""
_RESULTS = (("output", "object"), ("sprites", "sprite_object"), ("voice", "au_object"))
_QUEUES = {
    "PicProcess": "pic_process_queue_id",
    "SpeechRecognition": "speech_recognition_queue_id",
    "AIRecognition": "ai_process_queue_id",
}
"""Types of node that wait in a queue of their own. Source: 202."""
_NO_QUEUE = (START, END, "Condition", "SCF")


@dataclass(frozen=True)
class Node:
    """One box of the picture; all its texts are in one line each, and hold nothing that cannot be printed."""

    label: str
    family: Family
    facts: tuple[tuple[str, str], ...] = ()
    """What it does, as labels and values."""
    faults: tuple[str, ...] = ()
    """What is wrong with it."""


@dataclass(frozen=True)
class Step:
    """One edge on a walk through a graph, or the first node of a part of it, which has no parent."""

    parent: str | None
    node: str
    how: Literal["first", "again", "back"]
    """Whether the node was not met before, was, or is one that the walk came through."""


@dataclass(frozen=True)
class Graph:
    """A workflow to be drawn: nodes by name, with End where an edge leads to it, and each edge once."""

    title: str
    nodes: Mapping[str, Node]
    edges: tuple[tuple[str, str], ...]

    def walk(self) -> Iterator[Step]:
        """Every node and every edge, depth first from Start, then from what is not reached from there."""
        after = {name: [target for source, target in self.edges if source == name] for name in self.nodes}
        led_to = {target for _, target in self.edges}
        seen: set[str] = set()
        for root in sorted(self.nodes, key=lambda name: (name != START, name in led_to)):
            if root in seen:
                continue
            seen.add(root)
            yield Step(None, root, "first")
            trail = [(root, iter(after[root]))]
            while trail:
                parent, left = trail[-1]
                node = next(left, None)
                if node is None:
                    trail.pop()
                elif node not in seen:
                    seen.add(node)
                    yield Step(parent, node, "first")
                    trail.append((node, iter(after[node])))
                else:
                    yield Step(parent, node, "back" if any(node == name for name, _ in trail) else "again")


def graph(workflow: Resource, environment: Environment) -> Graph:
    """The picture of a workflow of an environment. References show the name of what they refer to, variables their
    values as far as these are known and no secret.
    """
    return _Drawing(workflow.properties, environment).graph(workflow.name)


class _Drawing:
    """Reads the properties of one workflow, which may be anything."""

    def __init__(self, properties: Mapping[str, Any], environment: Environment) -> None:
        self.environment = environment
        self.name, self.state = properties.get("name"), properties.get("state")
        self.nodes = _mapping(properties.get("nodes"))
        self.dependencies = _mapping(properties.get("dependencies"))
        self.start = _mapping(self.nodes.get(START))
        self.bucket = self.text(properties.get("bucket", Variable(f"{PLACE}.bucket")))

    def graph(self, called: str) -> Graph:
        edges = tuple(dict.fromkeys((name, after) for name in self.dependencies for after in self.successors(name)))
        ends = [name for edge in edges for name in edge]
        names = dict.fromkeys([*self.nodes, *self.dependencies, *ends])
        reached = _reached(edges)
        nodes = {name: self.node(name, name in reached) for name in names}
        if END in nodes:
            nodes[END] = nodes.pop(END)  # the last one, wherever it was met first
        own = self.text(self.name)
        title = _printable(called) + (f" ({own})" if own not in ("", called) else "")
        return Graph(f"{title}, paused" if self.state == "Paused" else title, nodes, edges)

    def successors(self, name: str) -> list[str]:
        given = self.dependencies[name]
        items = given if isinstance(given, (list, tuple)) else [] if given is None else [given]
        return [item if isinstance(item, str) else self.text(item) for item in items]

    def node(self, name: str, reached: bool) -> Node:
        told = _mapping(self.nodes.get(name))
        type = self.text(told.get("type")) or name.partition("_")[0]
        family, faults = family_of(type), []
        if family is OTHER:
            faults.append(f"{_printable(type)} is no known type")  # a live one is no property, but in the edges
        elif name not in self.nodes and name != END:
            family = OTHER
            faults.append("is not among the nodes")
        elif type != name.partition("_")[0]:
            faults.append(f"is of type {type}")
        if not reached and name != START:
            faults.append("is not reached from Start")
        if name in self.nodes and name != END and not self.dependencies.get(name):
            faults.append("leads nowhere")
        return Node(_printable(name), family, tuple(self.facts(type, told)), tuple(faults))

    def facts(self, type: str, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for label, path in _FACTS:
            if text := self.text(_at(told, path)):
                yield label, text
        output, raw = _mapping(told.get("output")), _mapping(_mapping(told.get("operation")).get("Output"))
        bucket = self.text(output.get("bucket") or raw.get("Bucket"))
        for label, key in _RESULTS:
            if text := self.text(output.get(key) or (raw.get("Object") if key == "object" else None)):
                yield label, text if bucket in ("", self.bucket) else f"{bucket}/{text}"
        if told and family_of(type) is not OTHER and type not in _NO_QUEUE:
            queue = told.get("speed_transcoding_queue_id") or self.start.get(_QUEUES.get(type, "queue_id"))
            if text := self.text(queue):
                yield "queue", text

    def text(self, value: Any) -> str:
        """A value for a reader; "" for none."""
        if value is None:
            return ""
        if isinstance(value, Reference):
            return value.resource
        if isinstance(value, Variable):
            setting = self.environment.config.get(value.name)
            known = None if setting is not None and setting.secret else self.environment.value(value)
            return str(value) if known is None else self.text(known)
        if isinstance(value, Text):
            return "".join(map(self.text, value.parts))
        if isinstance(value, (list, tuple)):
            return ", ".join(map(self.text, value))
        if isinstance(value, (str, int, float)):
            return _printable(plain_text(value))
        return "?"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = _mapping(value).get(step)
    return value


def _reached(edges: tuple[tuple[str, str], ...]) -> set[str]:
    reached, ahead = {START}, [START]
    while ahead:
        name = ahead.pop()
        found = {target for source, target in edges if source == name} - reached
        reached |= found
        ahead += found
    return reached


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
