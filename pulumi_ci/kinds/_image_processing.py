"""What image processing in VOD and in MPS have in common. Source: the examples of their pages, and the official SDK."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.model.marks import Presence, Range, ServerDefault, Switched
from pulumi_ci.model.node import Failure, Node, rule

Switch = Literal["ON", "OFF"]
Side = Range(gt=0, le=4096, unit="px")


class EncodeConfig(Node):
    """Format and quality of the result."""

    format: Literal["JPEG", "PNG", "BMP", "WebP"] | None = None
    """Format, without animation; that of the source when left out."""
    quality: Annotated[int | None, Range(1, 100)] = None
    """Quality relative to the source; unchanged when left out."""


class SuperResolution(Node):
    """Doubles width and height."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Annotated[Literal["lq", "hq"] | None, ServerDefault("lq")] = None
    """`lq` for a source of low definition with noise, `hq` for one of high definition."""
    size: Literal[2] | None = None
    """The factor; there is one."""


class Enlargement(Node):
    """Enlarges by a factor or to a size."""

    switch: Switch = "ON"
    """Whether it is done."""
    mode: Annotated[Literal["percent", "aspect", "fixed"] | None, ServerDefault("percent")] = None
    """By the factor `percent`; to the larger rectangle of a width and height; or to exactly that size."""
    percent: Annotated[float | None, Range(gt=0)] = None
    """Factor in mode percent, such as 2 or 1.5."""
    width: Annotated[int | None, Side] = None
    """Width in the modes aspect and fixed."""
    height: Annotated[int | None, Side] = None
    """Height in the modes aspect and fixed."""
    long_side: Annotated[int | None, Side] = None
    """Longer side in the modes aspect and fixed, without `width` and `height`."""
    short_side: Annotated[int | None, Side] = None
    """Shorter side in the modes aspect and fixed, without `width` and `height`."""

    @rule("long_side", "short_side", "width", "height")
    def _one_way_to_give_a_size(
        long: int | None, short: int | None, width: int | None, height: int | None
    ) -> list[Failure]:
        taken = width is not None or height is not None
        sides = {"long_side": long, "short_side": short}
        return [
            Failure((name,), "has no effect beside width and height")
            for name, value in sides.items()
            if taken and value is not None
        ]


class Denoise(Node):
    """Takes noise away."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Annotated[Literal["weak", "strong"] | None, ServerDefault("weak")] = None
    """How strongly."""


class ImageQualityEnhance(Node):
    """Betters the picture as a whole."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Annotated[Literal["weak", "normal", "strong"] | None, ServerDefault("weak")] = None
    """How strongly."""


class ColorEnhance(Node):
    """Betters the colours."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Annotated[Literal["weak", "normal", "strong"] | None, ServerDefault("weak")] = None
    """How strongly."""


class SharpEnhance(Node):
    """Betters the details."""

    switch: Switch = "ON"
    """Whether it is done."""
    intensity: Annotated[float | None, Range(0, 1), ServerDefault(0)] = None
    """How strongly."""


class FaceEnhance(Node):
    """Betters faces."""

    switch: Switch = "ON"
    """Whether it is done."""
    intensity: Annotated[float | None, Range(0, 1), ServerDefault(0)] = None
    """How strongly."""


class LowLightEnhance(Node):
    """Brightens a picture taken in the dark."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Literal["normal"] | None = None
    """How strongly; there is one."""


class Enhancement(Node):
    """What betters the picture. A feature that is left out, or whose switch is OFF, is not done."""

    super_resolution: Annotated[SuperResolution | None, Presence(), Switched()] = None
    """Doubling of width and height."""
    denoise: Annotated[Denoise | None, Presence(), Switched()] = None
    """Less noise."""
    image_quality_enhance: Annotated[ImageQualityEnhance | None, Presence(), Switched()] = None
    """A better picture as a whole."""
    color_enhance: Annotated[ColorEnhance | None, Presence(), Switched()] = None
    """Better colours."""
    sharp_enhance: Annotated[SharpEnhance | None, Presence(), Switched()] = None
    """Better details."""
    face_enhance: Annotated[FaceEnhance | None, Presence(), Switched()] = None
    """Better faces."""
    low_light_enhance: Annotated[LowLightEnhance | None, Presence(), Switched()] = None
    """A brighter picture."""
