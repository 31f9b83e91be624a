"""Texts of answers as a terminal and a log may get them: whatever they hold, they steer nothing."""

from __future__ import annotations

import logging


def printable(text: str, keep: str = "") -> str:
    """The text with what is not printable escaped, and a space for each line break or tab.

    Texts of an answer may hold anything: colours, titles of windows, marks that turn the direction of writing round.
    `keep` holds characters that stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else " " if c.isspace() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


class _Printable(logging.Filter):
    """Makes each record printable."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = printable(record.getMessage(), keep="\n"), ()
        return True


_PRINTABLE = _Printable()


def logger(name: str) -> logging.Logger:
    """The logger of that name, of which every record is printable."""
    found = logging.getLogger(name)
    found.addFilter(_PRINTABLE)
    return found
