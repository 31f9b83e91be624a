"""The report of `pulumi-ci drift` in GitHub's Markdown, for the summary of a job or a comment."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_ci.cli.markdown import code, escaped
from pulumi_ci.cli.report import closing, failure, local, named, places, remark, title, value
from pulumi_ci.environment.drift import Managed, Report
from pulumi_ci.environment.found import Found

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
        rows += [("not listed", code(kind), "", "", code(failure(why))) for kind, why in unlisted]
        kept = []
        for row in rows:
            text = f"| {' | '.join(row)} |"
            left -= len(text)
            cut += left < 0
            kept += [text] if left >= 0 else []
        head = ("", "Resource", "Property", "Recorded", "Live")
        if kept:
            lines += [f"### {code(place)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|---|", *kept, ""]
    if cut:
        lines += [f"{cut} more rows do not fit here; `--format json` has all of them.", ""]
    lines += [f"- {escaped(line)}" for line in others]
    return "\n".join(lines).rstrip() + "\n"


def _managed(one: Managed) -> Iterator[tuple[str, ...]]:
    who = _who(one.found)
    if one.status == "missing":
        yield "missing", who, "", "", ""
    if one.failure:
        yield "failed", who, "", "", code(failure(one.failure))
    for difference in one.differences:
        said = remark(difference)
        live = code(value(difference.live)) + (f" ({escaped(said)})" if said else "")
        yield "changed", who, code(difference.path), code(value(difference.intended)), live
    for difference in one.stale:
        yield (
            "in the state only",
            who,
            code(difference.path),
            code(value(difference.recorded)),
            code(value(difference.live)),
        )


def _who(found: Found) -> str:
    name, id = named(found), local(found)
    return " ".join([code(found.kind.__name__), *([code(name)] if name else []), *([f"({code(id)})"] if id else [])])


def _code_in_title(text: str) -> str:
    words, name = text.rsplit(" ", 1)
    return f"{words} {code(name)}"
