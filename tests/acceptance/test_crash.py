"""The engine is killed between a create and the writing of the state: the next `up` takes its own object over."""

from __future__ import annotations

import time

import pytest

from acceptance.stack import Project, Resource, objects

pytestmark = pytest.mark.engine


def test_up_after_kill_makes_no_twin(project: Project) -> None:
    emulator = project.server.emulator
    project.declare(Resource("snapshot-template", "thumbs", {"count": 3, "width": 640}))
    fault = emulator.faults.add("delay", method="GET", path="[?&]ids=", delay=30, times=1)
    running = project.start("up", "--yes", "--skip-preview")
    deadline = time.monotonic() + 60
    while not fault.struck and running.running() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert fault.struck, "the read after the create never came"
    running.kill()
    emulator.faults.clear()
    (orphan,) = objects(project.server)
    assert project.state() == {}

    project.run("cancel", "--yes")
    healed = project.up()
    assert "an interrupted run had made it" in healed.flat()
    assert healed.sent("POST") == []
    assert objects(project.server) == [orphan]
    assert project.state()["thumbs"]["id"].endswith(f"/{orphan.id}")
    project.quiet()
