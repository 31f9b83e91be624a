"""The report of `pulumi-ci drift`: as JSON, and the words that its other forms share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pulumi_ci.environment.drift import SECRET, Difference, Failure, Managed, Report
from pulumi_ci.environment.environment import type_name
from pulumi_ci.environment.found import Found
from pulumi_ci.environment.naming import name_in_place

SCHEMA_VERSION = 1
"""Raised when a key changes its meaning or goes away; new keys may come at any time."""


def as_json(report: Report) -> str:
    """The report as JSON.

    - `schema_version`, `project`, `stack`
    - `summary`: `managed`, `in_sync`, `changed`, `missing`, `failed`, `ignored_resources` (these five add up to
      `managed`), `unmanaged` (null: nobody looked), `ignored` (findings), `not_comparable` (secrets that the state
      keeps encrypted), `stale` (recorded drift that is gone), `runs` (resources that have no drift), and `coverage`:
      managed / (managed + unmanaged) in per cent, null when it is not known
    - `changed`: resources with `differences`, each with `path`, `intended` (the state's inputs), `recorded` (its
      outputs), `live`, `secret` (values are hidden) and `was_recorded` (by an earlier refresh); absent values are null
    - `missing`: resources that are gone
    - `failed`: resources, and kinds in a place, that could not be read: `error`, `code`, `request_id`
    - `unmanaged`: objects in the same places that the stack does not hold; null when nobody looked
    - `stale`: resources with `differences` that only the state still shows
    - `not_comparable`: resources with `paths` that were not compared
    - `ignored`: findings that rules left out, with `what`, `path`, `reason` and `line` of the rule
    - `unused_rules`: rules without effect; `unknown`: resources of kinds that this version does not know

    A resource has `kind` (`ci:SnapshotTemplate`), `name` (the logical one; an object's own where it has none), `id`,
    `place` and, when managed, `urn`.
    """
    document = {
        "schema_version": SCHEMA_VERSION,
        "project": report.stack.project,
        "stack": report.stack.name,
        "summary": summary(report),
        "changed": [_resource(one) | _differences(one.differences) for one in report.having("changed")],
        "missing": [_resource(one) for one in report.having("missing")],
        "failed": [
            *(_resource(one) | _failure(one.failure) for one in report.managed if one.failure),
            *(
                {"kind": type_name(one.kind), "name": None, "id": None, "place": one.place} | _failure(one.failure)
                for one in report.unlisted
            ),
        ],
        "unmanaged": None if report.unmanaged is None else [_object(found) for found in report.unmanaged],
        "stale": [_resource(one) | _differences(one.stale) for one in report.managed if one.stale],
        "not_comparable": [
            _resource(one) | {"paths": list(one.not_comparable)} for one in report.managed if one.not_comparable
        ],
        "ignored": [
            {"what": one.what, "kind": type_name(one.kind), "name": one.name, "id": one.id, "path": one.path}
            | {"reason": one.rule.reason, "line": one.rule.line}
            for one in report.ignored
        ],
        "unused_rules": [{"line": rule.line, "reason": rule.reason} for rule in report.unused],
        "unknown": [{"type": type, "name": name} for type, name in report.stack.unknown],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def summary(report: Report) -> dict[str, Any]:
    """The counts of a report; what each means stands at `as_json`."""
    coverage = report.coverage
    return {
        "managed": len(report.managed),
        "in_sync": len(report.having("in sync")),
        "changed": len(report.having("changed")),
        "missing": len(report.having("missing")),
        "failed": len(report.having("failed")),
        "ignored_resources": len(report.having("ignored")),
        "unmanaged": None if report.unmanaged is None else len(report.unmanaged),
        "ignored": len(report.ignored),
        "not_comparable": sum(len(one.not_comparable) for one in report.managed),
        "stale": sum(len(one.stale) for one in report.managed),
        "runs": report.runs,
        "coverage": None if coverage is None else round(coverage, 1),
    }


def _object(found: Found) -> dict[str, Any]:
    name = found.name or name_in_place(found)
    return {"kind": type_name(found.kind), "name": name, "id": found.stored.id, "place": found.place}


def _resource(one: Managed) -> dict[str, Any]:
    return _object(one.found) | {"urn": one.found.urn}


def _differences(found: tuple[Difference, ...]) -> dict[str, Any]:
    return {"differences": [vars(difference) for difference in found]}


def _failure(failure: Failure | None) -> dict[str, Any]:
    assert failure is not None
    return {"error": str(failure.error), "code": failure.code or None, "request_id": failure.request_id or None}


# -- words of the other forms -----------------------------------------------------------------------------------


def title(report: Report) -> str:
    """What the report is about: `Drift of project/stack`."""
    return f"Drift of {printable('/'.join(filter(None, [report.stack.project, report.stack.name])) or 'no stack')}"


def value(found: Any) -> str:
    """A value in one line, in which no character steers a terminal."""
    if found is None:
        return "(none)"
    if found == SECRET:
        return SECRET
    text = json.dumps(found, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(found)


def printable(text: str) -> str:
    """A name or an id, quoted when it holds what no terminal should see."""
    return text if text.isprintable() else json.dumps(text)


def remark(difference: Difference) -> str:
    """What else is to be said of a difference, or ""."""
    if not difference.was_recorded:
        return ""
    if value(difference.recorded) == value(difference.live):
        return "recorded by an earlier refresh"
    return f"an earlier refresh recorded {value(difference.recorded)}"


def named(found: Found) -> str:
    """A resource in words: its logical name, or its own where no stack gives it one."""
    return printable(found.name or name_in_place(found))


def local(found: Found) -> str:
    """The last part of an id, unless it repeats the name."""
    return printable(found.local) if found.local != (found.name or name_in_place(found)) else ""


def failure(found: Failure) -> str:
    """An error in one line."""
    return printable(" ".join(str(found.error).split()))


def places(report: Report) -> Iterator[tuple[str, list[Managed], list[Found], list[tuple[str, Failure]]]]:
    """What is to be said of each place: resources that are not in sync, other objects, and kinds not listed."""
    told = [one for one in report.managed if one.status in ("changed", "missing", "failed") or one.stale]
    others = list(report.unmanaged or ())
    names = [one.found.place for one in told] + [one.place for one in others] + [one.place for one in report.unlisted]
    for place in sorted(set(names)):
        yield (
            place,
            [one for one in told if one.found.place == place],
            [one for one in others if one.place == place],
            [(one.kind.__name__, one.failure) for one in report.unlisted if one.place == place],
        )


def closing(report: Report) -> list[str]:
    """The last lines: the counts, the coverage, and what else a reader must know."""
    count = summary(report)
    if not report.managed and not report.runs and not report.stack.unknown:
        return ["The state holds no resources of pulumi_ci."]
    counted = [f"{count[key]} {key}" for key in ("changed", "missing")]
    counted += [f"{count[key]} {key}" for key in ("failed",) if count[key]]
    counted += [] if count["unmanaged"] is None else [f"{count['unmanaged']} unmanaged"]
    lines = [", ".join([*counted, f"{count['in_sync']} in sync"])]
    if count["coverage"] is not None:
        known = f"{count['managed']} of {count['managed'] + count['unmanaged']} objects are managed"
        lines.append(f"coverage {count['coverage']:g} %: {known}")
    more = {
        "ignored": ("finding", "left out by rules"),
        "not_comparable": ("secret", "not compared, since the state keeps it encrypted"),
        "stale": ("difference", "in the state only: what a refresh recorded is gone again"),
        "runs": ("run", "without drift, as runs are"),
    }
    lines += [
        f"{count[key]} {noun}{'s' * (count[key] > 1)} {words}" for key, (noun, words) in more.items() if count[key]
    ]
    lines += [f"the rule in line {rule.line} left out nothing" for rule in report.unused]
    lines += [f"not looked at: {printable(name)}, of an unknown type {type}" for type, name in report.stack.unknown]
    return lines
