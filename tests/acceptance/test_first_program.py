"""README's first program on a bucket that must be bound first: one `up`, and `destroy` leaves nothing behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from acceptance.stack import Outcome, Project, objects
from pulumi_ci.emulator import Choices, Emulator, Server
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

README = Path(__file__).parents[2] / "README.md"


@dataclass
class Story:
    """The program made, run again only if that failed, and destroyed."""

    made: Outcome
    kinds: list[str]
    quiet: Outcome
    destroyed: Outcome
    left: list[str]
    queues: list[str]


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Story:
    program = re.search(r"## A first program\n+```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert program
    assert "depends_on" not in program[1], "it says nothing of an order"
    emulator = Emulator(choices=Choices(binding_required="on"))
    with Server(emulator) as server:
        project = Project(engine, tmp_path_factory.mktemp("order"), server)
        project.program(program[1])
        emulator.faults.add("delay", method="PUT", path="^/$", delay=1)  # the binding comes last, if it may
        made = project.up(code=None)
        if made.code:
            project.up()
        kinds = sorted(item.kind for item in objects(server))
        quiet = project.run("preview", "--refresh", "--expect-no-changes", "--diff", code=None)
        emulator.faults.clear()
        for method, path in (("DELETE", ""), ("PUT", "^/(queue|workflow)")):  # the unbinding comes first, if it may
            emulator.faults.add("delay", method=method, path=path, delay=1)
        destroyed = project.run("destroy", "--yes", "--skip-preview", code=None)
        left = [item.kind for item in objects(server)]
        queues = [item.name for item in emulator.objects if item.kind == "queue"]
    emulator.close()
    return Story(made, kinds, quiet, destroyed, left, queues)


def test_one_up_is_enough(story: Story) -> None:
    assert story.made.code == 0, story.made.said
    assert story.kinds == ["binding", "style", "template", "workflow"]
    assert story.quiet.code == 0, story.quiet.said


def test_destroy_leaves_nothing(story: Story) -> None:
    assert story.left == [], f"exit code {story.destroyed.code}"
    assert "queue-1" in story.queues, f"the queue still has our settings: {story.queues}"
    assert story.destroyed.code == 0, story.destroyed.said
