"""The AI content recognition service of a bucket."""

from __future__ import annotations

from pulumi_ci.kinds._service import Service, service


class AiRecognitionService(Service):
    """Switches AI content recognition on for a bucket, which also makes its queue.

    The pages document no call to switch it off; the official SDK has one, which is used.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    """

    slug = "ai-recognition-service"
    pages = (61, 62)
    api = service("/ai_bucket", "AiBucketList")
