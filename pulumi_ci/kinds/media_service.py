"""The media processing service of a bucket."""

from __future__ import annotations

from pulumi_ci.kinds._service import Service, service


class MediaService(Service):
    """Switches media processing on for a bucket, which also makes its queues. Switching off keeps the files.

    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    """

    slug = "media-service"
    pages = (66, 67, 68, 69, 70, 71)
    api = service("/mediabucket", "MediaBucketList")
