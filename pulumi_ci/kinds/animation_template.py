"""Animation templates: a video, or a part of it, as an animated picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Pixels, Template, template
from pulumi_ci.kinds._streams import FrameRate, TimeInterval, Values
from pulumi_ci.model.marks import Range, ServerDefault
from pulumi_ci.model.node import Failure, Node, rule
from pulumi_ci.model.unknown import UNKNOWN


class Container(Node):
    """The format of the animated picture."""

    format: Literal["gif", "hgif", "webp"]
    """`hgif` is a gif of higher quality."""


class Video(Node):
    """Size, speed and frames of the animated picture. Of the three `animate_` fields, `animate_frames_per_second` wins
    over `animate_only_keep_key_frame`, and that over `animate_time_interval_of_frame`."""

    codec: Literal["gif", "webp"]
    """How the pictures are coded."""
    width: Annotated[int | None, Pixels] = None
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: Annotated[int | None, Pixels] = None
    """Height; alone, the width scales with it."""
    fps: Annotated[float | None, FrameRate] = None
    """Speed at which it plays; that of the video when left out."""
    animate_only_keep_key_frame: Annotated[bool | None, ServerDefault(False)] = None
    """Take the key frames only."""
    animate_time_interval_of_frame: Annotated[float | None, Range(gt=0, unit="seconds")] = None
    """Time between two frames that are taken; less than the duration of `time_interval`."""
    animate_frames_per_second: Annotated[float | None, Range(gt=0, unit="frames per second")] = None
    """How many frames of each second are taken; at most the video's frame rate."""
    quality: Annotated[int | None, Range(ge=1, lt=100)] = None
    """Quality of a webp; a gif has none."""

    @rule("quality", "codec")
    def _quality_takes_effect(quality: int | None, codec: str) -> str | None:
        """`quality` has an effect only with codec webp."""
        return "has an effect only with codec webp" if quality is not None and codec != "webp" else None

    @rule("animate_time_interval_of_frame", "animate_only_keep_key_frame")
    def _interval_takes_effect(interval: float | None, only_key_frames: bool | None) -> str | None:
        """`animate_time_interval_of_frame` has no effect while `animate_only_keep_key_frame` is true."""
        if interval is not None and only_key_frames:
            return "has no effect while animate_only_keep_key_frame is true"
        return None


class AnimationBody(Node):
    """How a part of a video becomes an animated picture. Source: 108, 165."""

    container: Container
    """Format of the animated picture."""
    video: Video | None = None
    """Size, speed and frames of the animated picture."""
    time_interval: TimeInterval | None = None
    """Part of the video that is taken."""

    @rule("video", "time_interval")
    def _interval_fits(video: Values | None, time_interval: Values | None) -> Iterator[Failure]:
        """`video.animate_time_interval_of_frame` is less than `time_interval.duration`."""
        every = (video or {}).get("animate_time_interval_of_frame")
        whole = (time_interval or {}).get("duration")
        if every not in (None, UNKNOWN) and whole not in (None, UNKNOWN) and every >= whole:
            reason = f"{every} is not less than the duration of time_interval, {whole} seconds"
            yield Failure(("video", "animate_time_interval_of_frame"), reason)


class AnimationTemplate(AnimationBody, Template):
    """A recipe for animated pictures of a video."""

    slug = "animation-template"
    pages = (165, 180, 178, 179)
    api = template("Animation", answers=("TransTpl", ""))
