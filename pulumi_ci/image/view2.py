"""imageView2: thumbnails by a ready-made recipe."""

from __future__ import annotations

from typing import ClassVar, Literal

from pulumi_ci.image.check import Step
from pulumi_ci.image.grammar import VIEW2, Interface
from pulumi_ci.image.pipeline import Stage, given
from pulumi_ci.image.vocabulary import ViewFormat


class View2(Stage):
    """A segment of imageView2: `View2(1, width=400, height=300).quality(85)`. Source: 026.

    `mode`, with `width`, `height` or both (pixels in 1..9999):

    1. scale to cover, then crop the centre to the exact size; one side alone means a square
    2. fit inside; one side alone leaves the other free
    3. cover without cropping; one side alone counts for both
    4. width is the least long edge, height the least short edge; one side alone counts for both
    5. width is the greatest long edge, height the greatest short edge, cropped in the centre; one side means a square

    Without a mode only format and quality can be set. Source: 042.
    """

    interface: ClassVar[Interface] = VIEW2

    def __init__(
        self,
        mode: Literal[1, 2, 3, 4, 5] | None = None,
        *,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        super().__init__(*given(mode=mode, w=width, h=height))

    def format(self, format: ViewFormat) -> View2:
        """Convert; the default is the source's format. Source: 026."""
        return self._add(Step("format", format))

    def quality(self, quality: int, *, force: bool = False) -> View2:
        """Quality in 0..100: the smaller of this and the source's, or exactly this with `force`. Source: 026.

        For jpg and webp. Only one of quality, rquality, lquality.
        """
        return self._add(Step("q", f"{quality}!" if force else str(quality)))

    def rquality(self, quality: int) -> View2:
        """Quality in percent of the source's, in 0..100. Source: 026."""
        return self._add(Step("rq", str(quality)))

    def lquality(self, quality: int) -> View2:
        """Raise the quality to at least this, in 0..100. Source: 026."""
        return self._add(Step("lq", str(quality)))
