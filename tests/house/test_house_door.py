"""The one public door: what it offers, and that its stub says the same."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pulumi_ci
from pulumi_ci.provider.resources import find
from pulumi_ci.provider.stubs import PACKAGE, stubs


def offered() -> set[str]:
    """The names that the stub shows."""
    names: set[str] = set()
    for node in ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8")).body:
        if (isinstance(node, ast.ClassDef) and not node.name.endswith("Args")) or isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname for alias in node.names if alias.asname}
    return names


@pytest.mark.all_kinds
def test_every_name_is_there_and_sorted() -> None:
    names = dir(pulumi_ci)
    assert names == sorted(names)
    assert all(getattr(pulumi_ci, name) is not None for name in names)
    assert set(names) == offered(), "run `make generated`"


def test_stub_is_fresh() -> None:
    assert stubs() == {target: target.read_text(encoding="utf-8") for target in stubs()}, "run `make generated`"


def test_the_other_modules_show_their_kinds() -> None:
    for made, module in ((pulumi_ci.vod.ProcessImageAsyncTemplate, "vod"), (pulumi_ci.mps.ProcessImage, "mps")):
        assert made.__module__ == getattr(pulumi_ci, module).__name__ == f"pulumi_ci.{module}"
        found = find(module, made.__name__)
        assert found is not None
        assert found.kind.token() == f"pulumi-python:dynamic/{module}:{made.__name__}"
        assert made.__name__ not in dir(pulumi_ci)


def test_schemas_are_fresh() -> None:
    top = Path(__file__).parents[2]
    command = [sys.executable, "-m", "pulumi_ci.cli.main", "schema", "--check"]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_importing_costs_little() -> None:
    """Every provider process imports the package; nothing heavy may come along before it is used."""
    script = "import sys, pulumi_ci, pulumi_ci.state; print(sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(done.stdout))
    assert not loaded & {"pulumi", "pydantic", "requests", "deepdiff", "rich", "click", "werkzeug", "qcloud_cos"}
