"""The leaves of a bag of properties, each with its path and its declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.path import Path
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape


def leaves(node: type[Node], properties: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Field, Any]]:
    """Every declared value that has no declared values inside, with its path and its field; lists item by item."""
    for name, declared in node.fields().items():
        if properties.get(name) is not None:
            yield from _inside(declared, declared.shape, properties[name], (*path, name))


def _inside(field: Field, shape: Shape, value: Any, path: Path) -> Iterator[tuple[Path, Field, Any]]:
    if isinstance(shape, Block) and isinstance(value, Mapping):
        node = shape.node_for(value)
        yield from () if node is None else leaves(node, value, path)
    elif isinstance(shape, MapOf) and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _inside(field, shape.item, item, (*path, key))
    elif isinstance(shape, ListOf) and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _inside(field, shape.item, item, (*path, number))
    else:
        yield path, field, value
