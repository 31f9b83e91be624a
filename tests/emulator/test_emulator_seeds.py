"""The printed bodies: what a page sends is accepted, and answered as the page answers it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import BUCKET, REGION, Send, parse

from pulumi_ci.emulator import Server
from pulumi_ci.emulator.templates import forms

SEEDS = Path(__file__).parents[1] / "seeds"
INDEX: list[dict[str, Any]] = yaml.safe_load((SEEDS / "index.yaml").read_text())
ENVELOPE = {"TemplateId", "BucketId", "Category", "CreateTime", "UpdateTime", "State", "RequestId"}


UNSENT = {"SpeechRecognition/ChannelNum", "SpeechRecognition/OutputFileType"}
"""Leaves that 193 and 195 answer without being sent them, or the other way round."""


def body(file: str) -> ET.Element:
    return parse((SEEDS / file).read_text())


def pairs(kinds: tuple[str, ...]) -> list[Any]:
    """Each request with the answer that its page prints for it."""
    found = []
    for entry in INDEX:
        if entry["role"] == "request" and entry["file"].endswith(".xml") and entry["kind"].endswith(kinds):
            suffix = entry["file"].partition("-request")[2]
            answers = [
                other["file"]
                for other in INDEX
                if other["page"] == entry["page"] and other["file"].partition("-response")[2] == suffix
            ]
            found.append(pytest.param(entry, answers[0] if answers else None, id=entry["file"]))
    return found


def leaves(element: ET.Element, path: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        here = f"{path}/{child.tag}".lstrip("/")
        if len(child):
            yield from leaves(child, here)
        else:
            yield here, (child.text or "").strip()


def paths(element: ET.Element) -> set[str]:
    return {path for path, _ in leaves(element)}


@pytest.mark.parametrize(("entry", "answer_file"), pairs(("-template",)))
def test_templates(ci_emulator: Server, send: Send, entry: dict[str, Any], answer_file: str | None) -> None:
    request = body(entry["file"])
    tag = request.findtext("Tag") or ""
    if tag not in forms():
        assert send("POST", "/template", (SEEDS / entry["file"]).read_bytes()).status_code == 400
        return
    path = "/template"
    if entry["operation"] == "update":
        made = send("POST", "/template", (SEEDS / entry["file"]).read_bytes())
        path = f"/template/{parse(made.content).findtext('Template/TemplateId')}"
    seed = body(answer_file) if answer_file else None
    printed = next(iter(seed.findall("Template")), seed) if seed is not None else None
    container = forms()[tag].answer or tag
    if printed is not None and printed.find(container) is None:
        ci_emulator.emulator.choices = ci_emulator.emulator.choices.changed({"answer_form": "flat"})
    answer = send(entry["method"], path, (SEEDS / entry["file"]).read_bytes())
    assert answer.status_code == 200, answer.text
    template = parse(answer.content).find("Template")
    assert template is not None
    wrapper = forms()[tag].request
    sent = request.find(wrapper) if wrapper else request
    assert sent is not None
    shown = template.find(container) if template.find(container) is not None else template
    assert shown is not None
    ours = {leaf for leaf in leaves(sent) if leaf[0] not in {"Tag", "Name", "TemplateId"}}
    assert ours <= set(leaves(shown))
    if printed is not None:
        assert (paths(template) ^ paths(printed)) - ENVELOPE - UNSENT == set()


@pytest.mark.parametrize(("entry", "answer_file"), pairs(("-queue",)))
def test_queues(send: Send, entry: dict[str, Any], answer_file: str | None) -> None:
    path = entry["path"].partition("/<")[0]
    listed = parse(send("GET", path).content)
    id = listed.findtext("QueueList/QueueId") or ""
    request = (SEEDS / entry["file"]).read_text()
    for element in ("QueueID", "QueueId"):
        printed = parse(request).findtext(element)
        request = request.replace(f">{printed}<", f">{id}<") if printed else request
    answer = send("PUT", f"{path}/{id}", request)
    if not parse(request).findtext("State"):  # a form with nothing filled in
        assert answer.status_code == 400
        return
    assert answer.status_code == 200, answer.text
    queue = parse(answer.content).find("Queue")
    assert queue is not None
    for leaf in leaves(parse(request)):
        assert leaf[0] in ("QueueID", "QueueId") or leaf in set(leaves(queue))
    assert answer_file is not None
    printed_queue = body(answer_file).find("Queue")
    assert printed_queue is not None
    assert paths(printed_queue) <= paths(queue)


@pytest.mark.parametrize(("entry", "answer_file"), pairs(("workflow",)))
def test_workflows(ci_emulator: Server, send: Send, entry: dict[str, Any], answer_file: str | None) -> None:
    request, seed = body(entry["file"]), body(answer_file or "")
    for element in [*request.iter(), *seed.iter()]:
        if element.tag.endswith("TemplateId") and element.text:
            xml = f"<Request><Tag>Snapshot</Tag><Name>{element.text}</Name><Snapshot/></Request>"
            ci_emulator.emulator.edit(BUCKET, REGION, "template", id=element.text, xml=xml)
        if element.tag.endswith("QueueId"):
            service = {"QueueId": "queue", "PicProcessQueueId": "picqueue"}[element.tag]
            listed = parse(send("GET", f"/{service}").content)
            element.text = listed.findtext("QueueList/QueueId")
    path = "/workflow"
    if entry["operation"] == "update":
        made = parse(send("POST", path, ET.tostring(request)).content)
        path = f"/workflow/{made.findtext('MediaWorkflow/WorkflowId')}"
        assert send("PUT", f"{path}?paused").status_code == 200
    answer = send(entry["method"], path, ET.tostring(request))
    assert answer.status_code == 200, answer.text
    flow, printed = parse(answer.content).find("MediaWorkflow"), seed.find("MediaWorkflow")
    assert flow is not None
    assert printed is not None
    assert paths(flow) == paths(printed)
    own = {leaf for leaf in leaves(printed) if leaf[0] not in ENVELOPE - {"State"} and leaf[0] != "WorkflowId"}
    assert own <= set(leaves(flow))


@pytest.mark.parametrize(("entry", "answer_file"), pairs(("image-style", "hotlink")))
def test_settings_of_a_bucket(send: Send, entry: dict[str, Any], answer_file: str | None) -> None:
    if entry["operation"] in ("read", "delete"):
        style = b"<AddStyle><StyleName>style_name</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
        assert send("PUT", "/?style", style.replace(b"style_name", _name(entry).encode()), "pic").status_code == 200
    answer = send(entry["method"], entry["path"], (SEEDS / entry["file"]).read_bytes(), "pic")
    assert answer.status_code == 200, answer.text
    listed = parse(send("GET", entry["path"], b"", "pic").content)
    request = body(entry["file"])
    if entry["operation"] == "read":
        assert listed.findtext("StyleRule/StyleName") == _name(entry)
        assert paths(parse(answer.content)) == paths(body("031/02-response.xml"))
    elif entry["operation"] == "delete":
        assert listed.find("StyleRule") is None
    else:
        where = listed.find("StyleRule") if listed.tag == "StyleList" else listed
        assert where is not None
        assert set(leaves(request)) <= set(leaves(where))


def _name(entry: dict[str, Any]) -> str:
    return body(entry["file"]).findtext("StyleName") or ""


@pytest.mark.parametrize(
    ("path", "key", "file"),
    [("/?origin-protect", "origin-protect", "008/01-response.xml"), ("/?guetzli", "guetzli", "034/01-response.xml")],
)
def test_switches(send: Send, path: str, key: str, file: str) -> None:
    assert send("PUT", path, b"", "pic").content == b""
    answer = parse(send("GET", path, b"", "pic").content)
    assert (answer.tag, answer.text) == (body(file).tag, body(file).text)
    assert send("DELETE", path, b"", "pic").content == b""
    assert parse(send("GET", path, b"", "pic").content).text == "off"


def test_answers_by_ids_and_by_page(send: Send, ci_emulator: Server) -> None:
    seed = body("179/02-response-by-ids-example.xml")
    id = seed.findtext("TemplateList/TemplateId") or ""
    xml = "<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Count>1</Count></Snapshot></Request>"
    ci_emulator.emulator.edit(BUCKET, REGION, "template", id=id, xml=xml)
    answer = parse(send("GET", f"/template?ids={id},t1none").content)
    assert {child.tag for child in answer} == {child.tag for child in seed}
    assert [e.text for e in answer.findall("NonExistTIDs/TemplateId")] == ["t1none"]
    page = parse(send("GET", "/template?pageSize=10&pageNumber=1").content)
    printed = body("179/03-response-by-page-example.xml")
    assert {child.tag for child in page} == {child.tag for child in printed}


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (entry["file"], entry["path"])
        for entry in INDEX
        if entry["kind"].endswith("-queue") and entry["operation"] == "read" and entry["role"] == "response"
    ],
)
def test_shapes_of_missing_queues(send: Send, file: str, path: str) -> None:
    service = path.partition("?")[0]
    known = parse(send("GET", service).content).findtext("QueueList/QueueId")
    callback = "<State>Off</State><Url/><Event/><Type/><ResultFormat>XML</ResultFormat>"
    update = f"<Request><Name>a</Name><State>Active</State><NotifyConfig>{callback}</NotifyConfig></Request>"
    assert send("PUT", f"{service}/{known}", update).status_code == 200
    answer = parse(send("GET", f"{service}?queueIds={known},A,B").content)
    seed = body(file)
    assert {child.tag for child in answer} == {child.tag for child in seed}
    if seed.find("NonExistPIDs") is not None:
        assert bool(seed.findall("NonExistPIDs/QueueID")) == bool(answer.findall("NonExistPIDs/QueueID"))
    shown, printed = answer.find("QueueList"), seed.find("QueueList")
    assert shown is not None
    assert printed is not None
    assert paths(printed) <= paths(shown)
