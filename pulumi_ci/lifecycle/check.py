"""From what the user wrote to checked inputs: places and names filled in, every failure found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.names import Names
from pulumi_ci.model import marks
from pulumi_ci.model.check import check as check_node
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Failure
from pulumi_ci.model.unknown import UNKNOWN, holds_unknown

LOGICAL_NAME = "logical_name"
"""Input by which the constructor tells `check` the resource's name; dropped here."""


def check(
    kind: type[Kind], olds: Mapping[str, Any], news: Mapping[str, Any], settings: Settings, names: Names
) -> tuple[Values, list[Failure]]:
    """The inputs to store, and all failures. `olds` are the inputs of last time, empty for a new resource."""
    given = {name: value for name, value in news.items() if name != LOGICAL_NAME and value is not None}
    for name in kind.scope:
        if name not in given and (default := getattr(settings, name, None)):
            given[name] = default
    auto = next((field for field in kind.inputs().values() if field.has(marks.AutoName)), None)
    inputs, failures = check_node(kind, given, ignored=() if auto is None else (auto.name,))
    for name, otherwise in kind.scope.items():
        if inputs.get(name) is None and not otherwise:
            reason = f"is required: give it, or set it for the stack with `pulumi config set ci:{name} ...`"
            failures.append(Failure((name,), reason))
    moved = any(olds.get(name) != inputs.get(name) for name in kind.scope)
    for name, field in kind.inputs().items():
        was, now = olds.get(name), inputs.get(name)
        if field.has(marks.Fixed) and not moved and was is not None and now is not UNKNOWN and was != now:
            reason = f"cannot be changed from {field.leaf.coerce(was)} once set: the API has no way to"
            failures.append(Failure((name,), reason))
    if auto is not None and auto.name not in inputs:
        if olds.get(auto.name) is not None and not moved:
            inputs[auto.name] = olds[auto.name]
        elif holds_unknown(inputs) or news.get(LOGICAL_NAME) is UNKNOWN:
            inputs[auto.name] = UNKNOWN
        elif news.get(LOGICAL_NAME) is None:
            failures.append(Failure((auto.name,), f"is required: {auto.leaf.describe()}"))
        elif not failures:
            inputs[auto.name] = names.make(kind, auto, str(news[LOGICAL_NAME]), inputs)
    return {name: inputs[name] for name in kind.inputs() if inputs.get(name) is not None}, failures
