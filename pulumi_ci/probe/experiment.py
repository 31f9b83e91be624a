"""What an experiment is: the choices that it tells, what it does, what it needs, and the calls themselves.

Every choice of the emulator can be told from outside, with these limits: `run_length` has no meaning where runs end at
once; `mps_failure` shows only in a task that fails; a limit beyond the largest number tried is not found, and neither
is a `page_size_max` where the service says the size back that was asked for; the two choices about signatures are not
tried, since that takes unsafe ones. Such choices are reported as "could not
tell" and stay out of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from pulumi_ci.probe.allowed import Need
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import Site

Answers = Generator[tuple[str, Any], None, None]
"""Choices with what was seen; an Unclear in the place of a value says why there is none."""


@dataclass(frozen=True)
class Experiment:
    """One experiment. `play` yields what it sees; what it has not yielded before an error could not be told."""

    choices: tuple[str, ...]
    does: str
    """What it makes or changes, for the user who is asked to allow it; "" = it makes no calls."""
    needs: tuple[Need, ...]
    play: Callable[[Site], Answers]


def experiment(
    *choices: str, does: str, needs: tuple[Need, ...] = ()
) -> Callable[[Callable[[Site], Answers]], Experiment]:
    """Declares the function below it an experiment."""
    return lambda play: Experiment(choices, does, needs, play)


def decided(seen: Any, among: dict[Any, Any], about: str) -> Any:
    """What `among` has for something that was seen. Raises Unclear when it has nothing."""
    if seen not in among:
        raise Unclear(f"{about}: {seen!r}")
    return among[seen]


def tried(look: Callable[[], Any]) -> Any:
    """What a look sees, or the Unclear that it raises, so that an experiment may go on."""
    try:
        return look()
    except Unclear as unclear:
        return unclear
