"""Blocks of properties declared as pydantic classes, and the fields that every derivation reads from them."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal

from pulumi_ci.model import marks
from pulumi_ci.model.docs import docs
from pulumi_ci.model.path import Path
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape, shape_of


@dataclass(frozen=True)
class Field(marks.Marked):
    """One declared field of a node: its name, shape, marks, default and the class that has it."""

    name: str
    shape: Shape
    marks: tuple[marks.Mark, ...]
    required: bool
    default: Any
    owner: type[Node]

    @functools.cached_property
    def doc(self) -> str:
        """Its documentation."""
        described = self.owner.model_fields[self.name].description
        return inspect.cleandoc(described or docs(self.owner).get(self.name, ""))

    @property
    def leaf(self) -> Leaf:
        """The shape of a field that is known to be a leaf."""
        assert isinstance(self.shape, Leaf), self.name
        return self.shape

    @functools.cached_property
    def wire(self) -> tuple[str, ...] | None:
        """Element names from the body (or the root, when `beside`) down to this field; None when it is not sent."""
        mark = self.mark(marks.Wire)
        if mark is None:
            return (to_pascal(self.name),)
        return None if mark.path is None else tuple(mark.path.lstrip("/").split("/"))

    @functools.cached_property
    def beside(self) -> bool:
        """Whether the element stands beside the body element."""
        mark = self.mark(marks.Wire)
        return mark is not None and mark.path is not None and mark.path.startswith("/")

    @functools.cached_property
    def is_input(self) -> bool:
        """Whether a user may set it."""
        return not self.has(marks.Computed)

    @functools.cached_property
    def compared(self) -> bool:
        """Whether a difference in it means something."""
        return self.is_input and not self.has(marks.Control)

    @functools.cached_property
    def needed(self) -> bool:
        """Whether a user has to give it; a name that is made up when left out is none."""
        return self.required and not self.has(marks.AutoName)

    @functools.cached_property
    def server_default(self) -> Any:
        """What the server assumes when it is left out, or None."""
        mark = self.mark(marks.ServerDefault)
        return None if mark is None else mark.value


@dataclass(frozen=True)
class Failure:
    """One refused value, or one that is only warned of: where it stands and why."""

    path: Path
    reason: str
    warning: bool = False
    """Whether the value is allowed all the same."""


Verdict = str | Iterable[Failure] | None
Judge = Callable[..., Verdict]


@dataclass(frozen=True)
class Rule:
    """A rule between fields of one node; asked only when every named field is known and passed by itself."""

    fields: tuple[str, ...]
    judge: Judge

    @property
    def doc(self) -> str:
        """What must hold, in a sentence for users; "" where the declaration says none."""
        return " ".join((self.judge.__doc__ or "").split())

    def failures(self, value: Mapping[str, Any]) -> list[Failure]:
        """What the rule has against `value`; a plain reason is about the first named field."""
        verdict = self.judge(*(value.get(name) for name in self.fields))
        if verdict is None:
            return []
        return [Failure((self.fields[0],), verdict)] if isinstance(verdict, str) else list(verdict)


def rule(*fields: str) -> Callable[[Judge], staticmethod[..., Verdict]]:
    """Declares a rule over `fields`: the function gets their values (None = left out) in this order.

    It returns None, a reason, or `Failure`s with paths relative to the node. Its docstring tells users what must hold.
    """

    def declare(judge: Judge) -> staticmethod[..., Verdict]:
        judge._rule = Rule(fields, judge)  # type: ignore[attr-defined]
        return staticmethod(judge)

    return declare


class Node(BaseModel):
    """A block of properties. Subclasses declare fields and rules and nothing else."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=(), defer_build=True)

    _fields: ClassVar[Mapping[str, Field]]

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """The declared fields by name, in the order of the declaration."""
        if "_fields" not in cls.__dict__:
            hints = typing.get_type_hints(cls, include_extras=True)
            cls._fields = {name: _field(cls, name, hints[name]) for name in cls.model_fields}
        return cls._fields

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """The rules between fields, those of parent classes first."""
        return _rules(cls)


@functools.cache
def _rules(node: type[Node]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for parent in reversed(node.__mro__):
        for name, member in dict(vars(parent)).items():  # pydantic may finish the class in another thread meanwhile
            if isinstance(member, staticmethod):
                declared = getattr(inspect.unwrap(member.__func__), "_rule", None)
                if declared is not None:
                    found[name] = declared
    return tuple(found.values())


def _field(owner: type[Node], name: str, annotation: Any) -> Field:
    info = owner.model_fields[name]
    try:
        shape = shape_of(annotation)
    except TypeError as error:
        raise TypeError(f"{owner.__name__}.{name}: {error}") from None
    required = info.is_required()
    default = None if required else info.get_default(call_default_factory=True, validated_data={})
    return Field(name, shape, _marks(annotation), required, default, owner)


def _marks(annotation: Any) -> tuple[marks.Mark, ...]:
    found: tuple[marks.Mark, ...] = ()
    while typing.get_origin(annotation) is typing.Annotated:
        annotation, *more = typing.get_args(annotation)
        found = (*found, *more)
    return found


def blocks(shape: Shape) -> tuple[type[Node], ...]:
    """The node classes directly inside a shape."""
    if isinstance(shape, (ListOf, MapOf)):
        return blocks(shape.item)
    return shape.nodes if isinstance(shape, Block) else ()
