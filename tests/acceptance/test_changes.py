"""Saved plans, drift that was recorded, import and renames, for every kind in one stack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from acceptance.cases import CASES, Case
from acceptance.stack import Outcome, Plan, Project, Resource, declared, edit, leaves, local_id, names, objects
from pulumi_ci.emulator import Server
from pulumi_ci.emulator.store import Stored
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

every_kind = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
CHANGING = [case for case in CASES.values() if case.change]
DRIFTING = [case for case in CASES.values() if case.drift != "create"]
"""Kinds whose drift leaves something to record: a switch that is off is gone."""
MADE = [case for case in CASES.values() if case.lifecycle in ("Collection", "Named")]
"""Kinds of which a bucket may hold several."""


@dataclass
class Story:
    """One stack: made and changed by saved plans, drifted, renamed; and a second one that imports what it holds."""

    planned: dict[str, str]
    made_state: dict[str, dict[str, Any]]
    made: list[Stored]
    recorded: dict[str, dict[str, Any]]
    recorded_calls: Outcome
    undo: Plan
    undone: list[Stored]
    changed: list[Stored]
    changed_state: dict[str, dict[str, Any]]
    strayed: Outcome
    unstrayed: bool
    imported: Outcome
    imported_state: dict[str, dict[str, Any]]
    imported_quiet: Outcome
    renamed_state: dict[str, dict[str, Any]]
    renamed: list[Stored]
    renamed_quiet: Outcome
    left: list[str]


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Story:
    emulator, folder = module_emulator.emulator, tmp_path_factory.mktemp("changes")
    project = Project(engine, folder / "one", module_emulator)
    project.declare(*(case.resource() for case in CASES.values()))
    project.run("preview", "--save-plan", "plan.json")
    planned = _planned_names(project)
    project.up("--plan", "plan.json")
    made_state, made = project.state(), emulator.objects

    for case in DRIFTING:
        edit(module_emulator, case.edit, made_state[case.slug])
    recorded_calls = project.run("refresh", "--yes", "--skip-preview")
    recorded = project.state()
    undo = project.plan()
    project.up()
    undone = emulator.objects

    project.declare(*(case.resource().changed(case.change) for case in CASES.values()))
    project.run("preview", "--save-plan", "plan.json")
    project.up("--plan", "plan.json")
    changed, changed_state = emulator.objects, project.state()

    project.run("preview", "--save-plan", "plan.json")
    project.declare(*(case.resource() for case in CASES.values()))
    strayed = project.up("--plan", "plan.json", code=None)
    unstrayed = emulator.objects == changed

    second = Project(engine, folder / "two", module_emulator)
    second.declare(*(case.resource().changed(case.change) for case in CASES.values()))
    (second.work / "import.json").write_text(json.dumps({"resources": _entries(changed_state)}))
    imported = second.run("import", "--file", "import.json", "--yes", "--generate-code=false", "--protect=false")
    imported_state, imported_quiet = second.state(), _preview(second)

    project.declare(*_renamed())
    project.up()
    renamed_state, renamed, renamed_quiet = project.state(), emulator.objects, _preview(project)
    project.destroy()
    return Story(
        planned=planned,
        made_state=made_state,
        made=made,
        recorded=recorded,
        recorded_calls=recorded_calls,
        undo=undo,
        undone=undone,
        changed=changed,
        changed_state=changed_state,
        strayed=strayed,
        unstrayed=unstrayed,
        imported=imported,
        imported_state=imported_state,
        imported_quiet=imported_quiet,
        renamed_state=renamed_state,
        renamed=renamed,
        renamed_quiet=renamed_quiet,
        left=names(objects(module_emulator)),
    )


def _preview(project: Project) -> Outcome:
    return project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)


def _planned_names(project: Project) -> dict[str, str]:
    """The made names in a saved plan, by logical name."""
    plans = json.loads((project.work / "plan.json").read_text())["resourcePlans"]
    found = {}
    for urn, plan in plans.items():
        adds = ((plan.get("goal") or {}).get("inputDiff") or {}).get("adds") or {}
        name = adds.get("name") or adds.get("style_name")
        if name:
            found[urn.rsplit("::", 1)[1]] = name
    return found


def _entries(state: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Complete entries of an import file: type, name, id, inputs and outputs, `__provider` in both."""
    return [
        {"type": item["type"], "name": name, "id": item["id"], "inputs": item["inputs"], "outputs": item["outputs"]}
        for name, item in state.items()
    ]


def _renamed() -> list[Resource]:
    """All that a bucket may hold several of under new logical names without aliases, the rest as it was."""
    found = [case.resource("-anew" if case in MADE else "").changed(case.change) for case in CASES.values()]
    text = json.dumps([dict(resource.properties) for resource in found]).replace(
        "${media-queue-anew.", "${media-queue."
    )
    return [Resource(r.slug, r.name, properties) for r, properties in zip(found, json.loads(text), strict=True)]


def _there(items: list[Stored], item: dict[str, Any], case: Case) -> Stored | None:
    id = case.edit["kind"] if case.lifecycle == "Switch" else local_id(item)
    return next((found for found in items if found.id == id), None)


def _leaves(items: list[Stored], item: dict[str, Any], case: Case) -> list[str]:
    found = _there(items, item, case)
    assert found is not None
    return sorted(leaves(found.xml))


def test_saved_plan_keeps_the_made_names(story: Story) -> None:
    expected = {case.slug: story.made_state[case.slug]["inputs"] for case in MADE}
    made = {slug: inputs.get("name") or inputs["style_name"] for slug, inputs in expected.items()}
    known = {name: text for name, text in story.planned.items() if name in made and name != "workflow"}
    assert known == {slug: name for slug, name in made.items() if slug != "workflow"}


@every_kind
def test_saved_plan_makes_it(case: Case, story: Story) -> None:
    assert _there(story.made, story.made_state[case.slug], case) is not None


@pytest.mark.parametrize("case", DRIFTING, ids=[case.slug for case in DRIFTING])
def test_refresh_records_drift(case: Case, story: Story) -> None:
    assert declared(story.recorded[case.slug]) != declared(story.made_state[case.slug])


def test_refresh_writes_nothing(story: Story) -> None:
    assert {call.method for call in story.recorded_calls.calls} == {"GET"}


@pytest.mark.parametrize("case", DRIFTING, ids=[case.slug for case in DRIFTING])
def test_recorded_drift_is_shown(case: Case, story: Story) -> None:
    assert [(step.op, dict(step.diff)) for step in story.undo.of(case.slug)] == [("update", case.drift)]


@every_kind
def test_recorded_drift_is_undone(case: Case, story: Story) -> None:
    item = story.made_state[case.slug]
    assert _leaves(story.undone, item, case) == _leaves(story.made, item, case)


@pytest.mark.parametrize("case", CHANGING, ids=[case.slug for case in CHANGING])
def test_saved_plan_changes_it(case: Case, story: Story) -> None:
    item = story.made_state[case.slug]
    assert story.changed_state[case.slug]["id"] == item["id"]
    assert _leaves(story.changed, item, case) != _leaves(story.undone, item, case)


def test_another_program_than_planned_is_refused(story: Story) -> None:
    assert story.strayed.code != 0
    assert story.unstrayed, "an update that the plan does not have was carried out"


@every_kind
def test_import_takes_a_complete_entry(case: Case, story: Story) -> None:
    assert story.imported_state[case.slug]["id"] == story.changed_state[case.slug]["id"]


def test_import_reads_and_writes_nothing(story: Story) -> None:
    assert story.imported.calls == ()


def test_nothing_is_left_to_do_after_the_import(story: Story) -> None:
    assert story.imported_quiet.code == 0, story.imported_quiet.said


@pytest.mark.parametrize("case", MADE, ids=[case.slug for case in MADE])
def test_rename_without_alias_makes_a_new_one_and_deletes_the_old(case: Case, story: Story) -> None:
    old, new = story.changed_state[case.slug], story.renamed_state[f"{case.slug}-anew"]
    assert case.slug not in story.renamed_state
    assert new["id"] != old["id"]
    assert _there(story.renamed, old, case) is None
    assert _there(story.renamed, new, case) is not None


def test_nothing_is_left_to_do_after_the_rename(story: Story) -> None:
    assert story.renamed_quiet.code == 0, story.renamed_quiet.said


def test_destroy_leaves_nothing(story: Story) -> None:
    assert story.left == []
