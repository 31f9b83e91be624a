"""What every public thing says about itself, and words that must not be in the tree."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scaffold.todo import left

from pulumi_ci.model.kind import kinds

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


def files(top: Path) -> list[Path]:
    """Every file of the tree: those that git knows, or where there is no git, as in an unpacked sdist, all of them."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=top, capture_output=True, text=True)
    paths = [top / line for line in listed.stdout.splitlines()] if listed.returncode == 0 else top.rglob("*")
    skipped = {".git", "__pycache__", ".venv"}
    return [
        path
        for path in paths
        if path.is_file() and path.suffix != ".sum" and skipped.isdisjoint(path.relative_to(top).parts)
    ]


def forbidden(top: Path) -> list[str]:
    """Hosts of registries and paths of a machine in the files of a tree."""
    words = ["py" + "pi.org", "python" + "hosted", "proxy." + "golang", "goproxy" + ".", "/root" + "/", "/work" + "/"]
    pattern = re.compile("|".join(re.escape(word) for word in words))
    return [
        f"{path.relative_to(top)}: {match.group()}"
        for path in files(top)
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]


@pytest.mark.all_kinds
def test_no_registry_host_and_no_machine_path() -> None:
    assert Path(__file__) in files(TOP)
    assert forbidden(TOP) == []


def test_nothing_is_left_to_do() -> None:
    assert left(TOP) == [], "fill in what the skeleton of a kind marks: CONTRIBUTING.md"


def test_a_tree_without_git_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "hosts.py").write_text('HOST = "files.python' + 'hosted.org"\n')
    assert forbidden(tmp_path) == ["package/hosts.py: python" + "hosted"]


WIRE_WORDS = ("Hotlink", "ProcessImage", "Workflow", "WorkflowExecution")
"""Kinds that are called what the service calls an element or an action, which the emulator has to say."""


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def naming(path: Path, name: str) -> Iterator[int]:
    """The lines that name a kind: as a name, in an import, or in a text that is no docstring."""
    documents = {id(node.value) for node in ast.walk(parsed(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            named = re.search(rf"\b{name}\b", node.value) is not None
        elif isinstance(node, ast.ImportFrom):
            named = any(alias.name == name for alias in node.names)
        else:
            named = isinstance(node, ast.Name) and node.id == name
        if named:
            yield node.lineno  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [kind.__name__ for kind in kinds().values()])
def test_a_kind_is_named_in_its_own_file_alone(name: str) -> None:
    """Nothing but docstrings, references of other kinds and the demo's script may name a kind."""
    found = []
    for path in ROOT.rglob("*.py"):
        place = path.relative_to(ROOT)
        said = place.parts[0] == "kinds" or place == Path("cli/demo.py")
        if not said and not (place.parts[0] in ("emulator", "probe") and name in WIRE_WORDS):
            found += [f"{place}:{line}" for line in naming(path, name)]
    assert found == []
