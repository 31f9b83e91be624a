"""`pulumi-ci drift SOURCE`: what was changed by hand, a stack's recorded state beside the live objects."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pulumi_ci.cli import exit_codes, reading
from pulumi_ci.environment.ignore import DEFAULT_FILE, What

if TYPE_CHECKING:
    from pulumi_ci.environment.drift import Report

_NEVER = "none"
_ENDINGS = {".html": "html", ".md": "markdown", ".json": "json"}


class _Tell(Protocol):
    def __call__(self, done: int, total: int) -> None: ...


def _fail_on(_: click.Context, __: click.Parameter, given: str) -> frozenset[str]:
    wanted = frozenset(word.strip() for word in given.split(","))
    if wanted == {_NEVER}:
        return frozenset()
    for word in sorted(wanted - {*get_args(What)}):
        raise click.BadParameter(f"{word!r} is none of {', '.join(get_args(What))}; {_NEVER} stands alone")
    return wanted


@click.command()
@click.argument("source")
@click.option("form", "--format", type=click.Choice(["text", "json", "markdown", "html"]), default="text")
@click.option(
    "outputs",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the report into this file; .html, .md and .json choose the format, others have that of --format.",
)
@click.option(
    "--ignore",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Rules for drift that is meant to be; {DEFAULT_FILE} where there is one.",
)
@click.option("--no-unmanaged", is_flag=True, help="Do not look for objects that the stack does not hold.")
@click.option(
    "--fail-on",
    default="changed,missing",
    show_default=True,
    callback=_fail_on,
    help=f"What makes it exit with 1: a list of {', '.join(get_args(What))}, or {_NEVER}.",
)
@reading.connection
def drift(
    source: str,
    form: str,
    outputs: tuple[Path, ...],
    ignore: Path | None,
    no_unmanaged: bool,
    fail_on: frozenset[str],
    cwd: Path,
    endpoint: str | None,
) -> None:
    """Shows what was changed by hand.

    The recorded state of a stack is held beside the live objects. SOURCE is `stack:NAME`, the path of an exported
    state, or `-` for one on standard input, which needs no Pulumi: `pulumi stack export --show-secrets | pulumi-ci
    drift -`. Nothing is written, neither in the cloud nor in the state.

    Exits with 1 when something differs; see also `--fail-on`. A resource that could not be read is reported, and the
    command ends with the status of its error; so does a kind that could not be listed, where unmanaged objects count.
    """
    from pulumi_ci.environment import drift as drifts
    from pulumi_ci.environment import ignore as rules
    from pulumi_ci.environment import whole
    from pulumi_ci.environment.source import parse

    default = Path(DEFAULT_FILE)
    chosen = ignore or (default if default.is_file() else None)
    left_out = () if chosen is None else rules.read(chosen)
    used, named = reading.reading(cwd, endpoint, ()), parse(source)
    stack = used.recorded(named)
    with _bar() as tell:
        report = drifts.drift(stack, used.session(named.stack), not no_unmanaged, tell)
    report = drifts.without(report, left_out)
    for path in outputs:
        whole.replace(path, _text(report, _ENDINGS.get(path.suffix, form)))
    _print(report, form)
    if failures := report.failures("unmanaged" in fail_on):
        raise failures[0].error
    found = {one.status for one in report.managed} | ({"unmanaged"} if report.unmanaged else set())
    sys.exit(exit_codes.DIFFERENCE if found & fail_on else exit_codes.OK)


def _text(report: Report, form: str) -> str:
    from pulumi_ci.cli.report import as_json
    from pulumi_ci.cli.report_html import as_html
    from pulumi_ci.cli.report_markdown import as_markdown
    from pulumi_ci.cli.report_text import as_text

    forms = {"json": as_json, "html": as_html, "markdown": as_markdown}
    return as_text(report).plain if form == "text" else forms[form](report)


def _print(report: Report, form: str) -> None:
    if form == "text":
        from pulumi_ci.cli.report_text import as_text

        Console().print(as_text(report), end="", soft_wrap=True, highlight=False)
    else:
        click.echo(_text(report, form), nl=False)


@contextmanager
def _bar() -> Iterator[_Tell]:
    """A bar on standard error while it is a terminal."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("comparing"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("comparing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
