"""The workflow's graph: the table of successors, the rules over edges, and the builder that writes both maps."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from pulumi_ci import workflow as wf
from pulumi_ci.kinds._workflow_edges import END, SUCCESSORS
from pulumi_ci.kinds.workflow import Workflow, _cycles
from pulumi_ci.model.check import check
from pulumi_ci.model.node import Node, blocks
from pulumi_ci.model.unknown import UNKNOWN

PARENTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "workflow_parents.yaml").read_text())
TYPES = {node.__name__: node for node in blocks(Workflow.fields()["nodes"].shape)}
OUTPUT = {"region": "ap-beijing", "bucket": "demo-1250000000", "object": "${Number}"}
BODIES: dict[str, dict[str, Any]] = {
    "Start": {"object_prefix": "in/"},
    "Snapshot": {"template_id": "t1", "output": OUTPUT},
    "SmartCover": {"output": OUTPUT},
    "Transcode": {"template_id": "t2", "output": OUTPUT},
}


def failures(dependencies: dict[str, Any], **nodes: Any) -> dict[tuple[str | int, ...], str]:
    written = {name: {"type": name.partition("_")[0], **BODIES[name.partition("_")[0]]} for name in dependencies}
    properties = {"name": "w", "dependencies": dependencies, "nodes": {**written, **nodes}}
    return {failure.path: failure.reason for failure in check(Workflow, properties)[1]}


def output(key: pulumi.Input[str] = "out/${Number}.jpg") -> wf.Output:
    return wf.Output(region="ap-beijing", bucket="demo-1250000000", object=key)


def test_successors_agree_with_parents() -> None:
    turned = {child: [node for node, row in SUCCESSORS.items() if child in row] for child in PARENTS}
    assert {child: set(nodes) for child, nodes in turned.items()} == {c: set(nodes) for c, nodes in PARENTS.items()}
    assert {child for row in SUCCESSORS.values() for child in row} == PARENTS.keys()
    assert SUCCESSORS.keys() >= TYPES.keys()
    assert len(SUCCESSORS) == 24


@pytest.mark.parametrize("child", [*TYPES, END])
@pytest.mark.parametrize("node", TYPES)
def test_edges_follow_the_table(node: str, child: str) -> None:
    """Every edge between two declared types, in a workflow that is right but for this edge."""
    ahead = "Start" if node == "Start" else f"{node}_a"
    behind = child if child in ("Start", END) else f"{child}_b"
    dependencies = {behind: [END], "Start": [ahead], ahead: [behind]}
    dependencies.pop(END, None)
    found = failures(dependencies)
    if child in SUCCESSORS[node]:
        assert found == {}
    else:
        assert f"{child} cannot follow {node}" in found[("dependencies", ahead, 0)]
        assert len(found) == 1


def test_cycle_is_named_once() -> None:
    # No cycle can be made of the four declared types, so the walker is asked alone.
    found = list(_cycles({"Start": ["Transcode_a"], "Transcode_a": ["Concat_b"], "Concat_b": ["Transcode_a"]}))
    assert [failure.path for failure in found] == [("dependencies", "Concat_b", 0)]
    assert "Transcode_a -> Concat_b -> Transcode_a" in found[0].reason


def test_unknown_edges_excuse_what_cannot_be_known() -> None:
    dependencies = {"Start": ["Transcode_a"], "Transcode_a": UNKNOWN, "Snapshot_b": [END]}
    assert failures(dependencies, Transcode_a={"type": "Transcode", **BODIES["Transcode"]}) == {}
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
    key = pulumi.Output.from_input("t1")
    made = wf.pipeline(wf.Start(object_prefix="in/", next=[wf.Snapshot("a", template_id=key, output=output())]))
    assert made["nodes"]["Snapshot_a"]["template_id"] is key


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


FACES: list[tuple[Any, type[Node]]] = [(getattr(wf, name), node) for name, node in TYPES.items()]
for _, declared in list(FACES):
    for field in declared.fields().values():
        for block in blocks(field.shape):
            name = block.__name__.removeprefix("Workflow")
            FACES.append((getattr(wf, name), block))


@pytest.mark.parametrize(("face", "node"), FACES, ids=[node.__name__ for _, node in FACES])
def test_builder_has_the_declared_fields(face: Any, node: type[Node]) -> None:
    """The constructor takes what the declaration takes, and demands what it demands."""
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
