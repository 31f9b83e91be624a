"""Kinds with one word changed, made in memory: what the outside truth has to catch, one at a time."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pulumi_ci.model import marks
from pulumi_ci.model.api import Api, JsonAction, Switch, XmlAction
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape

N = TypeVar("N", bound=type[Node])
OURS = frozenset(
    {
        *("id_field", "key", "select", "field", "own", "state", "failure", "parts", "reasons"),
        *(
            "console",
            "opens",
            "select_default",
            "version",
            "missing",
            "exists",
            "refusals",
            "ignored",
            "ends",
            "changing",
        ),
    }
)
"""Words of an API that name fields of ours, that nobody sends, or that hold more than the pages print."""
_FIELDS = frozenset({"parameters", "same", "scope"})
"""Parameters whose values are names of fields."""


def misspelt(kind: type[Kind]) -> Iterator[tuple[str, str, type[Kind]]]:
    """Every kind that differs in one word: what sort of word it is, which one, and the kind.

    The sorts are `word` (of a call or around the body: path, query key, Tag, root, action), `element`, `default` and
    `value` (one of those that a field may have).
    """
    for name, api in _parts(kind.api):
        if not name.startswith(_unused(kind.api)):
            yield "word", name, _subclass(kind, api=api)
    for sort, name, fields in _fields(kind):
        wrong = _subclass(kind)
        wrong._fields = fields
        yield sort, name, wrong


def _subclass(node: N, **members: Any) -> N:
    """A class of its own, which says of itself that it is the original; without a slug it is not registered."""
    words = {"__module__": node.__module__, "__doc__": node.__doc__, **members}
    made: N = types.new_class(node.__name__, (node,), exec_body=lambda body: body.update(words))  # type: ignore[assignment]
    return made


# -- words of the API -------------------------------------------------------------------------------------------------


def _unused(api: Api) -> tuple[str, ...]:
    """Words that nothing reads, since a kind of this sort has no such call or no such body."""
    if isinstance(api, Switch):
        return ("root", "ons", "offs") if api.read is None else ("ons", "offs") if api.listed else ()
    if isinstance(api, JsonAction):
        return ("same",)
    return ("form.",) if isinstance(api, XmlAction) and api.parameters else ()


def _parts(part: Any) -> Iterator[tuple[str, Any]]:
    """The same dataclass with one text in it changed."""
    for declared in dataclasses.fields(part):
        if declared.name not in OURS:
            for name, changed in _changed(getattr(part, declared.name), declared.name in _FIELDS):
                yield f"{declared.name}{name}", dataclasses.replace(part, **{declared.name: changed})


def _changed(value: Any, fields: bool) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str):
        if value and value not in ("GET", "PUT", "POST", "DELETE"):
            yield f" {value!r}", _wrong(value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from ((name, (*value[:index], new, *value[index + 1 :])) for name, new in _changed(item, fields))
    elif isinstance(value, Mapping):
        for key, text in value.items():
            others = {name: other for name, other in value.items() if name != key}
            yield f" {key!r}", {**others, _wrong(key): text}
            if not fields and not text.isdigit():
                yield f".{key} {text!r}", {**value, key: _wrong(text)}
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from ((f".{name}", changed) for name, changed in _parts(value))


def _wrong(text: str) -> str:
    """The text without its last letter but one, as a hasty hand writes it."""
    return f"{text[:-2]}{text[-1]}" if len(text) > 2 else f"{text}x"


# -- fields -----------------------------------------------------------------------------------------------------------


def _fields(node: type[Node]) -> Iterator[tuple[str, str, Mapping[str, Field]]]:
    """The fields of a node with one word in one of them changed."""
    for name, declared in node.fields().items():
        for sort, at, changed in _field(declared):
            yield sort, f"{name}{at}", {**node.fields(), name: changed}


def _field(declared: Field) -> Iterator[tuple[str, str, Field]]:
    if declared.wire is None:
        return
    *above, last = declared.wire
    path = "/".join((*above, _wrong(last)))
    yield "element", f" {last}", _marked(declared, marks.Wire, marks.Wire(f"/{path}" if declared.beside else path))
    also = declared.mark(marks.AlsoRead)
    if also is not None:
        yield "element", f" {also.element}", _marked(declared, marks.AlsoRead, marks.AlsoRead(_wrong(also.element)))
    default = declared.mark(marks.ServerDefault)
    if default is not None:
        value = default.value
        other = not value if isinstance(value, bool) else _wrong(value) if isinstance(value, str) else value + 1
        yield "default", f" {value!r}", _marked(declared, marks.ServerDefault, marks.ServerDefault(other))
        yield "default", f" {value!r} left out", _marked(declared, marks.ServerDefault)
    if isinstance(declared.shape, Leaf):
        for index, choice in enumerate(declared.shape.choices):
            others = declared.shape.choices[:index], declared.shape.choices[index + 1 :]
            wrong = _wrong(choice) if isinstance(choice, str) else 1000 + choice
            yield (
                "value",
                f" {choice!r}",
                dataclasses.replace(declared, shape=_choosing(declared.shape, wrong, *others)),
            )
    for sort, at, shape in _shape(declared.shape):
        yield sort, at, dataclasses.replace(declared, shape=shape)


def _choosing(leaf: Leaf, choice: str | int, before: tuple[Any, ...], after: tuple[Any, ...]) -> Leaf:
    return Leaf(leaf.types, (*before, choice, *after), leaf.marks)


def _marked(declared: Field, kind: type, *added: marks.Mark) -> Field:
    kept = tuple(mark for mark in declared.marks if not isinstance(mark, kind))
    return dataclasses.replace(declared, marks=(*kept, *added))


def _shape(shape: Shape) -> Iterator[tuple[str, str, Shape]]:
    if isinstance(shape, (ListOf, MapOf)):
        for sort, at, item in _shape(shape.item):
            yield sort, at, dataclasses.replace(shape, item=item)  # type: ignore[arg-type]
    elif isinstance(shape, Block):
        for index, node in enumerate(shape.nodes):
            for sort, at, fields in (*_types(shape, node), *_fields(node)):
                wrong = _subclass(node)
                wrong._fields = fields
                yield sort, f".{at}", Block((*shape.nodes[:index], wrong, *shape.nodes[index + 1 :]))


def _types(shape: Block, node: type[Node]) -> Iterator[tuple[str, str, Mapping[str, Field]]]:
    """The Type that distinguishes a node from the others."""
    if len(shape.nodes) > 1:
        declared = node.fields()["type"]
        word = str(declared.leaf.choices[0])
        wrong = dataclasses.replace(declared, shape=Leaf(declared.leaf.types, (_wrong(word),), declared.leaf.marks))
        yield "word", f"type {word!r}", {**node.fields(), "type": wrong}
