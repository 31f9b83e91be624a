"""Shows what a promotion would do: as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from pulumi_ci.cli.markdown import code, escaped
from pulumi_ci.environment.compare import Action, Comparison, Difference
from pulumi_ci.environment.environment import type_name
from pulumi_ci.environment.plan import Plan, Step
from pulumi_ci.lifecycle.meaning import Change
from pulumi_ci.model.path import show

_SIGNS: dict[str, tuple[str, str]] = {
    "add": ("+", "green"),
    "create": ("+", "green"),
    "change": ("~", "yellow"),
    "update": ("~", "yellow"),
    "replace": ("±", "magenta"),
    "remove": ("-", "red"),
    "delete": ("-", "red"),
}
Line = Difference | Step


def _parts(line: Line) -> tuple[str, str, str, tuple[Change, ...]]:
    """The action, type, name and changes of a line."""
    if isinstance(line, Step):
        return line.action, type_name(line.kind), line.name, line.changes
    return line.action, type_name(line.resource.kind), line.resource.name, line.changes


def value_text(value: Any, longest: int = 100) -> str:
    """A value on one line; None is absence."""
    if value is None:
        return "(absent)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def counts(lines: Sequence[Line]) -> str:
    """How many of each action, in words."""
    found = Counter(_parts(line)[0] for line in lines)
    return ", ".join(f"{number} to {action}" for action, number in found.items()) or "nothing to do"


def print_text(console: Console, lines: Sequence[Line]) -> None:
    """Every difference or step with its paths, old and new."""
    for line in lines:
        action, type, name, changes = _parts(line)
        sign, style = _SIGNS[action]
        console.print(Text.assemble((f"{sign} ", style), (name, "bold"), (f"  {type}", "dim")))
        for change in changes:
            new = value_text(change.new)
            old = "" if action in ("add", "create") else f"{value_text(change.old)} -> "
            console.print(Text.assemble("    ", (show(change.path), "cyan"), f": {old}{new}"), soft_wrap=True)
    console.print(Text(counts(lines)))


def markdown(title: str, lines: Sequence[Line]) -> str:
    """A section for a pull request or a job's summary."""
    rows = [f"## {title}", "", counts(lines), ""]
    if lines:
        rows += ["| | resource | type | property | target has | source has |", "|---|---|---|---|---|---|"]
        rows += [row for line in lines for row in _rows(line)]
        rows.append("")
    return "\n".join(rows)


def _rows(line: Line) -> Iterator[str]:
    action, type, name, changes = _parts(line)
    head = f"| {_SIGNS[action][0]} | {escaped(name)} | {escaped(type)} |"
    if not changes:
        yield f"{head} | | |"
    for change in changes:
        old = "" if action in ("add", "create") else code(value_text(change.old))
        yield f"{head} {code(show(change.path))} | {old} | {code(value_text(change.new))} |"


def comparison_json(names: tuple[str, str], found: Comparison) -> str:
    """The differences for programs."""
    told = {
        "schema_version": 1,
        "source": names[0],
        "target": names[1],
        "in_sync": not found,
        "counts": {action: sum(one.action == action for one in found.differences) for action in _actions()},
        "differences": [
            {
                "action": one.action,
                "type": type_name(one.resource.kind),
                "name": one.resource.name,
                "target_name": None if one.target is None else one.target.name,
                "id": None if one.target is None else one.target.id,
                "changes": [
                    {"path": show(change.path), "target": change.old, "source": change.new} for change in one.changes
                ],
            }
            for one in found.differences
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n"


def _actions() -> tuple[Action, ...]:
    return ("add", "change", "remove")


def plan_markdown(plan: Plan) -> str:
    """A plan for review, with what it leaves alone."""
    text = markdown(f"Promote {plan.source} to {plan.target}", plan.steps)
    if plan.kept:
        text += f"\nOnly in the target, and kept: {', '.join(plan.kept)} (`--prune` deletes what can be deleted)\n"
    return text
