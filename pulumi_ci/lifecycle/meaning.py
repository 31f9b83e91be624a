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
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape
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
    """The values that mean something, each in its normal form: no defaults of the server, nothing empty or off."""
    found = _normal(node, values)
    _drop_what_is_off(node, found, {})
    return found


def _normal(node: type[Node], values: Mapping[str, Any]) -> Values:
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
    if isinstance(shape, (Leaf, Raw)):
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
    return dict(value) if node is None else _normal(node, value)


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


def alike(one: Any, other: Any) -> bool:
    """Whether two values are equal as they stand, in what they hold as well; an unknown is like nothing."""
    if one is None or other is None:
        return one is other
    if isinstance(one, dict):
        return (
            isinstance(other, dict) and one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(alike, one, other))
    return _identical(one, other)


def changes(kind: type[Node], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every leaf in which `new` differs in meaning from `old`, by path; an unknown differs from everything."""
    fields = kind.fields().items()
    names = [name for name, field in fields if field.compared and not alike(old.get(name), new.get(name))]
    if not names:  # as most comparisons end
        return []
    before, after = ({name: values.get(name) for name in names} for values in (old, new))
    before, after = _normal(kind, before), _normal(kind, after)
    _drop_what_is_off(kind, before, after)
    before, after = _known(before, "old"), _known(after, "new")
    before, after = _differing(before, after)
    if before == after:
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


def _differing(before: Values, after: Values) -> tuple[Values, Values]:
    """Both without the parts in which they are equal, which are most of them and cost a comparison dear."""
    old: Values = {}
    new: Values = {}
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if isinstance(one, dict) and isinstance(other, dict) and one and other:
            old[key], new[key] = _differing(one, other)
            if not old[key] and not new[key]:
                del old[key], new[key]
        elif key not in before or key not in after or one != other or isinstance(one, bool) != isinstance(other, bool):
            old.update({key: one} if key in before else {})
            new.update({key: other} if key in after else {})
    return old, new


def _drop_what_is_off(node: type[Node], before: Values, after: Values) -> None:
    """Takes out of both what is a block that is off in one and off or absent in the other."""
    for name, field in node.fields().items():
        if not isinstance(field.shape, Block):
            continue
        old, new = before.get(name), after.get(name)
        switched = field.mark(marks.Switched)
        if switched and (old is None or new is None) and switched.is_off(old) and switched.is_off(new):
            before.pop(name, None)
            after.pop(name, None)
        elif all(isinstance(value, dict | None) for value in (old, new)) and (
            inner := field.shape.node_for(new or old or {})
        ):
            _drop_what_is_off(inner, old or {}, new or {})
            for values in (before, after):
                if values.get(name) == {} and _means_nothing(field, {}):
                    del values[name]


@functools.cache
def _deepdiff() -> Any:
    from deepdiff import DeepDiff  # a third of a second to import, and most processes never compare

    return DeepDiff


def _present(value: Any) -> Any:
    if type(value).__name__ == "NotPresent":
        return None
    return UNKNOWN if isinstance(value, str) and value.startswith(_UNKNOWN_TEXT) else value


def _known(value: Any, side: str) -> Any:
    """With a text for each unknown that no other side has: even two unknowns differ."""
    if isinstance(value, dict):
        return {key: _known(item, side) for key, item in value.items()}
    if isinstance(value, list):
        return [_known(item, side) for item in value]
    return f"{_UNKNOWN_TEXT} {side}" if value is UNKNOWN else value
