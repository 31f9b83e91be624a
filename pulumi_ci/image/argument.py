"""Arguments of operations: numbers in a fixed spelling, words to choose from, Base64 texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import NamedTuple, Protocol

from pulumi_ci.image import base64url
from pulumi_ci.image.finding import Severity, did_you_mean


class Reading(NamedTuple):
    """An argument after reading: its one canonical spelling, and what to say against it."""

    text: str
    reason: str = ""
    severity: Severity | None = None


class Argument(Protocol):
    """What may follow an operation's word."""

    def read(self, text: str) -> Reading: ...


@dataclass(frozen=True)
class Number:
    """A number in a spelling. `ours` marks bounds the documents do not give: outside them is doubtful, not wrong."""

    low: int
    high: int | None = None
    whole: bool = True
    above: bool = False
    """True when `low` itself is excluded."""
    ours: bool = False

    @property
    def bounds(self) -> str:
        """The range in words, as it ends a message."""
        if self.high is None:
            return f"{'above' if self.above else 'at least'} {self.low}"
        return f"in {self.low}..{self.high}"

    def read(self, text: str) -> Reading:
        value = Decimal(text)
        if self.whole and "." in text:
            return Reading(text, f"{text} is not a whole number", "error")
        plain = format(value, "f") if "." in text else str(int(value))
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        too_low = value <= self.low if self.above else value < self.low
        too_high = self.high is not None and value > self.high
        if not too_low and not too_high:
            return Reading(plain)
        if self.ours:
            return Reading(plain, f"{plain} should be {self.bounds} (the documents give no range)", "warning")
        return Reading(plain, f"{plain} is not {self.bounds}", "error")


class Form:
    """Numbers in one of several spellings, such as `{width}x{height}>`; `unclear` spellings are read with a doubt."""

    def __init__(self, *spellings: str, unclear: tuple[str, ...] = (), **numbers: Number) -> None:
        self.spellings = spellings
        self.numbers = numbers
        self._unclear = unclear
        self._patterns = [(spelling, re.compile(_pattern(spelling))) for spelling in (*spellings, *unclear)]

    def read(self, text: str) -> Reading:
        matches = ((spelling, pattern.fullmatch(text)) for spelling, pattern in self._patterns)
        spelling, match = next(((spelling, match) for spelling, match in matches if match), ("", None))
        if match is None:
            return Reading(text, f"{text!r} is not one of {self._shown()}", "error")
        readings = {name: self.numbers[name].read(number) for name, number in match.groupdict().items()}
        canonical = spelling.format(**{name: reading.text for name, reading in readings.items()})
        reasons = [f"{name} {reading.reason}" for name, reading in readings.items() if reading.severity]
        if any(reading.severity == "error" for reading in readings.values()):
            return Reading(canonical, ", ".join(reasons), "error")
        if spelling in self._unclear:
            reasons.append(f"{text!r} is not documented; write {self._shown()}")
        return Reading(canonical, ", ".join(reasons), "warning" if reasons else None)

    def _shown(self) -> str:
        return ", ".join(spelling.replace("{", "<").replace("}", ">") for spelling in self.spellings)


def _pattern(spelling: str) -> str:
    parts = Formatter().parse(spelling)
    number = r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?"
    return "".join(re.escape(literal) + (f"(?P<{name}>{number})" if name else "") for literal, name, _, _ in parts)


@dataclass(frozen=True)
class Choice:
    """One of some words; `unclear` ones are read with a doubt. Case counts unless `any_case`."""

    values: tuple[str, ...]
    unclear: tuple[str, ...] = ()
    any_case: bool = False

    def read(self, text: str) -> Reading:
        plain = text.lower() if self.any_case else text
        if plain in self.values:
            return Reading(plain)
        allowed = ", ".join(self.values)
        if plain in self.unclear:
            return Reading(plain, f"{plain!r} is not documented; write {allowed} or leave the word out", "warning")
        return Reading(text, f"{text!r} is none of {allowed}{did_you_mean(text, self.values)}", "error")


@dataclass(frozen=True)
class Encoded:
    """A UTF-8 text in URL-safe Base64. One that does not match `pattern` is wrong, or doubtful if `lenient`."""

    pattern: str = r"(?s:.+)"
    expected: str = "UTF-8 text"
    lenient: bool = True

    def read(self, text: str) -> Reading:
        try:
            data = base64url.decode(text)
        except ValueError:
            hint = "; that is the standard alphabet" if "+" in text else ""
            return Reading(text, f"{text!r} is not URL-safe Base64{hint}", "error")
        try:
            clear: str | None = data.decode()
        except UnicodeDecodeError:
            clear = None
        if clear is not None and re.fullmatch(self.pattern, clear):
            return Reading(base64url.canonical(data))
        shown = "bytes that are no text" if clear is None else repr(clear)
        return Reading(
            base64url.canonical(data), f"holds {shown}, not {self.expected}", "warning" if self.lenient else "error"
        )
