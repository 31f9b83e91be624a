"""What an engine must have to be of use: its programs, and a version."""

import functools
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pulumi_ci.engine.engine import EngineUnavailable
from pulumi_ci.engine.process import ask

VERSION = "3.259.0"  # what is installed or built here
OLDEST = "3.254.0"  # what is accepted on PATH: older ones do not do what is needed of `pulumi import --file`
COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")


def missing(folder: Path, path: str = "") -> list[str]:
    """Names of the programs that lie neither in the folder, nor where its `pulumi` links to, nor on the given PATH."""
    places = [str(folder), str((folder / "pulumi").resolve().parent), *filter(None, path.split(os.pathsep))]
    return [name for name in ("pulumi", *COMPANIONS) if shutil.which(name, path=os.pathsep.join(places)) is None]


def version_of(command: Path, environ: Mapping[str, str]) -> str:
    """The version that a `pulumi` says it has, like `3.259.0`. Raises EngineUnavailable."""
    return _version_of(command, command.stat().st_mtime_ns, frozenset(environ.items()))


@functools.lru_cache(maxsize=8)  # the question takes 0.2 s, and `find` is called often
def _version_of(command: Path, _changed: int, environ: frozenset[tuple[str, str]]) -> str:
    answer = ask([str(command), "version"], {**dict(environ), "PULUMI_SKIP_UPDATE_CHECK": "1"})
    numbers(answer)
    return answer.removeprefix("v")


def numbers(version: str) -> tuple[int, int, int]:
    """Major, minor and patch of `v3.259.0-dev` or `go1.26`, to be compared. Raises EngineUnavailable."""
    if match := re.match(r"(?:v|go)?(\d+)\.(\d+)(?:\.(\d+))?", version):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    raise EngineUnavailable(f"this is not a version: {version!r}")
