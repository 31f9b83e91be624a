"""The order in which an engine is looked for, and what is said when there is none."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pulumi_ci.engine import cache, installer, recipe
from pulumi_ci.engine.check import OLDEST, VERSION, missing, numbers, version_of
from pulumi_ci.engine.engine import Engine, EngineUnavailable


def to_stderr(line: str) -> None:
    """Show one line of progress."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def find(environ: Mapping[str, str] = os.environ) -> Engine | None:
    """The engine on PATH, else the one in the cache, else None; downloads and builds nothing."""
    for look in (_on_path, _in_cache):
        try:
            return look(environ)
        except EngineUnavailable:
            continue
    return None


def ensure(environ: Mapping[str, str] = os.environ, say: Callable[[str], None] = to_stderr) -> Engine:
    """The engine that `find` finds, else one from Pulumi's installer, else one built from Go modules.

    The two last put it into the user's cache, tell `say` what they do, line by line, and need the network.
    Raises EngineUnavailable with what was tried and what to do.
    """
    tried = []
    for name, look in (("PATH", _on_path), ("cache", _in_cache)):
        try:
            return look(environ)
        except EngineUnavailable as error:
            tried.append(f"{name}: {error}")
    root = cache.folder(environ)
    say(f"no Pulumi engine yet ({'; '.join(tried)})")
    try:
        with cache.locked(root, say):
            if made := _complete(root):  # by the process that held the lock
                return made
            for name, make in (("installer", installer.install), ("build", recipe.build)):
                try:
                    return make(root, environ, say)
                except EngineUnavailable as error:
                    tried.append(f"{name}: {error}")
                    say(f"  {tried[-1]}")
    except OSError as error:
        tried.append(f"cache: cannot write to {root}: {error}; PULUMI_CI_CACHE names another folder")
    raise EngineUnavailable(
        "There is no Pulumi engine, and none could be made.\n"
        + "".join(f"  {line}\n" for line in tried)
        + f"Install Pulumi {OLDEST} or newer with its Python language host and put it on PATH,"
        + f" or put Go {recipe.OLDEST_GO} or newer on PATH and run this again."
    )


def _on_path(environ: Mapping[str, str]) -> Engine:
    path = environ.get("PATH", "")
    found = shutil.which("pulumi", path=path)
    if found is None:
        raise EngineUnavailable("no `pulumi` on it")
    command = Path(found).absolute()
    if lacking := missing(command.parent, path):
        raise EngineUnavailable(f"{command} has no {', '.join(lacking)} beside it")
    version = version_of(command, environ)
    if numbers(version) < numbers(OLDEST):
        raise EngineUnavailable(f"{command} is version {version}, older than {OLDEST}")
    return Engine(command.parent, version, "path")


def _in_cache(environ: Mapping[str, str]) -> Engine:
    root = cache.folder(environ)
    if engine := _complete(root):
        return engine
    raise EngineUnavailable(f"no engine {VERSION} in {root}")


def _complete(root: Path) -> Engine | None:
    for place in (installer.place(root), recipe.place(root)):
        if not missing(place / "bin"):
            return Engine(place / "bin", VERSION, "cache")
    return None
