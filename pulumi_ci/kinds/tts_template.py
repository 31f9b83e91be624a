"""Text-to-speech templates: with which voice a text is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import one_of
from pulumi_ci.model.marks import Range, ServerDefault
from pulumi_ci.model.node import Failure, Node, rule

_ASYNCHRONOUS_VOICES = ("aixiaonan", "aixiaoliao")


class TtsBody(Node):
    """A voice, and how it reads. Source: 122, 172."""

    mode: Annotated[Literal["Asyc", "Sync"] | None, ServerDefault("Asyc")] = None
    """Asynchronous, which the API spells `Asyc`, or synchronous; synchronous is for short texts."""
    codec: Literal["wav", "mp3", "pcm"] | None = None
    """Format of the sound. Asyc: only pcm, meant when left out. Sync: all three, wav meant when left out."""
    voice_type: Annotated[
        Literal[
            "ruxue",
            "aixiaonan",
            "aixiaoxing",
            "aixiaocheng",
            "aixiaoxue",
            "aixiaolu",
            "aixiaodong",
            "aixiaoliao",
            "aixiaoqian",
            "aixiaoyang",
            "alice",
        ]
        | None,
        ServerDefault("ruxue"),
    ] = None
    """Voice; `aixiaonan` and `aixiaoliao` need mode Asyc, `alice` reads English only."""
    volume: Annotated[float | None, Range(-10, 10), ServerDefault(0)] = None
    """Loudness, 0 is the ordinary one."""
    speed: Annotated[float | None, Range(50, 200), ServerDefault(100)] = None
    """Speed in percent, 100 is the ordinary one."""

    @rule("codec", "mode")
    def _codec_fits(codec: str | None, mode: str | None) -> Iterator[Failure]:
        """Mode Asyc writes pcm only."""
        if mode != "Sync":
            yield from one_of(("codec",), codec, "mode Asyc", ("pcm",))

    @rule("voice_type", "mode")
    def _voice_fits(voice: str | None, mode: str | None) -> str | None:
        """The voices aixiaonan and aixiaoliao need mode Asyc."""
        return f"{voice} needs mode Asyc" if mode == "Sync" and voice in _ASYNCHRONOUS_VOICES else None


class TtsTemplate(TtsBody, Template):
    """A voice, and how it reads."""

    slug = "tts-template"
    pages = (172, 187, 178, 179)
    api = template("Tts", answers=("TtsTpl", ""))
