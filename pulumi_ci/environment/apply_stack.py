"""Carries a plan out on a stack, through the Automation API: a preview first, then the update."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pulumi
from pulumi import automation

from pulumi_ci.api.errors import CiError
from pulumi_ci.engine import find
from pulumi_ci.environment import stack
from pulumi_ci.environment.environment import PLAIN, Environment, Resource
from pulumi_ci.environment.export import export
from pulumi_ci.environment.expression import PLACE, Variable
from pulumi_ci.environment.load import declare
from pulumi_ci.environment.plan import Plan, Refused, Step
from pulumi_ci.environment.progress import progress
from pulumi_ci.environment.source import Reading, parse
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.project import config_around


def apply_stack(plan: Plan, name: str, reading: Reading, say: Callable[[str], None]) -> None:
    """Carries out what is left of the plan with a program of its own, so that the stack's next update should come
    from a program that says the same. Raises Refused when the stack has moved or holds anything but our resources,
    and CiError with what the engine said when the update fails.
    """
    held = stack.recorded(stack.exported(name, reading.folder))
    if held.others:  # a program that declares our resources alone would delete them
        raise Refused(
            f"{plan.target} holds more than resources of an environment ({', '.join(held.others[:3])}"
            f"{', ...' if len(held.others) > 3 else ''}); promote to the file that its program loads instead"
        )
    now = export(held.found)
    if changed := [one.urn for one in held.found if one.name not in now.resources]:
        raise Refused(
            f"{plan.target} has names that no file can hold; promote the program instead: {', '.join(changed)}"
        )
    left = progress(plan, now)
    for step in left.done:
        say(f"was done: {step.action} {step.name}")
    if not left.pending:
        return
    config = {**reading.config(parse(plan.target)), **now.values, **now.secrets, **plan.values, **reading.values}
    wanted = _wanted(plan, now, left.pending, config)

    def value(variable: Variable) -> Any:
        setting, known = wanted.config.get(variable.name), wanted.value(variable)
        if known is UNKNOWN:  # the stack's config holds it encrypted
            return pulumi.Config().require_secret(variable.name)
        if known is None:
            raise CiError(f"{variable.name} has no value in {plan.target}; give one with -c {variable.name}=...")
        return pulumi.Output.secret(known) if setting is not None and setting.secret else known

    outputs = held.outputs()
    if outputs:  # which a program without them would delete
        say(f"outputs stay as they were recorded until the stack's own program runs: {', '.join(outputs)}")

    def program() -> None:
        declare(wanted, value)
        for output, (recorded, secret) in outputs.items():
            pulumi.export(output, pulumi.Output.secret(recorded) if secret else recorded)

    made = _stack(name, reading, program)
    try:
        made.preview(on_output=lambda line: say(line.rstrip()))
        made.up(on_output=lambda line: say(line.rstrip()))
    except automation.errors.CommandError as error:
        raise CiError(f"the update of {plan.target} failed; apply the same plan again. Pulumi said: {error}") from None


def _stack(name: str, reading: Reading, program: Callable[[], Any]) -> automation.Stack:
    engine = find(os.environ)
    if engine is None:
        raise CiError("there is no Pulumi command: run `pulumi-ci engine install`")
    project, _ = config_around(reading.folder / "Pulumi.yaml", name)
    options = automation.LocalWorkspaceOptions(
        work_dir=str(reading.folder),
        env_vars={"PULUMI_PYTHON_CMD": sys.executable, **os.environ},
        pulumi_command=automation.PulumiCommand(root=engine.root),
    )
    return automation.select_stack(name, project_name=project, program=program, opts=options)


def _wanted(plan: Plan, now: Environment, steps: tuple[Step, ...], values: Mapping[str, Any]) -> Environment:
    """The stack as it will be; every resource says where it lives, since the stack's config may not."""
    gone = {step.name for step in steps if step.action == "delete"}
    resources = {name: resource for name, resource in now.resources.items() if name not in gone}
    for step in steps:
        if step.action != "delete":
            options = resources[step.name].options if step.name in resources else PLAIN
            resources[step.name] = Resource(step.name, step.kind, step.properties, options)
    placed = {
        name: Resource(
            name,
            one.kind,
            {**{part: Variable(f"{PLACE}.{part}") for part in one.kind.scope if _has(now, part)}, **one.properties},
            one.options,
        )
        for name, one in resources.items()
    }
    return Environment(placed, {**plan.config, **now.config}, values)


def _has(environment: Environment, part: str) -> bool:
    return environment.values.get(f"{PLACE}.{part}") is not None
