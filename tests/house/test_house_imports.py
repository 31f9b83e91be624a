"""Imports go one way, so that a newcomer can read the package from the bottom up."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "pulumi_ci"

MAY_IMPORT = {
    "model": {"model", "kinds"},  # the registry loads the kinds by name
    "image": {"image"},
    "kinds": {"kinds", "model", "image"},
    "wire": {"wire", "model"},
    "api": {"api", "wire", "model"},
    "lifecycle": {"lifecycle", "api", "wire", "model"},
    "emulator": {"emulator", "model"},
    "engine": {"engine"},
    "workflow": {"kinds"},
    "mps": {"provider"},
    "vod": {"provider"},
    "state": {"provider"},
    "provider": {"provider", "lifecycle", "api", "model", "image", "state", "emulator"},
    "environment": {"environment", "provider", "lifecycle", "api", "model", "engine", "state"},
    "graph": {"graph", "environment", "kinds"},
    "probe": {"probe", "lifecycle", "api", "wire", "model", "emulator"},
    "cli": {
        "cli",
        "environment",
        "graph",
        "provider",
        "lifecycle",
        "api",
        "wire",
        "model",
        "emulator",
        "engine",
        "kinds",
        "probe",
    },
}
"""By part of the package: the parts that it may import."""

PURE = ("model", "wire", "image", "graph")
"""Parts that do no I/O."""
DOES_IO = {"requests", "socket", "subprocess", "sqlite3", "urllib.request", "http", "shutil", "tempfile", "threading"}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, those inside functions too, as absolute names."""
    found: set[str] = set()
    package = ["pulumi_ci", *path.relative_to(ROOT).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{name}.{alias.name}" for alias in node.names} if name == "pulumi_ci" else {name}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        return
    parts = {name.split(".")[1] for name in imported(path) if name.startswith("pulumi_ci.")}
    assert parts <= MAY_IMPORT[part], f"{path.relative_to(ROOT)} imports {sorted(parts - MAY_IMPORT[part])}"


@pytest.mark.parametrize("path", [p for p in modules() if part_of(p) in PURE], ids=lambda p: str(p.relative_to(ROOT)))
def test_pure_parts_do_no_io(path: Path) -> None:
    assert not imported(path) & DOES_IO


def test_pulumi_is_known_to_the_provider_alone() -> None:
    users = {part_of(path) for path in modules() for name in imported(path) if name.split(".")[0] == "pulumi"}
    assert users <= {"provider", "engine", "workflow", "state", "environment"}
