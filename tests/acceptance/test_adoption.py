"""A bucket that others filled is taken over by the real engine without a single write, and nothing is left to do."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from conftest import BUCKET, REGION, Sdk

from acceptance.command import ci
from acceptance.conftest import NewProject
from acceptance.foreign_bucket import UNDECLARABLE, fill
from acceptance.stack import Project
from pulumi_ci.emulator import Server

pytestmark = pytest.mark.engine

LIVE = f"live:{REGION}/{BUCKET}"
IMPORT = ("import", "--file", "import.json", "--generate-code=false", "--protect=false", "--yes")


@pytest.fixture
def project(new_project: NewProject, sdk: Sdk, ci_emulator: Server) -> Project:
    """An empty project beside the bucket."""
    fill(sdk(), ci_emulator, REGION, BUCKET)
    ci_emulator.emulator.forget_requests()
    return new_project(name="shop", init=False)


def entries(project: Project) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((project.work / "import.json").read_text())["resources"]
    return found


def test_a_bucket_is_taken_over_without_a_write(project: Project, ci_emulator: Server) -> None:
    words = ("--program", "__main__.py", "--values", "Pulumi.dev.yaml", "--project", "shop", "--force")
    said = ci(project, "import", LIVE, *words, code=1).said
    assert f"left out: {UNDECLARABLE} " in said
    assert said.count("left out: ") == 1
    kinds = Counter(entry["type"].rpartition(":")[2] for entry in entries(project))
    assert kinds.total() >= 200
    assert len(kinds) >= 18
    assert kinds["MediaQueue"] == kinds["DocumentQueue"] == 1
    assert "PictureQueue" not in kinds
    assert len({entry["name"] for entry in entries(project)}) == kinds.total()
    program = (project.work / "__main__.py").read_text()
    assert "t1" + entries(project)[-1]["id"].rsplit("/t1", 1)[-1] not in program

    project.run("stack", "init", "dev")
    project.run(*IMPORT, limit=300)
    project.run("preview", "--expect-no-changes", "--diff")
    project.quiet()
    assert {request.method for request in ci_emulator.emulator.requests} == {"GET"}
    assert len(project.state()) == kinds.total()


PROGRAM = """\
import pulumi_ci as ci

ci.ImageStyle("头图_1", style_name="头图_1", style_body="imageMogr2/thumbnail/101x/quality/85")
ci.Hotlink("links", type="white", url=["www.a.com"])
callback = {"state": "On", "event": ["TaskFinish", "WorkflowFinish"], "type": "Url", "url": "https://old.example.com/done"}
ci.MediaQueue("queue", name="队列", notify_config=callback)
"""


def test_a_program_of_ones_own_takes_over_what_it_declares(project: Project, ci_emulator: Server) -> None:
    project.program(PROGRAM)
    project.config = {"ci:region": REGION, "ci:bucket": BUCKET}
    project.init()
    project.run("preview", "--import-file", "skeleton.json")
    assert "3 resources" in ci(project, "import", LIVE, "--skeleton", "skeleton.json").said
    assert {entry["name"] for entry in entries(project)} == {"头图_1", "links", "queue"}
    project.run(*IMPORT)
    project.run("preview", "--expect-no-changes", "--diff")
    project.quiet()
    assert {request.method for request in ci_emulator.emulator.requests} == {"GET"}
    assert len(project.state()) == 3
