"""A value that the service is asked to choose: written as an empty element, read as left out."""

from __future__ import annotations

from typing import Annotated

import pytest

from pulumi_ci.kinds.video_process_template import VideoProcessTemplate
from pulumi_ci.model.conformance import problems
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.marks import Blank
from pulumi_ci.wire import xml

FORM = VideoProcessTemplate.api.form


def test_left_out_value_is_written_empty() -> None:
    root = xml.encode(VideoProcessTemplate, {"color_enhance": {"enable": True, "contrast": 60}}, FORM)
    assert [(child.tag, child.text) for child in root.findall("ColorEnhance/*")] == [
        ("Enable", "true"),
        ("Contrast", "60"),
        ("Correction", None),
        ("Saturation", None),
    ]


def test_block_that_is_left_out_stays_away() -> None:
    assert xml.encode(VideoProcessTemplate, {"color_enhance": {"enable": True}}, FORM).find("MsSharpen") is None


@pytest.mark.parametrize("wrap", ["<VideoProcess>{}</VideoProcess>", "{}"])
def test_empty_element_reads_as_left_out(wrap: str) -> None:
    body = wrap.format("<MsSharpen><Enable>true</Enable><SharpenLevel/></MsSharpen>")
    item = xml.parse(f"<Template><Tag>VideoProcess</Tag>{body}</Template>")
    assert xml.decode(VideoProcessTemplate, item, FORM) == ({"ms_sharpen": {"enable": True}}, {})


def test_only_leaves_that_may_be_left_out_can_be_blank() -> None:
    class Needed(Kind):
        """A kind without a slug, so it is registered nowhere."""

        level: Annotated[int, Blank()]
        """A level."""

    Needed.slug, Needed.pages, Needed.api = "needed", (174,), VideoProcessTemplate.api
    assert [problem for problem in problems(Needed) if "Blank" in problem] == [
        "Needed: level: Blank() is for leaves and blocks that may be left out"
    ]
