"""Runs `pulumi-ci` in the folder of a project, as its user does."""

from __future__ import annotations

import subprocess
import sys

from acceptance.stack import Outcome, Project


def ci(project: Project, *words: str, code: int | None = 0) -> Outcome:
    """Runs the command to its end; `code` is the exit status that it must have, None takes any."""
    before = len(project.server.emulator.requests)
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_ci.cli.main", *words],
        cwd=project.work,
        env=project.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert code in (None, done.returncode), f"{done.stdout}\n{done.stderr}"
    calls = tuple(project.server.emulator.requests[before:])
    return Outcome(done.returncode, f"{done.stdout}\n{done.stderr}", calls)
