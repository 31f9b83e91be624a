"""Each choice, in each of its values, where the documents are silent."""

import dataclasses
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from conftest import BUCKET, REGION, Send, parse

from pulumi_ci.emulator import Choices, Server

SNAPSHOT = "<Request><Tag>Snapshot</Tag><Name>{}</Name><Snapshot><Count>1</Count>{}</Snapshot></Request>"
STYLE = "<AddStyle><StyleName>{}</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
FLOW = (
    "<Request><MediaWorkflow><Name>f</Name>{state}<Topology><Dependencies><Start>{node}</Start><{node}>End</{node}>"
    "</Dependencies><Nodes><Start><Type>Start</Type><Input><ObjectPrefix>in/</ObjectPrefix></Input></Start><{node}>"
    "<Type>SCF</Type><Operation><SCF><Region>r</Region><FunctionName>f</FunctionName></SCF>{more}</Operation></{node}>"
    "</Nodes></Topology></MediaWorkflow></Request>"
)


def flow(state: str = "", node: str = "SCF_1", more: str = "") -> str:
    return FLOW.format(state=f"<State>{state}</State>" if state else "", node=node, more=more)


class Cloud:
    """The emulator with some choices, and short words for what these tests do."""

    def __init__(self, server: Server, send: Send, **choices: Any) -> None:
        server.emulator.choices = Choices().changed(choices)
        self.send = send

    def text(self, method: str, path: str, body: str = "", family: str = "ci") -> str:
        return self.send(method, path, body, family).text

    def tree(self, method: str, path: str, body: str = "", family: str = "ci") -> ET.Element:
        return parse(self.text(method, path, body, family))

    def code(self, method: str, path: str, body: str = "", family: str = "ci") -> str:
        text = self.text(method, path, body, family)
        return (parse(text).findtext("Code") or "ok") if text else "ok"

    def template(self, name: str = "a", more: str = "") -> str:
        return self.tree("POST", "/template", SNAPSHOT.format(name, more)).findtext("Template/TemplateId") or ""

    def workflow(self, **words: str) -> str:
        return self.tree("POST", "/workflow", flow(**words)).findtext("MediaWorkflow/WorkflowId") or ""


Make = Callable[..., Cloud]


@pytest.fixture
def cloud(ci_emulator: Server, send: Send) -> Make:
    return lambda **choices: Cloud(ci_emulator, send, **choices)


def test_put_template(cloud: Make) -> None:
    for choice, kept in (("replace", False), ("merge", True)):
        it = cloud(put_template=choice)
        id = it.template(choice, "<Mode>Average</Mode>")
        answer = it.text("PUT", f"/template/{id}", SNAPSHOT.format(choice, "").replace(">1<", ">2<"))
        assert ("Average" in answer) is kept
        assert "<Count>2</Count>" in answer


def test_answer_form(cloud: Make) -> None:
    body = "<Request><Tag>Transcode</Tag><Name>{}</Name><Container><Format>mp4</Format></Container></Request>"
    assert cloud().tree("POST", "/template", body.format("a")).find("Template/TransTpl/Container") is not None
    it = cloud(answer_form="flat")
    assert it.tree("POST", "/template", body.format("b")).find("Template/Container") is not None
    assert it.tree("GET", "/template").find("TemplateList/TransTpl/Container") is not None


def test_unset(cloud: Make) -> None:
    body = (
        "<Request><Tag>Transcode</Tag><Name>a</Name><Container><Format>mp4</Format></Container>"
        "<Video><Fps></Fps></Video><TransConfig><IsHdr2Sdr>true</IsHdr2Sdr></TransConfig></Request>"
    )
    assert "Crf" not in cloud().text("POST", "/template", body)
    assert "Crf" not in cloud().text("GET", "/template")
    empty = cloud(unset="empty-elements").tree("GET", "/template").find("TemplateList/TransTpl")
    assert empty is not None
    assert empty.findtext("Video/Crf") == ""
    assert empty.find("Audio") is None
    assert empty.find("TransConfig/HlsEncrypt") is None
    full = cloud(unset="with-defaults").tree("GET", "/template").find("TemplateList/TransTpl")
    assert full is not None
    assert full.findtext("Video/Crf") == "25"
    assert full.findtext("Video/Fps") == ""
    assert full.find("Audio") is None
    assert full.findtext("TransConfig/IsHdr2Sdr") == "true"
    assert full.findtext("TransConfig/HlsEncrypt/IsHlsEncrypt") == "false"
    assert "Crf" not in cloud().text("GET", "/template"), "what is filled in is shown, not stored"


def test_unset_in_queues_and_workflows(cloud: Make, ci_emulator: Server) -> None:
    it = cloud(unset="with-defaults")
    assert it.tree("GET", "/queue").findtext("QueueList/NotifyConfig/ResultFormat") == "XML"
    id = it.workflow()
    path = "MediaWorkflow/Topology/Nodes/Start/Input/ExtFilter/State"
    ci_emulator.emulator.edit(BUCKET, REGION, "workflow", id=id, set={path: "On"})
    shown = it.tree("GET", "/workflow").find("MediaWorkflowList/Topology/Nodes/Start/Input/ExtFilter")
    assert shown is not None
    assert (shown.findtext("State"), shown.findtext("AllFile")) == ("On", "false")


def test_update_envelope(cloud: Make) -> None:
    id = cloud().template()
    for choice, there in (("full", True), ("sparse", False)):
        answer = cloud(update_envelope=choice).tree("PUT", f"/template/{id}", SNAPSHOT.format("a", ""))
        assert (answer.find("Template/BucketId") is not None) is there


def test_limits(cloud: Make) -> None:
    it = cloud(template_limit=1, workflow_limit=1, style_limit=1, name_limit=0)
    assert it.template("a" * 65)
    assert it.workflow()
    assert it.code("PUT", "/?style", STYLE.format("a"), "pic") == "ok"
    assert it.code("POST", "/template", SNAPSHOT.format("b", "")) == "CreatedTemplateNumLimit"
    assert it.code("POST", "/workflow", flow()) == "WorkFlowNumLimit"
    assert it.code("PUT", "/?style", STYLE.format("b"), "pic") == "-60957"
    assert it.code("PUT", "/?style", STYLE.format("a"), "pic") == "ok"


def test_page_size_max(cloud: Make) -> None:
    assert cloud(page_size_max=5).tree("GET", "/template?pageSize=50").findtext("PageSize") == "5"


@pytest.mark.parametrize("choice", ["Paused", "Active"])
def test_workflow_state(cloud: Make, choice: str) -> None:
    it = cloud(workflow_state=choice)
    assert it.tree("POST", "/workflow", flow()).findtext("MediaWorkflow/State") == choice


def test_active_workflows(cloud: Make) -> None:
    it = cloud(put_active_workflow="allow", delete_active_workflow="allow")
    id = it.workflow(state="Active")
    assert it.code("PUT", f"/workflow/{id}", flow("Active")) == "ok"
    assert it.code("DELETE", f"/workflow/{id}") == "ok"
    it = cloud()
    id = it.workflow(state="Active")
    assert it.code("PUT", f"/workflow/{id}", flow("Active")) == "ActiveWorkflowForbiddenUpdate"
    assert it.code("DELETE", f"/workflow/{id}") == "ActiveWorkflowForbiddenUpdate"


def test_toggle_answer(cloud: Make) -> None:
    id = cloud().workflow()
    for key, state in (("active", "Active"), ("active", "Active"), ("paused", "Paused")):
        answer = cloud().send("PUT", f"/workflow/{id}?{key}")
        assert (answer.status_code, answer.content) == (200, b"")
        assert "Content-Type" not in answer.headers
        assert cloud().tree("GET", "/workflow").findtext("MediaWorkflowList/State") == state
    shown = cloud(toggle_answer="workflow").tree("PUT", f"/workflow/{id}?active")
    assert shown.findtext("MediaWorkflow/State") == "Active"
    assert cloud().code("PUT", f"/workflow/{id}?active&paused") == "InvalidArgument"
    assert cloud().code("PUT", f"/workflow/{id}?active", flow()) == "InvalidArgument"


def test_workflow_events(cloud: Make) -> None:
    config = "<NotifyConfig><State>On</State><Type>Url</Type><Url>u</Url><Event>{}</Event></NotifyConfig><ObjectPrefix>"
    path = "Topology/Nodes/Start/Input/NotifyConfig/Event"
    for given, listed in (("TaskFinish", "TaskFinish,WorkflowStart"), ("WorkflowStart", "WorkflowStart")):
        it = cloud()
        body = flow().replace("<ObjectPrefix>", config.format(given))
        id = it.tree("POST", "/workflow", body).findtext("MediaWorkflow/WorkflowId")
        assert it.tree("GET", f"/workflow?ids={id}").findtext(f"MediaWorkflowList/{path}") == given
        it = cloud(workflow_events="start-added")
        assert it.tree("GET", f"/workflow?ids={id}").findtext(f"MediaWorkflowList/{path}") == listed
        assert it.tree("PUT", f"/workflow/{id}", body).findtext(f"MediaWorkflow/{path}") == given
    assert it.tree("POST", "/workflow", flow()).find(f"MediaWorkflow/{path}") is None


def test_workflow_queues(cloud: Make) -> None:
    path = "MediaWorkflow/Topology/Nodes/Start/Input/QueueId"
    assert cloud(workflow_queues="require").code("POST", "/workflow", flow()) == "InvalidArgument"
    assert cloud(workflow_queues="as-sent").tree("POST", "/workflow", flow()).findtext(path) is None
    it = cloud()
    own = it.tree("GET", "/queue").findtext("QueueList/QueueId")
    assert it.tree("POST", "/workflow", flow()).findtext(path) == own
    speed = it.tree("GET", "/queue?category=SpeedTranscoding").findtext("QueueList/QueueId") or ""
    chosen = flow().replace("<ObjectPrefix>", f"<QueueId>{speed}</QueueId><ObjectPrefix>")
    id = it.tree("POST", "/workflow", chosen).findtext("MediaWorkflow/WorkflowId")
    assert it.tree("PUT", f"/workflow/{id}", flow()).findtext(path) == speed, "a queue left out stays"


def test_node_names(cloud: Make) -> None:
    assert cloud().code("POST", "/workflow", flow(node="Thumb512")) == "InvalidArgument"
    assert cloud(node_names="free").code("POST", "/workflow", flow(node="Thumb512")) == "ok"


def test_styles(cloud: Make) -> None:
    it = cloud()
    assert it.code("PUT", "/?style", STYLE.format("a"), "pic") == "ok"
    assert it.code("PUT", "/?style", STYLE.format("a"), "pic") == "ok"
    assert cloud(style_put="reject").code("PUT", "/?style", STYLE.format("a"), "pic") == "TemplateNameDuplicate"
    assert cloud(style_put="reject-plain").code("PUT", "/?style", STYLE.format("a"), "pic") == "InvalidArgument"
    none = "<GetStyle><StyleName>none</StyleName></GetStyle>"
    assert cloud().code("GET", "/?style", none, "pic") == "-60967"
    assert len(cloud(style_missing="empty").tree("GET", "/?style", none, "pic")) == 0
    both = "<GetStyle><StyleName>none</StyleName><StyleName>a</StyleName></GetStyle>"
    assert len(cloud().tree("GET", "/?style", both, "pic")) == 1
    gone = "<DeleteStyle><StyleName>none</StyleName></DeleteStyle>"
    assert cloud().code("DELETE", "/?style", gone, "pic") == "ok"
    assert cloud(style_delete_missing="error").code("DELETE", "/?style", gone, "pic") == "-60967"


def test_hotlink_off(cloud: Make) -> None:
    on = "<Hotlink><Url>a.example</Url><Url>b.example</Url><Type>white</Type></Hotlink>"
    cloud().text("PUT", "/?hotlink", on, "pic")
    assert [e.text for e in cloud().tree("GET", "/?hotlink", "", "pic")] == ["on", "white", "a.example", "b.example"]
    cloud().text("PUT", "/?hotlink", on.replace("<Url>b.example</Url>", ""), "pic")
    assert [e.text for e in cloud().tree("GET", "/?hotlink", "", "pic")] == ["on", "white", "a.example"]
    cloud().text("PUT", "/?hotlink", "<Hotlink><Type>off</Type></Hotlink>", "pic")
    for choice, texts in (("off", ["off", "off"]), ("bare", ["off"]), ("kept", ["off", "white", "a.example"])):
        assert [e.text for e in cloud(hotlink_off=choice).tree("GET", "/?hotlink", "", "pic")] == texts


def test_binding(cloud: Make) -> None:
    it = cloud(unbinding_reads=2, binding_required="on", bind_again="refuse")
    assert it.tree("GET", "/", "", "pic").text == "off"
    assert it.code("GET", "/template") == "MediaBucketUnBinded"
    assert it.code("GET", "/?style", "", "pic") == "PicBucketUnBinded"
    assert it.send("GET", "/mediabucket", bucket="").status_code == 200, "a list of the account is of no bucket"
    assert it.text("PUT", "/", "", "pic") == ""
    assert it.code("PUT", "/", "", "pic") == "BucketAlreadyBinded"
    assert it.code("GET", "/template") == "ok"
    assert it.text("GET", "/") == '{"CIStatus":"on"}'
    assert it.text("PUT", "/?unbind", "", "pic") == ""
    assert [it.tree("GET", "/", "", "pic").text for _ in range(3)] == ["unbinding", "unbinding", "off"]
    it = cloud()
    assert [it.code("PUT", "/", "", "pic") for _ in range(2)] == ["ok", "ok"]
    assert it.text("PUT", "/?unbind", "", "pic") == ""
    assert it.tree("GET", "/", "", "pic").text == "off"


def test_lists_of_the_account_need_no_bound_bucket(cloud: Make, send: Send) -> None:
    cloud(binding_required="on")
    for path in ("/mediabucket", "/ai_bucket", "/asrbucket", "/docbucket"):
        assert parse(send("GET", path, bucket="").text).findtext("TotalCount") == "0"


def test_queues(cloud: Make) -> None:
    it = cloud()
    every = it.tree("GET", "/queue?category=CateAll")
    assert [e.text for e in every.findall("QueueList/Category")] == ["Transcoding", "SpeedTranscoding"]
    speed = every.findall("QueueList/QueueId")[1].text
    assert it.tree("GET", f"/queue?queueIds={speed}").find("QueueList") is not None
    assert cloud(queue_by_id="category").tree("GET", f"/queue?queueIds={speed}").findtext("NonExistPIDs") == speed
    block = cloud(missing_queues="block").tree("GET", "/queue?queueIds=pnone")
    assert block.findtext("NonExistPIDs/QueueID") == "pnone"
    text = cloud(missing_queues="text").tree("GET", "/docqueue?queueIds=pnone")
    assert text.findtext("NonExistPIDs") == "pnone"
    assert cloud(queue_ids_max=1).code("GET", "/queue?queueIds=a,b") == "InvalidArgument"
    assert cloud(speech_category="Asr").tree("GET", "/asrqueue").findtext("QueueList/Category") == "Asr"


def test_a_callback_that_is_on_needs_its_address(cloud: Make) -> None:
    it = cloud()
    id = it.tree("GET", "/queue").findtext("QueueList/QueueId")
    body = "<Request><Name>a</Name><State>Active</State><NotifyConfig><State>On</State>{}</NotifyConfig></Request>"
    event = "<Event>TaskFinish</Event>"
    for lacking in ("", event, f"{event}<Type>Url</Type>", f"{event}<Type>TDMQ</Type><MqRegion>gz</MqRegion>"):
        assert it.code("PUT", f"/queue/{id}", body.format(lacking)) == "InvalidArgument"
    mq = f"{event}<Type>TDMQ</Type><MqRegion>gz</MqRegion><MqName>t</MqName>"
    assert it.tree("PUT", f"/queue/{id}", body.format(mq)).findtext("Queue/NotifyConfig/MqName") == "t"
    off = "<Request><Name>a</Name><State>Active</State><NotifyConfig><State>Off</State></NotifyConfig></Request>"
    assert it.tree("PUT", f"/queue/{id}", off).find("Queue/NotifyConfig/MqName") is None, "replaced whole"


def test_errors(cloud: Make) -> None:
    assert cloud(error_code="number").code("DELETE", "/template/t1none") == "1107"
    assert cloud(statuses={"TemplateNotFound": 400}).send("DELETE", "/template/t1none").status_code == 400


class TestOfAUser:
    """A test of a user, who overrides the choices of the fixture."""

    @pytest.fixture
    def ci_emulator_choices(self, tmp_path: Path) -> Choices:
        file = tmp_path / "choices.yaml"
        file.write_text("bind_again: refuse\n", encoding="utf-8")
        return Choices.read(file)

    def test_has_them(self, ci_emulator: Server) -> None:
        assert ci_emulator.emulator.choices == Choices(bind_again="refuse")


def test_every_choice_is_explained_and_has_its_default_first() -> None:
    hints = get_type_hints(Choices)
    for field in dataclasses.fields(Choices):
        values = get_args(hints[field.name])
        if values and field.default is not dataclasses.MISSING:
            assert field.default == values[0], field.name


def test_a_run_without_the_emulator_does_not_pay_for_it() -> None:
    heavy = ("werkzeug", "pydantic", "yaml", "pulumi")
    code = f"import sys, pulumi_ci.emulator.fixture; print(*[m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
