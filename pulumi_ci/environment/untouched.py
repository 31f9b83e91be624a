"""Queues as the service made them, which are nobody's wish and so neither written nor a difference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.expression import PLACE, Variable, parts
from pulumi_ci.lifecycle.meaning import normal
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted

_OFF: tuple[Any, ...] = ({"state": "Off"},)


def is_untouched(resource: Resource) -> bool:
    """Whether a queue is as the service made it: at work, and reporting to nobody."""
    api, fields = resource.kind.api, resource.kind.fields()
    if not isinstance(api, Adopted):
        return False
    told = normal(resource.kind, resource.properties).items()
    open = {name for name, field in fields.items() if field.has(marks.PerEnvironment) or name == api.select}
    return all(
        value == fields[name].default or value in _OFF
        for name, value in told
        if name not in {*open, *resource.kind.scope}
    )


def worth_writing(environment: Environment) -> Environment:
    """The environment without the queues that are as the service made them, unless something refers to them."""
    needed = {name for resource in environment.resources.values() for name in resource.depends_on()}
    kept = {n: r for n, r in environment.resources.items() if n in needed or not is_untouched(r)}
    used = {
        part.name for resource in kept.values() for part in parts(resource.properties) if isinstance(part, Variable)
    }
    return replace(
        environment,
        resources=kept,
        config={name: setting for name, setting in environment.config.items() if name in used},
        values={n: v for n, v in environment.values.items() if n in used or n.startswith(f"{PLACE}.")},
    )
