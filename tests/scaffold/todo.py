"""Finds what a skeleton left to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

WORD = "TODO"
_PLACES = ("pulumi_ci", "tests", "CHANGELOG.md")
_ENDINGS = (".py", ".yaml", ".xml", ".http", ".json", ".md")
_HERE = Path("tests", "scaffold")
"""The skeletons themselves say it too."""


def left(top: Path) -> list[str]:
    """The lines that say what is left to do, each after its file and number."""
    return [
        f"{file.relative_to(top)}:{number}: {line.strip()}"
        for file in _files(top)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if WORD in line
    ]


def _files(top: Path) -> Iterator[Path]:
    for place in _PLACES:
        path = top / place
        files = sorted(file for file in path.rglob("*.*") if file.suffix in _ENDINGS) if path.is_dir() else [path]
        yield from (file for file in files if not file.is_relative_to(top / _HERE))
