"""Generated from the declarations by `pulumi-ci stubs`; do not edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union

import pulumi
from typing_extensions import NotRequired, TypedDict

class EncodeConfigArgs(TypedDict):
    """Format and quality of the result."""
    format: NotRequired[pulumi.Input[Literal['JPEG', 'PNG', 'BMP', 'WebP']]]
    """Format, without animation; that of the source when left out."""
    quality: NotRequired[pulumi.Input[int]]
    """Quality relative to the source; unchanged when left out."""

class SuperResolutionArgs(TypedDict):
    """Doubles width and height."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['lq', 'hq']]]
    """`lq` for a source of low definition with noise, `hq` for one of high definition."""
    size: NotRequired[pulumi.Input[Literal[2]]]
    """The factor; there is one."""

class DenoiseArgs(TypedDict):
    """Takes noise away."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['weak', 'strong']]]
    """How strongly."""

class ImageQualityEnhanceArgs(TypedDict):
    """Betters the picture as a whole."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['weak', 'normal', 'strong']]]
    """How strongly."""

class ColorEnhanceArgs(TypedDict):
    """Betters the colours."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['weak', 'normal', 'strong']]]
    """How strongly."""

class SharpEnhanceArgs(TypedDict):
    """Betters the details."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    intensity: NotRequired[pulumi.Input[float]]
    """How strongly."""

class FaceEnhanceArgs(TypedDict):
    """Betters faces."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    intensity: NotRequired[pulumi.Input[float]]
    """How strongly."""

class LowLightEnhanceArgs(TypedDict):
    """Brightens a picture taken in the dark."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['normal']]]
    """How strongly; there is one."""

class AdvancedSuperResolutionArgs(TypedDict):
    """Enlarges by a factor or to a size."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    mode: NotRequired[pulumi.Input[Literal['percent', 'aspect', 'fixed']]]
    """By the factor `percent`; to the larger rectangle of a width and height; or to exactly that size."""
    percent: NotRequired[pulumi.Input[float]]
    """Factor in mode percent, such as 2 or 1.5."""
    width: NotRequired[pulumi.Input[int]]
    """Width in the modes aspect and fixed."""
    height: NotRequired[pulumi.Input[int]]
    """Height in the modes aspect and fixed."""
    long_side: NotRequired[pulumi.Input[int]]
    """Longer side in the modes aspect and fixed, without `width` and `height`."""
    short_side: NotRequired[pulumi.Input[int]]
    """Shorter side in the modes aspect and fixed, without `width` and `height`."""
    type: NotRequired[pulumi.Input[Literal['standard', 'super']]]
    """General or advanced method."""

class EnhanceConfigArgs(TypedDict):
    """What betters the picture. A feature that is left out, or whose switch is OFF, is not done."""
    super_resolution: NotRequired[pulumi.Input[SuperResolutionArgs]]
    """Doubling of width and height."""
    denoise: NotRequired[pulumi.Input[DenoiseArgs]]
    """Less noise."""
    image_quality_enhance: NotRequired[pulumi.Input[ImageQualityEnhanceArgs]]
    """A better picture as a whole."""
    color_enhance: NotRequired[pulumi.Input[ColorEnhanceArgs]]
    """Better colours."""
    sharp_enhance: NotRequired[pulumi.Input[SharpEnhanceArgs]]
    """Better details."""
    face_enhance: NotRequired[pulumi.Input[FaceEnhanceArgs]]
    """Better faces."""
    low_light_enhance: NotRequired[pulumi.Input[LowLightEnhanceArgs]]
    """A brighter picture."""
    advanced_super_resolution: NotRequired[pulumi.Input[AdvancedSuperResolutionArgs]]
    """Enlargement by a factor or to a size."""

class BeautyEffectItemArgs(TypedDict):
    """One effect. Source: the official SDK, which does not list the types."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: pulumi.Input[str]
    """Which filter."""
    value: NotRequired[pulumi.Input[int]]
    """How strongly."""
    resource_path: NotRequired[pulumi.Input[str]]
    """Path of a further resource."""
    ext_info: NotRequired[pulumi.Input[str]]
    """Further information."""

class BeautyFilterItemArgs(TypedDict):
    """One filter. Source: the official SDK, which does not list the types."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: pulumi.Input[str]
    """Which filter."""
    value: NotRequired[pulumi.Input[int]]
    """How strongly."""

class BeautyConfigArgs(TypedDict):
    """What beautifies faces. Source: the official SDK."""
    beauty_effect_items: NotRequired[pulumi.Input[Sequence[pulumi.Input[BeautyEffectItemArgs]]]]
    """Effects."""
    beauty_filter_items: NotRequired[pulumi.Input[Sequence[pulumi.Input[BeautyFilterItemArgs]]]]
    """Filters."""

class PatternConfigArgs(TypedDict):
    """How a pattern is cut out. Source: the official SDK."""
    transparency_threshold: NotRequired[pulumi.Input[int]]
    """Below it a pixel is transparent."""
    opaque_threshold: NotRequired[pulumi.Input[int]]
    """Above it a pixel is opaque; more than `transparency_threshold`."""
    edge_sampling_step: NotRequired[pulumi.Input[int]]
    """Steps in which edges are sampled."""
    edge_expansion_step: NotRequired[pulumi.Input[int]]
    """Steps by which edges are expanded."""
    edge_blending_intensity: NotRequired[pulumi.Input[float]]
    """How strongly edges are blended."""

class AiCutOutConfigArgs(TypedDict):
    """Cuts something out of the picture. Source: the official SDK."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    type: NotRequired[pulumi.Input[Literal['foreground', 'pattern']]]
    """What is cut out."""
    pattern_config: NotRequired[pulumi.Input[PatternConfigArgs]]
    """How a pattern is cut out, for type pattern."""
    model: NotRequired[pulumi.Input[Literal['cutout-1.0-lite', 'cutout-1.0-flash']]]
    """The fastest model, or one between speed and quality."""

class ProcessImageAsyncTemplate(pulumi.CustomResource):
    """A recipe for images in Video on Demand: format, quality, enlargement and enhancement. HLS is not
      supported.
    An application holds 50 of its own. Presets of the system (ids below 10000) cannot be managed."""
    sub_app_id: pulumi.Output[int]
    name: pulumi.Output[str]
    comment: pulumi.Output[str]
    encode_config: pulumi.Output[Any]
    enhance_config: pulumi.Output[Any]
    beauty_config: pulumi.Output[Any]
    ai_cut_out_config: pulumi.Output[Any]
    type: pulumi.Output[str]
    create_time: pulumi.Output[str]
    update_time: pulumi.Output[str]
    @property
    def definition(self) -> pulumi.Output[int]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        sub_app_id: pulumi.Input[int] | None = None,
        name: pulumi.Input[str] | None = None,
        comment: pulumi.Input[str] | None = None,
        encode_config: pulumi.Input[EncodeConfigArgs] | None = None,
        enhance_config: pulumi.Input[EnhanceConfigArgs] | None = None,
        beauty_config: pulumi.Input[BeautyConfigArgs] | None = None,
        ai_cut_out_config: pulumi.Input[AiCutOutConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        sub_app_id: VOD application; taken from the stack's `ci:subAppId` when left out. Accounts that
          activated VOD on or after 2023-12-25 must give it; others may leave it out and get their main one,
          which is 0 in ids.
        name: Name, at most 64 characters; made up when left out.
        comment: What the template is for.
        encode_config: Format and quality of the result.
        enhance_config: What betters the picture.
        beauty_config: What beautifies faces. Source: the official SDK.
        ai_cut_out_config: What is cut out of the picture. Source: the official SDK."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> ProcessImageAsyncTemplate:
        """An existing object by its id `<sub_app_id>/<id or name>`; it is not managed."""

@dataclass(frozen=True)
class ProcessImageAsyncTemplateResult:
    """A recipe for images in Video on Demand: format, quality, enlargement and enhancement. HLS is not
      supported.
    An application holds 50 of its own. Presets of the system (ids below 10000) cannot be managed.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<sub_app_id>/<id or name>`, as `get` takes it."""
    definition: int
    """Number that names the template in a call."""
    sub_app_id: int | None
    """VOD application; taken from the stack's `ci:subAppId` when left out. Accounts that activated VOD on or
      after
    2023-12-25 must give it; others may leave it out and get their main one, which is 0 in ids."""
    name: str
    """Name, at most 64 characters; made up when left out."""
    comment: str | None
    """What the template is for."""
    encode_config: dict[str, Any] | None
    """Format and quality of the result."""
    enhance_config: dict[str, Any] | None
    """What betters the picture."""
    beauty_config: dict[str, Any] | None
    """What beautifies faces. Source: the official SDK."""
    ai_cut_out_config: dict[str, Any] | None
    """What is cut out of the picture. Source: the official SDK."""
    type: str | None
    """`Custom` for a template of the account's own."""
    create_time: str | None
    """When it was made, such as `2026-01-20T03:02:33Z`."""
    update_time: str | None
    """When it was changed last."""

def find_process_image_async_template(
    *,
    sub_app_id: int | None = None,
    id: str | None = None,
    definition: int | None = None,
    name: str | None = None,
    comment: str | None = None,
    encode_config: Mapping[str, Any] | None = None,
    enhance_config: Mapping[str, Any] | None = None,
    beauty_config: Mapping[str, Any] | None = None,
    ai_cut_out_config: Mapping[str, Any] | None = None,
    type: str | None = None,
    create_time: str | None = None,
    update_time: str | None = None,
) -> ProcessImageAsyncTemplateResult:
    """The one ProcessImageAsyncTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_process_image_async_templates(
    *,
    sub_app_id: int | None = None,
) -> list[ProcessImageAsyncTemplateResult]:
    """Every ProcessImageAsyncTemplate in a place, by id. Raises CiError when the call fails."""
