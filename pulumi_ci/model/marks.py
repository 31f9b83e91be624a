"""The marks: entries of `Annotated` that say what a field is to the API, to the diff and to the user."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import annotated_types
from annotated_types import BaseMetadata, GroupedMetadata


@dataclass(frozen=True)
class Wire:
    """Where the field stands on the wire, when that is not its own name in PascalCase.

    `"Name"` renames the element; `"A/B"` nests it; `"/Name"` puts it beside the body element instead of inside;
    `None` keeps it off the wire.
    """

    path: str | None


@dataclass(frozen=True)
class AlsoRead:
    """Another element that an answer may show this field under; never written, ignored beside the field's own."""

    element: str


@dataclass(frozen=True)
class Immutable:
    """A change of this field replaces the resource."""


@dataclass(frozen=True)
class Fixed:
    """Nothing can change this field once the object exists, not even a replacement; refused at preview."""


@dataclass(frozen=True)
class Computed:
    """The server sets this field; it is an output and refused as an input."""


@dataclass(frozen=True)
class ServerDefault:
    """What the server assumes when the field is left out; never sent, and equal to absence in every comparison."""

    value: str | int | float | bool


@dataclass(frozen=True)
class Blank:
    """When left out, the element is written empty, which asks the service to choose the value itself.

    With `where`, only while that field of the same node is given.
    """

    where: str = ""


@dataclass(frozen=True)
class Unordered:
    """The order of this list carries no meaning."""


@dataclass(frozen=True)
class Joined:
    """The list is written as one element whose text joins the items with `separator`."""

    separator: str = ","


@dataclass(frozen=True)
class Presence:
    """An empty block means something here (a stream that exists), so it differs from an absent one."""


@dataclass(frozen=True)
class Switched:
    """The block is a feature with a switch of its own: one that is off equals its absence, and a feature that an
    update takes away is switched off by name, since a service may keep what is not sent.
    """

    field: str = "switch"
    off: str = "OFF"

    def is_off(self, value: Any) -> bool:
        """Whether a value of the block, or None, leaves the feature off."""
        return value is None or (isinstance(value, dict) and value.get(self.field) == self.off)


@dataclass(frozen=True)
class ServerFilled:
    """When left out, an update sends back what the server has instead of nothing."""


@dataclass(frozen=True)
class ServerAdds:
    """An item that the server may put into this list by itself: no drift unless the user lists it too."""

    item: str


@dataclass(frozen=True)
class AutoName:
    """When left out, a name is made: logical name, `separator`, 7 hex digits; odd characters become `separator`."""

    separator: str = "-"
    longest: int = 64


@dataclass(frozen=True)
class Reference:
    """The field holds the id of an object of another kind, named by its class name."""

    kind: str


@dataclass(frozen=True)
class PerEnvironment:
    """The value is one environment's own, such as the address of its receiver: an export makes it a variable called
    after the resource and `name`.
    """

    name: str


@dataclass(frozen=True)
class Secret:
    """Never printed, and kept as a Pulumi secret."""


@dataclass(frozen=True)
class Control:
    """Steers what this provider does; never sent and never compared, so a change of it alone is no change."""


@dataclass(frozen=True)
class Range(GroupedMetadata):
    """Bounds of a number: `ge`/`le` included, `gt`/`lt` excluded, `step` a divisor; `unit` is for people."""

    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    lt: float | None = None
    step: int | None = None
    unit: str = ""

    def __iter__(self) -> Iterator[BaseMetadata]:
        if self.ge is not None:
            yield annotated_types.Ge(self.ge)
        if self.gt is not None:
            yield annotated_types.Gt(self.gt)
        if self.le is not None:
            yield annotated_types.Le(self.le)
        if self.lt is not None:
            yield annotated_types.Lt(self.lt)
        if self.step is not None:
            yield annotated_types.MultipleOf(self.step)

    def __str__(self) -> str:
        low = (
            ""
            if self.ge is None and self.gt is None
            else f"from {self.ge}"
            if self.ge is not None
            else f"above {self.gt}"
        )
        high = (
            ""
            if self.le is None and self.lt is None
            else f"to {self.le}"
            if self.le is not None
            else f"below {self.lt}"
        )
        multiple = "" if self.step is None else "even" if self.step == 2 else f"a multiple of {self.step}"
        words = " ".join(word for word in (low, high, self.unit) if word)
        return f"{words}, {multiple}" if multiple else words


@dataclass(frozen=True)
class Length(GroupedMetadata):
    """How many characters a text, or how many items a list, may hold."""

    most: int
    least: int = 1

    def __iter__(self) -> Iterator[BaseMetadata]:
        yield annotated_types.MinLen(self.least)
        yield annotated_types.MaxLen(self.most)


@dataclass(frozen=True)
class Matches(GroupedMetadata):
    """A text must match `pattern` whole; `words` says so to people, `example` is one that does."""

    pattern: str
    words: str
    example: str

    def __iter__(self) -> Iterator[BaseMetadata]:
        matcher = re.compile(self.pattern)
        yield annotated_types.Predicate(lambda text: matcher.fullmatch(text) is not None)


@dataclass(frozen=True)
class Grammar:
    """A text with a grammar of its own.

    `failure` returns why a text is refused, or None; `normal` gives the form in which texts of equal meaning are
    equal (only called on texts that pass); `examples` are some that pass, with different meanings.
    """

    failure: Callable[[str], str | None]
    normal: Callable[[str], str]
    words: str
    examples: tuple[str, ...]


Mark = Any
M = TypeVar("M")


class Marked:
    """What carries marks."""

    marks: tuple[Mark, ...]

    def mark(self, kind: type[M]) -> M | None:
        """The mark of that class, or None."""
        for mark in self.marks:  # a loop, since this is asked for every value of every resource
            if isinstance(mark, kind):
                return mark
        return None

    def has(self, *kinds: type) -> bool:
        """Whether there is a mark of one of these classes."""
        return any(isinstance(mark, kinds) for mark in self.marks) if self.marks else False
