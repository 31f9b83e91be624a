"""What the graph of a workflow must be like: names, edges, the adaptive package. Source: 100, 202.

Not said here: the wildcards of keys are taken as they are; whether a Snapshot needs `sprite_object` and a
VoiceSeparate `au_object` depends on templates alone; a queue that is left out is the service's choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.kinds._workflow_edges import END, SUCCESSORS
from pulumi_ci.model.check import nearest
from pulumi_ci.model.node import Failure
from pulumi_ci.model.unknown import UNKNOWN

Nodes = Mapping[str, Any]
Edges = Mapping[str, Any]

LONGEST_NAME = 128
_OWN_KEYS = {"sprite_object": "Snapshot", "au_object": "VoiceSeparate"}


def naming(nodes: Nodes) -> Iterator[Failure]:
    """Nodes whose name and type disagree, and a Start that is missing or not alone."""
    for name, node in nodes.items():
        type = UNKNOWN if node is UNKNOWN else node["type"]
        prefix, _, suffix = name.partition("_")
        if prefix not in SUCCESSORS or (type is not UNKNOWN and type != prefix):
            what = "is not known" if type is UNKNOWN else f"is {type}"
            path = ("nodes", name) if type is UNKNOWN else ("nodes", name, "type")
            yield Failure(path, f"{what}, but the name begins with {prefix}; names are <type>_<suffix>, and Start")
        elif prefix == "Start":
            if name != "Start":
                yield Failure(("nodes", name), "there is one node of type Start, and its name is Start")
        elif not re.fullmatch(r"[A-Za-z0-9_]+", suffix) or len(name) > LONGEST_NAME:
            reason = f"must be named {prefix}_ and then letters, digits and _, {LONGEST_NAME} characters in all"
            yield Failure(("nodes", name), reason)
    if "Start" not in nodes:
        yield Failure(("nodes",), "lacks the node Start, which says what starts the workflow")


def crowding(nodes: Nodes) -> Iterator[Failure]:
    """Nodes of which a workflow has one at most, and has more."""
    for type in ("StreamPackConfig", "StreamPack"):
        first, *others = [name for name in nodes if _type(name) == type] or [""]
        for name in others:
            yield Failure(("nodes", name), f"is one {type} too many: there is {first}, and a workflow packs once")


def graph(dependencies: Edges, nodes: Nodes) -> list[Failure]:
    """What is wrong with the edges of well-named nodes; faults that follow from others stay unsaid."""
    stages = (_edges(dependencies, nodes), _missing(dependencies, nodes), _cycles(dependencies))
    found = next((found for stage in stages if (found := list(stage))), None)
    return [*_unreached(dependencies, nodes), *_streams(dependencies, nodes)] if found is None else found


def joins(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    """Warns of nodes that several lead to: pages show that of a StreamPack alone."""
    for name in nodes:
        if _type(name) != "StreamPack":
            parents = [parent for parent, successors in dependencies.items() if name in _known(successors)]
            if len(parents) > 1:
                reason = f"follows {' and '.join(parents)}; several parents are documented for StreamPack alone"
                yield Failure(("nodes", name), reason, warning=True)


def strays(nodes: Nodes) -> Iterator[Failure]:
    """Warns of keys that only another type of node writes to."""
    for name, node in nodes.items():
        output = None if node is UNKNOWN else node.get("output")
        for key, own in _OWN_KEYS.items():
            if isinstance(output, Mapping) and output.get(key) is not None and _type(name) != own:
                yield Failure(("nodes", name, "output", key), f"has an effect on {own} nodes alone", warning=True)


def _edges(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    for name, successors in dependencies.items():
        path = ("dependencies", name)
        if name == END:
            yield Failure(path, "End closes a branch and has no successors; remove the entry")
        elif name not in nodes:
            yield Failure(path, f"names no node{nearest(name, nodes)}")
        elif successors is not UNKNOWN:
            if not successors:
                what = "give at least one node" if name == "Start" else 'write ["End"]'
                yield Failure(path, f"names no successor; {what}")
            for index, successor in enumerate(successors):
                if successor is not UNKNOWN:
                    reason = _edge(name, successor, len(successors), nodes)
                    if reason is not None:
                        yield Failure((*path, index), reason)


def _edge(name: str, successor: str, siblings: int, nodes: Nodes) -> str | None:
    if successor != END and successor not in nodes:
        return f"{successor!r} names no node{nearest(successor, [*nodes, END])}"
    ahead, behind = _type(name), _type(successor)
    if behind not in SUCCESSORS[ahead]:
        return f"{behind} cannot follow {ahead}; allowed: {', '.join(SUCCESSORS[ahead])}"
    return "End stands alone; remove it or the others" if successor == END and siblings > 1 else None


def _missing(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    for name in nodes:
        if name not in dependencies:
            yield Failure(("dependencies", name), 'is missing: say what follows the node, ["End"] when nothing does')


def _cycles(dependencies: Edges) -> Iterator[Failure]:
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> Iterator[Failure]:
        for index, successor in enumerate(_known(dependencies.get(name))):
            if successor in (*trail, name):
                circle = [*trail, name, successor]
                loop = " -> ".join(circle[circle.index(successor) :])
                yield Failure(("dependencies", name, index), f"leads back to {successor!r}: {loop}")
            elif successor is not UNKNOWN and successor not in done:
                yield from walk(successor, (*trail, name))
        done.add(name)

    for name in dependencies:
        if name not in done:
            yield from walk(name, ())


def _unreached(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    reached, ahead = {"Start"}, ["Start"]
    while ahead:
        successors = dependencies.get(ahead.pop())
        if successors is UNKNOWN or UNKNOWN in _known(successors):
            return
        ahead += [successor for successor in _known(successors) if successor not in reached]
        reached.update(_known(successors))
    for name in nodes:
        if name not in reached:
            yield Failure(("nodes", name), "is never reached from Start; name it as a successor of another node")


def _streams(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    for pack in (name for name, node in nodes.items() if _type(name) == "StreamPack" and node is not UNKNOWN):
        leading = [name for name in nodes if _type(name) == "VideoStream" and _may_lead(dependencies.get(name), pack)]
        for index, config in enumerate(_known(nodes[pack].get("video_stream_config"))):
            name = UNKNOWN if config is UNKNOWN else config["video_stream_name"]
            if name is not UNKNOWN and name not in leading:
                path = ("nodes", pack, "video_stream_config", index, "video_stream_name")
                yield Failure(path, f"{name!r} is no VideoStream node that leads to {pack}{nearest(name, leading)}")


def _may_lead(successors: Any, name: str) -> bool:
    return successors is UNKNOWN or UNKNOWN in _known(successors) or name in _known(successors)


def _type(name: str) -> str:
    return name.partition("_")[0]


def _known(successors: Any) -> list[Any]:
    return [] if successors is None or successors is UNKNOWN else successors
