"""Takes over what exists: the file for `pulumi import --file`, after which a preview has nothing to do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.api.settings import Settings
from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.export import export
from pulumi_ci.environment.expression import Reference
from pulumi_ci.environment.found import Found
from pulumi_ci.environment.untouched import worth_writing
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.observe import SECRET, fill
from pulumi_ci.lifecycle.upgrade import MARK
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Failure
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.state import frozen

PLACEHOLDER = "<PLACEHOLDER>"
"""What `pulumi preview --import-file` writes where an id is wanted."""


_Objects = dict[tuple[type[Kind], str | None], Found]
"""By kind and id, since the settings of a bucket all have the bucket's id."""


@dataclass(frozen=True)
class Adoption:
    """What is taken over, as an environment and as the document for `pulumi import --file`."""

    environment: Environment
    document: Mapping[str, Any]
    remarks: tuple[str, ...]
    """What is still to be done."""
    left_out: tuple[str, ...]
    """Objects that cannot be declared as they are, with the reasons; whatever refers to them keeps their ids."""


def adoption(found: Iterable[Found], values: Mapping[str, Any] | None = None) -> Adoption:
    """How to take over live objects; `values` are those of secrets, which no API tells.

    Inputs are what `check` makes of the program's properties, so the next preview is quiet. A secret without a value
    is left out, with a remark: its first update will write it.
    """
    objects: _Objects = {(one.kind, one.stored.id): one for one in found}
    environment = worth_writing(export(objects.values(), live=True))
    known = replace(environment, values={**environment.values, **(values or {})})
    entries, remarks, refused = list[dict[str, Any]](), list[str](), dict[Any, str]()
    for resource in environment.order():
        state = _state(known, resource, objects)
        remarks += [
            f"{resource.name}.{path}: is a secret without a value; set it before the first up" for path in state.lacking
        ]
        entries.append(_entry(resource, state))
        if state.failures:
            told = "; ".join(f"{show(failure.path)}: {failure.reason}" for failure in state.failures)
            refused[resource.kind, resource.id] = f"{resource.name} ({resource.id}) cannot be declared as it is: {told}"
    if refused:
        rest = adoption([one for key, one in objects.items() if key not in refused], values)
        return replace(rest, left_out=(*refused.values(), *rest.left_out))
    return Adoption(environment, {"resources": entries}, tuple(remarks), ())


@dataclass(frozen=True)
class _State:
    """The inputs and outputs that the engine would hold, the paths of secrets that nobody gave, and what is wrong."""

    inputs: Values
    outs: Values
    lacking: list[str]
    failures: list[Failure]


def _entry(resource: Resource, state: _State) -> dict[str, Any]:
    provider = {"__provider": frozen(resource.kind.slug)}
    head = {"type": resource.kind.token(), "name": resource.name, "id": resource.id}
    return {**head, "inputs": {**state.inputs, **provider}, "outputs": {**state.outs, **provider}}


def _state(environment: Environment, resource: Resource, objects: _Objects) -> _State:
    kind, stored = resource.kind, objects[resource.kind, resource.id].stored
    outputs: dict[Reference, Any] = {}
    for name in resource.depends_on():
        known = environment.resources[name]
        outputs.update(objects[known.kind, known.id].outputs(name))
    wanted, lacking = _without_unknown(environment.known(resource, outputs), ())
    scope = {name: stored.inputs[name] for name in kind.scope if name in stored.inputs}
    inputs, failures = check(kind, stored.inputs, {**scope, **wanted}, Settings(), Claims())
    filled = fill(kind, inputs, stored.inputs)
    computed = {name: stored.outs[name] for name in kind.outputs() if stored.outs.get(name) is not None}
    outs: Values = {**inputs, **computed, **MARK}
    if filled:
        outs["filled"] = {path: SECRET if path in lacking else value for path, value in filled.items()}
    return _State(inputs, outs, lacking, failures)


def _without_unknown(value: Any, path: tuple[str | int, ...]) -> tuple[Any, list[str]]:
    """The value without what is not known, and where that was."""
    if isinstance(value, Mapping):
        kept: dict[str, Any] = {}
        gone: list[str] = []
        for key, item in value.items():
            inner, lacking = _without_unknown(item, (*path, key))
            gone += [show((*path, key))] if item is UNKNOWN else lacking
            if item is not UNKNOWN:
                kept[key] = inner
        return kept, gone
    return value, []


def completed(skeleton: Mapping[str, Any], whole: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The skeleton of `pulumi preview --import-file` with ids, inputs and outputs where `whole` has the same type and
    name, and the names of our resources that it does not have. A setting or queue that is the only one of its type on
    both sides may have any name.
    """
    resources = skeleton.get("resources")
    if not isinstance(resources, list):
        raise CiError("the skeleton has no resources; write it with `pulumi preview --import-file FILE`")
    known = {(entry["type"], entry["name"]): entry for entry in whole["resources"]}
    ours, theirs = (Counter(entry.get("type") for entry in side) for side in (whole["resources"], resources))
    alone = {kind.token() for kind in kinds().values() if isinstance(kind.api, (Switch, Adopted))}
    alone = {type for type in alone if ours[type] == theirs[type] == 1}
    known |= {(entry["type"], None): entry for entry in whole["resources"] if entry["type"] in alone}
    missing = []
    filled_in = []
    for entry in resources:
        type, name = entry.get("type"), entry.get("logicalName") or entry.get("name")
        found = known.get((type, name)) or known.get((type, None))
        if found is not None:
            entry = {**entry, **{key: found[key] for key in ("id", "inputs", "outputs")}}
        elif entry.get("id") == PLACEHOLDER:
            missing.append(str(entry.get("name")))
        filled_in.append(entry)
    return {**skeleton, "resources": filled_in}, missing


def text_of(document: Mapping[str, Any]) -> str:
    """The document as JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
