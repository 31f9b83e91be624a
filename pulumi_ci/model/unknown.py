"""The one value that stands for "not known yet" while a plan is made."""

from __future__ import annotations

import enum
from typing import Final


class Unknown(enum.Enum):
    """Type of `UNKNOWN`; an enumeration so that `is` narrows it for a type checker."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


def holds_unknown(value: object) -> bool:
    """Whether `value`, or anything inside it, is not known yet."""
    if isinstance(value, dict):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(holds_unknown(item) for item in value)
    return value is UNKNOWN
