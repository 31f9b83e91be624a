"""`__provider` in a state: short, known to the byte for every kind, and the same under every Python."""

from __future__ import annotations

import base64
import json
import pickletools
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_ci import state
from pulumi_ci.model.kind import kinds

pytestmark = pytest.mark.engine

GOLDEN: dict[str, str] = json.loads((Path(__file__).parent / "golden_providers.json").read_text())
"""The bytes by slug. States hold them: lines are added with new kinds, and never changed or removed."""

PROGRAM = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("pulumi_ci.state", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(json.dumps({slug: module.frozen(slug) for slug in json.loads(sys.argv[2])}))
"""
PYTHONS = [sys.executable, *(f"python3.{minor}" for minor in range(10, 16))]


def test_no_released_kind_is_gone() -> None:
    assert set(GOLDEN) <= set(kinds())


@pytest.mark.parametrize("slug", GOLDEN)
def test_bytes_never_change(slug: str) -> None:
    assert state.frozen(slug) == GOLDEN[slug]


@pytest.mark.parametrize("slug", kinds())
def test_bytes_are_short(slug: str) -> None:
    assert len(state.frozen(slug)) <= 80


@pytest.mark.parametrize("slug", GOLDEN)
def test_bytes_name_the_door_and_the_slug_only(slug: str) -> None:
    read = list(pickletools.genops(base64.b64decode(GOLDEN[slug])))
    texts = [argument for opcode, argument, _ in read if opcode.name == "SHORT_BINUNICODE"]
    assert texts == ["pulumi_ci.state", "load", slug]
    assert (read[0][0].name, read[0][1]) == ("PROTO", 4)


@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: Path(python).name)
def test_every_python_writes_the_same_bytes(python: str) -> None:
    found = shutil.which(python)
    runs = found is not None and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0
    command = found if found is not None and runs else sys.executable  # a Python that is not here tests the running one
    done = subprocess.run(
        [command, "-c", PROGRAM, state.__file__, json.dumps(list(GOLDEN))], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == GOLDEN
