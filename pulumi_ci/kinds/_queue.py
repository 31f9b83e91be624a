"""What the queues of all services have in common: their calls, and the fields that do not depend on the service."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.model.api import Adopted, Form
from pulumi_ci.model.kind import BucketKind, ObjectId
from pulumi_ci.model.marks import (
    Computed,
    Immutable,
    Joined,
    Length,
    Matches,
    PerEnvironment,
    ServerDefault,
    Unordered,
    Wire,
)
from pulumi_ci.model.node import Node

Limited = Length(100)
"""The limit of every text of the speech and document queues. Source: 054, 087."""
EventName = Matches(r"[A-Za-z]{1,100}", "1 to 100 letters", "TransCodingFinish")


def queue(path: str, id_in_body: str = "") -> Adopted:
    """The calls of a queue whose bucket has one of its kind. Source: 045-087."""
    return Adopted(
        path=path,
        id="QueueId",
        id_field="queue_id",
        one="Queue",
        many="QueueList",
        id_in_body=id_in_body,
        absent="NonExistPIDs",
        missing=("QueueNotFound", "1106"),
        form=Form(ignored=("QueueId", "QueueID", "BucketId", "Category", "CreateTime", "UpdateTime")),
    )


class Queue(BucketKind):
    """A queue of jobs, made by the service that works them off."""

    queue_id: Annotated[str | None, Wire(None), Immutable(), ObjectId] = None
    """Id of the queue; may be left out where the bucket has one such queue."""
    state: Literal["Active", "Paused"] = "Active"
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    on_delete: Annotated[Literal["leave", "restore"] | None, Wire(None), ServerDefault("leave")] = None
    """What destroying the resource does to the queue: leave its settings, or restore the ones found at first."""
    max_size: Annotated[int | None, Computed()] = None
    """How many jobs may wait."""
    max_concurrent: Annotated[int | None, Computed()] = None
    """How many jobs run at once."""


class UrlNotifyConfig(Node):
    """Where and when a speech or document queue reports: an HTTP address. Source: 054, 087."""

    state: Literal["On", "Off"] | None = None
    """Whether anything is sent at all."""
    event: Annotated[list[Annotated[str, EventName]] | None, Joined(), Unordered()] = None
    """What is reported, such as `TransCodingFinish`; the pages list no values."""
    type: Literal["Url"] | None = None
    """Where reports go; there is one kind."""
    url: Annotated[str | None, Limited, PerEnvironment("callback_url")] = None
    """Address that receives the report by POST."""
