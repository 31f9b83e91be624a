"""Building style bodies: each method's spelling, as the pages' examples have it, and what the builder refuses."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any, cast

import pytest

from pulumi_ci import image
from pulumi_ci.image import BlindWatermark, ImageWatermark, Mogr2, Pipeline, Stage, TextWatermark, View2
from pulumi_ci.image.argument import Form

LOGO = "http://examplebucket-1250000000.cos.ap-shanghai.myqcloud.com/logo.png"
LOGO_64 = (
    "aHR0cDovL2V4YW1wbGVidWNrZXQtMTI1MDAwMDAwMC5jb3MuYXAtc2hhbmdoYWkubXlxY2xvdWQuY29tL2xvZ28ucG5n"  # of the page 020
)

BUILT: list[tuple[Stage | Pipeline, str]] = [
    (Mogr2().thumbnail(640), "imageMogr2/thumbnail/640x"),
    (Mogr2().thumbnail(height=480), "imageMogr2/thumbnail/x480"),
    (Mogr2().thumbnail(640, 480), "imageMogr2/thumbnail/640x480"),
    (Mogr2().thumbnail(640, 480, "shrink"), "imageMogr2/thumbnail/640x480>"),
    (Mogr2().thumbnail(640, 480, "enlarge"), "imageMogr2/thumbnail/640x480<"),
    (Mogr2().thumbnail(640, 480, "cover"), "imageMogr2/thumbnail/!640x480r"),
    (Mogr2().thumbnail(640, 480, "exact"), "imageMogr2/thumbnail/640x480!"),
    (
        Mogr2().thumbnail(600, 600, pad=True, color="#3D3D3D"),
        "imageMogr2/thumbnail/600x600/pad/1/color/IzNEM0QzRA",
    ),
    (Mogr2().thumbnail(600, 600, "shrink", pad=True), "imageMogr2/thumbnail/600x600>/pad/1"),
    (Mogr2().thumbnail_percent(50), "imageMogr2/thumbnail/!50p"),
    (Mogr2().thumbnail_percent(50, "width"), "imageMogr2/thumbnail/!50px"),
    (Mogr2().thumbnail_percent(50, "height"), "imageMogr2/thumbnail/!x50p"),
    (Mogr2().thumbnail_area(250000), "imageMogr2/thumbnail/250000@"),
    (Mogr2().cut(600, 600, 100, 10), "imageMogr2/cut/600x600x100x10"),
    (Mogr2().cut(600, 600), "imageMogr2/cut/600x600x0x0"),
    (Mogr2().crop(300, 400, "center"), "imageMogr2/crop/300x400/gravity/center"),
    (Mogr2().crop(300), "imageMogr2/crop/300x"),
    (Mogr2().crop(height=400), "imageMogr2/crop/x400"),
    (Mogr2().iradius(200), "imageMogr2/iradius/200"),
    (Mogr2().rradius(24).format("png"), "imageMogr2/rradius/24/format/png"),
    (Mogr2().scrop(100, 600), "imageMogr2/scrop/100x600"),
    (Mogr2().rotate(90), "imageMogr2/rotate/90"),
    (
        Mogr2().auto_orient().format("webp").quality(80),
        "imageMogr2/auto-orient/format/webp/quality/80",
    ),
    (Mogr2().flip("vertical"), "imageMogr2/flip/vertical"),
    (Mogr2().format("svgc"), "imageMogr2/format/svgc"),
    (Mogr2().format("svgc").ignore_error(), "imageMogr2/format/svgc/ignore-error/1"),
    (Mogr2().format("gif").cgif(50), "imageMogr2/format/gif/cgif/50"),
    (Mogr2().format("jpg").interlace(), "imageMogr2/format/jpg/interlace/1"),
    (Mogr2().interlace(False), "imageMogr2/interlace/0"),
    (Mogr2().quality(90, force=True), "imageMogr2/quality/90!"),
    (Mogr2().rquality(60), "imageMogr2/rquality/60"),
    (Mogr2().lquality(80), "imageMogr2/lquality/80"),
    (Mogr2().blur(8, 5), "imageMogr2/blur/8x5"),
    (Mogr2().blur(1.0, 0.5), "imageMogr2/blur/1x0.5"),
    (Mogr2().blur(1, 1e-7), "imageMogr2/blur/1x0.0000001"),
    (Mogr2().bright(-30), "imageMogr2/bright/-30"),
    (Mogr2().contrast(25), "imageMogr2/contrast/25"),
    (Mogr2().sharpen(70), "imageMogr2/sharpen/70"),
    (Mogr2().grayscale(), "imageMogr2/grayscale/1"),
    (Mogr2().grayscale(False), "imageMogr2/grayscale/0"),
    (Mogr2().strip().format("jpg").size_limit(15, only_smaller=True), "imageMogr2/strip/format/jpg/size-limit/15k!"),
    (Mogr2().format("jpg").size_limit(1, "m"), "imageMogr2/format/jpg/size-limit/1m"),
    (Mogr2().ignore_error().thumbnail(640), "imageMogr2/thumbnail/640x/ignore-error/1"),
    (View2(1, width=400, height=600).quality(85), "imageView2/1/w/400/h/600/q/85"),
    (View2(2, width=1280).format("webp").quality(75, force=True), "imageView2/2/w/1280/format/webp/q/75!"),
    (View2(5, width=1024, height=768).format("jpg").lquality(60), "imageView2/5/w/1024/h/768/format/jpg/lq/60"),
    (View2(4, height=8).rquality(70), "imageView2/4/h/8/rq/70"),
    (View2().format("png"), "imageView2/format/png"),
    (
        ImageWatermark(LOGO, gravity="northwest", dx=16, dy=16, opacity=70),
        f"watermark/1/image/{LOGO_64}/gravity/northwest/dx/16/dy/16/dissolve/70",
    ),
    (
        ImageWatermark(LOGO, scale_by="area", permille=250),
        f"watermark/1/image/{LOGO_64}/scatype/3/spcent/250",
    ),
    (
        ImageWatermark(LOGO, scale_by="width", permille=1000, oversize="scale"),
        f"watermark/1/image/{LOGO_64}/blogo/1/scatype/1/spcent/1000",
    ),
    (
        ImageWatermark(LOGO, scale_by="height", permille=1, oversize="crop"),
        f"watermark/1/image/{LOGO_64}/blogo/2/scatype/2/spcent/1",
    ),
    (ImageWatermark(LOGO, tile=True, degree=45), f"watermark/1/image/{LOGO_64}/batch/1/degree/45"),
    (
        TextWatermark(
            "© 2024", font="simhei黑体.ttf", font_size=24, color="#FF0000", gravity="south", dy=12, shadow=50
        ),
        "watermark/2/text/wqkgMjAyNA/font/c2ltaGVp6buR5L2TLnR0Zg/fontsize/24/fill/I0ZGMDAwMA/gravity/south/dy/12/shadow/50",
    ),
    (
        TextWatermark("测试水印", opacity=1, dx=0, tile=True, degree=0),
        "watermark/2/text/5rWL6K-V5rC05Y2w/dissolve/1/dx/0/batch/1/degree/0",
    ),
    (BlindWatermark.semi_blind(LOGO), f"watermark/3/type/1/image/{LOGO_64}"),
    (BlindWatermark.full_blind(LOGO, 3), f"watermark/3/type/2/image/{LOGO_64}/level/3"),
    (BlindWatermark.full_blind(LOGO), f"watermark/3/type/2/image/{LOGO_64}"),
    (BlindWatermark.text("user0042"), "watermark/3/type/3/text/dXNlcjAwNDI"),
    (
        Mogr2().auto_orient().strip() | Mogr2().thumbnail(1280, 1280, "shrink") | Mogr2().format("webp").quality(80),
        "imageMogr2/auto-orient/strip|imageMogr2/thumbnail/1280x1280>|imageMogr2/format/webp/quality/80",
    ),
    (
        View2(1, width=400, height=400) | (ImageWatermark(LOGO) | TextWatermark("© 2024", gravity="southwest")),
        f"imageView2/1/w/400/h/400|watermark/1/image/{LOGO_64}|watermark/2/text/wqkgMjAyNA/gravity/southwest",
    ),
]

untyped = cast(Any, image)
"""The package without its types: what mypy refuses must be refused at run time too."""

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: str(Mogr2()), "imageMogr2 has no operation"),
    (lambda: Mogr2() | Mogr2().strip(), "imageMogr2 has no operation"),
    (lambda: str(View2()), "imageView2 has no operation"),
    (lambda: str(BlindWatermark()), "watermark/3 needs type"),
    (lambda: Pipeline(()), "a pipeline needs at least one stage"),
    (lambda: Mogr2().thumbnail(), "'x' is not one of"),
    (lambda: Mogr2().thumbnail(640, how="shrink"), "'640x>' is not one of"),
    (lambda: Mogr2().thumbnail(0, 10000), "width 0 is not in 1..9999, height 10000 is not in 1..9999"),
    (lambda: Mogr2().thumbnail(600, pad=True), "pad/1 needs both sides"),
    (lambda: Mogr2().thumbnail(600, 600, "exact", pad=True), "pad/1 needs both sides"),
    (lambda: Mogr2().thumbnail(600, 600, color="#3D3D3D"), "color needs pad/1"),
    (lambda: Mogr2().thumbnail(600, 600, pad=True, color="red"), "holds 'red', not a colour like #FF0000"),
    (lambda: Mogr2().thumbnail_percent(1001), "scale 1001 should be in 1..1000"),
    (lambda: Mogr2().thumbnail_area(0), "area 0 should be in 1..99980001"),
    (lambda: Mogr2().thumbnail(5).thumbnail_percent(5), "thumbnail is written twice"),
    (lambda: Mogr2().cut(5, 5, -1), "dx -1 is not at least 0"),
    (lambda: Mogr2().crop(), "'x' is not one of"),
    (lambda: Mogr2().crop(5).scrop(5, 5), "only one of cut, crop, iradius, rradius, scrop"),
    (lambda: Mogr2().iradius(0), "radius 0 is not at least 1"),
    (lambda: Mogr2().rotate(361), "degree 361 is not in 0..360"),
    (lambda: Mogr2().quality(80).lquality(70), "only one of quality, rquality, lquality"),
    (lambda: Mogr2().quality(101, force=True), "quality 101 is not in 0..100"),
    (lambda: Mogr2().blur(8, float("nan")), "'8xNaN' is not one of <radius>x<sigma>"),
    (lambda: Mogr2().blur(8, float("inf")), "'8xInfinity' is not one of"),
    (lambda: Mogr2().size_limit(0), "size 0 should be at least 1"),
    (lambda: Mogr2().strip().format("svgc"), "no other operation goes with it"),
    (lambda: Mogr2().format("svgc") | TextWatermark("a"), "no other operation goes with it"),
    (lambda: View2(1), "a mode without w or h"),
    (lambda: View2(width=5), "w needs mode"),
    (lambda: View2().quality(5).rquality(5), "only one of q, rq, lq"),
    (lambda: ImageWatermark("https://a/b"), "holds 'https://a/b', not an address that begins with http://"),
    (lambda: ImageWatermark("http://a/b c"), "not an address"),
    (lambda: ImageWatermark(LOGO, permille=5), "spcent needs scatype"),
    (lambda: ImageWatermark(LOGO, scale_by="width"), "scatype needs spcent"),
    (lambda: ImageWatermark(LOGO, scale_by="area", permille=251), "spcent is at most 250"),
    (lambda: ImageWatermark(LOGO, degree=5), "degree needs batch/1"),
    (lambda: ImageWatermark(LOGO, dx=-1), "pixels -1 should be at least 0"),
    (lambda: ImageWatermark(LOGO, dx=1, gravity="center"), "dx has no effect"),
    (lambda: TextWatermark(""), "'' is not URL-safe Base64"),
    (lambda: TextWatermark("a", dy=1, gravity="east"), "dy has no effect"),
    (lambda: TextWatermark("a", color="#12345"), "not a colour"),
    (lambda: TextWatermark("a", shadow=101), "percent 101 is not in 0..100"),
    (lambda: BlindWatermark.text("数据"), "digits and Latin letters only"),
    (lambda: BlindWatermark.semi_blind("ftp://a"), "not an address"),
    # What a type checker would have said.
    (lambda: untyped.Mogr2().thumbnail(5, 5, "fill"), "how: 'fill' is none of fit, shrink, enlarge, cover, exact"),
    (
        lambda: untyped.Mogr2().thumbnail_percent(5, "widht"),
        "axis: 'widht' is none of both, width, height; did you mean",
    ),
    (lambda: untyped.Mogr2().quality(8.5), "quality 8.5 is not a whole number"),
    (lambda: untyped.Mogr2().quality(True), "'True' is not one of"),
    (lambda: untyped.Mogr2().rotate("9/strip"), "'9/strip' is not one of"),
    (lambda: untyped.Mogr2().format("webp|imageMogr2/strip"), "is none of jpg"),
    (lambda: untyped.Mogr2().format("svg"), "did you mean 'svgc'?"),
    (lambda: untyped.Mogr2().flip("diagonal"), "is none of vertical, horizontal"),
    (lambda: untyped.Mogr2().crop(5, 5, "middle"), "is none of northwest"),
    (lambda: untyped.Mogr2().size_limit(5, "g"), "'5g' is not one of"),
    (lambda: untyped.View2(6, width=5), "'6' is none of 1, 2, 3, 4, 5"),
    (lambda: untyped.View2().format("avif"), "'avif' is none of"),
    (lambda: untyped.ImageWatermark(LOGO, oversize="cut"), "oversize: 'cut' is none of scale, crop"),
    (lambda: untyped.ImageWatermark(LOGO, scale_by="hight", permille=5), "did you mean 'height'"),
    (lambda: untyped.TextWatermark("a", font="comic.ttf"), "not a font of the published list"),
    (lambda: untyped.BlindWatermark.full_blind(LOGO, 4), "level: '4' is none of 1, 2, 3"),
]


@pytest.mark.parametrize(("stage", "body"), BUILT, ids=[body for _, body in BUILT])
def test_built(stage: Stage | Pipeline, body: str) -> None:
    assert str(stage) == body
    assert image.parse(body) == (stage if isinstance(stage, Pipeline) else Pipeline((stage,)))
    assert image.validate(body) == ()


@pytest.mark.parametrize(("build", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_refused(build: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        build()
    assert reason in str(raised.value)


def test_every_method_is_built_here() -> None:
    spelled = "|".join(body for _, body in BUILT)
    for stage in (Mogr2, View2, ImageWatermark, TextWatermark, BlindWatermark):
        for option in stage.interface.words:
            if not option.doubt:
                assert f"/{option.word}" in spelled, option.word


def test_all_failures_of_one_call_are_told_together() -> None:
    with pytest.raises(image.InvalidRule) as raised:
        TextWatermark("a", color="red", opacity=0, degree=400)
    assert [failure.position for failure in raised.value.failures] == [20, 30, 41]


def test_eleven_stages_are_too_many() -> None:
    ten: Stage | Pipeline = Mogr2().strip()
    for _ in range(9):
        ten = ten | TextWatermark("a")
    assert str(ten).count("|") == 9
    with pytest.raises(image.InvalidRule, match=r"segment 11, position \d+: more than 10 segments"):
        ten | Mogr2().strip()


def test_stages_are_values() -> None:
    plain = Mogr2().thumbnail(640)
    converted = plain.format("webp")
    assert str(plain) == "imageMogr2/thumbnail/640x"
    assert plain == Mogr2().thumbnail(640) != converted
    assert {plain, Mogr2().thumbnail(640)} == {plain}
    read: list[Stage] = [View2().format("png"), Mogr2().format("png")]
    assert read[0] != read[1]
    with pytest.raises(FrozenInstanceError):
        plain.steps = ()  # type: ignore[misc]


def test_a_stage_joins_only_stages() -> None:
    with pytest.raises(TypeError):
        Mogr2().strip() | "imageMogr2/strip"  # type: ignore[operator]


def test_a_doubtful_stage_that_was_read_cannot_be_built_on() -> None:
    [doubtful] = image.parse("imageMogr2/crop/5x/rradius/9").stages
    assert isinstance(doubtful, Mogr2)
    with pytest.raises(image.InvalidRule, match="only one of cut, crop"):
        doubtful.strip()


def test_a_stage_that_was_read_can_be_built_on() -> None:
    [stage] = image.parse("imageMogr2/ignore-error/1/strip").stages
    assert isinstance(stage, Mogr2)
    assert str(stage) == "imageMogr2/ignore-error/1/strip"
    assert str(stage.format("webp")) == "imageMogr2/strip/format/webp/ignore-error/1"


def test_docstrings_give_the_ranges_and_pages_of_the_grammar() -> None:
    for stage in (Mogr2, View2, ImageWatermark, TextWatermark, BlindWatermark):
        members = [member for name, member in vars(stage).items() if not name.startswith("_")]
        words = "\n".join([stage.__doc__ or "", *(getattr(member, "__doc__", None) or "" for member in members)])
        for option in stage.interface.words:
            if option.doubt:
                continue
            assert option.source in words, option
            if isinstance(option.argument, Form):
                for number in option.argument.numbers.values():
                    limits = f"{number.low}..{number.high}" if number.high is not None else f"{number.low}"
                    assert limits in words, option
