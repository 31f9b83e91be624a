"""What the server shows of a field that was left out, beside the default that its declaration names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.lifecycle.meaning import is_default
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape
from pulumi_ci.probe.finding import Finding

HIDDEN = "the server does not show it"


class Defaults:
    """The defaults of one kind, with what has been seen of each."""

    def __init__(self, kind: type[Kind]) -> None:
        self._kind = kind
        self._seen: dict[str, tuple[Field, Any]] = {}

    def look(self, declared: Mapping[str, Any], live: Mapping[str, Any]) -> None:
        """Takes in one object: what was sent of it, and what a read shows."""
        for name, field, value in _left_out(self._kind, declared, live):
            before = self._seen.get(name)
            if before is None or (value is not None and (before[1] is None or is_default(field, before[1]))):
                self._seen[name] = (field, value)

    def findings(self) -> Iterator[Finding]:
        """One for each default of the kind that an object left out."""
        for name, (field, value) in self._seen.items():
            seen = field.server_default if value is not None and is_default(field, value) else value
            about = f"{self._kind.__name__}.{name}"
            yield Finding(about, field.server_default, seen, HIDDEN if value is None else "")


def _left_out(
    node: type[Node], declared: Mapping[str, Any], live: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Field, Any]]:
    for name, field in node.fields().items():
        here, value = f"{path}{name}", declared.get(name)
        if field.server_default is not None and field.wire is not None and value is None:
            yield here, field, live.get(name)
        elif value is None and isinstance(field.shape, Block) and len(field.shape.nodes) == 1:
            yield from _inside(field.shape, {}, live.get(name), here)  # the server may show a block that was not sent
        elif value is not None:
            yield from _inside(field.shape, value, live.get(name), here)


def _inside(shape: Shape, declared: Any, live: Any, path: str) -> Iterator[tuple[str, Field, Any]]:
    if isinstance(shape, Block) and isinstance(declared, Mapping):
        node = shape.node_for(declared)
        if node is not None:
            yield from _left_out(node, declared, live if isinstance(live, Mapping) else {}, f"{path}.")
    elif isinstance(shape, MapOf) and isinstance(declared, Mapping):
        for key, value in declared.items():
            kind = value.get("type") if isinstance(value, Mapping) else ""
            yield from _inside(
                shape.item, value, live.get(key) if isinstance(live, Mapping) else None, f"{path}.{kind}"
            )
    elif isinstance(shape, ListOf) and isinstance(declared, list):
        for index, value in enumerate(declared):
            there = live[index] if isinstance(live, list) and index < len(live) else None
            yield from _inside(shape.item, value, there, path)
