"""State in an S3 server, under the address that COS has: two runs on one stack, and only one gets the lock."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from acceptance.stack import STACK, Project, names, objects
from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine
BUCKET = "state-1250000000"
BACKEND = f"s3://{BUCKET}?endpoint=http://cos.ap-beijing.myqcloud.com&region=ap-beijing"
"""As the examples write it, but for https, which no proxy could read."""
LOCKED = "the stack is currently locked by"
PROGRAM = """
import pathlib, time
import pulumi_ci as ci

while not pathlib.Path("go").exists():
    time.sleep(0.05)
ci.SnapshotTemplate("thumbs", count=3, width=640)
ci.ImageStyle("card", style_name="card", style_body="imageMogr2/rotate/90")
"""


class State:
    """The bucket of the state."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.url, self.session = url, session
        assert session.post(f"{url}/moto-api/reset", timeout=10).ok  # all servers of a process share what they hold
        assert session.put(f"{url}/{BUCKET}", timeout=10).ok

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so."""
        query = {"list-type": "2", "prefix": prefix}
        listed = self.session.get(f"{self.url}/{BUCKET}", params=query, timeout=10)
        return re.findall("<Key>(.*?)</Key>", listed.text)

    def locks(self) -> list[str]:
        """The locks on any stack."""
        return self.keys(".pulumi/locks/")

    def wait_for_a_lock(self) -> None:
        """Returns when some run holds a lock."""
        until = time.monotonic() + 60
        while not self.locks():
            assert time.monotonic() < until, "no run takes a lock"
            time.sleep(0.05)


@pytest.fixture
def state(session: requests.Session) -> Iterator[State]:
    """A bucket in a server of its own."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield State(f"http://{host}:{port}", session)
    server.stop()


@pytest.fixture
def project(engine: Engine, tmp_path: Path, ci_emulator: Server, state: State) -> Project:
    """A project whose state lies there. The server stands in as the proxy of `http`, so COS keeps its own name."""
    project = Project(engine, tmp_path / "project", ci_emulator, init=False)
    project.environ |= {
        "PULUMI_BACKEND_URL": BACKEND,
        "AWS_ACCESS_KEY_ID": "a SecretId",
        "AWS_SECRET_ACCESS_KEY": "a SecretKey",
        "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_required",
        "HTTP_PROXY": state.url,
        "NO_PROXY": "127.0.0.1",
    }
    project.program(PROGRAM)
    project.init()
    return project


def start(project: Project) -> subprocess.Popen[str]:
    """Starts an update."""
    return subprocess.Popen(
        [str(project.engine.command), "up", "--yes", "--skip-preview", "--non-interactive", "--color=never"],
        cwd=project.work,
        env=project.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_runs_on_one_stack(project: Project, state: State, ci_emulator: Server) -> None:
    go = project.work / "go"
    first = start(project)
    state.wait_for_a_lock()
    second = project.up(code=None)
    assert second.code != 0
    assert f"{LOCKED} 1 lock(s)" in second.flat()
    assert second.calls == ()
    go.touch()
    said, _ = first.communicate(timeout=120)
    assert first.returncode == 0, said
    assert state.locks() == []
    assert state.keys(f".pulumi/stacks/{project.name}/{STACK}.json")

    go.unlink()
    both = [start(project), start(project)]  # at one moment: both may be refused, and never none
    until = time.monotonic() + 120
    while all(one.poll() is None for one in both):
        assert time.monotonic() < until, "both hold the lock"
        time.sleep(0.05)
    go.touch()
    ends = [(one.communicate(timeout=120)[0], one.returncode) for one in both]
    assert sum(code == 0 for _, code in ends) <= 1
    assert all(LOCKED in " ".join(said.split()) for said, code in ends if code)

    project.quiet()
    held = names(objects(ci_emulator))
    assert [name.split("-")[0] for name in held] == ["style card", "template thumbs"]

    words = [sys.executable, "-m", "pulumi_ci.cli.main", "drift", f"stack:{STACK}", "--format", "json"]
    seen = subprocess.run(words, cwd=project.work, env=project.environ, capture_output=True, text=True)
    assert (seen.returncode, seen.stderr) == (exit_codes.OK, "")
    assert json.loads(seen.stdout)["summary"]["in_sync"] == 2


def test_the_lock_of_a_killed_run_stays_until_it_is_cancelled(project: Project, state: State) -> None:
    killed = project.start("up", "--yes", "--skip-preview")
    state.wait_for_a_lock()
    killed.kill()
    (project.work / "go").touch()
    assert LOCKED in project.up(code=None).flat()
    project.run("cancel", "--yes")
    project.up()
    assert state.locks() == []
