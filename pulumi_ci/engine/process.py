"""Runs other programs: a short one for its answer, a long one with a log, progress and a time limit that holds."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pulumi_ci.engine.engine import EngineUnavailable


def ask(argv: Sequence[str], environ: Mapping[str, str], folder: Path | None = None) -> str:
    """What a short command prints. Raises EngineUnavailable when it fails or takes a minute."""
    try:
        answer = subprocess.run(argv, cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        told = str(getattr(error, "stderr", None) or error).strip()
        raise EngineUnavailable(f"`{shlex.join(argv)}` failed: {told}") from error
    return answer.stdout.strip()


def run(
    argv: Sequence[str],
    log: Path,
    say: Callable[[str], None],
    environ: Mapping[str, str],
    folder: Path,
    limit: float = 3600.0,
    every: float = 10.0,
) -> None:
    """Run a long command to its end; what it prints is appended to the log.

    limit: seconds after which it is killed with all it started, as it is when this process is interrupted.
    every: seconds between two lines of progress.
    Raises EngineUnavailable when it does not start, fails or takes too long.
    """
    name = Path(argv[0]).name
    start = time.monotonic()
    with log.open("ab") as out:
        try:
            process = subprocess.Popen(  # noqa: S603
                argv,
                cwd=folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise EngineUnavailable(f"`{argv[0]}` does not start: {error}") from error
        try:
            while process.poll() is None:
                left = start + limit - time.monotonic()
                if left <= 0:
                    raise EngineUnavailable(f"`{name}` was stopped after {limit:g} seconds; log: {log}")
                try:
                    process.wait(min(every, left))
                except subprocess.TimeoutExpired:
                    say(f"    {time.monotonic() - start:.0f} s  {_last_line(log)}")
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    if process.returncode:
        raise EngineUnavailable(f"`{name}` ended with {process.returncode}: {_last_line(log)}; log: {log}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "(no output)")
