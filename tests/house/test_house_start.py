"""A process that sends nothing, as a program or a quiet preview's provider, does not wait for what sends."""

from __future__ import annotations

import subprocess
import sys

import pytest

DEAR = {"requests", "tenacity", "deepdiff", "qcloud_cos", "tencentcloud", "pulumi_ci.image"}

STARTS = {
    "program": "import pulumi_ci as ci; ci.SnapshotTemplate",
    "provider": (
        "from pulumi_ci.state import load; provider = load('snapshot-template');"
        "values = {'region': 'ap-beijing', 'bucket': 'media-1250000000', 'name': 'thumbs', 'count': 3.0};"
        "assert provider.check(values, values).inputs == values;"
        "assert provider.diff('ap-beijing/media-1250000000/t1', values, values).changes is False"
    ),
}


@pytest.mark.parametrize("start", STARTS)
def test_a_start_is_light(start: str) -> None:
    source = f"{STARTS[start]}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert not DEAR & set(done.stdout.split())
