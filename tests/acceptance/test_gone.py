"""Answers that do not say so, and are not to be believed: "gone", "off" and "done" need evidence.

Whatever refresh, `up --refresh`, destroy and drift get to hear, what exists stays in the state, and what is not known
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from acceptance import strange
from acceptance.command import ci
from acceptance.stack import BUCKET, REGION, Outcome, Project, Resource, objects
from acceptance.strange import StrangeServer
from pulumi_ci.emulator.store import Stored
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "shots/${Number}.jpg"}
BINDING = Resource("bucket-binding", "binding", {})
BOUND = [
    Resource("hotlink", "hotlink", {"type": "white", "url": ["www.example.com"]}),
    Resource("image-style", "style", {"style_name": "card", "style_body": "imageMogr2/thumbnail/1x"}),
    Resource("snapshot-template", "thumbs", {"name": "fixed", "count": 3}),
    Resource("media-queue", "queue", {"name": "media", "on_delete": "restore"}),
    Resource(
        "workflow",
        "shots",
        {
            "nodes": {
                "Start": {"type": "Start", "object_prefix": "in/", "queue_id": "${queue.queue_id}"},
                "Snapshot_a": {"type": "Snapshot", "template_id": "${thumbs.template_id}", "output": OUTPUT},
            },
            "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
        },
    ),
]
"""One of each lifecycle that lives in a bucket."""
VOD = Resource("process-image-async-template", "small", {"name": "small", "encode_config": {"format": "PNG"}})
ALL = [BINDING, *BOUND, VOD]
CHANGES: dict[str, dict[str, Any]] = {
    "hotlink": {"url": ["cdn.example.com"]},
    "style": {"style_body": "imageMogr2/thumbnail/2x"},
    "thumbs": {"count": 4},
    "queue": {"name": "media-2"},
    "shots": {"nodes.Start.object_prefix": "upload/"},
    "small": {"name": "smaller"},
}
KINDS = {"binding": "binding", "hotlink": "hotlink", "queue": "queue", "style": "style", "template": "thumbs"}
KINDS |= {"workflow": "shots", "vod-template": "small"}
"""Logical name by the emulator's word for the kind."""
DRIFT_ERRORS = {3, 4, 9, 255}
"""Exit codes of `drift` that tell of a read that failed, and not of a difference."""


def _held(server: StrangeServer) -> list[Stored]:
    """What the cloud holds, with the queue as long as it has our name."""
    queues = [item for item in server.emulator.objects if item.kind == "queue" and item.name.startswith("media")]
    return [*objects(server, None), *queues]


def _ids(state: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: str(item["id"]) for name, item in state.items()}


class Standing:
    """A stack that stands, as good as new for each test."""

    def __init__(self, engine: Engine, folders: Iterator[Any], server: StrangeServer) -> None:
        self._engine, self._folders, self.server = engine, folders, server
        self.project: Project | None = None
        self.ids: dict[str, str] = {}
        self.objects: list[Stored] = []

    def renewed(self) -> Project:
        """The project; made anew when a test before has damaged its state or the cloud."""
        self.server.play(None)
        if self.project is None or (_held(self.server), _ids(self.project.state())) != (self.objects, self.ids):
            self.server.emulator.reset()
            self.project = Project(self._engine, next(self._folders), self.server)
            self.project.declare(*ALL)
            self.project.up()
            self.ids, self.objects = _ids(self.project.state()), _held(self.server)
            assert sorted(KINDS[item.kind] for item in self.objects) == sorted(self.ids)
        self.project.declare(*ALL)
        return self.project


@pytest.fixture(scope="module")
def standing(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with strange.served() as server:
        yield Standing(engine, iter(lambda: tmp_path_factory.mktemp("gone"), None), server)


@pytest.fixture
def project(standing: Standing) -> Iterator[Project]:
    yield standing.renewed()
    standing.server.play(None)


def refresh(project: Project) -> Outcome:
    return project.run("refresh", "--yes", "--skip-preview", code=None)


def up_with_refresh(project: Project) -> Outcome:
    return project.up("--refresh", code=None)


def up_with_changes(project: Project) -> Outcome:
    project.declare(*(resource.changed(CHANGES.get(resource.name, {})) for resource in ALL))
    return project.up("--continue-on-error", code=None)


def destroy(project: Project) -> Outcome:
    return project.run("destroy", "--yes", "--skip-preview", code=None)


def drift(project: Project) -> Outcome:
    return ci(project, "drift", "stack:dev", code=None)


READS = {
    "empty-404": strange.reads(strange.empty_404),
    "bare-envelope": strange.reads(strange.bare),
    "error-in-200": strange.reads(strange.error_in_200),
    "unknown-status": strange.status("frozen"),
}
"""Answers to reads."""
ANY = {
    "empty-404": strange.empty_404,
    "error-in-200": strange.error_in_200,
    "empty-200-to-writes": strange.writes(strange.empty_200),
}
"""Answers to everything."""


@pytest.mark.parametrize("operation", [refresh, up_with_refresh, drift])
@pytest.mark.parametrize("answer", READS)
def test_what_is_not_known_is_neither_gone_nor_off(
    answer: str, operation: Callable[[Project], Outcome], project: Project, standing: Standing
) -> None:
    standing.server.play(READS[answer])
    said = operation(project)
    standing.server.play(None)
    lost = standing.ids.keys() - project.state().keys()
    assert lost == set(), f"{sorted(lost)} left the state; exit code {said.code}"
    assert _ids(project.state()) == standing.ids
    assert _held(standing.server) == standing.objects, f"the cloud was changed:\n{said.said}"
    if operation is drift:
        assert said.code in DRIFT_ERRORS, f"exit code {said.code}:\n{said.said}"
        assert "is gone" not in said.said, said.said
    else:
        assert said.code != 0, said.said


@pytest.mark.parametrize("answer", ANY)
def test_destroy_forgets_nothing_that_is_there(answer: str, project: Project, standing: Standing) -> None:
    standing.server.play(ANY[answer])
    said = destroy(project)
    standing.server.play(None)
    lost = standing.ids.keys() - project.state().keys()
    assert lost == set(), f"{sorted(lost)} left the state and not the cloud; exit code {said.code}"
    assert said.code != 0, said.said
    assert _held(standing.server) == standing.objects


@pytest.mark.parametrize("answer", [name for name in READS if name != "unknown-status"])
def test_destroy_without_sight_forgets_nothing_that_is_there(answer: str, project: Project, standing: Standing) -> None:
    standing.server.play(READS[answer])
    said = destroy(project)
    standing.server.play(None)
    left = {KINDS[item.kind] for item in _held(standing.server)}
    lost = left - project.state().keys()
    assert lost == set(), f"{sorted(lost)} left the state and not the cloud; exit code {said.code}"
    assert said.code != 0 or not left, said.said


def test_a_write_that_a_stranger_took_is_not_done(project: Project, standing: Standing) -> None:
    before = project.state()
    standing.server.play(strange.writes(strange.empty_200))
    said = up_with_changes(project)
    standing.server.play(None)
    believed = [name for name, item in project.state().items() if item["inputs"] != before[name]["inputs"]]
    assert believed == [], f"taken for done; exit code {said.code}"
    assert said.code != 0
    assert _held(standing.server) == standing.objects


def test_another_spelling_of_on_is_understood(project: Project, standing: Standing) -> None:
    standing.server.play(strange.status(" ON "))
    quiet = project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)
    found = drift(project)
    standing.server.play(None)
    assert quiet.code == 0, quiet.said
    assert found.code == 0, found.said


def test_a_bucket_that_somebody_unbinds_is_not_empty(project: Project, standing: Standing) -> None:
    emulator = standing.server.emulator
    emulator.choices = emulator.choices.changed({"binding_required": "on"})
    emulator.edit(BUCKET, REGION, "binding", status="off")
    held = _held(standing.server)
    bound = {resource.name for resource in BOUND}
    try:
        refreshed = refresh(project)
        lost = bound - project.state().keys()
        assert lost == set(), f"{sorted(lost)} left the state; exit code {refreshed.code}"
        assert refreshed.code != 0
        assert re.search(r"\bbind\b|BucketBinding|depends?_?\s?on", refreshed.flat()), refreshed.said
        found = drift(project)
        assert found.code in DRIFT_ERRORS, found.said
        destroyed = destroy(project)
        left = {KINDS[item.kind] for item in _held(standing.server)}
        lost = left - project.state().keys()
        assert lost == set(), f"{sorted(lost)} left the state and not the cloud; exit code {destroyed.code}"
        assert bound <= left, "it was bound again to be emptied"
        assert destroyed.code != 0
        assert [item for item in held if KINDS[item.kind] in bound] == [
            item for item in _held(standing.server) if KINDS[item.kind] in bound
        ]
        emulator.edit(BUCKET, REGION, "binding", status="on")
        project.destroy()
        assert _held(standing.server) == [item for item in _held(standing.server) if item.kind == "binding"]
    finally:
        emulator.choices = emulator.choices.changed({"binding_required": "off"})
