"""`pulumi-ci stubs`: writes the type stubs of the public door, or checks that they are fresh."""

from __future__ import annotations

import sys

import click

from pulumi_ci.cli import exit_codes


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file is stale.")
def stubs(check: bool) -> None:
    """Writes the type stubs.

    These are pulumi_ci/__init__.pyi, mps.pyi and vod.pyi, made from the declarations.
    """
    from pulumi_ci.provider.stubs import stubs as make

    for target, text in make().items():
        if not check:
            target.write_text(text, encoding="utf-8")
            click.echo(f"wrote {target.name}")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            click.echo(f"{target.name} is stale; run `pulumi-ci stubs`", err=True)
            sys.exit(exit_codes.DIFFERENCE)
