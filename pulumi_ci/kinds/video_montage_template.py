"""Montage templates: the highlights of a video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._audio_mix import AudioMix
from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import H26xVideo, LossyAudio, Values, audio_fits, video_fits
from pulumi_ci.model.marks import AlsoRead, Presence, Range, Wire
from pulumi_ci.model.node import Failure, Node, rule


class Container(Node):
    """The container of the result."""

    format: Literal["mp4", "flv", "hls", "ts", "mkv"]
    """Format of the container."""


class VideoMontageTemplate(Template):
    """A recipe that cuts a video down to its highlights."""

    slug = "video-montage-template"
    pages = (173, 188, 178, 179, 202)
    api = template("VideoMontage", answers=("VideoMontage", ""))

    duration: Annotated[float | None, Range(gt=0, unit="seconds")] = None
    """Length of the result, to the millisecond; chosen by the service when left out."""
    container: Container
    """Container of the result."""
    video: H26xVideo
    """Video stream; give at least its codec."""
    audio: Annotated[LossyAudio | None, Presence()] = None
    """Audio stream."""
    audio_mix: Annotated[list[AudioMix] | None, Wire("AudioMix"), AlsoRead("AudioMixArray")] = None
    """Sounds mixed into the result; without effect where `audio.remove` is true."""

    @rule("video", "container")
    def _video_fits(video: Values, container: Values) -> Iterator[Failure]:
        """A flv container holds H.264 only."""
        return video_fits(video, container)

    @rule("audio", "container")
    def _audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
        """mp3 has 1 or 2 channels, and of the sample rates those of its container."""
        return audio_fits(audio, container)
