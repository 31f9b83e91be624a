"""The command line as a person meets it: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kinds
from pulumi_ci.model.reference import describe
from pulumi_ci.model.schema import schema as schema_of


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pulumi_ci.cli.main", *words]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def port(ci_emulator: Server) -> str:
    return ci_emulator.url.rsplit(":", 1)[1]


@pytest.mark.all_kinds
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
    """In the same words as on its page."""
    from click.testing import CliRunner

    from pulumi_ci.cli.explain import explain

    shown = CliRunner().invoke(explain, [slug])
    assert shown.exit_code == exit_codes.OK
    reference = describe(kinds()[slug])
    for section in reference.sections:
        assert all(f"\n{entry.path}: " in shown.output for entry in section.properties)
        assert all(f"- {rule.replace('`', '')}\n" in shown.output for rule in section.rules)
    assert all(f"\n{entry.path}: " in shown.output for entry in reference.outputs)
    assert all(f"{word:9}{fact.replace('`', '')}\n" in shown.output for word, fact in reference.facts)
    assert all(example.program in shown.output for example in reference.examples[:1])


@pytest.mark.parametrize(
    "what", ["SnapshotTemplate.sprite_snapshot_config", "ci.snapshot-template.sprite_snapshot_config"]
)
def test_explain_shows_one_part(what: str) -> None:
    done = run("explain", what)
    assert done.returncode == exit_codes.OK
    shown = [line.split(":")[0] for line in done.stdout.splitlines() if re.match(r"\w+[.\w]*: ", line)]
    assert shown[:2] == ["sprite_snapshot_config", "sprite_snapshot_config.cell_width"]
    assert all(name.startswith("sprite_snapshot_config") for name in shown)


def test_explain_suggests_the_nearest_property() -> None:
    done = run("explain", "SnapshotTemplate.sprite_snapshot_config.colour")
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert "did you mean color?" in done.stderr


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


def test_a_stale_schema_is_told(tmp_path: Path) -> None:
    done = run("schema", "--check", "--folder", str(tmp_path))
    assert done.returncode == exit_codes.DIFFERENCE
    assert "stale: " in done.stderr
    assert "snapshot-template.json" in done.stderr
    assert "reference/snapshot-template.md" in done.stderr


def test_schemas_and_pages_are_written_and_leftovers_removed(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "schema"
    assert run("schema", "--folder", str(folder)).returncode == exit_codes.OK
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files = {name for slug in kinds() for name in (f"{slug}.json", f"reference/{slug}.md")}
    assert names == {*files, "environment.json", "index.json", "reference/README.md"}
    (folder / "reference" / "gone.md").write_text("a kind that is no more", encoding="utf-8")
    (folder / "hotlink.json").write_text("{}", encoding="utf-8")
    assert "stale: hotlink.json, reference/gone.md;" in run("schema", "--check", "--folder", str(folder)).stderr
    assert run("schema", "--folder", str(folder)).stdout.startswith("wrote 2 of ")
    assert run("schema", "--check", "--folder", str(folder)).returncode == exit_codes.OK
    assert not (folder / "reference" / "gone.md").exists()


def test_schemas_hold_the_examples() -> None:
    for slug, kind in kinds().items():
        assert schema_of(kind)["examples"] == list(examples(slug).values())


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
