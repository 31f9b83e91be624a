"""The JSON schema of environment files, for editors: each kind by its type, with expressions for values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pulumi_ci.environment.environment import OPTIONS, Type, kinds_by_type
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.schema import DIALECT
from pulumi_ci.model.schema import schema as schema_of

_NAME = r"^(?!ci$)[^\W\d][\w-]*$"
_EXPRESSION = {"$ref": "#/$defs/expression"}
_ABOUT = ("description", "default", "examples")


def schema() -> dict[str, Any]:
    """The JSON schema of an environment file."""
    types = kinds_by_type()
    return {
        "$schema": DIALECT,
        "$id": "environment.json",
        "title": "Environment",
        "description": "Resources of Tencent Cloud Infinite, and the variables that each environment has values for.",
        "type": "object",
        "properties": {
            "config": {
                "description": "Variables, which properties use as ${name}.",
                "type": ["object", "null"],
                "propertyNames": {"pattern": _NAME},
                "additionalProperties": {"$ref": "#/$defs/setting"},
            },
            "resources": {
                "description": "Resources by name; ${name.output} in another one refers to an output.",
                "type": ["object", "null"],
                "propertyNames": {"pattern": _NAME},
                "additionalProperties": {"$ref": "#/$defs/resource"},
            },
        },
        "required": ["resources"],
        "additionalProperties": False,
        "$defs": {
            "expression": {
                "description": "A reference ${resource.output}, a variable ${name}, or a text that holds some.",
                "type": "string",
                "pattern": r"\$\{",
            },
            "setting": _setting(),
            "options": _options(),
            "resource": {
                "type": "object",
                "properties": {
                    "type": {"description": "What it is.", "enum": list(types)},
                    "properties": {"type": ["object", "null"]},
                    "options": {"$ref": "#/$defs/options"},
                },
                "required": ["type"],
                "additionalProperties": False,
                "allOf": [_of_type(name, kind) for name, kind in types.items()],
            },
            **{kind.slug: _properties(kind) for kind in types.values()},
        },
    }


def _setting() -> dict[str, Any]:
    types = list(get_args(Type))
    long = {
        "type": "object",
        "properties": {
            "type": {"description": "What its values are.", "enum": types, "default": "string"},
            "default": {
                "description": "Its value where an environment gives none.",
                "type": ["string", "number", "boolean", "null"],
            },
            "secret": {"description": "Whether its values are never printed.", "type": "boolean", "default": False},
        },
        "additionalProperties": False,
    }
    return {"description": "A variable: just its type, or more about it.", "anyOf": [{"enum": types}, long]}


def _options() -> dict[str, Any]:
    words = {
        "protect": "Whether it cannot be deleted.",
        "retainOnDelete": "Whether the live object stays when the resource is deleted.",
        "deleteBeforeReplace": "Whether a replacement deletes the old object first.",
    }
    depends = {
        "description": "Resources that must exist before, such as ${binding}.",
        "type": "array",
        "items": {"type": "string", "pattern": r"^\$\{[^{}.]+\}$"},
    }
    flags = {name: {"description": words[name], "type": "boolean"} for name in OPTIONS if name != "dependsOn"}
    return {
        "description": "What Pulumi is told besides the properties.",
        "type": ["object", "null"],
        "properties": {"dependsOn": depends, **flags},
        "additionalProperties": False,
    }


def _of_type(name: str, kind: type[Kind]) -> dict[str, Any]:
    body: dict[str, Any] = {"properties": {"properties": {"$ref": f"#/$defs/{kind.slug}"}}}
    found = schema_of(kind)
    if "required" in found:
        body["required"] = ["properties"]
    return {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": body}


def _properties(kind: type[Kind]) -> dict[str, Any]:
    left_out = ("$schema", "$id", "title", "examples", "x-token", "x-lifecycle")
    found = {word: content for word, content in schema_of(kind).items() if word not in left_out}
    opened = _inside(found)
    return opened if "required" in found else {**opened, "type": ["object", "null"]}


def _open(node: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be an expression as well."""
    about = {word: content for word, content in node.items() if word in _ABOUT or word.startswith("x-")}
    value = {word: content for word, content in node.items() if word not in about}
    options = [_inside(option) for option in value.get("anyOf") or value.get("oneOf") or [value]]
    return {**about, "anyOf": [*options, _EXPRESSION]}


def _inside(node: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with everything inside its values opened."""
    found = dict(node)
    if "properties" in found:
        found["properties"] = {name: _open(content) for name, content in found["properties"].items()}
    for word in ("items", "additionalProperties"):
        if isinstance(found.get(word), Mapping):
            found[word] = _open(found[word])
    return found
