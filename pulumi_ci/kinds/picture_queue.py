"""The queue of picture processing, made by the service itself."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._fragments import NotifyConfig, Words
from pulumi_ci.kinds._queue import Queue, queue
from pulumi_ci.model.marks import Length, PerEnvironment, ServerFilled


class PictureQueue(Queue):
    """Takes over the picture queue of a bucket and keeps its settings."""

    slug = "picture-queue"
    pages = (45, 46)
    api = queue("/picqueue")

    name: Annotated[str, Words, Length(128), PerEnvironment("name")]
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: Annotated[NotifyConfig | None, ServerFilled()] = None
    """Where finished jobs are reported; left as it is when not given."""
