"""What is wrong or doubtful in an image rule, and the error that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """One remark about a style body.

    `severity` is "error" for what the documents exclude, "warning" for what they leave open or call without effect:
    reading keeps the latter, the builder refuses both.
    """

    position: int
    """Index into the body, from 0, of the word the remark is about."""
    reason: str
    segment: int
    """Number of the segment between pipes, from 1."""
    severity: Severity

    def __str__(self) -> str:
        return f"segment {self.segment}, position {self.position}: {self.reason}"


class InvalidRule(ValueError):
    """An image rule that cannot be used; `failures` holds every reason, in order of position."""

    def __init__(self, body: str, failures: Sequence[Finding]) -> None:
        self.body = body
        self.failures = tuple(sorted(failures))
        lines = "".join(f"\n  {failure}" for failure in self.failures)
        super().__init__(f"not a valid image rule: {body!r}{lines}")

    def __reduce__(self) -> tuple[type[InvalidRule], tuple[str, tuple[Finding, ...]]]:
        return InvalidRule, (self.body, self.failures)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A closing clause with the nearest candidates, or nothing; case does not count."""
    by_folded = {candidate.lower(): candidate for candidate in candidates}
    near = [word.lower()] if word.lower() in by_folded else get_close_matches(word.lower(), by_folded, n=2)
    return f"; did you mean {' or '.join(repr(by_folded[name]) for name in near)}?" if near else ""
