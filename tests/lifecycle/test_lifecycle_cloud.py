"""Lifecycles in a cloud that is slow, forgetful, taken, or lets answers get lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from world import BUCKET, REGION, World

from pulumi_ci.api.errors import AccessDenied, ApiError, CiError, NoAnswer, NotFound, ServerFault
from pulumi_ci.api.rows import Rows
from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Occupied, Stored
from pulumi_ci.model.kind import Kind, kind_of

SNAPSHOT, STYLE, QUEUE, HOTLINK, BINDING, WORKFLOW, TRANSCODE = (
    kind_of(slug)
    for slug in (
        "snapshot-template",
        "image-style",
        "media-queue",
        "hotlink",
        "bucket-binding",
        "workflow",
        "transcode-template",
    )
)
COUNT = {"count": 3}
BODY = {"style_name": "thumb", "style_body": "imageMogr2/thumbnail/50x"}
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"}
FLOW: dict[str, Any] = {
    "name": "publish",
    "state": "Active",
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t100000000000000000000000000000001", "output": OUTPUT},
    },
}


def create(world: World, kind: type[Kind], properties: dict[str, Any], adopt: str | None = None) -> Stored:
    return world.lifecycle(kind).create(world.inputs(kind, properties), adopt)


def objects(world: World, kind: str) -> list[str]:
    return [item.name for item in world.emulator.objects if item.kind == kind]


@pytest.mark.parametrize("events", [["TaskFinish"], ["WorkflowFinish", "WorkflowStart"]])
def test_an_event_that_the_server_adds_is_no_drift(events: list[str]) -> None:
    notify = {"event": events, "type": "Url", "url": "https://example.com/done"}
    start = {"type": "Start", "object_prefix": "in/", "notify_config": notify}
    flow = {**FLOW, "nodes": {**FLOW["nodes"], "Start": start}}
    with World(Choices(references="free", workflow_events="start-added")) as world:
        made = create(world, WORKFLOW, flow)
        seen = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert seen is not None
        assert (seen.inputs, seen.outs) == (made.inputs, made.outs)
        assert not diff(WORKFLOW, seen.outs, made.inputs)
        other = {**made.inputs, "name": "publish-2"}
        outs = world.lifecycle(WORKFLOW).update(made.id, seen.outs, other)
        assert (
            f"<Event>{','.join(events)}</Event>" in [request.body for request in world.sent("PUT") if request.body][-1]
        )
        again = world.lifecycle(WORKFLOW).read(made.id, outs)
        assert again is not None
        assert again.inputs == other


# -- creating exactly one object ------------------------------------------------------------------------------------


@pytest.mark.parametrize("unset", ["as-sent", "with-defaults", "empty-elements"])
@pytest.mark.parametrize("effect", ["drop", "truncate", "garbage"])
@pytest.mark.parametrize(
    ("kind", "properties", "stored"), [(SNAPSHOT, COUNT, "template"), (WORKFLOW, FLOW, "workflow")]
)
def test_a_lost_answer_leaves_exactly_one_object(
    kind: type[Kind], properties: dict[str, Any], stored: str, effect: Any, unset: Any
) -> None:
    with World(Choices(references="free", unset=unset)) as world:
        if effect == "truncate":
            world.emulator.faults.add("error", method="POST", times=1, commit=True, status=500)
        else:
            world.emulator.faults.add(effect, method="POST", times=1)
        made = create(world, kind, properties)
        assert len(objects(world, stored)) == 1
        assert [r.method for r in world.sent("POST")] == ["POST"]
        seen = world.lifecycle(kind).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs == made.inputs


def test_a_fault_before_the_work_is_tried_again() -> None:
    with World() as world:
        world.emulator.faults.add("error", method="POST", times=2, status=500)
        made = create(world, SNAPSHOT, COUNT)
        assert len(objects(world, "template")) == 1
        assert len(world.sent("POST")) == 3
        assert world.lifecycle(SNAPSHOT).read(made.id, made.outs) is not None


def test_a_fault_without_end_is_an_error_and_makes_nothing() -> None:
    with World() as world:
        world.emulator.faults.add("error", method="POST", status=500)
        with pytest.raises(ServerFault, match="create failed with InternalError"):
            create(world, SNAPSHOT, COUNT)
        assert objects(world, "template") == []


def test_slow_down_is_waited_for() -> None:
    with World() as world:
        world.emulator.faults.add("throttle", method="POST", times=3)
        create(world, SNAPSHOT, COUNT)
        assert len(objects(world, "template")) == 1
        assert len(world.slept) == 3


def test_a_failed_read_back_does_not_fail_the_create(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        world.emulator.faults.add("error", method="GET", path="ids=", status=403, code="AccessDenied")
        made = create(world, SNAPSHOT, COUNT)
        assert "filled" not in made.outs
        assert "reading it back failed" in caplog.text
        world.emulator.faults.clear()
        assert world.lifecycle(SNAPSHOT).read(made.id, made.outs) is not None


def test_an_answer_without_an_id_is_looked_up() -> None:
    with World() as world:
        world.emulator.faults.add("error", method="POST", status=200, code="InternalError", commit=True, times=1)
        made = create(world, SNAPSHOT, COUNT)
        assert [item.id for item in world.emulator.objects if item.kind == "template"] == [made.id.split("/")[2]]


# -- adopting -------------------------------------------------------------------------------------------------------

KINDS: dict[str, tuple[type[Kind], dict[str, Any], dict[str, Any]]] = {
    "template": (SNAPSHOT, {"name": "mine", "count": 3}, {"name": "mine", "count": 4}),
    "style": (STYLE, BODY, {**BODY, "style_body": "imageMogr2/thumbnail/60x"}),
    "hotlink": (HOTLINK, {"type": "white", "url": ["a.com"]}, {"type": "white", "url": ["b.com"]}),
}
NAMED = pytest.mark.parametrize("name", KINDS)
ANOTHER = {"logical_name": "p/s/another"}
"""Makes it another resource than the one whose create the journal has."""


@NAMED
@pytest.mark.parametrize("same", [True, False], ids=["identical", "different"])
@pytest.mark.parametrize("policy", ["never", "identical", "match", "id"])
@pytest.mark.parametrize("by", ["argument", "stack"])
def test_adopt(name: str, same: bool, policy: str, by: str) -> None:
    kind, first, second = KINDS[name]
    wanted = first if same else second
    if (policy == "id" and (by == "stack" or name == "hotlink")) or (name == "hotlink" and same and policy == "never"):
        return  # an id is an argument; a switch that is on as wanted is nobody's
    with World(adopt=policy if by == "stack" else "never") as world:
        stored = create(world, kind, first)
        local = stored.id.split("/", 2)[-1]
        adopt = None if by == "stack" else local if policy == "id" else policy
        world.emulator.forget_requests()
        taken = policy in ("match", "id") or (policy == "identical" and same)
        if not taken:
            with pytest.raises(CiError, match="exists already") as caught:
                create(world, kind, {**wanted, **ANOTHER}, adopt)
            likeness = "identical to" if same else "different from"
            for word in (local, likeness, "adopt=", "ci:adopt", kind.__name__):
                assert word in str(caught.value)
            assert world.sent("PUT", "POST", "DELETE") == []
            return
        again = create(world, kind, {**wanted, **ANOTHER}, adopt)
        assert again.id == stored.id
        assert bool(world.sent("PUT", "POST")) == (not same), "an identical one is not written"
        seen = world.lifecycle(kind).read(again.id, again.outs)
        assert seen is not None
        assert not diff(kind, seen.inputs, again.inputs)


def test_adopting_an_id_that_is_not_there() -> None:
    with World() as world, pytest.raises(CiError, match="there is no t1nothing"):
        create(world, SNAPSHOT, COUNT, "t1nothing")


def test_the_run_after_a_crash_takes_its_own_object_over(caplog: pytest.LogCaptureFixture) -> None:
    """The first run made it and died before the engine wrote its state; the same name comes out of the second."""
    with World() as first:
        made = create(first, SNAPSHOT, COUNT)
        second = World()
        second.emulator, second.client, second.journal = first.emulator, first.client, first.journal
        again = second.lifecycle(SNAPSHOT).create(second.inputs(SNAPSHOT, COUNT))
        assert (again.id, again.inputs, again.outs) == (made.id, made.inputs, made.outs)
        assert len(objects(first, "template")) == 1
        assert "an interrupted run had made it" in caplog.text


def test_a_run_of_another_checkout_takes_nothing_over() -> None:
    """Same project, stack, resource and inputs give the same name; that does not say whose object it is."""
    with World() as first:
        made = create(first, SNAPSHOT, COUNT)
        other = World()
        other.emulator, other.client = first.emulator, first.client
        with pytest.raises(Occupied, match="identical to"):
            other.lifecycle(SNAPSHOT).create(other.inputs(SNAPSHOT, COUNT))
        assert [item.id for item in first.emulator.objects if item.kind == "template"] == [made.id.split("/")[2]]


def test_what_was_made_at_another_time_is_not_what_the_journal_has() -> None:
    """A run was killed before it sent anything; somebody else made the like an hour later."""
    with World() as world:
        inputs = world.inputs(SNAPSHOT, COUNT)
        lifecycle = world.lifecycle(SNAPSHOT)
        lifecycle.begin(inputs, inputs["name"])
        world.emulator.frozen = world.emulator.now() + 3600
        other = World()
        other.emulator, other.client = world.emulator, world.client
        other.lifecycle(SNAPSHOT).create(inputs)
        with pytest.raises(Occupied):
            world.lifecycle(SNAPSHOT).create(inputs)


def test_a_changed_object_of_an_own_name_is_not_taken_over() -> None:
    with World() as world:
        made = create(world, SNAPSHOT, COUNT)
        world.emulator.edit(BUCKET, REGION, "template", id=made.id.split("/")[2], set={"Snapshot/Count": "9"})
        with pytest.raises(CiError, match=r"different from \(count\)"):
            create(world, SNAPSHOT, COUNT)


def test_two_workflows_may_share_a_name_but_adopting_one_must_be_clear() -> None:
    with World() as world:
        starts = ({"Start": {"type": "Start", "object_prefix": prefix}} for prefix in "xy")
        second, third = ({**FLOW, "nodes": {**FLOW["nodes"], **start}} for start in starts)
        one, two = create(world, WORKFLOW, FLOW), create(world, WORKFLOW, second)
        assert one.id != two.id
        with pytest.raises(Occupied, match=f"{one.id.split('/')[2]}, identical to"):
            create(world, WORKFLOW, FLOW)
        with pytest.raises(CiError, match="exists 2 times"):
            create(world, WORKFLOW, third, "match")
        assert create(world, WORKFLOW, FLOW, two.id.split("/")[2]).id == two.id


# -- reading, updating, deleting ------------------------------------------------------------------------------------


def test_gone_outside_is_gone_everywhere() -> None:
    with World() as world:
        for kind, properties in ((SNAPSHOT, COUNT), (STYLE, BODY), (HOTLINK, {"type": "white", "url": ["a.com"]})):
            made = create(world, kind, properties)
            world.lifecycle(kind).delete(made.id, made.outs)
            assert world.lifecycle(kind).read(made.id, made.outs) is None
            world.lifecycle(kind).delete(made.id, made.outs)
        made = create(world, SNAPSHOT, COUNT)
        world.lifecycle(SNAPSHOT).delete(made.id, made.outs)
        with pytest.raises(NotFound, match="--refresh"):
            world.lifecycle(SNAPSHOT).update(made.id, made.outs, made.inputs)


def test_a_style_whose_delete_says_that_it_is_gone() -> None:
    with World(Choices(style_delete_missing="error", style_missing="empty")) as world:
        made = create(world, STYLE, BODY)
        for _ in range(2):
            world.lifecycle(STYLE).delete(made.id, made.outs)
        assert objects(world, "style") == []


def test_a_list_that_loses_a_row_between_pages() -> None:
    """Rows that move up while pages are read are asked for by id before they count as gone."""
    with World() as world:
        made = [create(world, SNAPSHOT, {**COUNT, "logical_name": f"p/s/n{n}"}) for n in range(103)]
        session = world.session(Rows())
        lifecycle = world.lifecycle(SNAPSHOT, session)
        lost = made[100]
        original = world.client.send

        class Deleting:
            """Deletes an object of the first page as soon as that page was read, so the second starts too late."""

            settings = world.client.settings

            def __init__(self) -> None:
                self.done = False

            def send(self, request: Any) -> Any:
                answer = original(request)
                if not self.done and request.query.get("pageNumber") == "1":
                    self.done = True
                    world.emulator.edit(BUCKET, REGION, "template", id=made[0].id.split("/")[2], delete=True)
                return answer

        object.__setattr__(session, "client", Deleting())
        world.emulator.forget_requests()
        seen = lifecycle.read(lost.id, lost.outs)
        assert seen is not None
        assert seen.inputs == lost.inputs
        queries = [r.query for r in world.sent("GET")]
        assert sum("pageNumber" in query for query in queries) == 2
        assert any(f"ids={lost.id.split('/')[2]}" in query for query in queries)


def test_300_reads_cost_four_calls() -> None:
    with World() as world:
        session = world.session()
        lifecycle = world.lifecycle(SNAPSHOT, session)
        made = [lifecycle.create(world.inputs(SNAPSHOT, {**COUNT, "logical_name": f"p/s/n{n}"})) for n in range(300)]
        world.emulator.forget_requests()
        lifecycle = world.lifecycle(SNAPSHOT)
        assert all(lifecycle.read(one.id, one.outs) == one for one in made)
        assert len(world.emulator.requests) <= 4
        world.emulator.forget_requests()
        lifecycle.update(made[7].id, made[7].outs, {**made[7].inputs, "count": 4})
        assert lifecycle.read(made[7].id, made[7].outs) is not None
        assert lifecycle.read(made[8].id, made[8].outs) == made[8]
        assert len(world.emulator.requests) == 3, "an update costs three calls and no new list"


def test_a_wrong_id_says_which_form_is_right() -> None:
    with World() as world, pytest.raises(CiError, match="<region>/<bucket>/<id or name>"):
        world.lifecycle(SNAPSHOT).read("t1abc", {})


def test_unknown_elements_go_back_and_are_no_drift() -> None:
    with World() as world:
        made = create(world, TRANSCODE, {"container": {"format": "mp4"}, "video": {"codec": "H.264"}})
        local = made.id.split("/")[2]
        extra = {".": "<Newest><A>1</A></Newest>", "Video": "<Tuning>film</Tuning>"}
        for path, text in extra.items():
            world.emulator.edit(BUCKET, REGION, "template", id=local, add={path: text})
        seen = world.lifecycle(TRANSCODE).read(made.id, made.outs)
        assert seen is not None
        assert not diff(TRANSCODE, seen.inputs, made.inputs)
        world.lifecycle(TRANSCODE).update(made.id, made.outs, {**made.inputs, "video": {"codec": "H.265"}})
        body = world.sent("PUT")[-1].body
        assert "<Newest><A>1</A></Newest>" in body
        assert "<Video><Codec>H.265</Codec><Tuning>film</Tuning></Video>" in body


def test_a_value_outside_its_range_is_drift_and_no_crash() -> None:
    with World() as world:
        made = create(world, SNAPSHOT, COUNT)
        words = {"Snapshot/Mode": "Brandnew", "Snapshot/Width": "wide", "Snapshot/Count": "99999999"}
        world.emulator.edit(BUCKET, REGION, "template", id=made.id.split("/")[2], set=words)
        seen = world.lifecycle(SNAPSHOT).read(made.id, made.outs)
        assert seen is not None
        assert {name: seen.inputs[name] for name in ("mode", "width", "count")} == {
            "mode": "Brandnew",
            "width": "wide",
            "count": 99999999,
        }


def test_a_wrong_server_default_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        inputs = world.inputs(SNAPSHOT, COUNT)
        lifecycle = world.lifecycle(SNAPSHOT)
        made = lifecycle.created(f"{REGION}/{BUCKET}/t1", inputs, {**inputs, "mode": "KeyFrame"})
        assert made.outs["filled"] == {"mode": "KeyFrame"}
        assert "should default to 'Interval', but the server filled in 'KeyFrame'" in caplog.text


# -- workflows ------------------------------------------------------------------------------------------------------


def flow_calls(world: World) -> list[str]:
    return [f"{r.method} {r.query}".strip() for r in world.emulator.requests if r.method != "GET"]


@pytest.mark.parametrize(
    ("choice", "calls"), [("refuse", ["PUT", "PUT paused", "PUT", "PUT active"]), ("allow", ["PUT"])]
)
def test_an_active_workflow_is_paused_only_when_its_change_is_refused(choice: Any, calls: list[str]) -> None:
    with World(Choices(references="free", put_active_workflow=choice)) as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.forget_requests()
        world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        assert flow_calls(world) == calls
        live = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert live is not None
        assert (live.inputs["name"], live.inputs["state"]) == ("other", "Active")


@pytest.mark.parametrize("choice", ["refuse", "allow"])
def test_a_workflow_that_is_changed_and_paused_in_one_stays_paused(choice: Any) -> None:
    with World(Choices(references="free", put_active_workflow=choice)) as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.forget_requests()
        world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other", "state": "Paused"})
        assert "PUT active" not in flow_calls(world)
        live = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert live is not None
        assert (live.inputs["name"], live.inputs["state"]) == ("other", "Paused")


def test_a_change_of_state_alone_is_one_toggle() -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        for state, word in (("Paused", "paused"), ("Active", "active")):
            world.emulator.forget_requests()
            world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "state": state})
            assert flow_calls(world) == [f"PUT {word}"]


PUT_FLOW = "/workflow/[^?]*$"


def test_a_change_that_is_refused_for_another_reason_pauses_nothing() -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.forget_requests()
        world.emulator.faults.add("error", method="PUT", path=PUT_FLOW, status=400, code="InvalidArgument")
        with pytest.raises(ApiError, match="update failed with InvalidArgument"):
            world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        assert flow_calls(world) == ["PUT"]


def test_a_change_that_fails_while_it_is_paused_leaves_it_active(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        fault = world.emulator.faults.add(
            "error", method="PUT", path=PUT_FLOW, nth=2, status=400, code="InvalidArgument"
        )
        with pytest.raises(ApiError, match="update failed with InvalidArgument"):
            world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        assert flow_calls(world)[-1] == "PUT active"
        live = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert live is not None
        assert live.inputs == made.inputs
        fault.seen = 0
        world.emulator.faults.add("error", method="PUT", path="active", status=400, code="InvalidArgument")
        with pytest.raises(ApiError, match="update failed"):
            world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        assert "was left paused" in caplog.text


def test_a_workflow_that_was_changed_and_cannot_be_activated_is_an_error_and_the_next_run_activates_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.faults.add("error", method="PUT", path="active", status=403, code="AccessDenied")
        news = {**made.inputs, "name": "other"}
        with pytest.raises(AccessDenied, match="active failed"):
            world.lifecycle(WORKFLOW).update(made.id, made.outs, news)
        assert "was left paused" in caplog.text
        world.emulator.faults.clear()
        world.emulator.forget_requests()
        world.lifecycle(WORKFLOW).update(made.id, made.outs, news)
        live = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert live is not None
        assert (live.inputs["name"], live.inputs["state"]) == ("other", "Active")


@pytest.mark.parametrize(("choice", "calls"), [("refuse", ["DELETE", "PUT paused", "DELETE"]), ("allow", ["DELETE"])])
@pytest.mark.parametrize("recorded", ["Active", "Paused"])
def test_an_active_workflow_is_paused_only_when_its_delete_is_refused(
    choice: Any, calls: list[str], recorded: str
) -> None:
    """Whatever the state file says: somebody may have activated it in the console."""
    with World(Choices(references="free", delete_active_workflow=choice)) as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.forget_requests()
        world.lifecycle(WORKFLOW).delete(made.id, {**made.outs, "state": recorded})
        assert flow_calls(world) == calls
        assert objects(world, "workflow") == []


@pytest.mark.parametrize("call", [1, 2])
def test_a_delete_that_fails_leaves_it_active(call: int) -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        world.emulator.faults.add("error", method="DELETE", nth=call, status=403, code="AccessDenied")
        with pytest.raises(AccessDenied):
            world.lifecycle(WORKFLOW).delete(made.id, made.outs)
        live = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert live is not None
        assert live.inputs["state"] == "Active"


def test_queue_ids_that_the_service_fills_in_go_back_and_are_no_drift() -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        queue = made.outs["filled"]["nodes.Start.queue_id"]
        assert queue.startswith("p")
        world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        assert any(f"<QueueId>{queue}</QueueId>" in request.body for request in world.sent("PUT"))


# -- queues ---------------------------------------------------------------------------------------------------------

NOTIFY = {"state": "On", "event": ["TaskFinish"], "type": "Url", "url": "http://h.example.com/a"}


def _queue_ids(world: World) -> list[str]:
    return [f"{i.region}/{i.bucket}/{i.id}" for i in world.emulator.objects if i.tag == "queue" and i.kind == "queue"]


@pytest.mark.parametrize("on_delete", [None, "leave", "restore"])
def test_a_queue_is_left_or_restored(on_delete: str | None) -> None:
    with World() as world:
        made = create(
            world, QUEUE, {"name": "mine", "state": "Paused", "notify_config": NOTIFY, "on_delete": on_delete}
        )
        assert made.outs["original"]["name"] == "queue-1"
        outs = world.lifecycle(QUEUE).update(made.id, made.outs, {**made.inputs, "name": "mine2"})
        assert outs["original"] == made.outs["original"], "the first state is kept over updates"
        world.lifecycle(QUEUE).delete(made.id, outs)
        live = world.lifecycle(QUEUE).read(made.id, {})
        assert live is not None
        restored = (live.inputs["name"], live.inputs.get("state"))
        assert restored == (("queue-1", "Active") if on_delete == "restore" else ("mine2", "Paused"))
        assert objects(world, "queue"), "queues are never deleted"


def test_a_queue_keeps_the_notification_that_nobody_declared() -> None:
    with World() as world:
        first = create(world, QUEUE, {"name": "mine", "notify_config": NOTIFY})
        second = create(world, QUEUE, {"name": "other"})
        assert second.id == first.id
        live = world.lifecycle(QUEUE).read(second.id, {})
        assert live is not None
        assert live.inputs["notify_config"] == NOTIFY
        seen = world.lifecycle(QUEUE).read(second.id, second.outs)
        assert seen is not None
        assert seen.inputs == second.inputs, "what was there before is no drift"
        local = second.id.split("/")[2]
        world.emulator.edit(BUCKET, REGION, "queue", id=local, set={"NotifyConfig/Url": "http://evil.example.com/x"})
        seen = world.lifecycle(QUEUE).read(second.id, second.outs)
        assert seen is not None
        assert seen.inputs["notify_config"] == {"url": "http://evil.example.com/x"}, "a change of it is"


def test_a_queue_that_is_not_there() -> None:
    with World() as world:
        with pytest.raises(CiError, match="there is no pnothing"):
            create(world, QUEUE, {"name": "x", "queue_id": "pnothing"})
        for id in _queue_ids(world):
            world.emulator.edit(BUCKET, REGION, "queue", id=id.split("/")[2], delete=True)
        with pytest.raises(CiError, match="Switch the service on"):
            create(world, QUEUE, {"name": "x"})


# -- switches -------------------------------------------------------------------------------------------------------


def hotlink(world: World) -> tuple[Any, ...] | None:
    live = world.lifecycle(HOTLINK).read(f"{REGION}/{BUCKET}", {})
    return None if live is None else (live.inputs["type"], live.inputs["url"])


def test_hotlink_goes_off_when_we_turned_it_on_and_back_when_not() -> None:
    with World() as world:
        made = create(world, HOTLINK, {"type": "white", "url": ["a.com"]})
        assert "original" not in made.outs
        world.lifecycle(HOTLINK).delete(made.id, made.outs)
        assert hotlink(world) is None
        world.emulator.edit(
            BUCKET, REGION, "hotlink", xml="<Hotlink><Status>on</Status><Type>black</Type><Url>x.com</Url></Hotlink>"
        )
        with pytest.raises(CiError, match="exists already"):
            create(world, HOTLINK, {"type": "white", "url": ["a.com"]})
        taken = create(world, HOTLINK, {"type": "white", "url": ["a.com"]}, "match")
        assert taken.outs["original"] == {"type": "black", "url": ["x.com"]}
        assert hotlink(world) == ("white", ["a.com"])
        outs = world.lifecycle(HOTLINK).update(taken.id, taken.outs, {**taken.inputs, "url": ["b.com"]})
        world.lifecycle(HOTLINK).delete(taken.id, outs)
        assert hotlink(world) == ("black", ["x.com"])


@pytest.mark.parametrize("hotlink_off", ["off", "kept", "bare"])
def test_every_way_to_say_that_hotlink_is_off(hotlink_off: Any) -> None:
    with World(Choices(hotlink_off=hotlink_off)) as world:
        made = create(world, HOTLINK, {"type": "white", "url": ["a.com"]})
        world.lifecycle(HOTLINK).delete(made.id, made.outs)
        assert world.lifecycle(HOTLINK).read(made.id, made.outs) is None
        assert create(world, HOTLINK, {"type": "black", "url": ["c.com"]}).id == made.id


def test_unbinding_is_waited_for() -> None:
    with World(Choices(unbinding_reads=4)) as world:
        made = create(world, BINDING, {})
        world.lifecycle(BINDING).delete(made.id, made.outs)
        assert len(world.slept) == 4
        assert world.lifecycle(BINDING).read(made.id, made.outs) is None
        assert len(world.slept) == 4


def test_unbinding_without_end_is_given_up() -> None:
    with World(Choices(unbinding_reads=1000)) as world:
        made = create(world, BINDING, {})
        with pytest.raises(CiError, match="is still unbinding after"):
            world.lifecycle(BINDING).delete(made.id, made.outs)


def test_a_bucket_that_was_bound_before_stays_bound() -> None:
    with World() as world:
        world.emulator.edit(BUCKET, REGION, "binding", status="on")
        made = create(world, BINDING, {})
        world.lifecycle(BINDING).delete(made.id, made.outs)
        assert world.lifecycle(BINDING).read(made.id, made.outs) is not None
        taken = create(world, BINDING, {}, "match")
        world.lifecycle(BINDING).delete(taken.id, taken.outs)
        assert world.lifecycle(BINDING).read(made.id, made.outs) is None, "taken over for good"


def test_unbound_outside_is_drift() -> None:
    with World() as world:
        made = create(world, BINDING, {})
        world.emulator.edit(BUCKET, REGION, "binding", status="off")
        assert world.lifecycle(BINDING).read(made.id, made.outs) is None


# -- styles ---------------------------------------------------------------------------------------------------------


def style(world: World) -> str | None:
    live = world.lifecycle(STYLE).read(f"{REGION}/{BUCKET}/thumb", {})
    return None if live is None else str(live.inputs["style_body"])


NEWER = {**BODY, "region": REGION, "bucket": BUCKET, "style_body": "imageMogr2/thumbnail/60x"}


def test_a_style_is_overwritten_in_place() -> None:
    with World() as world:
        made = create(world, STYLE, BODY)
        world.emulator.forget_requests()
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert [r.method for r in world.sent("PUT", "DELETE")] == ["PUT"]
        assert style(world) == NEWER["style_body"]


def test_a_style_that_cannot_be_overwritten_is_deleted_and_added() -> None:
    with World(Choices(style_put="reject")) as world:
        made = create(world, STYLE, BODY)
        world.emulator.forget_requests()
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert [r.method for r in world.sent("PUT", "DELETE")] == ["PUT", "DELETE", "PUT"]
        assert style(world) == NEWER["style_body"]


@pytest.mark.parametrize("code", ["InvalidArgument", "AccessDenied", "InternalError"])
def test_the_old_style_is_put_back_when_the_new_one_cannot_be_added(code: str) -> None:
    with World(Choices(style_put="reject")) as world:
        made = create(world, STYLE, BODY)
        status = {"InternalError": 500, "AccessDenied": 403}.get(code, 400)
        world.emulator.faults.add("error", method="PUT", path="style", nth=2, status=status, code=code)
        if code == "InternalError":  # a fault of the server is tried again
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        else:
            with pytest.raises(ApiError, match=code):
                world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert style(world) == (NEWER if code == "InternalError" else BODY)["style_body"]


@pytest.mark.parametrize("code", ["AccessDenied", "InternalError"])
def test_a_style_is_not_deleted_over_a_missing_right_or_a_fault(code: str) -> None:
    with World() as world:
        made = create(world, STYLE, BODY)
        world.emulator.faults.add("error", method="PUT", status=500 if code == "InternalError" else 403, code=code)
        with pytest.raises(ApiError):
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert world.sent("DELETE") == []
        assert style(world) == BODY["style_body"]


def test_a_lost_answer_of_a_style_leaves_one() -> None:
    with World() as world:
        world.emulator.faults.add("drop", method="PUT", times=1)
        made = create(world, STYLE, BODY)
        assert objects(world, "style") == ["thumb"]
        assert world.lifecycle(STYLE).read(made.id, made.outs) is not None


# -- errors ---------------------------------------------------------------------------------------------------------


def test_errors_name_kind_place_and_operation_and_change_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        made = create(world, SNAPSHOT, COUNT)
        before = world.emulator.objects
        world.emulator.faults.add("error", status=403, code="AccessDenied")
        lifecycle = world.lifecycle(SNAPSHOT)
        attempts: dict[str, Callable[[], Any]] = {
            "list": lambda: lifecycle.create(made.inputs),
            "read": lambda: lifecycle.update(made.id, made.outs, made.inputs),
            "delete": lambda: lifecycle.delete(made.id, made.outs),
        }
        for operation, attempt in attempts.items():
            with pytest.raises(AccessDenied) as caught:
                attempt()
            for word in ("SnapshotTemplate", BUCKET, operation, "AccessDenied", "request id"):
                assert word in str(caught.value)
        assert world.emulator.objects == before


def test_no_network_is_no_answer() -> None:
    with World() as world:
        made = create(world, SNAPSHOT, COUNT)
        world.emulator.faults.add("reset")
        with pytest.raises(NoAnswer, match="SnapshotTemplate"):
            world.lifecycle(SNAPSHOT).read(made.id, made.outs)
