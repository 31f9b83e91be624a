"""Runs: executions of workflows, and batch jobs, which go on by themselves and end. Source: 104, 106, 107, 196-200."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from pulumi_ci.emulator import queues, templates, tree, workflows
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.progress import progress
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, time_text, tree_of
from pulumi_ci.emulator.store import Place, Stored

JOB, EXECUTION = "job", "execution"
_NAME = re.compile(r"[A-Za-z0-9_\-\u3400-\u9fff\uf900-\ufaff]{1,128}")
_STATES = ("Submitted", "Running", "Success", "Failed", "Pause", "Cancel")
_ENDS = ("Success", "Failed", "Cancel")
_SOURCES = ("Manifest", "UrlFile", "Prefix", "Object")
_TAGS = (
    *("Animation", "SmartCover", "Transcode", "Snapshot", "SpeechRecognition", "Concat", "VoiceSeparate"),
    *("VideoMontage", "SDRtoHDR", "VideoProcess", "SuperResolution", "Segment", "VideoTag", "PicProcess"),
    *("DigitalWatermark", "ExtractDigitalWatermark", "MediaInfo", "StreamExtract", "Tts", "NoiseReduction"),
    "QualityEstimate",
)
_WITHOUT_OUTPUT = ("VideoTag", "ExtractDigitalWatermark", "MediaInfo", "QualityEstimate")
_PAGE_MAX = 100


# -- executions of workflows ------------------------------------------------------------------------------------------


def trigger(cloud: Cloud, call: Call) -> Answer:
    """Runs a workflow for one object, whatever its prefix, filter and state."""
    for name in ("workflowId", "object"):
        if not call.parameter(name):
            raise CloudError("InvalidArgument", f"{name} is required")
    name = call.parameter("name")
    if name and not _NAME.fullmatch(name):
        raise CloudError("InvalidArgument", f"name={name}: Chinese characters, letters, digits, _ and - only")
    item = _execute(cloud, call.place, call.parameter("workflowId"), call.parameter("object"))
    shown = f"{item.id}=" if cloud.choices.instance_id == "padded" else item.id
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), tree.make("InstanceId", shown)))


def _execute(cloud: Cloud, place: Place, workflow: str, object: str, job: str = "") -> Stored:
    found = cloud.store.get(place, workflows.KIND, workflow)
    if found is None and cloud.choices.references == "checked":
        raise CloudError("ResourceNotFound", f"the bucket has no workflow {workflow}")
    id = cloud.new_id("i", EXECUTION)
    body = tree.make("WorkflowExecution", tree.make("WorkflowId", workflow))
    if job:
        body.set("job", job)
    topology = None
    if found is not None:
        topology = tree_of(found).find("MediaWorkflow/Topology")
        body.append(tree.make("Name", found.name))
    words = {"RunId": id, "CreateTime": _with_colon(cloud.clock()), "Object": object, "State": "Running"}
    body.extend(tree.make(name, text) for name, text in words.items())
    if topology is not None:
        body.append(topology)
    return cloud.put(place, EXECUTION, id, body, name=object, tag=workflow)


def execution(cloud: Cloud, call: Call) -> Answer:
    """One execution, with its tasks."""
    id = call.path.rpartition("/")[2].removesuffix("=")
    item = cloud.store.get(call.place, EXECUTION, id)
    if item is None:
        raise CloudError("ResourceNotFound", f"the bucket has no execution {id}")
    body = tree_of(_advanced(cloud, item, read=True))
    body.attrib.clear()
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), body))


def executions(cloud: Cloud, call: Call) -> Answer:
    """Executions of a workflow, without their tasks."""
    if not call.parameter("workflowId"):
        raise CloudError("InvalidArgument", "workflowId is required")

    def row(item: Stored) -> ET.Element:
        names = ("RunId", "WorkflowId", "Object", "CreateTime", "State")
        body = tree_of(item)
        return tree.make("WorkflowExecutionList", *(tree.make(name, tree.text(body, name)) for name in names))

    items = cloud.store.find(call.place, EXECUTION, tag=call.parameter("workflowId"), prefix=call.parameter("name"))
    job = call.parameter("jobId")
    return _page(cloud, call, [item for item in items if not job or tree_of(item).get("job") == job], row)


# -- batch jobs -------------------------------------------------------------------------------------------------------


def create(cloud: Cloud, call: Call) -> Answer:
    """Starts a batch job."""
    body = tree.parse(call.body, "Request")
    type = tree.text(body, "Type") or "Workflow"
    if type not in ("Job", "Workflow"):
        raise CloudError("InvalidArgument", f"Type {type}: expected Job or Workflow")
    tree.require(body, tree.data("required.yaml")["jobs"][type])
    name = tree.text(body, "Name")
    if not _NAME.fullmatch(name):
        raise CloudError("InvalidArgument", f"Name {name}: 1 to 128 Chinese characters, letters, digits, _ and -")
    if not any(tree.text(body, f"Input/{source}") for source in _SOURCES):
        raise CloudError("InvalidArgument", f"Input needs one of {', '.join(_SOURCES)}")
    if type == "Job":
        _check_task(body)
    if cloud.choices.references == "checked":
        _check_references(cloud, call.place, body)
    id = cloud.new_id("b", JOB)
    words = {"Code": "Success", "Message": "", "Type": type, "Name": name, "JobId": id, "State": "Submitted"}
    words |= {"CreationTime": time_text(cloud.clock()), "StartTime": "-", "EndTime": "-"}
    job = tree.make("JobsDetail", *(tree.make(tag, text) for tag, text in words.items()))
    job.extend(element for element in body if element.tag in ("Input", "Operation"))
    item = cloud.put(call.place, JOB, id, job, name=name, tag=type)
    object = tree.text(body, "Input/Object")
    if type == "Workflow" and object:
        _execute(cloud, call.place, tree.text(body, "Operation/WorkflowIds"), object, id)
    shown = tree_of(_advanced(cloud, item, read=False))
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), shown))


def _check_task(body: ET.Element) -> None:
    tag = tree.text(body, "Operation/Tag")
    if tag not in _TAGS:
        raise CloudError("InvalidArgument", f"Tag {tag}: expected one of {', '.join(_TAGS)}")
    if tag not in _WITHOUT_OUTPUT:
        tree.require(body, ("Operation/Output/",))
    callback = tree.text(body, "Operation/CallBackType")
    if callback not in ("", "Url", "TDMQ"):
        raise CloudError("InvalidArgument", f"CallBackType {callback}: expected Url or TDMQ")
    if callback == "TDMQ":
        names = ("MqRegion", "MqMode", "MqName")
        tree.require(body, ("Operation/CallBackMqConfig/", *(f"Operation/CallBackMqConfig/{n}" for n in names)))


def _check_references(cloud: Cloud, place: Place, body: ET.Element) -> None:
    workflow, queue = tree.text(body, "Operation/WorkflowIds"), tree.text(body, "Operation/QueueId")
    if workflow and cloud.store.get(place, workflows.KIND, workflow) is None:
        raise CloudError("ResourceNotFound", f"the bucket has no workflow {workflow}")
    known = {item.id for service in queues.SERVICES for item in queues.of(cloud, place, service)} if queue else set()
    if queue and queue not in known:
        raise CloudError("QueueNotFound", f"the bucket has no queue {queue}")
    for name in ("TemplateId", "TranscodeTemplateId", "WatermarkTemplateId"):
        for element in body.findall(f"Operation/JobParam/{name}"):
            id = (element.text or "").strip()
            if id and not templates.exists(cloud, place, id):
                raise CloudError("TemplateNotFound", f"the bucket has no template {id}")


def cancel(cloud: Cloud, call: Call) -> Answer:
    """Cancels a batch job that has not ended; one that has stays as it is."""
    item = cloud.store.get(call.place, JOB, call.path.rpartition("/")[2])
    if item is None:
        raise CloudError("ResourceNotFound", f"the bucket has no batch job {call.path.rpartition('/')[2]}")
    item = _advanced(cloud, item, read=False)
    body = tree_of(item)
    if tree.text(body, "State") not in _ENDS:
        _end(cloud, item, body, "Cancel")
    return Answer(content_type="")


def job(cloud: Cloud, call: Call) -> Answer:
    """One batch job."""
    id = call.path.rpartition("/")[2]
    item = cloud.store.get(call.place, JOB, id)
    if item is None and cloud.choices.missing_job == "error":
        raise CloudError("ResourceNotFound", f"the bucket has no batch job {id}")
    shown = tree.make("NonExistJobIds", id) if item is None else tree_of(_advanced(cloud, item, read=True))
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), shown))


def jobs(cloud: Cloud, call: Call) -> Answer:
    """Batch jobs of both types."""
    type = call.parameter("type")
    if type:
        call.one_of("type", "", ("Job", "Workflow"))
    items = cloud.store.find(call.place, JOB, tag=type, prefix=call.parameter("name"))
    workflow, id = call.parameter("workflowId"), call.parameter("jobId")
    if workflow:
        items = [item for item in items if tree.text(tree_of(item), "Operation/WorkflowIds") == workflow]
    return _page(cloud, call, [item for item in items if not id or item.id == id], tree_of)


# -- what both have in common -----------------------------------------------------------------------------------------


def _page(cloud: Cloud, call: Call, items: list[Stored], show: Callable[[Stored], ET.Element]) -> Answer:
    """A page of those that the common filters let pass, and the token of the next one while there is more."""
    wanted = call.listed("states") or ["All"]
    for state in wanted:
        if state not in ("All", *_STATES):
            raise CloudError("InvalidArgument", f"states={state}: expected some of All, {', '.join(_STATES)}")
    since, until = _moment(call, "startCreationTime"), _moment(call, "endCreationTime")
    found = []
    for item in (_advanced(cloud, item, read=False) for item in items):
        in_time = (since is None or int(item.created) >= since) and (until is None or int(item.created) <= until)
        if in_time and ("All" in wanted or tree.text(tree_of(item), "State") in wanted):
            found.append(item)
    if call.one_of("orderByTime", "Desc", ("Desc", "Asc")) == "Desc":
        found.reverse()
    size, token = min(call.number("size", 10), _PAGE_MAX), call.parameter("nextToken", "0")
    if not (token.isascii() and token.isdigit()):
        raise CloudError("InvalidArgument", f"nextToken={token}: expected one of an earlier answer")
    end = int(token) + size
    root = tree.make("Response", tree.make("RequestId", call.request_id))
    root.extend(show(item) for item in found[int(token) : end])
    if end < len(found):
        root.append(tree.make("NextToken", str(end)))
    return Answer(root)


def _moment(call: Call, name: str) -> float | None:
    text = call.parameter(name)
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").timestamp() if text else None
    except ValueError:
        raise CloudError(
            "InvalidArgument", f"{name}={text}: expected a time such as 2022-02-01T12:00:00+0800"
        ) from None


def _advanced(cloud: Cloud, item: Stored, read: bool) -> Stored:
    """The run as it is by now; a read of it by its id counts as one."""
    body = tree_of(item)
    state = tree.text(body, "State")
    if state in (*_ENDS, "Pause"):
        return item
    far = progress(cloud, item, read)
    if far == "ended":
        return _end(cloud, item, body, cloud.choices.run_end)
    if state == "Submitted" and far == "running":
        _say(body, "State", "Running")
        _say(body, "StartTime", time_text(cloud.clock()))
        return _stored(cloud, item, body)
    return item


def _end(cloud: Cloud, item: Stored, body: ET.Element, state: str) -> Stored:
    _say(body, "State", state)
    if item.kind == JOB:
        now = time_text(cloud.clock())
        if tree.text(body, "StartTime") == "-" and state != "Cancel":
            _say(body, "StartTime", now)
        _say(body, "EndTime", now)
        if state == "Failed":
            _say(body, "Code", "InternalError")
            _say(body, "Message", "the emulator was asked to fail it")
    else:
        body.extend(_tasks(cloud, body, state))
    return _stored(cloud, item, body)


def _tasks(cloud: Cloud, body: ET.Element, state: str) -> list[ET.Element]:
    now = _with_colon(cloud.clock())
    found = []
    for node in body.findall("Topology/Nodes/*"):
        if node.tag != "Start":
            words = {"Type": tree.text(node, "Type"), "JobId": cloud.new_id("j", "task"), "CreateTime": now}
            words |= {"Name": node.tag, "State": state, "StartTime": now, "EndTime": now}
            words |= {"Code": "Success" if state == "Success" else "InternalError", "Message": ""}
            found.append(tree.make("Tasks", *(tree.make(name, text) for name, text in words.items())))
    return found


def _say(body: ET.Element, name: str, text: str) -> None:
    element = tree.at(body, name, create=True)
    assert element is not None
    element.text = text


def _stored(cloud: Cloud, item: Stored, body: ET.Element) -> Stored:
    return cloud.put(Place(item.region, item.bucket), item.kind, item.id, body, name=item.name, tag=item.tag)


def _with_colon(seconds: float) -> str:
    """A time as executions show it: `2022-08-09T14:54:17+08:00`."""
    text = time_text(seconds)
    return f"{text[:-2]}:{text[-2:]}"


_FILTERS = ("nextToken", "size", "orderByTime", "states", "startCreationTime", "endCreationTime", "workflowId", "jobId")
ROUTES = (
    Route("ci", "POST", "/triggerworkflow", trigger, parameters=("workflowId", "object", "name")),
    Route("ci", "GET", "/workflowexecution", executions, parameters=(*_FILTERS, "name")),
    Route("ci", "GET", "/workflowexecution/[^/]+", execution),
    Route("ci", "POST", "/inventorytriggerjob", create),
    Route("ci", "GET", "/inventorytriggerjob", jobs, parameters=(*_FILTERS, "name", "type")),
    Route("ci", "GET", "/inventorytriggerjob/[^/]+", job),
    Route("ci", "PUT", "/inventorytriggerjob/[^/]+", cancel, parameters=("cancel",)),
)
