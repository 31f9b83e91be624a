"""Fast mode: a killed `up` leaves a full cloud and a state that knows nothing of it; the next one finds all of it.

`make fast-mode` runs it with 300 resources. FAST_MODE_SEED repeats a run that failed.
"""

from __future__ import annotations

import os
import random
import secrets
import time
from collections import Counter

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project, Resource, local_id, objects

pytestmark = pytest.mark.engine

FAST = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
COUNT = int(os.environ.get("FAST_MODE_RESOURCES", "60"))
KILLS = int(os.environ.get("FAST_MODE_KILLS", "3"))
SEED = os.environ.get("FAST_MODE_SEED") or secrets.token_hex(4)


def declared() -> list[Resource]:
    """Templates, styles and workflows that refer to the templates, a third each; none of them has a name."""
    found = []
    for number in range(COUNT // 3):
        found.append(Resource("snapshot-template", f"thumbs-{number}", {"count": 1 + number, "width": 640}))
        body = f"imageMogr2/thumbnail/{100 + number}x"
        found.append(Resource("image-style", f"small-{number}", {"style_body": body}))
        output = {"region": REGION, "bucket": BUCKET, "object": f"{number}/${{Number}}.jpg"}
        template = f"${{thumbs-{number}.template_id}}"
        nodes = {
            "Start": {"type": "Start", "object_prefix": f"in-{number}/"},
            "Snapshot_thumbs": {"type": "Snapshot", "template_id": template, "output": output},
        }
        dependencies = {"Start": ["Snapshot_thumbs"], "Snapshot_thumbs": ["End"]}
        found.append(Resource("workflow", f"watch-{number}", {"nodes": nodes, "dependencies": dependencies}))
    return found


def kill_somewhere(project: Project, dice: random.Random) -> None:
    """Starts an `up` and kills it, with all that it started, while a random read is held up: other calls go on."""
    number, pause = dice.randrange(1, COUNT // 3), dice.uniform(0, 0.2)
    fault = project.server.emulator.faults.add("delay", method="GET", nth=number, delay=30, times=1)
    running = project.start("up", "--yes", "--skip-preview")
    while running.running() and not fault.struck:
        time.sleep(0.01)
    time.sleep(pause)
    assert running.running(), f"it ended before its read {number}"
    running.kill()
    project.server.emulator.faults.clear()


def test_what_killed_runs_made_is_found_again(new_project: NewProject) -> None:
    print(f"FAST_MODE_SEED={SEED}")  # noqa: T201
    dice, project = random.Random(SEED), new_project(environ=FAST)
    project.declare(*declared())
    for _ in range(KILLS):
        kill_somewhere(project, dice)
        assert project.state() == {}, "there are no checkpoints"
        locked = project.up(code=None)
        assert locked.code != 0
        assert "pulumi cancel" in locked.flat()
        project.run("cancel", "--yes")
    orphans = objects(project.server)
    assert orphans

    project.up()
    found = objects(project.server)
    assert {item.id for item in orphans} <= {item.id for item in found}, "what was there is kept"
    assert max(Counter((item.kind, item.name) for item in found).values()) == 1, "nothing is there twice"
    assert {item.id for item in found} == {local_id(item) for item in project.state().values()}, "nothing is forgotten"
    assert len(found) == len(declared())
    assert not [call for call in project.quiet().calls if call.method != "GET"]
    project.destroy()
    assert objects(project.server) == []


def test_a_run_that_fails_still_writes_the_state(new_project: NewProject) -> None:
    """Only a run that is killed forgets."""
    project = new_project(environ=FAST)
    project.declare(*(Resource("snapshot-template", f"thumbs-{number}", {"count": 3}) for number in range(3)))
    project.server.emulator.faults.add("error", method="POST", nth=2, status=403, code="AccessDenied")
    failed = project.up(code=None)
    assert failed.code != 0
    held = {item.id for item in objects(project.server)}
    assert len(held) == 2
    assert {local_id(item) for item in project.state().values()} == held
