"""Replacement: by every immutable field of every kind, and forced from outside; nothing is lost, nothing doubled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from acceptance.cases import CASES, Case
from acceptance.stack import BUCKET, REGION, Outcome, Plan, Project, Resource, declared, leaves, names, objects
from pulumi_ci.emulator import Server
from pulumi_ci.emulator.store import Stored
from pulumi_ci.engine import Engine
from pulumi_ci.model import marks

pytestmark = pytest.mark.engine

NEW = {
    "bucket": "moved-1250000000",
    "region": "ap-shanghai",
    "style_name": "renamed",
    "category": "SpeedTranscoding",
    "queue_id": "",  # the other queue of the bucket, whose id is known only at run time
}
"""Another value for each immutable field; a kind with a new one needs an entry here."""


@dataclass(frozen=True)
class Move:
    """The replacement of one kind's resource by one immutable field. Each field has a bucket of its own."""

    case: Case
    field: str

    @property
    def mark(self) -> str:
        return f"-by-{self.field.replace('_', '-')}"

    @property
    def bucket(self) -> str:
        return f"by-{self.field.replace('_', '-')}-1250000000"

    @property
    def name(self) -> str:
        return f"{self.case.slug}{self.mark}"

    def before(self) -> Resource:
        more = {"style_name": "named"} if self.field == "style_name" else {}
        return self.case.resource(self.mark, region=REGION, bucket=self.bucket, **more)

    def after(self, value: str) -> Resource:
        return self.before().changed({self.field: value})


def _moves() -> list[Move]:
    found = [
        Move(case, name)
        for case in CASES.values()
        for name, field in case.kind.inputs().items()
        if field.has(marks.Immutable)
    ]
    return sorted(found, key=lambda move: move.field)


MOVES = _moves()
FORCED = [move for move in MOVES if move.field != "style_name"]
"""Those without an explicit name, which a forced replacement takes without more ado."""
every_move = pytest.mark.parametrize("move", MOVES, ids=[move.name for move in MOVES])


@dataclass
class Story:
    """One stack with a resource per kind and immutable field: made, replaced by the field, replaced by force."""

    state: dict[str, dict[str, Any]]
    made: list[Stored]
    plan: Plan
    moved: list[Stored]
    moved_state: dict[str, dict[str, Any]]
    moved_quiet: Outcome
    forced: list[Stored]
    forced_state: dict[str, dict[str, Any]]
    forced_quiet: Outcome
    left: list[str]


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Story:
    emulator = module_emulator.emulator
    project = Project(engine, tmp_path_factory.mktemp("replace"), module_emulator)
    project.declare(*(move.before() for move in MOVES))
    project.up()
    state, made = project.state(), emulator.objects
    speed = next(item for item in made if item.bucket.startswith("by-queue-id") and "SpeedTranscoding<" in item.xml)
    project.declare(*(move.after(NEW[move.field] or speed.id) for move in MOVES))
    plan = project.plan()
    project.up()
    moved, moved_state, moved_quiet = emulator.objects, project.state(), _preview(project)
    urns = [project.urn(move.before()) for move in FORCED]
    project.up(*(word for urn in urns for word in ("--replace", urn)))
    forced, forced_state, forced_quiet = emulator.objects, project.state(), _preview(project)
    project.destroy()
    left = names(objects(module_emulator, None))
    return Story(state, made, plan, moved, moved_state, moved_quiet, forced, forced_state, forced_quiet, left)


def _preview(project: Project) -> Outcome:
    return project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)


def _there(items: list[Stored], item: dict[str, Any], case: Case) -> list[Stored]:
    """What the server holds for a resource."""
    region, bucket, *rest = item["id"].split("/", 2)
    id = rest[0] if rest else case.edit["kind"]
    return [found for found in items if (found.region, found.bucket, found.id) == (region, bucket, id)]


def _on(items: list[Stored]) -> bool:
    return bool(items) and "off" not in {leaf.rpartition("=")[2] for leaf in leaves(items[0].xml)}


@every_move
def test_immutable_field_replaces(move: Move, story: Story) -> None:
    steps = story.plan.of(move.name)
    assert {"create-replacement", "replace", "delete-replaced"} & {step.op for step in steps}
    assert move.field in {reason for step in steps for reason in step.replaces}


@every_move
def test_new_one_is_there(move: Move, story: Story) -> None:
    item = story.moved_state[move.name]
    found = _there(story.moved, item, move.case)
    assert len(found) == 1
    assert declared(item)[move.field]
    assert move.case.lifecycle != "Switch" or _on(found)


@every_move
def test_old_one_is_gone(move: Move, story: Story) -> None:
    found = _there(story.moved, story.state[move.name], move.case)
    if move.case.lifecycle == "Adopted":
        made = _there(story.made, story.state[move.name], move.case)
        assert "<Name>queue-1</Name>" in found[0].xml, "the queue that was left was not restored"
        assert "<Name>media</Name>" in made[0].xml
    elif move.case.lifecycle == "Switch":
        assert not _on(found)
    else:
        assert found == []


def test_nothing_is_left_to_do_after_the_replacement(story: Story) -> None:
    assert story.moved_quiet.code == 0, story.moved_quiet.said


@pytest.mark.parametrize("move", FORCED, ids=[move.name for move in FORCED])
def test_forced_replacement_ends_with_one(move: Move, story: Story) -> None:
    before, after = story.moved_state[move.name], story.forced_state[move.name]
    found = _there(story.forced, after, move.case)
    assert len(found) == 1
    if move.case.lifecycle == "Collection":
        assert after["id"] != before["id"]
        assert _there(story.forced, before, move.case) == []
    else:
        assert after["id"] == before["id"]
    if move.case.lifecycle == "Switch":
        assert _on(found)
    if move.case.lifecycle == "Adopted":
        assert "<Name>media</Name>" in found[0].xml


def test_forced_replacement_doubles_nothing(story: Story) -> None:
    def count(items: list[Stored]) -> Counter[tuple[str, str, str]]:
        return Counter((item.bucket, item.region, item.kind) for item in items if item.kind != "queue")

    assert count(story.forced) == count(story.moved)


def test_nothing_is_left_to_do_after_the_forced_replacement(story: Story) -> None:
    assert story.forced_quiet.code == 0, story.forced_quiet.said


def test_destroy_leaves_nothing(story: Story) -> None:
    assert story.left == []


def test_forced_replacement_of_a_drifted_object(project: Project) -> None:
    thumbs = Resource("snapshot-template", "thumbs", {"count": 3, "width": 640})
    project.declare(thumbs)
    project.up()
    (made,) = objects(project.server)
    project.server.emulator.edit(BUCKET, REGION, "template", id=made.id, set={"Snapshot/Width": "320"})
    project.up("--target-replace", project.urn(thumbs))
    (replaced,) = objects(project.server)
    assert replaced.id != made.id
    assert "<Width>640</Width>" in replaced.xml
    project.quiet()


def test_explicit_names_and_forced_replacement(project: Project) -> None:
    thumbs = Resource("snapshot-template", "thumbs", {"name": "fixed", "count": 3})
    style = Resource("image-style", "style", {"style_name": "card", "style_body": "imageMogr2/thumbnail/1x"})
    urns = [word for resource in (thumbs, style) for word in ("--replace", project.urn(resource))]
    project.declare(thumbs, style)
    project.up()
    made = {item.kind: item for item in objects(project.server)}
    before = project.state()
    refused = project.up("--continue-on-error", *urns, code=1)
    for kind, id in (("SnapshotTemplate fixed", made["template"].id), ("ImageStyle card", "card")):
        assert f"{kind} exists already in {REGION}/{BUCKET} with id {id}" in refused.flat()
    assert refused.flat().count("set delete_before_replace=True in its options") >= 2
    assert {item.kind: item for item in objects(project.server)} == made
    assert project.state() == before
    options = {"delete_before_replace": True}
    project.declare(*(Resource(r.slug, r.name, r.properties, options) for r in (thumbs, style)))
    project.up(*urns)
    after = {item.kind: item for item in objects(project.server)}
    assert sorted(item.name for item in after.values()) == ["card", "fixed"]
    assert after["template"].id != made["template"].id
    project.quiet()
