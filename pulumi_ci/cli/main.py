"""The `pulumi-ci` command."""

from __future__ import annotations

import sys
import traceback

import click

from pulumi_ci.cli import exit_codes
from pulumi_ci.cli.adopt import adopt
from pulumi_ci.cli.compare import compare
from pulumi_ci.cli.drift import drift
from pulumi_ci.cli.emulator import emulator
from pulumi_ci.cli.engine import engine
from pulumi_ci.cli.explain import explain
from pulumi_ci.cli.export import export
from pulumi_ci.cli.graph import graph
from pulumi_ci.cli.probe import probe
from pulumi_ci.cli.promote import apply, promote
from pulumi_ci.cli.schema import schema
from pulumi_ci.cli.stubs import stubs
from pulumi_ci.cli.validate import validate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pulumi-ci")
def cli() -> None:
    """Tencent Cloud Infinite (CI) as code."""


for command in (
    adopt,
    apply,
    compare,
    drift,
    emulator,
    engine,
    explain,
    export,
    graph,
    probe,
    promote,
    schema,
    stubs,
    validate,
):
    cli.add_command(command)


@cli.command()
@click.option("--promote", "promotes", is_flag=True, help="Instead: from one environment to another.")
@click.option("--keep", is_flag=True, help="Keep the folder with the state and the program for a look.")
def demo(promotes: bool, keep: bool) -> None:
    """Shows it all against the emulator.

    A real engine runs the quickstart: up, drift, repair, rename, destroy.

    With --promote two environments: a change tried in one, exported, compared, planned, applied to the other.
    """
    from pulumi_ci.cli import demo, demo_promote

    run = demo_promote.run if promotes else demo.run
    sys.exit(exit_codes.OK if run(keep=keep) else exit_codes.DIFFERENCE)


def main() -> None:
    """Runs the command line; every exit status is one of `exit_codes`."""
    from pulumi_ci.api.errors import AccessDenied, ApiError, CiError, Interrupted, MissingCredentials, NoAnswer

    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(exit_codes.CANCELLED)
    except click.ClickException as error:
        error.show()
        sys.exit(exit_codes.USAGE)
    except CiError as error:
        click.echo(f"error: {error}", err=True)
        cause = error.cause if isinstance(error, Interrupted) else error
        codes = {
            MissingCredentials: exit_codes.CREDENTIALS,
            AccessDenied: exit_codes.CREDENTIALS,
            ApiError: exit_codes.REFUSED,
            NoAnswer: exit_codes.TIMEOUT,
        }
        sys.exit(next((code for kind, code in codes.items() if isinstance(cause, kind)), exit_codes.USAGE))
    except Exception:
        traceback.print_exc()
        click.echo("this is a defect of pulumi-ci; please report it with the lines above", err=True)
        sys.exit(exit_codes.INTERNAL)


if __name__ == "__main__":
    main()
