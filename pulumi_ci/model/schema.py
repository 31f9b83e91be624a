"""JSON schemas of kinds, from their declarations: what editors and other tools know about the properties."""

from __future__ import annotations

from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Leaf, ListOf, MapOf, Raw, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def schema(kind: type[Kind]) -> dict[str, Any]:
    """The JSON schema of a kind's properties."""
    found = _node(kind)
    found["properties"] = {name: entry for name, entry in found["properties"].items() if name != "adopt"}
    head = {"$schema": DIALECT, "$id": f"{kind.slug}.json", "title": kind.__name__, "type": "object"}
    found["examples"] = list(examples(kind.slug).values())
    return {**head, **found, "x-token": kind.token(), "x-lifecycle": type(kind.api).__name__}


def _node(node: type[Node]) -> dict[str, Any]:
    fields = {name: field for name, field in node.fields().items() if field.is_input}
    required = [name for name, field in fields.items() if field.needed]
    found: dict[str, Any] = {
        "description": " ".join((node.__doc__ or "").split()),
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "additionalProperties": False,
    }
    return {**found, "required": required} if required else found


def _field(field: Field) -> dict[str, Any]:
    found = {**_shape(field.shape), "description": " ".join(field.doc.split())}
    if field.server_default is not None:
        found["default"] = field.server_default
    elif field.default is not None:
        found["default"] = field.default
    notes = {
        marks.Immutable: "x-replaces",
        marks.Fixed: "x-fixed",
        marks.Secret: "x-secret",
        marks.Unordered: "x-unordered",
    }
    found.update({word: True for kind, word in notes.items() if field.has(kind)})
    reference = field.mark(marks.Reference)
    if reference is not None:
        found["x-reference"] = reference.kind
    return found


def _shape(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Leaf):
        return _leaf(shape)
    if isinstance(shape, ListOf):
        length = shape.mark(marks.Length)
        bounds = {} if length is None else {"minItems": length.least, "maxItems": length.most}
        return {"type": "array", "items": _shape(shape.item), **bounds}
    if isinstance(shape, MapOf):
        return {"type": "object", "additionalProperties": _shape(shape.item)}
    if isinstance(shape, Raw):
        return {"type": "object"}
    options = [_node(node) for node in shape.nodes]
    if len(options) == 1:
        return options[0]
    return {"oneOf": [{**option, "required": ["type", *option.get("required", ())]} for option in options]}


def _leaf(leaf: Leaf) -> dict[str, Any]:
    options: list[dict[str, Any]] = []
    if leaf.choices:
        options.append({"enum": list(leaf.choices)})
    number = float if float in leaf.types else int if int in leaf.types else None
    for scalar in leaf.types:
        if scalar in (int, float):
            if scalar is number:
                options.append({"type": _TYPES[scalar], **_bounds(leaf)})
        else:
            options.append({"type": _TYPES[scalar], **(_text(leaf) if scalar is str else {})})
    return options[0] if len(options) == 1 else {"anyOf": options}


def _bounds(leaf: Leaf) -> dict[str, Any]:
    found = leaf.mark(marks.Range)
    if found is None:
        return {}
    words = {
        "minimum": found.ge,
        "exclusiveMinimum": found.gt,
        "maximum": found.le,
        "exclusiveMaximum": found.lt,
        "multipleOf": found.step,
    }
    return {word: value for word, value in words.items() if value is not None}


def _text(leaf: Leaf) -> dict[str, Any]:
    length, matches = leaf.mark(marks.Length), leaf.mark(marks.Matches)
    found: dict[str, Any] = {"minLength": length.least if length else 1}
    if length:
        found["maxLength"] = length.most
    if matches:
        found["pattern"] = f"^(?:{matches.pattern})$"
    return found
