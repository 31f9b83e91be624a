"""The workflow's graph: the table of successors, the rules over edges, and the builder that writes both maps."""

from __future__ import annotations

import asyncio
import dataclasses
from itertools import pairwise
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from pulumi_ci import workflow as wf
from pulumi_ci.kinds._workflow_edges import END, SUCCESSORS
from pulumi_ci.kinds.workflow import Workflow
from pulumi_ci.model.check import check
from pulumi_ci.model.examples import examples
from pulumi_ci.model.node import Node, blocks
from pulumi_ci.model.unknown import UNKNOWN

HERE = Path(__file__).parent
PARENTS: dict[str, list[str]] = yaml.safe_load((HERE / "workflow_parents.yaml").read_text())
EVERY: dict[str, Any] = examples("workflow")["every-type"]
TYPES = {node.__name__: node for node in blocks(Workflow.fields()["nodes"].shape)}
BODIES: dict[str, dict[str, Any]] = {node["type"]: node for node in EVERY["nodes"].values()}
BODIES["StreamPack"] = {"type": "StreamPack", "video_stream_config": UNKNOWN}
PACK = {
    "Start": ["StreamPackConfig_a"],
    "StreamPackConfig_a": ["VideoStream_b", "VideoStream_c"],
    "VideoStream_b": ["StreamPack_d"],
    "VideoStream_c": ["StreamPack_d"],
    "StreamPack_d": [END],
}


def failures(dependencies: dict[str, Any], **nodes: Any) -> dict[tuple[str | int, ...], str]:
    written = {name: BODIES[name.partition("_")[0]] for name in dependencies}
    properties = {"name": "w", "dependencies": dependencies, "nodes": {**written, **nodes}}
    return {failure.path: failure.reason for failure in check(Workflow, properties)[1]}


def output(key: pulumi.Input[str] = "out/${Number}.jpg") -> wf.Output:
    return wf.Output(region="ap-beijing", bucket="demo-1250000000", object=key)


def test_successors_agree_with_parents() -> None:
    turned = {child: [node for node, row in SUCCESSORS.items() if child in row] for child in PARENTS}
    assert {child: set(nodes) for child, nodes in turned.items()} == {c: set(nodes) for c, nodes in PARENTS.items()}
    assert {child for row in SUCCESSORS.values() for child in row} == PARENTS.keys()
    assert SUCCESSORS.keys() == TYPES.keys()
    assert len(SUCCESSORS) == 24


def way(start: str, goal: str) -> list[str]:
    """The types on the shortest way from one to another, both included."""
    ways = [[start]]
    while ways[0][-1] != goal:
        first = ways.pop(0)
        ways += [[*first, child] for child in SUCCESSORS.get(first[-1], ()) if child not in first]
    return ways[0]


def named(types: list[str], mark: str) -> list[str]:
    return [type if type in ("Start", END) else f"{type}_{mark}" for type in types]


@pytest.mark.parametrize("child", [*TYPES, END])
@pytest.mark.parametrize("node", TYPES)
def test_edges_follow_the_table(node: str, child: str) -> None:
    """Every edge between two types, in a workflow that is right but for this edge."""
    before = named(way("Start", node), "a")
    after = named(way(child, END) if child != "Start" else ["Start"], "b")
    edges = {name: [following] for name, following in [*pairwise(after), *pairwise(before)]}
    found = failures({**edges, before[-1]: [after[0]]})
    if child in SUCCESSORS[node]:
        assert found == {}
    else:
        assert f"{child} cannot follow {node}" in found.pop(("dependencies", before[-1], 0))
        assert {reason.partition(":")[0] for reason in found.values()} <= {
            "is one StreamPackConfig too many",
            "is one StreamPack too many",
        }


def test_cycle_is_named_once() -> None:
    found = failures({"Start": ["Transcode_a"], "Transcode_a": ["Concat_b"], "Concat_b": ["Transcode_a"]})
    assert list(found) == [("dependencies", "Concat_b", 0)]
    assert "Transcode_a -> Concat_b -> Transcode_a" in found[("dependencies", "Concat_b", 0)]


def pack(*names: Any) -> dict[str, Any]:
    return {"type": "StreamPack", "video_stream_config": [{"video_stream_name": name} for name in names]}


def test_streams_are_those_that_lead_to_the_pack() -> None:
    assert failures(PACK, StreamPack_d=pack("VideoStream_b", "VideoStream_c")) == {}
    assert failures(PACK, StreamPack_d=pack("VideoStream_c")) == {}
    found = failures(PACK, StreamPack_d=pack("VideoStream_b", "VideoStream_e"))
    path = ("nodes", "StreamPack_d", "video_stream_config", 1, "video_stream_name")
    assert list(found) == [path]
    assert "did you mean VideoStream_" in found[path]


def test_streams_that_may_lead_to_the_pack_pass() -> None:
    config = pack("VideoStream_b", "VideoStream_c")
    assert failures({**PACK, "VideoStream_b": UNKNOWN}, VideoStream_b=BODIES["VideoStream"], StreamPack_d=config) == {}
    assert failures({**PACK, "VideoStream_b": [UNKNOWN]}, StreamPack_d=config) == {}
    assert failures(PACK, StreamPack_d=pack(UNKNOWN, "VideoStream_b")) == {}
    assert failures(PACK, StreamPack_d={"type": "StreamPack", "video_stream_config": [UNKNOWN, UNKNOWN]}) == {}
    assert failures(PACK) == {}
    assert failures(PACK, StreamPack_d=UNKNOWN) == {}
    found = failures({**PACK, "VideoStream_b": UNKNOWN}, VideoStream_b=BODIES["VideoStream"], StreamPack_d=pack("x"))
    assert list(found) == [("nodes", "StreamPack_d", "video_stream_config", 0, "video_stream_name")]


def test_unknown_edges_excuse_what_cannot_be_known() -> None:
    dependencies = {"Start": ["Transcode_a"], "Transcode_a": UNKNOWN, "Snapshot_b": [END]}
    assert failures(dependencies, Transcode_a=BODIES["Transcode"]) == {}
    assert failures({"Start": [UNKNOWN], "Snapshot_b": [END]}) == {}
    assert failures({"Start": ["Snapshot_b"], "Snapshot_b": [END]}, Snapshot_b=UNKNOWN) == {}


def test_unknown_does_not_excuse_the_rest() -> None:
    found = failures({"Start": [UNKNOWN, "Snapshot_b"], "Snapshot_b": ["Snapshot_c"], "Snapshot_c": [UNKNOWN]})
    assert list(found) == [("dependencies", "Snapshot_b", 0)]


def test_pipeline_writes_both_maps() -> None:
    cover = wf.SmartCover("cover", output=output())
    made = wf.pipeline(
        wf.Start(
            object_prefix="in/",
            queue_id="p1",
            ext_filter=wf.ExtFilter(state="On", custom=True, custom_exts=["mp4"]),
            notify_config=wf.NotifyConfig(event=["TaskFinish"], type="Url", url="https://example.com/ci"),
            next=[
                wf.Snapshot("thumbs", template_id="t1", output=output(), next=[]),
                wf.Transcode("hls", template_id="t2", output=output(), next=["cover", "Snapshot_late"]),
                wf.Transcode("mp4", template_id="t3", output=output(), watermark_template_id=["t4"], next=[cover]),
                wf.Transcode(
                    "last",
                    template_id="t3",
                    output=output(),
                    next=[wf.Snapshot("late", template_id="t1", output=output())],
                ),
            ],
        )
    )
    assert made["dependencies"] == {
        "Start": ["Snapshot_thumbs", "Transcode_hls", "Transcode_mp4", "Transcode_last"],
        "Snapshot_thumbs": ["End"],
        "Transcode_hls": ["SmartCover_cover", "Snapshot_late"],
        "Transcode_mp4": ["SmartCover_cover"],
        "Transcode_last": ["Snapshot_late"],
        "SmartCover_cover": ["End"],
        "Snapshot_late": ["End"],
    }
    assert made["nodes"]["Start"]["ext_filter"] == {"state": "On", "custom": True, "custom_exts": ["mp4"]}
    assert check(Workflow, {"name": "w", **made})[1] == []


def test_pipeline_keeps_outputs() -> None:
    async def program() -> None:  # an output belongs to a running loop
        key = pulumi.Output.from_input("t1")
        made = wf.pipeline(wf.Start(object_prefix="in/", next=[wf.Snapshot("a", template_id=key, output=output())]))
        assert made["nodes"]["Snapshot_a"]["template_id"] is key

    asyncio.run(program())


def snapshot(name: str, *following: wf.Step | str) -> wf.Snapshot:
    return wf.Snapshot(name, template_id="t1", output=output(), next=following)


def transcode(name: str, *following: wf.Step | str) -> wf.Transcode:
    return wf.Transcode(name, template_id="t2", output=output(), next=following)


@pytest.mark.parametrize(
    ("following", "text"),
    [
        ([snapshot("a"), snapshot("a")], "two nodes are named Snapshot_a"),
        ([transcode("a", "b")], "Transcode_a: 'b' in `next` is no node of the pipeline; there are Transcode_a"),
        ([transcode("a", "b"), snapshot("b"), transcode("b")], "several nodes; write one of Snapshot_b, Transcode_b"),
        ([transcode("a", transcode("b", "a"))], "Transcode_a -> Transcode_b -> Transcode_a"),
        ([transcode("a", "a")], "Transcode_a comes back to itself"),
        ("a", r"Start: `next` takes a list, as in next=\['a'\]"),
    ],
)
def test_pipeline_refuses(following: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        wf.pipeline(wf.Start(object_prefix="in/", next=following))


def test_a_node_may_be_used_twice() -> None:
    shared = snapshot("shared")
    made = wf.pipeline(wf.Start(object_prefix="in/", next=[transcode("a", shared), transcode("b", shared)]))
    assert list(made["nodes"]) == ["Start", "Transcode_a", "Transcode_b", "Snapshot_shared"]


def test_a_circle_of_objects_ends() -> None:
    first = transcode("a")
    first.next = [transcode("b", first)]
    with pytest.raises(ValueError, match="Transcode_a comes back to itself"):
        wf.pipeline(wf.Start(object_prefix="in/", next=[first]))


def stream(name: str, **more: Any) -> wf.Stream:
    return wf.Stream(name, template_id=f"t{name}", object=f"{name}/video.m3u8", **more)


def test_adaptive_stream_makes_the_nodes() -> None:
    erased = wf.RemoveWatermark(dx=0, dy=0, width=9, height=9)
    made = wf.pipeline(
        wf.Start(
            object_prefix="in/",
            next=[
                wf.adaptive_stream(
                    "hls",
                    output=output("master.m3u8"),
                    streams=[
                        stream("720p", band_width=2_000_000, watermark_template_id=["t4"]),
                        stream("360p", remove_watermark=erased),
                    ],
                    pack_type="HLS",
                    ignore_failed_stream=False,
                ),
                snapshot("a"),
            ],
        )
    )
    place = {"region": "ap-beijing", "bucket": "demo-1250000000"}
    assert made["dependencies"] == {
        "Start": ["StreamPackConfig_hls", "Snapshot_a"],
        "StreamPackConfig_hls": ["VideoStream_hls_720p", "VideoStream_hls_360p"],
        "Snapshot_a": ["End"],
        "VideoStream_hls_720p": ["StreamPack_hls"],
        "VideoStream_hls_360p": ["StreamPack_hls"],
        "StreamPack_hls": ["End"],
    }
    nodes = {name: node for name, node in made["nodes"].items() if name not in ("Start", "Snapshot_a")}
    assert nodes == {
        "StreamPackConfig_hls": {
            "type": "StreamPackConfig",
            "output": {**place, "object": "master.m3u8"},
            "pack_type": "HLS",
            "ignore_failed_stream": False,
        },
        "VideoStream_hls_720p": {
            "type": "VideoStream",
            "template_id": "t720p",
            "output": {**place, "object": "720p/video.m3u8"},
            "watermark_template_id": ["t4"],
        },
        "VideoStream_hls_360p": {
            "type": "VideoStream",
            "template_id": "t360p",
            "output": {**place, "object": "360p/video.m3u8"},
            "remove_watermark": {"dx": 0, "dy": 0, "width": 9, "height": 9},
        },
        "StreamPack_hls": {
            "type": "StreamPack",
            "video_stream_config": [
                {"video_stream_name": "VideoStream_hls_720p", "band_width": 2_000_000},
                {"video_stream_name": "VideoStream_hls_360p"},
            ],
        },
    }
    assert check(Workflow, {"name": "w", **made})[1] == []


@pytest.mark.parametrize("streams", [[], [stream("a"), stream("a")]])
def test_adaptive_stream_refuses(streams: list[wf.Stream]) -> None:
    with pytest.raises(ValueError, match="adaptive_stream hls: give at least one stream, each with a name of its own"):
        wf.adaptive_stream("hls", output=output(), streams=streams)


def test_raw_nodes_pass_through() -> None:
    operation = {"Condition": {"Express": "long"}, "List": ["a", "b"]}
    condition = wf.Condition("long", operation=operation, next=[transcode("a")])
    made = wf.pipeline(wf.Start(object_prefix="in/", next=[wf.MediaInfo("probe", next=[condition])]))
    assert made["nodes"]["MediaInfo_probe"] == {"type": "MediaInfo"}
    assert made["nodes"]["Condition_long"] == {"type": "Condition", "operation": operation}
    assert check(Workflow, {"name": "w", **made})[1] == []


FACES: dict[type[Node], Any] = {node: getattr(wf, name) for name, node in TYPES.items()}
for declared in list(FACES):
    for field in declared.fields().values():
        for block in blocks(field.shape):
            FACES[block] = getattr(wf, block.__name__.removeprefix("Workflow"))


@pytest.mark.parametrize("node", FACES, ids=[node.__name__ for node in FACES])
def test_builder_has_the_declared_fields(node: type[Node]) -> None:
    """The constructor takes what the declaration takes, and demands what it demands."""
    face = FACES[node]
    given = {f.name: f for f in dataclasses.fields(face) if f.name not in ("name", "next")}
    declared = {
        name: f for name, f in node.fields().items() if f.is_input and (name != "type" or node not in TYPES.values())
    }
    assert given.keys() == declared.keys()
    required = {name for name, f in given.items() if f.default is dataclasses.MISSING}
    assert required == {name for name, f in declared.items() if f.required}


def test_builder_has_every_type() -> None:
    steps = {cls.__name__ for cls in wf.Step.__subclasses__()}
    assert steps | {"Start"} == TYPES.keys()
