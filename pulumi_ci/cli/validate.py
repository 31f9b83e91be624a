"""`pulumi-ci validate`: every mistake of a whole program, with no engine and no network."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_ci.cli import exit_codes

if TYPE_CHECKING:
    from pulumi_ci.provider.validate import Mistake, Report


@click.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--stack", help="Take the config of Pulumi.<stack>.yaml; the only one there is, when left out.")
@click.option("config", "-c", "--config", multiple=True, metavar="KEY=VALUE", help="Set config; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def validate(path: Path, stack: str | None, config: tuple[str, ...], form: str) -> None:
    """Lists every mistake of a program or a file.

    Neither engine, network nor credentials are needed.

    PATH is a project folder, a program file or an environment file (.yaml, .yml). A program runs as in the preview of a
    new stack: what only the cloud knows is unknown, and so is config that is encrypted. In an environment file a
    variable without a value is a mistake when --stack is given. Exits with 1 when there are mistakes.
    """
    from pulumi_ci.environment import validate as file
    from pulumi_ci.provider.project import project
    from pulumi_ci.provider.validate import validate as run

    is_file = path.suffix in (".yaml", ".yml")
    report = file.validate(path, stack, config) if is_file else run(project(path, stack, config))
    if form == "json":
        click.echo(json.dumps(_json(report), indent=2, ensure_ascii=False))
    else:
        _show(report)
    sys.exit(exit_codes.DIFFERENCE if report.mistakes else exit_codes.OK)


def _json(report: Report) -> dict[str, object]:
    return {
        "resources": report.resources,
        "mistakes": [{**asdict(mistake), "file": _relative(mistake.file)} for mistake in report.mistakes],
        "warnings": [{**asdict(warning), "file": _relative(warning.file)} for warning in report.warnings],
    }


def _show(report: Report) -> None:
    rows = [_row(mistake) for mistake in report.mistakes]
    rows += [(*row[:-1], f"warning: {row[-1]}") for row in map(_row, report.warnings)]
    console = Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("  ".join(cell for cell in row if cell))
    elif rows:
        table = Table()
        for heading in ("where", "resource", "property", "reason"):
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
    counts = [_count(report.resources, "resource"), _count(len(report.mistakes), "mistake")]
    if report.warnings:
        counts.append(_count(len(report.warnings), "warning"))
    click.echo(", ".join(counts))


def _row(mistake: Mistake) -> tuple[str, str, str, str]:
    place = _relative(mistake.file)
    where = ":".join(str(part) for part in (place, mistake.line, mistake.column) if part)
    return where, f"{mistake.type or 'program'} {mistake.name}".strip(), mistake.property, mistake.reason


def _relative(file: str | None) -> str | None:
    """As seen from the current folder."""
    try:
        return None if file is None else os.path.relpath(file)
    except ValueError:  # another drive
        return file


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
