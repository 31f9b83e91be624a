"""Templates of asynchronous image processing in Video on Demand (VOD)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pulumi_ci.kinds._image_processing import EncodeConfig, Enhancement, Enlargement, Switch
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
from pulumi_ci.model.node import Node, rule


class AdvancedSuperResolution(Enlargement):
    """Enlarges by a factor or to a size."""

    type: Annotated[Literal["standard", "super"] | None, ServerDefault("standard")] = None
    """General or advanced method."""


class EnhanceConfig(Enhancement):
    """What betters the picture. A feature that is left out, or whose switch is OFF, is not done."""

    advanced_super_resolution: Annotated[AdvancedSuperResolution | None, Presence(), Switched()] = None
    """Enlargement by a factor or to a size."""


class BeautyFilterItem(Node):
    """One filter. Source: the official SDK, which does not list the types."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: str
    """Which filter."""
    value: int | None = None
    """How strongly."""


class BeautyEffectItem(BeautyFilterItem):
    """One effect. Source: the official SDK, which does not list the types."""

    resource_path: str | None = None
    """Path of a further resource."""
    ext_info: str | None = None
    """Further information."""


class BeautyConfig(Node):
    """What beautifies faces. Source: the official SDK."""

    beauty_effect_items: list[BeautyEffectItem] | None = None
    """Effects."""
    beauty_filter_items: list[BeautyFilterItem] | None = None
    """Filters."""


class PatternConfig(Node):
    """How a pattern is cut out. Source: the official SDK."""

    transparency_threshold: Annotated[int | None, Range(0, 255), ServerDefault(30)] = None
    """Below it a pixel is transparent."""
    opaque_threshold: Annotated[int | None, Range(0, 255), ServerDefault(127)] = None
    """Above it a pixel is opaque; more than `transparency_threshold`."""
    edge_sampling_step: Annotated[int | None, Range(1, 10), ServerDefault(5)] = None
    """Steps in which edges are sampled."""
    edge_expansion_step: Annotated[int | None, ServerDefault(5)] = None
    """Steps by which edges are expanded."""
    edge_blending_intensity: Annotated[float | None, Range(0, 1), ServerDefault(0.5)] = None
    """How strongly edges are blended."""

    @rule("opaque_threshold", "transparency_threshold")
    def _thresholds_rise(opaque: int | None, transparency: int | None) -> str | None:
        low = 30 if transparency is None else transparency
        return (
            f"must be more than transparency_threshold, {low}" if (127 if opaque is None else opaque) <= low else None
        )


class AiCutOutConfig(Node):
    """Cuts something out of the picture. Source: the official SDK."""

    switch: Switch = "ON"
    """Whether it is done."""
    type: Literal["foreground", "pattern"] | None = None
    """What is cut out."""
    pattern_config: PatternConfig | None = None
    """How a pattern is cut out, for type pattern."""
    model: Literal["cutout-1.0-lite", "cutout-1.0-flash"] | None = None
    """The fastest model, or one between speed and quality."""

    @rule("pattern_config", "type")
    def _pattern_is_cut_out(config: Node | None, type: str | None) -> str | None:
        return "has an effect only with type pattern" if config is not None and type != "pattern" else None


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
        missing=("ResourceNotFound", "ResourceNotFound.TemplateNotExist"),
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
    beauty_config: Annotated[BeautyConfig | None, Wire("ProcessImageConfigure/BeautyConfig")] = None
    """What beautifies faces. Source: the official SDK."""
    ai_cut_out_config: Annotated[
        AiCutOutConfig | None, Wire("ProcessImageConfigure/AiCutOutConfig"), Presence(), Switched()
    ] = None
    """What is cut out of the picture. Source: the official SDK."""
    definition: Annotated[int | None, Computed()] = None
    """Number that names the template in a call."""
    type: Annotated[str | None, Computed()] = None
    """`Custom` for a template of the account's own."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was made, such as `2026-01-20T03:02:33Z`."""
    update_time: Annotated[str | None, Computed()] = None
    """When it was changed last."""

    @rule("encode_config", "enhance_config", "beauty_config", "ai_cut_out_config")
    def _does_something(*parts: Node | None) -> str | None:
        others = "enhance_config, beauty_config or ai_cut_out_config"
        return f"or {others} is required: a template does something" if not any(p is not None for p in parts) else None
