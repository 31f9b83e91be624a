"""Executions of a workflow that the program starts itself, for one object."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._run import Run, RunName
from pulumi_ci.model.api import Call, Form, XmlAction
from pulumi_ci.model.kind import BucketKind
from pulumi_ci.model.marks import AlsoRead, Computed, Immutable, Reference, Wire
from pulumi_ci.model.node import Node


class Task(Node):
    """How one node of the workflow went. Source: 106."""

    type: str | None = None
    """Type of the node."""
    name: str | None = None
    """Name of the node."""
    job_id: str | None = None
    """Id of the task."""
    state: str | None = None
    """How far it is, such as `Success` or `Failed`."""
    create_time: str | None = None
    """When it was made."""
    start_time: str | None = None
    """When it began."""
    end_time: str | None = None
    """When it ended."""
    code: str | None = None
    """`Success`, or what went wrong."""
    message: str | None = None
    """What went wrong, in words."""


class WorkflowExecution(Run, BucketKind):
    """One run of a workflow for one object, whether an upload of it would start the workflow or not.

    No call cancels it: destroying the resource forgets it.
    """

    slug = "workflow-execution"
    pages = (104, 106, 107)
    api = XmlAction(
        start=Call("POST", "/triggerworkflow"),
        path="/workflowexecution",
        id="RunId",
        id_field="run_id",
        one="WorkflowExecution",
        many="WorkflowExecutionList",
        state="state",
        ends=("Success", "Failed", "Cancel"),
        success="Success",
        parameters={"workflowId": "workflow_id", "object": "object", "name": "name"},
        answered="InstanceId",
        padding="=",
        same={"name": "object", "workflowId": "workflow_id"},
        newest={"orderByTime": "Desc", "size": "100"},
        missing=("ResourceNotFound", "1103"),
        form=Form(ignored=("RunId", "Topology")),
    )

    workflow_id: Annotated[str, Immutable(), Reference("Workflow")]
    """Id of the workflow; it may be paused."""
    object: Annotated[str, Immutable()]
    """Key of an object in the same bucket."""
    name: Annotated[str | None, Wire(None), Immutable(), RunName] = None
    """Name of the run; no answer shows it."""
    state: Annotated[str | None, Computed()] = None
    """How far it is: `Running`, and in the end `Success`, `Failed` or `Cancel`."""
    workflow_name: Annotated[str | None, Computed(), AlsoRead("Name")] = None
    """Name of the workflow."""
    create_time: Annotated[str | None, Computed()] = None
    """When it was started, such as `2022-08-09T14:54:17+08:00`."""
    tasks: Annotated[list[Task] | None, Computed()] = None
    """How the nodes went."""
