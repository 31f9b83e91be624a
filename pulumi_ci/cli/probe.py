"""`pulumi-ci probe`: what a real bucket does where the documents are silent."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_ci.cli import exit_codes

if TYPE_CHECKING:
    from pulumi_ci.probe.finding import Finding
    from pulumi_ci.probe.run import Result
    from pulumi_ci.probe.site import Site

_WIDTH = 200
"""Width of the tables where there is no terminal."""
_COLOURS = {"agrees": "green", "differs": "red", "could not tell": "yellow"}


@click.command()
@click.option("--bucket", required=True, help="Bucket with its APPID, such as media-1250000000. Best an empty one.")
@click.option("--region", required=True, help="Region of the bucket, such as ap-beijing.")
@click.option("--yes", is_flag=True, help="Do it. Without this the command only says what it would do.")
@click.option("--clean", "cleans", is_flag=True, help="Instead: remove what a killed probe left, and nothing else.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write what was seen into this file.")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Keep each exchange here, scrubbed.")
@click.option("--switches", is_flag=True, help="Also change the bucket's own settings for a while: it is unbound!")
@click.option("--force", is_flag=True, help="With --switches: even when the bucket has objects of others.")
@click.option("--runs", is_flag=True, help="Also start runs, which may be billed.")
@click.option("--limits", type=click.IntRange(0, 1000), default=0, help="Make up to so many objects to find a limit.")
@click.option("--sub-app-id", type=click.IntRange(0), help="Also probe VOD, in this application; 0 = the main one.")
@click.option("--mps", is_flag=True, help="Also probe Media Processing Service.")
@click.option("--journal", type=click.Path(path_type=Path, dir_okay=False), help="File that outlives a killed probe.")
@click.option("--endpoint", help="Send calls there instead of to the real hosts; else PULUMI_CI_ENDPOINT.")
def probe(
    bucket: str,
    region: str,
    yes: bool,
    cleans: bool,
    output: Path | None,
    record: Path | None,
    switches: bool,
    force: bool,
    runs: bool,
    limits: int,
    sub_app_id: int | None,
    mps: bool,
    journal: Path | None,
    endpoint: str | None,
) -> None:
    """Finds out what the real service does where its documents are silent.

    Plays each choice of the emulator, the life of each kind and each default against a bucket of yours, and shows what
    was assumed, what was seen and whether they agree. It takes some minutes, since calls keep to the documented rates.
    The file of --output is for `pulumi-ci emulator start --choices`.

    What it makes has a name that begins with `pulumi-ci-probe-`, and is removed in the end, after Ctrl-C too. After a
    kill -9 the file of --journal (`.pulumi-ci-probe.<region>.<bucket>.json` when left out) says what was left:
    `--clean` removes it, and puts back settings that were being changed. Without the file `--clean` removes what has
    such a name, in VOD too when it gets --sub-app-id.

    Look through what --record wrote before you hand it on: it also shows objects of others.

    Exits with 1 when the service does something else than assumed, or when something could not be cleared up.
    """
    from pulumi_ci.api.call import Place
    from pulumi_ci.api.settings import settings
    from pulumi_ci.probe.allowed import Allowed
    from pulumi_ci.probe.opening import opened
    from pulumi_ci.probe.plan import plan

    allowed = Allowed(switches, force, runs, limits, sub_app_id, mps)
    given = {**os.environ, **({"PULUMI_CI_ENDPOINT": endpoint} if endpoint else {})}
    site = opened(settings(lambda key: None, given), Place(region, bucket), allowed, journal, record=record)
    if cleans:
        sys.exit(_clean(site))
    if yes:
        sys.exit(_probe(site, output))
    click.echo("\n".join(plan(site)))
    click.echo("\nNothing has been done. Pass --yes to do it.")


def _probe(site: Site, output: Path | None) -> int:
    from pulumi_ci.probe.output import text_of
    from pulumi_ci.probe.run import probe as play
    from pulumi_ci.probe.stopping import Stopping

    logging.getLogger("pulumi_ci").addHandler(logging.NullHandler())  # the tables say what lifecycles warn of
    with Stopping() as stopping:
        result = play(site, lambda text: click.echo(f"... {text}", err=True), stopping.shield)
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH)
    console.print(_table("assumption", result.choices))
    console.print(_table("kind", result.kinds))
    seen = [finding for finding in result.defaults if finding.verdict != "could not tell"]
    differing = [finding for finding in seen if finding.verdict == "differs"]
    if differing:
        console.print(_table("default", differing))
    hidden = len(result.defaults) - len(seen)
    console.print(f"{len(seen) - len(differing)} of {len(result.defaults)} defaults agree, {hidden} are not shown")
    if output is not None:
        output.write_text(text_of(result, site.place), encoding="utf-8")
        click.echo(f"{len(result.told)} choices written to {output}", err=True)
    differs = any(one.verdict == "differs" for one in (*result.choices, *result.kinds, *result.defaults))
    left = _left(result, site)
    return exit_codes.DIFFERENCE if differs or left else exit_codes.OK


def _left(result: Result, site: Site) -> bool:
    """Whether something could not be cleared up, which it then says."""
    for trouble in result.cleaned.troubles:
        click.echo(f"left behind: {trouble}", err=True)
    if result.cleaned.troubles:
        click.echo(f"{site.journal.path} knows of it; try again with --clean", err=True)
    return bool(result.cleaned.troubles)


def _clean(site: Site) -> int:
    from pulumi_ci.probe.clean import resume

    done = resume(site)
    for one in done.removed:
        click.echo(f"removed {one.kind} {one.name}")
    for name in done.put_back:
        click.echo(f"put back {name}")
    for trouble in done.troubles:
        click.echo(f"left behind: {trouble}", err=True)
    if not (done.removed or done.put_back or done.troubles):
        click.echo("nothing of a probe is left")
    return exit_codes.DIFFERENCE if done.troubles else exit_codes.OK


def _table(what: str, findings: Iterable[Finding]) -> Table:
    table = Table(what, "assumed", "seen", "verdict", box=None, pad_edge=False)
    for one in findings:
        verdict = Text(one.verdict, _COLOURS[one.verdict])
        if one.reason:
            verdict.append(f": {one.reason}", "default")
        cells = ("" if one.seen is None else str(one.seen), str(one.assumed))
        table.add_row(Text(one.about), Text(cells[1]), Text(cells[0]), verdict)
    return table
