"""Texts of users and services in GitHub's Markdown, where nothing in them is markup."""

from __future__ import annotations

import json
import re

LONGEST_TEXT = 500
"""Characters of one value or error; the rest is cut off."""


def code(text: str) -> str:
    """Text as code in a table: nothing in it is markup, and no bar ends the cell."""
    text = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    if "\\" in text and not text.startswith('"'):
        text = json.dumps(text, ensure_ascii=False)  # an even number of backslashes before every bar
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    room = " " if "`" in text else ""
    return f"{fence}{room}{text}{room}{fence}".replace("|", "\\|")


def escaped(text: str) -> str:
    """Text as text."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", text)
