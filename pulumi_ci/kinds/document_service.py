"""The document preview service of a bucket."""

from __future__ import annotations

from pulumi_ci.kinds._service import Service, service


class DocumentService(Service):
    """Switches document preview on for a bucket, by a call of the official SDK; nothing is known to switch it off.

    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    """

    slug = "document-service"
    pages = (81,)
    api = service("/docbucket", "DocBucketList", off=False, console="Cloud Infinite, the bucket, document processing")
