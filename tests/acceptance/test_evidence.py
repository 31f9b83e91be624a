"""Strange answers on the real engine: nothing leaves the state, nothing is forgotten, and what is not there is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from strange import BARE, Answer, Call, Strange, xml

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project, Resource, names, objects
from pulumi_ci.emulator import Choices, Server

pytestmark = pytest.mark.engine

AFTER = {"type": "white", "url": ["a.com"]}
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"}
FLOW = {
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "${thumbs.template_id}", "output": OUTPUT},
    },
}
RESOURCES = (
    Resource("bucket-binding", "binding", {}),
    Resource("hotlink", "hotlink", AFTER),
    Resource("media-service", "service", {}),
    Resource("snapshot-template", "thumbs", {"count": 3}),
    Resource("image-style", "card", {"style_name": "card", "style_body": "imageMogr2/rotate/90"}),
    Resource("media-queue", "queue", {"name": "media", "on_delete": "restore"}),
    Resource("workflow", "flow", FLOW),
    Resource("process-image-async-template", "picture", {"encode_config": {"format": "JPEG"}}),
)
NAMES = {resource.name for resource in RESOURCES}


@pytest.fixture
def strange() -> Iterator[Strange]:
    strange = Strange(choices=Choices(references="free"))
    yield strange
    strange.close()


@pytest.fixture
def project(new_project: NewProject, strange: Strange) -> Iterator[Project]:
    with Server(strange) as server:
        project = new_project(server=server)
        project.declare(*RESOURCES)
        project.up()
        assert project.state().keys() == NAMES
        yield project


STRANGE: dict[str, tuple[Any, Answer]] = {
    "empty 404 to reads": (lambda call: call.reads, Answer(404)),
    "empty 404 to all": (lambda call: True, Answer(404)),
    "nothing but a request id": (lambda call: call.reads and not call.action, xml(BARE)),
    "an error inside": (
        lambda call: not call.action,
        xml("<Response><RequestId>r</RequestId><Error><Code>InternalError</Code></Error></Response>"),
    ),
    "a page with escapes": (lambda call: True, Answer(404, {}, b"<html>\x1b]0;owned\x07\xc2\x9b31m</html>")),
    "a status that nobody knows": (lambda call: call.target == "/", xml("<CIStatus>ENABLED</CIStatus>")),
}
ALL_STRUCK = ("empty 404 to all", "an error inside", "a page with escapes")


def test_nothing_leaves_the_state_for_a_strange_answer(project: Project, strange: Strange) -> None:
    made = names(objects(project.server, None))
    before = project.state()
    for name, (pick, answer) in STRANGE.items():
        strange.gateway.strikes(pick, answer)
        for command in ("refresh", "destroy"):
            if command == "destroy" and name not in ALL_STRUCK:
                continue  # deletes are answered well then
            outcome = project.run(command, "--yes", "--skip-preview", code=None)
            assert outcome.code != 0, (name, command)
            assert project.state().keys() == NAMES, (name, command)
            assert names(objects(project.server, None)) == made, (name, command)
            assert all(line.isprintable() for line in outcome.said.replace("\t", " ").splitlines()), (name, command)
        strange.gateway.rule = None
    assert {n: item["outputs"] for n, item in project.state().items()} == {n: i["outputs"] for n, i in before.items()}
    project.quiet()
    project.destroy()
    assert objects(project.server, None) == []
    assert project.state() == {}


def test_writes_that_a_stranger_answers_are_not_believed(new_project: NewProject, strange: Strange) -> None:
    with Server(strange) as server:
        project = new_project(server=server)
        project.declare(*RESOURCES)
        strange.gateway.strikes(lambda call: not call.reads, Answer())
        assert project.up(code=None).code != 0
        assert project.state() == {}
        strange.gateway.rule = None
        project.up()
        project.quiet()
        strange.gateway.strikes(lambda call: not call.reads, Answer())
        assert project.run("destroy", "--yes", "--skip-preview", code=None).code != 0
        assert project.state().keys() == NAMES
        strange.gateway.rule = None
        project.destroy()
        assert objects(server, None) == []


def test_a_bucket_that_somebody_unbinds_loses_nothing(new_project: NewProject) -> None:
    with Server(Strange(choices=Choices(references="free", binding_required="on"))) as server:
        project = new_project(server=server)
        project.program(UNBOUND)
        project.up()
        known = project.state().keys()
        server.emulator.edit(BUCKET, REGION, "binding", status="off")
        for command in ("refresh", "destroy"):
            outcome = project.run(command, "--yes", "--skip-preview", "--target", "**card", code=None)
            assert outcome.code != 0
            assert "UnBinded" in outcome.said
            assert "declare its binding, or the service, before this resource or in its `depends_on`" in outcome.flat()
            assert project.state().keys() == known
        server.emulator.edit(BUCKET, REGION, "binding", status="on")
        project.up("--refresh")
        project.destroy()
        assert objects(server) == []
        (queue,) = [item for item in server.emulator.objects if item.name == "queue-1"]
        assert queue.kind == "queue"
        server.emulator.close()


UNBOUND = """
import pulumi, pulumi_ci as ci
after = pulumi.ResourceOptions(depends_on=[ci.BucketBinding("binding")])
ci.ImageStyle("card", style_name="card", style_body="imageMogr2/rotate/90", opts=after)
ci.SnapshotTemplate("thumbs", count=3, opts=after)
ci.MediaQueue("queue", name="media", on_delete="restore", opts=after)
ci.Hotlink("hotlink", type="white", url=["a.com"], opts=after)
"""


def test_swapped_answers_to_two_creates_leave_neither_orphan_nor_ghost(
    new_project: NewProject, strange: Strange
) -> None:
    both, answers = threading.Barrier(2), dict[bool, Answer]()

    def swapped(call: Call, ask: Any) -> Answer:
        is_first = b"first" in call.body
        answers[is_first] = ask()
        both.wait(60)
        return answers[not is_first]

    with Server(strange) as server:
        project = new_project(server=server)
        words = ({"name": "first", "count": 3}, {"name": "second", "count": 4})
        project.declare(*(Resource("snapshot-template", f"t-{word['name']}", word) for word in words))
        strange.gateway.strikes(lambda call: call.method == "POST", swapped)
        project.up()
        strange.gateway.rule = None
        there = {f"t-{item.name}": f"{REGION}/{BUCKET}/{item.id}" for item in objects(server)}
        assert {name: item["id"] for name, item in project.state().items()} == there
        project.quiet()
        project.destroy()
        assert objects(server) == []


GET = "import pulumi, pulumi_ci as ci\nfound = ci.{}\npulumi.export('name', found.id)\n"
MISSING = {
    'SnapshotTemplate.get("x", "ap-beijing/media-1250000000/t1none")': "there is no such object",
    'ImageStyle.get("x", "ap-beijing/media-1250000000/none")': "there is no such object",
    'Hotlink.get("x", "ap-beijing/media-1250000000")': "there is no such object",
    'Hotlink.get("x", "ap-beijing/media-1250000000/extra")': "does not have the form <region>/<bucket>",
    'MediaQueue.get("x", "ap-beijing/media-1250000000")': "does not have the form <region>/<bucket>/<id or name>",
    'vod.ProcessImageAsyncTemplate.get("x", "0/30999")': "there is no such object",
}


@pytest.mark.parametrize("call", MISSING)
def test_a_get_of_what_is_not_there_fails_the_program(new_project: NewProject, call: str) -> None:
    project = new_project()
    project.program(GET.format(call))
    for command in (["preview"], ["up", "--yes", "--skip-preview"]):
        outcome = project.run(*command, code=None)
        assert outcome.code != 0
        assert MISSING[call] in outcome.flat()


def test_a_get_of_what_is_there_goes_on_after_a_refresh(new_project: NewProject) -> None:
    project = new_project()
    project.declare(Resource("snapshot-template", "thumbs", {"name": "thumbs", "count": 3}))
    project.up()
    id = project.state()["thumbs"]["id"]
    other = new_project(name="other")
    other.program(GET.format(f'SnapshotTemplate.get("x", "{id}")').replace("found.id", "found.name"))
    other.up()
    other.run("refresh", "--yes", "--skip-preview")
    assert '"thumbs"' in other.run("stack", "output", "--json").said
    project.destroy()
    failed = other.up(code=None)
    assert failed.code != 0
    assert "there is no such object" in failed.flat()
