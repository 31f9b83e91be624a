"""Objects that leave out what the server has a default for, made from one that says it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.check import check
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.leaves import leaves
from pulumi_ci.model.path import Path, reach


def bared(kind: type[Kind], inputs: Mapping[str, Any]) -> Iterator[Values]:
    """As few sets of right inputs as leave each field with a default out once, where it can be left out.

    A block keeps one of its fields, since an empty one is not sent; the next set leaves that one out instead.
    """
    left = [
        path
        for path, field, _ in leaves(kind, inputs)
        if field.server_default is not None and field.wire is not None and not isinstance(path[-1], int)
    ]
    while left:
        values, gone = copy.deepcopy(dict(inputs)), list[Path]()
        for path in left:
            tried = _without(values, path)
            if tried is not None and not check(kind, tried)[1]:
                values, gone = tried, [*gone, path]
        if not gone:
            return
        yield values
        left = [path for path in left if path not in gone]


def _without(values: Values, path: Path) -> Values | None:
    """A copy without the value at a path; None when its block would be empty."""
    found = copy.deepcopy(values)
    block: Any = reach(found, path[:-1])
    if len(block) == 1:
        return None
    del block[path[-1]]
    return found
