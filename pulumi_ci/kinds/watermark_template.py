"""Watermark templates: a text or a picture painted into videos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._fragments import ObjectAddress, Seconds, Template, Words, template
from pulumi_ci.model.marks import Length, Matches, Range, ServerDefault
from pulumi_ci.model.node import Node, rule
from pulumi_ci.model.unknown import UNKNOWN

Transparency = Range(1, 100, unit="%")


class SlideConfig(Node):
    """A watermark that moves; `dx` and `dy` have no effect then. Not for HighSpeedHd and H.265."""

    slide_mode: Literal["Default", "ScrollFromLeft"]
    """`Default`: it stands still; `ScrollFromLeft`: it comes in from the left."""
    x_slide_speed: Annotated[int, Range(0, 10)] = 0
    """Speed from left to right."""
    y_slide_speed: Annotated[int, Range(0, 10)] = 0
    """Speed from top to bottom."""


class Image(Node):
    """A picture as watermark."""

    url: Annotated[str, ObjectAddress]
    """Address of the picture, in the same bucket as the video."""
    mode: Literal["Original", "Proportion", "Fixed"]
    """Its own size, a share of the video's size, or a fixed size."""
    width: Annotated[float | None, Range(1, 4096)] = None
    """Proportion: percent of the video's width, 1 to 100, as background 100 to 300. Fixed: 8 to 4096 px."""
    height: Annotated[float | None, Range(1, 4096)] = None
    """The same by the video's height; alone, the other side follows."""
    transparency: Annotated[int, Transparency]
    """Transparency in percent."""
    background: Annotated[bool | None, ServerDefault(False)] = None
    """Put the picture behind the video instead of over it."""

    @rule("width", "mode", "background")
    def _width_fits(width: float | None, mode: str, background: bool | None) -> str | None:
        """`width` has no place in mode Original, is at least 8 in mode Fixed, and is from 1 to 100 in mode Proportion,
        as background from 100 to 300.
        """
        return _size(width, mode, background)

    @rule("height", "mode", "background")
    def _height_fits(height: float | None, mode: str, background: bool | None) -> str | None:
        """`height` is like `width`."""
        return _size(height, mode, background)


def _size(side: float | None, mode: str, background: bool | None) -> str | None:
    if side is None:
        return None
    if mode == "Original":
        return "has no place in mode Original; remove it, or take Proportion or Fixed"
    if mode == "Fixed":
        return None if side >= 8 else f"{side} is below 8 px, the least in mode Fixed"
    low, high = (100, 300) if background else (1, 100)
    where = "with background true" if background else "without background"
    return None if low <= side <= high else f"{side} is not from {low} to {high} %, mode Proportion {where}"


class Text(Node):
    """A text as watermark."""

    font_size: Annotated[int, Range(5, 100, unit="px")]
    """Size of the letters."""
    font_type: Literal[
        "simfang.ttf",
        "simhei.ttf",
        "simkai.ttf",
        "simsun.ttc",
        "STHeiti-Light.ttc",
        "STHeiti-Medium.ttc",
        "youyuan.TTF",
        "ariblk.ttf",
        "arial.ttf",
        "ahronbd.ttf",
        "Helvetica.dfont",
        "HelveticaNeue.dfont",
    ]
    """Font; the last five have Latin letters only."""
    font_color: Annotated[str, Matches(r"0x[0-9A-Fa-f]{6}", "the form 0xRRGGBB", "0xFFFFFF")]
    """Colour as `0xRRGGBB`."""
    transparency: Annotated[int, Transparency]
    """Transparency in percent."""
    text: Annotated[str, Words, Length(64)]
    """The text: Chinese characters, letters, digits, `_`, `-`, `*`."""


class WatermarkBody(Node):
    """A text or a picture painted into a video. Source: 176."""

    type: Literal["Text", "Image"]
    """Which of the blocks `text` and `image` is painted."""
    pos: Literal["TopRight", "TopLeft", "BottomRight", "BottomLeft", "Left", "Right", "Top", "Bottom", "Center"]
    """Where it stands in the picture; without effect when it scrolls."""
    loc_mode: Literal["Relativity", "Absolute"]
    """Whether `dx` and `dy` are percent of the video's sides or pixels."""
    dx: Annotated[float, Range(-4096, 4096)]
    """Horizontal distance: 0 to 100 % or 0 to 4096 px, a background picture -300 to 0 % or -4096 to 0 px."""
    dy: Annotated[float, Range(-4096, 4096)]
    """Vertical distance, as `dx`."""
    start_time: Annotated[float | None, Seconds, ServerDefault(0)] = None
    """When it appears, in seconds from the beginning, to the millisecond."""
    end_time: Annotated[float | None, Seconds] = None
    """When it disappears; the end of the video when left out."""
    slide_config: SlideConfig | None = None
    """Movement."""
    image: Image | None = None
    """The picture, for type Image."""
    text: Text | None = None
    """The text, for type Text."""

    @rule("image", "type")
    def _image_goes_with_type(image: Mapping[str, Any] | None, type: str) -> str | None:
        """`image` goes with type Image."""
        return _block(image, type, "Image")

    @rule("text", "type")
    def _text_goes_with_type(text: Mapping[str, Any] | None, type: str) -> str | None:
        """`text` goes with type Text."""
        return _block(text, type, "Text")

    @rule("dx", "loc_mode", "type", "image")
    def _dx_fits(dx: float, mode: str, type: str, image: Mapping[str, Any] | None) -> str | None:
        """`dx` is from 0 to 100 with Relativity and from 0 to 4096 with Absolute; of a background picture from -300 or
        -4096 to 0.
        """
        return _offset(dx, mode, type, image)

    @rule("dy", "loc_mode", "type", "image")
    def _dy_fits(dy: float, mode: str, type: str, image: Mapping[str, Any] | None) -> str | None:
        """`dy` is like `dx`."""
        return _offset(dy, mode, type, image)


class WatermarkTemplate(WatermarkBody, Template):
    """A watermark for transcoded videos; a transcoding node of a workflow takes up to three."""

    slug = "watermark-template"
    pages = (176, 191, 178, 179)
    api = template("Watermark", body="Watermark")


def _block(block: Mapping[str, Any] | None, type: str, own: str) -> str | None:
    if type == own:
        return f"is required for type {own}" if block is None else None
    return f"goes with type {own}, not {type}; remove one of the two" if block is not None else None


def _offset(offset: float, mode: str, type: str, image: Mapping[str, Any] | None) -> str | None:
    background = type == "Image" and (image or {}).get("background")
    if background is UNKNOWN:
        return None
    most, unit = (300 if background else 100, "%") if mode == "Relativity" else (4096, "px")
    low, high = (-most, 0) if background else (0, most)
    what = "a background picture" if background else f"type {type}"
    return None if low <= offset <= high else f"{offset} is not from {low} to {high} {unit}, loc_mode {mode} of {what}"
