"""The source text of Python: literals, and calls, lists and dictionaries that are broken where they do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_INDENT = "    "


@dataclass(frozen=True)
class Group:
    """A call, list or dictionary: on one line where it fits, else with an item a line."""

    start: str
    items: tuple[tuple[str, Source], ...]
    """What stands before each item (`key=`), and the item."""
    end: str

    def line(self) -> str:
        """All of it on one line."""
        items = (before + (item if isinstance(item, str) else item.line()) for before, item in self.items)
        return f"{self.start}{', '.join(items)}{self.end}"

    def lines(self, width: int, before: str = "", after: str = "", depth: int = 0) -> str:
        """With what stands before and after it on its lines, none longer than `width` where it can be broken, at a
        depth of indentation.
        """
        line = f"{_INDENT * depth}{before}{self.line()}{after}"
        if len(line) <= width or not self.items:
            return line
        inside = (
            f"{_INDENT * (depth + 1)}{key}{item}," if isinstance(item, str) else item.lines(width, key, ",", depth + 1)
            for key, item in self.items
        )
        return "\n".join([f"{_INDENT * depth}{before}{self.start}", *inside, f"{_INDENT * depth}{self.end}{after}"])


Source = str | Group
"""Text that stays on its line, or a group."""


def literal(value: Any) -> str:
    """A value of plain data as its literal, texts in the quotes that ruff would choose."""
    return string(value) if isinstance(value, str) else repr(value)


def string(text: str) -> str:
    """A text as a literal."""
    quote = quote_for(text)
    return f"{quote}{escaped(text, quote)}{quote}"


def quote_for(text: str) -> str:
    """The quote that needs fewer escapes."""
    return "'" if text.count('"') > text.count("'") else '"'


def escaped(text: str, quote: str) -> str:
    """What stands between such quotes for a text."""
    return "".join(f"\\{c}" if c == quote else c if c in "'\"" else repr(c)[1:-1] for c in text)
