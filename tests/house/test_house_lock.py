"""Versions for development and CI are pinned for every supported Python, and an audit says what it does not know."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINES = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")


def pins(python: str) -> dict[str, str]:
    """The version of each package on one Python, on a plain Linux."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "platform_python_implementation": "CPython"}
    here |= {"implementation_name": "cpython", "sys_platform": "linux"}
    found: dict[str, str] = {}
    for requirement in map(Requirement, LINES):
        if requirement.marker is None or requirement.marker.evaluate(here):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{name} has two versions on {python}"
            [specifier] = requirement.specifier
            assert specifier.operator == "=="
            found[name] = specifier.version
    return found


def test_the_lock_names_versions_and_no_place() -> None:
    for line in LINES:
        assert re.fullmatch(r"[a-z0-9-]+==[A-Za-z0-9.!+]+( ; [a-z_ =<>!'0-9.A-Z]+)?", line), line


@pytest.mark.parametrize("python", PYTHONS)
def test_everything_that_development_needs_is_pinned_within_its_bounds(python: str) -> None:
    pinned, seen = pins(python), set[str]()
    left = [Requirement(text) for text in importlib.metadata.requires("pulumi-ci") or []]
    assert left
    while left:
        requirement = left.pop()
        name = canonicalize_name(requirement.name)
        here = {"python_version": python, "python_full_version": f"{python}.0", "extra": "dev"}
        if not _holds(requirement.marker, here):
            continue
        assert name in pinned, f"{requirement} is not pinned for {python}: run `make lock`"
        assert requirement.specifier.contains(pinned[name], prereleases=True), f"{requirement} is {pinned[name]}"
        if name not in seen:
            seen.add(name)
            left += _of(name, requirement.extras)


def _holds(marker: Marker | None, here: dict[str, str]) -> bool:
    return marker is None or marker.evaluate(here)


def _of(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed package needs itself; one that only another Python has is looked at no further."""
    try:
        texts = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    found = []
    for requirement in map(Requirement, texts):
        wanted = requirement.marker is not None and "extra" in str(requirement.marker)
        if not wanted or any(_holds(requirement.marker, {"extra": extra}) for extra in extras):
            found.append(Requirement(str(requirement).partition(";")[0]) if wanted else requirement)
    return found


AUDITED = {"name": "a", "version": "1", "vulns": []}
HURT = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "says"),
    [
        ([AUDITED], 0, "1 of 1 packages audited, 0 with"),
        ([AUDITED, HURT], 1, "b 2: PYSEC-1, mended in 2.1"),
        ([UNKNOWN, UNKNOWN], 0, "NO VERDICT on 2"),
        ([UNKNOWN, HURT], 1, "NO VERDICT on 1"),
        ([], 0, "0 of 0 packages audited"),
        (None, 0, "NO VERDICT: pip-audit gave no report"),
    ],
)
def test_an_audit_that_knows_nothing_says_so(packages: list[dict[str, Any]] | None, code: int, says: str) -> None:
    report = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    script = [sys.executable, str(ROOT / ".ci" / "audit.py")]
    done = subprocess.run(script, input=report, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (code, "")
    assert says in done.stdout
