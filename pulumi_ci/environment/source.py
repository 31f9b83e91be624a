"""What a command is told to look at: a live bucket, a stack, an exported state, or an environment file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any, Literal

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError
from pulumi_ci.environment import stack
from pulumi_ci.environment.environment import CONFIG_KEYS, Environment
from pulumi_ci.environment.export import export
from pulumi_ci.environment.found import Found, live
from pulumi_ci.environment.read import read
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.model.kind import BucketName, RegionName
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.project import UNKNOWN as SEALED
from pulumi_ci.provider.project import config_around

FORMS = "live:<region>/<bucket>, live:vod/<sub app id>, stack:<name>, FILE.yaml, FILE.yaml@<stack>, STATE.json or -"
"""How a source is written. Several live places are joined by `+`; `@<stack>` after them gives variables the values in
the config of that stack, as it does after a file.
"""


@dataclass(frozen=True)
class Source:
    """A source as it was written, and what that means."""

    text: str
    kind: Literal["live", "stack", "state", "file"]
    places: tuple[Place, ...] = ()
    stack: str = ""
    """Name of the stack, also the one whose config gives a file or a live place its values."""
    path: File | None = None
    """None for a state on standard input."""


def parse(text: str) -> Source:
    """The source that a text names. Raises CiError when it names none."""
    if text.startswith("live:"):
        places, _, of = text[5:].partition("@")
        return Source(text, "live", tuple(_place(part) for part in places.split("+")), of)
    if text.startswith("stack:") and text[6:]:
        return Source(text, "stack", stack=text[6:])
    if text == "-" or text.endswith(".json"):
        return Source(text, "state", path=None if text == "-" else File(text))
    if found := re.fullmatch(r"(.+\.ya?ml)(?:@(.+))?", text):
        return Source(text, "file", stack=found[2] or "", path=File(found[1]))
    raise CiError(f"{text!r} is no source; write {FORMS}")


def _place(text: str) -> Place:
    if found := re.fullmatch(r"vod(?:/([0-9]+))?", text):
        return Place(sub_app_id=found[1] or "0")
    region, _, bucket = text.partition("/")
    if not re.fullmatch(RegionName.pattern, region) or not re.fullmatch(BucketName.pattern, bucket):
        raise CiError(f"live:{text} names no place; write live:ap-beijing/media-1250000000, or live:vod/1500000000")
    return Place(region, bucket)


@dataclass(frozen=True)
class Reading:
    """What sources are read with."""

    session: Callable[[str], Session]
    """The session for a stack of this name, or for none ("")."""
    folder: File
    """Where stacks and their config are looked for."""
    values: Mapping[str, Any]
    """Values of variables, which win over those of a stack's config."""

    def objects(self, source: Source) -> list[Found]:
        """The objects of a live place, a stack or a state. Raises CiError."""
        if source.kind == "live":
            return live(self.session(source.stack), source.places)
        return list(self.recorded(source).found)

    def recorded(self, source: Source) -> stack.Stack:
        """What a stack or a state holds. Raises CiError, also for a source that is neither."""
        if source.kind == "stack":
            return stack.recorded(stack.exported(source.stack, self.folder))
        if source.kind == "state":
            return stack.recorded(_state(source))
        raise CiError(f"{source.text} has no recorded state; name stack:<name>, an exported state (.json), or -")

    def environment(self, source: Source) -> Environment:
        """The environment of any source. Raises CiError."""
        known = self.config(source)
        if source.kind != "file":
            found = export(self.objects(source), live=source.kind == "live")
            return replace(found, values={**known, **found.values})
        assert source.path is not None
        if not source.stack:
            return read(source.path, known)

        def value(name: str) -> tuple[Any, bool]:
            return known.get(name), known.get(name) is UNKNOWN

        found = read(source.path, value)
        return replace(found, values={**known, **found.values})  # also of variables that the file has not got yet

    def config(self, source: Source) -> dict[str, Any]:
        """The values that are given, or else in the config of the source's stack; those encrypted there are UNKNOWN."""
        if not source.stack:
            return dict(self.values)
        around = source.path or self.folder / "Pulumi.yaml"
        project, config = config_around(around, source.stack, required=source.kind != "stack")
        names = {key: name for name, key in CONFIG_KEYS.items()}
        names |= {key: key[len(project) + 1 :] for key in config if key.startswith(f"{project}:")}
        told = {name: config[key] for key, name in names.items() if key in config}
        return {name: UNKNOWN if SEALED in text else text for name, text in told.items()} | dict(self.values)


def _state(source: Source) -> Mapping[str, Any]:
    name = "standard input" if source.path is None else str(source.path)
    try:
        data = sys.stdin.buffer.read() if source.path is None else source.path.read_bytes()
        return stack.parse(data.decode("utf-8-sig"), name)
    except OSError as error:
        raise CiError(f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CiError(f"{name} is no text in UTF-8: {error.reason} at byte {error.start}") from None
