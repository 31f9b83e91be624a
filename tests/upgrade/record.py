"""Records what this release leaves behind, with the real engine: run as `make record` before a release."""

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
from upgrade.recording import FOLDER, Recording

OF_THIS_MACHINE = ("sourcePosition", "stackTrace")
"""What the engine notes of a resource that tells where files lie."""


def main() -> None:
    """Makes one resource of every kind and writes the file of this version."""
    file = FOLDER / f"{version('pulumi-ci')}.json"
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
    sys.stdout.write(f"{file}: {len(resources)} kinds\n")


if __name__ == "__main__":
    main()
