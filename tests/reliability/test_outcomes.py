"""Outcomes that the fault matrix cannot show: waiting, advice, real clocks and tokens, and what is quiet afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from world import BUCKET, REGION, Wire, World

from pulumi_ci.api.client import Client
from pulumi_ci.api.credentials import Keys
from pulumi_ci.api.errors import AccessDenied, CiError
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Account, Choices, Emulator
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.journal import Journal
from pulumi_ci.lifecycle.lifecycle import Occupied, Stored
from pulumi_ci.model.kind import Kind, kind_of

SNAPSHOT, STYLE, QUEUE, SEARCH, BINDING, WORKFLOW, VOD = (
    kind_of(slug)
    for slug in (
        *("snapshot-template", "image-style", "media-queue", "image-search-service", "bucket-binding", "workflow"),
        "process-image-async-template",
    )
)
COUNT = {"count": 3}
PICTURES = {"max_capacity": 10}
JPEG = {"encode_config": {"format": "JPEG"}}
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"}
FLOW = {
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t1", "output": OUTPUT},
    },
}
PUT_FLOW = r"/workflow/[^?]*$"


def create(world: World, kind: type[Kind], properties: dict[str, Any], adopt: str | None = None) -> Stored:
    return world.lifecycle(kind).create(world.inputs(kind, properties), adopt)


def read(world: World, kind: type[Kind], stored: Stored) -> Stored:
    seen = world.lifecycle(kind).read(stored.id, stored.outs)
    assert seen is not None
    return seen


def objects(world: World, word: str) -> list[str]:
    return [item.name for item in world.emulator.objects if item.kind == word]


# -- clocks and tokens ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "properties", "code"),
    [(SNAPSHOT, COUNT, "SignatureExpired"), (VOD, JPEG, "AuthFailure.SignatureExpire")],
)
def test_a_clock_that_is_wrong_is_told_at_once_and_nothing_is_made(
    kind: type[Kind], properties: dict[str, Any], code: str
) -> None:
    with World() as world:
        world.emulator.offset = 3600
        with pytest.raises(AccessDenied, match="the clock of this machine") as caught:
            create(world, kind, properties)
        assert caught.value.code == code
        assert caught.value.request_id
        assert (world.slept, world.emulator.objects) == ([], [])
        world.emulator.offset = 0
        create(world, kind, properties)


class Renewed:
    """Temporary keys that are renewed between two calls."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = list(tokens)

    def keys(self) -> Keys:
        """The keys of now."""
        token = self._tokens.pop(0) if len(self._tokens) > 1 else self._tokens[0]
        return Keys(SECRET_ID, SECRET_KEY, token)


def test_an_expired_token_is_told_and_a_renewed_one_works() -> None:
    with World() as world:
        world.emulator = Emulator(accounts=[Account(SECRET_ID, SECRET_KEY, "now")])
        source = Renewed("now", "before", "now")
        world.client = Client(world.settings, source=source, adapter=lambda: Wire(world.emulator))
        with pytest.raises(AccessDenied, match="token"):
            create(world, SNAPSHOT, COUNT)
        assert objects(world, "template") == []
        create(world, SNAPSHOT, COUNT)
        assert len(objects(world, "template")) == 1


# -- switches ---------------------------------------------------------------------------------------------------------


def test_a_bucket_that_is_being_unbound_is_waited_for() -> None:
    with World(Choices(unbinding_reads=4)) as world:
        made = create(world, BINDING, {})
        world.lifecycle(BINDING).delete(made.id, made.outs)
        assert len(world.slept) == 4, "until it is unbound"
        world.emulator.choices = Choices(unbinding_reads=0)
        again = create(world, BINDING, {})
        assert read(world, BINDING, again).outs == again.outs


def test_an_unbinding_without_end_is_an_error_and_the_next_run_binds() -> None:
    with World(Choices(unbinding_reads=15)) as world:
        made = create(world, BINDING, {})
        with pytest.raises(CiError, match=r"is still unbinding after .* try later"):
            world.lifecycle(BINDING).delete(made.id, made.outs)
        again = create(world, BINDING, {})
        assert "original" not in again.outs, "what was about to go was not there already"
        assert ">on<" in world.emulator.objects[0].xml


def test_what_nothing_reads_is_switched_on_once() -> None:
    """A second try after a lost answer is refused; so is a run that comes after a lost one, unless it takes it over."""
    with World() as world:
        world.emulator.faults.add("drop", method="POST", times=1)
        made = create(world, SEARCH, PICTURES)
        assert "unread" not in made.outs
        with pytest.raises(CiError, match="If it is on already, take it over with adopt='match'"):
            create(world, SEARCH, PICTURES)
        assert create(world, SEARCH, PICTURES, "match").outs == made.outs
        assert len(objects(world, "service")) == 1


# -- creates of which nobody knows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "properties", "word"),
    [
        (SNAPSHOT, COUNT, "template"),
        (SNAPSHOT, {**COUNT, "name": "mine"}, "template"),
        (WORKFLOW, {**FLOW, "name": "mine"}, "workflow"),
        (STYLE, {"style_name": "a", "style_body": "imageMogr2/rotate/90"}, "style"),
    ],
    ids=["made name", "unique name", "name that many may have", "style"],
)
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_an_unclear_create_says_what_to_do(kind: type[Kind], properties: dict[str, Any], word: str, where: str) -> None:
    with World() as world:
        method = "PUT" if kind is STYLE else "POST"
        world.emulator.faults.add("error", method=method, commit=True, code="InternalError")
        world.emulator.faults.add("reset", method="GET", since=2)
        with pytest.raises(CiError, match="It may be there all the same") as caught:
            create(world, kind, properties)
        assert "next run from this checkout takes it over" in str(caught.value)
        assert "adopt='identical'" in str(caught.value)
        assert "create failed with InternalError" in str(caught.value)
        world.emulator.faults.clear()
        if where == "elsewhere":
            world.journal = Journal()
            with pytest.raises(Occupied):
                create(world, kind, properties)
            create(world, kind, properties, "identical")
        else:
            create(world, kind, properties)
        assert len(objects(world, word)) == 1


def test_a_queue_whose_take_over_fails_is_put_back() -> None:
    """What the next run finds it takes for the original, so it must be that."""
    with World() as world:
        inputs = {"name": "mine", "state": "Paused", "on_delete": "restore"}
        world.emulator.faults.add("drop", method="PUT", times=6)
        with pytest.raises(CiError, match="update got no answer"):
            create(world, QUEUE, inputs)
        assert objects(world, "queue")[0] == "queue-1"
        made = create(world, QUEUE, inputs)
        assert made.outs["original"]["name"] == "queue-1"
        assert objects(world, "queue")[0] == "mine"


# -- workflows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [1, 2])
def test_a_lost_answer_to_a_change_that_activates_is_survived(call: int) -> None:
    """The change while it was paused makes it run again, and a running one takes no change: it is paused once more."""
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.faults.add("drop", method="PUT", path=PUT_FLOW, nth=call)
        outs = world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        seen = read(world, WORKFLOW, Stored(made.id, made.inputs, outs))
        assert (seen.inputs["name"], seen.inputs["state"]) == ("other", "Active")


@pytest.mark.parametrize("effect", ["drop", "reset"])
@pytest.mark.parametrize("operation", ["update", "delete"])
def test_a_pause_without_an_answer_leaves_no_workflow_paused(effect: Any, operation: str) -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.faults.add(effect, method="PUT", path="paused")
        lifecycle = world.lifecycle(WORKFLOW)
        words = ({**made.inputs, "name": "other"},) if operation == "update" else ()
        with pytest.raises(CiError, match="paused got no answer"):
            getattr(lifecycle, operation)(made.id, made.outs, *words)
        assert read(world, WORKFLOW, made).inputs == made.inputs


def test_a_workflow_that_was_made_stays_in_the_state_although_it_cannot_be_activated(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with World() as world:
        world.emulator.faults.add("error", method="GET", path="ids=", status=403, code="AccessDenied")
        world.emulator.faults.add("error", method="PUT", path="active", status=403, code="AccessDenied")
        made = create(world, WORKFLOW, FLOW)
        assert objects(world, "workflow") == [made.inputs["name"]]
        assert "was made, but" in caplog.text


# -- read-backs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["create", "update"])
def test_what_could_not_be_read_back_is_no_drift_and_later_drift_is_seen(operation: str) -> None:
    """The service fills in a queue; nobody saw it at first, so the next read takes it for what it is."""
    with World() as world:
        made = create(world, WORKFLOW, FLOW) if operation == "update" else None
        fault = world.emulator.faults.add("error", method="GET", path="ids=", status=403, code="AccessDenied")
        if made is not None:
            fault.nth = 2
            outs = world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
            made = Stored(made.id, {**made.inputs, "name": "other"}, outs)
        else:
            made = create(world, WORKFLOW, FLOW)
        assert made.outs["unread"] is True
        world.emulator.faults.clear()
        outs = world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "third"})
        assert "unread" not in outs
        assert outs["filled"] == {"nodes.Start.queue_id": outs["filled"]["nodes.Start.queue_id"]}
        seen = read(world, WORKFLOW, made)
        assert seen.outs["filled"] == outs["filled"]
        assert not [change for change in diff(WORKFLOW, seen.inputs, made.inputs).changes if change.path != ("name",)]
        world.emulator.edit(
            *(BUCKET, REGION, "workflow"),
            id=made.id.split("/")[2],
            set={"MediaWorkflow/Topology/Nodes/Start/Input/QueueId": "p2"},
        )
        drifted = read(world, WORKFLOW, seen)
        assert diff(WORKFLOW, drifted.inputs, seen.inputs)
