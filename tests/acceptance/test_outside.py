"""Objects deleted behind the program's back: planned again, made again, and no obstacle to a destroy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from acceptance.cases import CASES, Case
from acceptance.stack import Outcome, Plan, Project, edit, names, objects
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

DELETABLE = [case for case in CASES.values() if case.lifecycle != "Adopted"]
"""All but the queues, which the service itself keeps."""
every_deletable = pytest.mark.parametrize("case", DELETABLE, ids=[case.slug for case in DELETABLE])


@dataclass
class Story:
    """One stack whose objects are deleted twice: before a repair, and before the destroy."""

    made: list[str]
    plan: Plan
    repaired: list[str]
    quiet: Outcome
    destroyed: Outcome
    state: dict[str, dict[str, Any]]
    left: list[str]


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Story:
    project = Project(engine, tmp_path_factory.mktemp("outside"), module_emulator)
    project.declare(*(case.resource() for case in CASES.values()))
    project.up()
    made = names(objects(module_emulator))
    _delete(module_emulator, project)
    plan = project.plan("--refresh")
    project.up("--refresh")
    repaired = names(objects(module_emulator))
    quiet = project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)
    _delete(module_emulator, project)
    destroyed = project.destroy()
    return Story(made, plan, repaired, quiet, destroyed, project.state(), names(objects(module_emulator)))


def _delete(server: Server, project: Project) -> None:
    state = project.state()
    for case in DELETABLE:
        change = {"status": "off"} if case.drift == "create" else {"delete": True}
        edit(server, {"kind": case.edit["kind"], **change}, state[case.slug])


@every_deletable
def test_creation_is_planned(case: Case, story: Story) -> None:
    assert [step.op for step in story.plan.of(case.slug)] == ["create"]


def test_it_is_made_again(story: Story) -> None:
    # a workflow has a new name: it refers to the new templates
    assert [name.split()[0] for name in story.repaired] == [name.split()[0] for name in story.made]
    assert story.quiet.code == 0, story.quiet.said


def test_destroy_of_what_is_gone_succeeds(story: Story) -> None:
    assert [call for call in story.destroyed.calls if call.method == "DELETE" and call.status == 404]
    assert story.state == {}
    assert story.left == []
