"""An example of a kind as the Python program that declares it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_WIDTH = 100
_INDENT = "    "


def program(constructor: str, name: str, properties: Mapping[str, Any]) -> str:
    """A whole program that declares one resource: `constructor` is `ci.SnapshotTemplate`, `name` its logical name."""
    arguments = [_text(name), *(f"{key}={_literal(value)}" for key, value in properties.items())]
    line = f"{constructor}({', '.join(arguments)})"
    if len(line) > _WIDTH:
        wrapped = [_text(name), *(f"{key}={_fitted(value, 1, len(key) + 1)}" for key, value in properties.items())]
        line = f"{constructor}(\n" + "".join(f"{_INDENT}{argument},\n" for argument in wrapped) + ")"
    return f"import pulumi_ci as ci\n\n{line}\n"


def _fitted(value: Any, depth: int, taken: int) -> str:
    """The literal on one line where it fits behind `taken` characters, else one item a line."""
    line = _literal(value)
    if len(_INDENT) * depth + taken + len(line) + 1 <= _WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    if isinstance(value, dict):
        items = [f"{_text(key)}: {_fitted(item, depth + 1, len(_text(key)) + 2)}" for key, item in value.items()]
    else:
        items = [_fitted(item, depth + 1, 0) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    inner = "".join(f"{_INDENT * (depth + 1)}{item},\n" for item in items)
    return f"{opening}\n{inner}{_INDENT * depth}{closing}"


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """A string literal in double quotes."""
    return json.dumps(text, ensure_ascii=False)
