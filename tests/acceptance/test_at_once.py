"""Two that make the same object at the same moment: one of them has it in the end, the other one is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from acceptance.command import ci
from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Outcome, Resource, leaves, objects
from acceptance.strange import Meeting, StrangeServer

pytestmark = pytest.mark.engine

LIVE = f"live:{REGION}/{BUCKET}"
FLOW = """\
resources:
  flow:
    type: ci:Workflow
    properties:
      name: flow
      dependencies: {Start: [SmartCover_a], SmartCover_a: [End]}
      nodes:
        Start: {type: Start, object_prefix: in/}
        SmartCover_a:
          type: SmartCover
          output: {region: "${ci.region}", bucket: "${ci.bucket}", object: "covers/$${Number}.jpg"}
"""


def _both(*runs: Callable[[], Outcome]) -> list[Outcome]:
    """What comes of runs at the same time."""
    with ThreadPoolExecutor(len(runs)) as threads:
        return list(threads.map(lambda run: run(), runs))


def test_two_promotions_leave_one_workflow(new_project: NewProject, strange_server: StrangeServer) -> None:
    projects = [new_project(server=strange_server, init=False) for _ in range(2)]
    for project in projects:
        (project.work / "flow.yaml").write_text(FLOW)
    meeting = Meeting(lambda ask: ask.matches("POST", "^/workflow"))
    strange_server.play(meeting)
    runs = _both(
        *(lambda project=project: ci(project, "promote", "flow.yaml", LIVE, "--yes", code=None) for project in projects)
    )
    strange_server.play(None)
    said = "\n".join(run.said for run in runs)
    flows = [item for item in objects(strange_server) if item.kind == "workflow"]
    assert len(flows) == 1, f"{len(flows)} workflows, exit codes {[run.code for run in runs]}:\n{said}"
    assert "<State>Active" in flows[0].xml
    assert sum(run.code == 0 for run in runs) == 1, said
    (loser,) = [run for run in runs if run.code != 0]
    assert "flow" in loser.said
    assert "Traceback" not in loser.said
    again = ci(projects[0], "promote", "flow.yaml", LIVE, "--yes")
    assert "nothing to do" in again.said


def test_two_stacks_leave_one_owner_of_a_style(new_project: NewProject, strange_server: StrangeServer) -> None:
    stacks = [new_project(server=strange_server, name=name) for name in ("shop", "site")]
    for size, stack in enumerate(stacks, 1):
        body = f"imageMogr2/thumbnail/{size}x"
        stack.declare(Resource("image-style", "card", {"style_name": "card", "style_body": body}))
    meeting = Meeting(lambda ask: ask.matches("PUT", "[?]style"))
    strange_server.play(meeting)
    runs = _both(*(lambda stack=stack: stack.up(code=None) for stack in stacks))
    strange_server.play(None)
    assert meeting.met, "they did not meet"
    owners = [stack for stack in stacks if stack.state()]
    said = "\n".join(run.said for run in runs)
    assert len(owners) == 1, f"{len(owners)} own it, exit codes {[run.code for run in runs]}:\n{said}"
    (owner,) = owners
    loser = runs[1 - stacks.index(owner)]
    assert loser.code != 0
    assert "ImageStyle card" in loser.flat()
    (style,) = objects(strange_server)
    body = owner.state()["card"]["inputs"]["style_body"]
    assert f"/AddStyle/StyleBody={body}" in leaves(style.xml)
    owner.quiet()
