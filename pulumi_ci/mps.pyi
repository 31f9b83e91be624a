"""Generated from the declarations by `pulumi-ci stubs`; do not edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union

import pulumi
from typing_extensions import NotRequired, TypedDict

class CosInputInfoArgs(TypedDict):
    """An object in COS."""
    bucket: pulumi.Input[str]
    """Bucket, with its APPID."""
    region: pulumi.Input[str]
    """Region of the bucket."""
    object: pulumi.Input[str]
    """Key, such as `/image/test.png`."""

class UrlInputInfoArgs(TypedDict):
    """A file on the web. Source: the official SDK."""
    url: pulumi.Input[str]
    """Its address."""

class S3InputInfoArgs(TypedDict):
    """An object in AWS S3. Source: the official SDK."""
    s3_bucket: pulumi.Input[str]
    """Bucket."""
    s3_region: pulumi.Input[str]
    """Region of the bucket; us-east-1 and eu-west-3 are supported."""
    s3_object: pulumi.Input[str]
    """Key."""
    s3_secret_id: NotRequired[pulumi.Input[str]]
    """Id of the key that reads the object."""
    s3_secret_key: NotRequired[pulumi.Input[str]]
    """Key that reads the object."""

class VodInputInfoArgs(TypedDict):
    """A file in VOD. Source: the official SDK."""
    bucket: NotRequired[pulumi.Input[str]]
    """Bucket id."""
    region: NotRequired[pulumi.Input[str]]
    """Region of the bucket."""
    object: NotRequired[pulumi.Input[str]]
    """Key."""
    sub_app_id: NotRequired[pulumi.Input[int]]
    """VOD application."""
    vod_basic: NotRequired[pulumi.Input[Literal[0, 1]]]
    """0 for VOD Professional, 1 for VOD Standard."""
    file_id: NotRequired[pulumi.Input[str]]
    """Id of the file in VOD Standard."""

class InputInfoArgs(TypedDict):
    """The image: its `type`, and the block of that type."""
    type: pulumi.Input[Literal['COS', 'URL', 'AWS-S3', 'VOD']]
    """Where it is. The official SDK says of AWS-S3 that only transcoding takes it so far."""
    cos_input_info: NotRequired[pulumi.Input[CosInputInfoArgs]]
    """Object in COS, for type COS."""
    url_input_info: NotRequired[pulumi.Input[UrlInputInfoArgs]]
    """File on the web, for type URL."""
    s3_input_info: NotRequired[pulumi.Input[S3InputInfoArgs]]
    """Object in AWS S3, for type AWS-S3."""
    vod_input_info: NotRequired[pulumi.Input[VodInputInfoArgs]]
    """File in VOD, for type VOD."""

class CosOutputStorageArgs(TypedDict):
    """A bucket of COS."""
    bucket: NotRequired[pulumi.Input[str]]
    """Bucket, with its APPID; that of the input when left out."""
    region: NotRequired[pulumi.Input[str]]
    """Region of the bucket; that of the input when left out."""

class S3OutputStorageArgs(TypedDict):
    """A bucket of AWS S3, in the region of the input. Source: the official SDK."""
    s3_bucket: pulumi.Input[str]
    """Bucket."""
    s3_region: pulumi.Input[str]
    """Region of the bucket."""
    s3_secret_id: NotRequired[pulumi.Input[str]]
    """Id of the key that writes the result."""
    s3_secret_key: NotRequired[pulumi.Input[str]]
    """Key that writes the result."""

class VodOutputStorageArgs(TypedDict):
    """An application of VOD. Source: the official SDK."""
    bucket: NotRequired[pulumi.Input[str]]
    """Bucket id."""
    region: NotRequired[pulumi.Input[str]]
    """Region of the bucket."""
    sub_app_id: NotRequired[pulumi.Input[int]]
    """VOD application."""
    vod_basic: NotRequired[pulumi.Input[Literal[0, 1]]]
    """0 for VOD Professional, 1 for VOD Standard."""

class OutputStorageArgs(TypedDict):
    """Where results go: the `type` of the storage, and the block of that type."""
    type: pulumi.Input[Literal['COS', 'AWS-S3', 'VOD']]
    """Type of the storage."""
    cos_output_storage: NotRequired[pulumi.Input[CosOutputStorageArgs]]
    """Bucket of COS, for type COS."""
    s3_output_storage: NotRequired[pulumi.Input[S3OutputStorageArgs]]
    """Bucket of AWS S3, for type AWS-S3."""
    vod_output_storage: NotRequired[pulumi.Input[VodOutputStorageArgs]]
    """Application of VOD, for type VOD."""

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

class AdvancedSuperResolutionConfigArgs(TypedDict):
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
    type: NotRequired[pulumi.Input[Literal['standard', 'super', 'ultra']]]
    """General method, or one of two advanced ones."""

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
    advanced_super_resolution_config: NotRequired[pulumi.Input[AdvancedSuperResolutionConfigArgs]]
    """Enlargement by a factor or to a size."""

class ImageAreaBoxArgs(TypedDict):
    """An area of the picture, from its upper left to its lower right corner. Source: the official SDK."""
    type: NotRequired[pulumi.Input[Literal['logo', 'text']]]
    """What is in it."""
    area_coord_set: NotRequired[pulumi.Input[Sequence[pulumi.Input[int]]]]
    """x1, y1, x2, y2 in pixels, at most 4096."""
    bounding_box: NotRequired[pulumi.Input[Sequence[pulumi.Input[float]]]]
    """x1, y1, x2, y2 in pixels, or below 1 in parts of the picture; without `area_coord_set`."""
    bounding_box_unit_type: NotRequired[pulumi.Input[Literal[0, 1, 2]]]
    """Unit of `bounding_box`: 0 by its values, 1 parts of the picture, 2 pixels."""

class ImageEraseLogoArgs(TypedDict):
    """Takes logos, texts or watermarks away. Source: the official SDK."""
    switch: NotRequired[pulumi.Input[Literal['ON', 'OFF']]]
    """Whether it is done."""
    image_area_boxes: NotRequired[pulumi.Input[Sequence[pulumi.Input[ImageAreaBoxArgs]]]]
    """Where, in at most 16 areas."""
    detect_types: NotRequired[pulumi.Input[Sequence[pulumi.Input[Literal['logo', 'text', 'watermark']]]]]
    """What is looked for."""
    erase_strength: NotRequired[pulumi.Input[Literal['low', 'mid', 'high']]]
    """Fast, between speed and quality, or advanced."""
    watermark_type: NotRequired[pulumi.Input[Literal['corner_watermark', 'tiled_watermark', 'auto_detect_type', 'selected_watermark']]]
    """Which watermark: in a corner, all over the picture, as found, or in the areas that are given."""

class EraseConfigArgs(TypedDict):
    """What is taken away."""
    image_erase_logo: NotRequired[pulumi.Input[ImageEraseLogoArgs]]
    """Logos, texts or watermarks."""

class ResultArgs(TypedDict):
    """How one part of the task went, and what came out. Source: the official SDK."""
    status: NotRequired[pulumi.Input[str]]
    """`PROCESSING`, and in the end `SUCCESS` or `FAIL`."""
    err_msg: NotRequired[pulumi.Input[str]]
    """What went wrong, as a code; left out where nothing did."""
    message: NotRequired[pulumi.Input[str]]
    """What went wrong, in words."""
    progress: NotRequired[pulumi.Input[int]]
    """How much is done, in percent."""
    path: NotRequired[pulumi.Input[str]]
    """Key of the result."""
    bucket: NotRequired[pulumi.Input[str]]
    """Bucket of the result, where it is one of COS."""
    region: NotRequired[pulumi.Input[str]]
    """Region of that bucket."""
    file_id: NotRequired[pulumi.Input[str]]
    """Id of the result in VOD Standard."""
    content: NotRequired[pulumi.Input[str]]
    """Result that is a text."""

class ProcessImage(pulumi.CustomResource):
    """Processes one image, once: another format or quality, enlargement, enhancement, erasure. It is billed.
    
    A second start is a second task, as the service has no way to tell them apart. No call cancels a task, so
      destroying
    the resource forgets it; the result stays. The service forgets a task after 7 days; the last state that
      was
    seen is kept, and nothing is run again."""
    triggers: pulumi.Output[Any]
    region: pulumi.Output[str]
    input_info: pulumi.Output[Any]
    output_storage: pulumi.Output[Any]
    output_dir: pulumi.Output[str]
    output_path: pulumi.Output[str]
    definition: pulumi.Output[int]
    resource_id: pulumi.Output[str]
    encode_config: pulumi.Output[Any]
    enhance_config: pulumi.Output[Any]
    erase_config: pulumi.Output[Any]
    status: pulumi.Output[str]
    err_code: pulumi.Output[int]
    err_msg: pulumi.Output[str]
    message: pulumi.Output[str]
    create_time: pulumi.Output[str]
    finish_time: pulumi.Output[str]
    results: pulumi.Output[Any]
    @property
    def task_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        input_info: pulumi.Input[InputInfoArgs],
        adopt: pulumi.Input[str] | None = None,
        triggers: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        wait: pulumi.Input[bool] | None = None,
        wait_seconds: pulumi.Input[int] | None = None,
        region: pulumi.Input[str] | None = None,
        output_storage: pulumi.Input[OutputStorageArgs] | None = None,
        output_dir: pulumi.Input[str] | None = None,
        output_path: pulumi.Input[str] | None = None,
        definition: pulumi.Input[int] | None = None,
        resource_id: pulumi.Input[str] | None = None,
        encode_config: pulumi.Input[EncodeConfigArgs] | None = None,
        enhance_config: pulumi.Input[EnhanceConfigArgs] | None = None,
        erase_config: pulumi.Input[EraseConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        triggers: Texts of your own, such as a version; when one of them changes, it is run again.
        wait: Whether creating it lasts until the run has ended; the program then fails when the run did, or
          the time is up.
        wait_seconds: How long `wait` waits.
        region: Region of the service, such as `ap-shanghai`; taken from the stack's `ci:region` when left
          out.
        input_info: The image.
        output_storage: Where the result goes; the storage of the input when left out.
        output_dir: Directory of the result, such as `/image/201907/`, where it keeps its name; that of the
          input when left out.
        output_path: Path of the result, relative or not, such as `/out/{inputName}.{format}`. Source: the
          official SDK.
        definition: Number of an MPS template that says what is done. Source: the official SDK.
        resource_id: Id of the resource that pays; the account's main one when left out. Source: the official
          SDK.
        encode_config: Format and quality of the result.
        enhance_config: What betters the picture.
        erase_config: What is taken away. Source: the official SDK."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> ProcessImage:
        """An existing object by its id `<region>/<id or name>`; it is not managed."""
