"""Picture processing templates: an image-processing rule for the picture nodes of workflows."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._fragments import StyleBody, Template, template
from pulumi_ci.model.marks import ServerDefault


class PicProcessTemplate(Template):
    """A rule that a workflow applies to pictures, such as screenshots."""

    slug = "pic-process-template"
    pages = ("436/67225", "436/67228", 178, 179)
    api = template("PicProcess", body="PicProcess")

    is_pic_info: Annotated[bool | None, ServerDefault(False)] = None
    """Whether the result also tells about the original picture."""
    process_rule: Annotated[str, StyleBody]
    """Image processing, such as `imageMogr2/rotate/90`; write it with `pulumi_ci.image` or as a string."""
