"""Refuses a badly declared kind, with what is wrong and how to mend it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from pydantic import BaseModel

from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Adopted, Collection, Named, XmlAction
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf

_RESERVED = {"id", "urn", "opts", "resource_name", "filled", "original", "state_version", "logical_name"}


def problems(kind: type[Kind]) -> list[str]:
    """Everything wrong with the declaration, one readable line each; empty when it is sound."""
    return [f"{kind.__name__}: {problem}" for problem in _kind(kind)]


def _kind(kind: type[Kind]) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", kind.slug):
        yield f"the slug {kind.slug!r} is not kebab case"
    shipped = kind.__module__.startswith("pulumi_ci.kinds.")
    if shipped and kind.slug != re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower():
        yield f"the slug {kind.slug!r} is not the class name in kebab case, by which it is found"
    if shipped and not kind.__module__.endswith(f".{kind.slug.replace('-', '_')}"):
        yield f"the slug {kind.slug!r} is not the name of its file, by which it is found"
    if not getattr(kind, "pages", ()):
        yield "names no seed page in `pages`"
    fields = kind.fields()
    key = getattr(kind.api, "key", None) or getattr(kind.api, "select", None)
    if key and key not in fields:
        yield f"`api` names the field {key!r}, which is not declared"
    if isinstance(kind.api, Collection) and kind.api.pause and kind.api.pause.field not in fields:
        yield f"`api.pause` names the field {kind.api.pause.field!r}, which is not declared"
    if isinstance(kind.api, Named) and kind.api.key in fields and not fields[kind.api.key].has(marks.Immutable):
        yield f"{kind.api.key}: the name of a Named kind is its identity; mark it Immutable()"
    if isinstance(kind.api, Adopted) and kind.api.id_field not in fields:
        yield f"`api.id_field` names {kind.api.id_field!r}, which is not declared"
    if isinstance(kind.api, Action):
        named = [name for name in (kind.api.state, kind.api.failure, kind.api.parts) if name]
        if isinstance(kind.api, XmlAction):
            named += [*kind.api.same.values(), *kind.api.parameters.values()]
        for name in (*named, "wait", "wait_seconds"):
            if name not in fields:
                yield f"`api` names the field {name!r}, which is not declared"
        for name, field in kind.inputs().items():
            if field.compared and not field.has(marks.Immutable):
                yield f"{name}: nothing changes a run; mark it Immutable()"
    for name in _RESERVED & fields.keys():
        yield f"{name}: the name is reserved; choose another"
    yield from _node(kind, "", set())


def _node(node: type[Node], at: str, seen: set[type[Node]]) -> Iterator[str]:
    if node in seen:
        return
    seen.add(node)
    if not (node.__doc__ or "").strip():
        yield f"{at or 'the class'} has no docstring"
    shadowed = {name for name in dir(BaseModel) if not name.startswith("_")}
    wires: dict[tuple[str, ...], str] = {}
    for name, field in node.fields().items():
        where = f"{at}{name}"
        if name in shadowed or keyword.iskeyword(name):
            yield f"{where}: the name shadows {name!r} of pydantic or Python; rename the field and give Wire(...)"
        if not field.doc:
            yield f"{where} has no docstring under it"
        yield from (f"{where}: {problem}" for problem in _field(field))
        if field.wire is not None:
            path = ("/", *field.wire) if field.beside else field.wire
            if path in wires:
                yield f"{where}: the element {'/'.join(field.wire)} is {wires[path]}'s already"
            wires[path] = name
            also = field.mark(marks.AlsoRead)
            other = None if also is None else wires.get((*path[:-1], also.element))
            if other is not None:
                yield f"{where}: its AlsoRead element is {other}'s already"
        for block in blocks(field.shape):
            yield from _node(block, f"{where}.", seen)
    for declared in node.rules():
        for name in declared.fields:
            if name not in node.fields():
                yield f"{at}rule over {name!r}, which is no field"


def _field(field: Field) -> Iterator[str]:
    default = field.mark(marks.ServerDefault)
    if default is not None:
        if not isinstance(field.shape, Leaf):
            yield "ServerDefault is for leaves"
        elif field.leaf.failure(default.value) is not None:
            yield f"ServerDefault({default.value!r}) is not {field.leaf.describe()}"
        if field.default is not None:
            yield "a default that is always sent and a ServerDefault exclude each other"
        if field.required:
            yield "is required, so it has no ServerDefault"
    if field.has(marks.Blank) and (
        not isinstance(field.shape, (Leaf, Block)) or field.required or field.default is not None
    ):
        yield "Blank() is for leaves and blocks that may be left out"
    if field.has(marks.Presence, marks.Switched) and not isinstance(field.shape, Block):
        yield "Presence() and Switched() are for blocks"
    switched = field.mark(marks.Switched)
    if switched and any(switched.field not in node.fields() for node in blocks(field.shape)):
        yield f"Switched() names the field {switched.field!r}, which is not declared"
    if field.has(marks.Unordered, marks.Joined, marks.ServerAdds) and not isinstance(field.shape, ListOf):
        yield "Unordered(), Joined() and ServerAdds() are for lists"
    if field.has(marks.Joined) and isinstance(field.shape, ListOf) and not isinstance(field.shape.item, Leaf):
        yield "Joined() is for lists of leaves"
    if field.has(marks.Computed) and (field.required or field.has(marks.Immutable, marks.ServerDefault)):
        yield "Computed() fields are optional, and neither Immutable() nor ServerDefault()"
    if isinstance(field.shape, Leaf):
        if bool in field.shape.types and len(field.shape.types) > 1:
            yield "a flag cannot be anything else as well"
        if field.shape.mark(marks.Range) and not field.shape.types:
            yield "Range() is for numbers"
        matches = field.shape.mark(marks.Matches)
        if matches and field.shape.failure(matches.example) is not None:
            yield f"the example {matches.example!r} of Matches() does not match"
    if isinstance(field.shape, MapOf) and isinstance(field.shape.item, Block):
        for block in field.shape.item.nodes:
            if len(field.shape.item.nodes) > 1 and not _discriminates(block):
                yield f"{block.__name__} needs `type: Literal[...]` with one value to be told apart"


def _discriminates(block: type[Node]) -> bool:
    field = block.fields().get("type")
    return field is not None and isinstance(field.shape, Leaf) and len(field.shape.choices) == 1
