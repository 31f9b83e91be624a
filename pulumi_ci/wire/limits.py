"""How deep and how large an answer may be; no real one comes near, and what is beyond is refused before it is read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

DEEPEST = 100
"""Most levels of elements or objects within each other; a workflow has about twelve."""
MOST = 500_000
"""Most tags of an XML text, or brackets and commas of a JSON text: what each becomes takes a hundred bytes."""
EXACT = 2**53
"""From here on a float, which all numbers of Pulumi are, does not hold every whole number."""
T = TypeVar("T")


def holds(number: float, text: str) -> bool:
    """Whether a float says what its text says; else the text is kept. Digits after the point are rounded."""
    return abs(number) < EXACT or (math.isfinite(number) and Decimal(number) == Decimal(text))


def too_deep(root: T, inside: Callable[[T], Iterable[T]]) -> bool:
    """Whether there are more levels than `DEEPEST` below and with a root."""
    level = [root]
    for _ in range(DEEPEST):
        level = [child for item in level for child in inside(item)]
        if not level:
            return False
    return True
