"""Runs: started once, never twice by doubt; watched on request; no refresh runs one again; cancelled or forgotten."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from world import BUCKET, REGION, World

from pulumi_ci.api.errors import CiError
from pulumi_ci.lifecycle.action import verdict
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.kind import Kind, kind_of

JOB, EXECUTION = kind_of("batch-job"), kind_of("workflow-execution")
INFO = {"type": "Job", "input": {"prefix": "in/"}, "tag": "MediaInfo", "queue_id": "p1"}
RUN = {"workflow_id": "w1", "object": "in/a.mp4"}
KINDS = pytest.mark.parametrize(("kind", "properties"), [(JOB, INFO), (EXECUTION, RUN)], ids=["job", "execution"])
READS = {"run_ends": "after-reads", "references": "free"}


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


def choose(world: World, **choices: Any) -> None:
    world.emulator.choices = world.emulator.choices.changed(choices)


def start(world: World, kind: type[Kind], properties: dict[str, Any], **more: Any) -> Stored:
    stored: Stored = world.lifecycle(kind).create(world.inputs(kind, {**properties, **more}))
    return stored


def started(world: World) -> int:
    return len([request for request in world.sent("POST") if request.status == 200])


def local(stored: Stored) -> str:
    return stored.id.split("/", 2)[2]


@KINDS
def test_start_once_and_tell_how_it_went(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    stored = start(world, kind, properties)
    assert stored.id.startswith(f"{REGION}/{BUCKET}/{'b' if kind is JOB else 'i'}")
    assert stored.outs["state"] == "Success"
    assert started(world) == 1
    before = len(world.emulator.requests)
    assert world.lifecycle(kind).read(stored.id, stored.outs) == stored
    assert len(world.emulator.requests) == before, "what has ended is not asked for again"


def test_job_tells_its_times_and_execution_its_tasks(world: World) -> None:
    job = start(world, JOB, INFO).outs
    assert job["creation_time"] <= job["start_time"] <= job["end_time"]
    assert job["code"] == "Success"
    workflow = kind_of("workflow")
    nodes = {"Start": {"type": "Start", "object_prefix": "in/"}, "MediaInfo_1": {"type": "MediaInfo"}}
    edges = {"Start": ["MediaInfo_1"], "MediaInfo_1": ["End"]}
    made = start(world, workflow, {"name": "flow", "nodes": nodes, "dependencies": edges})
    outs = start(world, EXECUTION, {"workflow_id": local(made), "object": "in/a b.mp4"}).outs
    assert outs["workflow_name"] == "flow"
    assert [(task["type"], task["name"], task["state"]) for task in outs["tasks"]] == [
        ("MediaInfo", "MediaInfo_1", "Success")
    ]


def test_time_not_reached_is_left_out(world: World) -> None:
    choose(world, **READS)
    outs = start(world, JOB, INFO).outs
    assert outs["state"] == "Submitted"
    assert not {"start_time", "end_time"} & outs.keys()


@KINDS
def test_state_moves_on_without_drift(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    choose(world, run_length=2, **READS)
    stored = start(world, kind, properties)
    states = [stored.outs["state"]]
    for _ in range(3):
        seen = world.lifecycle(kind).read(stored.id, stored.outs)
        assert seen is not None
        assert seen.inputs == stored.inputs
        assert not diff(kind, seen.outs, stored.inputs)
        states.append(seen.outs["state"])
        stored = seen
    assert states[0] in ("Submitted", "Running")
    assert states[-1] == "Success"


def test_what_the_service_echoes_otherwise_is_no_drift(world: World) -> None:
    choose(world, **READS)
    stored = start(world, JOB, INFO)
    world.emulator.edit(BUCKET, REGION, "job", id=local(stored), set={"Operation/TimeInterval/End": "2024-01-01"})
    seen = world.lifecycle(JOB).read(stored.id, stored.outs)
    assert seen is not None
    assert seen.inputs == stored.inputs


@KINDS
@pytest.mark.parametrize("missing", ["listed", "error"])
def test_run_that_is_gone_is_kept(
    world: World, caplog: pytest.LogCaptureFixture, kind: type[Kind], properties: dict[str, Any], missing: str
) -> None:
    choose(world, missing_job=missing, **READS)
    stored = start(world, kind, properties)
    world.emulator.edit(BUCKET, REGION, "job" if kind is JOB else "execution", id=local(stored), delete=True)
    assert world.lifecycle(kind).read(stored.id, stored.outs) == stored
    assert "its last state is kept" in caplog.text
    assert world.lifecycle(kind).read(stored.id, {}) is None, "nothing to import"
    world.lifecycle(kind).delete(stored.id, stored.outs)


@KINDS
def test_look_up_by_id_tells_the_inputs(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    stored = start(world, kind, properties)
    found = world.lifecycle(kind).read(stored.id, {})
    assert found is not None
    assert {name: found.inputs[name] for name in properties} == properties
    assert found.outs["state"] == "Success"


# -- started once -----------------------------------------------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("effect", ["drop", "truncate", "garbage"])
def test_lost_answer_starts_no_second_run(
    world: World, kind: type[Kind], properties: dict[str, Any], effect: Any
) -> None:
    start(world, kind, properties, name="same")  # one of the same words is there already
    world.emulator.faults.add(effect, method="POST", times=1)
    stored = start(world, kind, properties, name="same")
    assert started(world) == 2
    runs = [item.id for item in world.emulator.objects]
    assert len(runs) == 2
    assert local(stored) == runs[1]


@KINDS
def test_start_that_never_arrived_is_tried_again(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    older = start(world, kind, properties, name="same")  # the list shows it, so it would show a new one too
    world.emulator.faults.add("reset", method="POST", times=1)
    stored = start(world, kind, properties, name="same")
    assert [item.id for item in world.emulator.objects] == [local(older), local(stored)]


@KINDS
def test_list_that_shows_nothing_at_all_starts_no_second_run(
    world: World, kind: type[Kind], properties: dict[str, Any]
) -> None:
    """It counts nothing, so an answer without a run does not say that there is none; runs are billed."""
    world.emulator.faults.add("reset", method="POST", times=1)
    with pytest.raises(CiError, match="the run may have been started"):
        start(world, kind, properties)
    assert len(world.sent("POST")) == 1
    stored = start(world, kind, properties)
    assert [item.id for item in world.emulator.objects] == [local(stored)]


@KINDS
def test_doubt_that_cannot_be_cleared_is_an_error(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    world.emulator.faults.add("drop", method="POST", times=1)
    path = kind.api.path  # type: ignore[union-attr]
    world.emulator.faults.add("error", method="GET", path=f"^{path}", nth=2, times=1, status=403, code="AccessDenied")
    with pytest.raises(CiError, match="the run may have been started"):
        start(world, kind, properties)
    assert len(world.emulator.objects) == 1


def test_refused_start_is_an_error(world: World) -> None:
    choose(world, references="checked")
    with pytest.raises(CiError, match="no workflow w1"):
        start(world, EXECUTION, RUN)
    assert world.emulator.objects == []


@pytest.mark.parametrize("padded", ["run-id", "padded"])
def test_instance_id_is_the_run_id(world: World, padded: str) -> None:
    choose(world, instance_id=padded)
    stored = start(world, EXECUTION, RUN)
    assert not stored.id.endswith("=")
    assert stored.outs["state"] == "Success"


def test_run_can_be_taken_over(world: World) -> None:
    first = start(world, JOB, INFO)
    taken = world.lifecycle(JOB).create(world.inputs(JOB, INFO), local(first))
    assert taken.id == first.id
    assert started(world) == 1
    with pytest.raises(CiError, match="no bnone"):
        world.lifecycle(JOB).create(world.inputs(JOB, INFO), "bnone")


def test_task_without_parameters_has_an_empty_block(world: World) -> None:
    start(world, JOB, INFO)
    assert "<JobParam></JobParam>" in world.sent("POST")[0].body
    start(world, JOB, {"type": "Workflow", "input": {"object": "in/a.mp4"}, "workflow_id": "w1"})
    assert "JobParam" not in world.sent("POST")[1].body


# -- run again --------------------------------------------------------------------------------------------------------


@KINDS
def test_changed_trigger_runs_again(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    old = world.inputs(kind, {**properties, "triggers": {"version": "1"}})
    new = world.inputs(kind, {**properties, "triggers": {"version": "2"}}, olds=old)
    assert diff(kind, old, new).replaces == ("triggers",)
    assert not world.lifecycle(kind).delete_before_replace
    lifecycle = world.lifecycle(kind)
    first, second = lifecycle.create(old), lifecycle.create(new)
    assert first.id != second.id
    lifecycle.delete(first.id, first.outs)
    assert started(world) == 2


@KINDS
def test_waiting_alone_is_no_change(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    old = world.inputs(kind, properties)
    new = world.inputs(kind, {**properties, "wait": True, "wait_seconds": 5}, olds=old)
    assert not diff(kind, old, new)


# -- waiting ----------------------------------------------------------------------------------------------------------


@KINDS
def test_waits_for_the_end(
    world: World, caplog: pytest.LogCaptureFixture, kind: type[Kind], properties: dict[str, Any]
) -> None:
    caplog.set_level(logging.INFO, "pulumi_ci")
    choose(world, run_length=6, **READS)
    stored = start(world, kind, properties, wait=True)
    assert stored.outs["state"] == "Success"
    assert world.slept[:4] == [1.0, 2.0, 4.0, 8.0]
    assert verdict(kind, stored.outs) is None
    said = [record.message for record in caplog.records if record.name == "pulumi_ci"]
    assert [line.rpartition(": ")[2] for line in said][-2:] == ["Running", "Success"]


@KINDS
def test_failed_run_is_kept(
    world: World, caplog: pytest.LogCaptureFixture, kind: type[Kind], properties: dict[str, Any]
) -> None:
    choose(world, run_end="Failed", run_length=1, **READS)
    stored = start(world, kind, properties, wait=True)
    assert stored.outs["state"] == "Failed"
    trouble = verdict(kind, stored.outs)
    assert trouble is not None
    assert "ended as Failed" in trouble
    assert "change `triggers`" in trouble
    assert trouble in caplog.text
    assert ("asked to fail it" in trouble) == (kind is JOB)


@KINDS
def test_time_that_runs_out_keeps_the_run(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    choose(world, run_length=1000, **READS)
    stored = start(world, kind, properties, wait=True, wait_seconds=20)
    assert sum(world.slept) == 20
    assert stored.outs["state"] == "Running"
    assert "has not ended; it was Running" in str(verdict(kind, stored.outs))


def test_waiting_survives_a_service_that_stumbles(world: World, caplog: pytest.LogCaptureFixture) -> None:
    choose(world, run_length=2, **READS)
    world.emulator.faults.add("error", method="GET", path="/b", status=500, times=7)
    assert start(world, JOB, INFO, wait=True).outs["state"] == "Success"
    assert "waiting goes on" in caplog.text


def test_waiting_ends_where_reading_is_refused(world: World, caplog: pytest.LogCaptureFixture) -> None:
    choose(world, run_length=2, **READS)
    world.emulator.faults.add("error", method="GET", path="/b", status=403, code="AccessDenied")
    assert start(world, JOB, INFO, wait=True).outs["state"] == "Submitted"
    assert "waiting ends here" in caplog.text


def test_run_whose_first_look_fails_is_kept(world: World) -> None:
    world.emulator.faults.add("error", method="GET", path="/workflowexecution/i", status=404, code="ResourceNotFound")
    stored = start(world, EXECUTION, RUN)
    assert [item.id for item in world.emulator.objects] == [local(stored)]
    assert "state" not in stored.outs
    assert "nobody told" in str(verdict(EXECUTION, stored.outs))


# -- destroyed --------------------------------------------------------------------------------------------------------


def test_job_that_runs_is_cancelled(world: World) -> None:
    choose(world, **READS)
    stored = start(world, JOB, INFO)
    world.lifecycle(JOB).delete(stored.id, stored.outs)
    assert [request.query for request in world.sent("PUT")] == ["cancel"]
    assert "<State>Cancel</State>" in world.emulator.objects[0].xml


@KINDS
def test_run_that_has_ended_is_forgotten(world: World, kind: type[Kind], properties: dict[str, Any]) -> None:
    stored = start(world, kind, properties)
    before = len(world.emulator.requests)
    world.lifecycle(kind).delete(stored.id, stored.outs)
    world.lifecycle(kind).delete(stored.id, {**stored.outs, "state": "Running"})
    assert world.sent("PUT") == []
    assert len(world.emulator.requests) == before + 1


def test_execution_that_runs_is_forgotten_with_a_warning(world: World, caplog: pytest.LogCaptureFixture) -> None:
    choose(world, **READS)
    stored = start(world, EXECUTION, RUN)
    world.lifecycle(EXECUTION).delete(stored.id, stored.outs)
    assert "no call cancels it" in caplog.text
    assert world.sent("PUT", "DELETE") == []
