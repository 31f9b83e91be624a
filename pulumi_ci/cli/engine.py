"""`pulumi-ci engine`: the Pulumi command that this machine has, or gets."""

from __future__ import annotations

import sys

import click

from pulumi_ci.cli import exit_codes


@click.group()
def engine() -> None:
    """Finds, installs or builds the Pulumi command."""


@engine.command()
def path() -> None:
    """Prints the folder of the Pulumi command; never downloads or builds."""
    from pulumi_ci.engine import find

    found = find()
    if found is None:
        click.echo("no Pulumi command yet; run `pulumi-ci engine install`", err=True)
        sys.exit(exit_codes.DIFFERENCE)
    click.echo(found.bin)


@engine.command()
def install() -> None:
    """Makes sure that there is a Pulumi command: looks, installs, or builds it from source."""
    from pulumi_ci.engine import EngineUnavailable, ensure

    try:
        found = ensure()
    except EngineUnavailable as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{found.command} ({found.version}, {found.source})")
