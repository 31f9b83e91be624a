"""`pulumi-ci promote A B` and `pulumi-ci apply PLAN`: bringing one environment to another, in one step or in two."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from pulumi_ci.cli import exit_codes, reading

if TYPE_CHECKING:
    from pulumi_ci.environment.plan import Plan
    from pulumi_ci.environment.source import Reading

_FORCE = click.option("--force", is_flag=True, help="Carry out a plan that changes much of the target.")
_YES = click.option("--yes", is_flag=True, help="Do not ask before carrying it out.")


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("--plan", "to", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan, and do nothing.")
@click.option("--prune", is_flag=True, help="Delete what only the target has.")
@click.option("form", "--format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@_FORCE
@_YES
@reading.options
def promote(
    source: str,
    target: str,
    to: Path | None,
    prune: bool,
    form: str,
    force: bool,
    yes: bool,
    cwd: Path,
    endpoint: str | None,
    given: tuple[str, ...],
) -> None:
    """Makes one environment what another is.

    Shows the plan that makes TARGET what SOURCE is, asks, and carries it out. Ids never travel. SOURCE and TARGET are
    as for compare; a target is a live bucket, a stack, or a file. Nothing is deleted without --prune. With --plan the
    plan is written for a review, and `pulumi-ci apply` carries it out later; it exits with 1 when the plan has steps.
    """
    from pulumi_ci.environment.compare import compare
    from pulumi_ci.environment.plan import guard, to_json
    from pulumi_ci.environment.planning import make
    from pulumi_ci.environment.source import parse
    from pulumi_ci.environment.whole import replace

    used = reading.reading(cwd, endpoint, given)
    ends = parse(source), parse(target)
    if ends[1].kind == "state":
        raise click.UsageError(f"{target} is the state of a stack, which only Pulumi writes; name stack:<name>")
    one, other = (used.environment(end) for end in ends)
    plan = make((source, target), one, other, compare(one, other), prune=prune, values=used.values)
    if to is not None:
        replace(to, to_json(plan))
    _show(plan, form)
    if to is not None:
        sys.exit(exit_codes.DIFFERENCE if plan else exit_codes.OK)
    if not force:
        guard(plan, len(other.resources))
    _carry_out(plan, used, yes)


@click.command("apply")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_FORCE
@_YES
@reading.options
def apply(file: Path, force: bool, yes: bool, cwd: Path, endpoint: str | None, given: tuple[str, ...]) -> None:
    """Carries out a plan, or what is left of it.

    FILE is what `promote --plan` wrote. A target that has moved since is refused. A run that fails says how far it
    came; the same command goes on.
    """
    from pulumi_ci.environment.plan import from_json, guard

    plan = from_json(file.read_text(encoding="utf-8"))
    if not force:
        guard(plan, len(plan.untouched) + sum(step.action != "create" for step in plan.steps))
    _show(plan, "text")
    _carry_out(plan, reading.reading(cwd, endpoint, given), yes)


def _show(plan: Plan, form: str) -> None:
    from pulumi_ci.cli import plan_report
    from pulumi_ci.environment.plan import to_json

    if form == "json":
        click.echo(to_json(plan), nl=False)
    elif form == "markdown":
        click.echo(plan_report.plan_markdown(plan), nl=False)
    else:
        plan_report.print_text(Console(), plan.steps)
        if plan.kept:
            click.echo(f"only in {plan.target}, and kept: {', '.join(plan.kept)}")


def _carry_out(plan: Plan, used: Reading, yes: bool) -> None:
    from pulumi_ci.environment.apply import apply as carry_out

    if not plan:
        return
    if not yes and not click.confirm(f"carry this out on {plan.target}?", err=True):
        raise click.Abort
    carry_out(plan, used, lambda text: click.echo(text, err=True))
