"""The same life through the Automation API, as a function and without a language host: every kind in one stack."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import automation

from acceptance.cases import CASES
from acceptance.stack import BUCKET, REGION, edit, objects
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine
from pulumi_ci.provider.resources import resource_class

pytestmark = pytest.mark.engine


def program() -> None:
    """Declares every case; what it refers to was declared before."""
    made: dict[str, Any] = {}

    def resolved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: resolved(item) for key, item in value.items()}
        if isinstance(value, list):
            return [resolved(item) for item in value]
        reference = re.fullmatch(r"\$\{([a-z-]+)\.(\w+)\}", value) if isinstance(value, str) else None
        return getattr(made[reference[1]], reference[2]) if reference else value

    for slug, case in CASES.items():
        properties = resolved(dict(case.properties))
        made[slug] = resource_class(case.kind)(slug, **properties)
        pulumi.export(slug, made[slug].id)


@pytest.fixture
def stack(engine: Engine, ci_emulator: Server, tmp_path: Path) -> automation.Stack:
    environment = engine.environment(tmp_path / "state", "secret", os.environ, tmp_path / "home")
    environment |= {**ci_emulator.environment, "PULUMI_CI_PACE": "off"}
    options = automation.LocalWorkspaceOptions(
        env_vars=environment, pulumi_command=automation.PulumiCommand(root=engine.root)
    )
    found = automation.create_stack("dev", project_name="inline", program=program, opts=options)
    found.set_all_config({"ci:region": automation.ConfigValue(REGION), "ci:bucket": automation.ConfigValue(BUCKET)})
    return found


def test_the_whole_life(stack: automation.Stack, ci_emulator: Server) -> None:
    up = stack.up()
    assert set(up.outputs) == set(CASES)
    assert stack.preview(refresh=True).change_summary == {automation.OpType.SAME: len(CASES) + 1}

    for slug, case in CASES.items():
        edit(ci_emulator, case.edit, {"id": up.outputs[slug].value})
    wanted = {slug: "create" if case.drift == "create" else "update" for slug, case in CASES.items()}
    summary = stack.preview(refresh=True).change_summary
    assert summary.get(automation.OpType.UPDATE) == list(wanted.values()).count("update")
    assert summary.get(automation.OpType.CREATE) == list(wanted.values()).count("create")

    stack.up(refresh=True)
    assert stack.preview(refresh=True).change_summary == {automation.OpType.SAME: len(CASES) + 1}
    stack.destroy()
    assert objects(ci_emulator) == []
