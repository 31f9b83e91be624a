"""The queues of media processing, made by the service itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import NotifyConfig, Words
from pulumi_ci.kinds._queue import Queue, queue
from pulumi_ci.model.marks import Immutable, Length, PerEnvironment, ServerFilled, Wire


class MediaQueue(Queue):
    """Takes over a media queue that exists already and keeps its settings."""

    slug = "media-queue"
    pages = (72, 73)
    api = replace(
        queue("/queue"),
        select="category",
        select_element="Category",
        select_default="Transcoding",
        query={"category": "CateAll"},
    )

    category: Annotated[Literal["Transcoding", "SpeedTranscoding"] | None, Wire(None), Immutable()] = None
    """Which of the bucket's media queues: ordinary (assumed when left out) or speed transcoding."""
    name: Annotated[str, Words, Length(128), PerEnvironment("name")]
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: Annotated[NotifyConfig | None, ServerFilled()] = None
    """Where finished jobs are reported; left as it is when not given."""
