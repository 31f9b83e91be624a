"""What cannot be told is an error of every command: never a missing object, and never an empty bucket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from strange import BARE, Answer, Strange, behind, error, xml
from world import BUCKET, REGION, World

from environment.dev_and_prod import DEV, PROD, fill
from environment.states import State
from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, NotBound
from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.environment.found import live
from pulumi_ci.model.kind import kind_of

HERE = Place(REGION, BUCKET)
SNAPSHOT, QUEUE = kind_of("snapshot-template"), kind_of("media-queue")
ANSWERS: dict[str, tuple[Answer, int]] = {
    "empty 404": (Answer(404), exit_codes.TIMEOUT),
    "page": (Answer(200, {}, b"<html><body>\x1b]0;owned\x07portal</body></html>"), exit_codes.TIMEOUT),
    "bare": (xml(BARE), exit_codes.TIMEOUT),
    "error inside": (
        xml("<Response><RequestId>r</RequestId><Error><Code>InvalidArgument</Code></Error></Response>"),
        exit_codes.REFUSED,
    ),
    "not bound": (error("MediaBucketUnBinded"), exit_codes.REFUSED),
    "word of a status": (xml("<CIStatus>enabled</CIStatus>"), exit_codes.TIMEOUT),
}
NAMES = pytest.mark.parametrize("name", ANSWERS)


@pytest.fixture
def state() -> Iterator[State]:
    with World() as world:
        state = State(world)
        for slug in ("bucket-binding", "hotlink"):
            state.add(slug, slug, **({} if slug == "bucket-binding" else {"type": "white", "url": ["a.com"]}))
        state.add("snapshot-template", "thumbs", count=3)
        state.add("image-style", "card", style_name="card", style_body="imageMogr2/rotate/90")
        state.add("media-queue", "queue", name="media")
        yield state


@NAMES
def test_drift_tells_what_it_could_not_read_and_nothing_is_missing(state: State, name: str) -> None:
    behind(state.world).strikes(lambda call: True, ANSWERS[name][0])
    report = state.report()
    assert {one.status for one in report.managed} == {"failed"}
    assert report.coverage is None
    assert report.unlisted


@NAMES
def test_no_inventory_is_empty_for_it(state: State, name: str) -> None:
    behind(state.world).strikes(lambda call: True, ANSWERS[name][0])
    with pytest.raises(CiError):
        live(state.world.session(), [HERE])


def test_a_bucket_that_is_not_bound_holds_nothing_once_its_binding_says_so(state: State) -> None:
    """And only for whoever lists it: what a stack has recorded there is not gone."""
    state.add("media-service", "service")
    gateway = behind(state.world)
    gateway.strikes(lambda call: call.target.startswith(("/template", "/queue")), error("MediaBucketUnBinded"))
    with pytest.raises(NotBound):
        live(state.world.session(), [HERE], [QUEUE])  # the bucket is bound, so who says that it is not?
    state.world.emulator.edit(BUCKET, REGION, "binding", status="off")
    assert live(state.world.session(), [HERE], [SNAPSHOT, QUEUE]) == []
    managed = {one.found.name: one for one in state.report().managed}
    assert managed["bucket-binding"].status == "missing"
    for name in ("thumbs", "queue"):
        failure = managed[name].failure
        assert managed[name].status == "failed"
        assert failure is not None
        assert isinstance(failure.error, NotBound)


@pytest.fixture
def strange() -> Iterator[Strange]:
    with World() as world:
        world.emulator = Strange(choices=world.choices)
        fill(world)
        yield world.emulator


def run(server: Server, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **server.environment, "PATH": "", "PULUMI_CI_RETRY_SECONDS": "0"}
    command = [sys.executable, "-m", "pulumi_ci.cli.main", *words]
    return subprocess.run(
        command, cwd=folder, env={**environ, "PULUMI_CI_PACE": "off"}, capture_output=True, text=True, timeout=120
    )


COMMANDS = {
    "export": ("export", f"live:{DEV}"),
    "compare": ("compare", f"live:{DEV}", f"live:{PROD}"),
    "promote": ("promote", f"live:{DEV}", f"live:{PROD}", "--prune", "--yes"),
    "graph": ("graph", f"live:{DEV}", "--all"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["empty 404", "page", "bare", "error inside"])
def test_commands_end_with_an_error_and_write_nothing(
    strange: Strange, tmp_path: Path, command: str, name: str
) -> None:
    answer, status = ANSWERS[name]
    with Server(strange) as server:
        strange.gateway.strikes(lambda call: not call.target.startswith("/_emulator"), answer)
        strange.gateway.calls.clear()
        done = run(server, tmp_path, *COMMANDS[command])
    assert done.returncode == status, done.stderr
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).replace("\n", "").isprintable()
    assert all(call.reads for call in strange.gateway.calls)


def test_pruning_by_a_bucket_that_looks_empty_deletes_nothing(strange: Strange, tmp_path: Path) -> None:
    """The source answers as if it held nothing; production has all that it should lose then."""
    with Server(strange) as server:
        first = run(server, tmp_path, "promote", f"live:{DEV}", f"live:{PROD}", "--yes", *_values())
        assert first.returncode == 0, first.stderr
        before = strange.objects
        strange.gateway.strikes(lambda call: call.host.startswith(f"{DEV.bucket}.ci."), xml(BARE))
        done = run(
            server, tmp_path, "promote", f"live:{DEV}", f"live:{PROD}", "--prune", "--force", "--yes", *_values()
        )
    assert done.returncode == exit_codes.TIMEOUT, done.stderr
    assert strange.objects == before


def _values() -> tuple[str, ...]:
    return ("-c", "media_queue_callback_url=https://prod.example.com/done", "-c", "publish_object_prefix=in/")


def test_drift_of_a_state_ends_with_the_status_of_what_it_could_not_read(state: State, tmp_path: Path) -> None:
    strange = Strange(choices=state.world.choices)
    strange.gateway.strikes(lambda call: True, Answer(404))
    (tmp_path / "state.json").write_text(json.dumps(state.document()))
    with Server(strange) as server:
        done = run(server, tmp_path, "drift", "state.json")
    strange.close()
    assert done.returncode == exit_codes.TIMEOUT, done.stderr
    assert "0 missing" in done.stdout
    assert "5 failed" in done.stdout
