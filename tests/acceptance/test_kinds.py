"""Every kind through the real engine: up, quiet preview, drift shown exactly and repaired, change in place, destroy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from acceptance.cases import CASES, Case
from acceptance.stack import BUCKET, REGION, Outcome, Plan, Project, declared, edit, leaves, local_id, names, objects
from pulumi_ci.emulator import Server
from pulumi_ci.emulator.store import Stored
from pulumi_ci.engine import Engine
from pulumi_ci.model.api import Adopted, Collection, Named, Switch
from pulumi_ci.state import frozen
from pulumi_ci.wire import xml

pytestmark = pytest.mark.engine

every_kind = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
kinds_with_properties = pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.change], ids=[slug for slug, case in CASES.items() if case.change]
)


@dataclass
class Story:
    """One stack with a resource of every kind, from `up` to `destroy`; each test looks at its part of it."""

    state: dict[str, dict[str, Any]]
    first_quiet: Outcome
    made: list[Stored]
    drift: Plan
    repaired: list[Stored]
    repair_quiet: Outcome
    change: Plan
    update: Outcome
    updated: list[Stored]
    updated_state: dict[str, dict[str, Any]]
    update_quiet: Outcome
    queues_before: dict[str, list[str]]
    left: list[str]
    queues_after: dict[str, list[str]]


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Story:
    emulator, folder = module_emulator.emulator, tmp_path_factory.mktemp("kinds")
    project = Project(engine, Path(folder), module_emulator)
    project.declare(*(case.resource() for case in CASES.values()))
    queues_before = _queues(module_emulator)
    project.up()
    state, made = project.state(), emulator.objects
    first_quiet = _preview(project)
    for slug, case in CASES.items():
        edit(module_emulator, case.edit, state[slug])
    drift = project.plan("--refresh")
    project.up("--refresh")
    repaired, repair_quiet = emulator.objects, _preview(project)
    project.declare(*(case.resource().changed(case.change) for case in CASES.values()))
    change = project.plan()
    update = project.up()
    updated, updated_state, update_quiet = emulator.objects, project.state(), _preview(project)
    project.destroy()
    left, queues_after = names(objects(module_emulator)), _settings(emulator.objects)
    return Story(
        state=state,
        first_quiet=first_quiet,
        made=made,
        drift=drift,
        repaired=repaired,
        repair_quiet=repair_quiet,
        change=change,
        update=update,
        updated=updated,
        updated_state=updated_state,
        update_quiet=update_quiet,
        queues_before=queues_before,
        left=left,
        queues_after=queues_after,
    )


def _preview(project: Project) -> Outcome:
    return project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)


def _queues(server: Server) -> dict[str, list[str]]:
    """The queues' settings as the service made them; a bucket has them from the first look on."""
    with pytest.raises(LookupError):
        server.emulator.edit(BUCKET, REGION, "queue", id="none")
    return _settings(server.emulator.objects)


def _settings(items: list[Stored]) -> dict[str, list[str]]:
    return {item.id: sorted(leaves(item.xml)) for item in items if item.kind == "queue"}


def _object(items: list[Stored], state: dict[str, Any], case: Case) -> Stored:
    id = case.edit["kind"] if case.lifecycle == "Switch" else local_id(state)
    return next(item for item in items if item.id == id)


@every_kind
def test_up_makes_it(case: Case, story: Story) -> None:
    item = story.state[case.slug]
    assert item["id"].startswith(f"{REGION}/{BUCKET}")
    assert item["inputs"]["__provider"] == item["outputs"]["__provider"] == frozen(case.slug)
    for name, value in item["inputs"].items():
        assert item["outputs"][name] == value, f"{name} is not mirrored"
    assert _object(story.made, item, case)


def test_second_preview_is_quiet(story: Story) -> None:
    assert story.first_quiet.code == 0, story.first_quiet.said
    assert not [call for call in story.first_quiet.calls if call.method != "GET"]


@every_kind
def test_drift_is_shown_at_exactly_the_edited_paths(case: Case, story: Story) -> None:
    steps = story.drift.of(case.slug)
    assert [step.op for step in steps] == ["create" if case.drift == "create" else "update"]
    if case.drift != "create":
        assert dict(steps[0].diff) == case.drift


def test_drift_is_only_shown(story: Story) -> None:
    assert not [call for call in story.drift.outcome.calls if call.method != "GET"]


@every_kind
def test_drift_is_repaired(case: Case, story: Story) -> None:
    item = story.state[case.slug]
    assert sorted(leaves(_object(story.repaired, item, case).xml)) == sorted(
        leaves(_object(story.made, item, case).xml)
    )


def test_nothing_is_left_to_do_after_the_repair(story: Story) -> None:
    assert story.repair_quiet.code == 0, story.repair_quiet.said


@kinds_with_properties
def test_change_in_place_is_shown_exactly(case: Case, story: Story) -> None:
    steps = story.change.of(case.slug)
    assert [(step.op, dict(step.diff)) for step in steps] == [("update", dict(case.changed))]


@kinds_with_properties
def test_change_in_place_keeps_the_object(case: Case, story: Story) -> None:
    item, after = story.state[case.slug], story.updated_state[case.slug]
    assert after["id"] == item["id"]
    assert leaves(_object(story.updated, after, case).xml) != leaves(_object(story.repaired, item, case).xml)


@kinds_with_properties
def test_update_sends_the_whole_body(case: Case, story: Story) -> None:
    item = story.updated_state[case.slug]
    form = case.kind.api.form
    assert form is not None
    expected = xml.encode(case.kind, declared(item), form)
    assert set(leaves(expected)) <= set(leaves(_last_put(story.update, case, item)))


def test_update_writes_nothing_else(story: Story) -> None:
    unchanged = [slug for slug, case in CASES.items() if not case.change]
    assert all(not story.change.of(slug) for slug in unchanged)


def test_nothing_is_left_to_do_after_the_update(story: Story) -> None:
    assert story.update_quiet.code == 0, story.update_quiet.said


def test_destroy_leaves_nothing(story: Story) -> None:
    assert story.left == []


def test_destroy_restores_the_queues(story: Story) -> None:
    assert story.queues_after == story.queues_before


def _last_put(outcome: Outcome, case: Case, item: dict[str, Any]) -> str:
    api = case.kind.api
    if isinstance(api, (Collection, Adopted)):
        calls = outcome.sent("PUT", f"{api.path}/{local_id(item)}")
    else:
        call = api.on if isinstance(api, Switch) else api.put if isinstance(api, Named) else None
        assert call is not None
        calls = outcome.sent("PUT", f"?{call.query}")
    return [call.body for call in calls if call.body][-1]
