"""The shape of a value: a leaf, a block, a list, a map or a raw tree, with everything a derivation asks of it."""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pulumi_ci.model import marks

if TYPE_CHECKING:
    from pulumi_ci.model.node import Node


@dataclass(frozen=True)
class Leaf(marks.Marked):
    """A scalar: its Python types in the order in which a wire text is tried, its choices and its bounds."""

    types: tuple[type, ...]
    choices: tuple[str | int, ...]
    marks: tuple[marks.Mark, ...]

    @functools.cached_property
    def _adapters(self) -> tuple[TypeAdapter[Any], ...]:
        options: list[Any] = [bool] if bool in self.types else []
        if self._number:
            options.append(_constrained(self._number, [m for m in self.marks if isinstance(m, marks.Range)]))
        if self.choices:
            options.append(Literal[self.choices])
        if str in self.types:
            bounds = [m for m in self.marks if isinstance(m, (marks.Length, marks.Matches))]
            options.append(_constrained(str, bounds or [marks.Length(1 << 20)]))
        return tuple(TypeAdapter(option, config=ConfigDict(strict=True)) for option in options)

    @property
    def _number(self) -> type | None:
        return float if float in self.types else int if int in self.types else None

    @functools.cached_property
    def in_seconds(self) -> bool:
        """Whether it is a number of seconds."""
        bounds = self.mark(marks.Range)
        return bounds is not None and bounds.unit == "seconds"

    @functools.cached_property
    def numeric(self) -> bool:
        """Whether numbers may stand here, in a range or as choices."""
        return self._number is not None or any(isinstance(choice, int) for choice in self.choices)

    def coerce(self, value: Any) -> Any:
        """The value as the user meant it: Pulumi turns every number into a float, which a whole number takes back."""
        if isinstance(value, float) and value.is_integer() and self.numeric:
            return int(value)
        return value

    def failure(self, value: Any) -> str | None:
        """Why `value` is refused, in one line, or None."""
        value = self.coerce(value)
        if isinstance(value, str) and (unfit := _UNFIT.search(value)):
            what = "control character" if unfit[0] < " " else "character"
            return f"{_quoted(value)} holds the {what} U+{ord(unfit[0]):04X}, which XML cannot carry"
        if isinstance(value, str) and value != value.strip() and self.mark(marks.Grammar) is None:
            return f"{_quoted(value)} begins or ends with a blank, which answers of the service do not keep"
        if not any(_passes(adapter, value) for adapter in self._adapters):
            return f"{_quoted(value)} is not {self.describe()}"
        grammar = self.mark(marks.Grammar)
        return grammar.failure(value) if grammar and isinstance(value, str) else None

    def normal(self, value: Any) -> Any:
        """The form in which values of equal meaning are equal; a value that does not fit the leaf stays itself."""
        value = self.coerce(value)
        grammar = self.mark(marks.Grammar)
        if grammar and isinstance(value, str) and grammar.failure(value) is None:
            return grammar.normal(value)
        return value

    def choice(self, text: str) -> str | int:
        """The choice that a text of the service means, which may write it in another case; else the text."""
        if text in self.choices:
            return text
        same = [choice for choice in self.choices if str(choice).lower() == text.lower()]
        return same[0] if len(same) == 1 else text

    def describe(self) -> str:
        """What may stand here, in words: `a whole number from 128 to 4096 px`."""
        parts = []
        if bool in self.types:
            parts.append("true or false")
        if self._number:
            bounds = self.mark(marks.Range)
            parts.append(f"a {'whole number' if self._number is int else 'number'}{f' {bounds}' if bounds else ''}")
        if self.choices:
            parts.append(("one of " if len(self.choices) > 1 else "") + ", ".join(map(str, self.choices)))
        if str in self.types:
            matches, length, grammar = self.mark(marks.Matches), self.mark(marks.Length), self.mark(marks.Grammar)
            words = grammar.words if grammar else matches.words if matches else "a text"
            limit = f", {length.least} to {length.most} characters" if length else ""
            parts.append(words + limit if matches or grammar or length else "a text that is not empty")
        return " or ".join(parts)


@dataclass(frozen=True)
class Block:
    """A container; `variants` maps the value of its `type` field to the class when there is more than one."""

    nodes: tuple[type[Node], ...]

    @functools.cached_property
    def variants(self) -> Mapping[str, type[Node]]:
        """The classes by the value of their `type`; empty when there is only one class."""
        if len(self.nodes) == 1:
            return {}
        return {str(node.fields()["type"].leaf.choices[0]): node for node in self.nodes}

    def node_for(self, value: Mapping[str, Any]) -> type[Node] | None:
        """The class that describes `value`, or None when its `type` names none."""
        return self.nodes[0] if len(self.nodes) == 1 else self.variants.get(str(value.get("type")))


@dataclass(frozen=True)
class ListOf(marks.Marked):
    """A list of leaves or of blocks."""

    item: Leaf | Block
    marks: tuple[marks.Mark, ...]


@dataclass(frozen=True)
class MapOf:
    """A map whose keys are the user's names; on the wire each key is an element name."""

    item: Leaf | Block | ListOf


@dataclass(frozen=True)
class Raw:
    """The content of an element that no page describes, declared as `dict[str, Any]`: contents by element name.

    A content is a text, a map again, or a list of these where the element repeats. Names are those of the wire.
    """

    def normal(self, value: Any) -> Any:
        """The form in which values of equal meaning are equal: nothing empty, no blanks around, no list of one."""
        if isinstance(value, Mapping):
            entries = {name: self.normal(content) for name, content in value.items()}
            return {name: content for name, content in entries.items() if content not in _NOTHING}
        if isinstance(value, (list, tuple)):
            items = [item for content in value if (item := self.normal(content)) not in _NOTHING]
            return items[0] if len(items) == 1 else items
        return value.strip() if isinstance(value, str) else value

    def describe(self) -> str:
        """What may stand here, in words."""
        return "a map of element names to texts, further maps and lists of these"


Shape = Leaf | Block | ListOf | MapOf | Raw
_NOTHING: tuple[Any, ...] = (None, "", {}, [])
_SCALARS = (bool, int, float, str)
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no place for, and the carriage return, which it turns into a line feed."""


def shape_of(annotation: Any, outer: tuple[marks.Mark, ...] = ()) -> Shape:
    """The shape that a type annotation declares.

    Raises TypeError for anything that the declaration language does not know.
    """
    from pulumi_ci.model.node import Node

    found = outer
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        found = (*found, *more)
    options = _options(annotation)
    if len(options) == 1:
        origin, arguments = get_origin(options[0]), get_args(options[0])
        if origin is list:
            item = shape_of(arguments[0])
            if isinstance(item, (Leaf, Block)):
                return ListOf(item, found)
        if origin is dict and arguments == (str, Any):
            return Raw()
        if origin is dict and arguments[0] is str:
            entry = shape_of(arguments[1])
            if isinstance(entry, (Leaf, Block, ListOf)):
                return MapOf(entry)
    if all(isinstance(option, type) and issubclass(option, Node) for option in options):
        return Block(tuple(options))
    choices: tuple[str | int, ...] = ()
    scalars: list[type] = []
    for option in options:
        if get_origin(option) is Literal:
            choices += get_args(option)
        elif option in _SCALARS:
            scalars.append(option)
        else:
            raise TypeError(f"the declaration language has no {option!r}")
    return Leaf(tuple(sorted(scalars, key=_SCALARS.index)), choices, found)


def _constrained(annotation: Any, constraints: Sequence[marks.Mark]) -> Any:
    for constraint in constraints:
        annotation = Annotated[annotation, constraint]
    return annotation


def _passes(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def _options(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, types.UnionType):
        return [option for part in get_args(annotation) if part is not type(None) for option in _options(part)]
    if get_origin(annotation) is Annotated:
        raise TypeError("put marks outside the optional: Annotated[X | None, mark], not Annotated[X, mark] | None")
    return [annotation]


def _quoted(value: Any) -> str:
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"
