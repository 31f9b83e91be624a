"""Workflows: a graph of processing steps that runs for every matching upload."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._workflow_nodes import AnyNode
from pulumi_ci.kinds._workflow_rules import LONGEST_NAME, Edges, Nodes, crowding, graph, joins, naming, strays
from pulumi_ci.model.api import Collection, Form, Pause
from pulumi_ci.model.kind import BucketKind
from pulumi_ci.model.marks import AutoName, Computed, Joined, Length, Matches, Unordered, Wire
from pulumi_ci.model.node import Failure, rule


class Workflow(BucketKind):
    """A graph of processing steps that runs for every matching upload. Where the service refuses to change a running
    one, it is paused for the change, and uploads of that moment start nothing.
    """

    slug = "workflow"
    pages = (100, 101, 102, 103, 202)
    api = Collection(
        path="/workflow",
        id="WorkflowId",
        id_field="workflow_id",
        one="MediaWorkflow",
        many="MediaWorkflowList",
        form=Form(root="Request/MediaWorkflow", ignored=("WorkflowId", "BucketId", "UpdateTime")),
        unique=False,
        absent="NonExistIDs",
        missing=("ResourceNotFound", "1103"),
        pause=Pause(
            field="state",
            running="Active",
            paused="Paused",
            activate="active",
            pause="paused",
            refusals=("ActiveWorkflowForbiddenUpdate", "1114"),
        ),
    )

    name: Annotated[
        str,
        AutoName(),
        Matches(
            r"[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff-]+",
            "Chinese characters, Latin letters, digits, _ and -",
            "publish-1",
        ),
        Length(LONGEST_NAME),
    ]
    """Name: Chinese characters, letters, digits, `_`, `-`. The service allows two workflows of one name."""
    state: Literal["Active", "Paused"] = "Active"
    """`Active`: uploads start it; `Paused`: they do not."""
    dependencies: Annotated[
        dict[str, Annotated[list[str], Joined(), Unordered()]],
        Wire("Topology/Dependencies"),
    ]
    """What follows each node, by name; `["End"]` when nothing does. `pulumi_ci.workflow.pipeline` writes it."""
    nodes: Annotated[dict[str, AnyNode], Wire("Topology/Nodes")]
    """The nodes by name: `Start`, and `<type>_<letters, digits and _>` such as `Snapshot_thumbs`."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""

    @rule("nodes")
    def _nodes_are_named(nodes: Nodes) -> Iterator[Failure]:
        """Every node is named by its type, `_` and letters, digits or `_`; there is one Start, and at most one
        StreamPackConfig and one StreamPack.
        """
        yield from naming(nodes)
        yield from crowding(nodes)

    @rule("dependencies", "nodes")
    def _edges_are_allowed(dependencies: Edges, nodes: Nodes) -> list[Failure]:
        """Every node has its entry, follows what may come before its type, is reached from Start, and leads to End
        without a circle.
        """
        return [] if any(naming(nodes)) else graph(dependencies, nodes)

    @rule("dependencies", "nodes")
    def _parents_are_as_shown(dependencies: Edges, nodes: Nodes) -> Iterator[Failure]:
        """Only a StreamPack should have several nodes before it."""
        yield from joins(dependencies, nodes)

    @rule("nodes")
    def _keys_are_written(nodes: Nodes) -> Iterator[Failure]:
        """Keys of results should be those that the type of the node writes to."""
        yield from strays(nodes)
