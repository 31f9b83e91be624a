"""Streams and their containers, as several templates describe them: blocks, and which values go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._fragments import Seconds
from pulumi_ci.model.marks import Range, Secret, ServerDefault
from pulumi_ci.model.node import Failure, Node
from pulumi_ci.model.path import Path
from pulumi_ci.model.unknown import UNKNOWN

Values = Mapping[str, Any]

EvenPixels = Range(128, 4096, step=2, unit="px")
FrameRate = Range(gt=0, le=60, unit="frames per second")
VideoBitrate = Range(10, 50000, unit="Kbps")
AudioBitrate = Range(8, 1000, unit="Kbps")
RateFactor = Range(gt=0, le=51)
Degrees = Range(ge=0, lt=360, unit="degrees")

_MP3_SAMPLERATES = {"flv": (22050, 44100), "mp4": (22050, 32000, 44100, 48000)}
_MP3_ELSEWHERE = (11025, 22050, 32000, 44100, 48000)


class TimeInterval(Node):
    """The part of the source that is processed. Source: 170."""

    start: Annotated[float | None, Seconds, ServerDefault(0)] = None
    """Where it starts, in seconds from the beginning."""
    duration: Annotated[float | None, Seconds] = None
    """How long it is, in seconds; the rest of the source when left out."""


class ClipConfig(Node):
    """How the result is cut into segments; takes effect for `hls` and `dash`."""

    duration: Annotated[float | None, Range(gt=0, unit="seconds"), ServerDefault(5)] = None
    """Length of a segment."""


class H26xVideo(Node):
    """The video stream of the result, in H.264 or H.265. Source: 167, 173."""

    codec: Annotated[Literal["H.264", "H.265"] | None, ServerDefault("H.264")] = None
    """Codec; `flv` holds H.264 only."""
    width: Annotated[int | None, EvenPixels] = None
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: Annotated[int | None, EvenPixels] = None
    """Height; alone, the width scales with it."""
    fps: Annotated[float | None, FrameRate] = None
    """Frame rate."""
    bitrate: Annotated[int | None, VideoBitrate] = None
    """Bit rate; of no account when `crf` is set."""
    crf: Annotated[float | None, RateFactor] = None
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    rotate: Annotated[int | None, Degrees] = None
    """How far the picture is turned, in degrees."""


class LossyAudio(Node):
    """The audio stream of the result, in aac or mp3. Source: 167, 173."""

    codec: Annotated[Literal["aac", "mp3"] | None, ServerDefault("aac")] = None
    """Codec."""
    samplerate: Annotated[Literal[11025, 22050, 32000, 44100, 48000, 96000] | None, ServerDefault(44100)] = None
    """Samples per second (Hz); mp3 has 22050 and 44100 in flv, all from 22050 to 48000 in mp4, never 96000."""
    bitrate: Annotated[int | None, AudioBitrate] = None
    """Bit rate."""
    channels: Literal[1, 2, 4, 5, 6, 8] | None = None
    """Channels; mp3 has 1 or 2."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the sound."""


class HlsEncrypt(Node):
    """Encryption of `hls` segments."""

    is_hls_encrypt: Annotated[bool | None, ServerDefault(False)] = None
    """Whether the segments are encrypted; only for `hls`."""
    uri_key: Annotated[str | None, Secret()] = None
    """The key; means something when `is_hls_encrypt` is true."""


class TransConfig(Node):
    """What happens when source and template do not fit each other. Source: 167, 170, 171."""

    adj_dar_method: Annotated[Literal["scale", "crop", "pad", "none"] | None, ServerDefault("none")] = None
    """What is done when source and result have different aspect ratios: scale, crop, pad with bars, or nothing."""
    is_check_reso: Annotated[bool | None, ServerDefault(False)] = None
    """Whether a target larger than the source is handled by `reso_adj_method`."""
    reso_adj_method: Annotated[int | None, Range(0, 1), ServerDefault(0)] = None
    """Target larger than the source: 0 takes the source's size, 1 fails."""
    is_check_video_bitrate: Annotated[bool | None, ServerDefault(False)] = None
    """Whether a video bit rate above the source's is handled by `video_bitrate_adj_method`."""
    video_bitrate_adj_method: Annotated[int | None, Range(0, 1), ServerDefault(0)] = None
    """Video bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_audio_bitrate: Annotated[bool | None, ServerDefault(False)] = None
    """Whether an audio bit rate above the source's is handled by `audio_bitrate_adj_method`."""
    audio_bitrate_adj_method: Annotated[int | None, Range(0, 1), ServerDefault(0)] = None
    """Audio bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_video_fps: Annotated[bool | None, ServerDefault(False)] = None
    """Whether a frame rate above the source's is handled by `video_fps_adj_method`."""
    video_fps_adj_method: Annotated[int | None, Range(0, 1), ServerDefault(0)] = None
    """Frame rate above the source's: 0 takes the source's, 1 fails."""
    delete_metadata: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the source's metadata."""
    is_hdr2sdr: Annotated[bool | None, ServerDefault(False)] = None
    """Turn HDR into SDR."""


def one_of(path: Path, value: Any, owner: str, choices: tuple[Any, ...]) -> Iterator[Failure]:
    """A failure at `path` when `value` is given, known, and not among those that `owner` allows."""
    if value is not None and value is not UNKNOWN and value not in choices:
        allowed = f"allowed: {', '.join(map(str, choices))}" if choices else "remove it"
        yield Failure(path, f"{value} is not for {owner}; {allowed}")


def video_fits(video: Values | None, container: Values) -> Iterator[Failure]:
    """What an `H26xVideo` has against its container."""
    if video is not None and container["format"] == "flv":
        yield from one_of(("video", "codec"), video.get("codec"), "flv", ("H.264",))


def audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
    """What a `LossyAudio` has against its container, and against its own codec."""
    if audio is None or audio.get("remove") in (True, UNKNOWN) or audio.get("codec") != "mp3":
        return
    yield from one_of(("audio", "channels"), audio.get("channels"), "mp3", (1, 2))
    target = container["format"]
    if target is not UNKNOWN:
        rates = _MP3_SAMPLERATES.get(target, _MP3_ELSEWHERE)
        yield from one_of(("audio", "samplerate"), audio.get("samplerate"), f"mp3 in {target}", rates)


def encryption_fits(config: Values | None, block: str, switch: str, container: Values) -> Iterator[Failure]:
    """A failure where `switch` of `block` is on and the container is not the one whose segments it encrypts."""
    target = block.partition("_")[0]
    encrypt = (config or {}).get(block)
    on = isinstance(encrypt, Mapping) and encrypt.get(switch) is True
    if on and container["format"] not in (target, UNKNOWN):
        yield Failure(("trans_config", block, switch), f"is only supported for format {target}")
