"""Stages of image processing and the pipe that joins them into a style body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from pulumi_ci.image.check import Segment, Step, check
from pulumi_ci.image.finding import Finding, InvalidRule, did_you_mean
from pulumi_ci.image.grammar import Interface

S = TypeVar("S", bound="Stage")


@dataclass(frozen=True, init=False)
class Stage:
    """One segment of a style body: an interface and its steps, in the order they were added.

    `str(stage)` is the body; `stage | stage` runs one after the other. A stage never changes: each method returns a new
    one, and raises InvalidRule for what the documents exclude, leave open or call without effect.
    """

    interface: ClassVar[Interface]
    steps: tuple[Step, ...]

    def __init__(self, *steps: Step) -> None:
        object.__setattr__(self, "steps", steps)
        if steps:
            object.__setattr__(self, "steps", _accept((self,))[0])

    @classmethod
    def of(cls: type[S], steps: tuple[Step, ...]) -> S:
        """The stage of canonical steps as they were read, doubtful ones included; `parse` makes its stages so."""
        stage = object.__new__(cls)
        object.__setattr__(stage, "steps", steps)
        return stage

    def _add(self: S, *steps: Step) -> S:
        """This stage and more steps, checked; `ignore-error` stays last."""
        together = sorted((*self.steps, *steps), key=lambda step: step.word == "ignore-error")
        return self.of(_accept((self.of(tuple(together)),))[0])

    def __str__(self) -> str:
        if not self.steps:
            _accept((self,))
        return _spell((self,))[0]

    def __or__(self, other: Stage | Pipeline) -> Pipeline:
        return Pipeline((self,)) | other


@dataclass(frozen=True)
class Pipeline:
    """A whole style body: 1 to 10 stages, run from left to right. `str(pipeline)` is the body. Source: 027.

    Raises InvalidRule, like a stage, and when there are more than 10 stages or none.
    """

    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        if not self.stages:
            raise InvalidRule("", [Finding(0, "a pipeline needs at least one stage", 1, "error")])
        _accept(self.stages)

    @classmethod
    def of(cls, stages: tuple[Stage, ...]) -> Pipeline:
        """The pipeline of stages as they were read, doubtful ones included; `parse` makes its result so."""
        pipeline = object.__new__(cls)
        object.__setattr__(pipeline, "stages", stages)
        return pipeline

    def __str__(self) -> str:
        return _spell(self.stages)[0]

    def __or__(self, other: Stage | Pipeline) -> Pipeline:
        if isinstance(other, Stage):
            return Pipeline((*self.stages, other))
        if isinstance(other, Pipeline):
            return Pipeline((*self.stages, *other.stages))
        return NotImplemented


def given(**arguments: object) -> list[Step]:
    """A step for each argument that is not None; the words are the grammar's."""
    return [Step(word, str(argument)) for word, argument in arguments.items() if argument is not None]


def chosen(argument: str, word: str, table: Mapping[str, str]) -> str:
    """The spelling `table` has for `word`; ValueError, naming `argument`, when it has none."""
    if word not in table:
        raise ValueError(f"{argument}: {word!r} is none of {', '.join(table)}{did_you_mean(word, table)}")
    return table[word]


def _accept(stages: Sequence[Stage]) -> tuple[tuple[Step, ...], ...]:
    """The canonical steps of `stages`; InvalidRule when there is anything against them."""
    body, positions = _spell(stages)
    segments = [
        Segment(number, stage.interface, stage.steps, where)
        for number, (stage, where) in enumerate(zip(stages, positions, strict=True), 1)
    ]
    checked = check(segments)
    if checked.findings:
        raise InvalidRule(body, checked.findings)
    return checked.steps


def _spell(stages: Sequence[Stage]) -> tuple[str, list[list[int]]]:
    """The body of `stages`, and where each name and step begins in it."""
    body = ""
    positions: list[list[int]] = []
    for stage in stages:
        body += "|" if body else ""
        where = [len(body)]
        body += stage.interface.name
        for word, argument in stage.steps:
            where.append(len(body) + 1)
            parts = [word, argument] if word in stage.interface.options else [argument]
            body += "".join(f"/{part}" for part in parts if part is not None)
        positions.append(where)
    return body, positions
