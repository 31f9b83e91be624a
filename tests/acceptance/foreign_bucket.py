"""A bucket that people have filled for years with the official SDK and the web console; nothing of ours was there."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import yaml

from pulumi_ci.emulator import Choices, Server

SEEDS = Path(__file__).parent.parent / "seeds"
STYLES, TEMPLATES, WORKFLOWS = 60, 110, 30
UNDECLARABLE = "asr_old"
"""A template made without ChannelNum, as this SDK does, which the API's page requires."""
CALLBACK = {"State": "On", "Event": "TaskFinish,WorkflowFinish", "Type": "Url", "Url": "https://old.example.com/done"}


def fill(client: Any, server: Server, region: str, bucket: str) -> None:
    """More than 200 objects: styles, templates of every kind, workflows that use them, queues, services, settings."""
    server.emulator.choices = Choices(toggle_answer="workflow")  # this SDK cannot read the documented empty one
    for number in range(STYLES):
        name = ("card", "头图", "avatar.webp")[number % 3] + f"_{number}"
        body = f"imageMogr2/thumbnail/{number + 100}x/quality/85"
        client.ci_put_image_style(bucket, {"StyleName": name, "StyleBody": body})
    made: dict[str, list[str]] = {}
    for number, template_body in zip(range(TEMPLATES), itertools.cycle(_bodies()), strict=False):
        named = {**template_body, "Name": f"{('视频模板', 'tpl-old', '2019_old')[number % 3]}_{number}"}
        template = client.ci_create_template(bucket, named)["Template"]["TemplateId"]
        made.setdefault(template_body["Tag"], []).append(template)
    media = client.ci_get_media_queue(bucket)["QueueList"][0]["QueueId"]
    client.ci_update_media_queue(
        bucket, media, {"Name": "队列", "QueueID": media, "State": "Active", "NotifyConfig": CALLBACK}
    )
    client.ci_get_media_pic_queue(Bucket=bucket)  # looked at, and never touched
    documents = client.ci_get_doc_queue(Bucket=bucket)["QueueList"]
    document = (documents[0] if isinstance(documents, list) else documents)["QueueId"]
    client.ci_update_doc_queue(Bucket=bucket, QueueId=document, Request={"Name": "docs", "QueueID": document,
        "State": "Paused", "NotifyConfig": {"State": "Off"}})  # fmt: skip
    for number in range(WORKFLOWS):
        flow = _workflow(number, region, bucket, media, *(made[tag][number % len(made[tag])] for tag in _USED))
        id = client.ci_create_workflow(bucket, flow)["MediaWorkflow"]["WorkflowId"]
        if number % 7 == 0:
            client.ci_update_workflow_state(bucket, id, "paused")
    client.ci_create_asr_template(bucket, UNDECLARABLE, "16k_zh")
    client.ci_open_asr_bucket(bucket)
    client.ci_open_ai_bucket(bucket)
    edit = server.emulator.edit
    edit(bucket, region, "hotlink", xml="<Hotlink><Status>on</Status><Type>white</Type><Url>www.a.com</Url></Hotlink>")
    edit(bucket, region, "origin-protect", status="on")


_USED = ("Snapshot", "Transcode", "Watermark")


def _bodies() -> list[dict[str, Any]]:
    """What the pages of the API show as the body of each kind of template."""
    found = []
    for entry in yaml.safe_load((SEEDS / "index.yaml").read_text()):
        if (entry["operation"], entry["role"], entry["path"]) == ("create", "request", "/template"):
            body = _as_words(ET.parse(SEEDS / entry["file"]).getroot())  # noqa: S314 - our own
            if not entry.get("placeholder") and entry["kind"] != "speech-recognition-template":
                found.append(body)
    return [*found, _WATERMARK]


def _as_words(element: ET.Element) -> Any:
    """An element as the SDK takes it: a text, or its children by name, with a list for several of one name."""
    found: dict[str, Any] = {}
    for child in element:
        word = _as_words(child)
        found[child.tag] = word if child.tag not in found else [*_several(found[child.tag]), word]
    return found or (element.text or "").strip()


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_WATERMARK = {
    "Tag": "Watermark",
    "Watermark": {
        "Type": "Text",
        "Pos": "TopRight",
        "LocMode": "Absolute",
        "Dx": "8",
        "Dy": "8",
        "Text": {
            "FontSize": "20",
            "FontType": "simfang.ttf",
            "FontColor": "0xffffff",
            "Transparency": "80",
            "Text": "版权所有",
        },
    },
}


def _workflow(
    number: int, region: str, bucket: str, queue: str, snapshot: str, transcode: str, watermark: str
) -> dict[str, Any]:
    def output(path: str) -> dict[str, str]:
        return {"Region": region, "Bucket": bucket, "Object": path}

    nodes = {
        "Start": {"Type": "Start", "Input": {"ObjectPrefix": f"上传/{number}/", "QueueId": queue}},
        "Snapshot_1": {
            "Type": "Snapshot",
            "Operation": {"TemplateId": snapshot, "Output": output(f"截图/{number}/${{RunId}}-${{Number}}.jpg")},
        },
        "Transcode_2": {
            "Type": "Transcode",
            "Operation": {
                "TemplateId": transcode,
                "WatermarkTemplateId": watermark,
                "Output": output(f"out/{number}/${{RunId}}.mp4"),
            },
        },
    }
    arrows = {"Start": "Snapshot_1,Transcode_2", "Snapshot_1": "End", "Transcode_2": "End"}
    topology = {"Dependencies": arrows, "Nodes": nodes}
    return {"MediaWorkflow": {"Name": f"工作流_{number}", "State": "Active", "Topology": topology}}
