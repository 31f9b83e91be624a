"""Carries a plan out on an environment file: only what changes is rewritten, comments and order stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from pulumi_ci.environment import yaml
from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.environment.expression import render
from pulumi_ci.environment.plan import Plan, Step
from pulumi_ci.environment.progress import progress
from pulumi_ci.environment.read import reads
from pulumi_ci.environment.whole import replace
from pulumi_ci.environment.write import entry, setting_entry


def apply_file(plan: Plan, path: File, now: Environment) -> tuple[Step, ...]:
    """Edits the file, whole or not at all, and returns the steps that this took. Raises Refused when the file has
    moved since the plan was made, and InvalidFile when the edited file would not be right.
    """
    left = progress(plan, now)
    if left.pending:
        text = path.read_text(encoding="utf-8")
        edited = edit(text, str(path), plan, left.pending)
        reads(edited, str(path), now.values)
        replace(path, edited)
    return left.pending


def edit(text: str, name: str, plan: Plan, steps: tuple[Step, ...]) -> str:
    """The text of an environment file after these steps."""
    document = yaml.parse(text, name)
    if document.get("resources") is None:
        document["resources"] = CommentedMap()
    resources = document["resources"]
    for step in steps:
        if step.action == "delete":
            del resources[step.name]
        elif step.name not in resources:
            resources[step.name] = entry(Resource(step.name, step.kind, step.properties))
        else:
            _put(resources[step.name], "properties", render(step.properties))
    missing = {name: setting for name, setting in plan.config.items() if name not in (document.get("config") or {})}
    if missing:
        if document.get("config") is None:
            document.insert(0, "config", CommentedMap())
        document["config"].update({name: setting_entry(setting) for name, setting in missing.items()})
    return yaml.dump(document)


def _put(holder: Any, step: str | int, value: Any) -> None:
    """Makes `holder[step]` mean `value`, touching no more of it than differs."""
    there = holder.get(step) if isinstance(holder, CommentedMap) else holder[step]
    if isinstance(there, CommentedMap) and isinstance(value, Mapping):
        for gone in [key for key in there if key not in value]:
            del there[gone]
        for key, item in value.items():
            _put(there, key, item)
    elif isinstance(there, CommentedSeq) and isinstance(value, list) and len(there) == len(value):
        for index, item in enumerate(value):
            _put(there, index, item)
    elif there != value or isinstance(there, bool) != isinstance(value, bool):
        holder[step] = yaml.writable(value)
