"""Bad input, missing credentials and a service that fails: readable errors, no harm to the state."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from acceptance.stack import BUCKET, REGION, Project, Resource, objects
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine

NO_CREDENTIALS = {"TENCENTCLOUD_SECRET_ID": None, "TENCENTCLOUD_SECRET_KEY": None}
THUMBS = Resource("snapshot-template", "thumbs", {"count": 3})
STYLE = Resource("image-style", "style", {"style_name": "card", "style_body": "imageMogr2/thumbnail/1x"})

BAD: Mapping[str, tuple[Mapping[str, Any], tuple[str, ...]]] = {
    "snapshot-template": (
        {"count": 0, "width": "wide", "mode": "Sometimes", "black_level": 30, "heigth": 100},
        (
            "property count value {0} has a problem",
            "property width value",
            "property mode value",
            "property black_level value",
            "has an effect only with is_check_black",
            "did you mean height?",
        ),
    ),
    "transcode-template": (
        {
            "container": {"format": "mp5"},
            "video": {"codec": "H.264", "width": 101, "fps": -1, "colour": "red"},
            "audio_mix": [{"mix_mode": "Once"}, {"audio_source": "nowhere"}],
        },
        (
            "container.format",
            "did you mean mp4?",
            "video.width",
            "even",
            "video.fps",
            "video.colour",
            "audio_mix[0].audio_source",
            "is required",
            "audio_mix[1].audio_source",
        ),
    ),
    "watermark-template": (
        {
            "type": "Bogus",
            "pos": "Nowhere",
            "loc_mode": "Absolute",
            "dx": -99999,
            "dy": 1,
            "text": {
                "font_size": 9999,
                "font_type": "simfang.ttf",
                "font_color": "red",
                "transparency": 500,
                "text": "",
            },
        },
        ("type", "pos", "dx", "text.font_size", "text.font_color", "text.transparency", "text.text"),
    ),
    "image-style": (
        {"style_name": "bad name!", "style_body": "imageMogr9/nonsense"},
        ("property style_name value", "property style_body value"),
    ),
    "hotlink": ({"type": "grey", "url": "www.example.com"}, ("property type value", "property url value", "a list of")),
    "media-queue": (
        {"name": "a b", "notify_config": {"state": "On", "event": ["Never"]}},
        ("property name value", "notify_config.event[0]", "notify_config.type"),
    ),
    "workflow": (
        {
            "nodes": {
                "Start": {"type": "Start", "object_prefix": "in/"},
                "Snapshot_a": {
                    "type": "Snapshot",
                    "template_id": "t1",
                    "output": {"region": REGION, "bucket": BUCKET, "object": "${Number}"},
                },
            },
            "dependencies": {"Start": ["Snapshot_b"], "Snapshot_a": ["Start"]},
        },
        (
            "dependencies.Start[0]",
            "names no node",
            "did you mean Snapshot_a?",
            "dependencies.Snapshot_a[0]",
            "cannot follow",
        ),
    ),
}
"""By kind: wrong properties, and what must stand in what the preview says about them."""


@dataclass(frozen=True)
class Failure:
    """One way in which calls fail, and what the error must say."""

    says: tuple[str, ...]
    fault: Mapping[str, Any] | None = None
    environ: Mapping[str, str | None] = field(default_factory=dict)


def _closed_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


HOST = f"{BUCKET}.ci.{REGION}.myqcloud.com"
FAILURES = {
    "refused": Failure(
        (f"got no answer from {HOST}", "Connection refused"), None, {"PULUMI_CI_ENDPOINT": _closed_port()}
    ),
    "wrong-endpoint": Failure(("ci:endpoint", "http://127.0.0.1:8780"), None, {"PULUMI_CI_ENDPOINT": "ftp://nowhere"}),
    "timeout": Failure(
        (f"got no answer from {HOST}", "no whole answer came within 1 s"), {"effect": "delay", "delay": 2.5}
    ),
    "reset": Failure((f"got no answer from {HOST}",), {"effect": "reset"}),
    "401": Failure(
        ("failed with MissingAuthorization (HTTP 401)", "[request id ", "Check the credentials"),
        {"effect": "error", "status": 401, "code": "MissingAuthorization"},
    ),
    "403": Failure(
        ("failed with AccessDenied (HTTP 403)", "[request id ", "Check the credentials"),
        {"effect": "error", "status": 403, "code": "AccessDenied"},
    ),
    "wrong-key": Failure(
        ("failed with InvalidAuthorization (HTTP 403)", "[request id ", "Check the credentials"),
        None,
        {"TENCENTCLOUD_SECRET_KEY": "another-planted-secret-key"},
    ),
    "500": Failure(("failed with InternalError (HTTP 500)", "[request id "), {"effect": "error", "status": 500}),
    "throttled": Failure(("failed with SlowDown (HTTP 503)", "[request id "), {"effect": "throttle"}),
    "error-in-200": Failure(
        ("failed with SomethingElse (HTTP 200)", "[request id "),
        {"effect": "error", "status": 200, "code": "SomethingElse"},
    ),
    "garbage": Failure((f"got no answer from {HOST}", "HTTP 200", "[request id "), {"effect": "garbage"}),
    "truncated": Failure((f"got no answer from {HOST}",), {"effect": "truncate"}),
}


@pytest.fixture(scope="module")
def standing(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Project:
    """A stack with a template and a style, which the tests fail to change."""
    config = {"ci:region": REGION, "ci:bucket": BUCKET, "ci:timeout": "1", "ci:retrySeconds": "1"}
    project = Project(engine, tmp_path_factory.mktemp("failures"), module_emulator, config=config)
    project.declare(THUMBS, STYLE)
    project.up()
    return project


def _resources(project: Project) -> Any:
    """What the state holds; a failed run may put it into another order."""
    return sorted(json.loads(project.export())["deployment"].get("resources", []), key=lambda item: str(item["urn"]))


@pytest.fixture(scope="module")
def previewed(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Project:
    return Project(engine, tmp_path_factory.mktemp("bad"), module_emulator)


@pytest.mark.parametrize("slug", BAD)
def test_every_wrong_value_is_reported_at_once(slug: str, previewed: Project) -> None:
    properties, expected = BAD[slug]
    previewed.declare(Resource(slug, "wrong", properties))
    outcome = previewed.run("preview", code=None)
    assert outcome.code != 0
    missing = [words for words in expected if words not in outcome.flat()]
    assert not missing, f"{missing} not in:\n{outcome.said}"
    assert outcome.calls == ()
    assert "Traceback" not in outcome.said


@pytest.mark.parametrize("name", FAILURES)
def test_error_says_what_failed_and_the_state_stays(name: str, standing: Project) -> None:
    failure, emulator = FAILURES[name], standing.server.emulator
    before, held = _resources(standing), objects(standing.server)
    standing.declare(THUMBS.changed({"count": 4}), STYLE)
    if failure.fault is not None:
        emulator.faults.add(failure.fault["effect"], **{k: v for k, v in failure.fault.items() if k != "effect"})
    outcome = standing.up(code=None, environ=failure.environ)
    emulator.faults.clear()
    assert outcome.code != 0
    for words in failure.says:
        assert words in outcome.flat(), outcome.said
    if name != "wrong-endpoint":
        (template,) = [item for item in held if item.kind == "template"]
        assert f"SnapshotTemplate {template.id} in {REGION}/{BUCKET}: read " in outcome.flat()
    assert _resources(standing) == before
    assert objects(standing.server) == held
    assert "another-planted-secret-key" not in outcome.said


def test_failed_write_says_so_too(standing: Project) -> None:
    before = _resources(standing)
    standing.declare(THUMBS.changed({"count": 4}), STYLE.changed({"style_body": "imageMogr2/thumbnail/2x"}))
    standing.server.emulator.faults.add("error", method="PUT", status=403, code="AccessDenied")
    outcome = standing.up("--continue-on-error", code=None)
    standing.server.emulator.faults.clear()
    assert outcome.code != 0
    (template,) = [item for item in objects(standing.server) if item.kind == "template"]
    for about in (f"SnapshotTemplate {template.id}", "ImageStyle card"):
        assert f"{about} in {REGION}/{BUCKET}: update failed with AccessDenied (HTTP 403)" in outcome.flat()
    assert _resources(standing) == before


def test_preview_needs_no_credentials_and_up_says_what_was_tried(project: Project) -> None:
    project.declare(THUMBS, STYLE)
    preview = project.run("preview", environ=NO_CREDENTIALS)
    assert preview.calls == ()
    outcome = project.up(code=None, environ=NO_CREDENTIALS)
    assert outcome.code != 0
    for words in ("TENCENTCLOUD_SECRET_ID", "the provider's arguments", "ci:secretId", "ci:credentials"):
        assert words in outcome.flat()
    assert outcome.calls == ()
    assert project.state() == {}
    assert objects(project.server) == []


def test_half_of_the_credentials_are_refused(previewed: Project) -> None:
    previewed.declare(THUMBS)
    outcome = previewed.up(code=None, environ={"TENCENTCLOUD_SECRET_KEY": None})
    assert outcome.code != 0
    assert "TENCENTCLOUD_SECRET_KEY is not set" in outcome.flat()
    assert previewed.state() == {}


def test_nothing_is_made_when_create_fails(project: Project) -> None:
    project.declare(THUMBS)
    project.server.emulator.faults.add("error", method="POST", status=400, code="InvalidArgument", message="no")
    outcome = project.up(code=None)
    project.server.emulator.faults.clear()
    assert f"in {REGION}/{BUCKET}: create failed with InvalidArgument (HTTP 400): no [request id " in outcome.flat()
    assert project.state() == {}
    assert objects(project.server) == []


def test_lost_answer_makes_no_twin(project: Project) -> None:
    project.declare(THUMBS)
    project.server.emulator.faults.add("drop", method="POST", times=1)
    project.up()
    assert len(objects(project.server)) == 1
    project.quiet()


def test_failed_read_back_fails_nothing(project: Project) -> None:
    project.declare(THUMBS)
    fault = project.server.emulator.faults.add("error", method="GET", path="[?&]ids=", status=403, code="AccessDenied")
    outcome = project.up()
    project.server.emulator.faults.clear()
    assert fault.struck
    assert "reading it back failed" in outcome.flat()
    project.quiet()
