"""A hundred random changes of a program on the real engine while every fifth call fails: nothing is lost or doubled.

Whoever runs it does as a person would: a run that fails is started again, with the same program.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Mapping
from typing import Any

import pytest
from reliability.matrix import TROUBLES

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project, Resource
from pulumi_ci.emulator import Server
from pulumi_ci.model.kind import kind_of

pytestmark = pytest.mark.engine

ROUNDS, CHANGES = 7, 15
SEED = int(os.environ.get("PULUMI_CI_SEED", "1"))
Values = dict[str, Any]
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "${RunId}/${Number}.jpg"}
WORDS = {"snapshot-template": "template", "image-style": "style", "workflow": "workflow"}
"""Kinds whose objects only a create makes, and what the emulator calls them."""


def resource(slug: str, number: int, chance: random.Random) -> Resource:
    """One resource with names made for it, its properties by chance."""
    size = chance.randrange(1, 9)
    properties: Mapping[str, Values] = {
        "snapshot-template": {"count": size, "width": 128 * size},
        "image-style": {"style_body": f"imageMogr2/thumbnail/{size}00x"},
        "workflow": {
            "state": chance.choice(["Active", "Paused"]),
            "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
            "nodes": {
                "Start": {"type": "Start", "object_prefix": f"in{size}/"},
                "Snapshot_a": {"type": "Snapshot", "template_id": "${base.template_id}", "output": OUTPUT},
            },
        },
        "hotlink": {"type": "white", "url": [f"s{size}.example.com"]},
        "media-queue": {"name": f"queue-{size}"},
    }
    return Resource(slug, f"{slug}-{number}", properties[slug])


def faults(server: Server, chance: random.Random) -> None:
    """Every fifth of the next thousand calls goes wrong, in any way that ends at once."""
    names = [name for name in TROUBLES if not name.startswith("time-out")]
    for call in range(5, 1_000, 5):
        trouble = TROUBLES[chance.choice(names)]
        server.emulator.faults.add(trouble.fault(kind_of("snapshot-template"), call, False))


def owned(project: Project) -> list[tuple[str, str]]:
    """Kind and id of what the state holds."""
    found = project.state().values()
    slugs = {kind_of(slug).token(): word for slug, word in WORDS.items()}
    return sorted((slugs[item["type"]], item["id"].split("/")[2]) for item in found if item["type"] in slugs)


def present(server: Server) -> list[tuple[str, str]]:
    """Kind and id of what the bucket holds."""
    items = [item for item in server.emulator.objects if item.kind in WORDS.values()]
    return sorted((item.kind, item.name if item.kind == "style" else item.id) for item in items)


def test_a_hundred_changes_under_faults(new_project: NewProject, ci_emulator: Server) -> None:
    print(f"seed {SEED}; PULUMI_CI_SEED chooses another")  # noqa: T201
    chance, project = random.Random(SEED), new_project()
    base = Resource("snapshot-template", "base", {"count": 1})
    binding = Resource("bucket-binding", "binding", {})
    slots = [
        *itertools.product(("snapshot-template", "image-style", "workflow"), range(6)),
        ("hotlink", 0),
        ("media-queue", 0),
    ]
    declared: dict[tuple[str, int], Resource] = {}
    project.declare(base, binding)
    project.up()
    failed = struck = 0
    for _ in range(ROUNDS):
        for slot in chance.sample(slots, CHANGES):
            if slot in declared and chance.random() < 0.3:
                del declared[slot]
            else:
                declared[slot] = resource(*slot, chance)
        project.declare(base, binding, *declared.values())
        faults(ci_emulator, chance)
        for _ in range(3):
            run = project.up(code=None)
            struck += sum(bool(call.fault) for call in run.calls)
            if run.code == 0:
                break
            failed += 1
        ci_emulator.emulator.faults.clear()
        project.up("--refresh")
        assert present(ci_emulator) == owned(project)
        assert len(owned(project)) == 1 + sum(slug in WORDS for slug, _ in declared)
    project.quiet()
    print(f"{struck} calls struck, {failed} runs failed")  # noqa: T201
    assert failed > 0
    assert struck > ROUNDS * CHANGES // 5
    project.destroy()
    assert present(ci_emulator) == []
