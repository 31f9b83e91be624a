"""`pulumi-ci probe` as a command, and the emulator that takes what it wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import requests
import yaml
from click.testing import CliRunner, Result
from probe_rig import BUCKET, REGION, bound, content, in_use

from pulumi_ci.cli import exit_codes
from pulumi_ci.cli.main import cli
from pulumi_ci.emulator import Choices, Server

CHOICES = Choices(style_put="reject", name_limit=100, workflow_state="Active", statuses={"TemplateNotFound": 410})


def run(server: Server, *words: str) -> Result:
    environ = {**server.environment, "PULUMI_CI_PACE": "off"}
    return CliRunner().invoke(cli, ["probe", "--bucket", BUCKET, "--region", REGION, *words], env=environ)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where the journal goes


def test_without_yes_it_only_says_what_it_would_do(ci_emulator: Server, tmp_path: Path) -> None:
    done = run(ci_emulator, "--switches", "--runs", "--sub-app-id", "7", "--limits", "3")
    assert done.exit_code == exit_codes.OK
    for words in (
        "names that begin with pulumi-ci-probe-",
        "CHANGED FOR A WHILE",
        "it refuses when the bucket has",
        "MAY BE BILLED",
        "Up to 3 objects of each kind",
        "VOD application 7",
        "Left out without --mps",
        "Nothing has been done. Pass --yes",
    ):
        assert words in done.output
    plain = run(ci_emulator)
    for flag in ("--switches", "--runs", "--limits", "--sub-app-id", "--mps"):
        assert f"without {flag}" in plain.output
    assert "MAY BE BILLED" not in plain.output
    assert ci_emulator.emulator.requests == []
    assert [*tmp_path.iterdir()] == []


def test_it_shows_what_differs_and_writes_a_file_for_the_emulator(ci_emulator: Server, tmp_path: Path) -> None:
    in_use(ci_emulator.emulator)
    ci_emulator.emulator.choices = CHOICES
    ci_emulator.emulator.faults.add(
        "error", method="GET", path="^/asrqueue", status=400, code="InvalidArgument", since=2
    )
    done = run(ci_emulator, "--yes", "--output", "choices.yaml", "--record", "exchanges")
    assert done.exit_code == exit_codes.DIFFERENCE, done.output
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line.split() for line in lines if line.startswith("style_put")] == [
        ["style_put", "overwrite", "reject", "differs"]
    ]
    assert any(line.startswith("hotlink_off") and line.endswith("could not tell: needs --switches") for line in lines)
    text = (tmp_path / "choices.yaml").read_text(encoding="utf-8")
    assert "#   hotlink_off: needs --switches" in text
    assert "#   speech_category: Probe speech_category in ap-beijing/BUCKET: GET /asrqueue failed" in text
    assert BUCKET not in text
    written = yaml.safe_load(text)
    assert {name: written[name] for name in ("style_put", "name_limit", "workflow_state", "statuses")} == {
        "style_put": "reject",
        "name_limit": 100,
        "workflow_state": "Active",
        "statuses": {"TemplateNotFound": 410},
    }
    assert "hotlink_off" not in written
    assert len([*(tmp_path / "exchanges").iterdir()]) == len(ci_emulator.emulator.requests)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["choices.yaml", "exchanges"]


def test_a_service_that_agrees_is_success(ci_emulator: Server) -> None:
    bound(ci_emulator.emulator)
    done = run(ci_emulator, "--yes")
    assert done.exit_code == exit_codes.OK, done.output


def test_clean_says_what_it_removed_and_touches_nothing_else(ci_emulator: Server) -> None:
    in_use(ci_emulator.emulator)
    was = content(ci_emulator.emulator)
    assert run(ci_emulator, "--clean").output == "nothing of a probe is left\n"
    snapshot = "<Request><Tag>Snapshot</Tag><Name>{}</Name><Snapshot><Count>1</Count></Snapshot></Request>"
    name = "pulumi-ci-probe-0123abcd-forms"
    ci_emulator.emulator.edit(BUCKET, REGION, "template", id="t9", xml=snapshot.format(name))
    done = run(ci_emulator, "--clean")
    assert (done.exit_code, done.output) == (exit_codes.OK, f"removed template {name}\n")
    assert content(ci_emulator.emulator) == was


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--bucket", "media"), "a bucket name with its APPID"),
        (("--bucket", "evil.example#-1250000000"), "a bucket name with its APPID"),
        (("--region", "beijing/"), "a region"),
    ],
)
def test_a_place_that_is_none_is_refused(ci_emulator: Server, words: tuple[str, ...], says: str) -> None:
    done = run(ci_emulator, "--yes", *words)
    assert says in str(done.exception)
    assert ci_emulator.emulator.requests == []


def test_the_emulator_starts_with_the_choices_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "choices.yaml"
    file.write_text("style_put: reject\nstatuses: {TemplateNotFound: 410}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pulumi_ci.cli.main", "emulator", "start", "--port", "0", "--choices", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        url = child.stdout.readline().strip().partition("=")[2]
        with requests.Session() as session:
            session.trust_env = False
            found = session.get(f"{url}/_emulator/choices", timeout=10).json()
        child.terminate()
    assert (found["style_put"], found["statuses"]) == ("reject", {"TemplateNotFound": 410})
    assert found["bind_again"] == "ok"


@pytest.mark.parametrize("text", ["style_put: sometimes", "no_such: 1", "- a", "{", "1: 2"])
def test_a_file_that_the_emulator_cannot_take_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "choices.yaml"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["emulator", "start", "--choices", str(file)])
    assert done.exit_code == exit_codes.USAGE
    assert str(file) in done.output
