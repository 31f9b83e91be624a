"""The report of `pulumi-ci drift` as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pulumi_ci.cli.report import closing, failure, local, named, places, printable, remark, title, value
from pulumi_ci.environment.drift import Managed, Report
from pulumi_ci.environment.found import Found

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 2rem }}
th, td {{ border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top }}
code {{ font: 13px ui-monospace, monospace; overflow-wrap: anywhere }}
.changed {{ color: #8a5a00 }} .missing, .failed {{ color: #b00020 }} .unmanaged {{ color: #00607a }}
small {{ color: #666 }}
</style>
</head>
<body>
<h1>{title}</h1>
<p><strong>{first}</strong></p>
{tables}
<ul>
{others}
</ul>
</body>
</html>
"""
_HEAD = "<tr><th></th><th>Resource</th><th>Property</th><th>Recorded</th><th>Live</th></tr>"


def as_html(report: Report) -> str:
    """The report as HTML: a table for each place, and the counts around them."""
    first, *others = closing(report)
    tables = []
    for place, told, unmanaged, unlisted in places(report):
        rows = [row for one in told for row in _managed(one)]
        rows += [_row("unmanaged", _who(found)) for found in unmanaged]
        rows += [_row("failed", _code(kind), "", "", escape(failure(why))) for kind, why in unlisted]
        tables.append("\n".join([f"<h2>{escape(printable(place))}</h2>", "<table>", _HEAD, *rows, "</table>"]))
    return _PAGE.format(
        title=escape(title(report)),
        first=escape(first),
        tables="\n".join(tables),
        others="\n".join(f"<li>{escape(line)}</li>" for line in others),
    )


def _managed(one: Managed) -> Iterator[str]:
    who = _who(one.found)
    if one.status == "missing":
        yield _row("missing", who)
    if one.failure:
        yield _row("failed", who, "", "", escape(failure(one.failure)))
    for difference in one.differences:
        said = remark(difference)
        live = _code(value(difference.live)) + (f" <small>{escape(said)}</small>" if said else "")
        yield _row("changed", who, _code(difference.path), _code(value(difference.intended)), live)
    for difference in one.stale:
        cells = (difference.path, value(difference.recorded), value(difference.live))
        yield _row("in the state only", who, *map(_code, cells))


def _row(what: str, *cells: str) -> str:
    """A row of a table; the cells are HTML already."""
    texts = "".join(f"<td>{cell}</td>" for cell in (*cells, *[""] * (4 - len(cells))))
    return f'<tr><td class="{what.replace(" ", "-")}">{what}</td>{texts}</tr>'


def _who(found: Found) -> str:
    id = local(found)
    return f"{escape(found.kind.__name__)} <b>{escape(named(found))}</b>" + (
        f" <small>{escape(id)}</small>" if id else ""
    )


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
