"""Writes environment files; what it writes, `read` understands the same way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

from ruamel.yaml.comments import CommentedMap

from pulumi_ci.environment import yaml
from pulumi_ci.environment.environment import OPTIONS, Environment, Options, Resource, Setting, type_name
from pulumi_ci.environment.expression import render
from pulumi_ci.environment.whole import replace
from pulumi_ci.model.path import Path, show


def write(path: File, environment: Environment) -> None:
    """Writes an environment into a file, whole or not at all."""
    replace(path, text_of(environment))


def text_of(environment: Environment) -> str:
    """The text of an environment file; remarks become comments."""
    document = CommentedMap()
    if environment.config:
        document["config"] = CommentedMap(
            {yaml.writable(name): setting_entry(setting) for name, setting in environment.config.items()}
        )
    document["resources"] = CommentedMap()
    for name, resource in environment.resources.items():
        document["resources"][yaml.writable(name)] = entry(resource)
        if note := resource.notes.get(""):
            document["resources"].yaml_set_comment_before_after_key(name, note, indent=2)
    return yaml.dump(document)


def entry(resource: Resource) -> CommentedMap:
    """A resource as it stands in a file, with its remarks."""
    found = CommentedMap({"type": type_name(resource.kind)})
    if resource.properties:
        found["properties"] = yaml.writable(render(resource.properties))
        _annotate(found["properties"], (), resource.notes)
    if options := _options_text(resource.options):
        found["options"] = yaml.writable(options)
    return found


def _annotate(value: Any, path: Path, notes: Mapping[str, str]) -> None:
    items = value.items() if isinstance(value, CommentedMap) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        if note := notes.get(show((*path, step))):
            value.yaml_add_eol_comment(note, step)
        _annotate(item, (*path, step), notes)


def setting_entry(setting: Setting) -> CommentedMap:
    """A variable as it is declared in a file."""
    found = CommentedMap({"type": setting.type})
    if setting.default is not None:
        found["default"] = yaml.writable(setting.default)
    if setting.secret:
        found["secret"] = True
    return found


def _options_text(options: Options) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if options.depends_on:
        found["dependsOn"] = [f"${{{name}}}" for name in options.depends_on]
    return found | {key: True for key, name in OPTIONS.items() if key != "dependsOn" and getattr(options, name)}
