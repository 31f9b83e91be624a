"""Which field stands under which name on the wire, level by level: what the codecs of XML and JSON share."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from pulumi_ci.model import marks
from pulumi_ci.model.node import Field, Node


@dataclass
class Level:
    """What may stand below one element: fields by element name, and deeper levels of nested `Wire` paths."""

    fields: dict[str, Field] = field(default_factory=dict)
    also: dict[str, Field] = field(default_factory=dict)
    """Fields by the other names that answers may use."""
    levels: dict[str, Level] = field(default_factory=dict)

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The names of all of these."""
        return frozenset((*self.fields, *self.also, *self.levels))


@functools.cache
def levels(node: type[Node]) -> tuple[Level, Level]:
    """The elements inside the body, and those beside it."""
    inside, beside = Level(), Level()
    for declared in node.fields().values():
        if declared.wire is None:
            continue
        level = beside if declared.beside else inside
        for name in declared.wire[:-1]:
            level = level.levels.setdefault(name, Level())
        level.fields[declared.wire[-1]] = declared
        other = declared.mark(marks.AlsoRead)
        if other is not None:
            level.also[other.element] = declared
    return inside, beside
