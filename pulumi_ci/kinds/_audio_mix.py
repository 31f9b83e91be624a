"""Sounds that are mixed into a result, with their fades."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import ObjectAddress, Seconds
from pulumi_ci.model.marks import ServerDefault
from pulumi_ci.model.node import Node, rule

_ZERO_FADE = "must be above 0 while its switch is true"


class EffectConfig(Node):
    """Fading of a sound that is mixed in. Source: 202."""

    enable_start_fadein: Annotated[bool | None, ServerDefault(False)] = None
    """Fade in at the start."""
    start_fadein_time: Annotated[float | None, Seconds] = None
    """Length of the fade at the start, above 0 where it is on."""
    enable_end_fadeout: Annotated[bool | None, ServerDefault(False)] = None
    """Fade out at the end."""
    end_fadeout_time: Annotated[float | None, Seconds] = None
    """Length of the fade at the end, above 0 where it is on."""
    enable_bgm_fade: Annotated[bool | None, ServerDefault(False)] = None
    """Fade where the background sound changes."""
    bgm_fade_time: Annotated[float | None, Seconds] = None
    """Length of that fade, above 0 where it is on."""

    @rule("start_fadein_time", "enable_start_fadein")
    def _start_fade_lasts(time: float | None, on: bool | None) -> str | None:
        """`start_fadein_time` is above 0 while `enable_start_fadein` is true."""
        return _ZERO_FADE if on and time == 0 else None

    @rule("end_fadeout_time", "enable_end_fadeout")
    def _end_fade_lasts(time: float | None, on: bool | None) -> str | None:
        """`end_fadeout_time` is above 0 while `enable_end_fadeout` is true."""
        return _ZERO_FADE if on and time == 0 else None

    @rule("bgm_fade_time", "enable_bgm_fade")
    def _background_fade_lasts(time: float | None, on: bool | None) -> str | None:
        """`bgm_fade_time` is above 0 while `enable_bgm_fade` is true."""
        return _ZERO_FADE if on and time == 0 else None


class AudioMix(Node):
    """A sound mixed into the result. Source: 202."""

    audio_source: Annotated[str, ObjectAddress]
    """Address of the sound, in the same bucket as the source."""
    mix_mode: Annotated[Literal["Repeat", "Once"] | None, ServerDefault("Repeat")] = None
    """Play it in a loop, or once."""
    replace: Annotated[bool | None, ServerDefault(False)] = None
    """Replace the source's own sound instead of mixing with it."""
    effect_config: EffectConfig | None = None
    """Fading in and out."""
