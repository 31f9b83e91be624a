"""Enhancement templates: better colours and details of a video."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import Values
from pulumi_ci.model.marks import Blank, Range, ServerDefault
from pulumi_ci.model.node import Node, rule


class ColorEnhance(Node):
    """Enhancement of the colours."""

    enable: Annotated[bool | None, ServerDefault(False)] = None
    """Whether it is done."""
    contrast: Annotated[float | None, Range(0, 100), Blank()] = None
    """Contrast; found by analysis when left out."""
    correction: Annotated[float | None, Range(0, 1000), Blank()] = None
    """Correction of the colours; found by analysis when left out."""
    saturation: Annotated[float | None, Range(0, 300), Blank()] = None
    """Saturation; found by analysis when left out."""


class MsSharpen(Node):
    """Enhancement of the details."""

    enable: Annotated[bool | None, ServerDefault(False)] = None
    """Whether it is done."""
    sharpen_level: Annotated[float | None, Range(0, 10), Blank()] = None
    """Strength; found by analysis when left out."""


class VideoProcessBody(Node):
    """What is enhanced. Source: 124, 174."""

    color_enhance: ColorEnhance | None = None
    """Enhancement of the colours."""
    ms_sharpen: MsSharpen | None = None
    """Enhancement of the details."""

    @rule("color_enhance", "ms_sharpen")
    def _one_is_given(color_enhance: Values | None, ms_sharpen: Values | None) -> str | None:
        """One of `color_enhance` and `ms_sharpen` is given."""
        return "is required where ms_sharpen is left out" if color_enhance is None and ms_sharpen is None else None


class VideoProcessTemplate(VideoProcessBody, Template):
    """A recipe that enhances the colours or details of a video, or both."""

    slug = "video-process-template"
    pages = (174, 189, 178, 179)
    api = template("VideoProcess", answers=("VideoProcess", ""))
