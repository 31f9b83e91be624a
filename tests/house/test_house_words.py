"""What every public thing says about itself, and words that must not be in the tree."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
ROOT = TOP / "pulumi_ci"
BANNED = ("Manager", "Helper", "Util", "Handler")


def undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield "the module"
    overrides = {"__init__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            if node.bases:  # an override says what its parent's docstring says
                overrides |= {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield node.name
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")):
        for inner in owner.body:
            if not isinstance(inner, ast.FunctionDef) or inner.name.startswith("_") or inner.name in overrides:
                continue
            if any(isinstance(mark, ast.Attribute) and mark.attr == "setter" for mark in inner.decorator_list):
                continue
            if not ast.get_docstring(inner):
                yield f"{owner.name}.{inner.name}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_public_things_have_docstrings(path: Path) -> None:
    assert list(undocumented(path)) == []


def test_no_vague_names() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and (node.name.endswith(BANNED) or re.match(r"Base[A-Z]|Base$", node.name))
    ]
    assert found == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, capture_output=True, text=True)
    paths = [TOP / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix not in (".sum",)]


def test_no_registry_host_and_no_machine_path() -> None:
    words = ["py" + "pi.org", "python" + "hosted", "proxy." + "golang", "goproxy" + ".", "/root" + "/", "/work" + "/"]
    pattern = re.compile("|".join(re.escape(word) for word in words))
    found = [
        f"{path.relative_to(TOP)}: {match.group()}"
        for path in tracked()
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["SnapshotTemplate", "WatermarkTemplate", "ImageStyle"])
def test_a_kind_is_named_in_its_own_file_alone(name: str) -> None:
    """Nothing but docstrings, references of other kinds and the demo's script may name a kind."""
    found = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        if place.parts[0] == "kinds" or place == Path("cli/demo.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
            named = (isinstance(node, ast.Name) and node.id == name) or bool(
                text and isinstance(node, ast.Constant) and re.search(rf"\b{name}\b", str(node.value))
            )
            if named:
                found.append(f"{place}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []
