"""What a release of this package left behind: the program, the state that the engine exported, and the cloud."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from acceptance.stack import Resource

from pulumi_ci.emulator import Emulator
from pulumi_ci.emulator.store import Store, Stored


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


@functools.cache
def recording(file: Path) -> Recording:
    """What a file holds."""
    content = json.loads(file.read_text())
    return Recording(
        [Resource(**item) for item in content["resources"]],
        content["state"],
        [Stored(**item) for item in content["objects"]],
    )


@dataclass(frozen=True)
class Recordings:
    """A folder with one file for each release, and the list of the releases that are out."""

    folder: Path

    @property
    def files(self) -> dict[str, Path]:
        """The files by release."""
        return {file.stem: file for file in sorted(self.folder.glob("*.json"))}

    @property
    def released(self) -> Mapping[str, str]:
        """The releases that are out, with the SHA-256 of their files."""
        found: Mapping[str, str] = yaml.safe_load((self.folder / "released.yaml").read_text())
        return found

    def cases(self) -> list[tuple[str, str]]:
        """Every release with each kind that it had, so that a kind is compared from the release in which it came."""
        return [(release, item.slug) for release, file in self.files.items() for item in recording(file).resources]

    def to_write(self, version: str) -> Path:
        """The file of the running version. Raises FileExistsError when that version is out."""
        if version in self.released:
            raise FileExistsError(
                f"{version} is out, and what it left behind is never recorded again; "
                "raise `version` in pyproject.toml first, and install the package anew"
            )
        return self.folder / f"{version}.json"

    def rewritten(self) -> list[str]:
        """The releases that are out and whose file is missing or no longer what it was."""
        files = self.files
        return [
            release
            for release, digest in self.released.items()
            if release not in files or hashlib.sha256(files[release].read_bytes()).hexdigest() != digest
        ]

    def advice(self, version: str, kinds: Iterable[str]) -> str:
        """What to do about kinds that the recording of the running version lacks; "" where there is nothing to do.

        A version that nobody has recorded yet is recorded before it goes out.
        """
        if version not in self.files:
            return ""
        missing = sorted(set(kinds) - {item.slug for item in recording(self.files[version]).resources})
        if not missing:
            return ""
        out = version in self.released
        first = f"{version} is out; raise `version` in pyproject.toml" if out else "run `make record`"
        return f"{first}: the recording of {version} has no {', '.join(missing)}"


RECORDINGS = Recordings(Path(__file__).parent / "recorded")
"""Those of this package, written by `make record`."""
