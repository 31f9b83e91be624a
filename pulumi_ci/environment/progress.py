"""How far a plan has been carried out: what is done, what is still to do, and what somebody else has moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulumi_ci.environment.compare import change_of
from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.naming import own_name
from pulumi_ci.environment.plan import Plan, Refused, Step, digest, key_of


@dataclass(frozen=True)
class Progress:
    """The steps of a plan, told apart by the target as it is now."""

    done: tuple[Step, ...]
    """Carried out by an earlier run, or by somebody else to the same end."""
    pending: tuple[Step, ...]


def progress(plan: Plan, now: Environment) -> Progress:
    """Which steps are still to do. Raises Refused when the target is neither as the plan found it nor as the plan
    makes it, with every resource that has moved.
    """
    present = {key_of(resource): resource for resource in now.resources.values()}
    moved = [_moved(key, digest_then, present, now) for key, digest_then in plan.untouched.items()]
    done: list[Step] = []
    pending: list[Step] = []
    for step in plan.steps:
        found = _found(step, now, present)
        if _is_done(step, found, now):
            done.append(step)
        elif (found is None and step.action == "create") or (found is not None and _is_as_before(step, found, now)):
            pending.append(step)
        else:
            there = "is there already, and different" if step.action == "create" else "changed"
            moved.append(f"{step.name}: {there if found is not None else 'is gone'}")
    if told := [text for text in moved if text]:
        raise Refused(
            f"{plan.target} has moved since the plan was made; make a new one:\n" + "\n".join(f"  {t}" for t in told)
        )
    return Progress(tuple(done), tuple(pending))


def _moved(key: str, then: str, present: Mapping[str, Resource], now: Environment) -> str:
    resource = present.get(key)
    if resource is None:
        return f"{key}: is gone"
    return "" if digest(now, resource) == then else f"{resource.name}: changed"


def _found(step: Step, now: Environment, present: Mapping[str, Resource]) -> Resource | None:
    if step.id is not None:
        return present.get(key_of(step))
    same_name = now.resources.get(step.name)
    if same_name is not None and same_name.kind is step.kind:
        return same_name
    own = own_name(step.kind, step.properties)
    same_own = (
        r for r in now.resources.values() if own and r.kind is step.kind and own_name(r.kind, r.properties) == own
    )
    return next(same_own, None)


def _is_done(step: Step, found: Resource | None, now: Environment) -> bool:
    if found is None or step.action == "delete":
        return found is None and step.action == "delete"
    if step.action == "replace":
        return False
    wanted = Resource(found.name, step.kind, step.properties)
    return change_of(wanted, found, now, now) is None


def _is_as_before(step: Step, found: Resource, now: Environment) -> bool:
    """As the plan found it, apart from the pause in which an update that was cut off leaves a running object."""
    if digest(now, found) == step.before:
        return True
    pause = getattr(step.kind.api, "pause", None)
    if pause is None or found.properties.get(pause.field) != pause.paused:
        return False
    running = replace(found, properties={**found.properties, pause.field: pause.running})
    return digest(now, running) == step.before
