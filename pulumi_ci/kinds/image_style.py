"""Image styles: a name for a string of image processing."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._fragments import StyleBody
from pulumi_ci.model.api import Call, Form, Named
from pulumi_ci.model.kind import BucketKind
from pulumi_ci.model.marks import AutoName, Immutable, Matches


class ImageStyle(BucketKind):
    """A named image-processing rule of a bucket; write the body with `pulumi_ci.image` or as a string."""

    slug = "image-style"
    pages = (30, 31, 32)
    api = Named(
        put=Call("PUT", query="style"),
        delete=Call("DELETE", query="style"),
        read=Call("GET", query="style"),
        many="StyleRule",
        root="StyleList",
        key="style_name",
        delete_root="DeleteStyle",
        exists=("TemplateNameDuplicate", "1112"),  # 201 has no other code for a name that is taken
        read_root="GetStyle",
        missing=("-60967",),
        form=Form(root="AddStyle"),
    )

    style_name: Annotated[
        str,
        Immutable(),
        AutoName(separator="_"),
        Matches(r"[^\s\x00-\x1f\x7f-\x9f/!?&|<>]+", "characters other than blanks and / ! ? & | < >", "thumb50"),
    ]
    """Name in picture addresses, case-sensitive. Avoid the bucket's style separators (`-`, `_`, `/`, `!`)."""
    style_body: Annotated[str, StyleBody]
    """The rule, such as `imageMogr2/thumbnail/640x/quality/85`, without a leading `?`."""
