"""`pulumi-ci export SOURCE`: what exists, as an environment file or a Python program."""

from __future__ import annotations

from pathlib import Path

import click

from pulumi_ci.cli import reading


@click.command()
@click.argument("source")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write this file instead of to the screen.")
@click.option("form", "--as", type=click.Choice(["file", "program"]), default="file", show_default=True)
@click.option("--values", type=click.Path(path_type=Path, dir_okay=False), help="Write the values of variables here.")
@click.option("--project", help="Project that the values are written for; the one in --cwd when left out.")
@click.option("--force", is_flag=True, help="Replace files that exist.")
@reading.options
def export(
    source: str,
    to: Path | None,
    form: str,
    values: Path | None,
    project: str | None,
    force: bool,
    cwd: Path,
    endpoint: str | None,
    given: tuple[str, ...],
) -> None:
    """Writes what exists as a file or a program.

    SOURCE is live:<region>/<bucket>, stack:<name>, an exported state, or a file. Ids become references, and what
    belongs to one place, such as its bucket and the addresses it reports to, becomes variables; --values writes the
    values that they have there, as a Pulumi.<stack>.yaml. Nothing in the cloud is changed.
    """
    from pulumi_ci.environment.program import program
    from pulumi_ci.environment.source import parse
    from pulumi_ci.environment.untouched import worth_writing
    from pulumi_ci.environment.values import text_of as values_text
    from pulumi_ci.environment.whole import replace
    from pulumi_ci.environment.write import text_of

    for path in (to, values):
        if path is not None and path.exists() and not force:
            raise click.UsageError(f"{path} exists; pass --force to replace it")
    found = parse(source)
    environment = worth_writing(reading.reading(cwd, endpoint, given).environment(found))
    text = program(environment) if form == "program" else text_of(environment)
    if values is not None:
        replace(values, values_text(environment, project or reading.project(cwd)))
    if to is None:
        click.echo(text, nl=False)
    else:
        replace(to, text)
    unset = [name for name in environment.config if environment.values.get(name) is None]
    said = [f"{len(environment.resources)} resources, {len(environment.config)} variables"]
    said += [f"secrets to set: {', '.join(unset)}"] if unset else []
    said += [f"{name}: {note}" for name, r in environment.resources.items() for note in r.notes.values()]
    click.echo("\n".join(said), err=True)
