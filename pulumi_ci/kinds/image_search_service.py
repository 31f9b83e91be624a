"""The image search service of a bucket."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Form, Switch
from pulumi_ci.model.marks import Fixed, Range, ServerDefault


class ImageSearchService(SwitchedKind):
    """Switches image search on for a bucket. Nothing reads, changes or removes it, so drift cannot be seen.

    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    """

    slug = "image-search-service"
    pages = (55,)
    api = Switch(
        on=Call("POST", "/ImageSearchBucket"),
        off=None,
        read=None,
        form=Form(),
        host="ci",
        opens="service",
        console="Cloud Infinite, the bucket, image search",
    )

    max_capacity: Annotated[int, Range(ge=1, unit="pictures"), Fixed()]
    """How many pictures the gallery may hold."""
    max_qps: Annotated[int | None, Range(ge=1, unit="calls a second"), ServerDefault(10), Fixed()] = None
    """How many searches a second are served."""
