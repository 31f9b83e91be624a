"""Runs in the emulated cloud: executions of workflows and batch jobs, by the official client and by the pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import BUCKET, REGION, Sdk, Send, parse
from qcloud_cos.cos_exception import CosServiceError

from pulumi_ci.emulator import Server

SEEDS = Path(__file__).parents[1] / "seeds"
JOB: dict[str, Any] = {
    "Name": "all",
    "Type": "Job",
    "Input": {"Prefix": "in/"},
    "Operation": {"Tag": "MediaInfo", "JobParam": {}, "QueueId": "p1"},
}
FLOW: dict[str, Any] = {
    "Name": "flow",
    "Type": "Workflow",
    "Input": {"Object": "in/a.mp4"},
    "Operation": {"WorkflowIds": "w1"},
}
BODY = (
    "<Request><Name>all</Name><Type>Job</Type><Input><Prefix>in/</Prefix></Input><Operation><Tag>MediaInfo</Tag>"
    "<JobParam/><QueueId>p1</QueueId></Operation></Request>"
)


def choose(server: Server, **choices: Any) -> None:
    server.emulator.choices = server.emulator.choices.changed({"references": "free", **choices})


def paths(element: ET.Element, at: str = "") -> set[str]:
    found = {f"{at}/{child.tag}" for child in element}
    for child in element:
        found |= paths(child, f"{at}/{child.tag}")
    return found


# -- the official client ----------------------------------------------------------------------------------------------


def test_client_runs_workflows(ci_emulator: Server, sdk: Sdk) -> None:
    choose(ci_emulator)
    client = sdk()
    ids = [client.ci_trigger_workflow(BUCKET, "w1", f"in/{name}.mp4")["InstanceId"] for name in "abc"]
    (run,) = client.ci_get_workflowexecution(BUCKET, ids[0])["WorkflowExecution"]
    assert (run["RunId"], run["State"], run["Object"], run["WorkflowId"]) == (ids[0], "Success", "in/a.mp4", "w1")
    assert client.ci_get_workflowexecution(BUCKET, f"{ids[0]}=")["WorkflowExecution"][0]["RunId"] == ids[0]
    newest = client.ci_list_workflowexecution(BUCKET, "w1", Size=2)
    assert [row["RunId"] for row in newest["WorkflowExecutionList"]] == ids[:0:-1]
    rest = client.ci_list_workflowexecution(BUCKET, "w1", Size=2, NextToken=newest["NextToken"])
    assert rest["WorkflowExecutionList"]["RunId"] == ids[0]
    assert "NextToken" not in rest
    named = client.ci_list_workflowexecution(BUCKET, "w1", Name="in/b")["WorkflowExecutionList"]
    assert named["RunId"] == ids[1]
    assert "WorkflowExecutionList" not in client.ci_list_workflowexecution(BUCKET, "w2")
    assert "WorkflowExecutionList" not in client.ci_list_workflowexecution(BUCKET, "w1", States="Running,Failed")


def test_client_runs_batch_jobs(ci_emulator: Server, sdk: Sdk) -> None:
    choose(ci_emulator, run_ends="after-reads", run_length=2)
    client = sdk()
    (job,) = client.ci_create_inventory_trigger_jobs(BUCKET, JOB)["JobsDetail"]
    assert (job["State"], job["StartTime"], job["EndTime"], job["Code"]) == ("Submitted", "-", "-", "Success")
    states = [client.ci_get_inventory_trigger_jobs(BUCKET, job["JobId"])["JobsDetail"][0]["State"] for _ in range(3)]
    assert states == ["Submitted", "Running", "Success"]
    (flow,) = client.ci_create_inventory_trigger_jobs(BUCKET, FLOW)["JobsDetail"]
    client.ci_delete_inventory_trigger_jobs(BUCKET, flow["JobId"])
    client.ci_delete_inventory_trigger_jobs(BUCKET, job["JobId"])
    listed = {t: client.ci_list_inventory_trigger_jobs(BUCKET, Type=t)["JobsDetail"] for t in ("Job", "Workflow")}
    assert [(row["JobId"], row["State"]) for row in listed["Job"]] == [(job["JobId"], "Success")]
    assert [(row["JobId"], row["State"]) for row in listed["Workflow"]] == [(flow["JobId"], "Cancel")]
    assert "JobsDetail" not in client.ci_list_inventory_trigger_jobs(BUCKET, Type="Job", Name="other")
    (run,) = [client.ci_list_workflowexecution(BUCKET, "w1", BatchJobId=flow["JobId"])["WorkflowExecutionList"]]
    assert run["Object"] == "in/a.mp4"


def test_client_with_wrong_keys_is_refused(sdk: Sdk) -> None:
    client = sdk(SecretKey="wrong")
    calls: list[Callable[[], Any]] = [
        lambda: client.ci_trigger_workflow(BUCKET, "w1", "a"),
        lambda: client.ci_create_inventory_trigger_jobs(BUCKET, JOB),
        lambda: client.ci_delete_inventory_trigger_jobs(BUCKET, "b1"),
    ]
    for call in calls:
        with pytest.raises(CosServiceError) as raised:
            call()
        assert raised.value.get_status_code() == 403


# -- the pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["196", "197"])
@pytest.mark.parametrize("number", [1, 3])
def test_printed_jobs_are_accepted(ci_emulator: Server, send: Send, page: str, number: int) -> None:
    choose(ci_emulator)
    (request,), (answer,) = (list((SEEDS / page).glob(f"0{number + more}-*.xml")) for more in (0, 1))
    got = send("POST", "/inventorytriggerjob", request.read_bytes())
    assert got.status_code == 200, got.text
    assert paths(parse(got.content)) - {"/RequestId"} == paths(parse(answer.read_bytes())) - {"/RequestId"}


def test_printed_execution_has_the_same_elements(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator)
    printed = parse((SEEDS / "106/01-response.xml").read_bytes())
    topology = printed.find("WorkflowExecution/Topology")
    assert topology is not None
    text = ET.tostring(topology, encoding="unicode")
    xml = f"<Request><MediaWorkflow><Name>f</Name>{text}</MediaWorkflow></Request>"
    ci_emulator.emulator.edit(BUCKET, REGION, "workflow", id="w1", xml=xml)
    id = parse(send("POST", "/triggerworkflow?workflowId=w1&object=wk-test/game.mp4").content).findtext("InstanceId")
    assert paths(parse(send("GET", f"/workflowexecution/{id}").content)) == paths(printed)
    listed = parse((SEEDS / "107/01-response.xml").read_bytes())
    got = parse(send("GET", "/workflowexecution?workflowId=w1").content)
    assert paths(got) == paths(listed) - {"/NextToken"}


# -- states -----------------------------------------------------------------------------------------------------------


def state(send: Send, id: str) -> str:
    return parse(send("GET", f"/inventorytriggerjob/{id}").content).findtext("JobsDetail/State") or ""


def made(send: Send) -> str:
    return parse(send("POST", "/inventorytriggerjob", BODY).content).findtext("JobsDetail/JobId") or ""


def test_state_goes_on_with_the_clock(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator, run_ends="after-seconds", run_length=60)
    id = made(send)
    seen = []
    for offset in (10, 50, 70):
        ci_emulator.emulator.offset = offset
        seen.append(state(send, id))
    assert seen == ["Running", "Running", "Success"]


def test_runs_fail_on_request(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator, run_end="Failed")
    job = parse(send("GET", f"/inventorytriggerjob/{made(send)}").content).find("JobsDetail")
    assert job is not None
    assert (job.findtext("State"), job.findtext("Code")) == ("Failed", "InternalError")
    assert job.findtext("Message")


def test_console_can_pause_and_fail_a_job(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator, run_ends="after-reads")
    id = made(send)
    for text in ("Pause", "Failed"):
        ci_emulator.emulator.edit(BUCKET, REGION, "job", id=id, set={"State": text})
        assert [state(send, id) for _ in range(5)] == [text] * 5


@pytest.mark.parametrize("query", ["?cancel", "?cancel=", ""])
def test_cancel_ends_what_runs_and_nothing_else(ci_emulator: Server, send: Send, query: str) -> None:
    choose(ci_emulator, run_ends="after-reads")
    id = made(send)
    answer = send("PUT", f"/inventorytriggerjob/{id}{query}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert state(send, id) == "Cancel"
    choose(ci_emulator, run_ends="at-once")
    ended = made(send)
    assert send("PUT", f"/inventorytriggerjob/{ended}{query}").status_code == 200
    assert state(send, ended) == "Success"


def test_what_is_not_there(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator)
    assert parse(send("GET", "/inventorytriggerjob/bnone").content).findtext("NonExistJobIds") == "bnone"
    choose(ci_emulator, missing_job="error")
    for method, path in (
        ("GET", "/inventorytriggerjob/bnone"),
        ("PUT", "/inventorytriggerjob/bnone?cancel"),
        ("GET", "/workflowexecution/inone"),
    ):
        answer = send(method, path)
        assert (answer.status_code, parse(answer.content).findtext("Code")) == (404, "ResourceNotFound")


def test_instance_id_may_be_padded(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator, instance_id="padded")
    id = parse(send("POST", "/triggerworkflow?workflowId=w1&object=a").content).findtext("InstanceId") or ""
    assert id.endswith("=")
    assert send("GET", f"/workflowexecution/{id[:-1]}").status_code == 200


# -- lists ------------------------------------------------------------------------------------------------------------


def listed(send: Send, query: str) -> list[str]:
    answer = send("GET", f"/inventorytriggerjob?{query}")
    assert answer.status_code == 200, answer.text
    return [item.findtext("JobId") or "" for item in parse(answer.content).findall("JobsDetail")]


def test_lists_filter_by_time_order_and_id(ci_emulator: Server, send: Send) -> None:
    choose(ci_emulator)
    ids = []
    for moment in (1_700_000_000, 1_700_000_100, 1_700_000_200):
        ci_emulator.emulator.frozen = moment
        ids.append(made(send))
    assert listed(send, "orderByTime=Asc") == ids
    assert listed(send, "") == ids[::-1]
    assert listed(send, "startCreationTime=2023-11-15T06:15:00%2B0800&orderByTime=Asc") == ids[1:]
    assert listed(send, "endCreationTime=2023-11-15T06:15:00%2B0800") == [ids[1], ids[0]]
    assert listed(send, f"jobId={ids[1]}") == [ids[1]]
    assert listed(send, "name=al&type=Job&states=Success") == ids[::-1]
    assert listed(send, "type=Workflow") == []


# -- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Name>all</Name>", "<Name>a b</Name>"),
        ("<Name>all</Name>", ""),
        ("<Type>Job</Type>", "<Type>Batch</Type>"),
        ("<Prefix>in/</Prefix>", ""),
        ("<Tag>MediaInfo</Tag>", "<Tag>Animatin</Tag>"),
        ("<Tag>MediaInfo</Tag>", "<Tag>Transcode</Tag>"),
        ("<JobParam/>", ""),
        ("<QueueId>p1</QueueId>", ""),
        ("</Operation>", "<Output><Region>r</Region></Output></Operation>"),
        ("</Operation>", "<CallBackType>Mail</CallBackType></Operation>"),
        ("</Operation>", "<CallBackType>TDMQ</CallBackType></Operation>"),
    ],
)
def test_wrong_jobs_are_refused(ci_emulator: Server, send: Send, old: str, new: str) -> None:
    choose(ci_emulator)
    assert old in BODY
    answer = send("POST", "/inventorytriggerjob", BODY.replace(old, new))
    assert (answer.status_code, parse(answer.content).findtext("Code")) == (400, "InvalidArgument")
    assert ci_emulator.emulator.objects == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/triggerworkflow?workflowId=w1"),
        ("POST", "/triggerworkflow?object=a"),
        ("POST", "/triggerworkflow?workflowId=w1&object=a&name=a%20b"),
        ("POST", "/triggerworkflow?workflowId=w1&object=a&wait=1"),
        ("GET", "/workflowexecution"),
        ("GET", "/workflowexecution?workflowId=w1&states=Done"),
        ("GET", "/inventorytriggerjob?orderByTime=Up"),
        ("GET", "/inventorytriggerjob?type=Both"),
        ("GET", "/inventorytriggerjob?size=0"),
        ("GET", "/inventorytriggerjob?nextToken=x"),
        ("GET", "/inventorytriggerjob?startCreationTime=yesterday"),
    ],
)
def test_wrong_words_are_refused(ci_emulator: Server, send: Send, method: str, path: str) -> None:
    choose(ci_emulator)
    answer = send(method, path)
    assert (answer.status_code, parse(answer.content).findtext("Code")) == (400, "InvalidArgument")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("<Operation><Tag>MediaInfo</Tag><JobParam/><QueueId>pnone</QueueId></Operation>", "QueueNotFound"),
        ("<Operation><WorkflowIds>wnone</WorkflowIds></Operation>", "ResourceNotFound"),
    ],
)
def test_what_a_job_names_must_exist(send: Send, more: str, code: str) -> None:
    type = "Workflow" if "WorkflowIds" in more else "Job"
    body = f"<Request><Name>a</Name><Type>{type}</Type><Input><Prefix>in/</Prefix></Input>{more}</Request>"
    assert parse(send("POST", "/inventorytriggerjob", body).content).findtext("Code") == code


def test_template_of_a_job_must_exist(send: Send) -> None:
    queue = parse(send("GET", "/queue").content).findtext("QueueList/QueueId")
    body = (
        "<Request><Name>a</Name><Type>Job</Type><Input><Prefix>in/</Prefix></Input><Operation><Tag>Transcode</Tag>"
        f"<JobParam><TemplateId>tnone</TemplateId></JobParam><QueueId>{queue}</QueueId><Output><Region>r</Region>"
        "<Bucket>b</Bucket><Object>o</Object></Output></Operation></Request>"
    )
    assert parse(send("POST", "/inventorytriggerjob", body).content).findtext("Code") == "TemplateNotFound"
