"""The speech recognition service of a bucket."""

from __future__ import annotations

from pulumi_ci.kinds._service import Service, service


class SpeechService(Service):
    """Switches speech recognition on for a bucket.

    The pages document only how to look; switching on and off are calls of the official SDK.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    """

    slug = "speech-service"
    pages = (64,)
    api = service("/asrbucket", "AsrBucketList")
