"""Blocks that the nodes of a workflow share."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Event, NotifyConfig, Pixels, Words
from pulumi_ci.model.kind import BucketName, RegionName
from pulumi_ci.model.marks import (
    AlsoRead,
    Computed,
    Joined,
    Length,
    Matches,
    Range,
    Secret,
    ServerAdds,
    ServerDefault,
    Unordered,
)
from pulumi_ci.model.node import Node, rule


class WorkflowNotifyConfig(NotifyConfig):
    """Where and when the workflow reports; without it, the settings of the queue hold. Source: 202."""

    state: Literal["On", "Off"] = "On"
    """Whether anything is sent at all."""
    event: Annotated[list[Event] | None, Joined(), Unordered(), ServerAdds("WorkflowStart")] = None
    """What is reported. Answers of page 101 show `WorkflowStart` beside what was asked for."""


class ExtFilter(Node):
    """Which uploads start the workflow, by what they are. Source: 202."""

    state: Annotated[Literal["On", "Off"] | None, ServerDefault("Off")] = None
    """Off: every upload below the prefix; On: those that one of the switches lets through."""
    video: Annotated[bool | None, ServerDefault(False)] = None
    """Let videos through, by extension."""
    audio: Annotated[bool | None, ServerDefault(False)] = None
    """Let sounds through, by extension."""
    image: Annotated[bool | None, ServerDefault(False)] = None
    """Let pictures through, by extension."""
    content_type: Annotated[bool | None, ServerDefault(False)] = None
    """Go by the content type."""
    custom: Annotated[bool | None, ServerDefault(False)] = None
    """Let the extensions of `custom_exts` through."""
    custom_exts: Annotated[
        list[Annotated[str, Matches(r"[^\s./]+", "an extension without a dot", "mp4")]] | None,
        Joined("/"),
        Unordered(),
        Length(10),
    ] = None
    """Extensions without a dot, such as `mp4`; at most 10."""
    all_file: Annotated[bool | None, ServerDefault(False)] = None
    """Let everything through."""

    @rule("custom_exts", "custom")
    def _custom_needs_extensions(extensions: list[str] | None, custom: bool | None) -> str | None:
        """`custom_exts` is required while `custom` is true."""
        return "is required while custom is true" if custom and not extensions else None


class Output(Node):
    """Where a node writes its results. Source: 202."""

    region: Annotated[str, RegionName]
    """Region of the bucket, such as `ap-beijing`."""
    bucket: Annotated[str, BucketName]
    """Bucket with its APPID; it may be another one than the workflow's."""
    object: str
    """Key of the result, with wildcards: `${InputPath}`, `${InputName}`, `${RunId}`, `${Ext}`, `${Number}`, ..."""
    sprite_object: str | None = None
    """Key of the sprite sheets of a Snapshot node whose template makes them, as jpg with `${Number}`."""
    au_object: str | None = None
    """Key of the voice of a VoiceSeparate node; `object` is the rest then."""


class RemoveWatermark(Node):
    """A rectangle of the picture that is blurred away. Source: 202."""

    dx: Annotated[int, Range(0, 4096, unit="px")]
    """Distance from the left edge."""
    dy: Annotated[int, Range(0, 4096, unit="px")]
    """Distance from the upper edge."""
    width: Annotated[int, Range(gt=0, le=4096, unit="px")]
    """Width."""
    height: Annotated[int, Range(gt=0, le=4096, unit="px")]
    """Height."""


class DigitalWatermark(Node):
    """A watermark that cannot be seen. Source: 202."""

    message: Annotated[str, Words, Length(64)]
    """What it says: Chinese characters, letters, digits, `_`, `-`, `*`."""
    type: Literal["Text"] = "Text"
    """Kind of watermark; there is one."""
    version: Literal["V1"] = "V1"
    """Version of the method; there is one."""
    ignore_error: bool = False
    """Go on with the node when the watermark fails."""
    state: Annotated[str | None, Computed()] = None
    """How it went."""


class SmartCoverConfig(Node):
    """How covers are picked, for a node without a template. Source: 202."""

    format: Annotated[Literal["jpg", "png", "webp"] | None, ServerDefault("jpg")] = None
    """Format of the pictures."""
    width: Annotated[int | None, Pixels] = None
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: Annotated[int | None, Pixels] = None
    """Height; alone, the width scales with it."""
    count: Annotated[int | None, Range(1, 10), ServerDefault(3)] = None
    """How many covers."""
    delete_duplicates: Annotated[bool | None, ServerDefault(False)] = None
    """Whether covers that look alike are dropped."""


class SegmentEncrypt(Node):
    """Encryption of the pieces of a Segment node; without effect unless the format is `hls`. Source: 202."""

    is_encrypt: Annotated[bool | None, ServerDefault(False), AlsoRead("IsHlsEncrypt")] = None
    """Whether the pieces are encrypted."""
    uri_key: Annotated[str | None, Secret()] = None
    """The key; means something when `is_encrypt` is true."""


class VideoStreamConfig(Node):
    """One stream of an adaptive package. Source: 202."""

    video_stream_name: str
    """Name of its VideoStream node, such as `VideoStream_720p`; one that leads to this StreamPack."""
    band_width: Annotated[int | None, Range(0, 2_000_000_000, unit="bit/s"), ServerDefault(0)] = None
    """Limit of its bandwidth; 0 is none."""
