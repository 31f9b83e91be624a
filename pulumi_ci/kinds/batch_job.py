"""Batch jobs: one task, or one workflow, for many objects that are there already."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._job_params import JobParam, parameters_fit
from pulumi_ci.kinds._run import Run, RunName
from pulumi_ci.kinds._streams import Values
from pulumi_ci.model.api import Call, Form, XmlAction
from pulumi_ci.model.kind import BucketKind, BucketName, RegionName
from pulumi_ci.model.marks import (
    AlsoRead,
    AutoName,
    Blank,
    Computed,
    Grammar,
    Immutable,
    Length,
    Matches,
    Range,
    Reference,
    ServerDefault,
    Wire,
)
from pulumi_ci.model.node import Failure, Node, rule
from pulumi_ci.model.unknown import UNKNOWN

_TIME = "%Y-%m-%dT%H:%M:%S%z"


def _instant(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, _TIME).astimezone(datetime.timezone.utc)


def _time_failure(text: str) -> str | None:
    try:
        _instant(text)
    except (ValueError, OverflowError):
        return f"{text!r} is no time with an offset, such as 2022-02-01T12:00:00+0800"
    return None


Instant = Grammar(
    failure=_time_failure,
    normal=lambda text: _instant(text).isoformat(),
    words="a time with an offset, such as 2022-02-01T12:00:00+0800",
    examples=("2022-02-01T12:00:00+0800", "2023-05-01T00:00:00+0000", "2024-02-29T23:59:59-0330"),
)


class JobInput(Node):
    """The objects: one of the four ways to name them."""

    manifest: str | None = None
    """Key of the `manifest.json` of a COS inventory."""
    url_file: str | None = None
    """Key of a file with the address of one object in each line."""
    prefix: str | None = None
    """Prefix of their keys."""
    object: str | None = None
    """Key of a single object."""

    @rule("manifest", "url_file", "prefix", "object")
    def _one_source(*sources: str | None) -> Iterator[Failure]:
        """One of `manifest`, `url_file`, `prefix` and `object` is given."""
        names = ("manifest", "url_file", "prefix", "object")
        first, *others = [name for name, value in zip(names, sources, strict=True) if value] or [""]
        if not first:
            yield Failure((), "is empty; give one of manifest, url_file, prefix and object")
        for name in others:
            yield Failure((name,), f"is one source too many beside {first}; give one")


class UploadInterval(Node):
    """Which objects count, by when they were uploaded."""

    start: Annotated[str | None, Instant] = None
    """From when on, such as `2022-02-01T12:00:00+0800`; all when left out."""
    end: Annotated[str | None, Instant] = None
    """Until when; until the start of the job when left out."""

    @rule("end", "start")
    def _end_follows_start(end: str | None, start: str | None) -> str | None:
        """`end` is after `start`."""
        backwards = end is not None and start is not None and _instant(end) <= _instant(start)
        return f"is not after the start, {start}" if backwards else None


class ExtractedStream(Node):
    """One stream of the media that is written by itself. Source: 119."""

    index: Annotated[int, Range(ge=0)]
    """Number of the stream, as in the media information of the source; of mxf files only videos."""
    object: Annotated[str, AlsoRead("Output")]
    """Key of the result."""


class JobOutput(Node):
    """Where results go. Source: 196."""

    region: Annotated[str, RegionName]
    """Region of the bucket, such as `ap-beijing`."""
    bucket: Annotated[str, BucketName]
    """Bucket with its APPID; it may be another one than the job's."""
    object: str | None = None
    """Key of the result, with wildcards such as `${InputName}`; without any that depends on the object, all objects
    write to the same key."""
    au_object: str | None = None
    """Key of the voice of a VoiceSeparate task; `object` is the rest then."""
    sprite_object: str | None = None
    """Key of the sprite sheets of a Snapshot task; jpg."""
    stream_extract: Annotated[list[ExtractedStream] | None, Length(10)] = None
    """The streams of a StreamExtract task; at most 10."""

    @rule("sprite_object")
    def _sprites_are_jpg(key: str | None) -> str | None:
        """`sprite_object` ends in .jpg."""
        extension = (key or "").rpartition("/")[2].rpartition(".")[2]
        odd = key is not None and "${" not in extension and extension.lower() not in ("jpg", "jpeg")
        return f"{key!r} does not end in .jpg; sprite sheets are jpg" if odd else None


class CallBackMqConfig(Node):
    """The TDMQ that reports go to. Source: 202."""

    mq_region: Literal["sh", "bj", "gz", "cd", "hk"]
    """Region of the TDMQ."""
    mq_mode: Literal["Queue", "Topic"]
    """Whether the name is a queue or a topic."""
    mq_name: str
    """Name of the TDMQ topic or queue."""


Tag = Literal[
    "Animation",
    "SmartCover",
    "Transcode",
    "Snapshot",
    "SpeechRecognition",
    "Concat",
    "VoiceSeparate",
    "VideoMontage",
    "SDRtoHDR",
    "VideoProcess",
    "SuperResolution",
    "Segment",
    "VideoTag",
    "PicProcess",
    "DigitalWatermark",
    "ExtractDigitalWatermark",
    "MediaInfo",
    "StreamExtract",
    "Tts",
    "NoiseReduction",
    "QualityEstimate",
]
_WITHOUT_OUTPUT = ("VideoTag", "ExtractDigitalWatermark", "MediaInfo", "QualityEstimate")
_WITHOUT_OBJECT = ("Snapshot", "VoiceSeparate", "StreamExtract")
_JOB_ONLY = (
    *("tag", "job_param", "output", "queue_id", "user_data", "job_level"),
    *("call_back_format", "call_back_type", "call_back", "call_back_mq_config"),
)
_OWN_KEYS = {"au_object": "VoiceSeparate", "sprite_object": "Snapshot", "stream_extract": "StreamExtract"}


class BatchJob(Run, BucketKind):
    """One task (`type` Job) or one workflow (`type` Workflow) for many objects. Destroying it cancels a job that runs.

    The service keeps the job: it can be neither changed nor deleted there.
    """

    slug = "batch-job"
    pages = (196, 197, 198, 199, 200)
    api = XmlAction(
        start=Call("POST", "/inventorytriggerjob"),
        path="/inventorytriggerjob",
        id="JobId",
        id_field="job_id",
        one="JobsDetail",
        many="JobsDetail",
        state="state",
        ends=("Success", "Failed", "Cancel"),
        success="Success",
        same={"name": "name", "type": "type"},
        newest={"orderByTime": "Desc", "size": "100"},
        cancel="cancel",
        absent="NonExistJobIds",
        missing=("ResourceNotFound", "1103"),
        form=Form(ignored=("JobId",)),
    )

    name: Annotated[str, Immutable(), RunName, AutoName()]
    """Name: Chinese characters, letters, digits, `_`, `-`. Several jobs may have one."""
    type: Annotated[Literal["Job", "Workflow"], Immutable()]
    """`Job`: one task, said by `tag` and `job_param`; `Workflow`: a workflow, said by `workflow_id`."""
    input: Annotated[JobInput, Immutable()]
    """The objects."""
    time_interval: Annotated[UploadInterval | None, Wire("Operation/TimeInterval"), Immutable()] = None
    """Which of the objects count, by when they were uploaded."""
    workflow_id: Annotated[str | None, Wire("Operation/WorkflowIds"), Immutable(), Reference("Workflow")] = None
    """The workflow; for type Workflow."""
    tag: Annotated[Tag | None, Wire("Operation/Tag"), Immutable()] = None
    """The task; this and all that follows is for type Job."""
    job_param: Annotated[JobParam | None, Wire("Operation/JobParam"), Blank("tag"), Immutable()] = None
    """What the task does."""
    output: Annotated[JobOutput | None, Wire("Operation/Output"), Immutable()] = None
    """Where results go; VideoTag, ExtractDigitalWatermark, MediaInfo and QualityEstimate have none."""
    queue_id: Annotated[str | None, Wire("Operation/QueueId"), Immutable(), Reference("MediaQueue")] = None
    """Queue of the tasks: that of the service which the tag belongs to."""
    user_data: Annotated[
        str | None,
        Wire("Operation/UserData"),
        Immutable(),
        Matches(r"[ -~]{1,1024}", "1 to 1024 printable ASCII characters", "some words"),
    ] = None
    """Text of your own that comes back in reports."""
    job_level: Annotated[Literal[0, 1, 2] | None, Wire("Operation/JobLevel"), Immutable(), ServerDefault(0)] = None
    """Rank in the queue, 2 goes first."""
    call_back_format: Annotated[
        Literal["XML", "JSON"] | None, Wire("Operation/CallBackFormat"), Immutable(), ServerDefault("XML")
    ] = None
    """Format of reports; over that of the queue, as are all `call_back` fields."""
    call_back_type: Annotated[
        Literal["Url", "TDMQ"] | None, Wire("Operation/CallBackType"), Immutable(), ServerDefault("Url")
    ] = None
    """Whether reports go to `call_back` or to `call_back_mq_config`."""
    call_back: Annotated[str | None, Wire("Operation/CallBack"), Immutable()] = None
    """Address that receives reports by POST; `no` keeps the queue's own address from getting any."""
    call_back_mq_config: Annotated[CallBackMqConfig | None, Wire("Operation/CallBackMqConfig"), Immutable()] = None
    """The TDMQ, for `call_back_type` TDMQ."""
    state: Annotated[str | None, Computed()] = None
    """How far it is: `Submitted`, `Running`, `Pause`, and in the end `Success`, `Failed` or `Cancel`."""
    creation_time: Annotated[str | None, Computed()] = None
    """When it was made, such as `2022-06-27T15:23:10+0800`."""
    start_time: Annotated[str | None, Computed()] = None
    """When it began."""
    end_time: Annotated[str | None, Computed()] = None
    """When it ended."""
    code: Annotated[str | None, Computed()] = None
    """What went wrong, where it failed."""
    message: Annotated[str | None, Computed()] = None
    """What went wrong, in words, where it failed."""

    @rule("type", "workflow_id", "tag", "queue_id")
    def _says_what_to_do(
        type: str, workflow_id: str | None, tag: str | None, queue_id: str | None
    ) -> Iterator[Failure]:
        """Type Job needs `tag` and `queue_id`, type Workflow needs `workflow_id`, and neither takes what the other
        needs.
        """
        given = {"workflow_id": workflow_id, "tag": tag, "queue_id": queue_id}
        for name in ("workflow_id",) if type == "Workflow" else ("tag", "queue_id"):
            if given[name] is None:
                yield Failure((name,), f"is required for type {type}")
        if type == "Job" and workflow_id is not None:
            yield Failure(("workflow_id",), "is for type Workflow; remove it")

    @rule("type", *_JOB_ONLY)
    def _workflow_says_the_rest(type: str, *values: Any) -> Iterator[Failure]:
        """With type Workflow the workflow says what is done, where results go and who is told."""
        for name, value in zip(_JOB_ONLY, values, strict=True):
            if type == "Workflow" and value is not None:
                yield Failure((name,), "is for type Job; the workflow says it here")

    @rule("tag", "job_param")
    def _parameters_fit(tag: str | None, param: Values | None) -> Iterator[Failure]:
        """`job_param` holds what the tag needs, as a template or as the block of the task, and nothing else."""
        if tag is not None:
            yield from parameters_fit(tag, param)

    @rule("output", "tag")
    def _output_fits(output: Values | None, tag: str | None) -> Iterator[Failure]:
        """`output` is required, unless the tag writes no object; its keys are those of the tag."""
        if tag is None:
            return
        if output is None:
            if tag not in _WITHOUT_OUTPUT:
                yield Failure(("output",), f"is required for tag {tag}")
            return
        if tag in _WITHOUT_OUTPUT:
            yield Failure(("output",), f"is not for tag {tag}, which writes no object; remove it")
            return
        if output.get("object") is None and tag not in _WITHOUT_OBJECT:
            yield Failure(("output", "object"), f"is required for tag {tag}")
        for name, own in _OWN_KEYS.items():
            if output.get(name) is not None and tag != own:
                yield Failure(("output", name), f"is for tag {own}, not {tag}; remove it")
            elif tag == own and output.get(name) is None and (name == "stream_extract" or not output.get("object")):
                other = "" if name == "stream_extract" else "; or give object"
                yield Failure(("output", name), f"is required for tag {tag}{other}")

    @rule("output", "tag", "job_param")
    def _several_results_have_several_keys(
        output: Values | None, tag: str | None, param: Values | None
    ) -> Iterator[Failure]:
        """Keys of results hold `${Number}` where a task writes several for one object."""
        why = _several(tag, param or {})
        for name in ("object", "sprite_object") if why else ():
            key = (output or {}).get(name)
            if isinstance(key, str) and "${number}" not in key.lower():
                yield Failure(("output", name), f"must hold ${{Number}}, because {why}")

    @rule("call_back_mq_config", "call_back_type")
    def _tdmq_is_named(config: Values | None, type: str | None) -> str | None:
        """`call_back_mq_config` goes with `call_back_type` TDMQ."""
        if type == "TDMQ":
            return "is required for call_back_type TDMQ" if config is None else None
        return "has an effect only with call_back_type TDMQ" if config is not None else None


def _several(tag: str | None, param: Values) -> str:
    """Why a task writes several results for one object, or ""; templates say it themselves."""
    if param.get("template_id") is not None:
        return ""
    block = param.get({"SmartCover": "smart_cover", "Snapshot": "snapshot", "Segment": "segment"}.get(tag or "", ""))
    if block is UNKNOWN:
        return ""
    found: Values = block or {}
    if tag in ("SmartCover", "Snapshot"):
        count = found.get("count") or (3 if tag == "SmartCover" else 1)
        what = "covers" if tag == "SmartCover" else "screenshots"
        return f"{count} {what} are written" if count is not UNKNOWN and count > 1 else ""
    if found.get("duration") is not None and found.get("format") not in ("hls", "m3u8", UNKNOWN, None):
        return f"it is cut into several {found['format']} files"
    return ""
