"""The workflows of the examples: what they may do, and every script of them run as it stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from acceptance.stack import Project, objects

from examples.runner import Job, Runner, load
from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.engine import ensure

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
DRIFT = EXAMPLES / "drift-in-ci/.github/workflows/drift.yml"
PROMOTE = EXAMPLES / "promote/.github/workflows/promote.yml"
Start = Callable[[str], tuple[Project, Runner, Path]]


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in load(workflow)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("workflow", [DRIFT, PROMOTE], ids=lambda path: path.stem)
def test_a_workflow_may_do_little_and_runs_what_it_names(workflow: Path) -> None:
    document = load(workflow)
    assert document["permissions"]["contents"] == "read"
    writes = {(workflow.stem, key) for p in permissions(document) for key, value in p.items() if value == "write"}
    assert writes <= {("drift", "issues"), ("promote", "pull-requests")}
    for step in steps(workflow):
        assert "run" in step or re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), step
        assert "${{" not in step.get("run", ""), "what an expression gives belongs into env, not into a script"
    assert all(job["timeout-minutes"] for job in document["jobs"].values())
    assert not any("secrets." in str(job.get("env")) for job in document["jobs"].values())


@pytest.mark.parametrize(
    ("job", "event", "runs"),
    [
        ("plan", {"action": "synchronize", "pull_request.head.repo.full_name": "me/media"}, True),
        ("plan", {"action": "opened", "pull_request.head.repo.full_name": "fork/media"}, False),
        ("plan", {"action": "closed", "pull_request.head.repo.full_name": "me/media"}, False),
        ("dev", {"action": "closed", "pull_request.merged": "true"}, True),
        ("dev", {"action": "closed", "pull_request.merged": "false"}, False),
        ("dev", {"action": "opened", "pull_request.merged": "false"}, False),
    ],
)
def test_who_gets_the_keys(job: str, event: dict[str, str], runs: bool) -> None:
    known = {f"github.event.{key}": value for key, value in event.items()} | {"github.repository": "me/media"}
    runner = Runner(Path(), {"PATH": ""}, known, Path())
    assert runner.holds(load(PROMOTE)["jobs"][job]["if"], Job()) is runs
    assert load(PROMOTE)["jobs"]["prod"]["needs"] == "dev"


def permissions(document: dict[Any, Any]) -> list[dict[str, str]]:
    jobs = document["jobs"].values()
    return [document["permissions"], *(job["permissions"] for job in jobs if "permissions" in job)]


@pytest.fixture
def start(tmp_path: Path, ci_emulator: Server) -> Start:
    """Makes a checkout of an example, the project in it, and a machine that runs its jobs."""

    def make(example: str) -> tuple[Project, Runner, Path]:
        project = Project(ensure(), tmp_path / "checkout", ci_emulator, init=False)
        shutil.rmtree(project.work)
        shutil.copytree(EXAMPLES / example, project.work)
        tools = tmp_path / "tools"
        tools.mkdir()
        shutil.copy(Path(__file__).with_name("gh"), tools)
        given = {**project.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        secrets = {"PULUMI_CONFIG_PASSPHRASE", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"}
        known = {f"secrets.{name}": given.pop(name) for name in secrets}
        known |= {"vars.PULUMI_BACKEND_URL": given.pop("PULUMI_BACKEND_URL"), "secrets.STATE_SECRET_ID": "unused"}
        known |= {"secrets.STATE_SECRET_KEY": "unused", "github.token": "a token", "github.repository": "me/media"}
        return project, Runner(project.work, given, known, tools), tools

    return make


@pytest.mark.engine
def test_the_nightly_job_tells_drift_keeps_its_status_and_minds_the_issue(start: Start, ci_emulator: Server) -> None:
    project, runner, tools = start("drift-in-ci")
    project.run("stack", "init", "dev")
    project.up()
    quiet = runner.run(DRIFT, "drift")
    assert (quiet.status, quiet.done) == (0, ["Install", "Compare", "Close the issue"]), quiet.said
    assert "in sync" in quiet.summary
    assert "drift/drift.html" in quiet.artifacts

    emulator, state = ci_emulator.emulator, project.state()
    region, bucket, thumbs = state["thumbs"]["id"].split("/")
    queue = state["queue"]["id"].split("/")[2]
    emulator.edit(bucket, region, "template", id=thumbs, set={"Snapshot/Width": "320"})
    emulator.edit(bucket, region, "queue", id=queue, set={"State": "Paused"})  # the file of rules lets that be
    for word in ("create", "edit"):
        found = runner.run(DRIFT, "drift")
        assert (found.status, found.failed) == (exit_codes.DIFFERENCE, "Compare"), found.said
        assert found.done == ["Install", "Compare", "Open or update the issue"]
        assert re.search(r"changed \| `SnapshotTemplate` .*`width` \| `640` \| `320`", found.summary)
        assert "| `state` |" not in found.summary
        assert b"width" in found.artifacts["drift/drift.html"]
        assert f"issue {word}" in (tools / "calls").read_text().splitlines()[-1]
        assert (tools / "body").read_text() == found.summary

    emulator.edit(bucket, region, "template", id=thumbs, set={"Snapshot/Width": "640"})
    again = runner.run(DRIFT, "drift")
    assert again.status == 0
    assert (tools / "calls").read_text().splitlines()[-1].startswith("issue close 7")

    runner.known["secrets.TENCENTCLOUD_SECRET_KEY"] = "wrong"
    refused = runner.run(DRIFT, "drift")
    assert (refused.status, refused.done) == (exit_codes.CREDENTIALS, ["Install", "Compare"]), refused.said


@pytest.mark.engine
def test_what_a_pull_request_showed_is_what_prod_gets(start: Start, ci_emulator: Server) -> None:
    project, runner, tools = start("promote")
    for stack in ("dev", "prod"):
        project.run("stack", "init", stack)
    opened = {"action": "opened", "pull_request.head.repo.full_name": "me/media", "pull_request.number": "5"}
    merged = {"action": "closed", "pull_request.merged": "true", "pull_request.head.sha": "abc"}

    def happens(event: dict[str, str]) -> None:
        runner.known |= {f"github.event.{key}": value for key, value in event.items()}

    def planned() -> str:
        happens(opened)
        job = runner.run(PROMOTE, "plan")
        assert job.status == 0, job.said
        (tools / "plan.json").write_bytes(job.artifacts["plan/plan.json"])
        assert (tools / "body").read_text() == job.summary
        return job.summary

    def goes_out() -> None:
        happens(merged)
        for name in ("dev", "prod"):
            job = runner.run(PROMOTE, name)
            assert job.status == 0, job.said

    assert "5 to add" in planned()
    assert objects(ci_emulator, bucket=None) == []
    goes_out()

    file = project.work / "media.yaml"
    file.write_text(file.read_text().replace("count: 6", "count: 8"))
    project.run("config", "set", "--stack", "prod", "width", "1920")
    said = planned()
    assert "| ~ | thumbs | ci:SnapshotTemplate | `count` | `6` | `8` |" in said
    assert re.search(r"width *: 1280 => 1920", said)  # a value of the stack, which the comparison leaves open
    goes_out()
    held = {item.bucket: item.xml for item in objects(ci_emulator, bucket=None) if item.name.startswith("thumbs-")}
    assert "<Count>8</Count>" in held["media-dev-1250000000"]
    assert "<Width>640</Width>" in held["media-dev-1250000000"]
    assert "<Count>8</Count>" in held["media-1250000000"]
    assert "<Width>1920</Width>" in held["media-1250000000"]

    file.write_text(file.read_text().replace("time_interval: 10", "time_interval: 20"))
    planned()
    file.write_text(file.read_text().replace("count: 8", "count: 9"))  # merged, and not in the plan
    happens(merged)
    refused = runner.run(PROMOTE, "prod")
    assert (refused.failed, "violates plan" in refused.said) == ("Update", True), refused.said

    (thumbs,) = (item for item in objects(ci_emulator, "media-1250000000", "ap-shanghai") if item.kind == "template")
    ci_emulator.emulator.edit(thumbs.bucket, thumbs.region, "template", id=thumbs.id, set={"Snapshot/Count": "3"})
    happens(opened)
    drifted = runner.run(PROMOTE, "plan")
    assert (drifted.status, drifted.failed) == (exit_codes.DIFFERENCE, "Plan")
    assert "`count`" in drifted.summary
