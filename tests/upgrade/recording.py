"""What a release of this package left behind: the program, the state that the engine exported, and the cloud."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acceptance.stack import Resource

from pulumi_ci.emulator import Emulator
from pulumi_ci.emulator.store import Store, Stored

FOLDER = Path(__file__).parent / "recorded"
"""One file for each release, written by `make record` and never changed once the release is out."""


@dataclass(frozen=True)
class Recording:
    """One of every kind, as a release made it."""

    resources: list[Resource]
    """What the program declared."""
    state: Mapping[str, Any]
    """The export, secrets in clear."""
    objects: list[Stored]
    """What the emulator held."""

    def write(self, file: Path) -> None:
        """Writes it, whole or not at all."""
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        fresh.replace(file)

    def emulator(self, folder: Path) -> Emulator:
        """The cloud as it was, stored in a folder."""
        path = folder / "cloud.sqlite"
        store = Store(path)
        for item in self.objects:
            store.put(item)
        store.close()
        return Emulator(store=path)


def recording(file: Path) -> Recording:
    """What a file holds."""
    content = json.loads(file.read_text())
    return Recording(
        [Resource(**item) for item in content["resources"]],
        content["state"],
        [Stored(**item) for item in content["objects"]],
    )
