"""Reading a style body back into stages, and saying what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from pulumi_ci.image.check import Segment, Step, check
from pulumi_ci.image.finding import Finding, InvalidRule, did_you_mean
from pulumi_ci.image.grammar import NOT_IN_A_STYLE, Interface, Option
from pulumi_ci.image.mogr2 import Mogr2
from pulumi_ci.image.pipeline import Pipeline, Stage
from pulumi_ci.image.view2 import View2
from pulumi_ci.image.watermark import BlindWatermark, ImageWatermark, TextWatermark

_STAGES: dict[str, type[Stage]] = {
    stage.interface.name: stage for stage in (Mogr2, View2, ImageWatermark, TextWatermark, BlindWatermark)
}
_FIRST_WORDS = {name.split("/")[0] for name in (*_STAGES, *NOT_IN_A_STYLE)}


def parse(body: str) -> Pipeline:
    """The pipeline that `body` spells. InvalidRule, with every failure, when the documents exclude it.

    What they leave open or call without effect is kept: ask `validate` for it. Read are also a body in percent-encoding
    (decoded once), with a leading `?`, with blanks around it, and a segment that ends in `/`.
    `str(parse(body))` is the canonical body.
    """
    pipeline, findings = _read(body)
    failures = [finding for finding in findings if finding.severity == "error"]
    if failures:
        raise InvalidRule(body, failures)
    return pipeline


def normal_form(body: str) -> str:
    """The canonical body: two bodies that differ only in spelling have the same. InvalidRule as in `parse`.

    One spelling each for percent-encoding, Base64 (no padding), gravity (lower case) and numbers (no needless zeros).
    The order of operations and options is kept, since the documents do not say that it is free.
    """
    return str(parse(body))


def validate(body: str) -> tuple[Finding, ...]:
    """Everything that speaks against `body`, in order of position: errors, and warnings that `parse` lets pass."""
    return tuple(sorted(_read(body)[1]))


class _Token(NamedTuple):
    text: str
    position: int


def _read(body: str) -> tuple[Pipeline, list[Finding]]:
    """The pipeline of what could be read, and the findings, with positions in `body` as it was given."""
    text, origin = _percent_decoded(body)
    begin = len(text) - len(text.lstrip().removeprefix("?"))
    findings: list[Finding] = []
    segments: list[Segment] = []
    for number, segment in enumerate(_split(_Token(text[begin:].rstrip(), begin), "|"), 1):
        read = _segment(number, segment, findings)
        if read:
            segments.append(read)
    checked = check(segments)
    stages = (_STAGES[segment.interface.name].of(steps) for segment, steps in zip(segments, checked.steps, strict=True))
    found = [finding._replace(position=origin[finding.position]) for finding in findings + checked.findings]
    return Pipeline.of(tuple(stages)), found


def _segment(number: int, segment: _Token, findings: list[Finding]) -> Segment | None:
    """The words of one segment; what cannot be told apart goes into `findings`."""

    def fail(token: _Token, reason: str) -> None:
        findings.append(Finding(token.position, reason, number, "error"))

    tokens = list(_split(segment, "/"))
    if len(tokens) > 1 and not tokens[-1].text:
        tokens.pop()
    first, rest = tokens[0], tokens[1:]
    name = f"{first.text}/{rest.pop(0).text}" if first.text == "watermark" and rest else first.text
    if name not in _STAGES:
        fail(first, _unknown_interface(name))
        return None
    interface = _STAGES[name].interface
    steps: list[Step] = []
    positions = [first.position]
    unread = set()
    if interface.leading and rest and re.fullmatch(r"-?[0-9]+", rest[0].text):
        positions.append(rest[0].position)
        steps.append(Step(interface.leading.word, rest.pop(0).text))
    while rest:
        word = rest.pop(0)
        option = interface.options.get(word.text)
        following = interface.options.get(rest[0].text) if rest else None
        if option is None:
            fail(word, _unknown_word(word.text, interface))
            if word.text in _FIRST_WORDS:
                return Segment(number, interface, steps, positions, frozenset(interface.options))
            if rest and following is None:
                rest.pop(0)  # most words have an argument; taking it for a word would only add noise
            unread.add(word.text)
        elif option.argument is None:
            steps.append(Step(word.text))
            positions.append(word.position)
        elif not rest or (following and _unreadable(option, rest[0].text)):
            fail(word, f"{word.text}: its argument is missing (page {option.source})")
            unread.add(word.text)
        else:
            steps.append(Step(word.text, rest.pop(0).text))
            positions.append(word.position)
    return Segment(number, interface, steps, positions, frozenset(unread))


def _unreadable(option: Option, text: str) -> bool:
    return option.read(text).severity == "error"


def _unknown_interface(name: str) -> str:
    reason = NOT_IN_A_STYLE.get(name)
    if reason:
        return f"{name} {reason}"
    if not name:
        return "an empty segment: nothing is written here"
    hint = "" if name.startswith("watermark") else did_you_mean(name, _FIRST_WORDS)
    return f"unknown interface {name!r}{hint or '; known are ' + ', '.join(_STAGES)}"


def _unknown_word(word: str, interface: Interface) -> str:
    if not word:
        return "an empty word between two slashes"
    if word in _FIRST_WORDS:
        return f"{word} begins a segment of its own: join it with a pipe, not a slash"
    hint = did_you_mean(word, interface.options)
    homes = [home for home, stage in _STAGES.items() if word in stage.interface.options]
    if not hint and homes:
        hint = f"; it belongs to {' and '.join(homes)}"
    return f"unknown operation {word!r} of {interface.name}{hint or '; known are ' + ', '.join(interface.options)}"


def _split(token: _Token, separator: str) -> Iterator[_Token]:
    position = token.position
    for text in token.text.split(separator):
        yield _Token(text, position)
        position += len(text) + 1


def _percent_decoded(body: str) -> tuple[str, list[int]]:
    """`body` decoded once, and for each character of the result, and its end, where it stands in `body`."""
    text = ""
    origin: list[int] = []
    for part in re.finditer(r"(?:%[0-9A-Fa-f]{2})+|[^%]+|%", body):
        encoded = len(part[0]) > 1 and part[0][0] == "%"
        place = part.start()
        for character in unquote(part[0]) if encoded else part[0]:
            text += character
            origin.append(place)
            place = min(place + (3 * len(character.encode()) if encoded else 1), part.end())
    return text, [*origin, len(body)]
