"""A run is killed while it has a workflow paused: whatever the next plain `up` is for, it sets it running again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from acceptance.stack import BUCKET, REGION, Outcome, Project, Resource, leaves, objects
from acceptance.strange import Ask, Held, StrangeServer, served
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "covers/${Number}.jpg"}
FLOW = Resource(
    "workflow",
    "flow",
    {
        "state": "Active",
        "nodes": {
            "Start": {"type": "Start", "object_prefix": "one/"},
            "SmartCover_a": {"type": "SmartCover", "output": OUTPUT},
        },
        "dependencies": {"Start": ["SmartCover_a"], "SmartCover_a": ["End"]},
    },
)
PREFIX = "nodes.Start.object_prefix"


@dataclass
class Ending:
    """How it is after a killed run and the next one."""

    paused: bool
    """Whether the kill left it paused."""
    next: Outcome
    state: str
    prefix: str


def _flow(server: StrangeServer) -> tuple[str, str]:
    """State and prefix."""
    (flow,) = objects(server)
    found = dict(leaf.split("=", 1) for leaf in leaves(flow.xml))
    body = "/Request/MediaWorkflow"
    return found[f"{body}/State"], found[f"{body}/Topology/Nodes/Start/Input/ObjectPrefix"]


def _killed(project: Project, server: StrangeServer, *arguments: str) -> bool:
    """Kills a run at the first change of a workflow that is paused already. Returns whether it stays paused."""

    def picks(ask: Ask) -> bool:
        change = ask.method == "DELETE" or ask.matches("PUT", "^/workflow/[^?]*$")
        return change and any("<State>Paused" in item.xml for item in objects(server))

    held = Held(picks)
    server.play(held)
    running = project.start(*arguments, "--yes", "--skip-preview")
    held.wait(running.running)
    running.kill()
    server.play(None)
    held.release()
    project.run("cancel", "--yes")
    return any("<State>Paused" in item.xml for item in objects(server))


@pytest.fixture(scope="module")
def endings(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ending]]:
    found = {}
    with served() as server:
        project = Project(engine, tmp_path_factory.mktemp("pause"), server)
        for name, words, wanted in (
            ("same-program", ("up",), "two/"),
            ("reverted-program", ("up",), "one/"),
            ("after-destroy", ("destroy",), "one/"),
        ):
            project.declare(FLOW)
            project.up("--refresh")
            assert _flow(server) == ("Active", "one/")
            project.declare(FLOW.changed({PREFIX: "two/"}))
            paused = _killed(project, server, *words)
            project.declare(FLOW.changed({PREFIX: wanted}))
            healed = project.up(code=None)
            found[name] = Ending(paused, healed, *_flow(server))
        yield found


@pytest.mark.parametrize("name", ["same-program", "reverted-program", "after-destroy"])
def test_the_next_up_sets_it_running(name: str, endings: dict[str, Ending]) -> None:
    ending = endings[name]
    assert ending.paused, "it was killed too late"
    assert ending.next.code == 0, ending.next.said
    assert ending.state == "Active", ending.next.said
    assert ending.prefix == ("two/" if name == "same-program" else "one/")
