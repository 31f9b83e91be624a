"""Values of a kind to the objects of a JSON API and back, by the declaration."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.node import Node
from pulumi_ci.model.printable import logger
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape
from pulumi_ci.model.unknown import holds_unknown
from pulumi_ci.wire import limits
from pulumi_ci.wire.levels import Level, levels
from pulumi_ci.wire.xml import scalar_of, text_of

Object = dict[str, Any]
"""A JSON object."""
Values = dict[str, Any]
Carried = dict[tuple[str, ...], Object]
"""Keys that the declaration does not know, by the path of the object that holds them."""

_log = logger("pulumi_ci.wire")


class MalformedAnswer(ValueError):
    """An answer that is no JSON object."""


def parse(text: bytes | str) -> Object:
    """The object of a JSON text. Raises MalformedAnswer when it is something else, or deeper or larger than any answer
    of the service. A number that no float holds stays a text.
    """
    data = text.encode() if isinstance(text, str) else text
    if sum(map(data.count, (b",", b"[", b"{"))) > limits.MOST:
        raise MalformedAnswer(f"JSON with more than {limits.MOST} brackets and commas")
    try:
        found = json.loads(text, parse_float=_float, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise MalformedAnswer(f"no well-formed JSON: {error}") from None
    if not isinstance(found, dict):
        raise MalformedAnswer(f"JSON that is no object, but {type(found).__name__}")
    if limits.too_deep(found, _inside):
        raise MalformedAnswer(f"JSON of more than {limits.DEEPEST} levels")
    return found


def _float(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _refused(text: str) -> None:
    raise MalformedAnswer(f"{text} is not a number of JSON")


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def write(value: Mapping[str, Any]) -> bytes:
    """The JSON text of an object."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def encode(node: type[Node], values: Mapping[str, Any], carried: Carried | None = None) -> Object:
    """The parameters for `values`: every declared input that is set, and the keys carried through."""
    if holds_unknown(dict(values)):
        raise AssertionError("an unknown value reached the wire")
    return _encode_level(levels(node)[0], values, carried or {}, ())


def _encode_level(level: Level, values: Mapping[str, Any], carried: Carried | None, path: tuple[str, ...]) -> Object:
    found: Object = {}
    for name, declared in level.fields.items():
        value = values.get(declared.name)
        presence = declared.has(marks.Presence)
        if value is None or not declared.is_input or (value in ([], {}) and not presence):
            continue
        encoded = _encode_value(declared.shape, value, carried, (*path, name))
        if encoded != {} or presence:
            found[name] = encoded
    for name, deeper in level.levels.items():
        inner = _encode_level(deeper, values, carried, (*path, name))
        if inner:
            found[name] = inner
    return found if carried is None else {**found, **carried.get(path, {})}


def _encode_value(shape: Shape, value: Any, carried: Carried | None, path: tuple[str, ...]) -> Any:
    if isinstance(shape, Leaf):
        return shape.coerce(value)
    if isinstance(shape, ListOf):
        joined = shape.mark(marks.Joined)
        if joined:
            return joined.separator.join(text_of(item) for item in value)
        return [_encode_value(shape.item, item, None, path) for item in value]
    if isinstance(shape, MapOf):
        entries = {key: _encode_value(shape.item, item, carried, (*path, key)) for key, item in value.items()}
        return entries if carried is None else {**entries, **carried.get(path, {})}
    if isinstance(shape, Raw):
        return value
    node = shape.node_for(value)
    assert node is not None, f"{'/'.join(path)}: unknown type"
    return _encode_level(levels(node)[0], value, carried, path)


def decode(node: type[Node], item: Mapping[str, Any]) -> tuple[Values, Carried]:
    """The values of one object in an answer, computed ones included, and the keys inside it that nobody declared.

    null is absent, and so are an empty text and an empty list. Never raises on a value outside its range: it is kept,
    and shows as drift.
    """
    values: Values = {}
    carried: Carried = {}
    _decode_level(item, levels(node)[0], values, carried, ())
    carried.pop((), None)  # what stands beside the fields belongs to the answer; a call takes no such parameter
    return values, carried


def _decode_level(
    item: Mapping[str, Any], level: Level, values: Values, carried: Carried, path: tuple[str, ...]
) -> None:
    for name, raw in item.items():
        declared = level.fields.get(name) or level.also.get(name)
        if raw is None:
            continue
        if declared is not None:
            value = _decode_value(
                declared.shape, raw, carried, (*path, name), declared.has(marks.Presence), declared.is_input
            )
            if value is not None and (name in level.fields or declared.name not in values):
                values[declared.name] = value
        elif name in level.levels and isinstance(raw, dict):
            _decode_level(raw, level.levels[name], values, carried, (*path, name))
        else:
            carried.setdefault(path, {})[name] = raw


def _decode_value(
    shape: Shape,
    raw: Any,
    carried: Carried | None,
    path: tuple[str, ...],
    presence: bool = False,
    is_input: bool = True,
) -> Any:
    if isinstance(shape, Leaf):
        return _scalar(shape, raw)
    if isinstance(shape, ListOf):
        joined = shape.mark(marks.Joined)
        given = raw.split(joined.separator) if joined and isinstance(raw, str) else raw
        if not isinstance(given, list):
            return raw
        items = [_decode_value(shape.item, item, None, path, presence=True, is_input=is_input) for item in given]
        return [item for item in items if item is not None] or None
    if not isinstance(raw, dict):
        return raw
    if isinstance(shape, Raw):
        return raw or None
    if isinstance(shape, MapOf):
        entries = {key: _decode_value(shape.item, item, carried, (*path, key)) for key, item in raw.items()}
        return {key: value for key, value in entries.items() if value is not None} or None
    values, found = _block(shape, raw, path)
    if carried is not None:
        carried.update(found)
    elif found and is_input:
        names = ", ".join(sorted({name for keys in found.values() for name in keys}))
        _log.warning("%s: %s is not known here and will be lost at the next update", "/".join(path), names)
    return values if values or presence else None


def _block(shape: Block, raw: Object, path: tuple[str, ...]) -> tuple[Values, Carried]:
    values: Values = {}
    found: Carried = {}
    node = shape.node_for({"type": raw.get("Type")})
    if node is None:
        return {"type": raw.get("Type")}, found
    _decode_level(raw, levels(node)[0], values, found, path)
    return values, found


def _scalar(leaf: Leaf, raw: Any) -> Any:
    """A JSON scalar as the leaf's type: numbers by their value, choices whatever their case; else as it came."""
    if isinstance(raw, (dict, list)):
        return json.dumps(raw, ensure_ascii=False)
    if isinstance(raw, int) and abs(raw) >= limits.EXACT and not limits.holds(float(str(raw)), str(raw)):
        return str(raw)
    if not isinstance(raw, str):
        return leaf.coerce(raw) if leaf.numeric or bool in leaf.types else text_of(raw)
    if leaf.numeric or bool in leaf.types:
        return scalar_of(leaf, raw)
    return leaf.choice(raw) or None
