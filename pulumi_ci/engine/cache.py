"""The user's cache folder: where it is, one writer at a time, and folders that appear there whole or not at all."""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path


def folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """$PULUMI_CI_CACHE, or `pulumi-ci` in the folder where this system keeps a user's caches."""
    if named := environ.get("PULUMI_CI_CACHE"):
        return Path(named).expanduser().absolute()
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Caches" / "pulumi-ci"
    chosen = environ.get("XDG_CACHE_HOME", "")  # to be ignored unless absolute, says the standard
    return (Path(chosen) if os.path.isabs(chosen) else home / ".cache") / "pulumi-ci"  # noqa: PTH117


@contextlib.contextmanager
def locked(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the cache alone, over all processes of this machine; says so when it has to wait. Makes the folder."""
    import fcntl  # does not exist on Windows, where an engine on PATH can still be found

    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another process is making the Pulumi engine; waiting until it lets go of {root / 'lock'}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def whole(final: Path) -> Iterator[Path]:
    """Give an empty folder which becomes `final` when the block ends well and is gone otherwise; needs the lock."""
    work = final.with_name(f"unfinished-{final.name}")
    shutil.rmtree(work, ignore_errors=True)  # of a process that was killed
    work.mkdir()
    try:
        yield work
        shutil.rmtree(final, ignore_errors=True)
        work.replace(final)
    finally:
        shutil.rmtree(work, ignore_errors=True)
