"""Options that every command on environments has, and what they make: a reading of sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pulumi_ci.environment.source import Reading

_CONNECTION = (
    click.option("--cwd", type=click.Path(path_type=Path, file_okay=False), default=".", help="Project of the stacks."),
    click.option("--endpoint", help="Send calls there instead of to the real hosts; else PULUMI_CI_ENDPOINT."),
)
_VALUES = click.option("given", "-c", "--config", multiple=True, metavar="KEY=VALUE", help="Value of a variable.")


def connection(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say where stacks and objects are."""
    for option in reversed(_CONNECTION):
        command = option(command)
    return command


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds all options of a reading, those for values of variables too."""
    return connection(_VALUES(command))


def reading(cwd: Path, endpoint: str | None, given: tuple[str, ...]) -> Reading:
    """The reading that the options ask for. Raises click.UsageError for a value without a name."""
    from pulumi_ci.cli.session import session, stack_config
    from pulumi_ci.environment.source import Reading

    values = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not name or not equals:
            raise click.UsageError(f"{text!r} gives no value; write -c callback_url=https://...")
        values[name] = value
    return Reading(lambda stack: session(stack_config(stack, cwd) if stack else {}, endpoint), cwd, values)


def project(cwd: Path) -> str:
    """The name of the project in a folder."""
    from pulumi_ci.provider.project import config_around

    return config_around(cwd / "Pulumi.yaml", "", required=False)[0]
