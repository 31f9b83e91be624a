"""The grammar of a style body, each fact once: interfaces, their words, arguments, and rules between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from pulumi_ci.image.argument import Argument, Choice, Encoded, Form, Number, Reading
from pulumi_ci.image.rule import Rule, needs, no_effect, one_of
from pulumi_ci.image.vocabulary import Font, Format, Gravity, ViewFormat

MAX_SEGMENTS = 10
"""Segments of one body. The page allows ten layers of pipes; ten segments is the safe reading. Source: 027."""


@dataclass(frozen=True)
class Option:
    """A word of an interface; `argument` is None when nothing follows it, `source` is the page that describes it."""

    word: str
    source: str
    argument: Argument | None = None
    doubt: str = ""
    """Why the word itself is doubtful here."""

    def read(self, text: str | None) -> Reading:
        """`text` in its canonical spelling, with what speaks against it."""
        reading = Reading("") if self.argument is None or text is None else self.argument.read(text)
        if self.doubt and not reading.severity:
            return Reading(reading.text, self.doubt, "warning")
        return reading


@dataclass(frozen=True)
class Interface:
    """A processing interface: the first part of a segment."""

    name: str
    words: tuple[Option, ...]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    leading: Option | None = None
    """An option whose argument stands right behind the name, without the word."""

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """The options by their words."""
        return {option.word: option for option in self.words}

    def option(self, word: str) -> Option:
        """The option of `word`, be it written or the leading one."""
        return self.leading if self.leading and self.leading.word == word else self.options[word]


def _pad_without_sides(arguments: Mapping[str, str]) -> str | None:
    both_sides = re.fullmatch(r"\d+x\d+[<>]?", arguments.get("thumbnail", ""))
    return "pad" if arguments.get("pad") == "1" and not both_sides else None


def _mode_without_side(arguments: Mapping[str, str]) -> str | None:
    return "mode" if "mode" in arguments and not arguments.keys() & {"w", "h"} else None


def _share_of_area(arguments: Mapping[str, str]) -> str | None:
    too_large = arguments.get("scatype") == "3" and int(arguments.get("spcent", "0")) > 250
    return "spcent" if too_large else None


_SIDE = Number(1, 9999)
_AT_LEAST_0 = Number(0, ours=True)
_AT_LEAST_1 = Number(1, ours=True)
_SIDES = Form("{width}x{height}", width=_SIDE, height=_SIDE)
_GEOMETRY = Form(
    "!{scale}p",
    "!{scale}px",
    "!x{scale}p",
    "{width}x",
    "x{height}",
    "{width}x{height}",
    "{width}x{height}>",
    "{width}x{height}<",
    "!{width}x{height}r",
    "{width}x{height}!",
    "{area}@",
    scale=Number(1, 1000, ours=True),
    width=_SIDE,
    height=_SIDE,
    area=Number(1, 9999 * 9999, ours=True),
)
# The page wants offsets above 0, which would forbid a cut along the edge; 0 is taken as allowed.
_CUT = Form("{width}x{height}x{dx}x{dy}", width=_SIDE, height=_SIDE, dx=Number(0), dy=Number(0))
_CROP = Form("{width}x", "x{height}", "{width}x{height}", width=_SIDE, height=_SIDE)
_RADIUS = Form("{radius}", radius=Number(1))
_DEGREE = Form("{degree}", degree=Number(0, 360))
_QUALITY = Form("{quality}", "{quality}!", quality=Number(0, 100))
_PLAIN_QUALITY = Form("{quality}", quality=Number(0, 100))
_BLUR = Form("{radius}x{sigma}", radius=Number(1, 50, whole=False), sigma=Number(0, above=True, whole=False))
_SIGNED = Form("{value}", value=Number(-100, 100))
_SIZE = Form("{size}k", "{size}m", "{size}k!", "{size}m!", unclear=("{size}", "{size}!"), size=_AT_LEAST_1)
_BIT = Choice(("0", "1"))
_ON = Choice(("1",))
_TILE = Choice(("1",), unclear=("0",))
_GRAVITY = Choice(get_args(Gravity), any_case=True)
_MARGIN = Form("{pixels}", pixels=_AT_LEAST_0)
_OPACITY = Form("{percent}", percent=Number(1, 100))
_TEXT = Encoded()
_COLOR = Encoded(r"#[0-9A-Fa-f]{6}", "a colour like #FF0000", lenient=False)
_URL = Encoded(r"http://\S+", "an address that begins with http://")
_FONT = Encoded("|".join(map(re.escape, get_args(Font))), "a font of the published list")
_LETTERS = Encoded(r"[0-9A-Za-z]+", "digits and Latin letters only", lenient=False)
_IGNORE_ERROR_ELSEWHERE = Option("ignore-error", "010", _ON, "is documented for imageMogr2 only")

MOGR2 = Interface(
    "imageMogr2",
    (
        Option("thumbnail", "010", _GEOMETRY),
        Option("pad", "010", _BIT),
        Option("color", "010", _COLOR),
        Option("cut", "011", _CUT),
        Option("crop", "011", _CROP),
        Option("gravity", "011", _GRAVITY),
        Option("iradius", "011", _RADIUS),
        Option("rradius", "011", _RADIUS),
        Option("scrop", "011", _SIDES),
        Option("rotate", "012", _DEGREE),
        Option("auto-orient", "012"),
        Option("flip", "012", Choice(("vertical", "horizontal"))),
        Option("format", "013", Choice(get_args(Format))),
        Option("cgif", "013", Form("{frames}", frames=Number(1, 100))),
        Option("interlace", "013", _BIT),
        Option("quality", "014", _QUALITY),
        Option("rquality", "014", _PLAIN_QUALITY),
        Option("lquality", "014", _PLAIN_QUALITY),
        Option("blur", "015", _BLUR),
        Option("bright", "016", _SIGNED),
        Option("contrast", "017", _SIGNED),
        Option("sharpen", "018", Form("{value}", value=Number(10, 300))),
        Option("grayscale", "019", _BIT),
        Option("strip", "025"),
        Option("size-limit", "028", _SIZE),
        Option("ignore-error", "010", _ON),
    ),
    rules=(
        Rule(("pad", "thumbnail"), _pad_without_sides, "pad/1 needs both sides: thumbnail/<width>x<height>"),
        needs("color", "pad", "1"),
        needs("gravity", "crop"),
        one_of("cut", "crop", "iradius", "rradius", "scrop"),
        one_of("quality", "rquality", "lquality"),
    ),
)

VIEW2 = Interface(
    "imageView2",
    (
        Option("w", "026", Form("{width}", width=_SIDE)),
        Option("h", "026", Form("{height}", height=_SIDE)),
        Option("format", "026", Choice(get_args(ViewFormat))),
        Option("q", "026", _QUALITY),
        Option("rq", "026", _PLAIN_QUALITY),
        Option("lq", "026", _PLAIN_QUALITY),
        _IGNORE_ERROR_ELSEWHERE,
    ),
    rules=(
        Rule(("mode", "w", "h"), _mode_without_side, "a mode without w or h has nothing to scale to", "warning"),
        needs("w", "mode", severity="error"),
        needs("h", "mode", severity="error"),
        one_of("q", "rq", "lq"),
    ),
    leading=Option("mode", "026", Choice(("1", "2", "3", "4", "5"))),
)

_PLACEMENT = (
    needs("degree", "batch", "1"),
    no_effect("dx", "gravity", "center", "north", "south"),
    no_effect("dy", "gravity", "center", "west", "east"),
)

IMAGE_WATERMARK = Interface(
    "watermark/1",
    (
        Option("image", "020", _URL),
        Option("gravity", "020", _GRAVITY),
        Option("dx", "020", _MARGIN),
        Option("dy", "020", _MARGIN),
        Option("blogo", "020", Choice(("1", "2"))),
        Option("scatype", "020", Choice(("1", "2", "3"))),
        Option("spcent", "020", Form("{permille}", permille=Number(1, 1000))),
        Option("dissolve", "020", _OPACITY),
        Option("batch", "020", _TILE),
        Option("degree", "020", _DEGREE),
        _IGNORE_ERROR_ELSEWHERE,
    ),
    required=("image",),
    rules=(
        needs("spcent", "scatype"),
        needs("scatype", "spcent"),
        Rule(("spcent", "scatype"), _share_of_area, "spcent is at most 250 with scatype/3"),
        *_PLACEMENT,
    ),
)

TEXT_WATERMARK = Interface(
    "watermark/2",
    (
        Option("text", "021", _TEXT),
        Option("font", "029", _FONT),
        Option("fontsize", "021", Form("{points}", points=_AT_LEAST_1)),
        Option("fill", "021", _COLOR),
        Option("dissolve", "021", _OPACITY),
        Option("gravity", "021", _GRAVITY),
        Option("dx", "021", _MARGIN),
        Option("dy", "021", _MARGIN),
        Option("batch", "021", _TILE),
        Option("degree", "021", _DEGREE),
        Option("shadow", "021", Form("{percent}", percent=Number(0, 100))),
        _IGNORE_ERROR_ELSEWHERE,
    ),
    required=("text",),
    rules=_PLACEMENT,
)

BLIND_WATERMARK = Interface(
    "watermark/3",
    (
        Option("type", "043", Choice(("1", "2", "3"))),
        Option("image", "043", _URL),
        Option("text", "043", _LETTERS),
        Option("level", "043", Choice(("1", "2", "3"))),
    ),
    required=("type",),
    rules=(
        needs("type", "image", when=("1", "2"), severity="error"),
        needs("type", "text", when=("3",), severity="error"),
        needs("image", "type", "1", "2"),
        needs("text", "type", "3"),
        needs("level", "type", "2"),
    ),
)

NOT_IN_A_STYLE = {
    "watermark/4": "extracts a blind watermark; it works in Pic-Operations only (page 043)",
    "imageInfo": "is a query that answers with JSON, not an operation (page 022)",
    "exif": "is a query that answers with JSON, not an operation (page 023)",
    "imageAve": "is a query that answers with JSON, not an operation (page 024)",
    "style": "refers to a stored style; it works in Pic-Operations only (page 042)",
}
"""First words that the documents know and a style body excludes, with the reason."""
