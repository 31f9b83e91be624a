"""Tasks of image processing in Media Processing Service (MPS). Source: mps-ProcessImage; the read from newer pages."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from typing import Any

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.progress import progress
from pulumi_ci.emulator.routing import Answer, Call, Cloud, JsonRoute, utc_text
from pulumi_ci.emulator.store import Place, Stored
from pulumi_ci.emulator.table import fits

KIND = "mps-task"
_VERSION = "2019-06-12"
_KEPT = 7 * 86400
"""Seconds for which a task can be read."""
_BLOCKS = {"COS": "Cos", "URL": "Url", "AWS-S3": "S3", "VOD": "VOD"}
_STATES = {"waiting": "WAITING", "running": "PROCESSING"}


def start(cloud: Cloud, call: Call) -> Answer:
    """Starts a task. The same words again are another task."""
    place, sent = _place(call), call.content
    fits(sent, tree.data("mps.yaml"), "ProcessImage", cloud.choices.unknown_keys == "refuse")
    _need(sent.get("InputInfo"), "InputInfo", "InputInfo")
    if sent.get("OutputStorage") is not None:
        _need(sent["OutputStorage"], "OutputStorage", "OutputStorage")
    if not sent.get("ImageTask") and not sent.get("Definition"):
        raise CloudError("InvalidParameter", "ImageTask or Definition is required")
    id = cloud.new_id("m", KIND)
    task = {"Sent": sent, "Status": "WAITING", "ErrCode": 0, "ErrMsg": "", "Message": "", "FinishTime": None}
    _advanced(cloud, _put(cloud, place, id, task), read=False)
    return Answer.json(call, {"TaskId": id})


def read(cloud: Cloud, call: Call) -> Answer:
    """A task of the last seven days."""
    id = call.content.get("TaskId")
    if not isinstance(id, str) or not id:
        raise CloudError("MissingParameter", "TaskId is required")
    item = cloud.store.get(_place(call), KIND, id)
    if item is None or cloud.clock() - item.created > _KEPT:
        raise CloudError(cloud.choices.mps_missing, f"there is no task {id} of the last seven days")
    task = _advanced(cloud, item, read=True)
    sent = task.pop("Sent")
    shown = {name: sent.get(name) for name in ("InputInfo", "ImageTask", "Definition")}
    words = {"TaskType": "ImageTask", "CreateTime": utc_text(item.created), "ImageProcessTaskResultSet": None}
    return Answer.json(call, {**words, **task, **shown})


def _place(call: Call) -> Place:
    region = call.headers.get("x-tc-region", "")
    if not region:
        raise CloudError("MissingParameter", "the call needs the header X-TC-Region")
    return Place(region, "")


def _need(given: Any, path: str, suffix: str) -> None:
    """The block that the type asks for."""
    type = str((given or {}).get("Type") or "").upper()
    if type not in _BLOCKS:
        raise CloudError("MissingParameter", f"{path}.Type is required")
    name = f"{_BLOCKS[type]}{suffix}"
    if given.get(name) is None:
        raise CloudError("InvalidParameter", f"{path}.{name} is required for Type {type}")


def _advanced(cloud: Cloud, item: Stored, read: bool) -> dict[str, Any]:
    """The task as it is by now."""
    task: dict[str, Any] = json.loads(item.xml)
    if task["Status"] == "FINISH":
        return task
    far = progress(cloud, item, read)
    if far == "ended":
        task |= {"Status": "FINISH", "FinishTime": utc_text(cloud.clock()), **_end(cloud, task["Sent"])}
    else:
        task["Status"] = _STATES[far]
    _put(cloud, Place(item.region, item.bucket), item.id, task)
    return task


def _end(cloud: Cloud, sent: Mapping[str, Any]) -> dict[str, Any]:
    """How a task ends: its errors and its one result."""
    failed = cloud.choices.run_end == "Failed"
    error = {"ErrMsg": "InternalError", "Message": "the emulator was asked to fail it"} if failed else {}
    result: dict[str, Any] = {
        "Status": "FAIL" if failed else "SUCCESS",
        "ErrMsg": "",
        "Message": "",
        "Progress": 100,
        **error,
    }
    result["Output"] = None if failed else {"Path": _path(sent), "OutputStorage": _storage(sent), "SignedUrl": None}
    own = {**error, "ErrCode": 70000} if failed and cloud.choices.mps_failure == "task" else {}
    return {**own, "ImageProcessTaskResultSet": [result]}


def _path(sent: Mapping[str, Any]) -> str:
    """Where the result goes: the directory and name of the input unless the call says otherwise."""
    info = next((block for block in sent["InputInfo"].values() if isinstance(block, dict)), {})
    source = next((str(info[key]) for key in ("Object", "S3Object", "Url", "FileId") if info.get(key)), "image")
    folder, name = posixpath.split(source.partition("://")[2] or source)
    stem, _, ending = name.rpartition(".") if "." in name else (name, "", "")
    format = str(((sent.get("ImageTask") or {}).get("EncodeConfig") or {}).get("Format") or ending).lower()
    given = sent.get("OutputPath") or f"{stem or name}.{{format}}"
    wanted = given.replace("{inputName}", stem or name).replace("{format}", format)
    directory = sent.get("OutputDir") or folder
    return posixpath.join("/", directory, wanted)


def _storage(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The storage of the result, without keys."""
    given = sent.get("OutputStorage") or {}
    source = sent["InputInfo"].get("CosInputInfo") or {}
    type = given.get("Type") or sent["InputInfo"]["Type"]
    block = {**source, **(given.get("CosOutputStorage") or {})}
    cos = {name: block[name] for name in ("Bucket", "Region") if block.get(name)} if type == "COS" else None
    return {"Type": type, "CosOutputStorage": cos}


def _put(cloud: Cloud, place: Place, id: str, task: Mapping[str, Any]) -> Stored:
    return cloud.put(place, KIND, id, json.dumps(task, ensure_ascii=False))


ROUTES = (
    JsonRoute(
        "mps",
        "ProcessImage",
        _VERSION,
        start,
        ("InputInfo", "OutputStorage", "OutputDir", "OutputPath", "Definition", "ResourceId", "ImageTask"),
    ),
    JsonRoute("mps", "DescribeImageTaskDetail", _VERSION, read, ("TaskId",)),
)
