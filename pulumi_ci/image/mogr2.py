"""imageMogr2: scaling, cropping, turning, converting and filtering a picture."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pulumi_ci.image import base64url
from pulumi_ci.image.check import Step
from pulumi_ci.image.grammar import MOGR2, Interface
from pulumi_ci.image.pipeline import Stage, chosen, given
from pulumi_ci.image.vocabulary import Format, Gravity

_FITS = {"fit": "{}x{}", "shrink": "{}x{}>", "enlarge": "{}x{}<", "cover": "!{}x{}r", "exact": "{}x{}!"}
_AXES = {"both": "!{}p", "width": "!{}px", "height": "!x{}p"}


class Mogr2(Stage):
    """A segment of imageMogr2: `Mogr2().thumbnail(width=640).format("webp")`.

    Each operation goes in once. Whether their order inside one segment matters is not documented: where it does, make
    two segments and join them with a pipe. Input: at most 32 MB, 30000 pixels a side, 250 million pixels in all
    (frames counted in).
    """

    interface: ClassVar[Interface] = MOGR2

    def __init__(self) -> None:
        super().__init__()

    def thumbnail(
        self,
        width: int | None = None,
        height: int | None = None,
        how: Literal["fit", "shrink", "enlarge", "cover", "exact"] = "fit",
        *,
        pad: bool = False,
        color: str | None = None,
    ) -> Mogr2:
        """Scale to a size in pixels, each side in 1..9999. Source: 010.

        With one side the other follows in proportion. With both, `how` says what they mean: "fit" inside them, "shrink"
        or "enlarge" the same but in this direction only, "cover" them, or "exact" without keeping the proportions.
        `pad` fills the rest of width x height with `color` (`#RRGGBB`, default #FFFFFF), the picture in the middle;
        it needs both sides and one of fit, shrink, enlarge.
        """
        size = chosen("how", how, _FITS).format(_or_nothing(width), _or_nothing(height))
        return self._add(
            *given(thumbnail=size, pad="1" if pad else None, color=None if color is None else base64url.encode(color))
        )

    def thumbnail_percent(self, percent: int, axis: Literal["both", "width", "height"] = "both") -> Mogr2:
        """Scale both sides, or one alone, to `percent` of the source, in 1..1000 (our range). Source: 010."""
        return self._add(Step("thumbnail", chosen("axis", axis, _AXES).format(percent)))

    def thumbnail_area(self, pixels: int) -> Mogr2:
        """Scale in proportion to at most `pixels` in all, in 1..99980001 (our range). Source: 010."""
        return self._add(Step("thumbnail", f"{pixels}@"))

    def cut(self, width: int, height: int, dx: int = 0, dy: int = 0) -> Mogr2:
        """Cut out width x height pixels (each in 1..9999), `dx` right and `dy` down from the top left corner.

        The page wants offsets above 0; 0 is taken as allowed. All must lie inside the source. Source: 011.
        """
        return self._add(Step("cut", f"{width}x{height}x{dx}x{dy}"))

    def crop(self, width: int | None = None, height: int | None = None, gravity: Gravity | None = None) -> Mogr2:
        """Scale, then crop to width x height pixels, each in 1..9999 and below the source's side. Source: 011.

        A side left out stays as it is. `gravity` is the part to keep; its default is not documented.
        """
        size = f"{_or_nothing(width)}x{_or_nothing(height)}"
        return self._add(*given(crop=size, gravity=gravity))

    def iradius(self, radius: int) -> Mogr2:
        """Cut out the circle of `radius` pixels about the centre: at least 1, below half the shorter side. Not for GIF.

        Source: 011.
        """
        return self._add(Step("iradius", str(radius)))

    def rradius(self, radius: int) -> Mogr2:
        """Round the corners with `radius` pixels: at least 1, below half the shorter side. Not for GIF. Source: 011."""
        return self._add(Step("rradius", str(radius)))

    def scrop(self, width: int, height: int) -> Mogr2:
        """Scale and crop to width x height pixels (each in 1..9999) around the faces; without one, nothing happens.

        Source: 011.
        """
        return self._add(Step("scrop", f"{width}x{height}"))

    def rotate(self, degree: int) -> Mogr2:
        """Turn clockwise by `degree`, in 0..360. Source: 012."""
        return self._add(Step("rotate", str(degree)))

    def auto_orient(self) -> Mogr2:
        """Turn upright by the EXIF orientation; of use before a format that drops EXIF, such as webp. Source: 012."""
        return self._add(Step("auto-orient"))

    def flip(self, axis: Literal["vertical", "horizontal"]) -> Mogr2:
        """Mirror the picture. Source: 012."""
        return self._add(Step("flip", axis))

    def format(self, format: Format) -> Mogr2:
        """Convert; the default is the source's format. Source: 013, 036-041.

        heif, tpg, avif and svgc need "advanced image compression" on the bucket, a switch of the console, and are
        billed as such. svgc takes SVG and gives SVG: it must be the only operation of the body (our reading).
        """
        return self._add(Step("format", format))

    def cgif(self, frames: int) -> Mogr2:
        """Reduce the frames and colours of a GIF source to `frames`, in 1..100; 1 means 30 frames. Source: 013."""
        return self._add(Step("cgif", str(frames)))

    def interlace(self, on: bool = True) -> Mogr2:
        """Write a progressive JPG; without effect for other formats. Default: off. Source: 013."""
        return self._add(Step("interlace", _bit(on)))

    def quality(self, quality: int, *, force: bool = False) -> Mogr2:
        """Quality in 0..100: the smaller of this and the source's, or exactly this with `force`. Source: 014.

        For jpg, webp, tpg, heif and avif. Only one of quality, rquality, lquality.
        """
        return self._add(Step("quality", f"{quality}!" if force else str(quality)))

    def rquality(self, quality: int) -> Mogr2:
        """Quality in percent of the source's, in 0..100: 80 of a source with 80 gives 64. Source: 014."""
        return self._add(Step("rquality", str(quality)))

    def lquality(self, quality: int) -> Mogr2:
        """Raise the quality to at least this, in 0..100. Source: 014."""
        return self._add(Step("lquality", str(quality)))

    def blur(self, radius: float, sigma: float) -> Mogr2:
        """Gaussian blur: `radius` in 1..50, standard deviation `sigma` above 0. Source: 015."""
        return self._add(Step("blur", f"{_plain(radius)}x{_plain(sigma)}"))

    def bright(self, value: int) -> Mogr2:
        """Brighter (above 0) or darker (below), in -100..100. Source: 016."""
        return self._add(Step("bright", str(value)))

    def contrast(self, value: int) -> Mogr2:
        """More contrast (above 0) or less (below), in -100..100. Source: 017."""
        return self._add(Step("contrast", str(value)))

    def sharpen(self, value: int) -> Mogr2:
        """Sharpen, in 10..300; 70 is recommended. Source: 018."""
        return self._add(Step("sharpen", str(value)))

    def grayscale(self, on: bool = True) -> Mogr2:
        """Turn grey. Source: 019."""
        return self._add(Step("grayscale", _bit(on)))

    def strip(self) -> Mogr2:
        """Remove the metadata, EXIF included. Source: 025."""
        return self._add(Step("strip"))

    def size_limit(self, size: int, unit: Literal["k", "m"] = "k", *, only_smaller: bool = False) -> Mogr2:
        """Limit the size of a JPG result, at least 1, in kilobytes (k) or megabytes (m). Source: 028.

        `only_smaller` gives back the source when the result is not smaller than it. Works best with `strip`.
        """
        return self._add(Step("size-limit", f"{size}{unit}{'!' if only_smaller else ''}"))

    def ignore_error(self) -> Mogr2:
        """Give back the source when processing fails, for example because it is too large. Source: 010-019, 025, 028.

        Always written last.
        """
        return self._add(Step("ignore-error", "1"))


def _bit(on: bool) -> str:
    return "1" if on else "0"


def _or_nothing(side: int | None) -> str:
    return "" if side is None else str(side)


def _plain(number: float) -> str:
    """A number without exponent."""
    return format(Decimal(str(number)), "f")
