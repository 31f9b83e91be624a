"""A plan of promotion: what will be done to a target, made in one place, reviewed in another, and applied as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pulumi_ci.api.errors import CiError
from pulumi_ci.environment.environment import Environment, Resource, Setting, kinds_by_type, type_name
from pulumi_ci.environment.expression import Reference, parse, parts, render
from pulumi_ci.lifecycle.meaning import Change, Values, normal
from pulumi_ci.model.kind import Kind

VERSION = 1
"""Of the JSON form."""
FEW, MUCH = 10, 0.3
"""More than this share of at least so many resources changed or deleted is refused unless forced."""

Action = Literal["create", "update", "replace", "delete"]


class Refused(CiError):
    """A plan that is not carried out, with the reason and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to do to one resource of the target."""

    action: Action
    kind: type[Kind]
    name: str
    """Its name in the target."""
    properties: Values
    """What it should have, with expressions at the leaves; for a delete what it had."""
    changes: tuple[Change, ...] = ()
    id: str | None = None
    """The target's own object that it is about; None for one to be made, and in a file."""
    before: str | None = None
    """Digest of the target's resource when the plan was made; None for one to be made."""


@dataclass(frozen=True)
class Plan:
    """Steps in the order in which they are carried out, and what they were made from."""

    source: str
    target: str
    steps: tuple[Step, ...]
    untouched: Mapping[str, str] = field(default_factory=dict)
    """Digests of the target's resources that no step is about, by `key_of`: they must not have moved either."""
    kept: tuple[str, ...] = ()
    """Names of resources that only the target has and that stay: nothing was pruned, or nothing can delete them."""
    config: Mapping[str, Setting] = field(default_factory=dict)
    """Variables that the steps use and the target does not have yet."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Values given for variables of the target; those of secret ones are given again when the plan is applied."""
    source_digest: str = ""
    target_digest: str = ""

    def __bool__(self) -> bool:
        return bool(self.steps)


def digest(environment: Environment, resource: Resource) -> str:
    """A short text that changes with the meaning of a resource, and with nothing else."""
    values = render(resource.properties)
    if resource.id is not None:  # in a file a variable is what it is called, of an object what it is
        references = {part: str(part) for part in parts(resource.properties) if isinstance(part, Reference)}
        values = environment.known(resource, references)
    told = [type_name(resource.kind), resource.id, normal(resource.kind, values)]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def key_of(resource: Resource | Step) -> str:
    """What a resource of the target is known by from one reading to the next: its type, and its id or its name in a
    file; the settings of a bucket all have the bucket's id.
    """
    return f"{type_name(resource.kind)} {resource.id or resource.name}"


def digest_of(environment: Environment) -> str:
    """The digest of all resources of an environment."""
    told = {name: digest(environment, resource) for name, resource in environment.resources.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def guard(plan: Plan, resources: int) -> None:
    """Refuses a plan that changes or deletes much of a target of so many resources."""
    hit = sum(step.action != "create" for step in plan.steps)
    if resources >= FEW and hit > resources * MUCH:
        raise Refused(
            f"{hit} of {resources} resources of {plan.target} would be changed or deleted, more than {MUCH:.0%}. "
            "Read the plan again, and pass --force when it is meant"
        )


# -- as JSON ----------------------------------------------------------------------------------------------------


def to_json(plan: Plan) -> str:
    """The plan as a text that `from_json` reads; it holds no secret and can be reviewed."""
    told = {
        "plan": VERSION,
        "source": plan.source,
        "target": plan.target,
        "source_digest": plan.source_digest,
        "target_digest": plan.target_digest,
        "steps": [_step_json(step) for step in plan.steps],
        "untouched": dict(plan.untouched),
        "kept": list(plan.kept),
        "config": {name: asdict(one) for name, one in plan.config.items()},
        "values": dict(plan.values),
    }
    told["digest"] = _seal(told)
    return json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n"


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "action": step.action,
        "type": type_name(step.kind),
        "name": step.name,
        "id": step.id,
        "before": step.before,
        "changes": [{"path": list(c.path), "old": c.old, "new": c.new} for c in step.changes],
        "properties": render(step.properties),
    }


def _seal(told: Mapping[str, Any]) -> str:
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def from_json(text: str) -> Plan:
    """The plan in a text. Raises Refused for one that is damaged, edited, or of a later version."""
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(f"the plan is no JSON: {error}") from None
    if not isinstance(told, dict) or told.get("plan") != VERSION:
        version = told.get("plan") if isinstance(told, dict) else None
        raise Refused(f"the plan has version {version!r}, and this program knows {VERSION}; make it anew")
    if told.pop("digest", None) != _seal(told):
        raise Refused("the plan was changed after it was made; make it anew instead of editing it")
    kinds = kinds_by_type()
    steps = [
        Step(
            one["action"],
            kinds[one["type"]],
            one["name"],
            _parsed(one["properties"]),
            tuple(Change(tuple(c["path"]), c["old"], c["new"]) for c in one["changes"]),
            one["id"],
            one["before"],
        )
        for one in told["steps"]
    ]
    return Plan(
        told["source"],
        told["target"],
        tuple(steps),
        told["untouched"],
        tuple(told["kept"]),
        {name: Setting(**one) for name, one in told["config"].items()},
        told["values"],
        told["source_digest"],
        told["target_digest"],
    )


def _parsed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _parsed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_parsed(item) for item in value]
    return parse(value) if isinstance(value, str) else value
