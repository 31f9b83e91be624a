"""Families of nodes, which share a colour."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_ci.kinds._workflow_edges import END

START = "Start"


@dataclass(frozen=True)
class Family:
    """Types of node that belong together, and how they are painted: fill and line, on light and on dark ground."""

    slug: str
    title: str
    types: tuple[str, ...]
    light: tuple[str, str]
    dark: tuple[str, str]
    colour: str
    """In a terminal."""


def _family(slug: str, title: str, types: str, light: str, dark: str, colour: str) -> Family:
    (fill, line), (dark_fill, dark_line) = light.split(), dark.split()
    return Family(slug, title, tuple(types.split()), (fill, line), (dark_fill, dark_line), colour)


_MEDIA = """Transcode Concat VoiceSeparate VideoMontage SDRtoHDR VideoProcess SuperResolution VideoEnhance MediaInfo
    HighSpeedHd"""
_IMAGE = "Snapshot Animation SmartCover PicProcess"
_AI = "SpeechRecognition Tts AIRecognition SegmentVideoBody"
_PACKAGING = "Segment StreamPackConfig VideoStream StreamPack"

FAMILIES = (
    _family("flow", "Flow", f"{START} {END} Condition SCF", "#f1f5f9 #64748b", "#1e293b #94a3b8", "default"),
    _family("media", "Media", _MEDIA, "#dbeafe #2563eb", "#172554 #60a5fa", "blue"),
    _family("image", "Image", _IMAGE, "#dcfce7 #15803d", "#052e16 #4ade80", "green"),
    _family("ai", "AI", _AI, "#ede9fe #7c3aed", "#2e1065 #a78bfa", "magenta"),
    _family("packaging", "Packaging", _PACKAGING, "#ffedd5 #c2410c", "#431407 #fb923c", "yellow"),
)
OTHER = _family("other", "Not known", "", "#fee2e2 #dc2626", "#450a0a #f87171", "red")
"""What no page names."""

_BY_TYPE = {type: family for family in FAMILIES for type in family.types}


def family_of(type: str) -> Family:
    """The family of a type of node."""
    return _BY_TYPE.get(type, OTHER)
