"""Updates of objects whose new form cannot be seen at once, or is refused: nothing is concluded, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from lagging import again, lag
from world import BUCKET, REGION, Wire, World

from pulumi_ci.api.call import Place
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import ApiError, CiError
from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.lifecycle.xml_collection import XmlCollectionLifecycle
from pulumi_ci.model.kind import Kind, kind_of

STYLE, SNAPSHOT, QUEUE, HOTLINK, BINDING, WORKFLOW, JOB = (
    kind_of(slug)
    for slug in (
        *("image-style", "snapshot-template", "media-queue", "hotlink", "bucket-binding", "workflow"),
        "batch-job",
    )
)
BODY = {"style_name": "thumb", "style_body": "imageMogr2/thumbnail/50x"}
NEWER = {**BODY, "region": REGION, "bucket": BUCKET, "style_body": "imageMogr2/thumbnail/60x"}


def create(world: World, kind: type[Kind], properties: dict[str, Any], adopt: str | None = None) -> Stored:
    return world.lifecycle(kind).create(world.inputs(kind, properties), adopt)


def style(world: World) -> str | None:
    """What the store of the cloud holds, whatever reads show."""
    found = [item for item in world.emulator.objects if (item.kind, item.name) == ("style", "thumb")]
    return found[0].xml.partition("<StyleBody>")[2].partition("</StyleBody>")[0] if found else None


def writes(world: World) -> list[str]:
    return [request.method for request in world.sent("PUT", "POST", "DELETE")]


# -- a style that the service refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((400, "InvalidArgument"), (400, "1015"), (400, "-60998"), (400, "-60957"), (404, ""), (405, "")),
        *((408, ""), (409, ""), (413, ""), (451, "-60948"), (499, ""), (400, "MediaBucketUnBinded")),
        *((409, "BucketAlreadyBinded"), (403, "ActiveWorkflowForbiddenUpdate"), (501, "NotImplemented")),
    ],
)
def test_a_refused_style_body_leaves_the_live_style_alone(status: int, code: str) -> None:
    with World() as world:
        made = create(world, STYLE, BODY)
        world.emulator.forget_requests()
        world.emulator.faults.add("error", method="PUT", status=status, code=code)
        with pytest.raises(CiError, match="update failed with"):
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert "DELETE" not in writes(world)
        assert style(world) == BODY["style_body"]


def test_a_service_that_refuses_to_overwrite_in_other_words_is_told_and_nothing_is_deleted() -> None:
    with World(Choices(style_put="reject-plain")) as world:
        made = create(world, STYLE, BODY)
        with pytest.raises(ApiError, match="InvalidArgument") as caught:
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert "delete_before_replace" in str(caught.value), "there is a way to have the new body"
        assert world.sent("DELETE") == []
        assert style(world) == BODY["style_body"]


@pytest.mark.parametrize("code", ["name", "number"])
def test_a_name_that_is_taken_is_the_one_reason_to_delete(code: Any) -> None:
    with World(Choices(style_put="reject", error_code=code)) as world:
        made = create(world, STYLE, BODY)
        world.emulator.forget_requests()
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert writes(world) == ["PUT", "DELETE", "PUT"]
        assert style(world) == NEWER["style_body"]


def test_a_name_that_stays_taken_for_a_moment_after_the_delete_is_waited_for() -> None:
    with World(Choices(style_put="reject")) as world:
        made = create(world, STYLE, BODY)
        world.emulator.faults.add("error", method="PUT", times=3, status=409, code="TemplateNameDuplicate")
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert style(world) == NEWER["style_body"]


def test_a_style_that_is_gone_for_good_is_said_in_the_error(caplog: pytest.LogCaptureFixture) -> None:
    with World(Choices(style_put="reject")) as world:
        made = create(world, STYLE, BODY)
        world.emulator.faults.add("error", method="PUT", path="style", since=2, status=403, code="AccessDenied")
        with pytest.raises(CiError, match="AccessDenied") as caught:
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert style(world) is None
        for word in ("ImageStyle thumb", "is gone", "pulumi up", "request id"):
            assert word in str(caught.value)
        assert "is gone" in caplog.text
        world.emulator.faults.clear()
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert style(world) == NEWER["style_body"], "the next run makes it again"


@pytest.mark.parametrize("effect", ["drop", "timeout"])
def test_a_delete_without_an_answer_on_the_way_puts_the_old_one_back(effect: Any) -> None:
    with World(Choices(style_put="reject")) as world:
        made = create(world, STYLE, BODY)
        world.emulator.faults.add(effect, method="DELETE", commit=True)
        with pytest.raises(CiError, match="delete got no answer"):
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert style(world) == BODY["style_body"]


# -- a style whose list lags ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.4, 3, 9])
def test_a_style_whose_list_lags_is_waited_for(seconds: float) -> None:
    with World() as world:
        made = create(world, STYLE, BODY)
        lag(world, seconds)
        world.lifecycle(STYLE).read(made.id, made.outs)
        world.emulator.forget_requests()
        outs = world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert writes(world) == ["PUT"]
        assert style(world) == outs["style_body"] == NEWER["style_body"]


@pytest.mark.parametrize("patience", [0, 2, 10])
def test_when_patience_ends_the_error_says_what_is_live_and_the_next_run_goes_on(patience: float) -> None:
    with World(patience=patience) as world:
        made = create(world, STYLE, BODY)
        world.slept.clear()  # a moment to see whether another run has the name
        lag(world, 1000)
        world.lifecycle(STYLE).read(made.id, made.outs)
        world.emulator.forget_requests()
        with pytest.raises(CiError, match="still shows") as caught:
            world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert writes(world) == ["PUT"]
        assert sum(world.slept) == patience
        for word in ("ImageStyle thumb", BODY["style_body"], "pulumi up", "ci:patience"):
            assert word in str(caught.value)
        world.slept.append(1000)
        world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert writes(world) == ["PUT", "PUT"]
        assert style(world) == NEWER["style_body"]


def test_a_body_that_the_service_writes_otherwise_is_no_old_one(caplog: pytest.LogCaptureFixture) -> None:
    """Somebody else, or the service itself, made a third one of it: it did change, and a refresh shows the rest."""
    with World(patience=1) as world:
        made = create(world, STYLE, BODY)
        other = "<StyleRule><StyleName>thumb</StyleName><StyleBody>imageMogr2/thumbnail/61x</StyleBody></StyleRule>"
        answer = f"<StyleList>{other}</StyleList>"
        world.emulator.faults.add("garbage", method="GET", since=2, body=answer, content_type="application/xml")
        outs = world.lifecycle(STYLE).update(made.id, made.outs, NEWER)
        assert outs["style_body"] == NEWER["style_body"]
        assert "61x" in caplog.text
        assert world.sent("DELETE") == []


# -- what was deleted a moment ago ------------------------------------------------------------------------------------

REPLACED: dict[str, tuple[type[Kind], dict[str, Any], str]] = {
    "style": (STYLE, BODY, "style"),
    "template": (SNAPSHOT, {"name": "mine", "count": 3}, "template"),
    "binding": (BINDING, {}, "binding"),
    "hotlink": (HOTLINK, {"type": "white", "url": ["a.com"]}, "hotlink"),
}


@pytest.mark.parametrize("adopt", ["never", "match"])
@pytest.mark.parametrize("name", REPLACED)
def test_what_this_run_deleted_is_made_again_although_reads_still_show_it(name: str, adopt: str) -> None:
    """A forced replacement deletes first; a list that lags shows the old one to the create that follows."""
    kind, properties, word = REPLACED[name]
    with World(adopt=adopt) as world:
        made = create(world, kind, properties)
        lag(world, 3)
        session = world.session()
        lifecycle = world.lifecycle(kind, session)
        lifecycle.read(made.id, made.outs)
        lifecycle.delete(made.id, made.outs)
        again = world.lifecycle(kind, session).create(made.inputs)
        [there] = [item for item in world.emulator.objects if item.kind == word]
        assert ">off<" not in there.xml
        assert "original" not in again.outs, "it was not there before"


# -- others whose reads lag -------------------------------------------------------------------------------------------

FLOW: dict[str, Any] = {
    "name": "publish",
    "state": "Active",
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {
            "type": "Snapshot",
            "template_id": "t100000000000000000000000000000001",
            "output": {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"},
        },
    },
}
UPDATED: dict[str, tuple[type[Kind], dict[str, Any], dict[str, Any]]] = {
    "template": (SNAPSHOT, {"count": 3, "width": 640}, {"count": 3, "width": None, "height": 480}),
    "removal": (SNAPSHOT, {"count": 3, "width": 640}, {"width": None}),
    "queue": (QUEUE, {"name": "mine"}, {"name": "other", "state": "Paused"}),
    "hotlink": (HOTLINK, {"type": "white", "url": ["a.com"]}, {"type": "black", "url": ["a.com", "b.com"]}),
    "workflow": (WORKFLOW, FLOW, {"name": "other"}),
    "paused workflow": (WORKFLOW, FLOW, {"state": "Paused"}),
}


@pytest.mark.parametrize("name", UPDATED)
def test_an_update_whose_reads_lag_ends_as_one_whose_reads_do_not(name: str, caplog: pytest.LogCaptureFixture) -> None:
    kind, properties, changed = UPDATED[name]
    with World() as world:
        made = create(world, kind, properties)
        news = {key: value for key, value in {**made.inputs, **changed}.items() if value is not None}
        lag(world, 3)
        outs = world.lifecycle(kind).update(made.id, made.outs, news)
        assert "did not remove" not in caplog.text
        world.slept.append(100)
        seen = world.lifecycle(kind).read(made.id, outs)
        assert seen is not None
        assert not diff(kind, seen.inputs, news)
        assert seen.outs == outs


def test_a_create_whose_answer_was_lost_is_not_sent_again_over_a_list_that_lags() -> None:
    """Names of workflows are not unique, so a second create would make a twin."""
    with World() as world:
        lag(world, 5)
        lifecycle = world.lifecycle(WORKFLOW)
        assert isinstance(lifecycle, XmlCollectionLifecycle)
        assert list(lifecycle.pages(Place(REGION, BUCKET), FLOW["name"])) == [{}]
        world.emulator.faults.add("drop", method="POST", times=1)
        made = create(world, WORKFLOW, FLOW)
        assert [item.id for item in world.emulator.objects if item.kind == "workflow"] == [made.id.split("/")[2]]


def test_a_run_whose_start_was_lost_is_not_started_again_over_a_list_that_lags() -> None:
    with World() as world:
        lag(world, 5)
        world.emulator.faults.add("drop", method="POST", times=1)
        create(world, JOB, {"type": "Job", "input": {"prefix": "in/"}, "tag": "MediaInfo", "queue_id": "p1"})
        assert len([item for item in world.emulator.objects if item.kind == "job"]) == 1


class BetweenPauseAndChange(Wire):
    """For three seconds after a workflow was paused, reads show it paused and not changed yet."""

    def __init__(self, world: World) -> None:
        super().__init__(world.emulator)
        self._slept = world.slept
        self._asked: requests.PreparedRequest | None = None
        self._kept: tuple[requests.Response, bytes] | None = None

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer, or the one from between."""
        if request.method == "GET":
            self._asked = request
            return again(*self._kept) if self._kept and sum(self._slept) < 3 else super().send(request)
        answer = super().send(request)
        if "paused" in str(request.url) and self._asked:
            kept = super().send(self._asked)
            self._kept = kept, kept.raw.read()
        return answer


def test_a_read_from_between_the_pause_and_the_change_is_waited_for_too(caplog: pytest.LogCaptureFixture) -> None:
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        between = BetweenPauseAndChange(world)
        world.client = Client(world.settings, sleep=world.slept.append, adapter=lambda: between)
        nodes = {**FLOW["nodes"], "Start": {"type": "Start", "object_prefix": "other/"}}
        outs = world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "nodes": nodes})
        assert sum(world.slept) > 3
        seen = world.lifecycle(WORKFLOW).read(made.id, outs)
        assert seen is not None
        assert (seen.outs, seen.inputs["state"]) == (outs, "Active")
        assert not caplog.records


def test_an_update_without_a_change_waits_for_nothing() -> None:
    with World() as world:
        made = create(world, SNAPSHOT, {"count": 3})
        world.lifecycle(SNAPSHOT).update(made.id, made.outs, made.inputs)
        assert world.slept == []
