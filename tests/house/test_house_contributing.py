"""What contributors are told: commands and files that exist, hooks without network, a workflow that runs the tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from scaffold.name import Name
from scaffold.new_kind import Skeleton

from pulumi_ci.provider.stubs import stubs

TOP = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", ".github/pull_request_template.md")
DOCUMENT = pytest.mark.parametrize("name", DOCUMENTS)
WORKFLOW = TOP / ".github/workflows/ci.yml"


def text(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def loaded(name: str) -> Any:
    return yaml.safe_load(text(name))


@DOCUMENT
def test_every_command_is_a_target_of_make(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", text(name), flags=re.MULTILINE))
    assert {first or second for first, second in named} <= targets


@DOCUMENT
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]*)(?:#[\w-]+)?\)", text(name)):
        assert not target or (TOP / name).parent.joinpath(target).exists(), target


def test_every_file_that_contributors_are_sent_to_exists() -> None:
    """Those with a folder: in backquotes, and not the new ones of the example."""
    new = r"noise[-_]reduction|460-94|<"
    for place in re.findall(r"`((?:pulumi_ci|tests|schema)/[^`\s]*)`", text("CONTRIBUTING.md")):
        assert re.search(new, place) or (TOP / place).exists(), place


def test_the_walk_through_a_kind_names_every_place_that_the_skeleton_has() -> None:
    """A place that is left out is one that a newcomer finds by a failing test."""
    said = text("CONTRIBUTING.md")
    example = re.search(r'^make kind NAME=(\w+) PAGES="(\S+) (\S+)"$', said, flags=re.MULTILINE)
    assert example is not None
    name, *pages = example.groups()
    other = Skeleton(TOP, Name("ThunderTemplate"), ["0/1", "0/2"])
    words = {"thunder-template": Name(name).slug, "thunder_template": Name(name).module}
    words |= {f"0-{number}/": f"{page.replace('/', '-')}/" for number, page in enumerate(pages, 1)}
    for file in (*other.files, *other.changed):
        place = file.relative_to(TOP).as_posix()
        for ours, theirs in words.items():
            place = place.replace(ours, theirs)
        folder, _, last = place.rpartition("/")
        assert f"`{place}`" in said or re.search(rf"`{folder}/[^|]*, `{last}`", said), place


def test_the_hooks_use_what_is_installed() -> None:
    (repository,) = loaded(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert {hook["id"] for hook in repository["hooks"]} == {"ruff-format", "ruff-check", "mypy", "stubs", "schema"}
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_the_workflow_runs_everything_on_both_systems_and_on_the_oldest_and_newest_python() -> None:
    document = loaded(".github/workflows/ci.yml")
    (job,) = document["jobs"].values()
    oldest = re.search(r'requires-python = ">=([0-9.]+)"', text("pyproject.toml"))
    assert oldest is not None
    assert job["strategy"]["matrix"] == {"os": ["ubuntu-latest", "macos-latest"], "python": [oldest[1], "3.13"]}
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)
    assert document["permissions"] == {"contents": "read"}
    assert job["timeout-minutes"]
    assert (TOP / ".ci/run").stat().st_mode & 0o111


def test_generated_files_are_marked_and_no_others() -> None:
    made = {path.relative_to(TOP).as_posix() for path in stubs()}
    made |= {path.relative_to(TOP).as_posix() for path in (TOP / "schema").rglob("*") if path.is_file()}
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True)
    known = listed.stdout.splitlines() if listed.returncode == 0 else sorted(made)
    patterns = [line.split()[0] for line in text(".gitattributes").splitlines() if "linguist-generated" in line]
    marked = {place for place in known if any(re.fullmatch(_pattern(pattern), place) for pattern in patterns)}
    rest = marked - made
    assert made & set(known) <= marked
    assert all(place.startswith("tests/upgrade/recorded/") or place.endswith("go.sum") for place in rest), rest


def _pattern(glob: str) -> str:
    """A pattern of .gitattributes as a regular expression: `*` stays within a folder, `**` does not."""
    return re.escape(glob).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
