"""The report of `pulumi-ci drift` in GitHub's Markdown, for the summary of a job or a comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pulumi_ci.cli.report import closing, failure, local, named, places, remark, title, value
from pulumi_ci.environment.drift import Managed, Report
from pulumi_ci.environment.found import Found

LONGEST_TEXT = 500
"""Characters of one value or error; the rest is cut off."""
LONGEST = 60_000
"""Characters of the tables; a comment holds 65,536."""


def as_markdown(report: Report) -> str:
    """The report as Markdown: a table for each place, and the counts above them."""
    first, *others = closing(report)
    lines = [f"## {_code_in_title(title(report))}", "", f"**{first}**", ""]
    left, cut = LONGEST, 0
    for place, told, unmanaged, unlisted in places(report):
        rows = [row for one in told for row in _managed(one)]
        rows += [("unmanaged", _who(found), "", "", "") for found in unmanaged]
        rows += [("not listed", _code(kind), "", "", _code(failure(why))) for kind, why in unlisted]
        kept = []
        for row in rows:
            text = f"| {' | '.join(row)} |"
            left -= len(text)
            cut += left < 0
            kept += [text] if left >= 0 else []
        head = ("", "Resource", "Property", "Recorded", "Live")
        if kept:
            lines += [f"### {_code(place)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|---|", *kept, ""]
    if cut:
        lines += [f"{cut} more rows do not fit here; `--format json` has all of them.", ""]
    lines += [f"- {_escaped(line)}" for line in others]
    return "\n".join(lines).rstrip() + "\n"


def _managed(one: Managed) -> Iterator[tuple[str, ...]]:
    who = _who(one.found)
    if one.status == "missing":
        yield "missing", who, "", "", ""
    if one.failure:
        yield "failed", who, "", "", _code(failure(one.failure))
    for difference in one.differences:
        said = remark(difference)
        live = _code(value(difference.live)) + (f" ({_escaped(said)})" if said else "")
        yield "changed", who, _code(difference.path), _code(value(difference.intended)), live
    for difference in one.stale:
        yield (
            "in the state only",
            who,
            _code(difference.path),
            _code(value(difference.recorded)),
            _code(value(difference.live)),
        )


def _who(found: Found) -> str:
    name, id = named(found), local(found)
    return " ".join([_code(found.kind.__name__), *([_code(name)] if name else []), *([f"({_code(id)})"] if id else [])])


def _code(text: str) -> str:
    """Text as code in a table: nothing in it is markup, and no bar ends the cell."""
    text = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    if "\\" in text and not text.startswith('"'):
        text = json.dumps(text, ensure_ascii=False)  # an even number of backslashes before every bar
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    room = " " if "`" in text else ""
    return f"{fence}{room}{text}{room}{fence}".replace("|", "\\|")


def _code_in_title(text: str) -> str:
    words, name = text.rsplit(" ", 1)
    return f"{words} {_code(name)}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", text)
