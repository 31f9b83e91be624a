"""Carries a plan out on a live bucket, through the lifecycles that Pulumi uses too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, Interrupted
from pulumi_ci.api.settings import Settings
from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.export import export
from pulumi_ci.environment.expression import Reference
from pulumi_ci.environment.found import Found, live
from pulumi_ci.environment.plan import Plan, Refused, Step
from pulumi_ci.environment.progress import progress
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.journal import Journal
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session, Stored
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.lifecycle.observe import fill
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import holds_unknown

Report = Callable[[Step, str], None]
"""Is told of every step: `done` with its own work, or `was done` already."""


def apply_live(
    plan: Plan, session: Session, places: tuple[Place, ...], values: Mapping[str, Any], report: Report
) -> None:
    """Carries out what is left of the plan. Raises Refused before the first call when the target has moved or
    a step cannot be checked, and Interrupted when a step fails: what was done stays done, and a second run goes on.
    """
    session = replace(session, journal=Journal(), claims=Claims())  # the bucket itself says how far a plan has come
    found = live(session, places)
    now = export(found, live=True)
    left = progress(plan, now)
    run = _Run(session, now, {(one.kind, one.stored.id): one for one in found}, {**plan.values, **values}, plan)
    run.check(left.pending)
    for step in left.done:
        report(step, "was done")
    done: list[Step] = []
    for step in left.pending:
        try:
            run.carry_out(step)
        except CiError as error:
            waiting = [one.name for one in left.pending[len(done) + 1 :]]
            raise Interrupted(
                error,
                f"{step.action} of {step.name} failed: {error}\n"
                f"done: {', '.join(one.name for one in (*left.done, *done)) or 'nothing'}; "
                f"not done: {', '.join([step.name, *waiting])}. Mend the cause and apply the same plan again",
            ) from None
        done.append(step)
        report(step, "done")
    run.finish()


@dataclass
class _Run:
    """One run over the steps of a plan: what is known of the target, and what has been made so far."""

    session: Session
    now: Environment
    found: Mapping[tuple[type[Kind], str], Found]
    values: Mapping[str, Any]
    plan: Plan
    made: dict[str, Found] = field(default_factory=dict)
    """By name in the target."""
    replaced: list[tuple[Lifecycle, Stored]] = field(default_factory=list)

    def check(self, steps: tuple[Step, ...]) -> None:
        """Checks every step before the first is carried out; ids that are still to come are unknown."""
        problems = []
        for step in steps:
            if step.action != "delete":
                _, failures = self.inputs(step)
                problems += [f"{step.name}.{show(failure.path)}: {failure.reason}" for failure in failures]
        if problems:
            raise Refused("\n".join(problems))

    def inputs(self, step: Step) -> tuple[dict[str, Any], list[Any]]:
        environment = Environment({}, self.plan.config, {**self.now.values, **self.values})
        resource = Resource(step.name, step.kind, step.properties)
        news = environment.known(resource, self.outputs(resource))
        old = {} if step.id is None else dict(self.found[step.kind, step.id].stored.inputs)
        scope = {name: old[name] for name in step.kind.scope if name in old}
        place = self.now.place
        settings = Settings(
            region=place.region or None,
            bucket=place.bucket or None,
            sub_app_id=int(place.sub_app_id) if place.sub_app_id else None,
        )
        logical = f"{place}/{step.name}"
        olds = {} if step.action == "replace" else old
        return check(step.kind, olds, {**scope, **news, LOGICAL_NAME: logical}, settings, self.session.claims)

    def outputs(self, resource: Resource) -> dict[Reference, Any]:
        """The values of the references of a resource, as far as what they name exists."""
        found: dict[Reference, Any] = {}
        for name in resource.depends_on():
            one = self.made.get(name) or self.there(name)
            if one is not None:
                found.update(one.outputs(name))
        return found

    def there(self, name: str) -> Found | None:
        """The object that has this name in the target already."""
        resource = self.now.resources.get(name)
        return None if resource is None or resource.id is None else self.found.get((resource.kind, resource.id))

    def carry_out(self, step: Step) -> None:
        life = lifecycle(step.kind, self.session)
        old = None if step.id is None else self.found[step.kind, step.id].stored
        if old is not None:
            self.unmoved(step, life, old)
        if step.action == "delete":
            assert old is not None
            life.delete(old.id, old.outs)
            return
        inputs, _ = self.inputs(step)
        if holds_unknown(inputs):
            raise CiError("it refers to an output that nothing has; apply the plan again")
        if step.action == "update":
            assert old is not None
            filled = {"filled": fill(step.kind, inputs, old.inputs)}
            stored = Stored(old.id, inputs, life.update(old.id, {**old.outs, **filled}, inputs))
        else:
            if old is not None and life.delete_before_replace:
                life.delete(old.id, old.outs)
            elif old is not None:
                self.replaced.append((life, old))
            stored = life.create(inputs, "identical")  # an identical one was made by a run that was cut off
        self.made[step.name] = Found(step.kind, stored, step.name)

    def unmoved(self, step: Step, life: Lifecycle, old: Stored) -> None:
        """Raises CiError when somebody changed the object since the plan was begun, such as another apply."""
        place, local = life.locate(old.id)
        self.session.rows.wrote(life.key(place), local)  # asks again
        seen = life.read(old.id, {})
        if seen is None or diff(step.kind, old.inputs, seen.inputs):
            what = "removed" if seen is None else "changed"
            raise CiError(f"{step.kind.__name__} {old.id} was {what} by somebody else after this began; plan again")

    def finish(self) -> None:
        """Removes what was replaced, after everything else has moved over."""
        for life, old in self.replaced:
            life.delete(old.id, old.outs)
