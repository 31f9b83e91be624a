"""The queue of document processing, made by the service itself."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._queue import Limited, Queue, UrlNotifyConfig, queue
from pulumi_ci.model.marks import PerEnvironment, ServerFilled


class DocumentQueue(Queue):
    """Takes over the document queue of a bucket and keeps its settings."""

    slug = "document-queue"
    pages = (86, 87)
    api = queue("/docqueue", id_in_body="QueueID")

    name: Annotated[str, Limited, PerEnvironment("name")]
    """Name of the queue."""
    notify_config: Annotated[UrlNotifyConfig | None, ServerFilled()] = None
    """Where finished jobs are reported; left as it is when not given."""
