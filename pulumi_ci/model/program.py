"""An example of a kind as the Python program that declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.model.python import Group, Source, literal, string

_WIDTH = 100


def program(constructor: str, name: str, properties: Mapping[str, Any]) -> str:
    """A whole program that declares one resource: `constructor` is `ci.SnapshotTemplate`, `name` its logical name."""
    arguments = [("", string(name)), *((f"{key}=", _source(value)) for key, value in properties.items())]
    return f"import pulumi_ci as ci\n\n{Group(f'{constructor}(', tuple(arguments), ')').lines(_WIDTH)}\n"


def _source(value: Any) -> Source:
    if isinstance(value, dict):
        return Group("{", tuple((f"{string(key)}: ", _source(item)) for key, item in value.items()), "}")
    if isinstance(value, list):
        return Group("[", tuple(("", _source(item)) for item in value), "]")
    return literal(value)
