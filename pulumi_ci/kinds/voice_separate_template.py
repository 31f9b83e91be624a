"""Voice separation templates: voice and background of a sound apart from each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import AudioBitrate, one_of
from pulumi_ci.model.marks import ServerDefault
from pulumi_ci.model.node import Failure, Node, rule

_SAMPLERATES = {
    "aac": (11025, 22050, 32000, 44100, 48000, 96000),
    "flac": (11025, 22050, 32000, 44100, 48000, 96000),
    "mp3": (11025, 22050, 32000, 44100, 48000),
    "amr": (8000,),
}
_CHANNELS = {"aac": (1, 2, 4, 5, 6, 8), "flac": (1, 2, 4, 5, 6, 8), "mp3": (1, 2), "amr": (1,)}


class AudioConfig(Node):
    """How the separated sounds are coded."""

    codec: Annotated[Literal["aac", "mp3", "flac", "amr"] | None, ServerDefault("aac")] = None
    """Codec."""
    samplerate: Literal[8000, 11025, 22050, 32000, 44100, 48000, 96000] | None = None
    """Samples per second (Hz), 44100 when left out; amr needs 8000, and nothing else has it; mp3 lacks 96000."""
    bitrate: Annotated[int | None, AudioBitrate] = None
    """Bit rate."""
    channels: Literal[1, 2, 4, 5, 6, 8] | None = None
    """Channels: aac and flac all six, mp3 1 or 2, amr 1."""

    @rule("samplerate", "codec")
    def _samplerate_fits(samplerate: int | None, codec: str | None) -> Iterator[Failure]:
        """The sample rate is one of the codec's; amr needs 8000."""
        if samplerate is None and codec == "amr":
            yield Failure(("samplerate",), "is required for amr: 8000")
        yield from one_of(("samplerate",), samplerate, codec or "aac", _SAMPLERATES[codec or "aac"])

    @rule("channels", "codec")
    def _channels_fit(channels: int | None, codec: str | None) -> Iterator[Failure]:
        """The channels are those of the codec."""
        yield from one_of(("channels",), channels, codec or "aac", _CHANNELS[codec or "aac"])


class VoiceSeparateTemplate(Template):
    """A recipe that takes the voice out of a sound, or its background, or both."""

    slug = "voice-separate-template"
    pages = (175, 190, 178, 179)
    api = template("VoiceSeparate", answers=("VoiceSeparate", ""))

    audio_mode: Literal["IsAudio", "IsBackground", "AudioAndBackground"]
    """What comes out: the voice, the background, or both."""
    audio_config: AudioConfig
    """Coding of what comes out; give at least its codec."""
