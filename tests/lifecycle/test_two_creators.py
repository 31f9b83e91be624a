"""Two runs that make one object at the same time: exactly one has it in the end, and the other one says so."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from world import BUCKET, REGION, Late, Values, Wire, World

from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import AlreadyExists, CiError
from pulumi_ci.api.rows import Rows
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Occupied, Session, Stored
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.kind import Kind, kind_of

WORKFLOW, STYLE, VOD, SNAPSHOT, ANIMATION = (
    kind_of(slug)
    for slug in ("workflow", "image-style", "process-image-async-template", "snapshot-template", "animation-template")
)
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"}
FLOW: Values = {
    "name": "publish",
    "state": "Active",
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t1", "output": OUTPUT},
    },
}
OTHER_FLOW = {**FLOW, "nodes": {**FLOW["nodes"], "Start": {"type": "Start", "object_prefix": "other/"}}}
JPEG = {"name": "small", "encode_config": {"format": "JPEG", "quality": 50}}


class Unsteady(Wire):
    """Calls that take some time or other."""

    def __init__(self, app: Any, dice: random.Random) -> None:
        super().__init__(app)
        self._dice = dice

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer."""
        time.sleep(self._dice.random() / 200)
        return super().send(request, *words, **more)


def run(world: World, kind: type[Kind], wire: Callable[[], Wire], sleep: Callable[[float], None]) -> Lifecycle:
    """A run of another checkout in the same cloud."""
    return lifecycle(kind, Session(Client(world.settings, sleep=sleep, adapter=wire), Rows(), sleep))


def there(world: World, kind: str) -> list[str]:
    return [item.id for item in world.emulator.objects if item.kind == kind]


@pytest.mark.parametrize("rival", [FLOW, OTHER_FLOW], ids=["the same", "another of the name"])
@pytest.mark.parametrize("number", range(1, 6))
def test_a_run_that_comes_in_between_has_it(number: int, rival: Values) -> None:
    """Another run makes its own, whole, before the nth call of this one."""
    with World() as world:
        inputs, others = world.inputs(WORKFLOW, FLOW), world.inputs(WORKFLOW, rival)
        made: list[Stored] = []

        def act() -> None:
            try:
                made.append(world.lifecycle(WORKFLOW).create(others))
            except Occupied:
                made.clear()

        late = run(world, WORKFLOW, lambda: Late(world.emulator, number, act), lambda seconds: None)
        try:
            mine: Stored | None = late.create(inputs)
        except Occupied:
            mine = None
        ids = there(world, "workflow")
        assert sorted(one.id.rsplit("/", 1)[1] for one in [*made, *filter(None, [mine])]) == sorted(ids)
        if number == 2:
            assert len(ids) == 1, "between its look and its create"
            assert mine is None


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("kind", "properties", "stored"), [(WORKFLOW, FLOW, "workflow"), (VOD, JPEG, "vod-template")])
def test_of_two_at_the_same_time_one_stays(seed: int, kind: type[Kind], properties: Values, stored: str) -> None:
    with World() as world:
        inputs, gate = world.inputs(kind, properties), threading.Barrier(2)
        made: list[Stored] = []
        said: list[str] = []

        def create(number: int) -> None:
            dice = random.Random(seed * 2 + number)
            one = run(world, kind, lambda: Unsteady(world.emulator, dice), lambda seconds: time.sleep(seconds / 20))
            gate.wait()
            try:
                made.append(one.create(inputs))
            except Occupied as error:
                said.append(str(error))

        threads = [threading.Thread(target=create, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.id.rsplit("/", 1)[1] for one in made] == there(world, stored)
        assert (len(made), len(said)) == (1, 1)


def test_a_twin_that_nobody_removes_is_an_error() -> None:
    """Somebody who keeps to no rule makes the same: this run gives way, and says so."""
    with World() as world:
        inputs = world.inputs(WORKFLOW, FLOW)

        def act() -> None:
            other = world.lifecycle(WORKFLOW)
            other.post(other.place(inputs), inputs, "publish")  # type: ignore[attr-defined]

        with pytest.raises(Occupied, match="another run made"):
            run(world, WORKFLOW, lambda: Late(world.emulator, 2, act), lambda seconds: None).create(inputs)
        assert len(there(world, "workflow")) == 1


@pytest.mark.parametrize("number", [2, 3])
def test_a_style_that_two_add_has_one_owner(number: int) -> None:
    """Both look, both add: the service lets the last one have the name, and the first one reads it again."""
    with World() as world:
        mine = world.inputs(STYLE, {"style_name": "card", "style_body": "imageMogr2/rotate/90"})
        other = world.inputs(STYLE, {"style_name": "card", "style_body": "imageMogr2/rotate/180"})

        def act() -> None:
            session = world.lifecycle(STYLE)
            session._put(session.place(other), "card", "create", other)  # type: ignore[attr-defined]

        late = run(world, STYLE, lambda: Late(world.emulator, number, act), lambda seconds: None)
        if number == 2:  # this one added last, and the other one will read it
            assert late.create(mine).inputs == mine
        else:
            with pytest.raises(Occupied, match=r"another run added .*adopt='match'"):
                late.create(mine)
        assert there(world, "style") == ["card"]


def test_a_look_that_fails_does_not_fail_the_create(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        world.emulator.faults.add("error", method="GET", path="name=publish", status=403, code="AccessDenied")
        made = world.lifecycle(WORKFLOW).create(world.inputs(WORKFLOW, FLOW))
        assert there(world, "workflow") == [made.id.rsplit("/", 1)[1]]
        assert "reading it back failed" in caplog.text


# -- names that move ------------------------------------------------------------------------------------------------


def test_names_that_are_swapped_and_kinds_that_change_name_the_way_out() -> None:
    with World() as world:
        snapshots = world.lifecycle(SNAPSHOT)
        one = snapshots.create(world.inputs(SNAPSHOT, {"name": "one", "count": 1}))
        snapshots.create(world.inputs(SNAPSHOT, {"name": "two", "count": 1}))
        with pytest.raises(AlreadyExists, match="a third name in between"):
            snapshots.update(one.id, one.outs, {**one.inputs, "name": "two"})
        animation = {"name": "two", "container": {"format": "gif"}, "video": {"codec": "gif"}}
        with pytest.raises(CiError, match="perhaps of another kind"):
            world.lifecycle(ANIMATION).create(world.inputs(ANIMATION, animation))
