"""MPS tasks: started once and never twice by doubt; waited for on request; no refresh runs one again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from world import REGION, World

from pulumi_ci.api.errors import AccessDenied, ApiError, CannotTell, CiError, NoAnswer, NotSent, ServerFault
from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.action import verdict
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.lifecycle.observe import SECRET, hide
from pulumi_ci.model.kind import kind_of

KIND = kind_of("process-image")
SOURCE = {"bucket": "photos-1250000000", "region": "ap-shanghai", "object": "/in/a.png"}
TASK: dict[str, Any] = {
    "input_info": {"type": "COS", "cos_input_info": SOURCE},
    "output_dir": "/out/",
    "encode_config": {"format": "WebP"},
    "enhance_config": {"super_resolution": {"type": "hq"}},
}
S3 = {
    "s3_bucket": "b",
    "s3_region": "us-east-1",
    "s3_object": "a.png",
    "s3_secret_id": "AKID",
    "s3_secret_key": "hidden",
}
READS = {"run_ends": "after-reads"}


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


def choose(world: World, **choices: Any) -> None:
    world.emulator.choices = world.emulator.choices.changed(choices)


def start(world: World, **more: Any) -> Stored:
    return world.lifecycle(KIND).create(world.inputs(KIND, {**TASK, **more}))


def actions(world: World) -> list[str]:
    return [request.action for request in world.emulator.requests]


def read(world: World, stored: Stored) -> Stored:
    seen = world.lifecycle(KIND).read(stored.id, stored.outs)
    assert seen is not None
    return seen


def test_start_once_and_tell_what_came_out(world: World) -> None:
    stored = start(world)
    region, _, id = stored.id.partition("/")
    assert (region, [item.id for item in world.emulator.objects]) == (REGION, [id])
    assert stored.outs["status"] == "FINISH"
    assert "err_msg" not in stored.outs
    assert stored.outs["results"] == [
        {
            "status": "SUCCESS",
            "progress": 100,
            "path": "/out/a.webp",
            "bucket": "photos-1250000000",
            "region": "ap-shanghai",
        }
    ]
    assert actions(world) == ["ProcessImage", "DescribeImageTaskDetail"]
    assert read(world, stored) == stored
    assert len(actions(world)) == 2, "what has ended is not asked for again"


def test_what_is_sent(world: World) -> None:
    start(
        world,
        output_storage={"type": "COS", "cos_output_storage": {"bucket": "results-1250000000"}},
        triggers={"version": "1"},
        wait=True,
    )
    assert json.loads(world.emulator.requests[0].body) == {
        "InputInfo": {
            "Type": "COS",
            "CosInputInfo": {"Bucket": "photos-1250000000", "Region": "ap-shanghai", "Object": "/in/a.png"},
        },
        "OutputStorage": {"Type": "COS", "CosOutputStorage": {"Bucket": "results-1250000000"}},
        "OutputDir": "/out/",
        "ImageTask": {
            "EncodeConfig": {"Format": "WebP"},
            "EnhanceConfig": {"SuperResolution": {"Switch": "ON", "Type": "hq"}},
        },
    }


def test_status_moves_on_without_drift(world: World) -> None:
    choose(world, run_length=2, **READS)
    stored = start(world)
    states = [stored.outs["status"]]
    for _ in range(3):
        stored = read(world, stored)
        assert not diff(KIND, stored.outs, stored.inputs)
        states.append(stored.outs["status"])
    assert states == ["WAITING", "PROCESSING", "FINISH", "FINISH"]
    assert actions(world).count("ProcessImage") == 1


@pytest.mark.parametrize(
    "missing", ["ResourceNotFound.TaskNotFound", "FailedOperation.TaskNotFound", "InvalidParameterValue.TaskId"]
)
def test_task_that_the_service_forgot_is_kept(world: World, caplog: pytest.LogCaptureFixture, missing: str) -> None:
    choose(world, mps_missing=missing, **READS)
    world.emulator.frozen = 1_000_000.0
    stored = start(world)
    world.emulator.frozen += 8 * 86400
    assert read(world, stored) == stored
    assert "its last state is kept" in caplog.text
    assert world.lifecycle(KIND).read(stored.id, {}) is None, "nothing to look up"
    world.lifecycle(KIND).delete(stored.id, stored.outs)


def test_answer_without_a_status_is_no_state(world: World) -> None:
    choose(world, **READS)
    stored = start(world)
    nothing = '{"Response": {"Status": null, "CreateTime": null, "RequestId": "r"}}'
    world.emulator.faults.add("garbage", action="DescribeImageTaskDetail", body=nothing)
    with pytest.raises(CannotTell, match="a task without a status"):
        world.lifecycle(KIND).read(stored.id, stored.outs)


def test_a_refused_read_is_an_error(world: World) -> None:
    choose(world, **READS)
    stored = start(world)
    world.emulator.faults.add(
        "error", action="DescribeImageTaskDetail", status=200, code="UnauthorizedOperation", message="no"
    )
    with pytest.raises(AccessDenied):
        world.lifecycle(KIND).read(stored.id, stored.outs)
    world.emulator.faults.clear()
    world.emulator.faults.add("error", action="DescribeImageTaskDetail", status=200, code="FailedOperation")
    with pytest.raises(ApiError, match="FailedOperation"):
        world.lifecycle(KIND).read(stored.id, stored.outs)


def test_look_up_by_id_tells_what_the_service_knows(world: World) -> None:
    stored = start(world, input_info={"type": "AWS-S3", "s3_input_info": S3})
    found = world.lifecycle(KIND).read(stored.id, {})
    assert found is not None
    assert found.inputs["encode_config"] == TASK["encode_config"]
    assert "output_dir" not in found.inputs
    s3 = found.inputs["input_info"]["s3_input_info"]
    assert (s3["s3_object"], s3["s3_secret_id"], s3["s3_secret_key"]) == ("a.png", SECRET, SECRET)
    assert found.outs["status"] == "FINISH"


def test_keys_of_a_storage_are_secret() -> None:
    output = {"type": "AWS-S3", "s3_output_storage": S3}
    shown = str(hide(KIND, {"input_info": {"type": "AWS-S3", "s3_input_info": S3}, "output_storage": output}))
    assert "us-east-1" in shown
    assert "AKID" not in shown
    assert "hidden" not in shown


# -- started once -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", ["drop", "truncate", "garbage"])
def test_lost_answer_is_an_error_and_starts_no_second_task(world: World, effect: Any) -> None:
    world.emulator.faults.add(effect, action="ProcessImage")
    with pytest.raises(CiError, match="Whether it was started is not known") as raised:
        start(world)
    assert "adopt=<its id>" in str(raised.value)
    assert not isinstance(raised.value, (NoAnswer, ServerFault))
    assert actions(world) == ["ProcessImage"]


def test_fault_of_the_service_is_no_reason_to_start_again(world: World) -> None:
    world.emulator.faults.add("error", action="ProcessImage", commit=True, status=200)
    with pytest.raises(CiError, match="not started again by itself"):
        start(world)
    assert actions(world) == ["ProcessImage"]
    assert len(world.emulator.objects) == 1


def test_throttled_start_is_tried_again(world: World) -> None:
    world.emulator.faults.add("throttle", action="ProcessImage", times=2)
    stored = start(world)
    assert [f"{REGION}/{item.id}" for item in world.emulator.objects] == [stored.id]


def test_start_that_was_never_sent_leaves_no_doubt(world: World) -> None:
    world.emulator.faults.add("refuse", action="ProcessImage")
    with pytest.raises(NotSent):
        start(world)


def test_answer_without_an_id_is_an_error(world: World) -> None:
    world.emulator.faults.add("garbage", action="ProcessImage", body='{"Response": {"RequestId": "r"}}')
    with pytest.raises(CiError, match="answered without TaskId"):
        start(world)


def test_refused_start_is_an_error(world: World) -> None:
    code = "FailedOperation.InvalidMpsUser"
    world.emulator.faults.add("error", action="ProcessImage", status=200, code=code)
    with pytest.raises(ApiError, match=code):
        start(world)
    assert world.emulator.objects == []


def test_task_can_be_taken_over(world: World) -> None:
    first = start(world)
    taken = world.lifecycle(KIND).create(world.inputs(KIND, TASK), first.id.split("/")[1])
    assert (taken.id, taken.outs) == (first.id, first.outs)
    assert actions(world).count("ProcessImage") == 1
    with pytest.raises(CiError, match="no mnone"):
        world.lifecycle(KIND).create(world.inputs(KIND, TASK), "mnone")


def test_task_whose_first_look_fails_is_kept(world: World) -> None:
    world.emulator.faults.add("error", action="DescribeImageTaskDetail", status=403, code="UnauthorizedOperation")
    stored = start(world)
    assert [f"{REGION}/{item.id}" for item in world.emulator.objects] == [stored.id]
    assert "status" not in stored.outs
    assert "nobody told" in str(verdict(KIND, stored.outs))


# -- run again --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "replaces"),
    [
        ({"triggers": {"version": "2"}}, ("triggers",)),
        ({"encode_config": {"format": "PNG"}}, ("encode_config",)),
        ({"enhance_config": {"super_resolution": {"type": "hq"}, "denoise": {"switch": "OFF"}}}, ()),
        ({"wait": True, "wait_seconds": 5}, ()),
    ],
)
def test_what_runs_it_again(world: World, more: dict[str, Any], replaces: tuple[str, ...]) -> None:
    old = world.inputs(KIND, TASK)
    found = diff(KIND, old, world.inputs(KIND, {**TASK, **more}, olds=old))
    assert (found.replaces, bool(found)) == (replaces, bool(replaces))
    assert not world.lifecycle(KIND).delete_before_replace


# -- waiting ----------------------------------------------------------------------------------------------------------


def test_waits_for_the_end(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "pulumi_ci")
    choose(world, run_length=6, **READS)
    stored = start(world, wait=True)
    assert stored.outs["status"] == "FINISH"
    assert world.slept[:4] == [1.0, 2.0, 4.0, 8.0]
    assert verdict(KIND, stored.outs) is None
    said = [record.message.rpartition(": ")[2] for record in caplog.records if record.name == "pulumi_ci"]
    assert said == ["started", "WAITING", "PROCESSING", "FINISH"]


@pytest.mark.parametrize("failure", ["task", "part"])
def test_failed_task_is_kept(world: World, caplog: pytest.LogCaptureFixture, failure: str) -> None:
    choose(world, run_end="Failed", mps_failure=failure)
    stored = start(world, wait=True)
    trouble = verdict(KIND, stored.outs)
    assert trouble is not None
    assert "ended as FINISH (InternalError the emulator was asked to fail it" in trouble
    assert "change `triggers`" in trouble
    assert trouble in caplog.text
    assert read(world, stored) == stored


def test_time_that_runs_out_keeps_the_task(world: World) -> None:
    choose(world, run_length=1000, **READS)
    stored = start(world, wait=True, wait_seconds=20)
    assert sum(world.slept) == 20
    assert "has not ended; it was PROCESSING" in str(verdict(KIND, stored.outs))


# -- destroyed --------------------------------------------------------------------------------------------------------


def test_destroying_forgets_with_a_warning_while_it_runs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    choose(world, **READS)
    stored = start(world)
    world.lifecycle(KIND).delete(stored.id, stored.outs)
    assert "no call cancels it" in caplog.text
    assert len(world.emulator.objects) == 1


def test_destroying_a_task_that_has_ended_costs_no_call(world: World) -> None:
    stored = start(world)
    before = len(actions(world))
    world.lifecycle(KIND).delete(stored.id, stored.outs)
    assert len(actions(world)) == before


def test_region_is_required(world: World) -> None:

    _, failures = check(KIND, {}, TASK, Settings(), Claims())
    assert [failure.path for failure in failures] == [("region",)]
