"""Professional transcoding templates: the broadcast formats XAVC and ProRes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._broadcast_formats import PRORES_PROFILES, XAVC, Format, ProResProfile, Rate, formats
from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import Degrees, TimeInterval, TransConfig, Values, one_of
from pulumi_ci.model.marks import Presence, Range, ServerDefault
from pulumi_ci.model.node import Failure, Node, rule

_PROFILES = {"xavc": tuple(XAVC), "apple_prores": PRORES_PROFILES}
_CODECS = {
    "mxf": (("xavc",), ("pcm_s24le",)),
    "mov": (("apple_prores",), ("aac", "mp3")),
    "mkv": (("apple_prores",), ("aac", "mp3")),
}
"""Video and audio codecs that a container holds."""


class Container(Node):
    """The container of the result."""

    format: Literal["mxf", "mov", "mkv"]
    """Format: mxf for xavc with pcm_s24le, mov or mkv for apple_prores with aac or mp3."""


class Video(Node):
    """The video stream of the result. Profile, size, scan mode, frame rate and bit rate must be one of the table's."""

    codec: Literal["xavc", "apple_prores"]
    """Codec."""
    profile: (
        Literal[
            "XAVC-HD_intra_420_10bit_class50",
            "XAVC-HD_intra_422_10bit_class100",
            "XAVC-HD_intra_422_10bit_class200",
            "XAVC-4K_intra_422_10bit_class100",
            "XAVC-4K_intra_422_10bit_class300",
            "XAVC-4K_intra_422_10bit_class480",
            "XAVC-4K_intra_422_10bit",
            "XAVC-HD_422_10bit",
            "XAVC-4K_422_10bit",
            "XAVC-4K_420_8bit",
        ]
        | ProResProfile
    )
    """Profile of the codec."""
    width: Annotated[int, Range(720, 8192, unit="px")]
    """Width, by profile."""
    height: Annotated[int, Range(486, 4320, unit="px")]
    """Height, by profile."""
    interlaced: bool
    """Interlaced instead of progressive scan, by profile and size."""
    fps: Literal[25, 50, "24000/1001", "30000/1001", "60000/1001"]
    """Frame rate, by profile, size and scan mode; the fractions are texts."""
    bitrate: Annotated[int | None, Range(2000, 3000000, unit="Kbps")] = None
    """Bit rate: ProRes any, XAVC by profile, size and frame rate; the classes of XAVC have none."""
    rotate: Annotated[int | None, Degrees] = None
    """How far the picture is turned, in degrees."""

    @rule("profile", "codec")
    def _profile_fits(profile: str, codec: str) -> Iterator[Failure]:
        """The profile is one of the codec's."""
        yield from one_of(("profile",), profile, codec, _PROFILES[codec])

    @rule("width", "height", "profile")
    def _size_fits(width: int, height: int, profile: str) -> str | None:
        """Width and height are a size of the profile."""
        sizes = [f"{found.width}x{found.height}" for found in formats(profile)]
        if f"{width}x{height}" in sizes:
            return None
        return f"{width}x{height} is not for {profile}; allowed: {', '.join(dict.fromkeys(sizes))}"

    @rule("interlaced", "width", "height", "profile")
    def _scan_fits(interlaced: bool, width: int, height: int, profile: str) -> str | None:
        """The scan mode is one that the profile has at this size."""
        modes = {found.interlaced for found in _of_size(profile, width, height)}
        if not modes or interlaced in modes:
            return None
        return f"must be {str(not interlaced).lower()} for {profile} at {width}x{height}"

    @rule("fps", "interlaced", "width", "height", "profile")
    def _rate_fits(fps: Rate, interlaced: bool, width: int, height: int, profile: str) -> Iterator[Failure]:
        """The frame rate is one that the profile has at this size and scan mode."""
        for found in _of_size(profile, width, height, interlaced):
            yield from one_of(("fps",), fps, f"{profile} at {_named(found)}", tuple(found.bitrates))

    @rule("bitrate", "fps", "interlaced", "width", "height", "profile")
    def _bitrate_fits(
        bitrate: int | None, fps: Rate, interlaced: bool, width: int, height: int, profile: str
    ) -> Iterator[Failure]:
        """The bit rate is one that the profile has at this size, scan mode and frame rate."""
        for found in _of_size(profile, width, height, interlaced):
            choices = found.bitrates.get(fps)
            if choices is not None and not isinstance(choices, range):
                yield from one_of(("bitrate",), bitrate, f"{profile} at {_named(found)} and {fps}", choices)


def _of_size(profile: str, width: int, height: int, interlaced: bool | None = None) -> list[Format]:
    sized = [found for found in formats(profile) if (found.width, found.height) == (width, height)]
    return [found for found in sized if interlaced in (None, found.interlaced)]


def _named(found: Format) -> str:
    return f"{found.width}x{found.height}{' interlaced' if found.interlaced else ''}"


class Audio(Node):
    """The audio stream of the result."""

    codec: Literal["pcm_s24le", "aac", "mp3"]
    """Codec: pcm_s24le in mxf, aac or mp3 in mov and mkv."""
    remove: Annotated[bool | None, ServerDefault(False)] = None
    """Drop the source's sound; leaving the whole block out does the same."""


class TranscodeProTemplate(Template):
    """A recipe for transcoding to a broadcast format. A sound whose block is left out is removed from the result."""

    slug = "transcode-pro-template"
    pages = (171, 186, 178, 179)
    api = template("TranscodePro", answers=("TransProTpl", ""))

    container: Container
    """Container of the result."""
    video: Video
    """Video stream."""
    audio: Annotated[Audio | None, Presence()] = None
    """Audio stream; left out, the result has none."""
    trans_config: TransConfig | None = None
    """Handling of sources that do not fit."""
    time_interval: TimeInterval | None = None
    """Part of the source that is transcoded."""

    @rule("video", "audio", "container")
    def _codecs_fit(video: Values, audio: Values | None, container: Values) -> Iterator[Failure]:
        """The codecs are those of the container: xavc and pcm_s24le in mxf, apple_prores with aac or mp3 in mov and
        mkv.
        """
        target = container["format"]
        if target in _CODECS:
            yield from one_of(("video", "codec"), video["codec"], target, _CODECS[target][0])
            yield from one_of(("audio", "codec"), (audio or {}).get("codec"), target, _CODECS[target][1])
