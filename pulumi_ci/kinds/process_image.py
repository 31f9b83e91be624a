"""Processing of one image in Media Processing Service (MPS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pulumi_ci.kinds._image_processing import EncodeConfig, Enhancement, Enlargement, Switch
from pulumi_ci.kinds._run import Run
from pulumi_ci.model.api import JsonAction
from pulumi_ci.model.kind import RegionName
from pulumi_ci.model.marks import (
    Computed,
    Immutable,
    Length,
    Matches,
    Presence,
    Range,
    Secret,
    ServerDefault,
    Switched,
    Wire,
)
from pulumi_ci.model.node import Failure, Node, rule

_BLOCKS = {"COS": "cos", "URL": "url", "AWS-S3": "s3", "VOD": "vod"}
Pixel = Annotated[int, Range(0, 4096, unit="px")]
Corner = Annotated[float, Range(0, 4096)]


def _fits(type: str, suffix: str, given: Mapping[str, Any]) -> Iterator[Failure]:
    """The block that the type asks for is there, and no other one."""
    wanted = f"{_BLOCKS[type]}_{suffix}"
    for name, block in given.items():
        if name == wanted and block is None:
            yield Failure((name,), f"is required for type {type}")
        elif name != wanted and block is not None:
            yield Failure((name,), f"has no effect with type {type}; remove it")


class CosInputInfo(Node):
    """An object in COS."""

    bucket: str
    """Bucket, with its APPID."""
    region: str
    """Region of the bucket."""
    object: str
    """Key, such as `/image/test.png`."""


class UrlInputInfo(Node):
    """A file on the web. Source: the official SDK."""

    url: str
    """Its address."""


class S3InputInfo(Node):
    """An object in AWS S3. Source: the official SDK."""

    s3_bucket: str
    """Bucket."""
    s3_region: str
    """Region of the bucket; us-east-1 and eu-west-3 are supported."""
    s3_object: str
    """Key."""
    s3_secret_id: Annotated[str | None, Secret()] = None
    """Id of the key that reads the object."""
    s3_secret_key: Annotated[str | None, Secret()] = None
    """Key that reads the object."""


class VodInputInfo(Node):
    """A file in VOD. Source: the official SDK."""

    bucket: str | None = None
    """Bucket id."""
    region: str | None = None
    """Region of the bucket."""
    object: str | None = None
    """Key."""
    sub_app_id: Annotated[int | None, Range(gt=0)] = None
    """VOD application."""
    vod_basic: Annotated[Literal[0, 1] | None, ServerDefault(0)] = None
    """0 for VOD Professional, 1 for VOD Standard."""
    file_id: str | None = None
    """Id of the file in VOD Standard."""

    @rule("object", "file_id", "vod_basic")
    def _names_the_file(object: str | None, file_id: str | None, basic: int | None) -> Iterator[Failure]:
        if file_id is not None and basic != 1:
            yield Failure(("file_id",), "is for VOD Standard: set vod_basic to 1")
        if object is None and file_id is None:
            yield Failure(("object",), "or file_id is required: it says which file")


class InputInfo(Node):
    """The image: its `type`, and the block of that type."""

    type: Literal["COS", "URL", "AWS-S3", "VOD"]
    """Where it is. The official SDK says of AWS-S3 that only transcoding takes it so far."""
    cos_input_info: CosInputInfo | None = None
    """Object in COS, for type COS."""
    url_input_info: UrlInputInfo | None = None
    """File on the web, for type URL."""
    s3_input_info: S3InputInfo | None = None
    """Object in AWS S3, for type AWS-S3."""
    vod_input_info: Annotated[VodInputInfo | None, Wire("VODInputInfo")] = None
    """File in VOD, for type VOD."""

    @rule("type", "cos_input_info", "url_input_info", "s3_input_info", "vod_input_info")
    def _block_fits(type: str, cos: Any, url: Any, s3: Any, vod: Any) -> Iterator[Failure]:
        given = {"cos_input_info": cos, "url_input_info": url, "s3_input_info": s3, "vod_input_info": vod}
        return _fits(type, "input_info", given)


class CosOutputStorage(Node):
    """A bucket of COS."""

    bucket: str | None = None
    """Bucket, with its APPID; that of the input when left out."""
    region: str | None = None
    """Region of the bucket; that of the input when left out."""


class S3OutputStorage(Node):
    """A bucket of AWS S3, in the region of the input. Source: the official SDK."""

    s3_bucket: str
    """Bucket."""
    s3_region: str
    """Region of the bucket."""
    s3_secret_id: Annotated[str | None, Secret()] = None
    """Id of the key that writes the result."""
    s3_secret_key: Annotated[str | None, Secret()] = None
    """Key that writes the result."""


class VodOutputStorage(Node):
    """An application of VOD. Source: the official SDK."""

    bucket: str | None = None
    """Bucket id."""
    region: str | None = None
    """Region of the bucket."""
    sub_app_id: Annotated[int | None, Range(gt=0)] = None
    """VOD application."""
    vod_basic: Annotated[Literal[0, 1] | None, ServerDefault(0)] = None
    """0 for VOD Professional, 1 for VOD Standard."""


class OutputStorage(Node):
    """Where results go: the `type` of the storage, and the block of that type."""

    type: Literal["COS", "AWS-S3", "VOD"]
    """Type of the storage."""
    cos_output_storage: CosOutputStorage | None = None
    """Bucket of COS, for type COS."""
    s3_output_storage: S3OutputStorage | None = None
    """Bucket of AWS S3, for type AWS-S3."""
    vod_output_storage: Annotated[VodOutputStorage | None, Wire("VODOutputStorage")] = None
    """Application of VOD, for type VOD."""

    @rule("type", "cos_output_storage", "s3_output_storage", "vod_output_storage")
    def _block_fits(type: str, cos: Any, s3: Any, vod: Any) -> Iterator[Failure]:
        given = {"cos_output_storage": cos, "s3_output_storage": s3, "vod_output_storage": vod}
        return _fits(type, "output_storage", given)


class AdvancedSuperResolutionConfig(Enlargement):
    """Enlarges by a factor or to a size."""

    type: Annotated[Literal["standard", "super", "ultra"] | None, ServerDefault("standard")] = None
    """General method, or one of two advanced ones."""


class EnhanceConfig(Enhancement):
    """What betters the picture. A feature that is left out, or whose switch is OFF, is not done."""

    advanced_super_resolution_config: Annotated[AdvancedSuperResolutionConfig | None, Presence(), Switched()] = None
    """Enlargement by a factor or to a size."""


class ImageAreaBox(Node):
    """An area of the picture, from its upper left to its lower right corner. Source: the official SDK."""

    type: Annotated[Literal["logo", "text"] | None, ServerDefault("logo")] = None
    """What is in it."""
    area_coord_set: Annotated[list[Pixel] | None, Length(4, 4)] = None
    """x1, y1, x2, y2 in pixels, at most 4096."""
    bounding_box: Annotated[list[Corner] | None, Length(4, 4)] = None
    """x1, y1, x2, y2 in pixels, or below 1 in parts of the picture; without `area_coord_set`."""
    bounding_box_unit_type: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Unit of `bounding_box`: 0 by its values, 1 parts of the picture, 2 pixels."""

    @rule("area_coord_set", "bounding_box", "bounding_box_unit_type")
    def _one_way_to_give_an_area(area: Any, box: Any, unit: int | None) -> Iterator[Failure]:
        if area is None and box is None:
            yield Failure(("area_coord_set",), "or bounding_box is required: it says where")
        if area is not None and box is not None:
            yield Failure(("bounding_box",), "has no effect beside area_coord_set")
        if box is None and unit is not None:
            yield Failure(("bounding_box_unit_type",), "has an effect only with bounding_box")


class ImageEraseLogo(Node):
    """Takes logos, texts or watermarks away. Source: the official SDK."""

    switch: Switch = "ON"
    """Whether it is done."""
    image_area_boxes: Annotated[list[ImageAreaBox] | None, Length(16)] = None
    """Where, in at most 16 areas."""
    detect_types: list[Literal["logo", "text", "watermark"]] | None = None
    """What is looked for."""
    erase_strength: Literal["low", "mid", "high"] | None = None
    """Fast, between speed and quality, or advanced."""
    watermark_type: Literal["corner_watermark", "tiled_watermark", "auto_detect_type", "selected_watermark"] | None = (
        None
    )
    """Which watermark: in a corner, all over the picture, as found, or in the areas that are given."""


class EraseConfig(Node):
    """What is taken away."""

    image_erase_logo: Annotated[ImageEraseLogo | None, Presence(), Switched()] = None
    """Logos, texts or watermarks."""


class Result(Node):
    """How one part of the task went, and what came out. Source: the official SDK."""

    status: str | None = None
    """`PROCESSING`, and in the end `SUCCESS` or `FAIL`."""
    err_msg: str | None = None
    """What went wrong, as a code; left out where nothing did."""
    message: str | None = None
    """What went wrong, in words."""
    progress: int | None = None
    """How much is done, in percent."""
    path: Annotated[str | None, Wire("Output/Path")] = None
    """Key of the result."""
    bucket: Annotated[str | None, Wire("Output/OutputStorage/CosOutputStorage/Bucket")] = None
    """Bucket of the result, where it is one of COS."""
    region: Annotated[str | None, Wire("Output/OutputStorage/CosOutputStorage/Region")] = None
    """Region of that bucket."""
    file_id: Annotated[str | None, Wire("Output/FileId")] = None
    """Id of the result in VOD Standard."""
    content: Annotated[str | None, Wire("Output/Content")] = None
    """Result that is a text."""


class ProcessImage(Run):
    """Processes one image, once: another format or quality, enlargement, enhancement, erasure. It is billed.

    A second start is a second task, as the service has no way to tell them apart. No call cancels a task, so destroying
    the resource forgets it; the result stays. The service forgets a task after 7 days; the last state that was
    seen is kept, and nothing is run again.
    """

    slug = "process-image"
    module = "mps"
    pages = ("mps-ProcessImage",)
    scope: ClassVar[Mapping[str, str]] = {"region": ""}
    api = JsonAction(
        service="mps",
        version="2019-06-12",
        start="ProcessImage",
        read="DescribeImageTaskDetail",
        missing=(
            *("ResourceNotFound", "ResourceNotFound.TaskNotFound", "FailedOperation.TaskNotFound"),
            *("InvalidParameter", "InvalidParameterValue", "InvalidParameterValue.TaskId"),
        ),
        same=("input_info",),
        id="TaskId",
        id_field="task_id",
        state="status",
        ends=("FINISH",),
        success="FINISH",
        failure="err_msg",
        parts="results",
        reasons=("err_msg", "message"),
    )

    region: Annotated[str | None, Wire(None), Immutable(), RegionName] = None
    """Region of the service, such as `ap-shanghai`; taken from the stack's `ci:region` when left out."""
    input_info: Annotated[InputInfo, Immutable()]
    """The image."""
    output_storage: Annotated[OutputStorage | None, Immutable()] = None
    """Where the result goes; the storage of the input when left out."""
    output_dir: Annotated[str | None, Immutable()] = None
    """Directory of the result, such as `/image/201907/`, where it keeps its name; that of the input when left out."""
    output_path: Annotated[
        str | None, Immutable(), Matches(r".*\.\{format\}", "a path that ends in .{format}", "out.{format}")
    ] = None
    """Path of the result, relative or not, such as `/out/{inputName}.{format}`. Source: the official SDK."""
    definition: Annotated[int | None, Immutable(), Range(gt=0)] = None
    """Number of an MPS template that says what is done. Source: the official SDK."""
    resource_id: Annotated[str | None, Immutable()] = None
    """Id of the resource that pays; the account's main one when left out. Source: the official SDK."""
    encode_config: Annotated[EncodeConfig | None, Wire("ImageTask/EncodeConfig"), Immutable()] = None
    """Format and quality of the result."""
    enhance_config: Annotated[EnhanceConfig | None, Wire("ImageTask/EnhanceConfig"), Immutable()] = None
    """What betters the picture."""
    erase_config: Annotated[EraseConfig | None, Wire("ImageTask/EraseConfig"), Immutable()] = None
    """What is taken away. Source: the official SDK."""
    status: Annotated[str | None, Computed()] = None
    """How far it is: `WAITING`, `PROCESSING`, and in the end `FINISH`, whether it went well or not."""
    err_code: Annotated[int | None, Computed()] = None
    """What went wrong, as a number."""
    err_msg: Annotated[str | None, Computed()] = None
    """What went wrong, as a code; left out where nothing did."""
    message: Annotated[str | None, Computed()] = None
    """What went wrong, in words."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was started."""
    finish_time: Annotated[str | None, Computed()] = None
    """When it ended."""
    results: Annotated[list[Result] | None, Wire("ImageProcessTaskResultSet"), Computed()] = None
    """How its parts went, and what came out."""

    @rule("encode_config", "enhance_config", "erase_config", "definition")
    def _does_something(*parts: Any) -> str | None:
        others = "enhance_config, erase_config or definition"
        return f"or {others} is required: a task does something" if all(part is None for part in parts) else None
