"""Super-resolution templates: videos made larger and sharper."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.model.marks import ServerDefault
from pulumi_ci.model.node import Node


class SuperResolutionBody(Node):
    """How the resolution is raised. Source: 120, 169."""

    resolution: Literal["sdtohd", "hdto4k"]
    """From standard definition to HD, or from HD to 4K."""
    enable_scale_up: Annotated[bool | None, ServerDefault(False)] = None
    """Whether the picture is scaled automatically."""
    version: Annotated[Literal["Base", "Enhance"] | None, ServerDefault("Base")] = None
    """Version of the method."""


class SuperResolutionTemplate(SuperResolutionBody, Template):
    """A recipe that raises the resolution of a video."""

    slug = "super-resolution-template"
    pages = (169, 184, 178, 179)
    api = template("SuperResolution", answers=("SuperResolution", ""))
