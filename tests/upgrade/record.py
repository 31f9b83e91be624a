"""Records what the running version leaves behind, with the real engine: run as `make record` before a release."""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from acceptance import catalogue
from acceptance.stack import Project

from pulumi_ci.emulator import Server
from pulumi_ci.engine import ensure
from upgrade.recording import RECORDINGS, Recording, Recordings

OF_THIS_MACHINE = ("sourcePosition", "stackTrace")
"""What the engine notes of a resource that tells where files lie."""


def record(recordings: Recordings, running: str) -> Path:
    """Makes one resource of every kind and writes the file of the running version, and no other.

    Raises FileExistsError when that version is out.
    """
    file = recordings.to_write(running)
    resources = catalogue.resources()
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        project = Project(ensure(), Path(folder), server)
        project.declare(*resources)
        project.up()
        exported = project.export("--show-secrets")
        state = json.loads(exported[: exported.rindex("}") + 1])
        for item in state["deployment"]["resources"]:
            for name in OF_THIS_MACHINE:
                item.pop(name, None)
        Recording(resources, state, server.emulator.objects).write(file)
        server.emulator.close()
    return file


def main() -> None:
    """Records into the folder of this package, or says why not."""
    try:
        file = record(RECORDINGS, version("pulumi-ci"))
    except FileExistsError as refusal:
        raise SystemExit(str(refusal)) from None
    sys.stdout.write(f"wrote {file}\n")


if __name__ == "__main__":
    main()
