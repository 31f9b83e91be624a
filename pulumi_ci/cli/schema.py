"""`pulumi-ci schema`: writes the JSON schema of every kind, or checks that they are fresh."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pulumi_ci.cli import exit_codes
from pulumi_ci.model.kind import kinds
from pulumi_ci.model.schema import DIALECT
from pulumi_ci.model.schema import schema as schema_of


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file is stale.")
@click.option("--folder", default="schema", show_default=True, type=click.Path(path_type=Path))
def schema(check: bool, folder: Path) -> None:
    """Writes one JSON schema per kind, and their index, into FOLDER."""
    files = {f"{slug}.json": schema_of(kind) for slug, kind in kinds().items()}
    index = {kind.token(): f"{slug}.json" for slug, kind in kinds().items()}
    files["index.json"] = {"$schema": DIALECT, "title": "pulumi_ci", "x-kinds": index}
    texts = {name: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for name, content in files.items()}
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    stale = sorted(name for name in {*texts, *present} if texts.get(name) != present.get(name))
    if check:
        if stale:
            click.echo(f"stale: {', '.join(stale)}; run `pulumi-ci schema`", err=True)
            sys.exit(exit_codes.DIFFERENCE)
        return
    folder.mkdir(exist_ok=True)
    for name in stale:
        if name in texts:
            (folder / name).write_text(texts[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    click.echo(f"wrote {len(stale)} of {len(texts)} files into {folder}")
