"""The document preview service of a bucket."""

from __future__ import annotations

from pulumi_ci.kinds._service import Service, service


class DocumentService(Service):
    """Switches document preview on for a bucket, by a call of the official SDK; nothing is known to switch it off."""

    slug = "document-service"
    pages = (81,)
    api = service("/docbucket", "DocBucketList", off=False, console="Cloud Infinite, the bucket, document processing")
