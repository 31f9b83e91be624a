"""Walks over a bag of properties along its declaration: its leaves, and the same bag with other values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def mapped(node: type[Node], properties: Mapping[str, Any], change: Callable[[Field, Any], Any]) -> dict[str, Any]:
    """The declared properties after `change`, asked of every field at every depth, blocks before their contents.

    It gets None for a field that is left out; a field for which it returns None is left out.
    """
    found: dict[str, Any] = {}
    for name, field in node.fields().items():
        value = change(field, properties.get(name))
        if value is not None:
            found[name] = _mapped(field.shape, value, change)
    return found


def _mapped(shape: Shape, value: Any, change: Callable[[Field, Any], Any]) -> Any:
    if isinstance(shape, ListOf) and isinstance(value, list):
        return [_mapped(shape.item, item, change) for item in value]
    if isinstance(shape, MapOf) and isinstance(value, Mapping):
        return {key: _mapped(shape.item, item, change) for key, item in value.items()}
    if isinstance(shape, Block) and isinstance(value, Mapping):
        node = shape.node_for(value)
        return dict(value) if node is None else mapped(node, value, change)
    return value
