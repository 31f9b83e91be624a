"""Runs what concerns one kind, and says what is missing: `make check-kind NAME=NoiseReductionTemplate`.

That is its tests that need no engine, the tests that look at all kinds at once, its types and style, and whether
what is generated is fresh.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scaffold.name import Name
from scaffold.todo import left

TOP = Path(__file__).parents[2]
FOLDERS = (
    *("cli", "conformance", "environment", "house", "kinds", "lifecycle"),
    *("model", "provider", "reliability", "seeds", "upgrade"),
)
"""The folders of `tests` that look at each kind by itself, without an engine."""
Command = tuple[str, ...]


def commands(name: Name) -> tuple[list[Command], list[Command]]:
    """The tests of a kind, and everything else, which runs beside them."""
    file = f"pulumi_ci/kinds/{name.module}.py"
    selected = f"{name.slug} or {name.module} or {name.text} or all_kinds"
    pytest = ("pytest", "-q", "--no-header", "--tb=short", "-m", "not engine", "-k", selected)
    tests = [(*pytest, *(f"tests/{folder}" for folder in FOLDERS))]
    style = [("ruff", "format", "--check", file), ("ruff", "check", file), ("mypy", file)]
    fresh = [("pulumi_ci.cli.main", word, "--check") for word in ("stubs", "schema")]
    return tests, style + fresh


def failures(commands: Iterable[Command]) -> list[str]:
    """What each command that fails says."""
    found = []
    for command in commands:
        done = subprocess.run([sys.executable, "-m", *command], cwd=TOP, capture_output=True, text=True)
        if done.returncode:
            found.append(f"--- {' '.join(command)}\n{(done.stdout + done.stderr).strip()}")
    return found


def main() -> None:
    """Shows what is missing, and ends with 1 when anything is."""
    parser = argparse.ArgumentParser(prog="make check-kind", description=__doc__)
    parser.add_argument("name", help="the class name, such as NoiseReductionTemplate")
    try:
        name = Name(parser.parse_args().name)
    except ValueError as refusal:
        raise SystemExit(f"Error: {refusal}") from None
    if not (TOP / f"pulumi_ci/kinds/{name.module}.py").exists():
        raise SystemExit(
            f"Error: there is no pulumi_ci/kinds/{name.module}.py; begin with `make kind NAME={name.text}`"
        )
    started, todo = time.monotonic(), left(TOP)
    if todo:
        print(f"{len(todo)} places are still to be filled in; the tests run when none is left:", *todo, sep="\n  ")
        raise SystemExit(1)
    with ThreadPoolExecutor() as pool:
        found = [text for texts in pool.map(failures, commands(name)) for text in texts]
    print(*found, f"{name.text}: {len(found)} checks fail" if found else f"{name.text} is complete", sep="\n\n", end="")
    print(f", {time.monotonic() - started:.0f} s")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
