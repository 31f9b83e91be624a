"""Concatenation templates: clips put before or after a video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._audio_mix import AudioMix
from pulumi_ci.kinds._fragments import ObjectAddress, Pixels, Template, template
from pulumi_ci.kinds._streams import AudioBitrate, Degrees, FrameRate, RateFactor, Values, VideoBitrate, one_of
from pulumi_ci.model.marks import AlsoRead, ServerDefault, Wire
from pulumi_ci.model.node import Failure, Node, rule


class ConcatFragment(Node):
    """A clip that is joined to the video."""

    url: Annotated[str, ObjectAddress]
    """Address of the clip, in the same bucket as the video."""
    mode: Literal["Start", "End"]
    """Whether it comes before or after the video."""


class Audio(Node):
    """The audio stream of the result; as in the source when left out."""

    codec: Literal["aac", "mp3"]
    """Codec."""
    samplerate: Literal[11025, 22050, 32000, 44100, 48000, 96000] | None = None
    """Samples per second (Hz), all but 96000 in an mp3 container; the source's own when left out."""
    bitrate: Annotated[int | None, AudioBitrate] = None
    """Bit rate; the source's own when left out."""
    channels: Literal[1, 2, 4, 5, 6, 8] | None = None
    """Channels, 1 or 2 with mp3; the source's own when left out."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the sound."""

    @rule("channels", "codec")
    def _channels_fit(channels: int | None, codec: str) -> Iterator[Failure]:
        """mp3 has 1 or 2 channels."""
        if codec == "mp3":
            yield from one_of(("channels",), channels, codec, (1, 2))


class Video(Node):
    """The video stream of the result; as in the source when left out."""

    codec: Literal["H.264"]
    """Codec; there is one."""
    width: Annotated[int | None, Pixels] = None
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: Annotated[int | None, Pixels] = None
    """Height; alone, the width scales with it."""
    fps: Annotated[float | None, FrameRate] = None
    """Frame rate; the source's own when left out."""
    bitrate: Annotated[int | None, VideoBitrate] = None
    """Bit rate; of no account when `crf` is set."""
    crf: Annotated[float | None, RateFactor] = None
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the picture."""
    rotate: Annotated[int | None, Degrees] = None
    """How far the picture is turned, in degrees."""


class Container(Node):
    """The container of the result."""

    format: Literal["mp4", "flv", "hls", "ts", "mp3", "aac"]
    """Format of the container."""


class ConcatTemplate(Template):
    """A recipe that joins clips to a video, such as an opening and a closing."""

    slug = "concat-template"
    pages = (166, 181, 178, 179, 202)
    api = template("Concat", body="ConcatTemplate")

    concat_fragment: list[ConcatFragment]
    """The clips, in order; one or more."""
    audio: Audio | None = None
    """Audio stream; as in the source when left out."""
    video: Video | None = None
    """Video stream; as in the source when left out."""
    container: Container
    """Container of the result."""
    audio_mix: Annotated[list[AudioMix] | None, Wire("AudioMix"), AlsoRead("AudioMixArray")] = None
    """Sounds mixed into the result; without effect where `audio.remove` is true."""
    direct_concat: Annotated[bool | None, ServerDefault(False)] = None
    """Join without transcoding; what `audio` and `video` say has no effect then."""

    @rule("audio", "container")
    def _audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
        """An mp3 container has no sample rate of 96000."""
        yield from audio_fits(audio, container)


def audio_fits(audio: Values | None, container: Values) -> Iterator[Failure]:
    """What the sound of a joined video has against its container."""
    if audio is not None and container["format"] == "mp3":
        rates = (11025, 22050, 32000, 44100, 48000)
        yield from one_of(("audio", "samplerate"), audio.get("samplerate"), "an mp3 container", rates)
