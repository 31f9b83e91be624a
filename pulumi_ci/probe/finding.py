"""What came of one assumption: what was assumed, what was seen, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pulumi_ci.api.errors import CiError

Verdict = Literal["agrees", "differs", "could not tell"]


class Unclear(Exception):
    """The service's answers do not tell; the text says why."""


def reason(error: Exception) -> str:
    """An error in words; one that nobody foresaw, such as an odd answer makes, with its type."""
    return str(error) if isinstance(error, (CiError, Unclear)) else f"{type(error).__name__}: {error}"


@dataclass(frozen=True)
class Finding:
    """One row of the result."""

    about: str
    """The choice, or the kind, or the field."""
    assumed: Any
    seen: Any = None
    """What the service does; None when that could not be told."""
    reason: str = ""
    """Why it could not be told, or how it differs."""

    @property
    def verdict(self) -> Verdict:
        """Whether the service does what is assumed."""
        if self.seen is None:
            return "could not tell"
        return "agrees" if self.seen == self.assumed else "differs"
