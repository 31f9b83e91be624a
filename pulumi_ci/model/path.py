"""Property paths: how a place inside a resource's properties is named, printed and reached."""

from __future__ import annotations

import re
from typing import Any

Path = tuple[str | int, ...]

_PLAIN = re.compile(r"[A-Za-z_$][\w$-]*")


def show(path: Path) -> str:
    """The path as Pulumi prints it: `video.codec`, `audio_mix[0].replace`, `tags["a b"]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            quoted = step.replace('"', '\\"')
            text += f'["{quoted}"]'
    return text


def reach(value: Any, path: Path) -> Any:
    """What stands at `path` inside `value`, or None when nothing does."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value
