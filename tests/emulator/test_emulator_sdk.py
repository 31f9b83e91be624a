"""The official client of the cloud as a foreign client of the emulator."""

import functools
import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import BUCKET, Sdk
from qcloud_cos.cos_exception import CosServiceError

from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Account, Choices, Emulator, Server

SNAPSHOT = {"Tag": "Snapshot", "Name": "thumbs", "Snapshot": {"Mode": "Interval", "Count": "3"}}


def workflow(template: str, state: str = "Active", **start: str) -> dict[str, Any]:
    output = {"Region": "ap-chongqing", "Bucket": BUCKET, "Object": "out/${RunId}-${Number}.${Ext}"}
    return {
        "MediaWorkflow": {
            "Name": "flow-1",
            "State": state,
            "Topology": {
                "Dependencies": {"Start": "Snapshot_1", "Snapshot_1": "End"},
                "Nodes": {
                    "Start": {"Type": "Start", "Input": {"ObjectPrefix": "in/", **start}},
                    "Snapshot_1": {"Type": "Snapshot", "Operation": {"TemplateId": template, "Output": output}},
                },
            },
        }
    }


def test_image_styles(sdk: Sdk) -> None:
    client = sdk()
    body = {"StyleName": "card", "StyleBody": "imageMogr2/thumbnail/640x640>/quality/85|imageMogr2/format/webp"}
    answer = client.ci_put_image_style(BUCKET, body)
    assert answer["x-cos-request-id"] == answer["x-ci-request-id"]
    _, styles = client.ci_get_image_style(BUCKET, {"StyleName": "card"})
    assert styles == {"StyleRule": body}
    client.ci_put_image_style(BUCKET, {**body, "StyleBody": "imageMogr2/rotate/90"})
    assert client.ci_get_image_style(BUCKET, {})[1]["StyleRule"]["StyleBody"] == "imageMogr2/rotate/90"
    client.ci_delete_image_style(BUCKET, {"StyleName": "card"})
    with pytest.raises(CosServiceError) as raised:
        client.ci_get_image_style(BUCKET, {"StyleName": "card"})
    assert raised.value.get_error_code() == "-60967"
    assert raised.value.get_status_code() == 400
    assert "card" in raised.value.get_error_msg()


def test_media_queues(sdk: Sdk) -> None:
    client = sdk()
    (queue,) = client.ci_get_media_queue(BUCKET)["QueueList"]
    assert queue["Category"] == "Transcoding"
    assert queue["State"] == "Active"
    callback = {"State": "On", "Event": "TaskFinish", "Type": "Url", "Url": "https://hooks.example.com/ci"}
    body = {"Name": "mine", "QueueID": queue["QueueId"], "State": "Paused", "NotifyConfig": callback}
    answer = client.ci_update_media_queue(BUCKET, queue["QueueId"], body)
    assert answer["Queue"][0]["NotifyConfig"] == callback
    found = client.ci_get_media_queue(BUCKET, QueueIds=f"{queue['QueueId']},pnone")
    assert found["QueueList"][0]["Name"] == "mine"
    assert found["NonExistPIDs"] == "pnone"
    assert "TotalCount" not in found
    assert client.ci_get_media_queue(BUCKET, State="Active")["TotalCount"] == "0"


@pytest.mark.parametrize(
    ("read", "update"),
    [
        ("ci_get_media_pic_queue", "ci_update_media_pic_queue"),
        ("ci_get_ai_queue", "ci_update_ai_queue"),
        ("ci_get_asr_queue", "ci_update_asr_queue"),
        ("ci_get_doc_queue", "ci_update_doc_queue"),
    ],
)
def test_the_other_queues(sdk: Sdk, read: str, update: str) -> None:
    client = sdk()
    queues = getattr(client, read)(Bucket=BUCKET)["QueueList"]
    (queue,) = queues if isinstance(queues, list) else [queues]
    callback = {"Type": "Url", "Url": "https://hooks.example.com/", "Event": "TaskFinish", "State": "On"}
    body = {"Name": "mine", "QueueID": queue["QueueId"], "State": "Active", "NotifyConfig": callback}
    answer = getattr(client, update)(Bucket=BUCKET, QueueId=queue["QueueId"], Request=body)["Queue"]
    assert (answer[0] if isinstance(answer, list) else answer)["Name"] == "mine"


def test_templates(sdk: Sdk) -> None:
    client = sdk()
    made = client.ci_create_template(BUCKET, SNAPSHOT)["Template"]
    assert made["Snapshot"] == SNAPSHOT["Snapshot"]
    assert made["TemplateId"].startswith("t1")
    assert len(made["TemplateId"]) == 34
    assert (made["BucketId"], made["Category"]) == (BUCKET, "Custom")
    changed = {**SNAPSHOT, "Name": "thumbs-2", "Snapshot": {"Count": "5"}}
    assert client.ci_update_template(BUCKET, made["TemplateId"], changed)["Template"]["Snapshot"] == {"Count": "5"}
    (listed,) = client.ci_get_template(BUCKET, Name="thumbs")["TemplateList"]
    assert (listed["Name"], listed["Snapshot"]) == ("thumbs-2", {"Count": "5"})
    client.ci_delete_template(BUCKET, made["TemplateId"])
    gone = client.ci_get_template(BUCKET, Ids=made["TemplateId"])
    assert gone["NonExistTIDs"]["TemplateId"] == made["TemplateId"]
    assert "TemplateList" not in gone
    for call in (client.ci_delete_template, functools.partial(client.ci_update_template, Template=SNAPSHOT)):
        with pytest.raises(CosServiceError) as raised:
            call(BUCKET, made["TemplateId"])
        assert (raised.value.get_error_code(), raised.value.get_status_code()) == ("TemplateNotFound", 404)


def test_workflows(sdk: Sdk, ci_emulator: Server) -> None:
    ci_emulator.emulator.choices = Choices(toggle_answer="workflow")  # this SDK cannot read the documented empty one
    client = sdk()
    template = client.ci_create_template(BUCKET, SNAPSHOT)["Template"]["TemplateId"]
    made = client.ci_create_workflow(BUCKET, workflow(template))["MediaWorkflow"]
    id = made["WorkflowId"]
    assert made["State"] == "Active"
    assert made["CreateTime"] == made["UpdateTime"]
    assert made["Topology"]["Nodes"]["Start"]["Input"]["QueueId"].startswith("p")
    with pytest.raises(CosServiceError) as raised:
        client.ci_update_workflow(BUCKET, id, workflow(template))
    assert (raised.value.get_error_code(), raised.value.get_status_code()) == ("ActiveWorkflowForbiddenUpdate", 403)
    with pytest.raises(CosServiceError):
        client.ci_delete_workflow(BUCKET, id)
    client.ci_update_workflow_state(BUCKET, id, "paused")
    body = workflow(template, state="Paused")
    body["MediaWorkflow"]["Name"] = "flow-2"
    assert client.ci_update_workflow(BUCKET, id, body)["MediaWorkflow"]["Name"] == "flow-2"
    client.ci_update_workflow_state(BUCKET, id, "active")
    (listed,) = client.ci_get_workflow(BUCKET, Ids=id)["MediaWorkflowList"]
    assert listed["State"] == "Active"
    client.ci_update_workflow_state(BUCKET, id, "paused")
    client.ci_delete_workflow(BUCKET, id)
    assert client.ci_get_workflow(BUCKET, Ids=id)["NonExistIDs"] == id
    with pytest.raises(CosServiceError) as raised:
        client.ci_delete_workflow(BUCKET, id)
    assert raised.value.get_error_code() == "ResourceNotFound"


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"SecretKey": "wrong"}, "InvalidAuthorization"),
        ({"SecretId": "AKIDunknown"}, "SecretidNotExist"),
        ({"Token": "not-issued"}, "AccessDenied"),
        ({"Anonymous": True, "SecretId": None, "SecretKey": None}, "MissingAuthorization"),
    ],
)
def test_a_wrong_key_is_refused(sdk: Sdk, config: dict[str, Any], code: str) -> None:
    client = sdk(**config)
    calls: list[Callable[[], Any]] = [
        lambda: client.ci_put_image_style(BUCKET, {"StyleName": "a", "StyleBody": "imageMogr2/rotate/90"}),
        lambda: client.ci_get_media_queue(BUCKET),
        lambda: client.ci_create_template(BUCKET, SNAPSHOT),
        lambda: client.ci_update_workflow_state(BUCKET, "w1", "paused"),
    ]
    for call in calls:
        with pytest.raises(CosServiceError) as raised:
            call()
        assert (raised.value.get_error_code(), raised.value.get_status_code()) == (code, 403)


def test_parameters_need_not_be_signed(sdk: Sdk) -> None:
    assert sdk(SignParams=False).ci_get_template(BUCKET)["TotalCount"] == "0"


def test_the_host_must_be_signed_unless_chosen_otherwise(sdk: Sdk, ci_emulator: Server) -> None:
    with pytest.raises(CosServiceError) as raised:
        sdk(SignHost=False).ci_get_template(BUCKET)
    assert (raised.value.get_error_code(), raised.value.get_status_code()) == ("InvalidAuthorization", 403)
    ci_emulator.emulator.choices = Choices(signed_host="optional")
    assert sdk(SignHost=False).ci_get_template(BUCKET)["TotalCount"] == "0"


def test_temporary_keys_need_their_token(sdk: Sdk) -> None:
    account = Account("AKIDtemporary", "key", token="session-token")
    with closing(Emulator(accounts=[account])) as emulator, Server(emulator) as server:
        keys = {"SecretId": "AKIDtemporary", "SecretKey": "key"}
        client = sdk(server, **keys, Token="session-token")
        client.ci_put_image_style(BUCKET, {"StyleName": "a", "StyleBody": "imageMogr2/rotate/90"})
        assert client.ci_get_template(BUCKET)["TotalCount"] == "0"
        for token in ({}, {"Token": "another"}):
            with pytest.raises(CosServiceError) as raised:
                sdk(server, **keys, **token).ci_get_template(BUCKET)
            assert raised.value.get_error_code() == "AccessDenied"
        with pytest.raises(CosServiceError) as raised:
            sdk(server).ci_get_template(BUCKET)
        assert raised.value.get_error_code() == "SecretidNotExist"
    assert "session-token" not in repr(account)
    assert "key" not in repr(account).replace("secret_key", "")


def test_a_signature_expires(sdk: Sdk, ci_emulator: Server) -> None:
    ci_emulator.emulator.offset = 20_000
    with pytest.raises(CosServiceError) as raised:
        sdk().ci_get_template(BUCKET)
    assert raised.value.get_error_code() == "SignatureExpired"


def test_nothing_secret_is_kept_in_the_log(sdk: Sdk, ci_emulator: Server) -> None:
    sdk().ci_create_template(BUCKET, SNAPSHOT)
    (request,) = ci_emulator.emulator.requests
    assert (request.method, request.path, request.status) == ("POST", "/template", 200)
    assert "<Count>3</Count>" in request.body
    assert "q-signature" not in repr(request)
    assert SECRET_ID not in repr(request)
    assert SECRET_KEY not in repr(request)


def test_a_restart_keeps_everything(sdk: Sdk, tmp_path: Path) -> None:
    with closing(Emulator(store=tmp_path / "cloud.sqlite")) as emulator, Server(emulator) as server:
        client = sdk(server)
        template = client.ci_create_template(BUCKET, SNAPSHOT)["Template"]["TemplateId"]
        flow = client.ci_create_workflow(BUCKET, workflow(template))["MediaWorkflow"]["WorkflowId"]
        queue = client.ci_get_media_queue(BUCKET)["QueueList"][0]["QueueId"]
        body = {"Name": "mine", "State": "Paused", "NotifyConfig": {"State": "Off"}}
        client.ci_update_media_queue(BUCKET, queue, body)
        client.ci_put_image_style(BUCKET, {"StyleName": "a", "StyleBody": "imageMogr2/rotate/90"})
        before = client.ci_get_workflow(BUCKET, Ids=flow)["MediaWorkflowList"]
    with closing(Emulator(store=tmp_path / "cloud.sqlite")) as emulator, Server(emulator) as server:
        client = sdk(server)
        assert client.ci_get_template(BUCKET, Ids=template)["TemplateList"][0]["Snapshot"] == SNAPSHOT["Snapshot"]
        assert client.ci_get_workflow(BUCKET, Ids=flow)["MediaWorkflowList"] == before
        assert client.ci_get_media_queue(BUCKET)["QueueList"][0]["Name"] == "mine"
        assert client.ci_get_image_style(BUCKET, {})[1]["StyleRule"]["StyleName"] == "a"
        again = client.ci_create_template(BUCKET, {**SNAPSHOT, "Name": "later"})["Template"]["TemplateId"]
        assert again != template


def test_four_threads_at_once(sdk: Sdk, ci_emulator: Server) -> None:
    client = sdk()

    def work(thread: int) -> list[str]:
        ids = []
        for number in range(25):
            body = {**SNAPSHOT, "Name": f"t-{thread}-{number}"}
            ids.append(client.ci_create_template(BUCKET, body)["Template"]["TemplateId"])
            client.ci_update_template(BUCKET, ids[-1], {**body, "Snapshot": {"Count": str(number + 1)}})
        return ids

    with ThreadPoolExecutor(4) as pool:
        made = list(itertools.chain(*pool.map(work, range(4))))
    assert len(set(made)) == 100
    assert client.ci_get_template(BUCKET, PageSize=100)["TotalCount"] == "100"
    assert {request.status for request in ci_emulator.emulator.requests} == {200}


def test_pages(sdk: Sdk) -> None:
    client = sdk()
    for number in range(23):
        client.ci_create_template(BUCKET, {**SNAPSHOT, "Name": f"{'a' if number % 2 else 'b'}-{number}"})
    pages = [client.ci_get_template(BUCKET, PageNumber=page) for page in (1, 2, 3)]
    assert [len(page["TemplateList"]) for page in pages] == [10, 10, 3]
    assert [page["PageNumber"] for page in pages] == ["1", "2", "3"]
    names = [item["Name"] for page in pages for item in page["TemplateList"]]
    assert names == [f"{'a' if number % 2 else 'b'}-{number}" for number in range(23)]
    assert "TemplateList" not in client.ci_get_template(BUCKET, PageNumber=4)
    assert client.ci_get_template(BUCKET, Name="a-")["TotalCount"] == "11"
    assert client.ci_get_template(BUCKET, PageSize=1000)["PageSize"] == "100"
    assert client.ci_get_template(BUCKET, Category="Official")["TotalCount"] == "0"


def test_buckets_and_regions_are_apart(sdk: Sdk) -> None:
    sdk().ci_create_template(BUCKET, SNAPSHOT)
    assert sdk().ci_get_template("other-1250000000")["TotalCount"] == "0"
    assert sdk(Region="ap-beijing").ci_get_template(BUCKET)["TotalCount"] == "0"
    assert sdk(Region="ap-beijing").ci_create_template(BUCKET, SNAPSHOT)["Template"]["BucketId"] == BUCKET


def test_ids_follow_from_the_seed(sdk: Sdk) -> None:
    def made(seed: str) -> list[str]:
        with closing(Emulator(seed=seed, clock=lambda: 1_714_962_030)) as emulator, Server(emulator) as server:
            client = sdk(server)
            template = client.ci_create_template(BUCKET, SNAPSHOT)["Template"]
            assert template["CreateTime"] == "2024-05-06T10:20:30+0800"
            queues = client.ci_get_media_queue(BUCKET)["QueueList"]
            return [template["TemplateId"], queues[0]["QueueId"]]

    assert made("one") == made("one")
    assert not set(made("one")) & set(made("two"))
