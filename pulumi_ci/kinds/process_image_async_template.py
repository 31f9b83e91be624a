"""Templates of asynchronous image processing in Video on Demand (VOD)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pulumi_ci.model.api import JsonCollection
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.marks import (
    AutoName,
    Computed,
    Immutable,
    Length,
    Presence,
    Range,
    ServerDefault,
    Switched,
    Wire,
)
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


class AdvancedSuperResolution(Node):
    """Enlarges by a factor or to a size."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Annotated[Literal["standard", "super"] | None, ServerDefault("standard")] = None
    """General or advanced method."""
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


class EnhanceConfig(Node):
    """What betters the picture. A feature that is left out, or whose switch is OFF, is not done."""

    super_resolution: Annotated[SuperResolution | None, Presence(), Switched()] = None
    """Doubling of width and height."""
    advanced_super_resolution: Annotated[AdvancedSuperResolution | None, Presence(), Switched()] = None
    """Enlargement by a factor or to a size."""
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


class ProcessImageAsyncTemplate(Kind):
    """A recipe for images in Video on Demand: format, quality, enlargement and enhancement. HLS is not supported.
    An application holds 50 of its own. Presets of the system (ids below 10000) cannot be managed.
    """

    slug = "process-image-async-template"
    module = "vod"
    pages = (
        "vod-CreateProcessImageAsyncTemplate",
        "vod-DescribeProcessImageAsyncTemplates",
        "vod-ModifyProcessImageAsyncTemplate",
    )
    scope: ClassVar[Mapping[str, str]] = {"sub_app_id": "0"}
    api = JsonCollection(
        service="vod",
        version="2018-07-17",
        create="CreateProcessImageAsyncTemplate",
        read="DescribeProcessImageAsyncTemplates",
        update="ModifyProcessImageAsyncTemplate",
        delete="DeleteProcessImageAsyncTemplate",
        id="Definition",
        id_field="definition",
        ids="Definitions",
        many="ProcessImageAsyncTemplateSet",
        own="type",
        own_value="Custom",
        presets_below=10000,
        scope={"SubAppId": "sub_app_id"},
    )

    sub_app_id: Annotated[int | None, Wire(None), Immutable(), Range(gt=0)] = None
    """VOD application; taken from the stack's `ci:subAppId` when left out. Accounts that activated VOD on or after
    2023-12-25 must give it; others may leave it out and get their main one, which is 0 in ids."""
    name: Annotated[str, Length(64), AutoName()]
    """Name, at most 64 characters; made up when left out."""
    comment: Annotated[str | None, Length(256)] = None
    """What the template is for."""
    encode_config: Annotated[EncodeConfig | None, Wire("ProcessImageConfigure/EncodeConfig")] = None
    """Format and quality of the result."""
    enhance_config: Annotated[EnhanceConfig | None, Wire("ProcessImageConfigure/EnhanceConfig")] = None
    """What betters the picture."""
    definition: Annotated[int | None, Computed()] = None
    """Number that names the template in a call."""
    type: Annotated[str | None, Computed()] = None
    """`Custom` for a template of the account's own."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was made, such as `2026-01-20T03:02:33Z`."""
    update_time: Annotated[str | None, Computed()] = None
    """When it was changed last."""

    @rule("encode_config", "enhance_config")
    def _does_something(encode: Node | None, enhance: Node | None) -> str | None:
        return "or enhance_config is required: a template does something" if not encode and not enhance else None
