"""What an update must say by name so that a thing goes away: a service may keep what is not sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model import marks
from pulumi_ci.model.node import Node
from pulumi_ci.model.shape import Block, Leaf


def taken_away(node: type[Node], seen: Mapping[str, Any], values: Mapping[str, Any]) -> Values:
    """The values, with features that were `seen` to be on switched off, and texts that were there made empty."""
    sent: Values = dict(values)
    for name, field in node.fields().items():
        was, value = seen.get(name), values.get(name)
        if was is None or not field.is_input or field.wire is None:
            continue
        switched = field.mark(marks.Switched)
        if value is None and switched is not None:
            if not switched.is_off(was):
                sent[name] = {switched.field: switched.off}
        elif value is None and isinstance(field.shape, Leaf) and field.shape.types == (str,):
            sent[name] = ""
        elif isinstance(field.shape, Block) and isinstance(was, Mapping) and isinstance(value or {}, Mapping):
            inner = field.shape.node_for(was)
            block = None if inner is None else taken_away(inner, was, value or {})
            if block:
                sent[name] = block
    return sent
