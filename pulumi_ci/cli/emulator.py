"""`pulumi-ci emulator`: the cloud on loopback, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pulumi_ci.emulator.address import PORT

_port = click.option("--port", default=PORT, show_default=True, help="Port on 127.0.0.1.")


@click.group()
def emulator() -> None:
    """Runs and steers an emulator of the CI APIs on this machine."""


@emulator.command()
@_port
@click.option("--store", default=":memory:", help="SQLite file that keeps the objects; memory when left out.")
@click.option(
    "--choices",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="YAML file with choices where the documents are silent, such as `pulumi-ci probe --output` writes.",
)
def start(port: int, store: str, choices: Path | None) -> None:
    """Answers until Ctrl-C, and says how to point programs at it.

    Calls go wrong on request: POST JSON such as {"effect": "stale", "seconds": 3, "path": "^/template"} to
    /_emulator/faults; DELETE removes all rules. The effects are lost connections, errors, throttling, empty answers of
    gateways, stale and swapped answers, wrong counts, other spellings, unknown elements, and answers that are too slow,
    too deep or too large; pulumi_ci.emulator.Fault explains each.
    """
    from pulumi_ci.emulator import Choices, Server, serve

    def tell(server: Server) -> None:
        for name, value in server.environment.items():
            click.echo(f"export {name}={value}")
        click.echo("the emulator answers; Ctrl-C ends it", err=True)

    try:
        chosen = None if choices is None else Choices.read(choices)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        serve(port, store, chosen, ready=tell)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror}; choose another with --port") from None


@emulator.command()
@_port
def reset(port: int) -> None:
    """Forgets every object and request."""
    _control(port, "POST", "reset")


@emulator.command()
@_port
def objects(port: int) -> None:
    """Prints every stored object as JSON."""
    click.echo(json.dumps(_control(port, "GET", "objects"), indent=2, ensure_ascii=False))


@emulator.command()
@_port
@click.argument("change")
def edit(port: int, change: str) -> None:
    """Makes CHANGE, as somebody would in the web console.

    CHANGE is JSON: {"bucket": "b-1250000000", "region": "ap-beijing", "kind": "template", "name": "thumbs", "set":
    {"Snapshot/Width": "320"}}; also "remove": [paths], "delete": true, "status": "off".
    """
    try:
        words = json.loads(change)
    except ValueError as error:
        raise click.UsageError(f"CHANGE is no JSON: {error}") from None
    click.echo(json.dumps(_control(port, "POST", "edit", words), indent=2, ensure_ascii=False))


def _control(port: int, method: str, call: str, words: Any = None) -> Any:
    import requests

    url, headers = f"http://127.0.0.1:{port}/_emulator/{call}", {"Content-Type": "application/json"}
    try:
        answer = requests.request(method, url, data=json.dumps(words or {}), headers=headers, timeout=10)
    except requests.ConnectionError:
        raise click.ClickException(f"no emulator answers on port {port}; start one first") from None
    result = answer.json()
    if answer.status_code >= 400:
        raise click.ClickException(str(result.get("error")))
    return result
