"""What an update would have to do, without any I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_ci.lifecycle.meaning import Change, changes
from pulumi_ci.model import marks
from pulumi_ci.model.kind import Kind


@dataclass(frozen=True)
class Difference:
    """The changes by path, and the immutable fields among them, which force a replacement."""

    changes: tuple[Change, ...]
    replaces: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)


_NONE = Difference((), ())


def diff(kind: type[Kind], old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """How the inputs `new` differ in meaning from `old`."""
    found = changes(kind, old, new)
    if not found:
        return _NONE
    fields = kind.fields()
    immutable = {str(c.path[0]) for c in found if fields[str(c.path[0])].has(marks.Immutable)}
    return Difference(tuple(found), tuple(sorted(immutable)))
