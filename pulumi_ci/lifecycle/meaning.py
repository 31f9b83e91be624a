"""When two values mean the same: the normal form of a kind's inputs, and the exact changes between two of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.path import Path
from pulumi_ci.model.shape import Leaf, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN

Values = dict[str, Any]
_UNKNOWN_TEXT = "\0unknown"


@dataclass(frozen=True)
class Change:
    """One place where two sets of values differ; None stands for absence."""

    path: Path
    old: Any
    new: Any


def normal(node: type[Node], values: Mapping[str, Any]) -> Values:
    """The values that mean something, each in its normal form: no defaults of the server, nothing empty."""
    found: Values = {}
    for name, field in node.fields().items():
        value = values.get(name)
        if value is not None and field.compared:
            value = normal_value(field.shape, value)
            if not _means_nothing(field, value):
                found[name] = value
    return found


def normal_value(shape: Shape, value: Any) -> Any:
    """The normal form of one value; a value that does not fit the shape stays itself."""
    if value is UNKNOWN:
        return value
    if isinstance(shape, Leaf):
        return shape.normal(value)
    if isinstance(shape, ListOf):
        if not isinstance(value, (list, tuple)):
            return value
        items = [normal_value(shape.item, item) for item in value]
        return sorted(items, key=sortable) if shape.mark(marks.Unordered) else items
    if not isinstance(value, Mapping):
        return value
    if isinstance(shape, MapOf):
        return {key: normal_value(shape.item, item) for key, item in value.items() if item is not None}
    node = shape.node_for(value)
    return dict(value) if node is None else normal(node, value)


def same(shape: Shape, one: Any, other: Any) -> bool:
    """Whether two values mean the same."""
    return _identical(normal_value(shape, one), normal_value(shape, other))


def is_default(field: Field, value: Any) -> bool:
    """Whether the value is what the server assumes anyway."""
    return field.server_default is not None and _identical(normal_value(field.shape, value), field.server_default)


def sortable(value: Any) -> str:
    """A text to sort values of any type by."""
    return json.dumps(value, sort_keys=True, default=str)


def _means_nothing(field: Field, value: Any) -> bool:
    if isinstance(value, (list, dict)) and not value:
        return not field.has(marks.Presence)
    return field.server_default is not None and _identical(value, field.server_default)


def _identical(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool) and one is not UNKNOWN


def changes(kind: type[Node], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every leaf in which `new` differs in meaning from `old`, by path; an unknown differs from everything."""
    before, after = _known(normal(kind, old)), _known(normal(kind, new))
    if before == after and not _holds(after, _UNKNOWN_TEXT):
        return []
    diff = _deepdiff()(
        before, after, view="tree", threshold_to_diff_deeper=0, zip_ordered_iterables=True, ignore_order=False
    )
    found = []
    for items in diff.values():
        for item in items:
            path = tuple(item.path(output_format="list"))
            found.append(Change(path, _present(item.t1), _present(item.t2)))
    return sorted(found, key=lambda change: [str(step) for step in change.path])


@functools.cache
def _deepdiff() -> Any:
    from deepdiff import DeepDiff  # a third of a second to import, and most processes never compare

    return DeepDiff


def _present(value: Any) -> Any:
    if type(value).__name__ == "NotPresent":
        return None
    return UNKNOWN if value == _UNKNOWN_TEXT else value


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_known(item) for item in value]
    return _UNKNOWN_TEXT if value is UNKNOWN else value


def _holds(value: Any, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(item, text) for item in value.values())
    return any(_holds(item, text) for item in value) if isinstance(value, list) else bool(value == text)
