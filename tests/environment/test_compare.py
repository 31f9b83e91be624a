"""What is a difference between two environments and what is none, as data."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_ci.environment.compare import compare
from pulumi_ci.environment.environment import Environment
from pulumi_ci.environment.read import reads
from pulumi_ci.model.path import show

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "compare.yaml").read_text())
CONFIG = {"n": "integer", "m": "integer", "host": "string"}


def environment(side: str, resources: dict[str, Any]) -> Environment:
    """One side of a case; each has a bucket and values of its own."""
    text = io.StringIO()
    yaml.safe_dump({"config": CONFIG, "resources": resources}, text, sort_keys=False, allow_unicode=True)
    values = {"ci.region": f"ap-{side}", "ci.bucket": f"{side}-1250000000", "n": len(side), "m": 9}
    return reads(text.getvalue(), f"{side}.yaml", {**values, "host": f"{side}.example.com"})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_differences(case: dict[str, Any]) -> None:
    found = []
    for one in compare(environment("a", case["a"]), environment("b", case["b"])).differences:
        lines = [f"{one.action} {one.resource.name} {show(c.path)}: {c.old} -> {c.new}" for c in one.changes]
        found += lines or [f"{one.action} {one.resource.name}"]
    assert found == case["found"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_nothing_differs_from_itself(case: dict[str, Any]) -> None:
    for side in ("a", "b"):
        both = environment(side, case[side])
        assert not compare(both, both)
