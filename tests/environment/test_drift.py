"""What was changed by hand is found, and nothing else: each kind, missing and unmanaged objects, failures, calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from world import BUCKET, REGION, World

from environment.states import Edit, State, candidates, entry, full, make, places, secret, written
from pulumi_ci.api.errors import MissingCredentials
from pulumi_ci.environment.drift import SECRET, Difference, drift
from pulumi_ci.environment.stack import recorded
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Adopted, Named, Switch
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.path import reach, show
from pulumi_ci.model.shape import Leaf, ListOf
from pulumi_ci.wire.xml import text_of

ALL = [kind for kind in kinds().values() if not isinstance(kind.api, Action)]
READABLE = [kind for kind in ALL if not (isinstance(kind.api, Switch) and kind.api.read is None)]
REMOVABLE = [kind for kind in READABLE if not isinstance(kind.api, Adopted)]
EDITABLE = [kind for kind in READABLE if kind.api.form is not None or not isinstance(kind.api, Switch)]
HLS: Values = {
    "container": {"format": "hls"},
    "video": {"codec": "H.264"},
    "trans_config": {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": "planted"}},
}
KEY = ("trans_config", "hls_encrypt", "uri_key")


@pytest.fixture
def state() -> Iterator[State]:
    with World() as world:
        yield State(world)


def full_one(state: State, kind: type[Kind]) -> Values:
    """Records an object of a kind with everything it may have; its inputs."""
    outside = (*kind.scope, getattr(kind.api, "id_field", None))
    given = {name: value for name, value in (full(kind) or [{}])[0].items() if name not in outside}
    return state.add(kind.slug, "thing", **given).inputs


def found_in(state: State) -> list[Difference]:
    (one,) = [one for one in state.report(unmanaged=False).managed if one.found.name == "thing"]
    return list(one.differences)


@pytest.mark.parametrize("kind", READABLE, ids=lambda kind: kind.slug)
def test_what_nobody_touched_is_in_sync(kind: type[Kind], state: State) -> None:
    full_one(state, kind)
    report = state.report()
    assert [one.status for one in report.managed] == ["in sync"]
    assert (report.unmanaged, report.coverage, report.failures(unmanaged=True)) == ((), 100, [])


@pytest.mark.parametrize("kind", EDITABLE, ids=lambda kind: kind.slug)
def test_one_edit_shows_exactly_its_path(kind: type[Kind], state: State) -> None:
    inputs = full_one(state, kind)
    key = (kind.api.key,) if isinstance(kind.api, Named) else ()
    for place in places(kind, inputs):
        plain = isinstance(place.shape, Leaf) and not any(isinstance(step, int) for step in place.path)
        sent = kind.fields()[str(place.path[0])].wire is not None
        if (
            not plain
            or not sent
            or place.path == key
            or place.path[1:][-1:] == ("type",)
            or place.holder.has(marks.Secret)
        ):
            continue
        assert isinstance(place.shape, Leaf)
        old = reach(inputs, place.path)
        others = candidates(place.shape, old)
        if others:
            id = state.resources[-1]["id"]
            make(state.world.emulator, kind, id, written(kind, inputs, place, text_of(others[0])))
            break
    else:
        pytest.fail("no leaf to change")
    found = found_in(state)
    assert [difference.path for difference in found] == [show(place.path)]
    assert (found[0].intended, found[0].recorded, found[0].secret) == (old, old, False)
    assert text_of(found[0].live) == text_of(others[0])


@pytest.mark.parametrize("kind", REMOVABLE, ids=lambda kind: kind.slug)
def test_what_is_gone_is_missing(kind: type[Kind], state: State) -> None:
    full_one(state, kind)
    item = recorded(state.document()).found[0].stored
    if isinstance(kind.api, Switch) and kind.api.off is None:  # only the web console switches it off
        make(state.world.emulator, kind, item.id, Edit(), "off")
    else:
        state.world.lifecycle(kind).delete(item.id, {**item.outs, "original": None, "on_delete": "off"})
    report = state.report()
    assert [one.status for one in report.managed] == ["missing"]
    assert report.unmanaged == ()


def test_a_list_without_order_is_shown_whole(state: State) -> None:
    state.add("hotlink", "thing", type="white", url=["b.example.com", "a.example.com"])
    edit = {"Url[1]": "c.example.com"}
    state.world.emulator.edit(BUCKET, REGION, "hotlink", set=edit)
    kind = kind_of("hotlink")
    assert isinstance(kind.fields()["url"].shape, ListOf)
    (found,) = found_in(state)
    assert (found.path, found.intended) == ("url", ["b.example.com", "a.example.com"])
    assert sorted(found.live) == ["a.example.com", "c.example.com"]


def test_a_difference_has_all_three_values(state: State) -> None:
    made = state.add("snapshot-template", "thing", count=3, width=640)
    edit(state, made.id, {"Snapshot/Width": "320"})
    state.resources[-1]["outputs"]["width"] = 500
    assert found_in(state) == [Difference("width", 640, 500, 320, was_recorded=True)]


def test_drift_that_a_refresh_recorded_is_told_from_what_was_intended(state: State) -> None:
    made = state.add("snapshot-template", "thing", count=3, width=640)
    state.resources[-1]["outputs"]["width"] = 320
    (one,) = state.report().managed
    assert (one.status, one.differences) == ("in sync", ())
    assert one.stale == (Difference("width", 640, 320, 640, was_recorded=True),)
    edit(state, made.id, {"Snapshot/Width": "320"})
    (one,) = state.report().managed
    assert one.differences == (Difference("width", 640, 320, 320, was_recorded=True),)
    assert one.stale == ()


def edit(state: State, id: str, words: dict[str, str]) -> None:
    state.world.emulator.edit(BUCKET, REGION, "template", id=id.rsplit("/", 1)[-1], set=words)


# -- secrets ----------------------------------------------------------------------------------------------------


def test_a_secret_that_was_changed_shows_without_its_value(state: State) -> None:
    made = state.add("transcode-template", "thing", [KEY], **HLS)
    edit(state, made.id, {"TransConfig/HlsEncrypt/UriKey": "otherplanted"})
    assert found_in(state) == [Difference(show(KEY), SECRET, SECRET, SECRET, secret=True)]
    (sealed,) = state.report(sealed=True).managed
    assert (sealed.status, sealed.differences, sealed.not_comparable) == ("in sync", (), (show(KEY),))


@pytest.mark.parametrize("kind", EDITABLE, ids=lambda kind: kind.slug)
def test_a_state_that_keeps_everything_encrypted_can_be_read(kind: type[Kind], state: State) -> None:
    inputs = full_one(state, kind)
    fields = kind.fields()
    compared = [n for n in inputs if n in fields and fields[n].wire is not None and n not in kind.scope]
    state.resources[-1] = sealable(state.resources[-1], compared)
    (one,) = state.report(sealed=True).managed
    assert (one.status, one.differences) == ("in sync", ())
    assert set(one.not_comparable) <= set(compared)
    assert one.not_comparable
    (one,) = state.report().managed
    assert (one.status, one.differences, one.not_comparable) == ("in sync", (), ())


def sealable(item: Values, names: list[str]) -> Values:
    """The resource with these properties as secrets."""
    parts = {part: {k: secret(v) if k in names else v for k, v in item[part].items()} for part in ("inputs", "outputs")}
    return {**item, **parts}


def test_a_secret_that_is_gone_shows_even_when_its_value_is_not_known(state: State) -> None:
    made = state.add("transcode-template", "thing", [KEY], **HLS)
    state.world.emulator.edit(
        BUCKET, REGION, "template", id=made.id.rsplit("/", 1)[-1], remove=["TransConfig/HlsEncrypt/UriKey"]
    )
    (sealed,) = state.report(sealed=True).managed
    assert sealed.differences == (Difference(show(KEY), SECRET, SECRET, None, secret=True),)


def test_a_secret_that_appeared_is_not_shown(state: State) -> None:
    bare = {**HLS, "trans_config": {"hls_encrypt": {"is_hls_encrypt": True}}}
    made = state.add("transcode-template", "thing", **bare)
    edit(state, made.id, {"TransConfig/HlsEncrypt/UriKey": "planted"})
    assert found_in(state) == [Difference(show(KEY), None, None, SECRET, secret=True)]


def test_a_block_that_holds_a_secret_is_shown_without_it(state: State) -> None:
    made = state.add("transcode-template", "thing", [KEY], **HLS)
    state.world.emulator.edit(BUCKET, REGION, "template", id=made.id.rsplit("/", 1)[-1], remove=["TransConfig"])
    (found,) = found_in(state)
    assert (found.path, found.live, found.secret) == ("trans_config", None, True)
    assert found.intended == {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": SECRET}}


@pytest.mark.parametrize("path", [("name",), ("video",), ("video", "codec")], ids=show)
def test_what_the_program_calls_secret_is_one_for_the_report(path: Any, state: State) -> None:
    made = state.add("transcode-template", "thing", [path], **HLS, name="planted")
    edit(state, made.id, {"Name": "other", "Video/Codec": "H.265"})
    for difference in found_in(state):
        hidden = difference.path == show(path) or difference.path.startswith(f"{path[0]}.")
        assert (difference.live == SECRET) == hidden


def test_a_secret_covers_its_place_in_every_item_of_a_list(state: State) -> None:
    state.add("hotlink", "thing", [("url", 0)], type="white", url=["a.example.com", "b.example.com"])
    state.world.emulator.edit(BUCKET, REGION, "hotlink", set={"Url[2]": "c.example.com"})
    (found,) = found_in(state)
    assert (found.path, found.intended, found.live) == ("url", [SECRET, SECRET], [SECRET, SECRET])


# -- what the stack does not hold -------------------------------------------------------------------------------


def test_what_the_stack_does_not_hold_is_unmanaged(state: State) -> None:
    kept = state.add("snapshot-template", "kept", count=3)
    state.add("media-queue", "queue", name="media")
    state.add("snapshot-template", "other", count=5)
    state.add("image-style", "card", style_body="imageMogr2/rotate/90")
    state.add("picture-queue", "pictures", name="pictures")
    del state.resources[-3:]
    report = state.report()
    assert [found.kind.__name__ for found in report.unmanaged or ()] == ["ImageStyle", "SnapshotTemplate"]
    assert kept.id not in {found.stored.id for found in report.unmanaged or ()}
    assert report.coverage == 50
    assert state.report(unmanaged=False).unmanaged is None
    assert state.report(unmanaged=False).coverage is None


def test_what_is_still_to_be_deleted_is_not_unmanaged(state: State) -> None:
    state.add("snapshot-template", "kept", count=3)
    state.add("snapshot-template", "old", count=5)
    state.resources[-1]["delete"] = True
    assert state.report().unmanaged == ()


def test_runs_have_no_drift(state: State) -> None:
    from pulumi_ci.lifecycle.lifecycle import Stored

    run = Stored(f"{REGION}/{BUCKET}/j1", {"region": REGION, "bucket": BUCKET}, {"state": "Success"})
    state.resources.append(entry(kind_of("batch-job"), "job", run))
    report = state.report()
    assert (report.managed, report.runs) == ((), 1)
    assert state.world.sent("GET") == []


# -- failures ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(state: State) -> None:
    for number in range(30):
        state.add("snapshot-template", f"t{number}", count=3, width=640)
    state.add("image-style", "card", style_body="imageMogr2/rotate/90")
    state.world.emulator.faults.add("error", path="/template", status=403, code="AccessDenied")
    state.world.emulator.forget_requests()
    report = state.report()
    assert {one.found.kind.__name__: one.status for one in report.managed} == {
        "SnapshotTemplate": "failed",
        "ImageStyle": "in sync",
    }
    failure = report.having("failed")[0].failure
    assert failure is not None
    assert failure.code == "AccessDenied"
    assert failure.request_id
    assert len([r for r in state.world.sent("GET") if "tag=Snapshot" in r.query]) == 1
    assert report.coverage is None


def test_one_that_cannot_be_read_does_not_hide_the_others(state: State) -> None:
    made = [state.add("snapshot-template", f"t{number}", count=3) for number in range(3)]
    gone = made[1].id.rsplit("/", 1)[-1]
    state.world.emulator.edit(BUCKET, REGION, "template", id=gone, delete=True)
    state.world.emulator.faults.add("error", path=f"ids={gone}", status=400, code="InvalidArgument")
    assert [one.status for one in state.report().managed] == ["in sync", "failed", "in sync"]


def test_an_id_of_another_form_is_a_failure(state: State) -> None:
    state.add("snapshot-template", "t", count=3)
    state.resources[-1]["id"] = "t123"
    (one,) = state.report().managed
    assert one.failure is not None
    assert "does not have the form" in str(one.failure.error)


def test_missing_credentials_end_it(state: State) -> None:
    from dataclasses import replace

    from pulumi_ci.api.client import Client
    from pulumi_ci.api.rows import Rows
    from pulumi_ci.lifecycle.lifecycle import Session

    state.add("snapshot-template", "t", count=3)
    nobody = Client(replace(state.world.settings, secret_id="", secret_key=""))
    with pytest.raises(MissingCredentials):
        drift(recorded(state.document()), Session(nobody, Rows()))


# -- how much it costs ------------------------------------------------------------------------------------------


def test_a_thousand_resources_take_ten_pages_and_a_read_of_each_that_is_gone(state: State) -> None:
    process = state.world.lifecycle(kind_of("snapshot-template"))
    for number in range(1000):
        inputs = state.world.inputs(process.kind, {"name": f"t{number}", "count": 1 + number})
        state.resources.append(entry(process.kind, f"t{number}", process.create(inputs)))
    for number in (7, 700):
        state.world.emulator.edit(BUCKET, REGION, "template", name=f"t{number}", delete=True)
    state.world.emulator.edit(BUCKET, REGION, "template", name="t1", set={"Snapshot/Count": "9999"})
    stack = recorded(state.document())
    for unmanaged in (True, False):
        state.world.emulator.forget_requests()
        steps: list[tuple[int, int]] = []
        report = drift(stack, state.world.session(), unmanaged, lambda *step: steps.append(step))  # noqa: B023
        counts = [len(report.having("in sync")), len(report.having("changed")), len(report.having("missing"))]
        assert counts == [997, 1, 2]
        requests = state.world.emulator.requests
        pages = [r for r in requests if r.path == "/template" and "tag=Snapshot" in r.query]
        singles = [r for r in requests if r.path == "/template" and "ids=" in r.query]
        assert (len(pages), len(singles)) == (10, 2)
        assert len(requests) == 12 if not unmanaged else len(requests) <= 12 + len(kinds())
        assert {request.method for request in requests} == {"GET"}
        assert [done for done, _ in steps] == list(range(steps[0][1] + 1))
