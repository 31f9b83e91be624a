"""Takes over what exists: the file for `pulumi import --file`, after which a preview has nothing to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.api.settings import Settings
from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.expression import Reference
from pulumi_ci.environment.found import Found
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.lifecycle import STATE_VERSION
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.names import Names
from pulumi_ci.lifecycle.observe import SECRET, fill
from pulumi_ci.model.api import JsonCollection
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.state import frozen

PLACEHOLDER = "<PLACEHOLDER>"
"""What `pulumi preview --import-file` writes where an id is wanted."""


@dataclass(frozen=True)
class Adoption:
    """The document for `pulumi import --file`, and what it could not hold."""

    document: Mapping[str, Any]
    remarks: tuple[str, ...]


def adoption(environment: Environment, found: Iterable[Found], values: Mapping[str, Any] | None = None) -> Adoption:
    """The import file of an exported environment; `values` are those of its secrets, which no API tells.

    Inputs are what `check` makes of the program's properties, so the next preview is quiet. A secret without a value
    is left out, with a remark: its first update will write it.
    """
    environment = replace(environment, values={**environment.values, **(values or {})})
    by_id = {one.stored.id: one for one in found}
    entries, remarks = [], []
    for resource in environment.order():
        if resource.id is None or resource.id not in by_id:
            raise CiError(f"{resource.name} names no object, so there is nothing to take over")
        inputs, outs, lacking = _state(environment, resource, by_id)
        remarks += [
            f"{resource.name}.{path}: is a secret without a value; set it before the first up" for path in lacking
        ]
        entries.append(_entry(resource, inputs, outs))
    return Adoption({"resources": entries}, tuple(remarks))


def _entry(resource: Resource, inputs: Values, outs: Values) -> dict[str, Any]:
    provider = {"__provider": frozen(resource.kind.slug)}
    head = {"type": resource.kind.token(), "name": resource.name, "id": resource.id}
    return {**head, "inputs": {**inputs, **provider}, "outputs": {**outs, **provider}}


def _state(
    environment: Environment, resource: Resource, by_id: Mapping[str, Found]
) -> tuple[Values, Values, list[str]]:
    """The inputs and outputs that the engine would hold, and the paths of secrets that nobody gave."""
    kind, stored = resource.kind, by_id[str(resource.id)].stored
    outputs: dict[Reference, Any] = {}
    for name in resource.depends_on():
        other = by_id[str(environment.resources[name].id)]
        local = int(other.local) if isinstance(other.kind.api, JsonCollection) else other.local
        own = {getattr(other.kind.api, "id_field", "id"): local, "id": other.stored.id}
        outputs.update({Reference(name, output): value for output, value in {**other.stored.outs, **own}.items()})
    wanted, lacking = _without_unknown(environment.known(resource, outputs), ())
    scope = {name: stored.inputs[name] for name in kind.scope if name in stored.inputs}
    inputs, failures = check(kind, stored.inputs, {**scope, **wanted}, Settings(), Names())
    if failures:
        told = "; ".join(f"{show(failure.path)}: {failure.reason}" for failure in failures)
        raise CiError(f"{resource.name} ({resource.id}) cannot be declared as it is: {told}")
    filled = fill(kind, inputs, stored.inputs)
    outs: Values = {**inputs, **{n: stored.outs[n] for n in kind.outputs() if stored.outs.get(n) is not None}}
    outs["state_version"] = STATE_VERSION
    if filled:
        outs["filled"] = {path: SECRET if path in lacking else value for path, value in filled.items()}
    return inputs, outs, lacking


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
    name, and the names of our resources that it does not have.
    """
    resources = skeleton.get("resources")
    if not isinstance(resources, list):
        raise CiError("the skeleton has no resources; write it with `pulumi preview --import-file FILE`")
    known = {(entry["type"], entry["name"]): entry for entry in whole["resources"]}
    missing = []
    filled_in = []
    for entry in resources:
        found = known.get((entry.get("type"), entry.get("logicalName") or entry.get("name")))
        if found is not None:
            entry = {**entry, **{key: found[key] for key in ("id", "inputs", "outputs")}}
        elif entry.get("id") == PLACEHOLDER:
            missing.append(str(entry.get("name")))
        filled_in.append(entry)
    return {**skeleton, "resources": filled_in}, missing


def text_of(document: Mapping[str, Any]) -> str:
    """The document as JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
