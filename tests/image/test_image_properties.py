"""Properties of rules over generated ones: what is built reads back equal, and spelling does not change the meaning."""

import random
from collections.abc import Callable
from typing import cast, get_args
from urllib.parse import quote

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pulumi_ci import image
from pulumi_ci.image import BlindWatermark, ImageWatermark, Mogr2, Pipeline, Stage, TextWatermark, View2

sides = st.integers(1, 9999)
percents = st.integers(0, 100)
flags = st.booleans()
gravities = cast(st.SearchStrategy[image.Gravity], st.sampled_from(get_args(image.Gravity)))
colors = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
urls = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1).map(lambda path: f"http://host/{path}")
decimals = st.decimals(1, 50, places=3).map(float)

Change = Callable[[Mogr2], Mogr2]


def sized(width: int, height: int, form: int) -> Change:
    sizes: list[Change] = [
        lambda stage: stage.thumbnail(width),
        lambda stage: stage.thumbnail(height=height),
        lambda stage: stage.thumbnail(width, height, "fit"),
        lambda stage: stage.thumbnail(width, height, "shrink", pad=True),
        lambda stage: stage.thumbnail(width, height, "enlarge", pad=True, color="#00FF7F"),
        lambda stage: stage.thumbnail(width, height, "cover"),
        lambda stage: stage.thumbnail(width, height, "exact"),
        lambda stage: stage.thumbnail_percent(width % 1000 + 1, "height"),
        lambda stage: stage.thumbnail_area(width * height),
    ]
    return sizes[form]


def cropped(width: int, height: int, gravity: image.Gravity, form: int) -> Change:
    crops: list[Change] = [
        lambda stage: stage.cut(width, height, width, height),
        lambda stage: stage.crop(width, gravity=gravity),
        lambda stage: stage.crop(width, height),
        lambda stage: stage.iradius(width),
        lambda stage: stage.rradius(width),
        lambda stage: stage.scrop(width, height),
    ]
    return crops[form]


def of_quality(quality: int, form: int) -> Change:
    qualities: list[Change] = [
        lambda stage: stage.quality(quality),
        lambda stage: stage.quality(quality, force=True),
        lambda stage: stage.rquality(quality),
        lambda stage: stage.lquality(quality),
    ]
    return qualities[form]


def blurred(radius: float, sigma: float) -> Change:
    return lambda stage: stage.blur(radius, sigma)


def limited(size: int, megabytes: bool, only_smaller: bool) -> Change:
    return lambda stage: stage.size_limit(size, "m" if megabytes else "k", only_smaller=only_smaller)


def simple(value: int) -> list[Change]:
    """Operations of one number, each used at most once."""
    return [
        lambda stage: stage.rotate(value % 361),
        lambda stage: stage.auto_orient(),
        lambda stage: stage.flip("horizontal" if value % 2 else "vertical"),
        lambda stage: stage.format("png" if value % 2 else "heif"),
        lambda stage: stage.cgif(value % 100 + 1),
        lambda stage: stage.interlace(bool(value % 2)),
        lambda stage: stage.bright(value % 201 - 100),
        lambda stage: stage.contrast(value % 201 - 100),
        lambda stage: stage.sharpen(value % 291 + 10),
        lambda stage: stage.grayscale(bool(value % 2)),
        lambda stage: stage.strip(),
        lambda stage: stage.ignore_error(),
    ]


@st.composite
def mogr2(draw: st.DrawFn) -> Mogr2:
    changes = [
        draw(st.builds(sized, sides, sides, st.integers(0, 8))),
        draw(st.builds(cropped, sides, sides, gravities, st.integers(0, 5))),
        draw(st.builds(of_quality, percents, st.integers(0, 3))),
        draw(st.builds(blurred, decimals, decimals)),
        draw(st.builds(limited, sides, flags, flags)),
        *simple(draw(st.integers(0, 1000))),
    ]
    stage = Mogr2()
    for index in draw(st.lists(st.integers(0, len(changes) - 1), unique=True, min_size=1)):
        stage = changes[index](stage)
    return stage


@st.composite
def placed(draw: st.DrawFn) -> dict[str, object]:
    """Placement arguments that do not contradict each other."""
    tile = draw(flags)
    gravity = draw(st.none() | gravities)
    return {
        "gravity": gravity,
        "dx": None if gravity in ("center", "north", "south") else draw(st.none() | st.integers(0, 500)),
        "dy": None if gravity in ("center", "west", "east") else draw(st.none() | st.integers(0, 500)),
        "tile": tile,
        "degree": draw(st.none() | st.integers(0, 360)) if tile else None,
        "opacity": draw(st.none() | st.integers(1, 100)),
    }


@st.composite
def text_watermarks(draw: st.DrawFn) -> TextWatermark:
    return TextWatermark(
        draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
        font=draw(st.none() | st.sampled_from(get_args(image.Font))),
        font_size=draw(st.none() | st.integers(1, 300)),
        color=draw(st.none() | colors),
        shadow=draw(st.none() | percents),
        **draw(placed()),  # type: ignore[arg-type]
    )


@st.composite
def image_watermarks(draw: st.DrawFn) -> ImageWatermark:
    scale_by = draw(st.sampled_from([None, "width", "height", "area"]))
    return ImageWatermark(
        draw(urls),
        oversize=draw(st.sampled_from([None, "scale", "crop"])),
        scale_by=scale_by,  # type: ignore[arg-type]
        permille=draw(st.integers(1, 250)) if scale_by else None,
        **draw(placed()),  # type: ignore[arg-type]
    )


views = st.builds(
    lambda mode, width, height, quality: View2(mode, width=width, height=height).quality(quality),
    st.sampled_from([1, 2, 3, 4, 5]),
    sides,
    st.none() | sides,
    percents,
)
blind_watermarks = st.one_of(
    st.builds(BlindWatermark.semi_blind, urls),
    st.builds(BlindWatermark.full_blind, urls, st.sampled_from([None, 1, 2, 3])),
    st.builds(BlindWatermark.text, st.from_regex(r"[0-9A-Za-z]+", fullmatch=True)),
)
stages: st.SearchStrategy[Stage] = st.one_of(mogr2(), views, text_watermarks(), image_watermarks(), blind_watermarks)
pipelines = st.lists(stages, min_size=1, max_size=10).map(lambda stages: Pipeline(tuple(stages)))

PIECES = [
    *"/|x!><@%?= -0159",
    *("imageMogr2", "imageView2", "watermark", "watermark/2/text/", "YQ", "strip", "quality", "thumbnail", "format"),
    *("crop", "gravity", "North", "pad", "webp", "%7C", "%2F", "%E4%B8", "50p", "w", "type", "image", "中"),
]


@given(pipelines)
def test_what_is_built_reads_back_equal(pipeline: Pipeline) -> None:
    body = str(pipeline)
    assert image.parse(body) == pipeline
    assert image.normal_form(body) == body
    assert image.validate(body) == ()


@given(pipelines, st.randoms(use_true_random=False))
def test_spelling_does_not_change_the_normal_form(pipeline: Pipeline, choice: random.Random) -> None:
    body = str(pipeline)
    respelled = "".join(f"%{ord(character):02X}" if choice.random() < 0.3 else character for character in body)
    assert image.normal_form(f" ?{respelled}/ ") == body
    assert image.normal_form(quote(body, safe="")) == body


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_any_text_is_either_read_or_explained(body: str) -> None:
    findings = image.validate(body)
    assert all(0 <= finding.position <= len(body) and finding.reason for finding in findings)
    failures = tuple(finding for finding in findings if finding.severity == "error")
    if failures:
        with pytest.raises(image.InvalidRule) as raised:
            image.normal_form(body)
        assert raised.value.failures == failures
    else:
        canonical = image.normal_form(body)
        assert image.normal_form(canonical) == canonical
        assert image.parse(canonical) == image.parse(body)
