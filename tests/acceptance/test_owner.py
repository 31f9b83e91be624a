"""A rename without an alias that takes two runs: what the new resource took over, the old one must not remove.

Whichever way the second run comes about, in the end there is one owner, and the user is told which alias to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from acceptance.stack import BUCKET, REGION, STACK, Outcome, Project, names, objects
from acceptance.strange import Held, StrangeServer, served
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
import pulumi_ci as ci

{provider}
def options():
    return {options}

body = "imageMogr2/thumbnail/1x"
made = [
    ci.BucketBinding("{mark}-binding", options()),
    ci.Hotlink("{mark}-hotlink", options(), type="white", url=["www.example.com"]),
    ci.ImageStyle("{mark}-style", options(), style_name="card", style_body=body, adopt="identical"),
    ci.SnapshotTemplate("{mark}-thumbs", options(), name="fixed", count=3, adopt="identical"),
    ci.MediaQueue("{mark}-queue", options(), name="media", on_delete="restore"),
]
{more}
"""
LAST = 'ci.SnapshotTemplate("last", pulumi.ResourceOptions(depends_on=made), count=1)'
"""A resource that is made after all the others."""
NAMES = {
    "binding": "BucketBinding",
    "hotlink": "Hotlink",
    "style": "ImageStyle",
    "thumbs": "SnapshotTemplate",
    "queue": "MediaQueue",
}
"""Kinds by the second half of the logical names."""


def program(mark: str, more: str = "", provider: bool = False) -> str:
    """The program whose resources have names with that mark."""
    return PROGRAM.format(
        mark=mark,
        more=more,
        provider=f'other = ci.Provider("other", region="{REGION}", bucket="{BUCKET}")' if provider else "",
        options="pulumi.ResourceOptions(provider=other)" if provider else "None",
    )


# -- ways to a second run; each starts with the old names in the state, and gives what was said ------------------------


def _another_one_fails(project: Project) -> str:
    project.program(program("new", LAST))
    project.server.emulator.faults.add("error", method="POST", status=400, code="InvalidArgument")
    failed = project.up(code=None)
    project.server.emulator.faults.clear()
    assert failed.code != 0
    return failed.said


def _another_one_fails_and_the_run_goes_on(project: Project) -> str:
    project.program(program("new", LAST))
    project.server.emulator.faults.add("error", method="POST", status=400, code="InvalidArgument")
    failed = project.up("--continue-on-error", code=None)
    project.server.emulator.faults.clear()
    assert failed.code != 0
    return failed.said


def _the_new_ones_are_targets(project: Project) -> str:
    project.program(program("new"))
    urns = [f"urn:pulumi:{STACK}::{project.name}::pulumi-python:dynamic/ci:{k}::new-{n}" for n, k in NAMES.items()]
    return project.up(*(word for urn in urns for word in ("--target", urn))).said


def _the_run_is_killed(project: Project) -> str:
    project.program(program("new", LAST))
    assert isinstance(project.server, StrangeServer)
    held = Held(lambda ask: ask.method == "POST")
    project.server.play(held)
    running = project.start("up", "--yes", "--skip-preview")
    held.wait(running.running)
    running.kill()
    project.server.play(None)
    held.release()
    return project.run("cancel", "--yes").said


def _another_process(project: Project) -> str:
    project.program(program("new", provider=True))
    return ""


WAYS: dict[str, Callable[[Project], str]] = {
    "another-one-fails": _another_one_fails,
    "continue-on-error": _another_one_fails_and_the_run_goes_on,
    "target": _the_new_ones_are_targets,
    "kill": _the_run_is_killed,
    "explicit-provider": _another_process,
}


@dataclass
class Story:
    """A rename by one of these ways: what there was before, after the last `up`, and after destroy."""

    said: str
    before: list[str]
    last: Outcome
    after: list[str]
    state: dict[str, dict[str, Any]]
    quiet: Outcome
    destroyed: Outcome
    left: list[str]


def _there(project: Project) -> list[str]:
    queues = [item for item in project.server.emulator.objects if item.kind == "queue" and item.name == "media"]
    return names(item for item in (*objects(project.server), *queues) if not item.name.startswith("last"))


@pytest.fixture(scope="module", params=WAYS)
def story(request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with served() as server:
        project = Project(engine, tmp_path_factory.mktemp("owner"), server)
        project.program(program("old"))
        project.up()
        before = _there(project)
        said = WAYS[request.param](project)
        last = project.up(code=None)
        after, state = _there(project), project.state()
        quiet = project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)
        destroyed = project.run("destroy", "--yes", "--skip-preview", code=None)
        left = names(objects(server))
        yield Story(f"{said}\n{last.said}", before, last, after, state, quiet, destroyed, left)


def test_nothing_is_lost(story: Story) -> None:
    assert story.last.code == 0, story.last.said
    assert len(story.before) == len(NAMES)
    assert story.after == story.before


def test_the_state_holds_the_new_ones_only(story: Story) -> None:
    assert sorted(story.state.keys() - {"last"}) == sorted(f"new-{name}" for name in NAMES)


def test_a_warning_names_both_and_the_alias(story: Story) -> None:
    told = " ".join(story.said.split("Diagnostics:", 1)[-1].split())
    near = {name: re.findall(rf"(?:old|new)-{name}\b.{{0,400}}?(?:old|new)-{name}\b.{{0,200}}", told) for name in NAMES}
    silent = [
        name
        for name, texts in near.items()
        if not any(f"old-{name}" in text and f"new-{name}" in text and "alias" in text for text in texts)
    ]
    assert silent == [], story.said


def test_nothing_is_left_to_do(story: Story) -> None:
    assert story.quiet.code == 0, story.quiet.said


def test_destroy_removes_what_was_made(story: Story) -> None:
    assert story.destroyed.code == 0, story.destroyed.said
    assert [name for name in story.left if name not in ("binding binding", "hotlink hotlink")] == []


def test_a_switch_that_was_on_before_the_new_one_stays_on(story: Story) -> None:
    assert story.left == ["binding binding", "hotlink hotlink"]
