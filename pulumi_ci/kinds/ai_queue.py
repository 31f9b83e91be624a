"""The queue of AI content recognition, made by the service itself."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._fragments import NotifyConfig, Words
from pulumi_ci.kinds._queue import Queue, queue
from pulumi_ci.model.marks import Length, PerEnvironment, ServerFilled


class AiQueue(Queue):
    """Takes over the AI recognition queue of a bucket and keeps its settings."""

    slug = "ai-queue"
    pages = (59, 60)
    api = queue("/ai_queue")

    name: Annotated[str, Words, Length(128), PerEnvironment("name")]
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: Annotated[NotifyConfig | None, ServerFilled()] = None
    """Where finished jobs are reported; left as it is when not given."""
