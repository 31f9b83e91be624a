"""Validates a whole program: runs it without engine and network, and tells every mistake in its resources."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pulumi_ci.api.errors import CiError
from pulumi_ci.provider.project import Project


@dataclass(frozen=True)
class Mistake:
    """One thing that Pulumi, or the provider's check, would refuse or warn of."""

    reason: str
    property: str = ""
    """Path of the property; empty when it is about the resource, or the program, as a whole."""
    type: str = ""
    """Name of the kind, or the type token of a resource of another package; empty for the program's own failure."""
    name: str = ""
    """Logical name of the resource."""
    file: str | None = None
    """Absolute path of the program's file that made the resource, where known."""
    line: int | None = None
    column: int | None = None
    """From 1, where known: for what stands in an environment file."""


@dataclass(frozen=True)
class Report:
    """What a run of the program showed."""

    resources: int
    """How many resources of this package were checked."""
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]


def validate(project: Project, environ: Mapping[str, str] = os.environ) -> Report:
    """Runs the program in a process of its own and judges its resources.

    What the program prints goes to standard error. Raises CiError when its process ends before its time.
    """
    with tempfile.TemporaryDirectory(prefix="pulumi-ci-") as folder:
        order, answer = Path(folder, "order.json"), Path(folder, "answer.json")
        order.write_text(json.dumps(asdict(project)), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - the project's own Python and a module of ours
            [project.python, "-m", "pulumi_ci.provider.rehearsal", str(order), str(answer)],
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=2,
        )
        if not answer.is_file():
            raise CiError(
                f"{project.program} was not validated: its process, {project.python}, ended early with status "
                f"{done.returncode}; what it wrote stands above"
            )
        found = json.loads(answer.read_text(encoding="utf-8"))
    mistakes, warnings = (tuple(Mistake(**item) for item in found[name]) for name in ("mistakes", "warnings"))
    return Report(found["resources"], mistakes, warnings)
