"""`pulumi-ci drift` as a person meets it: sources, files, exit statuses, and settings from a stack's config."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from world import BUCKET, REGION, World

from environment.states import State
from pulumi_ci.api.errors import CiError
from pulumi_ci.cli import exit_codes
from pulumi_ci.cli.session import session, stack_config
from pulumi_ci.emulator import Server


@dataclass
class Desk:
    """A folder, a cloud that answers on loopback, and a stack in it."""

    folder: Path
    state: State
    server: Server

    def run(self, *words: str, stdin: Any = None, **environ: str) -> subprocess.CompletedProcess[str]:
        """Runs the command where there is no Pulumi."""
        text = self.text() if stdin is None else stdin
        return subprocess.run(
            [sys.executable, "-m", "pulumi_ci.cli.main", "drift", *words],
            capture_output=True,
            text=True,
            input=text,
            cwd=self.folder,
            env={
                **self.server.environment,
                "PATH": "",
                "HOME": str(self.folder),
                "PULUMI_CI_RETRY_SECONDS": "0",
                **environ,
            },
        )

    def text(self) -> str:
        """What `pulumi stack export --show-secrets` prints."""
        return json.dumps(self.state.document())

    def drift(self) -> None:
        """Changes something by hand."""
        self.state.world.emulator.edit(BUCKET, REGION, "template", name="thumbs", set={"Snapshot/Width": "320"})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with World() as world, Server(world.emulator) as server:
        state = State(world)
        state.add("snapshot-template", "thumbs", name="thumbs", count=3, width=640)
        yield Desk(tmp_path, state, server)


def test_a_state_on_standard_input_needs_no_pulumi(desk: Desk) -> None:
    done = desk.run("-")
    assert (done.returncode, done.stderr) == (exit_codes.OK, "")
    assert "0 changed, 0 missing, 0 unmanaged, 1 in sync" in done.stdout
    desk.drift()
    done = desk.run("-")
    assert (done.returncode, done.stderr) == (exit_codes.DIFFERENCE, "")
    assert "      width: 640 -> 320\n" in done.stdout
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


def test_a_file_says_the_same_as_standard_input(desk: Desk) -> None:
    desk.drift()
    (desk.folder / "state.json").write_text(desk.text(), encoding="utf-8-sig")
    from_file, from_input = (desk.run(source, "--format", "json") for source in ("state.json", "-"))
    assert from_file.stdout == from_input.stdout
    assert json.loads(from_file.stdout)["summary"]["changed"] == 1


def test_one_run_writes_the_report_in_every_form(desk: Desk) -> None:
    desk.drift()
    done = desk.run("-", "--format", "json", "--output", "report", "--output", "report.html", "--output", "report.md")
    assert done.returncode == exit_codes.DIFFERENCE
    texts = {path.name: path.read_text(encoding="utf-8") for path in desk.folder.glob("report*")}
    assert texts["report"] == done.stdout
    assert texts["report.html"].startswith("<!doctype html>")
    assert "| " in texts["report.md"]


def test_a_run_that_fails_leaves_the_report_of_the_last_one(desk: Desk) -> None:
    (desk.folder / "report").write_text("the last one")
    assert desk.run("-", "--output", "report", TENCENTCLOUD_SECRET_KEY="").returncode == exit_codes.USAGE
    assert (desk.folder / "report").read_text() == "the last one"


FAIL_ON = [
    (["--fail-on", "none"], 0),
    (["--fail-on", "missing"], 0),
    (["--fail-on", "missing,changed"], 1),
]


@pytest.mark.parametrize(("words", "code"), FAIL_ON, ids=[" ".join(words) for words, _ in FAIL_ON])
def test_one_says_what_counts_as_a_difference(words: list[str], code: int, desk: Desk) -> None:
    desk.drift()
    assert desk.run("-", *words).returncode == code


def test_unmanaged_objects_fail_only_when_asked(desk: Desk) -> None:
    desk.state.add("snapshot-template", "stray", name="stray", count=5)
    desk.state.resources.pop()
    found, left_out = desk.run("-", "--fail-on", "unmanaged"), desk.run("-", "--no-unmanaged")
    assert (found.returncode, left_out.returncode) == (exit_codes.DIFFERENCE, exit_codes.OK)
    assert "? SnapshotTemplate stray" in found.stdout
    assert "unmanaged" not in left_out.stdout


def test_rules_are_found_in_the_current_folder_or_named(desk: Desk) -> None:
    desk.drift()
    rules = "ignore:\n  - {path: width, reason: somebody tries it}\n"
    (desk.folder / "mine.yaml").write_text(rules)
    done = desk.run("-", "--ignore", "mine.yaml")
    assert done.returncode == exit_codes.OK
    assert "1 finding left out by rules" in done.stdout
    (desk.folder / ".pulumi-ci-ignore.yaml").write_text(rules)
    assert desk.run("-").returncode == exit_codes.OK
    (desk.folder / ".pulumi-ci-ignore.yaml").write_text("ignore:\n  - {path: width}\n")
    done = desk.run("-")
    assert done.returncode == exit_codes.USAGE
    assert ".pulumi-ci-ignore.yaml:2:5: the rule has no reason" in done.stderr


USAGE = [
    (["-"], "{", "standard input is no JSON"),
    (["-"], '{"version": 3}', "holds no deployment"),
    (["-"], '{"version": 9, "deployment": {}}', "has version 9"),
    (["none.json"], "", "none.json cannot be read: No such file or directory"),
    (["stack:dev"], "", "there is no Pulumi command: run `pulumi-ci engine install`"),
    (["-", "--fail-on", "moved"], "", "'moved' is none of changed, missing, unmanaged"),
    (["-", "--ignore", "none.yaml"], "", "none.yaml cannot be read"),
    (["-", "--endpoint", "nowhere"], "{}", "holds no deployment"),
]


@pytest.mark.parametrize(("words", "stdin", "told"), USAGE, ids=[told for _, _, told in USAGE])
def test_what_makes_no_sense_is_told(words: list[str], stdin: str, told: str, desk: Desk) -> None:
    done = desk.run(*words, stdin=stdin)
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_no_credentials_is_a_status_of_its_own(desk: Desk) -> None:
    done = desk.run("-", TENCENTCLOUD_SECRET_ID="", TENCENTCLOUD_SECRET_KEY="")
    assert (done.returncode, done.stdout) == (exit_codes.CREDENTIALS, "")
    assert "no credentials" in done.stderr


@pytest.mark.parametrize(
    ("status", "code", "ends"),
    [(403, "AccessDenied", exit_codes.CREDENTIALS), (400, "InvalidArgument", exit_codes.REFUSED)],
)
def test_what_is_refused_is_reported_and_has_its_own_status(status: int, code: str, ends: int, desk: Desk) -> None:
    desk.state.world.emulator.faults.add("error", path="/template", status=status, code=code)
    done = desk.run("-")
    assert done.returncode == ends
    assert "! SnapshotTemplate thumbs" in done.stdout
    assert code in done.stdout
    assert code in done.stderr


def test_a_kind_that_cannot_be_listed_fails_only_where_unmanaged_objects_count(desk: Desk) -> None:
    desk.state.world.emulator.faults.add("error", path="tag=Concat", status=400, code="InvalidArgument")
    done = desk.run("-")
    assert done.returncode == exit_codes.OK
    assert "! ConcatTemplate: no list of what is there" in done.stdout
    assert desk.run("-", "--fail-on", "unmanaged").returncode == exit_codes.REFUSED


def test_no_answer_has_its_own_status(desk: Desk) -> None:
    done = desk.run("-", "--endpoint", "http://127.0.0.1:9", "--no-unmanaged")
    assert done.returncode == exit_codes.TIMEOUT
    assert "could not be read" in done.stdout


def test_a_state_without_resources_of_ours_says_so(desk: Desk) -> None:
    del desk.state.resources[1:]
    done = desk.run("-")
    assert done.returncode == exit_codes.OK
    assert "The state holds no resources of pulumi_ci." in done.stdout


# -- settings ---------------------------------------------------------------------------------------------------


def project(folder: Path, config: str, more: str = "") -> Path:
    (folder / "Pulumi.yaml").write_text(f"name: shop\nruntime: python\n{more}")
    (folder / "Pulumi.dev.yaml").write_text(config)
    return folder


def test_the_config_of_a_stack_sets_what_the_environment_leaves_open(tmp_path: Path) -> None:
    text = "config:\n  ci:endpoint: http://127.0.0.1:1\n  ci:pace: 'off'\n  ci:timeout: 7\n  shop:x: y\n"
    config = stack_config("dev", project(tmp_path, text))
    assert config == {"ci:endpoint": "http://127.0.0.1:1", "ci:pace": "off", "ci:timeout": "7"}
    assert stack_config("org/shop/dev", tmp_path) == config
    settings = session(config, environ={}).client.settings
    assert (settings.endpoint, settings.paced, settings.timeout) == ("http://127.0.0.1:1", False, 7)
    environ = {"PULUMI_CI_ENDPOINT": "http://127.0.0.1:2"}
    assert session(config, environ=environ).client.settings.endpoint == "http://127.0.0.1:2"
    assert session(config, "http://127.0.0.1:3", environ).client.settings.endpoint == "http://127.0.0.1:3"


def test_what_is_encrypted_is_left_out_with_what_belongs_to_it(tmp_path: Path) -> None:
    text = "config:\n  ci:secretId: AKID\n  ci:secretKey: {secure: v1:x}\n  ci:region: ap-beijing\n"
    assert stack_config("dev", project(tmp_path, text)) == {"ci:region": "ap-beijing"}


def test_the_folder_of_stack_configs_is_followed(tmp_path: Path) -> None:
    project(tmp_path, "", "stackConfigDir: stacks\n")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_text("config: {'ci:region': ap-beijing}\n")
    assert stack_config("dev", tmp_path) == {"ci:region": "ap-beijing"}
    assert stack_config("prod", tmp_path) == {}


@pytest.mark.parametrize("text", ["config: [1]\n", "- 1\n", "a: [\n"])
def test_a_broken_config_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(CiError, match=r"Pulumi\.dev\.yaml|stack dev"):
        stack_config("dev", project(tmp_path, text))
