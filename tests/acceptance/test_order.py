"""The binding and services of a bucket come first without `depends_on`, in a cloud that needs them, with an engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project, Resource, objects
from pulumi_ci.emulator import Choices, Server

pytestmark = pytest.mark.engine

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FIRST = next(text for text in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "BucketBinding" in text)
MANY = """
import pulumi_ci as ci
import pulumi

ci.BucketBinding("binding")
ci.MediaService("media")
ci.SpeechService("speech")
ci.AiRecognitionService("ai")
ci.Hotlink("hotlink", type="white", url=["a.example"])
for number in range(3):
    ci.ImageStyle(f"style-{number}", style_body=f"imageMogr2/rotate/{90 * number}")
    ci.SnapshotTemplate(f"thumbs-{number}", count=3 + number)
ci.MediaQueue("queue", name="media", on_delete="restore")
ci.SpeechQueue("asr", name="speech", on_delete="restore")
"""


@pytest.fixture
def strict(ci_emulator: Server) -> Server:
    """A cloud in which nothing of a bucket works before it is bound, or after it is unbound."""
    ci_emulator.emulator.choices = Choices(binding_required="on")
    return ci_emulator


def settings(server: Server) -> list[str]:
    """What is left of a bucket but for its queues, which nobody makes or deletes."""
    return [f"{item.kind} {item.name}" for item in objects(server) if item.kind != "queue" and ">off<" not in item.xml]


@pytest.mark.parametrize("program", [FIRST, MANY], ids=["readme", "many"])
def test_a_program_without_depends_on_lives_and_dies_in_a_bucket_that_must_be_bound(
    project: Project, strict: Server, program: str
) -> None:
    assert "depends_on" not in program
    project.program(program)
    project.up()
    project.quiet()
    done = project.destroy()
    assert settings(strict) == []
    assert not [item for item in objects(strict) if item.kind == "queue" and "queue-" not in item.xml], "put back"
    unbound = [index for index, call in enumerate(done.calls) if call.query == "unbind"]
    assert unbound, "the binding was ours"
    writes = [index for index, call in enumerate(done.calls) if call.method != "GET"]
    assert unbound[0] == writes[-1], "and it goes last"


BINDING = Resource("bucket-binding", "binding", {})
STYLE = Resource("image-style", "style", {"style_body": "imageMogr2/rotate/90"})
THUMBS = Resource("snapshot-template", "thumbs", {"count": 3})


def test_what_depends_on_a_binding_that_is_replaced_or_refreshed_stays_as_it_is(
    project: Project, strict: Server
) -> None:
    """Only a property that comes from a replaced resource can replace another one."""
    project.declare(BINDING, STYLE, THUMBS)
    project.up()
    ids = {name: item["id"] for name, item in project.state().items()}
    dependencies = {name: item.get("dependencies") for name, item in project.state().items()}
    assert dependencies == {"binding": None, "style": [project.urn(BINDING)], "thumbs": [project.urn(BINDING)]}
    plan = project.plan("--replace", project.urn(BINDING))
    assert plan.of("style") == plan.of("thumbs") == []
    assert [step.op for step in plan.of("binding")] == ["replace"]
    project.up("--replace", project.urn(BINDING))
    assert {name: item["id"] for name, item in project.state().items()} == ids
    strict.emulator.edit(BUCKET, REGION, "binding", status="off")
    strict.emulator.edit(BUCKET, REGION, "binding", status="on")
    project.quiet()
    project.destroy()
    assert settings(strict) == []


def test_dependents_of_an_older_state_are_found_unchanged_and_learn_the_order(project: Project, strict: Server) -> None:
    """A stack that an earlier release made has no such dependencies in its state."""
    project.declare(BINDING)
    project.up()
    project.declare(STYLE, BINDING)  # declared before it, as if nothing was known of an order
    project.up()
    assert not project.state()["style"].get("dependencies")
    project.declare(BINDING, STYLE)
    assert not [step for step in project.plan().steps if step.op != "same"]
    project.up()
    assert project.state()["style"]["dependencies"] == [project.urn(BINDING)]
    project.destroy()
    assert settings(strict) == []


def test_a_bucket_that_two_stacks_share_outlives_the_first(new_project: NewProject, strict: Server) -> None:
    """Whoever switched it on leaves it on; changing that on what is live is an update that sends nothing."""
    first, second = new_project(name="first"), new_project(name="second")
    first.declare(BINDING, Resource("image-style", "one", {"style_body": "imageMogr2/rotate/90"}))
    first.up()
    shared = Resource("bucket-binding", "binding", {"on_delete": "leave"})
    first.declare(shared, Resource("image-style", "one", {"style_body": "imageMogr2/rotate/90"}))
    assert [step.op for step in first.plan().steps if step.op != "same"] == ["update"]
    assert {call.method for call in first.up().calls} <= {"GET"}
    second.declare(shared, Resource("image-style", "two", {"style_body": "imageMogr2/rotate/180"}))
    second.up()
    first.destroy()
    second.quiet()
    assert "binding binding" in settings(strict)
    second.destroy()
    assert settings(strict) == ["binding binding"]
