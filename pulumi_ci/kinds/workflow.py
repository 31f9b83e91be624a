"""Workflows: a graph of processing steps that runs for every matching upload."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pulumi_ci.kinds._fragments import NotifyConfig, Pixels, Words
from pulumi_ci.kinds._workflow_edges import END, SUCCESSORS
from pulumi_ci.model.api import Collection, Form, Pause
from pulumi_ci.model.check import nearest
from pulumi_ci.model.kind import BucketName, Kind, RegionName
from pulumi_ci.model.marks import (
    AutoName,
    Computed,
    Joined,
    Length,
    Matches,
    Range,
    Reference,
    ServerDefault,
    ServerFilled,
    Unordered,
    Wire,
)
from pulumi_ci.model.node import Failure, Node, rule
from pulumi_ci.model.unknown import UNKNOWN

Nodes = Mapping[str, Any]
Edges = Mapping[str, Any]

_LONGEST_NAME = 128


class WorkflowNotifyConfig(NotifyConfig):
    """Where and when the workflow reports; without it, the settings of the queue hold. Source: 202."""

    state: Literal["On", "Off"] = "On"
    """Whether anything is sent at all."""


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
    def _custom_needs_extensions(extensions: list[Any] | None, custom: bool | None) -> str | None:
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


Watermarks = Annotated[
    list[str] | None, Wire("Operation/WatermarkTemplateId"), Length(3), Reference("WatermarkTemplate")
]


class Start(Node):
    """The beginning of a workflow: what starts it, and the queues that its nodes wait in."""

    type: Literal["Start"] = "Start"
    """Type of the node."""
    object_prefix: Annotated[str, Wire("Input/ObjectPrefix")]
    """Prefix of the keys whose upload starts the workflow."""
    queue_id: Annotated[str | None, Wire("Input/QueueId"), ServerFilled(), Reference("MediaQueue")] = None
    """Queue of the media nodes."""
    pic_process_queue_id: Annotated[
        str | None, Wire("Input/PicProcessQueueId"), ServerFilled(), Reference("PictureQueue")
    ] = None
    """Queue of PicProcess nodes."""
    speech_recognition_queue_id: Annotated[
        str | None, Wire("Input/SpeechRecognitionQueueId"), ServerFilled(), Reference("SpeechQueue")
    ] = None
    """Queue of SpeechRecognition nodes."""
    ai_process_queue_id: Annotated[str | None, Wire("Input/AIProcessQueueId"), ServerFilled(), Reference("AiQueue")] = (
        None
    )
    """Queue of AIRecognition nodes."""
    notify_config: Annotated[WorkflowNotifyConfig | None, Wire("Input/NotifyConfig")] = None
    """Where and when the workflow reports; as the queue does when left out."""
    ext_filter: Annotated[ExtFilter | None, Wire("Input/ExtFilter")] = None
    """Which uploads count; all below the prefix when left out."""


class Snapshot(Node):
    """Takes screenshots of the video."""

    type: Literal["Snapshot"] = "Snapshot"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("SnapshotTemplate")]
    """How they are taken."""
    output: Annotated[Output, Wire("Operation/Output")]
    """Where they go."""


class SmartCover(Node):
    """Picks pictures of the video that make good covers: by a template, by `smart_cover`, or three of full size."""

    type: Literal["SmartCover"] = "SmartCover"
    """Type of the node."""
    template_id: Annotated[str | None, Wire("Operation/TemplateId"), Reference("SmartCoverTemplate")] = None
    """How they are picked; it wins over `smart_cover`."""
    smart_cover: Annotated[SmartCoverConfig | None, Wire("Operation/SmartCover")] = None
    """How they are picked, without a template."""
    output: Annotated[Output, Wire("Operation/Output")]
    """Where they go."""

    @rule("output", "template_id", "smart_cover")
    def _several_need_number(
        output: Mapping[str, Any], template_id: str | None, smart_cover: Mapping[str, Any] | None
    ) -> Iterator[Failure]:
        count = (smart_cover or {}).get("count") or 3
        if template_id is None and count is not UNKNOWN and count > 1:
            yield from _needs_number(output, f"{count} covers are written")


class Transcode(Node):
    """Rewrites the video or sound by a transcoding template."""

    type: Literal["Transcode"] = "Transcode"
    """Type of the node."""
    template_id: Annotated[str, Wire("Operation/TemplateId"), Reference("TranscodeTemplate")]
    """How it is rewritten."""
    watermark_template_id: Watermarks = None
    """Watermarks painted into it; at most 3."""
    remove_watermark: Annotated[RemoveWatermark | None, Wire("Operation/RemoveWatermark")] = None
    """A rectangle to blur away."""
    digital_watermark: Annotated[DigitalWatermark | None, Wire("Operation/DigitalWatermark")] = None
    """A watermark that cannot be seen."""
    output: Annotated[Output, Wire("Operation/Output")]
    """Where it goes."""
    speed_transcoding_queue_id: Annotated[
        str | None, Wire("Operation/Input/SpeedTranscodingQueueId"), Reference("MediaQueue")
    ] = None
    """Queue of category SpeedTranscoding, to transcode faster."""


def _needs_number(output: Mapping[str, Any], why: str) -> Iterator[Failure]:
    key = output["object"]
    if key is not UNKNOWN and "${number}" not in key.lower():
        yield Failure(("output", "object"), f"must hold ${{Number}}, because {why}")


class Workflow(Kind):
    """A workflow. It is paused while it is changed, so uploads of that moment start nothing."""

    slug = "workflow"
    pages = (100, 101, 102, 103, 202)
    api = Collection(
        path="/workflow",
        id="WorkflowId",
        id_field="workflow_id",
        one="MediaWorkflow",
        many="MediaWorkflowList",
        gone="NonExistIDs",
        form=Form(root="Request/MediaWorkflow", ignored=("WorkflowId", "BucketId", "UpdateTime")),
        unique=False,
        pause=Pause(
            field="state",
            running="Active",
            paused="Paused",
            activate="active",
            pause="paused",
            refusal="ActiveWorkflowForbiddenUpdate",
        ),
    )

    name: Annotated[
        str,
        AutoName(),
        Matches(r"[A-Za-z0-9_㐀-鿿豈-﫿-]+", "Chinese characters, Latin letters, digits, _ and -", "publish-1"),
        Length(_LONGEST_NAME),
    ]
    """Name: Chinese characters, letters, digits, `_`, `-`. The service allows two workflows of one name."""
    state: Literal["Active", "Paused"] = "Active"
    """`Active`: uploads start it; `Paused`: they do not."""
    dependencies: Annotated[
        dict[str, Annotated[list[str], Joined(), Unordered()]],
        Wire("Topology/Dependencies"),
    ]
    """What follows each node, by name; `["End"]` when nothing does. `pulumi_ci.workflow.pipeline` writes it."""
    nodes: Annotated[dict[str, Start | Snapshot | SmartCover | Transcode], Wire("Topology/Nodes")]
    """The nodes by name: `Start`, and `<type>_<letters, digits and _>` such as `Snapshot_thumbs`."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""

    @rule("nodes")
    def _nodes_are_named(nodes: Nodes) -> list[Failure]:
        return list(_naming(nodes))

    @rule("dependencies", "nodes")
    def _edges_are_allowed(dependencies: Edges, nodes: Nodes) -> list[Failure]:
        if any(_naming(nodes)):
            return []
        stages = (_edges(dependencies, nodes), _missing(dependencies, nodes), _cycles(dependencies))
        found = next((found for stage in stages if (found := list(stage))), None)
        return list(_unreached(dependencies, nodes)) if found is None else found


def _naming(nodes: Nodes) -> Iterator[Failure]:
    for name, node in nodes.items():
        type = UNKNOWN if node is UNKNOWN else node["type"]
        prefix, _, suffix = name.partition("_")
        if prefix not in SUCCESSORS or (type is not UNKNOWN and type != prefix):
            what = "is not known" if type is UNKNOWN else f"is {type}"
            path = ("nodes", name) if type is UNKNOWN else ("nodes", name, "type")
            yield Failure(path, f"{what}, but the name begins with {prefix}; names are <type>_<suffix>, and Start")
        elif prefix == "Start":
            if name != "Start":
                yield Failure(("nodes", name), "there is one node of type Start, and its name is Start")
        elif not re.fullmatch(r"[A-Za-z0-9_]+", suffix) or len(name) > _LONGEST_NAME:
            reason = f"must be named {prefix}_ and then letters, digits and _, {_LONGEST_NAME} characters in all"
            yield Failure(("nodes", name), reason)
    if "Start" not in nodes:
        yield Failure(("nodes",), "lacks the node Start, which says what starts the workflow")


def _edges(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    for name, successors in dependencies.items():
        path = ("dependencies", name)
        if name == END:
            yield Failure(path, "End closes a branch and has no successors; remove the entry")
        elif name not in nodes:
            yield Failure(path, f"names no node{nearest(name, nodes)}")
        elif successors is not UNKNOWN:
            if not successors:
                what = "give at least one node" if name == "Start" else 'write ["End"]'
                yield Failure(path, f"names no successor; {what}")
            for index, successor in enumerate(successors):
                if successor is not UNKNOWN:
                    reason = _edge(name, successor, len(successors), nodes)
                    if reason is not None:
                        yield Failure((*path, index), reason)


def _edge(name: str, successor: str, siblings: int, nodes: Nodes) -> str | None:
    if successor != END and successor not in nodes:
        return f"{successor!r} names no node{nearest(successor, [*nodes, END])}"
    ahead, behind = name.partition("_")[0], successor.partition("_")[0]
    if behind not in SUCCESSORS[ahead]:
        return f"{behind} cannot follow {ahead}; allowed: {', '.join(SUCCESSORS[ahead])}"
    return "End stands alone; remove it or the others" if successor == END and siblings > 1 else None


def _missing(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    for name in nodes:
        if name not in dependencies:
            yield Failure(("dependencies", name), 'is missing: say what follows the node, ["End"] when nothing does')


def _cycles(dependencies: Edges) -> Iterator[Failure]:
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> Iterator[Failure]:
        for index, successor in enumerate(_known(dependencies.get(name))):
            if successor in (*trail, name):
                circle = [*trail, name, successor]
                loop = " -> ".join(circle[circle.index(successor) :])
                yield Failure(("dependencies", name, index), f"leads back to {successor!r}: {loop}")
            elif successor is not UNKNOWN and successor not in done:
                yield from walk(successor, (*trail, name))
        done.add(name)

    for name in dependencies:
        if name not in done:
            yield from walk(name, ())


def _unreached(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
    reached, ahead = {"Start"}, ["Start"]
    while ahead:
        successors = dependencies.get(ahead.pop())
        if successors is UNKNOWN or UNKNOWN in _known(successors):
            return
        ahead += [successor for successor in _known(successors) if successor not in reached]
        reached.update(_known(successors))
    for name in nodes:
        if name not in reached:
            yield Failure(("nodes", name), "is never reached from Start; name it as a successor of another node")


def _known(successors: Any) -> list[Any]:
    return [] if successors is None or successors is UNKNOWN else successors
