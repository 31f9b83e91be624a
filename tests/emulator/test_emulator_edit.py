"""Changes made in the web console, and the control over HTTP."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
import requests
from conftest import BUCKET, REGION, Send, parse

from pulumi_ci.emulator import Server, serve

SNAPSHOT = (
    "<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Mode>Average</Mode><Count>1</Count></Snapshot></Request>"
)


@pytest.fixture
def template(send: Send) -> str:
    return parse(send("POST", "/template", SNAPSHOT).content).findtext("Template/TemplateId") or ""


def listed(send: Send, id: str) -> ET.Element:
    found = parse(send("GET", f"/template?ids={id}").content).find("TemplateList")
    assert found is not None
    return found


def test_texts_and_elements(ci_emulator: Server, send: Send, template: str) -> None:
    edit = ci_emulator.emulator.edit
    edit(
        BUCKET, REGION, "template", id=template, set={"Snapshot/Count": "7", "Snapshot/SpriteSnapshotConfig/Lines": "2"}
    )
    assert listed(send, template).findtext("Snapshot/Count") == "7"
    assert listed(send, template).findtext("Snapshot/SpriteSnapshotConfig/Lines") == "2"
    edit(BUCKET, REGION, "template", name="a", remove=["Snapshot/Mode", "Snapshot/SpriteSnapshotConfig"])
    assert [child.tag for child in listed(send, template).findall("Snapshot/*")] == ["Count"]
    edit(BUCKET, REGION, "template", id=template, add={"Snapshot": "<Extra><A>1</A></Extra>"}, set={"Name": "b"})
    assert listed(send, template).findtext("Snapshot/Extra/A") == "1"
    assert listed(send, template).findtext("Name") == "b"
    edit(BUCKET, REGION, "template", id=template, xml=SNAPSHOT.replace("Average", "KeyFrame"))
    assert listed(send, template).findtext("Snapshot/Mode") == "KeyFrame"
    edit(BUCKET, REGION, "template", id=template, delete=True)
    assert b"NonExistTIDs" in send("GET", f"/template?ids={template}").content


def test_repeated_elements(ci_emulator: Server, template: str) -> None:
    edit = ci_emulator.emulator.edit
    made = edit(BUCKET, REGION, "template", id=template, set={"Mix[1]/A": "1", "Mix[2]/A": "2", "Mix[3]/A": "3"})
    assert made is not None
    assert made.xml.count("<Mix>") == 3
    made = edit(BUCKET, REGION, "template", id=template, remove=["Mix[2]"])
    assert made is not None
    assert [e.text for e in parse(made.xml).findall("Mix/A")] == ["1", "3"]
    made = edit(BUCKET, REGION, "template", id=template, remove=["Mix"])
    assert made is not None
    assert "<Mix>" not in made.xml


def test_an_edit_moves_the_update_time(ci_emulator: Server, send: Send, template: str) -> None:
    ci_emulator.emulator.frozen = 1_900_000_000
    ci_emulator.emulator.edit(BUCKET, REGION, "template", id=template, set={"Snapshot/Count": "2"})
    shown = listed(send, template)
    assert shown.findtext("UpdateTime") == "2030-03-18T01:46:40+0800"
    assert shown.findtext("CreateTime") != shown.findtext("UpdateTime")


def test_styles(ci_emulator: Server, send: Send) -> None:
    edit = ci_emulator.emulator.edit
    xml = "<AddStyle><StyleName>a</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
    edit(BUCKET, REGION, "style", name="a", xml=xml)
    edit(BUCKET, REGION, "style", name="a", set={"StyleBody": "imageMogr2/rotate/180"})
    assert b"rotate/180" in send("GET", "/?style", b"", "pic").content
    edit(BUCKET, REGION, "style", name="a", set={"StyleName": "b"})
    names = parse(send("GET", "/?style", b"", "pic").content).findall("StyleRule/StyleName")
    assert [name.text for name in names] == ["b"]
    edit(BUCKET, REGION, "style", name="b", delete=True)
    assert b"StyleRule" not in send("GET", "/?style", b"", "pic").content


def test_switches_and_hotlink(ci_emulator: Server, send: Send) -> None:
    edit = ci_emulator.emulator.edit
    for kind, query in (("origin-protect", "?origin-protect"), ("guetzli", "?guetzli"), ("binding", "")):
        edit(BUCKET, REGION, kind, status="on")
        assert b">on<" in send("GET", f"/{query}", b"", "pic").content
        edit(BUCKET, REGION, kind, status="off")
        assert b">off<" in send("GET", f"/{query}", b"", "pic").content
    send("PUT", "/?hotlink", "<Hotlink><Url>a.example</Url><Type>white</Type></Hotlink>", "pic")
    edit(BUCKET, REGION, "hotlink", add={".": "<Url>b.example</Url>"}, set={"Type": "black"})
    shown = parse(send("GET", "/?hotlink", b"", "pic").content)
    assert [child.text for child in shown] == ["on", "black", "a.example", "b.example"]


def test_queues_and_workflows(ci_emulator: Server, send: Send, template: str) -> None:
    edit = ci_emulator.emulator.edit
    edit(BUCKET, REGION, "queue", name="queue-1", set={"NotifyConfig/State": "On", "State": "Paused"})
    queue = parse(send("GET", "/queue").content).find("QueueList")
    assert queue is not None
    assert (queue.findtext("State"), queue.findtext("NotifyConfig/State")) == ("Paused", "On")
    flow = (
        "<Request><MediaWorkflow><Name>f</Name><State>Active</State><Topology><Dependencies><Start>SCF_1</Start>"
        "<SCF_1>End</SCF_1></Dependencies><Nodes/></Topology></MediaWorkflow></Request>"
    )
    edit(BUCKET, REGION, "workflow", id="w1", xml=flow)
    edit(BUCKET, REGION, "workflow", name="f", set={"MediaWorkflow/Topology/Dependencies/SCF_1": "Transcode_2"})
    shown = parse(send("GET", "/workflow?ids=w1").content)
    assert shown.findtext("MediaWorkflowList/Topology/Dependencies/SCF_1") == "Transcode_2"
    edit(BUCKET, REGION, "queue", name="queue-1", delete=True)
    assert parse(send("GET", "/queue").content).findtext("TotalCount") == "0"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": "planet", "id": "a"}, "the kinds are"),
        ({"kind": "template", "id": "t1none", "set": {"Name": "a"}}, "no template t1none"),
        ({"kind": "template", "name": "none", "delete": True}, "no template none"),
        ({"kind": "template"}, "id or the name"),
        ({"kind": "template", "name": "new", "xml": SNAPSHOT}, "give its id"),
        ({"kind": "queue", "id": "pnone", "xml": "<Queue/>"}, "no queue pnone"),
        ({"kind": "template", "name": "a", "remove": ["Snapshot/None"]}, "no Snapshot/None"),
        ({"kind": "template", "name": "a", "set": {"a//b": "1"}}, "no step"),
        ({"kind": "template", "name": "a", "xml": "<"}, "well-formed"),
        ({"kind": "template", "name": "a", "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_edited(
    ci_emulator: Server, session: requests.Session, template: str, change: dict[str, Any], error: str
) -> None:
    words = {"bucket": BUCKET, "region": REGION, **change}
    answer = session.post(f"{ci_emulator.url}/_emulator/edit", json=words)
    assert answer.status_code in (400, 404)
    assert error in answer.json()["error"]
    assert ci_emulator.emulator.objects[0].name == "a"


def test_the_control(ci_emulator: Server, session: requests.Session, send: Send, template: str) -> None:
    def control(method: str, path: str, words: Any = None) -> Any:
        answer = session.request(method, f"{ci_emulator.url}/_emulator/{path}", json=words or {})
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "application/json"
        return answer.json()

    assert control("GET", "health") == {"status": "ok", "objects": 1, "requests": 1}
    (stored,) = control("GET", "objects")
    assert (stored["kind"], stored["id"], stored["name"], stored["tag"]) == ("template", template, "a", "Snapshot")
    (request,) = control("GET", "requests")
    assert request["body_length"] == len(request["body"]) == len(SNAPSHOT)
    assert {"at", "method", "host", "path", "query", "status"} <= request.keys()
    assert control("DELETE", "requests") == {}
    assert control("GET", "requests") == []
    change = {"bucket": BUCKET, "region": REGION, "kind": "template", "id": template, "set": {"Snapshot/Count": "4"}}
    assert "<Count>4</Count>" in control("POST", "edit", change)["xml"]
    assert control("POST", "edit", {**change, "delete": True}) == {}
    assert control("GET", "choices")["unset"] == "as-sent"
    assert control("POST", "choices", {"unset": "with-defaults"})["unset"] == "with-defaults"
    assert control("POST", "clock", {"frozen": 5})["now"] == 5
    assert control("GET", "clock") == {"now": 5, "offset": 0, "frozen": 5}
    assert control("POST", "clock", {"frozen": None, "offset": 60})["offset"] == 60
    assert control("POST", "reset") == {}
    assert control("GET", "choices")["unset"] == "as-sent"
    assert control("GET", "clock")["offset"] == 0
    assert control("GET", "health") == {"status": "ok", "objects": 0, "requests": 0}


def test_what_the_control_refuses(ci_emulator: Server, session: requests.Session) -> None:
    url = f"{ci_emulator.url}/_emulator"
    assert session.get(f"{url}/nothing").status_code == 404
    assert "GET health" in session.get(f"{url}/nothing").json()["error"]
    assert session.post(f"{url}/choices", json={"unset": "sometimes"}).status_code == 400
    assert "no such choice: unsaid" in session.post(f"{url}/choices", json={"unsaid": 1}).json()["error"]
    assert session.post(f"{url}/clock", json={"now": 1}).status_code == 400
    assert session.post(f"{url}/reset", data="{", headers={"Content-Type": "application/json"}).status_code == 400
    real = {"Host": f"{BUCKET}.ci.{REGION}.myqcloud.com"}
    assert session.get(f"{url}/objects", headers=real).status_code == 403, "the control answers the loopback host only"


def test_it_listens_on_loopback_only(ci_emulator: Server) -> None:
    assert ci_emulator.url.startswith("http://127.0.0.1:")
    assert ci_emulator.environment["PULUMI_CI_ENDPOINT"] == ci_emulator.url
    assert ci_emulator.environment.keys() >= {"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"}


def test_serving_until_interrupted(session: requests.Session) -> None:
    asked: list[int] = []

    def ready(server: Server) -> None:
        asked.append(session.get(f"{server.url}/_emulator/health").status_code)
        raise KeyboardInterrupt

    serve(ready=ready)
    assert asked == [200]
