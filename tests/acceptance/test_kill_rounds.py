"""Runs are killed at random moments while the program changes: renames, replacements, removals, and all else.

After each kill whoever runs it does as a person would: `pulumi cancel`, then `up` with the same program, and what the
error of that advises. `make kill-rounds` does it 20 times. KILL_SEED repeats the choices of a run that failed.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Outcome, Project, Resource, objects
from pulumi_ci.emulator import Server
from pulumi_ci.emulator.store import Stored
from pulumi_ci.model.kind import kind_of

pytestmark = pytest.mark.engine

ROUNDS = int(os.environ.get("KILL_ROUNDS", "8"))
SEED = os.environ.get("KILL_SEED", "1")
CHANGES = 9
"""Resources that change in a round."""
ELSEWHERE = "moved-1250000000"
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "${RunId}/${Number}.jpg"}
BASE = Resource("snapshot-template", "base", {"count": 1})
SLOTS = [
    *((f"thumbs{number}", "snapshot-template") for number in range(6)),
    *((f"fixed{number}", "snapshot-template") for number in range(4)),
    *((f"small{number}", "image-style") for number in range(4)),
    *((f"named{number}", "image-style") for number in range(4)),
    *((f"flow{number}", "workflow") for number in range(5)),
    *((f"task{number}", "process-image-async-template") for number in range(2)),
    *(("binding", "bucket-binding"), ("hotlink", "hotlink"), ("origin", "origin-protection"), ("queue", "media-queue")),
]
"""What a program may declare: 29 resources beside the base; those called fixed and named have names of their own."""
WORDS = {
    "snapshot-template": "template",
    "image-style": "style",
    "workflow": "workflow",
    "process-image-async-template": "vod-template",
    "bucket-binding": "binding",
    "hotlink": "hotlink",
    "origin-protection": "origin-protect",
    "media-queue": "queue",
}
"""What the emulator calls them."""


@dataclass(frozen=True)
class Declared:
    """One resource of the program: the slot, how often it was renamed, its size, which is in all that it holds."""

    slot: str
    slug: str
    size: int
    renamed: int = 0
    alias: bool = False
    """Whether it says what it was called before."""
    elsewhere: bool = False
    """Whether it lives in the other bucket."""

    @property
    def name(self) -> str:
        """The logical name."""
        return f"{self.slot}-{self.renamed}"

    def properties(self) -> dict[str, Any]:
        """What the program says."""
        name, size = self.slot, self.size
        found: Mapping[str, dict[str, Any]] = {
            "snapshot-template": {"count": size, "width": 640, **({"name": name} if "fixed" in name else {})},
            "image-style": {
                "style_body": f"imageMogr2/thumbnail/{size}x",
                **({"style_name": name} if "named" in name else {}),
            },
            "workflow": {
                "state": "Active",
                "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
                "nodes": {
                    "Start": {"type": "Start", "object_prefix": f"in{size}/"},
                    "Snapshot_a": {"type": "Snapshot", "template_id": "${base.template_id}", "output": OUTPUT},
                },
            },
            "process-image-async-template": {"encode_config": {"format": "WebP", "quality": size}},
            "hotlink": {"type": "white", "url": [f"s{size}.example.com"]},
            "media-queue": {"name": f"media-{size}", "on_delete": "restore"},
        }
        return {**found.get(self.slug, {}), **({"bucket": ELSEWHERE} if self.elsewhere else {})}

    def holds(self) -> str:
        """A text that stands in what the cloud holds."""
        texts = {
            "snapshot-template": f"<Count>{self.size}</Count>",
            "image-style": f"thumbnail/{self.size}x<",
            "workflow": f"in{self.size}/<",
            "process-image-async-template": f'"Quality": {self.size}',
            "hotlink": f"s{self.size}.example.com",
            "media-queue": f"<Name>media-{self.size}</Name>",
        }
        return texts.get(self.slug, "on")

    def resource(self, project: Project) -> Resource:
        """The resource as declared."""
        plain = Resource(self.slug, self.name, self.properties())
        if not self.alias:
            return plain
        old = project.urn(Resource(self.slug, replace(self, renamed=self.renamed - 1).name, {}))
        return Resource(plain.slug, plain.name, plain.properties, {"aliases": [old]})


def changed(one: Declared, dice: random.Random) -> Declared | None:
    """The resource of the next round; None when the program no longer has it."""
    plain = replace(one, alias=False)
    what = dice.choices(("change", "rename", "rename with alias", "move", "remove"), (3, 3, 1, 2, 2))[0]
    if what == "remove":
        return None
    if what.startswith("rename"):
        return replace(plain, renamed=one.renamed + 1, alias=what.endswith("alias"))
    if what == "move" and one.slug not in ("workflow", "process-image-async-template"):
        return replace(plain, elsewhere=not one.elsewhere)
    return replace(plain, size=one.size % 90 + 1)


def kill_somewhere(project: Project, dice: random.Random) -> bool:
    """Starts an `up` and kills it, with all that it started, at a random moment. Returns whether it was still on."""
    calls, pause = dice.randrange(0, 2 * CHANGES), dice.uniform(0, 0.1)
    before = len(project.server.emulator.requests)
    running = project.start("up", "--yes", "--skip-preview")
    while running.running() and len(project.server.emulator.requests) < before + calls:
        time.sleep(0.005)
    time.sleep(pause)
    was_on = running.running()
    if was_on:
        running.kill()
    return was_on


def healed(project: Project) -> Outcome:
    """What a person does after a kill."""
    for file in (project.folder / "state").rglob("*.attrs"):
        if not file.stat().st_size:  # the engine's own store was killed in writing it, and now says EOF
            file.unlink()
    project.run("cancel", "--yes", code=None)
    outcome = project.up(code=None)
    for _ in range(2):
        if outcome.code == 0:
            break
        advised = ["--refresh"] if "pulumi up --refresh" in outcome.flat() else []
        outcome = project.up(*advised, code=None)
    assert outcome.code == 0, outcome.said
    return outcome


def _key(slug: str, id: str) -> tuple[str, str, str]:
    """Kind, bucket and id of what stands in the state, as the emulator would say."""
    word, parts = WORDS[slug], id.split("/")
    if word == "vod-template":
        return word, parts[0] if len(parts) > 1 else "0", parts[-1]
    return word, parts[1], parts[2] if len(parts) > 2 else word


def _there(items: list[Stored]) -> dict[tuple[str, str, str], Stored]:
    return {(item.kind, item.bucket, item.name if item.kind == "style" else item.id): item for item in items}


def held(project: Project, declared: Mapping[str, Declared], said: str) -> None:
    """Everything declared is there as declared, in the state and in the cloud; nothing else is."""
    state = project.state()
    assert sorted(state) == sorted(["base", *(one.name for one in declared.values())])
    found = _there(project.server.emulator.objects)
    lost = []
    for one in declared.values():
        item = found.get(_key(one.slug, str(state[one.name]["id"])))
        if item is None:
            lost.append(f"{one.name} is lost")
        elif one.holds() not in item.xml or "<State>Paused" in item.xml or "off</" in item.xml:
            lost.append(f"{one.name} is {item.xml}")
    assert lost == [], said
    slugs = {kind_of(slug).token(): slug for slug in WORDS}
    owned = {_key(slugs[item["type"]], str(item["id"])) for item in state.values()}
    orphans = [key for key in _there(objects(project.server, None)) if key not in owned]
    assert orphans == [], said
    assert len(owned) == len(state), "two resources own one object"


def test_killed_runs_lose_nothing(new_project: NewProject, ci_emulator: Server) -> None:
    print(f"KILL_SEED={SEED}, {ROUNDS} kills")  # noqa: T201
    dice, kills = random.Random(SEED), 0
    config = {"ci:region": REGION, "ci:bucket": BUCKET, "ci:adopt": "identical"}  # names of one's own need it
    project = new_project(config=config)
    declared = {slot: Declared(slot, slug, dice.randrange(1, 90)) for slot, slug in SLOTS}
    project.declare(BASE, *(one.resource(project) for one in declared.values()))
    project.up()
    held(project, declared, "the first run")
    while kills < ROUNDS:
        for slot, slug in dice.sample(SLOTS, CHANGES):
            one = changed(declared.pop(slot), dice) if slot in declared else Declared(slot, slug, dice.randrange(1, 90))
            if one is not None:
                declared[slot] = one
        project.declare(BASE, *(one.resource(project) for one in declared.values()))
        kills += kill_somewhere(project, dice)
        held(project, declared, f"kill {kills}:\n{healed(project).said}")
    project.quiet()
    project.destroy()
    assert objects(project.server, None) == []
