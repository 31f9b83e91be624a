"""The one check of rules: the builder asks it about what it was told, the parser about what it has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pulumi_ci.image.finding import Finding, Severity
from pulumi_ci.image.grammar import MAX_SEGMENTS, Interface


class Step(NamedTuple):
    """One word of a segment with its argument as written, None for a word that takes none."""

    word: str
    argument: str | None = None


class Segment(NamedTuple):
    """A segment to check, and where its parts stand in the body."""

    number: int
    interface: Interface
    steps: Sequence[Step]
    positions: Sequence[int]
    """Of the interface's name, then of each step."""
    unread: frozenset[str] = frozenset()
    """Words that are there but could not be read: rules about them are not asked."""


class Checked(NamedTuple):
    """What came out of checking the segments of a body."""

    steps: tuple[tuple[Step, ...], ...]
    """Per segment, with every argument in its canonical spelling."""
    findings: list[Finding]


def check(segments: Sequence[Segment]) -> Checked:
    """Canonical steps and all findings of a whole body."""
    steps, findings = [], list(_whole(segments))
    for segment in segments:
        canonical, remarks = _segment(segment)
        steps.append(canonical)
        findings += [Finding(position, reason, segment.number, severity) for position, reason, severity in remarks]
    return Checked(tuple(steps), findings)


_Remark = tuple[int, str, Severity]


def _segment(segment: Segment) -> tuple[tuple[Step, ...], list[_Remark]]:
    interface, (start, *positions) = segment.interface, segment.positions
    canonical: list[Step] = []
    remarks: list[_Remark] = []
    unread = set(segment.unread)
    where: dict[str, int] = {}
    for step, position in zip(segment.steps, positions, strict=True):
        option = interface.option(step.word)
        reading = option.read(step.argument)
        canonical.append(Step(step.word, None if step.argument is None else reading.text))
        if reading.severity:
            remarks.append((position, f"{step.word}: {reading.reason} (page {option.source})", reading.severity))
        if reading.severity == "error":
            unread.add(step.word)
        if step.word in where:
            remarks.append((position, f"{step.word} is written twice; which one counts is not documented", "warning"))
        where[step.word] = position
    for word in interface.required:
        if word not in where and word not in unread:
            unread.add(word)
            remarks.append((start, f"{interface.name} needs {word}", "error"))
    if not where and not unread and not interface.required:
        remarks.append((start, f"{interface.name} has no operation", "error"))
    arguments = {step.word: step.argument or "" for step in canonical}
    for rule in interface.rules:
        if unread.isdisjoint(rule.words) and (culprit := rule.find(arguments)):
            remarks.append((where[culprit], rule.reason, rule.severity))
    return tuple(canonical), remarks


def _whole(segments: Sequence[Segment]) -> Iterator[Finding]:
    for segment in segments:
        if segment.number > MAX_SEGMENTS:
            reason = f"more than {MAX_SEGMENTS} segments (page 027)"
            yield Finding(segment.positions[0], reason, segment.number, "error")
            break
    operations = Counter(step.word for segment in segments for step in segment.steps)
    alone = operations.total() - operations["ignore-error"] == 1
    for segment in segments:
        for step, position in zip(segment.steps, segment.positions[1:], strict=True):
            if step == Step("format", "svgc") and not alone:
                reason = "format/svgc takes SVG and gives SVG: no other operation goes with it (page 041)"
                yield Finding(position, reason, segment.number, "warning")
