"""Watermarks: a picture, a text, or an invisible mark."""

from __future__ import annotations

from typing import ClassVar, Literal

from pulumi_ci.image import base64url
from pulumi_ci.image.check import Step
from pulumi_ci.image.grammar import BLIND_WATERMARK, IMAGE_WATERMARK, TEXT_WATERMARK, Interface
from pulumi_ci.image.pipeline import Stage, chosen, given
from pulumi_ci.image.vocabulary import Font, Gravity

_FITS = {"scale": "1", "crop": "2"}
_SIDES = {"width": "1", "height": "2", "area": "3"}


class ImageWatermark(Stage):
    """A picture as watermark (watermark/1). Source: 020.

    - `url`: address of the mark, in clear. It begins with `http://`, not https, lies in the same bucket under its COS
      domain, and can be read (a private one carries its signature). Not animated.
    - `gravity`: where it goes; default southeast.
    - `dx`, `dy`: margins in pixels, at least 0 (our range), default 0. dx does nothing with center, north, south; dy
      nothing with center, west, east.
    - `oversize` (`blogo`): what happens to a mark larger than the picture: "scale" or "crop" it to about its size.
    - `scale_by` (`scatype`) with `permille` (`spcent`): size of the mark by the picture's "width", "height" or "area",
      in 1..1000 per mille, for area in 1..250.
    - `opacity` (`dissolve`): percent in 1..100, default 90.
    - `tile` (`batch`): repeat it over the whole picture; then `degree` in 0..360 turns it, default 0.
    """

    interface: ClassVar[Interface] = IMAGE_WATERMARK

    def __init__(
        self,
        url: str,
        *,
        gravity: Gravity | None = None,
        dx: int | None = None,
        dy: int | None = None,
        oversize: Literal["scale", "crop"] | None = None,
        scale_by: Literal["width", "height", "area"] | None = None,
        permille: int | None = None,
        opacity: int | None = None,
        tile: bool = False,
        degree: int | None = None,
    ) -> None:
        super().__init__(
            *given(
                image=base64url.encode(url),
                gravity=gravity,
                dx=dx,
                dy=dy,
                blogo=None if oversize is None else chosen("oversize", oversize, _FITS),
                scatype=None if scale_by is None else chosen("scale_by", scale_by, _SIDES),
                spcent=permille,
                dissolve=opacity,
                batch="1" if tile else None,
                degree=degree,
            )
        )


class TextWatermark(Stage):
    """A text as watermark (watermark/2). Source: 021, 029.

    - `text`: in clear, any characters the font has.
    - `font`: default tahoma.ttf; for Chinese text choose one that the list names as Chinese.
    - `font_size` (`fontsize`): points, at least 1 (our range), default 13. A text does not grow with the picture.
    - `color` (`fill`): `#RRGGBB`, default #3D3D3D.
    - `opacity` (`dissolve`): percent in 1..100, default 90.
    - `gravity`, `dx`, `dy`: as in ImageWatermark.
    - `tile` (`batch`): repeat it over the whole picture; then `degree` in 0..360 turns it, default 0.
    - `shadow`: in 0..100, default 0, no shadow.
    """

    interface: ClassVar[Interface] = TEXT_WATERMARK

    def __init__(
        self,
        text: str,
        *,
        font: Font | None = None,
        font_size: int | None = None,
        color: str | None = None,
        opacity: int | None = None,
        gravity: Gravity | None = None,
        dx: int | None = None,
        dy: int | None = None,
        tile: bool = False,
        degree: int | None = None,
        shadow: int | None = None,
    ) -> None:
        super().__init__(
            *given(
                text=base64url.encode(text),
                font=None if font is None else base64url.encode(font),
                fontsize=font_size,
                fill=None if color is None else base64url.encode(color),
                dissolve=opacity,
                gravity=gravity,
                dx=dx,
                dy=dy,
                batch="1" if tile else None,
                degree=degree,
                shadow=shadow,
            )
        )


class BlindWatermark(Stage):
    """An invisible watermark (watermark/3), made by one of its three class methods. Source: 043.

    Not for animated pictures. Paid, and switched on for the bucket in the console. The page describes it for downloads
    and Pic-Operations; that a stored style takes it is our reading.
    """

    interface: ClassVar[Interface] = BLIND_WATERMARK

    @classmethod
    def semi_blind(cls, url: str) -> BlindWatermark:
        """A mark that is read with the help of the source; for pictures up to 640 x 640. Source: 043.

        `url` as in ImageWatermark; width and height of the mark at most 1/8 of the picture's, best white on black.
        """
        return cls(Step("type", "1"), Step("image", base64url.encode(url)))

    @classmethod
    def full_blind(cls, url: str, level: Literal[1, 2, 3] | None = None) -> BlindWatermark:
        """A mark that is read with the help of the mark alone. Source: 043.

        A higher `level` makes a stronger mark and changes the picture more; default 1. `url` as in `semi_blind`.
        """
        return cls(*given(type=2, image=base64url.encode(url), level=level))

    @classmethod
    def text(cls, text: str) -> BlindWatermark:
        """A text of digits and Latin letters. Source: 043."""
        return cls(Step("type", "3"), Step("text", base64url.encode(text)))
