"""The real engine runs programs with a dynamic resource, from the command line and through the Automation API."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import automation, dynamic

from pulumi_ci.engine import Engine, ensure

pytestmark = pytest.mark.engine

PROJECT = "name: tiny\nruntime: python\n"
PROGRAM = """
import sys
import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class Provider(ResourceProvider):
    def create(self, props):
        return CreateResult("one", {**props, "provider": sys.executable})


class Thing(Resource):
    provider: pulumi.Output[str]

    def __init__(self, name):
        super().__init__(Provider(), name, {"size": pulumi.Config().require_int("size"), "provider": None})


pulumi.export("pythons", [sys.executable, Thing("thing").provider])
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return ensure()


@pytest.fixture
def environ(engine: Engine, tmp_path: Path) -> dict[str, str]:
    base = {"HOME": str(tmp_path), "PATH": os.defpath}
    return engine.environment(tmp_path / "the state", "secret", base, tmp_path / "pulumi home")


def test_second_call_finds_it_again(engine: Engine) -> None:
    said: list[str] = []
    assert ensure(say=said.append).bin == engine.bin
    assert not said


def test_command_line(engine: Engine, environ: dict[str, str], tmp_path: Path) -> None:
    def pulumi_command(*arguments: str) -> str:
        argv = [str(engine.command), "--non-interactive", "--stack", "dev", *arguments]
        return subprocess.run(argv, cwd=tmp_path, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout

    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    (tmp_path / "__main__.py").write_text(PROGRAM)
    pulumi_command("stack", "init")
    pulumi_command("config", "set", "size", "1")
    assert json.loads(pulumi_command("preview", "--json"))["changeSummary"] == {"create": 2}
    pulumi_command("up", "--yes", "--skip-preview")
    assert json.loads(pulumi_command("stack", "output", "--json"))["pythons"] == [sys.executable, sys.executable]
    assert json.loads(pulumi_command("preview", "--json"))["changeSummary"] == {"same": 2}
    pulumi_command("destroy", "--yes", "--skip-preview")
    assert json.loads(pulumi_command("stack", "export"))["deployment"].get("resources", []) == []


def test_automation_api(engine: Engine, environ: dict[str, str]) -> None:
    class Provider(dynamic.ResourceProvider):
        def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
            return dynamic.CreateResult("one", props)

    class Thing(dynamic.Resource):
        pass

    stack = automation.create_stack(
        "dev",
        "tiny",
        program=lambda: pulumi.export("id", Thing(Provider(), "thing", {"size": 1}).id),
        opts=automation.LocalWorkspaceOptions(env_vars=environ, pulumi_command=automation.PulumiCommand(engine.root)),
    )
    assert stack.preview().change_summary == {automation.OpType.CREATE: 2}
    assert stack.up().outputs["id"].value == "one"
    assert stack.preview().change_summary == {automation.OpType.SAME: 2}
    assert stack.destroy().summary.resource_changes == {"delete": 2}
