"""Makes plans: from how two environments differ to the steps that bring the one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.environment.compare import Comparison, Difference
from pulumi_ci.environment.environment import Environment, Resource, Setting
from pulumi_ci.environment.expression import PLACE, Reference, Variable, parts, render
from pulumi_ci.environment.plan import Action, Plan, Refused, Step, digest, digest_of, key_of
from pulumi_ci.lifecycle.meaning import Change
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.leaves import leaves
from pulumi_ci.model.path import Path, show


def make(
    names: tuple[str, str],
    source: Environment,
    target: Environment,
    comparison: Comparison,
    *,
    prune: bool = False,
    values: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan that brings the target to the source; `names` is how the two are called.

    Without `prune` nothing is deleted. `values` are those of variables that the target knows nothing of yet. Raises
    Refused with every id that means nothing in the target and every variable that has no value there.
    """
    given = values or {}
    wanted = _wanted(source, target, comparison, given)
    steps = [_step(wanted, target, found) for found in comparison.differences if found.action != "remove"]
    steps += _moved_over(steps, target)
    steps = _ordered(wanted, steps)
    removed = [found.resource for found in comparison.differences if found.action == "remove"]
    deletes = [
        Step("delete", one.kind, one.name, one.properties, (), one.id, digest(target, one))
        for one in reversed(target.order())
        if prune and one in removed and not isinstance(one.kind.api, Adopted)
    ]
    _refuse_what_has_no_meaning(names, source, target, wanted, steps)
    used = {part.name: part for step in steps for part in parts(step.properties) if isinstance(part, Variable)}
    touched = {step.name for step in (*steps, *deletes)}
    return Plan(
        *names,
        steps=(*steps, *deletes),
        untouched={key_of(r): digest(target, r) for n, r in target.resources.items() if n not in touched},
        kept=tuple(one.name for one in removed if one.name not in touched),
        config={n: wanted.config[n] for n in used if n in wanted.config and n not in target.config},
        values={n: given[n] for n in used if n in given and not wanted.config.get(n, Setting()).secret},
        source_digest=digest_of(source),
        target_digest=digest_of(target),
    )


def _wanted(source: Environment, target: Environment, comparison: Comparison, values: Mapping[str, Any]) -> Environment:
    """The target as it will be, apart from what is deleted."""
    resources = dict(target.resources)
    config = {**source.config, **target.config}
    for found in comparison.differences:
        if found.source is None or found.wanted is None:
            continue
        name = found.source.name if found.target is None else found.target.name
        if found.target is None and name in resources:
            name = f"{name}-{found.source.kind.slug}"
        old = found.target or found.source
        id = None if found.target is None else found.target.id
        resources[name] = Resource(name, old.kind, found.wanted, old.options, id)
    return Environment(resources, config, {**target.values, **values}, target.secrets, target.live)


def _step(wanted: Environment, target: Environment, found: Difference) -> Step:
    resource = found.resource
    if found.target is None:
        name = next(n for n, r in wanted.resources.items() if r.properties is found.wanted)
        return Step("create", resource.kind, name, wanted.resources[name].properties, found.changes)
    old = found.target
    fields = old.kind.fields()
    moved = any(fields[str(change.path[0])].has(marks.Immutable) for change in found.changes)
    properties = wanted.resources[old.name].properties
    action: Action = "replace" if moved else "update"
    return Step(action, old.kind, old.name, properties, found.changes, old.id, digest(target, old))


def _moved_over(steps: list[Step], target: Environment) -> list[Step]:
    """Updates of resources that refer to one that is replaced, whose id will be another one."""
    replaced = {step.name for step in steps if step.action == "replace"}
    touched = {step.name for step in steps}
    return [
        Step("update", one.kind, one.name, one.properties, _references(one, replaced), one.id, digest(target, one))
        for one in target.resources.values()
        if one.name not in touched and one.depends_on() & replaced
    ]


def _references(resource: Resource, names: set[str]) -> tuple[Change, ...]:
    return tuple(
        Change((name,), None, render(value))
        for name, value in resource.properties.items()
        if any(isinstance(part, Reference) and part.resource in names for part in parts(value))
    )


def _ordered(wanted: Environment, steps: list[Step]) -> list[Step]:
    by_name = {step.name: step for step in steps}
    return [by_name[resource.name] for resource in wanted.order() if resource.name in by_name]


def _refuse_what_has_no_meaning(
    names: tuple[str, str], source: Environment, target: Environment, wanted: Environment, steps: list[Step]
) -> None:
    problems = []
    for step in steps:
        old = target.resources.get(step.name)
        known = dict(_ids(step.kind, {} if old is None else old.properties))
        for path, id in _ids(step.kind, step.properties):
            if known.get(path) != id:
                problems.append(
                    f"{step.name}.{show(path)}: the id {id} is one of {names[0]}, and nothing there says what it is in "
                    f"{names[1]}; export or manage the object that it names, or set the same id in both"
                )
        problems += [
            f"{step.name}.{show(path)}: is a secret, which no plan may hold; make it a variable with `secret: true`"
            for path, field, value in leaves(step.kind, step.properties)
            if field.has(marks.Secret) and isinstance(value, str)
        ]
    lacking: dict[str, Variable] = {}
    for step in steps:
        for part in parts(step.properties):
            if isinstance(part, Variable) and wanted.value(part) is None and part.name not in wanted.secrets:
                lacking.setdefault(part.name, part)
    for name, part in lacking.items():
        setting = source.config.get(name)
        there = None if setting is not None and setting.secret else source.value(part)
        hint = "" if there is None else f" (in {names[0]} it is {there!r})"
        what = f"the {name[len(PLACE) + 1 :]} of {names[1]}" if name.startswith(f"{PLACE}.") else name
        problems.append(f"{what} has no value{hint}; give one with -c {name}=...")
    if problems:
        raise Refused("\n".join(problems))


def _ids(kind: type[Kind], properties: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """The plain ids that stand where a reference could, by path."""
    return [
        (path, value)
        for path, field, value in leaves(kind, properties)
        if field.has(marks.Reference) and isinstance(value, str)
    ]
