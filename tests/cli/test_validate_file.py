"""`pulumi-ci validate FILE` tells every fault of an environment file, with the config of a stack."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_ci.cli import exit_codes

TEXT = """config: {url: string, key: {secret: true}, width: {type: integer, default: 640}}
resources:
  binding: {type: ci:BucketBinding}
  thumbs: {type: ci:SnapshotTemplate, properties: {count: 3, name: "${url}", width: "${width}"}}
  style: {type: ci:ImageStyle, properties: {style_body: "imageMogr2/strip", style_name: "${ci.bucket}"}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  site:url: a\n  site:key: {secure: x}\n  ci:bucket: b\n")
    (tmp_path / "Pulumi.prod.yaml").write_text("config:\n  site:width: 5\n")
    path = tmp_path / "media.yaml"
    path.write_text(TEXT)
    return path


def run(file: Path, *words: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pulumi_ci.cli.main", "validate", file.name, *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=file.parent, stdin=subprocess.DEVNULL)
    return done.returncode, (done.stdout or done.stderr).splitlines()


def test_a_right_file(file: Path) -> None:
    assert run(file, "--stack", "dev") == (exit_codes.OK, ["3 resources, no mistakes"])


def test_each_stack_has_its_own_mistakes(file: Path) -> None:
    code, lines = run(file, "--stack", "prod")
    assert code == exit_codes.DIFFERENCE
    assert lines == [
        "media.yaml:1:10  environment  url has no value; `pulumi config set url ...` sets one",
        "media.yaml:1:23  environment  key has no value; `pulumi config set --secret key ...` sets one",
        "media.yaml:4:85  environment  thumbs.width: 5 is not a whole number from 128 to 4096 px",
        "media.yaml:5:89  environment  ${ci.bucket} is not known; `pulumi config set ci:bucket ...` sets it",
        "no resources, 4 mistakes",
    ]
    given = ("-c", "url=x", "-c", "key=y", "-c", "width=640", "-c", "ci:bucket=b")
    assert run(file, "--stack", "prod", *given)[0] == exit_codes.OK


def test_a_file_in_no_project_is_checked_without_values(file: Path) -> None:
    for other in file.parent.glob("Pulumi*"):
        other.unlink()
    assert run(file)[0] == exit_codes.OK
    assert run(file, "-c", "width=5")[1][0].startswith("media.yaml:4:85  environment  thumbs.width: 5 is not")


def test_json_has_lines_and_columns(file: Path) -> None:
    file.write_text("resources:\n  a: {type: ci:Nothing}\n")
    code, lines = run(file, "--stack", "dev", "--format", "json")
    (mistake,) = json.loads("\n".join(lines))["mistakes"]
    assert code == exit_codes.DIFFERENCE
    assert (mistake["file"], mistake["line"], mistake["column"]) == ("media.yaml", 2, 13)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "choose one with --stack dev|prod"),
        (("--stack", "test"), "no config of a stack test"),
        (("--stack", "dev", "-c", "width"), "'width' sets no config"),
    ],
)
def test_what_makes_no_sense_is_no_mistake_of_the_file(file: Path, words: tuple[str, ...], reason: str) -> None:
    code, lines = run(file, *words)
    assert code == exit_codes.USAGE
    assert reason in lines[0]


def test_a_file_that_is_not_there(file: Path) -> None:
    file.unlink()
    code, lines = run(file, "--stack", "dev")
    assert code == exit_codes.USAGE
    assert "there is no file media.yaml" in lines[0]
