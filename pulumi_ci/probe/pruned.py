"""A workflow without the nodes that cannot be made to fit a bucket: content that no page describes, cloud functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.leaves import leaves
from pulumi_ci.model.shape import Raw

_ELSEWHERE = "SCF"
"""Type of the node that calls a function, which would have to exist."""


def pruned(kind: type[Kind], example: Mapping[str, Any]) -> Values:
    """The example without such nodes, and without those that only they lead to."""
    raw = {str(path[1]) for path, field, _ in leaves(kind, example) if isinstance(field.shape, Raw)}
    raw |= {name for name, node in example["nodes"].items() if node["type"] == _ELSEWHERE}
    edges = {
        name: [target for target in targets if target not in raw] or ["End"]
        for name, targets in example["dependencies"].items()
        if name not in raw
    }
    reached, waiting = set[str](), ["Start"]
    while waiting:
        name = waiting.pop()
        if name != "End" and name not in reached:
            reached.add(name)
            waiting += edges[name]
    return {
        **example,
        "dependencies": {name: targets for name, targets in edges.items() if name in reached},
        "nodes": {name: node for name, node in example["nodes"].items() if name in reached},
    }
