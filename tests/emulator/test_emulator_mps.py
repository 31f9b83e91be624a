"""The official MPS client as a foreign client of the emulator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from official import Act, acting, code
from tencentcloud.mps.v20190612 import models
from tencentcloud.mps.v20190612.mps_client import MpsClient

from pulumi_ci.emulator import Choices, Emulator, Server

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")
SEEDS = Path(__file__).parents[1] / "seeds"
SEED: dict[str, Any] = json.loads((SEEDS / "mps-ProcessImage" / "01-request.json").read_text())


@pytest.fixture
def act(ci_emulator: Server) -> Act:
    return acting(MpsClient, models, server=ci_emulator, host="mps", region="ap-shanghai")


@pytest.mark.parametrize("host", ["mps", "mps.intl"])
def test_seed_body_starts_a_task_that_can_be_read(act: Act, host: str) -> None:
    made = act("ProcessImage", SEED, host=host)
    assert made.keys() == {"TaskId", "RequestId"}
    task = act("DescribeImageTaskDetail", {"TaskId": made["TaskId"]}, host=host)
    assert (task["Status"], task["ErrCode"], task["ErrMsg"]) == ("FINISH", 0, "")
    assert task["CreateTime"] <= task["FinishTime"]
    assert task["InputInfo"]["CosInputInfo"] == SEED["InputInfo"]["CosInputInfo"]
    (result,) = task["ImageProcessTaskResultSet"]
    assert (result["Status"], result["Progress"], result["Output"]["Path"]) == ("SUCCESS", 100, "/image/test.jpeg")
    assert result["Output"]["OutputStorage"]["CosOutputStorage"] == SEED["OutputStorage"]["CosOutputStorage"]


def test_the_same_words_again_are_another_task(act: Act) -> None:
    assert act("ProcessImage", SEED)["TaskId"] != act("ProcessImage", SEED)["TaskId"]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"OutputDir": "/out/"}, "/out/test.jpeg"),
        ({"OutputPath": "/small/{inputName}-1.{format}"}, "/small/test-1.jpeg"),
        ({"ImageTask": {"EnhanceConfig": {"Denoise": {"Switch": "ON"}}}}, "/image/test.png"),
        ({"InputInfo": {"Type": "URL", "UrlInputInfo": {"Url": "http://x.example/a/b.gif"}}}, "/x.example/a/b.jpeg"),
    ],
)
def test_where_the_result_goes(act: Act, more: dict[str, Any], path: str) -> None:
    id = act("ProcessImage", {**SEED, **more})["TaskId"]
    (result,) = act("DescribeImageTaskDetail", {"TaskId": id})["ImageProcessTaskResultSet"]
    assert result["Output"]["Path"] == path


@pytest.mark.parametrize("ends", ["after-reads", "after-seconds"])
def test_a_task_goes_on_by_itself(act: Act, ends: Any) -> None:
    emulator = Emulator(choices=Choices(run_ends=ends, run_length=2))
    emulator.frozen = 1_000_000.0
    with Server(emulator) as server:
        id = act("ProcessImage", SEED, server=server)["TaskId"]
        states = []
        for _ in range(4):
            task = act("DescribeImageTaskDetail", {"TaskId": id}, server=server)
            states.append(task["Status"])
            emulator.frozen += 1
    assert states == ["WAITING", "PROCESSING", "FINISH", "FINISH"]
    assert task["FinishTime"] == ("1970-01-12T13:46:42Z")


@pytest.mark.parametrize("failure", ["task", "part"])
def test_a_task_fails_on_request(act: Act, failure: Any) -> None:
    with Server(Emulator(choices=Choices(run_end="Failed", mps_failure=failure))) as server:
        id = act("ProcessImage", SEED, server=server)["TaskId"]
        task = act("DescribeImageTaskDetail", {"TaskId": id}, server=server)
    assert task["Status"] == "FINISH"
    assert bool(task["ErrMsg"]) == (failure == "task")
    assert [(part["Status"], bool(part["ErrMsg"])) for part in task["ImageProcessTaskResultSet"]] == [("FAIL", True)]


@pytest.mark.parametrize(
    "missing", ["ResourceNotFound.TaskNotFound", "FailedOperation.TaskNotFound", "InvalidParameterValue.TaskId"]
)
def test_a_task_is_forgotten_after_seven_days(act: Act, missing: Any) -> None:
    emulator = Emulator(choices=Choices(mps_missing=missing))
    emulator.frozen = 1_000_000.0
    with Server(emulator) as server:
        read = {"TaskId": act("ProcessImage", SEED, server=server)["TaskId"]}
        emulator.frozen += 7 * 86400
        assert act("DescribeImageTaskDetail", read, server=server)["Status"] == "FINISH"
        emulator.frozen += 1
        assert code(act, "DescribeImageTaskDetail", read, server=server) == missing


def test_regions_do_not_share_their_tasks(act: Act) -> None:
    read = {"TaskId": act("ProcessImage", SEED)["TaskId"]}
    assert code(act, "DescribeImageTaskDetail", read, region="ap-beijing") == "ResourceNotFound.TaskNotFound"


COS = {"Type": "COS"}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"InputInfo": None}, "MissingParameter"),
    ({"InputInfo": {"UrlInputInfo": {"Url": "x"}}}, "MissingParameter"),
    ({"InputInfo": COS}, "InvalidParameter"),
    ({"InputInfo": {"Type": "FTP"}}, "InvalidParameterValue"),
    ({"OutputStorage": {"Type": "VOD"}}, "InvalidParameter"),
    ({"ImageTask": None}, "InvalidParameter"),
    ({"ImageTask": {"EncodeConfig": {"Format": "GIF"}}}, "InvalidParameterValue"),
    ({"ImageTask": {"EncodeConfig": {"Quality": 101}}}, "InvalidParameterValue"),
    (
        {"ImageTask": {"EraseConfig": {"ImageEraseLogo": {"ImageAreaBoxes": [{"AreaCoordSet": [1, 2]}]}}}},
        "InvalidParameterValue",
    ),
    ({"ScheduleId": 30000}, "UnknownParameter"),
]


@pytest.mark.parametrize(("more", "expected"), REFUSED)
def test_refused(act: Act, more: dict[str, Any], expected: str) -> None:
    sent = {name: value for name, value in {**SEED, **more}.items() if value is not None}
    assert code(act, "ProcessImage", sent) == expected


def test_a_read_needs_an_id(act: Act) -> None:
    assert code(act, "DescribeImageTaskDetail", {}) == "MissingParameter"


def test_a_region_is_required(act: Act) -> None:
    assert code(act, "ProcessImage", SEED, region="") == "MissingParameter"


def test_right_and_wrong_key(act: Act, ci_emulator: Server) -> None:
    assert code(act, "ProcessImage", SEED, key="wrong") == "AuthFailure.SignatureFailure"
    assert ci_emulator.emulator.objects == []
    assert act("ProcessImage", SEED)["TaskId"]


def test_keys_of_a_storage_are_not_shown_with_the_result(act: Act) -> None:
    keys = {"S3SecretId": "AKID", "S3SecretKey": "hidden"}
    source = {"S3Bucket": "b", "S3Region": "us-east-1", "S3Object": "a.png"}
    info = {"Type": "AWS-S3", "S3InputInfo": {**source, **keys}}
    id = act("ProcessImage", {"InputInfo": info, "ImageTask": SEED["ImageTask"]})["TaskId"]
    task = act("DescribeImageTaskDetail", {"TaskId": id})
    assert "hidden" not in json.dumps(task["ImageProcessTaskResultSet"])
