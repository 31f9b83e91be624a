"""Rules between the words of one segment: what needs what, what excludes what, what has no effect beside what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pulumi_ci.image.finding import Severity

Find = Callable[[Mapping[str, str]], "str | None"]
"""Takes the arguments by word, in the order written, and gives the word at fault or None."""


@dataclass(frozen=True)
class Rule:
    """A rule between `words`; not asked while one of them could not be read."""

    words: tuple[str, ...]
    find: Find
    reason: str
    severity: Severity = "error"


def needs(
    word: str,
    other: str,
    *values: str,
    when: tuple[str, ...] = (),
    severity: Severity = "warning",
) -> Rule:
    """`word` (only when its argument is one of `when`) goes only with `other`, set to one of `values` if any."""

    def find(arguments: Mapping[str, str]) -> str | None:
        applies = word in arguments and (not when or arguments[word] in when)
        met = other in arguments and (not values or arguments[other] in values)
        return word if applies and not met else None

    subject = " or ".join(f"{word}/{value}" for value in when) or word
    wanted = " or ".join(f"{other}/{value}" for value in values) or other
    return Rule((word, other), find, f"{subject} needs {wanted}", severity)


def one_of(*words: str) -> Rule:
    """At most one of `words`."""

    def find(arguments: Mapping[str, str]) -> str | None:
        present = [word for word in arguments if word in words]
        return present[1] if len(present) > 1 else None

    reason = f"only one of {', '.join(words)} goes into one segment; put another behind a pipe"
    return Rule(words, find, reason, "warning")


def no_effect(word: str, other: str, *values: str) -> Rule:
    """`word` does nothing while `other` is one of `values`."""

    def find(arguments: Mapping[str, str]) -> str | None:
        return word if word in arguments and arguments.get(other) in values else None

    return Rule((word, other), find, f"{word} has no effect with {other} {', '.join(values)}", "warning")
