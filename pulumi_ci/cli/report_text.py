"""The report of `pulumi-ci drift` for a terminal: by place and resource, recorded beside live."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from pulumi_ci.cli.report import closing, failure, local, named, places, printable, remark, title, value
from pulumi_ci.environment.drift import Difference, Managed, Report
from pulumi_ci.environment.found import Found

_SIGNS = {"changed": ("~", "yellow"), "missing": ("-", "red"), "failed": ("!", "red"), "in sync": ("=", "dim")}


def as_text(report: Report) -> Text:
    """The report as styled text, one line for each thing that is said."""
    return Text("\n").join([*_lines(report), Text()])


def _lines(report: Report) -> Iterator[Text]:
    yield Text(title(report), "bold")
    for place, told, others, unlisted in places(report):
        yield Text()
        yield Text(printable(place), "bold underline")
        for one in told:
            yield from _managed(one)
        for found in others:
            yield _head("?", "cyan", found, "unmanaged")
        for kind, why in unlisted:
            yield Text(f"  ! {kind}: no list of what is there: {failure(why)}", "red")
    yield Text()
    for number, line in enumerate(closing(report)):
        yield Text(line, "" if number else "bold")


def _managed(one: Managed) -> Iterator[Text]:
    sign, style = _SIGNS.get(one.status, _SIGNS["in sync"])
    words = {"missing": "is gone", "failed": "could not be read"}.get(one.status, "")
    yield _head(sign, style, one.found, words)
    if one.failure:
        yield Text(f"      {failure(one.failure)}", "red")
    for difference in one.differences:
        yield _difference(difference, remark(difference))
    for difference in one.stale:
        recorded = f"in the state only; an earlier refresh recorded {value(difference.recorded)}"
        yield Text(f"      {difference.path}: {value(difference.live)}  ({recorded})", "dim")


def _head(sign: str, style: str, found: Found, words: str) -> Text:
    id = local(found)
    parts = [f"  {sign} ", found.kind.__name__, f" {named(found)}" if named(found) else ""]
    return Text.assemble(("".join(parts), style), (f"  {id}" if id else "", "dim"), f"  {words}" if words else "")


def _difference(difference: Difference, remark: str) -> Text:
    return Text.assemble(
        f"      {difference.path}: ",
        (value(difference.intended), "red"),
        " -> ",
        (value(difference.live), "green"),
        (f"  ({remark})" if remark else "", "dim"),
    )
