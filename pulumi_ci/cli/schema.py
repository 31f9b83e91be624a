"""`pulumi-ci schema`: writes JSON schemas and reference pages from the declarations, or checks that they are fresh."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pulumi_ci.cli import exit_codes
from pulumi_ci.cli.reference import pages
from pulumi_ci.environment.schema import schema as environment_schema
from pulumi_ci.model.kind import kinds
from pulumi_ci.model.schema import DIALECT
from pulumi_ci.model.schema import schema as schema_of

_GENERATED = ("*.json", "reference/*.md")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file is stale.")
@click.option("--folder", default="schema", show_default=True, type=click.Path(path_type=Path))
def schema(check: bool, folder: Path) -> None:
    """Writes schemas and reference pages.

    One JSON schema and one page per kind, their indexes, and the schema of environment files.
    """
    texts = _texts()
    present = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for pattern in _GENERATED
        for path in folder.glob(pattern)
    }
    stale = sorted(name for name in {*texts, *present} if texts.get(name) != present.get(name))
    if check:
        if stale:
            click.echo(f"stale: {', '.join(stale)}; run `pulumi-ci schema`", err=True)
            sys.exit(exit_codes.DIFFERENCE)
        return
    (folder / "reference").mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in texts:
            fresh = folder / f"{name}.new"
            fresh.write_text(texts[name], encoding="utf-8")
            fresh.replace(folder / name)
        else:
            (folder / name).unlink()
    click.echo(f"wrote {len(stale)} of {len(texts)} files into {folder}")


def _texts() -> dict[str, str]:
    """What every file holds, by its path in the folder."""
    files = {f"{slug}.json": schema_of(kind) for slug, kind in kinds().items()}
    index = {kind.token(): f"{slug}.json" for slug, kind in kinds().items()}
    files["environment.json"] = environment_schema()
    files["index.json"] = {"$schema": DIALECT, "title": "pulumi_ci", "x-kinds": index}
    schemas = {name: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for name, content in files.items()}
    return {**schemas, **{f"reference/{name}": text for name, text in pages().items()}}
