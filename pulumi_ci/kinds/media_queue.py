"""The queues of media processing, made by the service itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import NotifyConfig, Words
from pulumi_ci.model.api import Adopted, Form
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.marks import Computed, Immutable, Length, ServerDefault, ServerFilled, Wire


class MediaQueue(Kind):
    """Takes over a media queue that exists already and keeps its settings."""

    slug = "media-queue"
    pages = (72, 73)
    api = Adopted(
        path="/queue",
        id="QueueId",
        id_field="queue_id",
        one="Queue",
        many="QueueList",
        gone=("NonExistPIDs/QueueID", "NonExistPIDs"),
        select="category",
        select_element="Category",
        select_default="Transcoding",
        form=Form(ignored=("QueueId", "BucketId", "Category", "CreateTime", "UpdateTime")),
        query={"category": "CateAll"},
    )

    queue_id: Annotated[str | None, Wire(None), Immutable()] = None
    """Id of the queue; found by `category` when left out and the bucket has one of it."""
    category: Annotated[Literal["Transcoding", "SpeedTranscoding"] | None, Wire(None), Immutable()] = None
    """Which of the bucket's media queues: ordinary (assumed when left out) or speed transcoding."""
    name: Annotated[str, Words, Length(128)]
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    state: Literal["Active", "Paused"] = "Active"
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    notify_config: Annotated[NotifyConfig | None, ServerFilled()] = None
    """Where finished jobs are reported; left as it is when not given."""
    on_delete: Annotated[Literal["leave", "restore"] | None, Wire(None), ServerDefault("leave")] = None
    """What destroying the resource does to the queue: leave its settings, or restore the ones found at first."""
    max_size: Annotated[int | None, Computed()] = None
    """How many jobs may wait."""
    max_concurrent: Annotated[int | None, Computed()] = None
    """How many jobs run at once."""
