"""Top-speed HD templates: transcoding to the same quality at a lower bit rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import (
    ClipConfig,
    H26xVideo,
    HlsEncrypt,
    LossyAudio,
    TimeInterval,
    TransConfig,
    Values,
    VideoBitrate,
    audio_fits,
    encryption_fits,
    one_of,
    video_fits,
)
from pulumi_ci.model.marks import Presence, Range, ServerDefault
from pulumi_ci.model.node import Failure, Node, rule

_BY_CODEC: dict[str, dict[str, tuple[Any, ...]]] = {
    "H.264": {"pixfmt": ("yuv420p", "auto")},
    "H.265": {"pixfmt": ("yuv420p", "yuv420p10le", "auto"), "profile": (), "preset": ()},
}


class Container(Node):
    """The container of the result."""

    format: Literal["mp4", "flv", "hls", "mkv"]
    """Format of the container."""
    clip_config: ClipConfig | None = None
    """Segments of `hls`."""


class HighSpeedHdVideo(H26xVideo):
    """The video stream of the result."""

    profile: Annotated[Literal["baseline", "main", "high"] | None, ServerDefault("high")] = None
    """Profile of H.264; H.265 has none."""
    gop: Annotated[int | None, Range(0, 100000, unit="frames")] = None
    """Largest distance between key frames."""
    preset: Annotated[Literal["veryfast", "fast", "medium", "slow", "slower"] | None, ServerDefault("medium")] = None
    """Speed against size of H.264; H.265 has none."""
    bufsize: Annotated[int | Literal[0] | None, Range(1000, 128000, unit="Kb"), ServerDefault(0)] = None
    """Size of the rate control's buffer; 0 is as good as left out."""
    maxrate: Annotated[int | Literal[0] | None, VideoBitrate, ServerDefault(0)] = None
    """Highest bit rate; 0 is as good as left out."""
    pixfmt: Literal["yuv420p", "yuv420p10le", "auto"] | None = None
    """Pixel format: H.264 yuv420p or auto, H.265 all three."""

    @rule("codec", "profile", "preset", "pixfmt")
    def _codec_fits(
        codec: str | None, profile: str | None, preset: str | None, pixfmt: str | None
    ) -> Iterator[Failure]:
        """H.265 has no `profile` and no `preset`; H.264 has no pixel format yuv420p10le."""
        given = {"profile": profile, "preset": preset, "pixfmt": pixfmt}
        for name, choices in _BY_CODEC[codec or "H.264"].items():
            yield from one_of((name,), given[name], codec or "H.264", choices)


class HighSpeedHdConfig(TransConfig):
    """What happens when source and template do not fit each other, and encryption."""

    hls_encrypt: HlsEncrypt | None = None
    """Encryption of `hls` segments."""


class HighSpeedHdTemplate(Template):
    """A recipe for transcoding that spends fewer bits on the same quality."""

    slug = "high-speed-hd-template"
    pages = (167, 182, 178, 179)
    api = template("HighSpeedHd", answers=("HighSpeedHd", ""))

    container: Container
    """Container of the result."""
    video: HighSpeedHdVideo
    """Video stream; give at least its codec."""
    audio: Annotated[LossyAudio | None, Presence()] = None
    """Audio stream."""
    trans_config: HighSpeedHdConfig | None = None
    """Handling of sources that do not fit, and encryption."""
    time_interval: TimeInterval | None = None
    """Part of the source that is transcoded."""

    @rule("video", "container")
    def _video_fits(video: Values, container: Values) -> Iterator[Failure]:
        """A flv container holds H.264 only."""
        return video_fits(video, container)

    @rule("audio", "container")
    def _audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
        """mp3 has 1 or 2 channels, and of the sample rates those of its container."""
        return audio_fits(audio, container)

    @rule("trans_config", "container")
    def _encryption_fits(trans_config: Values | None, container: Values) -> Iterator[Failure]:
        """Only `hls` can be encrypted."""
        return encryption_fits(trans_config, "hls_encrypt", "is_hls_encrypt", container)
