"""Runs through the real engine: started once, waited for, kept when they fail, run again on request, cancelled."""

from __future__ import annotations

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import Project, Resource
from pulumi_ci.emulator import Server

pytestmark = pytest.mark.engine

INFO = {"name": "all", "type": "Job", "input": {"prefix": "in/"}, "tag": "MediaInfo", "queue_id": "p1"}
JOB = Resource("batch-job", "all", INFO)
RUN = Resource("workflow-execution", "trial", {"workflow_id": "w1", "object": "in/a.mp4"})


def choose(project: Project, **choices: object) -> None:
    emulator = project.server.emulator
    emulator.choices = emulator.choices.changed({"references": "free", **choices})


def jobs(server: Server) -> int:
    return len([item for item in server.emulator.objects if item.kind == "job"])


def test_state_moves_on_and_a_refresh_is_quiet(project: Project) -> None:
    choose(project, run_ends="after-reads", run_length=2)
    project.declare(JOB, RUN)
    project.up()
    assert project.state()["all"]["outputs"]["state"] == "Submitted"
    for _ in range(3):
        project.quiet()
        project.run("refresh", "--yes", "--skip-preview")
    assert {item["outputs"]["state"] for item in project.state().values()} == {"Success"}
    again = project.up("--refresh")
    assert not [call for call in again.calls if call.method != "GET"]
    assert project.plan("--refresh").ops() == {"all": [], "trial": [], "acceptance-dev": []}


def test_run_that_fails_fails_the_program_and_is_kept(project: Project) -> None:
    choose(project, run_end="Failed")
    project.declare(JOB.changed({"wait": True}))
    failed = project.up(code=None)
    assert failed.code != 0
    assert "the run ended as Failed" in failed.flat()
    assert "Traceback" not in failed.said
    kept = project.state()["all"]
    assert kept["outputs"]["state"] == "Failed"
    again = project.up(code=None)
    assert again.code != 0
    assert jobs(project.server) == 1, "it is not started again by itself"
    choose(project, run_end="Success")
    project.declare(JOB.changed({"wait": True, "triggers": {"attempt": "2"}}))
    project.up()
    assert jobs(project.server) == 2
    assert project.state()["all"]["id"] != kept["id"]
    project.quiet()


def test_changed_trigger_starts_the_new_run_before_the_old_one_goes(project: Project) -> None:
    choose(project, run_ends="after-seconds", run_length=10_000)
    project.declare(JOB.changed({"triggers": {"version": "1"}}))
    project.up()
    project.declare(JOB.changed({"triggers": {"version": "2"}}))
    plan = project.plan()
    assert plan.of("all")[0].replaces == ("triggers",)
    done = project.up()
    assert [call.method for call in done.calls if call.method != "GET"] == ["POST", "PUT"]
    project.destroy()
    texts = [item.xml for item in project.server.emulator.objects if item.kind == "job"]
    assert len(texts) == 2
    assert all("<State>Cancel</State>" in text for text in texts)


def test_preview_runs_nothing(new_project: NewProject) -> None:
    project = new_project()
    choose(project)
    project.declare(JOB, RUN)
    assert not project.plan().outcome.sent("POST")
    assert project.server.emulator.objects == []


TASK = Resource(
    "process-image",
    "sharper",
    {
        "input_info": {
            "type": "AWS-S3",
            "s3_input_info": {
                "s3_bucket": "b",
                "s3_region": "us-east-1",
                "s3_object": "a.png",
                "s3_secret_id": "AKID-of-s3",
                "s3_secret_key": "key-of-s3",
            },
        },
        "encode_config": {"format": "WebP"},
        "wait": True,
    },
)


def test_a_task_of_mps_runs_once(project: Project) -> None:
    choose(project, run_ends="after-reads", run_length=2)
    project.declare(TASK)
    assert project.plan().outcome.calls == (), "a preview sends nothing"
    project.up()
    task = project.state()["sharper"]
    assert task["outputs"]["status"] == "FINISH"
    exported = project.export()
    assert "AKID-of-s3" not in exported
    assert "key-of-s3" not in exported
    emulator = project.server.emulator
    emulator.frozen = emulator.now() + 8 * 86400  # by now the service has forgotten it
    project.quiet()
    project.run("refresh", "--yes", "--skip-preview")
    assert project.up().calls == ()
    project.declare(TASK.changed({"triggers": {"version": "2"}}))
    project.up()
    again = project.state()["sharper"]
    assert again["id"] != task["id"]
    project.destroy()
    assert [call.action for call in emulator.requests].count("ProcessImage") == 2
