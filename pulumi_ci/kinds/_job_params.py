"""What a batch job does to each object: the blocks below `JobParam`, one for each kind of task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds import concat_template as concat
from pulumi_ci.kinds._audio_mix import AudioMix
from pulumi_ci.kinds._fragments import ObjectAddress, Pixels, Seconds
from pulumi_ci.kinds._streams import HlsEncrypt, Values
from pulumi_ci.kinds._workflow_parts import DigitalWatermark
from pulumi_ci.kinds.animation_template import AnimationBody
from pulumi_ci.kinds.snapshot_template import SnapshotBody
from pulumi_ci.kinds.super_resolution_template import SuperResolutionBody
from pulumi_ci.kinds.transcode_template import TranscodeBody
from pulumi_ci.kinds.tts_template import TtsBody
from pulumi_ci.kinds.video_process_template import VideoProcessBody
from pulumi_ci.kinds.voice_separate_template import AudioConfig
from pulumi_ci.kinds.watermark_template import WatermarkBody
from pulumi_ci.model.marks import AlsoRead, Length, Range, Reference, ServerDefault, Wire
from pulumi_ci.model.node import Failure, Node, rule

Mixed = Annotated[list[AudioMix] | None, Wire("AudioMix"), AlsoRead("AudioMixArray")]
_Side = Range(1, 4096, unit="px")


class TranscodeJob(TranscodeBody):
    """How a video or sound is rewritten, as in a transcoding template. Source: 121."""

    audio_mix: Mixed = None
    """Sounds mixed into the result; without effect where `audio.remove` is true."""


class VideoMontageJob(TranscodeJob):
    """How the highlights are rewritten, in the words of a transcoding template. Source: 123."""

    duration: Annotated[float | None, Range(gt=0, unit="seconds")] = None
    """Length of the result; chosen by the service when left out."""


class SmartCoverJob(Node):
    """How covers are picked. Source: 117."""

    format: Literal["jpg", "png", "webp"]
    """Format of the pictures."""
    width: Annotated[int, Pixels]
    """Width."""
    height: Annotated[int, Pixels]
    """Height."""
    count: Annotated[int | None, Range(1, 10), ServerDefault(3)] = None
    """How many covers."""
    delete_duplicates: Annotated[bool | None, ServerDefault(False)] = None
    """Whether covers that look alike are dropped."""


class BlurredArea(Node):
    """A rectangle of the picture that is blurred away; not for H.265. Source: 121."""

    dx: Annotated[int, _Side]
    """Distance from the left edge."""
    dy: Annotated[int, _Side]
    """Distance from the upper edge."""
    width: Annotated[int, _Side]
    """Width."""
    height: Annotated[int, _Side]
    """Height."""


class SpeechRecognitionJob(Node):
    """How speech becomes text. Source: 050, 158."""

    engine_model_type: Literal["8k_zh", "8k_zh_s", "16k_zh", "16k_zh_video", "16k_en", "16k_ca"]
    """Engine: `8k_` for telephone calls, `16k_` for all else."""
    channel_num: Literal[1, 2]
    """Channels of the sound; 2 only with engine 8k_zh."""
    res_text_format: Literal[0, 1]
    """0 text alone; 1 with the times of words, only with engines 16k_zh and 16k_zh_video."""
    filter_dirty: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Swearwords: 0 kept, 1 dropped, 2 replaced by `*`; Mandarin engines."""
    filter_modal: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Filler words: 0 kept, 1 partly dropped, 2 strictly dropped; Mandarin engines."""
    convert_num_mode: Annotated[Literal[0, 1] | None, ServerDefault(1)] = None
    """Numbers: 0 as words, 1 as digits where the context asks for it; Mandarin engines."""

    @rule("channel_num", "engine_model_type")
    def _two_channels_fit(channels: int, engine: str) -> str | None:
        """Two channels are for engine 8k_zh only."""
        return f"2 is not for {engine}; only for 8k_zh" if channels == 2 and engine != "8k_zh" else None

    @rule("res_text_format", "engine_model_type")
    def _word_times_fit(form: int, engine: str) -> str | None:
        """`res_text_format` 1 is for the engines 16k_zh and 16k_zh_video only."""
        known = ("16k_zh", "16k_zh_video")
        return f"1 is not for {engine}; only for {', '.join(known)}" if form == 1 and engine not in known else None


class JoinedFragment(Node):
    """A clip that is joined to the video. Source: 109."""

    url: Annotated[str, ObjectAddress]
    """Address of the clip, in the same bucket as the video."""
    fragment_index: Annotated[int | None, Range(ge=0), ServerDefault(0)] = None
    """Its place among the clips."""
    start_time: Annotated[float | None, Seconds] = None
    """Where it starts within the clip; at its beginning when left out."""
    end_time: Annotated[float | None, Seconds] = None
    """Where it ends within the clip; at its end when left out."""

    @rule("end_time", "start_time")
    def _ends_after_its_start(end: float | None, start: float | None) -> str | None:
        """`end_time` is after `start_time`."""
        return f"{end} is not after start_time, {start}" if end is not None and end <= (start or 0) else None


class ConcatJob(Node):
    """Which clips are joined to the video, and how. Source: 109."""

    concat_fragment: list[JoinedFragment] | None = None
    """The clips."""
    audio: concat.Audio | None = None
    """Audio stream; as in the source when left out."""
    video: concat.Video | None = None
    """Video stream; as in the source when left out."""
    container: concat.Container
    """Container of the result."""
    audio_mix: Mixed = None
    """Sounds mixed into the result."""
    index: Annotated[int | None, Range(ge=0), ServerDefault(0)] = None
    """Place of the video itself among the clips."""
    direct_concat: Annotated[bool | None, ServerDefault(False)] = None
    """Join without transcoding; what `audio` and `video` say has no effect then."""

    @rule("audio", "container")
    def _audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
        """An mp3 container has no sample rate of 96000."""
        yield from concat.audio_fits(audio, container)


class VoiceSeparateJob(Node):
    """Which parts of the sound come out, and how. Source: 126, 175."""

    audio_mode: Literal["IsAudio", "IsBackground", "AudioAndBackground"] | None = None
    """What comes out: the voice, the background, or both."""
    audio_config: AudioConfig | None = None
    """Coding of what comes out."""


class SDRtoHDRJob(Node):
    """Which HDR the video is turned into. Source: 115."""

    hdr_mode: Literal["HLG", "HDR10"]
    """The HDR."""


class SegmentJob(Node):
    """Which container the video gets, and the pieces it is cut into. Source: 116."""

    format: Literal["aac", "mp3", "flac", "mp4", "ts", "mkv", "avi", "hls", "m3u8"]
    """Container of the result."""
    duration: Annotated[int | None, Range(5, unit="seconds")] = None
    """Length of a piece; not cut when left out."""
    transcode_index: Annotated[int | None, Range(ge=0)] = None
    """Number of the source stream to take, as in the media information of the source."""
    hls_encrypt: HlsEncrypt | None = None
    """Encryption of the pieces; for `hls`."""

    @rule("hls_encrypt", "format")
    def _encryption_fits(encrypt: Values | None, format: str) -> Iterator[Failure]:
        """Only `hls` can be encrypted."""
        if encrypt is not None and encrypt.get("is_hls_encrypt") is True and format != "hls":
            yield Failure(("hls_encrypt", "is_hls_encrypt"), "is only supported for format hls")


class ExtractDigitalWatermark(Node):
    """Which watermark that cannot be seen is looked for. Source: 111."""

    type: Literal["Text"] = "Text"
    """Kind of watermark; there is one."""
    version: Literal["V1"] = "V1"
    """Version of the method; there is one."""


class VideoTag(Node):
    """What videos are tagged for. Source: 125."""

    scenario: Literal["Stream"] = "Stream"
    """The scenario; there is one."""


class JobParam(Node):
    """What is done to each object: by templates, or by the block of the task. Source: 196."""

    template_id: str | None = None
    """Template of the task; it wins over the task's own block. A Transcode task also takes a HighSpeedHd template."""
    transcode_template_id: Annotated[str | None, Reference("TranscodeTemplate")] = None
    """How the result of VideoProcess, SuperResolution and SDRtoHDR is transcoded; it wins over `transcode`."""
    animation: AnimationBody | None = None
    """For tag Animation: how the animated picture is made."""
    transcode: TranscodeJob | None = None
    """For tag Transcode, and for the results of VideoProcess, SuperResolution and SDRtoHDR: how they are rewritten."""
    smart_cover: SmartCoverJob | None = None
    """For tag SmartCover: how covers are picked; three of the video's own size when left out."""
    digital_watermark: DigitalWatermark | None = None
    """A watermark that cannot be seen, for Transcode, VideoProcess, SuperResolution and DigitalWatermark; in the
    last of them `ignore_error` has no effect."""
    watermark: Annotated[list[WatermarkBody] | None, Length(3)] = None
    """Watermarks painted into the video; at most 3."""
    watermark_template_id: Annotated[list[str] | None, Length(3), Reference("WatermarkTemplate")] = None
    """Templates of watermarks; at most 3; they win over `watermark`."""
    remove_watermark: BlurredArea | None = None
    """For tag Transcode: a rectangle to blur away."""
    snapshot: SnapshotBody | None = None
    """For tag Snapshot: which screenshots are taken."""
    speech_recognition: SpeechRecognitionJob | None = None
    """For tag SpeechRecognition: how speech becomes text."""
    concat_template: ConcatJob | None = None
    """For tag Concat: the clips to join; a block in spite of its name."""
    voice_separate: VoiceSeparateJob | None = None
    """For tag VoiceSeparate: which parts of the sound come out."""
    video_montage: VideoMontageJob | None = None
    """For tag VideoMontage: how the highlights are cut together."""
    sdr_to_hdr: Annotated[SDRtoHDRJob | None, Wire("SDRtoHDR")] = None
    """For tag SDRtoHDR: which HDR the video is turned into."""
    video_process: VideoProcessBody | None = None
    """For tag VideoProcess: what is enhanced."""
    super_resolution: SuperResolutionBody | None = None
    """For tag SuperResolution: how the resolution is raised."""
    segment: SegmentJob | None = None
    """For tag Segment: the container, and the pieces the video is cut into."""
    extract_digital_watermark: ExtractDigitalWatermark | None = None
    """For tag ExtractDigitalWatermark: the watermark to look for."""
    video_tag: VideoTag | None = None
    """For tag VideoTag: what videos are tagged for."""
    tts_tpl: TtsBody | None = None
    """For tag Tts: the voice, and how it reads."""

    @rule("remove_watermark", "transcode")
    def _h265_keeps_its_watermark(area: Values | None, transcode: Values | None) -> str | None:
        """`remove_watermark` is not for H.265."""
        video = (transcode or {}).get("video")
        codec = video.get("codec") if isinstance(video, dict) else None
        return "is not for H.265" if area is not None and codec == "H.265" else None


_PAINTED = ("Transcode", "SDRtoHDR", "VideoProcess", "SuperResolution")
_TEMPLATED = (
    *("Animation", "SmartCover", "Transcode", "Snapshot", "Concat", "VoiceSeparate", "VideoMontage", "VideoProcess"),
    *("SuperResolution", "PicProcess", "Tts"),
)
TAGS: dict[str, tuple[str, ...]] = {
    "template_id": _TEMPLATED,
    "transcode_template_id": ("VideoProcess", "SuperResolution", "SDRtoHDR"),
    "animation": ("Animation",),
    "transcode": _PAINTED,
    "smart_cover": ("SmartCover",),
    "digital_watermark": ("Transcode", "VideoProcess", "SuperResolution", "DigitalWatermark"),
    "watermark": _PAINTED,
    "watermark_template_id": _PAINTED,
    "remove_watermark": ("Transcode",),
    "snapshot": ("Snapshot",),
    "speech_recognition": ("SpeechRecognition",),
    "concat_template": ("Concat",),
    "voice_separate": ("VoiceSeparate",),
    "video_montage": ("VideoMontage",),
    "sdr_to_hdr": ("SDRtoHDR",),
    "video_process": ("VideoProcess",),
    "super_resolution": ("SuperResolution",),
    "segment": ("Segment",),
    "extract_digital_watermark": ("ExtractDigitalWatermark",),
    "video_tag": ("VideoTag",),
    "tts_tpl": ("Tts",),
}
"""Tags that a field of JobParam is for. Source: 196."""

_TRANSCODED = ("transcode_template_id", "transcode")
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Animation": (("template_id", "animation"),),
    "Transcode": (("template_id", "transcode"),),
    "Snapshot": (("template_id", "snapshot"),),
    "Concat": (("template_id", "concat_template"),),
    "VoiceSeparate": (("template_id", "voice_separate"),),
    "VideoMontage": (("template_id", "video_montage"),),
    "Tts": (("template_id", "tts_tpl"),),
    "PicProcess": (("template_id",),),
    "VideoProcess": (("template_id", "video_process"), _TRANSCODED),
    "SuperResolution": (("template_id", "super_resolution"), _TRANSCODED),
    "SDRtoHDR": (("sdr_to_hdr",), _TRANSCODED),
    "Segment": (("segment",),),
    "SpeechRecognition": (("speech_recognition",),),
    "DigitalWatermark": (("digital_watermark",),),
    "ExtractDigitalWatermark": (("extract_digital_watermark",),),
    "VideoTag": (("video_tag",),),
}
"""What a Tag needs: of each group one field. Source: 110, 111, 115, 116, 120, 124, 125, 158."""


def parameters_fit(tag: str, param: Values | None) -> Iterator[Failure]:
    """What is wrong with the parameters of a task: some are not for it, or some that it needs are missing."""
    given = {name for name, value in (param or {}).items() if value is not None}
    for name in sorted(given & TAGS.keys()):
        if tag not in TAGS[name]:
            yield Failure(("job_param", name), f"is not for tag {tag}; only for {', '.join(TAGS[name])}")
    for group in NEEDS.get(tag, ()):
        if not given.intersection(group):
            others = f"; {' or '.join(group[1:])} would do as well" if len(group) > 1 else ""
            yield Failure(("job_param", group[0]), f"is required for tag {tag}{others}")
