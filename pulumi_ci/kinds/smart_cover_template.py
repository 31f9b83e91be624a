"""Smart-cover templates: pictures of a video that make good covers."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Pixels, Template, template
from pulumi_ci.model.marks import Range, ServerDefault


class SmartCoverTemplate(Template):
    """A recipe for covers that the service picks from a video."""

    slug = "smart-cover-template"
    pages = (177, 192, 178, 179)
    api = template("SmartCover", body="SmartCover")

    format: Annotated[Literal["jpg", "png", "webp"] | None, ServerDefault("jpg")] = None
    """Format of the pictures."""
    width: Annotated[int | None, Pixels] = None
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: Annotated[int | None, Pixels] = None
    """Height; alone, the width scales with it."""
    count: Annotated[int | None, Range(1, 10), ServerDefault(3)] = None
    """How many covers."""
    delete_duplicates: Annotated[bool | None, ServerDefault(False)] = None
    """Whether covers that look alike are dropped."""
