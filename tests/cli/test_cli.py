"""The command line as a person meets it: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.model.kind import kinds


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pulumi_ci.cli.main", *words]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def port(ci_emulator: Server) -> str:
    return ci_emulator.url.rsplit(":", 1)[1]


def test_explain_lists_every_kind() -> None:
    done = run("explain")
    assert done.returncode == exit_codes.OK
    assert [line.split()[0] for line in done.stdout.splitlines()] == [kind.__name__ for kind in kinds().values()]


@pytest.mark.parametrize("name", ["SnapshotTemplate", "snapshottemplate", "snapshot-template"])
def test_explain_shows_what_may_stand_in_each_property(name: str) -> None:
    done = run("explain", name)
    assert done.returncode == exit_codes.OK
    assert "pulumi-python:dynamic/ci:SnapshotTemplate" in done.stdout
    assert "width: a whole number from 128 to 4096 px" in done.stdout
    assert "sprite_snapshot_config.columns: a whole number from 1 to 10000  [required]" in done.stdout
    assert "mode: one of Interval, Average, KeyFrame  [default Interval]" in done.stdout


@pytest.mark.parametrize("slug", kinds())
def test_every_kind_can_be_explained(slug: str) -> None:
    from click.testing import CliRunner

    from pulumi_ci.cli.explain import explain

    shown = CliRunner().invoke(explain, [slug])
    assert shown.exit_code == exit_codes.OK
    assert all(f"\n{name}" in shown.output for name in kinds()[slug].fields())


def test_explain_suggests_the_nearest_kind() -> None:
    done = run("explain", "SnapshotTemplat")
    assert done.returncode == exit_codes.USAGE
    assert "Did you mean SnapshotTemplate?" in done.stderr
    assert done.stdout == ""


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("expalin").returncode == exit_codes.USAGE


@pytest.mark.parametrize("command", ["stubs", "schema"])
def test_generated_files_are_fresh(command: str) -> None:
    done = run(command, "--check")
    assert (done.returncode, done.stderr) == (exit_codes.OK, "")


def test_a_stale_schema_is_told(tmp_path: object) -> None:
    done = run("schema", "--check", "--folder", str(tmp_path))
    assert done.returncode == exit_codes.DIFFERENCE
    assert "stale: " in done.stderr
    assert "snapshot-template.json" in done.stderr


def test_the_emulator_is_edited_listed_and_reset(port: str) -> None:
    change = {"bucket": "b-1250000000", "region": "ap-beijing", "kind": "style", "name": "card"}
    change["xml"] = "<AddStyle><StyleName>card</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
    made = run("emulator", "edit", "--port", port, json.dumps(change))
    assert made.returncode == exit_codes.OK, made.stderr
    assert [item["name"] for item in json.loads(run("emulator", "objects", "--port", port).stdout)] == ["card"]
    assert run("emulator", "reset", "--port", port).returncode == exit_codes.OK
    assert json.loads(run("emulator", "objects", "--port", port).stdout) == []


def test_a_change_that_makes_no_sense_is_told(port: str) -> None:
    assert "no JSON" in run("emulator", "edit", "--port", port, "{").stderr
    missing = {"bucket": "b-1250000000", "region": "ap-beijing", "kind": "template", "name": "x", "set": {"Name": "y"}}
    done = run("emulator", "edit", "--port", port, json.dumps(missing))
    assert done.returncode == exit_codes.USAGE
    assert "there is no template x" in done.stderr


def test_no_emulator_is_told() -> None:
    with Server() as server:
        free = server.url.rsplit(":", 1)[1]
    done = run("emulator", "objects", "--port", free)
    assert done.returncode == exit_codes.USAGE
    assert f"no emulator answers on port {free}" in done.stderr


def test_a_taken_port_is_told(ci_emulator: Server) -> None:
    taken = ci_emulator.url.rsplit(":", 1)[1]
    done = run("emulator", "start", "--port", taken)
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert f"port {taken}: Address already in use" in done.stderr
    assert "choose another with --port" in done.stderr


def test_a_started_emulator_says_how_to_reach_it() -> None:
    with Server() as server:
        free = server.url.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "pulumi_ci.cli.main", "emulator", "start", "--port", free]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == f"export PULUMI_CI_ENDPOINT=http://127.0.0.1:{free}\n"
        assert run("emulator", "objects", "--port", free).stdout == "[]\n"
        started.send_signal(signal.SIGINT)
        assert started.wait() == exit_codes.OK
