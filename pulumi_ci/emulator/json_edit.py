"""A change in the stored JSON of an object, by paths such as `ProcessImageConfigure/EncodeConfig/Quality`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

_STEP = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")


def edited(body: dict[str, Any], set: Mapping[str, Any], remove: Sequence[str]) -> dict[str, Any]:
    """The body with values set, and others removed; `[n]` is the nth item of a list, from 1.

    What is missing on the way to a value is made. Raises LookupError when there is nothing to remove.
    """
    for path, value in set.items():
        holder, last = _holder(body, path, make=True)
        if isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value
    for path in remove:
        holder, last = _holder(body, path)
        if last not in (range(len(holder)) if isinstance(holder, list) else holder or ()):
            raise LookupError(f"there is no {path}")
        del holder[last]
    return body


def _holder(body: dict[str, Any], path: str, make: bool = False) -> tuple[Any, Any]:
    """What holds the end of a path, and under which key or index."""
    steps: list[Any] = []
    for part in path.split("/"):
        found = _STEP.fullmatch(part)
        if found is None:
            raise ValueError(f"{path} is no path: write names, and [n] behind that of a list")
        steps += [found[1], int(found[2]) - 1] if found[2] else [found[1]]
    holder: Any = body
    for step, after in itertools.pairwise(steps):
        there = step < len(holder) if isinstance(holder, list) else step in (holder or ())
        if not there or (isinstance(holder, dict) and holder[step] is None):
            if not make:
                return {}, steps[-1]
            fresh: Any = [] if isinstance(after, int) else {}
            if isinstance(holder, list):
                holder.append(fresh)
                step = len(holder) - 1
            else:
                holder[step] = fresh
        holder = holder[step]
    return holder, steps[-1]
