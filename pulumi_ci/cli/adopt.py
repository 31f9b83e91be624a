"""`pulumi-ci import SOURCE`: takes over a bucket that exists, with the file for `pulumi import --file`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pulumi_ci.cli import exit_codes, reading


@click.command("import")
@click.argument("source")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    default="import.json",
    show_default=True,
    help="File for `pulumi import --file`.",
)
@click.option("--program", type=click.Path(path_type=Path, dir_okay=False), help="Also write a Python program.")
@click.option(
    "--file", "media", type=click.Path(path_type=Path, dir_okay=False), help="Also write an environment file."
)
@click.option("--values", type=click.Path(path_type=Path, dir_okay=False), help="Also write the values of variables.")
@click.option("--project", help="Project that the values are written for; the one in --cwd when left out.")
@click.option(
    "--skeleton",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Complete this file of `pulumi preview --import-file` instead: resources by type and name.",
)
@click.option("--force", is_flag=True, help="Replace files that exist.")
@reading.options
def adopt(
    source: str,
    to: Path,
    program: Path | None,
    media: Path | None,
    values: Path | None,
    project: str | None,
    skeleton: Path | None,
    force: bool,
    cwd: Path,
    endpoint: str | None,
    given: tuple[str, ...],
) -> None:
    """Takes over what exists, without touching it.

    Writes a file for `pulumi import --file`, which holds inputs and outputs, and on request the program that declares
    the same. The next preview has nothing to do. SOURCE is live:<region>/<bucket>, or several joined by +. Exits with 1
    when something could not be taken over.
    """
    from pulumi_ci.environment import stack
    from pulumi_ci.environment.adoption import adoption, completed, text_of
    from pulumi_ci.environment.program import program as program_of
    from pulumi_ci.environment.source import parse
    from pulumi_ci.environment.values import text_of as values_text
    from pulumi_ci.environment.whole import replace
    from pulumi_ci.environment.write import text_of as file_text

    for path in (to, program, media, values):
        if path is not None and path.exists() and not force:
            raise click.UsageError(f"{path} exists; pass --force to replace it")
    found = parse(source)
    if found.kind != "live":
        raise click.UsageError(f"{source} is no live place; write live:ap-beijing/media-1250000000")
    used = reading.reading(cwd, endpoint, given)
    taken = adoption(used.objects(found), used.values)
    environment = taken.environment
    document, missing = taken.document, list[str]()
    if skeleton is not None:
        document, missing = completed(stack.parse(skeleton.read_text(encoding="utf-8"), str(skeleton)), document)
    replace(to, text_of(document))
    for path, text in (
        (program, program_of(environment)),
        (media, file_text(environment)),
        (values, values_text(environment, project or reading.project(cwd))),
    ):
        if path is not None:
            replace(path, text)
    left_out = taken.left_out if skeleton is None or missing else ()
    missed = [f"{name}: nothing of this type and name exists there" for name in missing]
    for line in (*taken.remarks, *missed, *(f"left out: {told}" for told in left_out)):
        click.echo(line, err=True)
    click.echo(
        f"{len(document['resources'])} resources; next: pulumi import --file {to} --generate-code=false", err=True
    )
    sys.exit(exit_codes.DIFFERENCE if missing or left_out else exit_codes.OK)
