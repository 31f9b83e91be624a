"""`pulumi-ci compare A B`: how two environments differ."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from pulumi_ci.cli import exit_codes, reading


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("form", "--format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@reading.options
def compare(source: str, target: str, form: str, cwd: Path, endpoint: str | None, given: tuple[str, ...]) -> None:
    """Shows how two environments differ.

    That is, what would have to happen to TARGET so that it is as SOURCE. Each is live:<region>/<bucket>, stack:<name>,
    an exported state (.json), or a file; @<stack> after a place or a file gives its variables the values in that
    stack's config.

    Resources are matched by type and name, references are compared by name, and variables may differ; everything else
    is a difference. Exits with 1 when there is one.
    """
    from pulumi_ci.cli import plan_report
    from pulumi_ci.environment.compare import compare as compared
    from pulumi_ci.environment.source import parse

    used = reading.reading(cwd, endpoint, given)
    found = compared(used.environment(parse(source)), used.environment(parse(target)))
    if form == "json":
        click.echo(plan_report.comparison_json((source, target), found), nl=False)
    elif form == "markdown":
        click.echo(plan_report.markdown(f"{source} compared with {target}", found.differences))
    elif found:
        plan_report.print_text(Console(), found.differences)
    else:
        click.echo("in sync")
    sys.exit(exit_codes.DIFFERENCE if found else exit_codes.OK)
