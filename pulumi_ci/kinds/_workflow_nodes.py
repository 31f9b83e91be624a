"""The types of node of a workflow, one class each; `Operation` is spelled out as far as page 202 does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._workflow_parts import (
    DigitalWatermark,
    ExtFilter,
    Output,
    RemoveWatermark,
    SegmentEncrypt,
    SmartCoverConfig,
    VideoStreamConfig,
    WorkflowNotifyConfig,
)
from pulumi_ci.model.kind import RegionName
from pulumi_ci.model.marks import Length, PerEnvironment, Range, Reference, ServerDefault, ServerFilled, Unordered, Wire
from pulumi_ci.model.node import Failure, Node, rule
from pulumi_ci.model.unknown import UNKNOWN

Results = Annotated[Output, Wire("Operation/Output")]
TranscodeTemplateId = Annotated[str, Wire("Operation/TranscodeTemplateId"), Reference("TranscodeTemplate")]
Watermarks = Annotated[
    list[str] | None, Wire("Operation/WatermarkTemplateId"), Length(3), Reference("WatermarkTemplate")
]
Invisible = Annotated[DigitalWatermark | None, Wire("Operation/DigitalWatermark")]
Blurred = Annotated[RemoveWatermark | None, Wire("Operation/RemoveWatermark")]
Operation = Annotated[dict[str, Any], Wire("Operation")]
SomeOperation = Annotated[dict[str, Any] | None, Wire("Operation")]


class Start(Node):
    """The beginning of a workflow: what starts it, and the queues that its nodes wait in.

    Page 202 requires a queue wherever nodes wait in it, and page 103 leaves them out and gets them back: one that is
    left out is the service's choice, and is kept in updates.
    """

    type: Literal["Start"] = "Start"
    """Type of the node."""
    object_prefix: Annotated[str, Wire("Input/ObjectPrefix"), PerEnvironment("object_prefix")]
    """Prefix of the keys whose upload starts the workflow."""
    queue_id: Annotated[str | None, Wire("Input/QueueId"), ServerFilled(), Reference("MediaQueue")] = None
    """Queue of the media nodes."""
    pic_process_queue_id: Annotated[
        str | None, Wire("Input/PicProcessQueueId"), ServerFilled(), Reference("PictureQueue")
    ] = None
    """Queue of PicProcess nodes."""
    speech_recognition_queue_id: Annotated[
        str | None, Wire("Input/SpeechRecognitionQueueId"), ServerFilled(), Reference("SpeechQueue")
    ] = None
    """Queue of SpeechRecognition nodes."""
    ai_process_queue_id: Annotated[str | None, Wire("Input/AIProcessQueueId"), ServerFilled(), Reference("AiQueue")] = (
        None
    )
    """Queue of AIRecognition nodes."""
    notify_config: Annotated[WorkflowNotifyConfig | None, Wire("Input/NotifyConfig")] = None
    """Where and when the workflow reports; as the queue does when left out."""
    ext_filter: Annotated[ExtFilter | None, Wire("Input/ExtFilter")] = None
    """Which uploads count; all below the prefix when left out."""


class Snapshot(Node):
    """Takes screenshots of the video."""

    type: Literal["Snapshot"] = "Snapshot"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("SnapshotTemplate")]
    """How they are taken."""
    output: Results
    """Where they go; with `${Number}` when the template takes several."""

    @rule("output")
    def _several_may_need_number(output: Mapping[str, Any]) -> Iterator[Failure]:
        """`output.object` should hold `${Number}` where the template makes several."""
        yield from _may_need_number(output, "screenshots")

    @rule("output")
    def _sprites_are_numbered_jpg(output: Mapping[str, Any]) -> Iterator[Failure]:
        """`output.sprite_object` should hold `${Number}` and end in .jpg."""
        key = output.get("sprite_object")
        if not isinstance(key, str):
            return
        if _lacks_number(key):
            reason = "holds no ${Number}: several sprite sheets would overwrite each other"
            yield Failure(("output", "sprite_object"), reason, warning=True)
        extension = key.rpartition("/")[2].rpartition(".")[2]
        if "${" not in extension and extension.lower() not in ("jpg", "jpeg"):
            yield Failure(("output", "sprite_object"), "does not end in .jpg; sprite sheets are jpg", warning=True)


class Animation(Node):
    """Turns a part of the video into an animated picture."""

    type: Literal["Animation"] = "Animation"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("AnimationTemplate")]
    """How it is made."""
    output: Results
    """Where it goes."""


class SmartCover(Node):
    """Picks pictures of the video that make good covers: by a template, by `smart_cover`, or three of full size."""

    type: Literal["SmartCover"] = "SmartCover"
    """Type of the node."""
    template_id: Annotated[str | None, Wire("Operation/TemplateId"), Reference("SmartCoverTemplate")] = None
    """How they are picked; it wins over `smart_cover`."""
    smart_cover: Annotated[SmartCoverConfig | None, Wire("Operation/SmartCover")] = None
    """How they are picked, without a template."""
    output: Results
    """Where they go; with `${Number}` when there are several."""

    @rule("output", "template_id", "smart_cover")
    def _several_need_number(
        output: Mapping[str, Any], template_id: str | None, smart_cover: Mapping[str, Any] | None
    ) -> Iterator[Failure]:
        """`output.object` holds `${Number}` where several covers are written without a template."""
        count = (smart_cover or {}).get("count") or 3
        if template_id is None and count is not UNKNOWN and count > 1:
            yield from _needs_number(output, f"{count} covers are written")

    @rule("output", "template_id")
    def _several_may_need_number(output: Mapping[str, Any], template_id: str | None) -> Iterator[Failure]:
        """`output.object` should hold `${Number}` where the template makes several."""
        if template_id is not None:
            yield from _may_need_number(output, "covers")


class Transcode(Node):
    """Rewrites the video or sound by a transcoding template."""

    type: Literal["Transcode"] = "Transcode"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("TranscodeTemplate")]
    """How it is rewritten."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    remove_watermark: Blurred = None
    """A rectangle to blur away."""
    digital_watermark: Invisible = None
    """A watermark that cannot be seen."""
    output: Results
    """Where it goes."""
    speed_transcoding_queue_id: Annotated[
        str | None, Wire("Operation/Input/SpeedTranscodingQueueId"), Reference("MediaQueue")
    ] = None
    """Queue of category SpeedTranscoding, to transcode faster."""


class Concat(Node):
    """Puts other clips before and after the video."""

    type: Literal["Concat"] = "Concat"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("ConcatTemplate")]
    """Which clips, and how they are joined."""
    output: Results
    """Where the whole goes."""


class VoiceSeparate(Node):
    """Parts the voice from the rest of the sound."""

    type: Literal["VoiceSeparate"] = "VoiceSeparate"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("VoiceSeparateTemplate")]
    """Which of the parts are written, and how."""
    output: Results
    """Where they go: the voice to `au_object`, needed when the template writes it, the rest to `object`."""


class VideoMontage(Node):
    """Cuts the best scenes of the video together."""

    type: Literal["VideoMontage"] = "VideoMontage"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("VideoMontageTemplate")]
    """How it is cut."""
    output: Results
    """Where it goes."""


class StreamPackConfig(Node):
    """Opens an adaptive package: VideoStream nodes follow, and lead to the StreamPack. One in a workflow."""

    type: Literal["StreamPackConfig"] = "StreamPackConfig"
    """Type of the node."""
    pack_type: Annotated[
        Literal["HLS", "DASH"] | None, Wire("Operation/StreamPackConfig/PackType"), ServerDefault("HLS")
    ] = None
    """Format of the package."""
    ignore_failed_stream: Annotated[
        bool | None, Wire("Operation/StreamPackConfig/IgnoreFailedStream"), ServerDefault(True)
    ] = None
    """Whether the package is made although one of its streams failed."""
    output: Results
    """Where the master playlist goes."""


class VideoStream(Node):
    """One stream of an adaptive package, after the StreamPackConfig and before the StreamPack."""

    type: Literal["VideoStream"] = "VideoStream"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("TranscodeTemplate")]
    """How the stream is transcoded."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    remove_watermark: Blurred = None
    """A rectangle to blur away."""
    output: Results
    """Where the stream goes."""


class StreamPack(Node):
    """Packs the streams that lead to it, and ends the branch. One in a workflow."""

    type: Literal["StreamPack"] = "StreamPack"
    """Type of the node."""
    video_stream_config: Annotated[
        list[VideoStreamConfig], Wire("Operation/StreamPackInfo/VideoStreamConfig"), Unordered()
    ]
    """The streams. Page 202 lets them be left out, but they are all that the required `Operation` can hold."""

    @rule("video_stream_config")
    def _streams_differ(configs: list[Any]) -> Iterator[Failure]:
        """No stream is named twice."""
        names = [None if config is UNKNOWN else config["video_stream_name"] for config in configs]
        for index, name in enumerate(names):
            if isinstance(name, str) and name in names[:index]:
                path = ("video_stream_config", index, "video_stream_name")
                yield Failure(path, f"{name!r} stands there twice")


class SDRtoHDR(Node):
    """Turns SDR video into HDR."""

    type: Literal["SDRtoHDR"] = "SDRtoHDR"
    """Type of the node."""
    hdr_mode: Annotated[Literal["HLG", "HDR10"], Wire("Operation/SDRtoHDR/HdrMode")]
    """Which HDR."""
    transcode_template_id: TranscodeTemplateId
    """How the result is transcoded."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    output: Results
    """Where it goes."""


class VideoProcess(Node):
    """Enhances the picture: colours and sharpness."""

    type: Literal["VideoProcess"] = "VideoProcess"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("VideoProcessTemplate")]
    """How it is enhanced."""
    transcode_template_id: TranscodeTemplateId
    """How the result is transcoded."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    digital_watermark: Invisible = None
    """A watermark that cannot be seen."""
    output: Results
    """Where it goes."""


class SCF(Node):
    """Calls a cloud function."""

    type: Literal["SCF"] = "SCF"
    """Type of the node."""
    region: Annotated[str, Wire("Operation/SCF/Region"), RegionName]
    """Region of the function, such as `ap-beijing`."""
    function_name: Annotated[str, Wire("Operation/SCF/FunctionName")]
    """Name of the function."""
    namespace: Annotated[str | None, Wire("Operation/SCF/Namespace")] = None
    """Namespace of the function."""
    alias: Annotated[str | None, Wire("Operation/SCF/Alias")] = None
    """Alias of its version."""


class SuperResolution(Node):
    """Enlarges the picture."""

    type: Literal["SuperResolution"] = "SuperResolution"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("SuperResolutionTemplate")]
    """How it is enlarged."""
    transcode_template_id: TranscodeTemplateId
    """How the result is transcoded."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    digital_watermark: Invisible = None
    """A watermark that cannot be seen."""
    output: Results
    """Where it goes."""


class Segment(Node):
    """Changes the container, and cuts the result into pieces when `duration` is given."""

    type: Literal["Segment"] = "Segment"
    """Type of the node."""
    format: Annotated[
        Literal["aac", "mp3", "flac", "mp4", "ts", "mkv", "avi", "hls", "m3u8"], Wire("Operation/Segment/Format")
    ]
    """Container of the result."""
    duration: Annotated[int | None, Wire("Operation/Segment/Duration"), Range(5, unit="seconds")] = None
    """Length of a piece."""
    hls_encrypt: Annotated[SegmentEncrypt | None, Wire("Operation/Segment/HlsEncrypt")] = None
    """Encryption of the pieces; without effect unless `format` is `hls`."""
    output: Results
    """Where it goes; with `${Number}` when it is cut into files, as every format but `hls` and `m3u8` is."""

    @rule("output", "format", "duration")
    def _pieces_need_number(output: Mapping[str, Any], format: str, duration: int | None) -> Iterator[Failure]:
        """`output.object` holds `${Number}` where `duration` cuts the result into files."""
        if duration is not None and format not in ("hls", "m3u8"):
            yield from _needs_number(output, f"it is cut into several {format} files")

    @rule("hls_encrypt", "format")
    def _only_hls_is_encrypted(encrypt: Mapping[str, Any] | None, format: str) -> Iterator[Failure]:
        """Encryption has an effect on format hls alone."""
        if encrypt is not None and encrypt.get("is_encrypt") is True and format != "hls":
            reason = f"has no effect on {format}; only hls is encrypted"
            yield Failure(("hls_encrypt",), reason, warning=True)


class PicProcess(Node):
    """Processes pictures by a template."""

    type: Literal["PicProcess"] = "PicProcess"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("PicProcessTemplate")]
    """How they are processed."""
    output: Results
    """Where they go."""


class Tts(Node):
    """Reads a text aloud."""

    type: Literal["Tts"] = "Tts"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("TtsTemplate")]
    """With which voice, and how."""
    output: Results
    """Where the sound goes."""


class SpeechRecognition(Node):
    """Writes down what is said. No page names a template for it; whatever else the server holds is kept."""

    type: Literal["SpeechRecognition"] = "SpeechRecognition"
    """Type of the node."""
    output: Results
    """Where the text goes."""


class VideoEnhance(Node):
    """Enhances the video, in ways that no page describes."""

    type: Literal["VideoEnhance"] = "VideoEnhance"
    """Type of the node."""
    operation: Operation
    """Content of the element `Operation`, by element names."""


class MediaInfo(Node):
    """Reads what the file holds, such as its streams and their codecs."""

    type: Literal["MediaInfo"] = "MediaInfo"
    """Type of the node."""
    operation: SomeOperation = None
    """Content of the element `Operation`, by element names; no page shows one."""


class Condition(Node):
    """Lets the workflow go on after a MediaInfo node when its condition holds; no page describes it."""

    type: Literal["Condition"] = "Condition"
    """Type of the node."""
    operation: Operation
    """Content of the element `Operation`, by element names."""


class AIRecognition(Node):
    """Recognises what the file shows."""

    type: Literal["AIRecognition"] = "AIRecognition"
    """Type of the node."""
    operation: SomeOperation = None
    """Content of the element `Operation`, by element names; no page shows one."""


class SegmentVideoBody(Node):
    """Cuts people out of the video, in ways that no page describes."""

    type: Literal["SegmentVideoBody"] = "SegmentVideoBody"
    """Type of the node."""
    operation: Operation
    """Content of the element `Operation`, by element names."""


def _needs_number(output: Mapping[str, Any], why: str) -> Iterator[Failure]:
    if _lacks_number(output["object"]):
        yield Failure(("output", "object"), f"must hold ${{Number}}, because {why}")


def _may_need_number(output: Mapping[str, Any], results: str) -> Iterator[Failure]:
    if _lacks_number(output["object"]):
        reason = f"holds no ${{Number}}: {results} overwrite each other when the template makes several"
        yield Failure(("output", "object"), reason, warning=True)


def _lacks_number(key: Any) -> bool:
    return key is not UNKNOWN and "${number}" not in key.lower()


AnyNode = (
    Start
    | Snapshot
    | Animation
    | SmartCover
    | Transcode
    | Concat
    | VoiceSeparate
    | VideoMontage
    | StreamPackConfig
    | VideoStream
    | StreamPack
    | SDRtoHDR
    | VideoProcess
    | SCF
    | SuperResolution
    | Segment
    | PicProcess
    | Tts
    | SpeechRecognition
    | VideoEnhance
    | MediaInfo
    | Condition
    | AIRecognition
    | SegmentVideoBody
)
"""All nodes of page 100. A HighSpeedHd node may follow a Condition there, and is described nowhere."""
