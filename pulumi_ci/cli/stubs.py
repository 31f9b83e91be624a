"""`pulumi-ci stubs`: writes the type stubs of the public door, or checks that they are fresh."""

from __future__ import annotations

import sys

import click

from pulumi_ci.cli import exit_codes


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when the file is stale.")
def stubs(check: bool) -> None:
    """Writes pulumi_ci/__init__.pyi from the declarations."""
    from pulumi_ci.provider.stubs import TARGET
    from pulumi_ci.provider.stubs import stubs as make

    text = make()
    if not check:
        TARGET.write_text(text, encoding="utf-8")
        click.echo(f"wrote {TARGET.name}")
    elif TARGET.read_text(encoding="utf-8") != text:
        click.echo(f"{TARGET.name} is stale; run `pulumi-ci stubs`", err=True)
        sys.exit(exit_codes.DIFFERENCE)
