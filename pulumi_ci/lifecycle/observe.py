"""What a live object looks like to the user who declared it: their spelling where nothing changed, live values else.

Per leaf: equal in meaning -> the user's spelling; declared and different -> live; undeclared -> absent while it is
the server's default or what the server filled in itself (`filled`), else live, because somebody set it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from pulumi_ci.lifecycle.meaning import Values, alike, is_default, normal_value, same, sortable
from pulumi_ci.model import marks
from pulumi_ci.model.leaves import mapped
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.path import Path, show
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape

Filled = dict[str, Any]
"""Undeclared leaves as the server filled them in, by printed path."""

SECRET = "(a secret value that is not in the state)"  # noqa: S105
"""Stands for a live secret that the user did not declare."""


def observe(
    node: type[Node], declared: Mapping[str, Any], live: Mapping[str, Any], filled: Mapping[str, Any], path: Path = ()
) -> Values:
    """The live values in the user's terms. Fields that are never on the wire keep what was declared."""
    found: Values = {}
    for name, field in node.fields().items():
        if not field.is_input:
            continue
        value, now = declared.get(name), live.get(name)
        if field.wire is not None and not alike(value, now):  # the others need no closer look, and are most
            value = _merge(field, field.shape, value, now, filled, (*path, name))
        if value is not None:
            found[name] = value
    return found


def _merge(field: Field | None, shape: Shape, declared: Any, live: Any, filled: Mapping[str, Any], path: Path) -> Any:
    if declared is None and show(path) in filled and _as_filled(field, shape, filled[show(path)], live):
        return None
    if isinstance(shape, Leaf):
        return _leaf(field, shape, declared, live)
    if isinstance(shape, Raw):
        return _raw(shape, declared, live)
    if isinstance(shape, ListOf):
        return _list(shape, declared, live, filled, path)
    if isinstance(shape, MapOf):
        return _map(shape, declared, live, filled, path)
    return _block(field, shape, declared, live, filled, path)


def _as_filled(field: Field | None, shape: Shape, was: Any, live: Any) -> bool:
    if live is None:
        return True
    if field is not None and field.has(marks.Secret):
        return bool(was == SECRET)
    return same(shape, was, live)


def _leaf(field: Field | None, shape: Leaf, declared: Any, live: Any) -> Any:
    if live is None:
        return declared if declared is not None and field is not None and is_default(field, declared) else None
    if declared is not None:
        return declared if same(shape, declared, live) else live
    if field is not None and is_default(field, live):
        return None
    return SECRET if field is not None and field.has(marks.Secret) else live


def _raw(shape: Raw, declared: Any, live: Any) -> Any:
    if live is None:
        return None if shape.normal(declared) else declared
    if same(shape, declared, live):
        return declared
    if isinstance(declared, list):
        items = live if isinstance(live, list) else [live]
        pairs = zip_longest(declared[: len(items)], items)
        return [_raw(shape, before, item) for before, item in pairs]
    if isinstance(declared, Mapping) and isinstance(live, Mapping):
        merged = {key: _raw(shape, declared.get(key), live.get(key)) for key in {**declared, **live}}
        return {key: value for key, value in merged.items() if value is not None}
    return live


def _list(shape: ListOf, declared: Any, live: Any, filled: Mapping[str, Any], path: Path) -> Any:
    if live is None:
        return declared if declared == [] else None
    if not isinstance(declared, list):
        return live
    added = shape.mark(marks.ServerAdds)
    if added and added.item not in declared:
        live = [item for item in live if item != added.item]
    if same(shape, declared, live):
        return declared
    if shape.mark(marks.Unordered):
        # The user's order, with a new item in the place of one that is gone: the change shows where it happened.
        there = [sortable(normal_value(shape.item, item)) for item in live]
        mine = [sortable(normal_value(shape.item, item)) for item in declared]
        new = [item for item, key in zip(live, there, strict=True) if key not in mine]
        kept = [item if key in there else new.pop(0) if new else None for item, key in zip(declared, mine, strict=True)]
        return [item for item in kept if item is not None] + new
    if isinstance(shape.item, Leaf):
        return live
    merged = []
    for index, item in enumerate(live):
        before = declared[index] if index < len(declared) else None
        merged.append(_merge(None, shape.item, before, item, filled, (*path, index)))
    return merged


def _map(shape: MapOf, declared: Any, live: Any, filled: Mapping[str, Any], path: Path) -> Any:
    if live is None:
        return None
    before = declared if isinstance(declared, Mapping) else {}
    order = [key for key in before if key in live] + [key for key in live if key not in before]
    merged = {key: _merge(None, shape.item, before.get(key), live[key], filled, (*path, key)) for key in order}
    return {key: value for key, value in merged.items() if value is not None} or None


def _block(field: Field | None, shape: Block, declared: Any, live: Any, filled: Mapping[str, Any], path: Path) -> Any:
    presence = field is not None and field.has(marks.Presence)
    switched = field.mark(marks.Switched) if field is not None else None
    if switched and switched.is_off(live) and (declared is None or (live is None and switched.is_off(declared))):
        return declared
    if live is None and (declared is None or presence):
        return None
    before = declared if isinstance(declared, Mapping) else {}
    node = shape.node_for(live if live else before)
    if node is None:
        return live
    merged = observe(node, before, live or {}, filled, path)
    if merged:
        return merged
    if live is not None and (presence or declared is not None):
        return {}
    return None


def fill(node: type[Node], declared: Mapping[str, Any], live: Mapping[str, Any]) -> Filled:
    """The undeclared leaves that the server holds beyond its defaults; secrets only as `SECRET`.

    Below a `ServerFilled` block the defaults count too, since an update sends such a block back as it was.
    """
    found: Filled = {}
    merged = observe(node, declared, live, {})
    for name, field in node.fields().items():
        raw = field.has(marks.ServerFilled) and declared.get(name) is None
        _undeclared(field, field.shape, (live if raw else merged).get(name), declared.get(name), (name,), found)
    return found


def _undeclared(field: Field | None, shape: Shape, seen: Any, declared: Any, path: Path, found: Filled) -> None:
    if seen is None or (field is not None and not field.is_input):
        return
    if isinstance(shape, Block) and isinstance(seen, Mapping) and (seen or declared is not None):
        node = shape.node_for(seen)
        for name, inner in node.fields().items() if node else ():
            _undeclared(inner, inner.shape, seen.get(name), (declared or {}).get(name), (*path, name), found)
    elif isinstance(shape, MapOf) and isinstance(seen, Mapping):
        for key, item in seen.items():
            _undeclared(None, shape.item, item, (declared or {}).get(key), (*path, key), found)
    elif isinstance(shape, ListOf) and isinstance(declared, list):
        for index, item in enumerate(seen if len(seen) == len(declared) else ()):
            _undeclared(None, shape.item, item, declared[index], (*path, index), found)
    elif declared is None:
        found[show(path)] = SECRET if field is not None and field.has(marks.Secret) else seen


def to_send(node: type[Node], declared: Mapping[str, Any], filled: Mapping[str, Any], path: Path = ()) -> Values:
    """The declared values, completed with what the server filled in where the declaration says `ServerFilled`."""
    sent: Values = dict(declared)
    for name, field in node.fields().items():
        value, here = sent.get(name), (*path, name)
        if value is None and field.has(marks.ServerFilled):
            value = _unflatten(filled, show(here))
            if value is not None:
                sent[name] = value
        elif isinstance(value, Mapping) and isinstance(field.shape, (Block, MapOf)):
            sent[name] = _send_inside(field.shape, value, filled, here)
    return sent


def _send_inside(shape: Block | MapOf, value: Mapping[str, Any], filled: Mapping[str, Any], path: Path) -> Values:
    if isinstance(shape, MapOf):
        item = shape.item
        if not isinstance(item, Block):
            return dict(value)
        return {key: _send_inside(item, entry, filled, (*path, key)) for key, entry in value.items()}
    node = shape.node_for(value)
    return dict(value) if node is None else to_send(node, value, filled, path)


def _unflatten(filled: Mapping[str, Any], at: str) -> Any:
    if at in filled:
        return filled[at] if filled[at] != SECRET else None
    block: Values = {}
    for path, value in filled.items():
        if path.startswith(f"{at}.") and value != SECRET:
            *parents, last = path[len(at) + 1 :].split(".")
            inner = block
            for parent in parents:
                inner = inner.setdefault(parent, {})
            inner[last] = value
    return block or None


def hide(node: type[Node], values: Mapping[str, Any]) -> Values:
    """The values without their secret leaves, for hashes and messages."""
    return mapped(node, values, lambda field, value: None if field.has(marks.Secret) else value)
