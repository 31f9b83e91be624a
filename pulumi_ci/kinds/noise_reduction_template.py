"""Noise reduction templates: recordings without noise."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.model.marks import ServerDefault


class NoiseReductionTemplate(Template):
    """A recipe that removes noise from a recording."""

    slug = "noise-reduction-template"
    pages = ("460/94315", "460/94394", 178, 179)
    api = template("NoiseReduction", body="NoiseReduction")

    format: Annotated[Literal["mp3", "m4a", "wav"] | None, ServerDefault("wav")] = None
    """Format of the result."""
    samplerate: Annotated[Literal[8000, 12000, 16000, 24000, 32000, 44100, 48000] | None, ServerDefault(16000)] = None
    """Samples per second of the result (Hz)."""
