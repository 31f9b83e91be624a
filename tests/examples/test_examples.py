"""The examples do what their folders say: outputs as expected, a quiet second look, nothing left; so does the demo."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from acceptance.stack import Project, objects
from rich.console import Console

from pulumi_ci.cli import demo
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine, ensure

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/Pulumi.yaml"))
WITHOUT_KEYS = {"TENCENTCLOUD_SECRET_ID": None, "TENCENTCLOUD_SECRET_KEY": None}


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine, found or made."""
    return ensure()


def first_program() -> str:
    """The first program of the project's README."""
    found = re.search(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert found, "the README shows no program"
    return found[1]


def masked(outputs: str) -> object:
    """Outputs as JSON, without what the order of creation decides: the digits of generated ids."""
    return json.loads(re.sub(r"\b(t1|w|p|m)[0-9a-f]{32}\b", r"\1...", outputs[: outputs.rindex("}") + 1]))


@pytest.mark.engine
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_lives_its_whole_life(example: Path, engine: Engine, ci_emulator: Server, tmp_path: Path) -> None:
    # Nothing but the address is set: without keys an example takes those of the emulator, where it says so.
    says_so = "emulator=" in (example / "__main__.py").read_text(encoding="utf-8")
    project = Project(engine, tmp_path, ci_emulator, init=False, environ=WITHOUT_KEYS if says_so else {})
    shutil.copytree(example, project.work, dirs_exist_ok=True)
    project.run("stack", "init", "dev")
    project.up()
    found = project.run("stack", "output", "--json").said
    expected = (example / "outputs.json").read_text(encoding="utf-8")
    assert masked(found) == masked(expected)
    project.quiet()
    project.destroy()
    assert project.state() == {}
    assert objects(ci_emulator, bucket=None) == []


@pytest.mark.engine
def test_the_first_program_of_the_readme_passes_the_preview(
    engine: Engine, ci_emulator: Server, tmp_path: Path
) -> None:
    project = Project(engine, tmp_path, ci_emulator)
    project.program(first_program())
    assert set(project.plan().ops()) >= {"binding", "card", "thumbs", "queue", "publish"}


@pytest.mark.engine
def test_every_step_of_the_demo_holds() -> None:
    said = io.StringIO()
    assert demo.run(console=Console(file=said, width=120)), said.getvalue()


def test_programs_satisfy_the_type_checker(tmp_path: Path) -> None:
    programs = {path.name: (path / "__main__.py").read_text(encoding="utf-8") for path in EXAMPLES}
    for name, text in {**programs, "readme": first_program()}.items():
        (tmp_path / f"{name.replace('-', '_')}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml"]
    done = subprocess.run([*command, *map(str, tmp_path.iterdir())], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_complete(example: Path) -> None:
    wanted = {"Pulumi.yaml", "Pulumi.dev.yaml", "requirements.txt", "__main__.py", "README.md", "outputs.json"}
    found = {path.name for path in example.iterdir() if not path.name.startswith("__pycache__")}
    assert wanted <= found
    said = (example / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}" in said for name in found - wanted)
    assert f"`{example.name}`" in (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
