"""Transcoding templates: how a video or sound is rewritten into another container, codec and size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._audio_mix import AudioMix
from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import (
    AudioBitrate,
    ClipConfig,
    Degrees,
    EvenPixels,
    FrameRate,
    HlsEncrypt,
    RateFactor,
    TimeInterval,
    TransConfig,
    Values,
    VideoBitrate,
    encryption_fits,
    one_of,
)
from pulumi_ci.model.marks import AlsoRead, Length, Presence, Range, Secret, ServerDefault, Wire
from pulumi_ci.model.node import Failure, Node, rule
from pulumi_ci.model.unknown import UNKNOWN

_LOSSY = ("aac", "mp3")
_CODECS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mp4": (_LOSSY, ("H.264", "H.265", "AV1")),
    "hls": (_LOSSY, ("H.264", "H.265", "AV1")),
    "mkv": (_LOSSY, ("H.264", "H.265", "AV1")),
    "ts": (_LOSSY, ("H.264",)),
    "flv": (_LOSSY, ("H.264",)),
    "avi": (_LOSSY, ("H.264",)),
    "mov": (_LOSSY, ("H.264",)),
    "dash": (("aac",), ("H.264",)),
    "WebM": (("Vorbis", "opus"), ("VP8", "VP9", "AV1")),
    "aac": (("aac",), ()),
    "mp3": (("mp3",), ()),
    "flac": (("flac",), ()),
    "amr": (("amr",), ()),
    "adts": (("aac",), ()),
    "m4a": (("aac",), ()),
    "wav": (("pcm_s16le",), ()),
}
"""Audio and video codecs that a container holds. Source: 170."""

_TO_48000 = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
_SAMPLERATES = {"amr": (8000,), "opus": (8000, 16000, 24000, 48000)}
_MP3_SAMPLERATES = {"flv": (22050, 44100), "mp4": (16000, 22050, 24000, 32000, 44100, 48000)}
_CHANNELS = {"mp3": (1, 2), "opus": (1, 2), "Vorbis": (2,), "amr": (1,), "pcm_s16le": (1, 2)}
_SAMPLE_FORMATS = {
    "aac": ("fltp",),
    "mp3": ("fltp", "s16p", "s32p"),
    "flac": ("s16", "s32", "s16p", "s32p"),
    "amr": ("s16", "s16p"),
    "opus": ("s16",),
    "pcm_s16le": ("s16",),
    "Vorbis": ("fltp",),
}
_PRESETS = {
    "H.264": ("veryfast", "fast", "medium", "slow", "slower"),
    "VP8": ("good", "realtime"),
    "AV1": ("5", "4"),
}
_PIXEL_FORMATS = {
    "H.264": ("yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "auto"),
    "H.265": ("yuv420p", "yuv420p10le", "auto"),
}
_NOT_FOR = {
    "profile": ("H.265", "VP8", "VP9", "AV1"),
    "bufsize": ("VP8", "VP9"),
    "maxrate": ("VP8", "VP9"),
    "long_short_mode": ("VP8", "VP9", "AV1"),
}


class Container(Node):
    """The container of the result."""

    format: Literal[
        "mp4",
        "hls",
        "mkv",
        "ts",
        "flv",
        "avi",
        "mov",
        "dash",
        "WebM",
        "aac",
        "mp3",
        "flac",
        "amr",
        "adts",
        "m4a",
        "wav",
    ]
    """Format of the container; it decides which codecs are allowed."""
    clip_config: ClipConfig | None = None
    """Segments of `hls` and `dash`."""


class Video(Node):
    """The video stream of the result."""

    codec: Literal["H.264", "H.265", "VP8", "VP9", "AV1"] | None = None
    """Codec; H.264 when left out, VP8 in a WebM container."""
    width: Annotated[int | None, EvenPixels] = None
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: Annotated[int | None, EvenPixels] = None
    """Height; alone, the width scales with it."""
    fps: Annotated[float | None, FrameRate] = None
    """Frame rate; the source's own when left out."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the video stream; leaving the whole block out does the same."""
    profile: Literal["baseline", "main", "high", "auto"] | None = None
    """Profile of H.264, `high` when left out; with `pixfmt` auto it can only be `auto`."""
    bitrate: Annotated[int | Literal["auto"] | None, VideoBitrate] = None
    """Bit rate, or `auto` to adapt it to the source; of no account when `crf` is set."""
    crf: Annotated[float | None, RateFactor] = None
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    gop: Annotated[int | None, Range(1, 100000, unit="frames")] = None
    """Largest distance between key frames."""
    preset: Literal["veryfast", "fast", "medium", "slow", "slower", "good", "realtime", "5", "4"] | None = None
    """Speed against size: H.264 `veryfast` to `slower`, VP8 `good` or `realtime`, AV1 `5` or `4`, others none."""
    bufsize: Annotated[int | None, Range(1000, 128000, unit="Kb")] = None
    """Size of the rate control's buffer; not for VP8 and VP9."""
    maxrate: Annotated[int | None, VideoBitrate] = None
    """Highest bit rate; not for VP8 and VP9."""
    pixfmt: (
        Literal["yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "yuv420p10le", "auto"] | None
    ) = None
    """Pixel format: H.264 all but yuv420p10le, H.265 yuv420p, yuv420p10le or auto, none for the other codecs."""
    long_short_mode: Annotated[bool | None, ServerDefault(False)] = None
    """Take `width` as the longer and `height` as the shorter side; not for VP8, VP9 and AV1."""
    rotate: Annotated[int | None, Degrees] = None
    """How far the picture is turned, in degrees."""

    @rule("profile", "pixfmt")
    def _profile_follows_pixfmt(profile: str | None, pixfmt: str | None) -> str | None:
        """With `pixfmt` auto, `profile` is auto too."""
        if pixfmt == "auto" and profile not in (None, "auto"):
            return "would be stored as auto because pixfmt is auto; write auto or leave it out"
        return None


class Audio(Node):
    """The audio stream of the result."""

    codec: Literal["aac", "mp3", "flac", "amr", "Vorbis", "opus", "pcm_s16le"] | None = None
    """Codec; aac when left out, Vorbis in a WebM container, pcm_s16le in wav."""
    samplerate: Literal[8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000] | None = None
    """Samples per second (Hz); 44100 when left out, 48000 with opus."""
    bitrate: Annotated[int | None, AudioBitrate] = None
    """Bit rate."""
    channels: Literal[1, 2, 4, 5, 6, 8] | None = None
    """Channels: aac and flac all six, mp3, opus and pcm_s16le 1 or 2, Vorbis 2, amr 1; not 8 in dash."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the source's sound; leaving the whole block out does the same."""
    keep_two_tracks: Annotated[bool | None, ServerDefault(False)] = None
    """Keep both tracks; no effect with H.265."""
    switch_track: Annotated[bool | None, ServerDefault(False)] = None
    """Swap the tracks; no effect with H.265."""
    sample_format: Literal["fltp", "s16", "s32", "s16p", "s32p"] | None = None
    """Sample format, by codec; no effect with H.265."""


class DashEncrypt(Node):
    """Encryption of `dash` segments."""

    is_encrypt: Annotated[bool | None, ServerDefault(False)] = None
    """Whether the segments are encrypted; only for `dash`."""
    uri_key: Annotated[str | None, Secret()] = None
    """The key; means something when `is_encrypt` is true."""


class TranscodeConfig(TransConfig):
    """What happens when source and template do not fit each other, and encryption."""

    transcode_index: Annotated[int | None, Range(ge=0)] = None
    """Number of the source stream to take, as in the media information of the source."""
    hls_encrypt: HlsEncrypt | None = None
    """Encryption of `hls` segments."""
    dash_encrypt: DashEncrypt | None = None
    """Encryption of `dash` segments."""


class TranscodeBody(Node):
    """How a video or sound is rewritten. A stream whose block is left out is removed. Source: 121, 170."""

    container: Container
    """Container of the result."""
    video: Annotated[Video | None, Presence()] = None
    """Video stream; left out, the result has none."""
    audio: Annotated[Audio | None, Presence()] = None
    """Audio stream; left out, the result has none."""
    trans_config: TranscodeConfig | None = None
    """Handling of sources that do not fit, and encryption."""
    time_interval: TimeInterval | None = None
    """Part of the source that is transcoded."""
    audio_mix: Annotated[list[AudioMix] | None, Wire("AudioMixArray"), AlsoRead("AudioMix"), Length(2)] = None
    """Sounds mixed into the result, at most 2; without effect where `audio.remove` is true."""

    @rule("video", "container")
    def _video_fits(video: Values | None, container: Values) -> Iterator[Failure]:
        """The container holds the video's codec, and the codec has the preset, pixel format and rate control that are
        given.
        """
        if video is None or video.get("remove") in (True, UNKNOWN) or container["format"] is UNKNOWN:
            return
        target = container["format"]
        allowed = _CODECS[target][1]
        if not allowed:
            yield Failure(("video",), f"format {target} holds no video; remove the block")
            return
        codec = video.get("codec") or ("VP8" if target == "WebM" else "H.264")
        if codec is UNKNOWN:
            return
        if codec not in allowed:
            yield Failure(("video", "codec"), f"{codec} does not go into {target}; allowed: {', '.join(allowed)}")
            return
        for name, table in (("preset", _PRESETS), ("pixfmt", _PIXEL_FORMATS)):
            yield from one_of(("video", name), video.get(name), codec, table.get(codec, ()))
        for name, codecs in _NOT_FOR.items():
            if video.get(name) not in (None, False, UNKNOWN) and codec in codecs:
                yield Failure(("video", name), f"is not for {codec}; remove it")

    @rule("audio", "container")
    def _audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
        """The container holds the sound's codec, and the codec has the sample rate, channels and sample format that
        are given.
        """
        if audio is None or audio.get("remove") in (True, UNKNOWN) or container["format"] is UNKNOWN:
            return
        target = container["format"]
        allowed = _CODECS[target][0]
        codec = audio.get("codec") or {"WebM": "Vorbis", "wav": "pcm_s16le"}.get(target, "aac")
        if codec is UNKNOWN:
            return
        if codec not in allowed:
            given = codec if audio.get("codec") else f"{codec}, meant when left out,"
            yield Failure(("audio", "codec"), f"{given} does not go into {target}; allowed: {', '.join(allowed)}")
            return
        rates = _MP3_SAMPLERATES.get(target, _TO_48000) if codec == "mp3" else _SAMPLERATES.get(codec)
        channels = _CHANNELS.get(codec, (1, 2, 4, 5, 6) if target == "dash" else None)
        for name, choices in (
            ("samplerate", rates),
            ("channels", channels),
            ("sample_format", _SAMPLE_FORMATS[codec]),
        ):
            if choices is not None:
                yield from one_of(("audio", name), audio.get(name), f"{codec} in {target}", choices)

    @rule("trans_config", "container")
    def _encryption_fits(trans_config: Values | None, container: Values) -> Iterator[Failure]:
        """`hls_encrypt` is for format hls, `dash_encrypt` for dash."""
        yield from encryption_fits(trans_config, "hls_encrypt", "is_hls_encrypt", container)
        yield from encryption_fits(trans_config, "dash_encrypt", "is_encrypt", container)


class TranscodeTemplate(TranscodeBody, Template):
    """A recipe for transcoding. A stream whose block is left out is removed from the result."""

    slug = "transcode-template"
    pages = (170, 185, 178, 179, 202)
    api = template("Transcode", answers=("TransTpl", ""))
