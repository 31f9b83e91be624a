"""Workflows written as Python: nodes that name what follows them, turned into the properties of a `Workflow`.

    from pulumi_ci import workflow as wf

    cover = wf.SmartCover("cover", output=wf.Output(region=region, bucket=bucket, object="covers/${Number}.jpg"))
    flow = ci.Workflow(
        "publish",
        **wf.pipeline(
            wf.Start(
                object_prefix="in/",
                next=[
                    wf.Snapshot("thumbs", template_id=thumbs.template_id, output=...),
                    wf.Transcode("mp4", template_id=mp4.template_id, output=..., next=[cover]),
                    wf.adaptive_stream(
                        "hls",
                        output=wf.Output(region=region, bucket=bucket, object="hls/${RunId}/master.m3u8"),
                        streams=[
                            wf.Stream("720p", template_id=p720.template_id, object="hls/${RunId}/720p/video.m3u8"),
                            wf.Stream("360p", template_id=p360.template_id, object="hls/${RunId}/360p/video.m3u8"),
                        ],
                    ),
                ],
            )
        ),
    )

A node is named `<type>_<name>` in the workflow, here `Transcode_mp4`. `next` holds nodes, or the names of nodes that
stand elsewhere in the pipeline; a node without `next` ends its branch. Every value may be a Pulumi output. The fields
mean what they mean in `pulumi-ci explain workflow`, which shows their ranges as well. The content of nodes that no page
describes is written as it goes over the wire: `wf.Condition("long", operation={"Condition": {"Express": "..."}})`.
Source: 100, 202.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from pulumi import Input

END = "End"


@dataclass
class Output:
    """Where a node writes its results: bucket, region, and a key with wildcards such as `${RunId}/${Number}.jpg`."""

    _: KW_ONLY
    region: Input[str]
    bucket: Input[str]
    object: Input[str]
    sprite_object: Input[str] | None = None
    au_object: Input[str] | None = None


@dataclass
class NotifyConfig:
    """Where and when the workflow reports: to an address (type Url) or a TDMQ topic."""

    _: KW_ONLY
    state: Input[Literal["On", "Off"]] | None = None
    event: Input[Sequence[Input[Literal["TaskFinish", "WorkflowFinish", "WorkflowStart"]]]] | None = None
    type: Input[Literal["Url", "TDMQ"]] | None = None
    result_format: Input[Literal["XML", "JSON"]] | None = None
    url: Input[str] | None = None
    mq_mode: Input[Literal["Queue", "Topic"]] | None = None
    mq_region: Input[Literal["sh", "bj", "gz", "cd", "hk"]] | None = None
    mq_name: Input[str] | None = None


@dataclass
class ExtFilter:
    """Which uploads start the workflow, by kind of file or by extension."""

    _: KW_ONLY
    state: Input[Literal["On", "Off"]] | None = None
    video: Input[bool] | None = None
    audio: Input[bool] | None = None
    image: Input[bool] | None = None
    content_type: Input[bool] | None = None
    custom: Input[bool] | None = None
    custom_exts: Input[Sequence[Input[str]]] | None = None
    all_file: Input[bool] | None = None


@dataclass
class RemoveWatermark:
    """A rectangle of the picture that is blurred away, in pixels from the upper left corner."""

    _: KW_ONLY
    dx: Input[int]
    dy: Input[int]
    width: Input[int]
    height: Input[int]


@dataclass
class DigitalWatermark:
    """A watermark that cannot be seen."""

    _: KW_ONLY
    message: Input[str]
    type: Input[Literal["Text"]] | None = None
    version: Input[Literal["V1"]] | None = None
    ignore_error: Input[bool] | None = None


@dataclass
class SmartCoverConfig:
    """How covers are picked, for a node without a template."""

    _: KW_ONLY
    format: Input[Literal["jpg", "png", "webp"]] | None = None
    width: Input[int] | None = None
    height: Input[int] | None = None
    count: Input[int] | None = None
    delete_duplicates: Input[bool] | None = None


@dataclass
class SegmentEncrypt:
    """Encryption of the pieces of a Segment node of format hls."""

    _: KW_ONLY
    is_encrypt: Input[bool] | None = None
    uri_key: Input[str] | None = None


@dataclass
class VideoStreamConfig:
    """One stream of an adaptive package: the name of its VideoStream node, and its limit in bit/s (0 is none)."""

    _: KW_ONLY
    video_stream_name: Input[str]
    band_width: Input[int] | None = None


@dataclass
class Stream:
    """One rendition of `adaptive_stream`: its template, the key it is written to, its limit in bit/s (0 is none)."""

    name: str
    _: KW_ONLY
    template_id: Input[str]
    object: Input[str]
    band_width: Input[int] | None = None
    watermark_template_id: Input[Sequence[Input[str]]] | None = None
    remove_watermark: RemoveWatermark | None = None


@dataclass(eq=False)
class Step:
    """A node of a pipeline. Its class gives the type, `name` the rest of its key: letters, digits and `_`."""

    name: str
    _: KW_ONLY
    next: Sequence[Step | str] = ()

    @property
    def key(self) -> str:
        """The node's name in the workflow, such as `Transcode_mp4`."""
        return f"{type(self).__name__}_{self.name}"


@dataclass(eq=False)
class Start:
    """The beginning: which uploads start the workflow, the queues of its nodes, and where it reports."""

    _: KW_ONLY
    object_prefix: Input[str]
    next: Sequence[Step | str]
    queue_id: Input[str] | None = None
    pic_process_queue_id: Input[str] | None = None
    speech_recognition_queue_id: Input[str] | None = None
    ai_process_queue_id: Input[str] | None = None
    notify_config: NotifyConfig | None = None
    ext_filter: ExtFilter | None = None

    @property
    def key(self) -> str:
        """The node's name in the workflow."""
        return "Start"


@dataclass(eq=False)
class Snapshot(Step):
    """Takes screenshots by a snapshot template."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class Animation(Step):
    """Turns a part of the video into an animated picture."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class SmartCover(Step):
    """Picks pictures that make good covers: by a template, by `smart_cover`, or three of full size."""

    _: KW_ONLY
    output: Output
    template_id: Input[str] | None = None
    smart_cover: SmartCoverConfig | None = None


@dataclass(eq=False)
class Transcode(Step):
    """Rewrites video or sound by a transcoding template, with up to three watermarks."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output
    watermark_template_id: Input[Sequence[Input[str]]] | None = None
    remove_watermark: RemoveWatermark | None = None
    digital_watermark: DigitalWatermark | None = None
    speed_transcoding_queue_id: Input[str] | None = None


@dataclass(eq=False)
class Concat(Step):
    """Puts other clips before and after the video."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class VoiceSeparate(Step):
    """Parts the voice (`output.au_object`) from the rest of the sound (`output.object`)."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class VideoMontage(Step):
    """Cuts the best scenes of the video together."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class StreamPackConfig(Step):
    """Opens an adaptive package; `adaptive_stream` makes it with all that follows."""

    _: KW_ONLY
    output: Output
    pack_type: Input[Literal["HLS", "DASH"]] | None = None
    ignore_failed_stream: Input[bool] | None = None


@dataclass(eq=False)
class VideoStream(Step):
    """One stream of an adaptive package."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output
    watermark_template_id: Input[Sequence[Input[str]]] | None = None
    remove_watermark: RemoveWatermark | None = None


@dataclass(eq=False)
class StreamPack(Step):
    """Packs the streams that lead to it."""

    _: KW_ONLY
    video_stream_config: Sequence[VideoStreamConfig]


@dataclass(eq=False)
class SDRtoHDR(Step):
    """Turns SDR video into HDR."""

    _: KW_ONLY
    hdr_mode: Input[Literal["HLG", "HDR10"]]
    transcode_template_id: Input[str]
    output: Output
    watermark_template_id: Input[Sequence[Input[str]]] | None = None


@dataclass(eq=False)
class VideoProcess(Step):
    """Enhances the picture by a template, then transcodes it."""

    _: KW_ONLY
    template_id: Input[str]
    transcode_template_id: Input[str]
    output: Output
    watermark_template_id: Input[Sequence[Input[str]]] | None = None
    digital_watermark: DigitalWatermark | None = None


@dataclass(eq=False)
class SCF(Step):
    """Calls a cloud function."""

    _: KW_ONLY
    region: Input[str]
    function_name: Input[str]
    namespace: Input[str] | None = None
    alias: Input[str] | None = None


@dataclass(eq=False)
class SuperResolution(Step):
    """Enlarges the picture by a template, then transcodes it."""

    _: KW_ONLY
    template_id: Input[str]
    transcode_template_id: Input[str]
    output: Output
    watermark_template_id: Input[Sequence[Input[str]]] | None = None
    digital_watermark: DigitalWatermark | None = None


@dataclass(eq=False)
class Segment(Step):
    """Changes the container, and cuts the result into pieces of `duration` seconds when that is given."""

    _: KW_ONLY
    format: Input[Literal["aac", "mp3", "flac", "mp4", "ts", "mkv", "avi", "hls", "m3u8"]]
    output: Output
    duration: Input[int] | None = None
    hls_encrypt: SegmentEncrypt | None = None


@dataclass(eq=False)
class PicProcess(Step):
    """Processes pictures by a template."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class Tts(Step):
    """Reads a text aloud by a template."""

    _: KW_ONLY
    template_id: Input[str]
    output: Output


@dataclass(eq=False)
class SpeechRecognition(Step):
    """Writes down what is said."""

    _: KW_ONLY
    output: Output


@dataclass(eq=False)
class VideoEnhance(Step):
    """Enhances the video; `operation` goes over the wire as it is."""

    _: KW_ONLY
    operation: Input[Mapping[str, Any]]


@dataclass(eq=False)
class MediaInfo(Step):
    """Reads what the file holds; a Condition may follow."""

    _: KW_ONLY
    operation: Input[Mapping[str, Any]] | None = None


@dataclass(eq=False)
class Condition(Step):
    """Goes on when a condition holds; `operation` goes over the wire as it is."""

    _: KW_ONLY
    operation: Input[Mapping[str, Any]]


@dataclass(eq=False)
class AIRecognition(Step):
    """Recognises what the file shows."""

    _: KW_ONLY
    operation: Input[Mapping[str, Any]] | None = None


@dataclass(eq=False)
class SegmentVideoBody(Step):
    """Cuts people out of the video; `operation` goes over the wire as it is."""

    _: KW_ONLY
    operation: Input[Mapping[str, Any]]


def adaptive_stream(
    name: str,
    *,
    output: Output,
    streams: Sequence[Stream],
    pack_type: Input[Literal["HLS", "DASH"]] | None = None,
    ignore_failed_stream: Input[bool] | None = None,
) -> StreamPackConfig:
    """Adaptive streaming: every rendition of `streams`, packed under the master playlist at `output`.

    The renditions go to the bucket of `output`, each under its own `object`. The nodes are `StreamPackConfig_<name>`,
    `VideoStream_<name>_<stream>` for each of them, and `StreamPack_<name>`; a workflow has one package. To be put into
    `next` of the Start. Raises ValueError without streams, and when two share a name.
    """
    names = [stream.name for stream in streams]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"adaptive_stream {name}: give at least one stream, each with a name of its own, not {names}")
    steps = [
        VideoStream(
            f"{name}_{stream.name}",
            template_id=stream.template_id,
            output=Output(region=output.region, bucket=output.bucket, object=stream.object),
            watermark_template_id=stream.watermark_template_id,
            remove_watermark=stream.remove_watermark,
        )
        for stream in streams
    ]
    configs = [
        VideoStreamConfig(video_stream_name=step.key, band_width=stream.band_width)
        for step, stream in zip(steps, streams, strict=True)
    ]
    pack = StreamPack(name, video_stream_config=configs)
    for step in steps:
        step.next = [pack]
    return StreamPackConfig(
        name, output=output, pack_type=pack_type, ignore_failed_stream=ignore_failed_stream, next=steps
    )


class Topology(TypedDict):
    """The properties of a `Workflow` that a pipeline makes."""

    nodes: dict[str, dict[str, Any]]
    dependencies: dict[str, list[str]]


def pipeline(start: Start) -> Topology:
    """Nodes and dependencies of everything that is reached from `start`.

    Raises ValueError, naming the node, when two nodes share a name, when a name in `next` is no node's or that of
    several, and when a node comes back to itself.
    """
    steps = _collect(start)
    dependencies = {
        key: [_resolve(step, following, steps) for following in step.next] or [END] for key, step in steps.items()
    }
    _refuse_cycles(dependencies)
    return {"nodes": {key: _properties(step) for key, step in steps.items()}, "dependencies": dependencies}


def _collect(start: Start) -> dict[str, Start | Step]:
    found: dict[str, Start | Step] = {}
    waiting: list[Start | Step] = [start]
    while waiting:
        step = waiting.pop(0)
        if isinstance(step.next, (str, Step)):
            raise ValueError(f"{step.key}: `next` takes a list, as in next=[{step.next!r}]")
        known = found.get(step.key)
        if known is None:
            found[step.key] = step
            waiting += [following for following in step.next if not isinstance(following, str)]
        elif known is not step:
            raise ValueError(f"two nodes are named {step.key}; give one of them another name")
    return found


def _resolve(step: Start | Step, following: Step | str, steps: dict[str, Start | Step]) -> str:
    if not isinstance(following, str):
        return following.key
    if following in steps:
        return following
    keys = [key for key, other in steps.items() if isinstance(other, Step) and other.name == following]
    if len(keys) != 1:
        names = ", ".join(keys or [key for key in steps if key != "Start"])
        what = "is the name of several nodes; write one of" if keys else "is no node of the pipeline; there are"
        raise ValueError(f"{step.key}: {following!r} in `next` {what} {names}")
    return keys[0]


def _refuse_cycles(dependencies: dict[str, list[str]]) -> None:
    done: set[str] = set()

    def walk(key: str, trail: list[str]) -> None:
        if key in trail:
            raise ValueError(f"{key} comes back to itself: {' -> '.join([*trail[trail.index(key) :], key])}")
        if key not in done:
            for following in dependencies.get(key, ()):
                walk(following, [*trail, key])
            done.add(key)

    for key in dependencies:
        walk(key, [])


def _properties(step: Start | Step) -> dict[str, Any]:
    return {"type": type(step).__name__, **dict(_given(step, ("name", "next")))}


def _given(block: Any, omitted: Sequence[str] = ()) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(block):
        value = getattr(block, field.name)
        if value is not None and field.name not in omitted:
            yield field.name, _plain(value)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return dict(_given(value))
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
