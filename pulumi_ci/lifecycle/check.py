"""From what the user wrote to checked inputs: places and names filled in, every failure found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.api.settings import ADOPT, Settings
from pulumi_ci.lifecycle.claims import Claims, twice
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.names import LOGICAL_NAME, make, owner_of
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Collection, JsonCollection, Named, Switch
from pulumi_ci.model.check import check as check_node
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Failure
from pulumi_ci.model.unknown import UNKNOWN, holds_unknown


def check(
    kind: type[Kind], olds: Mapping[str, Any], news: Mapping[str, Any], settings: Settings, claims: Claims
) -> tuple[Values, list[Failure]]:
    """The inputs to store, and all failures. `olds` are the inputs of last time, empty for a new resource.

    `claims` are those of the run: an object that another resource declares is a failure.
    """
    owner = news.get(LOGICAL_NAME)
    given = {name: value for name, value in news.items() if name != LOGICAL_NAME and value is not None}
    for name in kind.scope:
        if name not in given and (default := getattr(settings, name, None)):
            given[name] = default
    auto = kind.auto_named()
    inputs, failures = check_node(kind, given, ignored=() if auto is None else (auto.name,))
    for name, otherwise in kind.scope.items():
        if inputs.get(name) is None and not otherwise:
            reason = f"is required: give it, or set it for the stack with `pulumi config set ci:{name} ...`"
            failures.append(Failure((name,), reason))
    if (said := _no_id(kind, inputs.get("adopt"))) and not any(failure.path == ("adopt",) for failure in failures):
        failures.append(Failure(("adopt",), f"is neither {', '.join(ADOPT)} nor an id: {said}"))
    moved = any(olds.get(name) != inputs.get(name) for name in kind.scope)
    for name, field in kind.inputs().items():
        was, now = olds.get(name), inputs.get(name)
        if field.has(marks.Fixed) and not moved and was is not None and now is not UNKNOWN and was != now:
            reason = f"cannot be changed from {field.leaf.coerce(was)} once set: the API has no way to"
            failures.append(Failure((name,), reason))
    if auto is not None and auto.name not in inputs:
        if olds.get(auto.name) is not None and not moved:
            inputs[auto.name] = olds[auto.name]
        elif holds_unknown(inputs) or owner is UNKNOWN:
            inputs[auto.name] = UNKNOWN
        elif owner is None:
            failures.append(Failure((auto.name,), f"is required: {auto.leaf.describe()}"))
        elif not failures:
            inputs[auto.name] = make(kind, auto, str(owner), inputs)
    found = {name: inputs[name] for name in kind.inputs() if inputs.get(name) is not None}
    if isinstance(owner, str):
        found[LOGICAL_NAME] = owner
        other = claims.declare(kind, found, owner, owner_of(olds))
        if other is not None:
            failures.append(Failure((_naming(kind),), twice(kind, owner, other)))
    return found, failures


def _naming(kind: type[Kind]) -> str:
    """The property that tells an object of the kind from others."""
    api = kind.api
    if isinstance(api, Adopted):
        return api.select or api.id_field
    return api.key if isinstance(api, Named | Collection | JsonCollection) else [*kind.scope][-1]


def _no_id(kind: type[Kind], adopt: Any) -> str | None:
    """Why what `adopt` holds besides its words is no id, or None; a setting of a bucket has none of its own."""
    is_id = isinstance(adopt, str) and adopt not in ADOPT and not isinstance(kind.api, Switch)
    return kind.local_failure(adopt) if is_id else None
