"""One project and stack name in two checkouts, each with a backend of its own: neither takes what the other made."""

from __future__ import annotations

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Resource, local_id, objects
from pulumi_ci.emulator import Server

pytestmark = pytest.mark.engine

OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "covers/${Number}.jpg"}
MADE = [
    Resource("snapshot-template", "thumbs", {"count": 3}),
    Resource("image-style", "card", {"style_body": "imageMogr2/thumbnail/1x"}),
    Resource(
        "workflow",
        "covers",
        {
            "nodes": {
                "Start": {"type": "Start", "object_prefix": "in/"},
                "SmartCover_a": {"type": "SmartCover", "output": OUTPUT},
            },
            "dependencies": {"Start": ["SmartCover_a"], "SmartCover_a": ["End"]},
        },
    ),
]
"""Resources whose names are made for them, from project, stack, logical name and inputs alone."""


def test_the_second_takes_nothing_over(new_project: NewProject, ci_emulator: Server) -> None:
    first, second = new_project(), new_project()
    first.declare(*MADE)
    first.up()
    held = objects(ci_emulator)
    second.declare(*MADE)
    refused = second.up("--continue-on-error", code=None)
    assert objects(ci_emulator) == held
    taken = [local_id(item) for item in second.state().values()]
    assert taken == [], refused.said
    assert refused.code != 0
    for kind in ("SnapshotTemplate", "ImageStyle", "Workflow"):
        assert f"{kind} " in refused.flat()
    assert refused.flat().count("exists already") >= len(MADE)

    second.destroy()
    assert objects(ci_emulator) == held
    first.quiet()
    first.destroy()
    assert objects(ci_emulator) == []
