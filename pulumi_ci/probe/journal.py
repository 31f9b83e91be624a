"""The file that outlives a killed probe: the prefix of its objects, and settings as they were before their change."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.probe.names import is_prefix


@dataclass
class Journal:
    """What a probe has to clear up. Every change is on the disk before the call that makes it necessary."""

    path: Path
    prefix: str
    region: str
    bucket: str
    sub_app_id: int | None = None
    runs: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    """Settings that are being changed, with what they were; see `settings.py` for the names."""

    def begin(self) -> None:
        """Makes the file. Raises CiError when there is one: an earlier probe did not end."""
        if self.path.exists():
            raise CiError(
                f"{self.path} exists: an earlier probe was killed, or one is running. When none is running, remove "
                "what it left with `pulumi-ci probe --clean`, with the same --bucket and --region"
            )
        self._write()

    def opened(self, settings: Mapping[str, str]) -> list[str]:
        """Notes how settings are before they are changed, and says which of them were not noted already."""
        fresh = [name for name in settings if name not in self.settings]
        self.settings.update({name: settings[name] for name in fresh})
        if fresh:
            self._write()
        return fresh

    def closed(self, name: str) -> None:
        """Notes that a setting is what it was."""
        if self.settings.pop(name, None) is not None:
            self._write()

    def end(self) -> None:
        """Removes the file: nothing is left to clear up."""
        self.path.unlink(missing_ok=True)

    def _write(self) -> None:
        words = {name: value for name, value in vars(self).items() if name != "path"}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_name(f"{self.path.name}.half")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # settings hold addresses of callbacks
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(words, stream, ensure_ascii=False, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(self.path)


def read(path: Path) -> Journal:
    """The journal in a file. Raises CiError when the file is none."""
    try:
        words: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = Journal(path, **words)
        right = is_prefix(found.prefix) and isinstance(found.settings, dict)
    except (OSError, ValueError, TypeError) as error:
        raise CiError(f"{path} is not the journal of a probe: {error}") from None
    if not right:
        raise CiError(f"{path} is not the journal of a probe: its prefix is {found.prefix!r}")
    return found
