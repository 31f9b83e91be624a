"""Carries a plan out on its target, whatever that is."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_ci.environment.apply_file import apply_file
from pulumi_ci.environment.apply_live import apply_live
from pulumi_ci.environment.apply_stack import apply_stack
from pulumi_ci.environment.plan import Plan, Refused, Step
from pulumi_ci.environment.source import Reading, parse


def apply(plan: Plan, reading: Reading, say: Callable[[str], None]) -> None:
    """Carries out what is left of the plan and says each step. Raises Refused when the target has moved, and CiError
    when a step fails; a second call goes on from there.
    """
    target = parse(plan.target)
    if target.kind == "live":

        def report(step: Step, what: str) -> None:
            say(f"{what}: {step.action} {step.name}")

        apply_live(plan, reading.session(target.stack), target.places, reading.config(target), report)
    elif target.kind == "file":
        assert target.path is not None
        steps = apply_file(plan, target.path, reading.environment(target))
        say(f"{target.path}: {len(steps)} of {len(plan.steps)} steps written")
        if plan.config:
            say(f"new variables, to be given values: {', '.join(plan.config)}")
    elif target.kind == "stack":
        apply_stack(plan, target.stack, reading, say)
    else:
        raise Refused(f"{plan.target} is no target; name a live place, a stack or a file")
