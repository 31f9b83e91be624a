"""The skeleton of a kind: everything that a kind needs, in its place, and the tests fail until it is filled in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pulumi_ci.model.kind import kinds
from scaffold.check_kind import FOLDERS, commands, failures
from scaffold.name import Name
from scaffold.new_kind import Skeleton
from scaffold.sorts import SORTS, sort_of
from scaffold.todo import WORD, left

TOP = Path(__file__).parents[2]
PAGES = ["460/1", "460/2", "460/3"]
NAMES = {"ThunderTemplate": 2, "ThunderQueue": 2, "ThunderService": 3, "ThunderGuard": 3}
"""A name of each sort, and how many pages it has."""
EACH = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A copy of what a skeleton is written into, and of the tests that judge it."""
    for folder in ("pulumi_ci", "tests/kinds", "tests/seeds", "tests/provider", "tests/scaffold"):
        shutil.copytree(TOP / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("CHANGELOG.md", "pyproject.toml", "tests/conftest.py"):
        shutil.copy(TOP / file, tmp_path / file)
    return tmp_path


def written(top: Path, name: str) -> list[str]:
    return Skeleton(top, Name(name), PAGES[: NAMES[name]]).write()


def python(top: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a module in the copy, which comes before this checkout."""
    environment = {**os.environ, "PYTHONPATH": f"{top}:{top / 'tests'}"}
    return subprocess.run([sys.executable, "-m", *words], cwd=top, env=environment, capture_output=True, text=True)


def test_each_sort_has_a_name_here() -> None:
    assert [sort_of(Name(name).words[-1]) for name in NAMES] == list(SORTS)
    assert [len(sort.pages) for sort in SORTS] == list(NAMES.values())


def test_a_name_says_what_a_kind_is_called_everywhere() -> None:
    for slug, kind in kinds().items():
        name = Name(kind.__name__)
        assert (name.slug, f"pulumi_ci.kinds.{name.module}") == (slug, kind.__module__)


@EACH
def test_every_place_gets_its_file_or_its_lines(name: str, top: Path) -> None:
    slug, module = Name(name).slug, Name(name).module
    places = written(top, name)
    new = [place for place in places if not (TOP / place).exists()]
    assert new[:3] == [
        f"pulumi_ci/kinds/{module}.py",
        f"pulumi_ci/kinds/examples/{slug}.yaml",
        f"tests/kinds/refused/{slug}.yaml",
    ]
    assert {"tests/seeds/index.yaml", "tests/seeds/pages.yaml", "CHANGELOG.md"} <= set(places) - set(new)
    marked = {line.partition(":")[0] for line in left(top)}
    assert marked == set(places) - {"tests/provider/golden.json"}
    index = yaml.safe_load((top / "tests/seeds/index.yaml").read_text())
    assert [f"tests/seeds/{entry['file']}" for entry in index if entry["kind"] == slug] == new[3:]
    titles = yaml.safe_load((top / "tests/seeds/pages.yaml").read_text())
    assert set(PAGES[: NAMES[name]]) <= set(titles)
    golden = json.loads((top / "tests/provider/golden.json").read_text())
    assert [entry for entry in golden if entry not in kinds()] == [slug]
    assert list(golden) == sorted(golden)


@EACH
def test_what_was_there_stays_as_it_was(name: str, top: Path) -> None:
    for place in written(top, name):
        if (TOP / place).exists() and place != "tests/provider/golden.json":
            old, new = ((folder / place).read_text() for folder in (TOP, top))
            same = next(index for index, (was, now) in enumerate(zip(old + " ", new, strict=False)) if was != now)
            assert new.endswith(old[same:]), place


@pytest.mark.parametrize(("name", "file"), [("ThunderTemplate", "defaults.yaml"), ("ThunderQueue", "defaults.yaml")])
def test_the_tables_of_the_emulator_stay_readable(name: str, file: str, top: Path) -> None:
    written(top, name)
    old, new = (yaml.safe_load((folder / "pulumi_ci/emulator" / file).read_text()) for folder in (TOP, top))
    assert {key: value for key, value in new.items() if key in old} == old
    assert len(new) == len(old) + 1


@EACH
def test_the_tests_fail_until_it_is_filled_in(name: str, top: Path) -> None:
    """With sentences that name the files; no skeleton is so broken that nothing can be loaded."""
    written(top, name)
    slug = Name(name).slug
    done = python(top, "pytest", "-q", "-p", "no:cacheprovider", "tests/kinds/test_check.py", "tests/seeds", "-k", slug)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"pulumi_ci/kinds/{Name(name).module}.py" in done.stdout
    assert f"test_every_word_stands_in_an_outside_source[{slug}]" in done.stdout
    assert " error" not in done.stdout.splitlines()[-1]

    done = python(top, "scaffold.check_kind", name)
    assert done.returncode == 1
    assert f"tests/kinds/refused/{slug}.yaml:1: # {WORD}: " in done.stdout


def test_a_kind_that_is_there_is_not_written_over(top: Path) -> None:
    written(top, "ThunderTemplate")
    before = {file: file.read_bytes() for file in top.rglob("*.*") if file.is_file()}
    for name in ("ThunderTemplate", "HotlinkTemplate"):
        (top / "pulumi_ci/kinds/examples/hotlink-template.yaml").touch()
        with pytest.raises(FileExistsError, match=r"is there already: .*pulumi_ci/kinds.*nothing was written"):
            Skeleton(top, Name(name))
    after = {file: file.read_bytes() for file in before}
    assert after == before


@pytest.mark.parametrize("text", ["", "noise", "Noise_Template", "ImageOCRTemplate", "noiseReduction", "../Noise"])
def test_what_is_not_a_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as NoiseReductionTemplate"):
        Name(text)


def test_too_few_pages_are_refused(top: Path) -> None:
    with pytest.raises(ValueError, match="names 2 pages of the vendor, those to create, update, such as 460/94315"):
        Skeleton(top, Name("ThunderTemplate"), ["460/1"])


def test_a_changelog_without_additions_gets_a_section(top: Path) -> None:
    (top / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n### Fixed\n\n- A thing.\n\n## 0.1.0\n")
    written(top, "ThunderTemplate")
    lines = (top / "CHANGELOG.md").read_text().splitlines()
    assert lines[2:9] == ["## Unreleased", "", "### Added", "", lines[6], "", "### Fixed"]
    assert lines[6].startswith("- `ci.ThunderTemplate`: ")


# -- the check --------------------------------------------------------------------------------------------------------


def test_the_check_looks_into_every_folder_that_tests_a_kind() -> None:
    """A folder that is left out would hide what a new kind breaks."""
    command = ["pytest", "--collect-only", "-q", "-m", "not engine", "-k", "video-montage-template", "tests"]
    found = [line for line in python(TOP, *command).stdout.splitlines() if "::" in line]
    assert {line.split("/")[1] for line in found} == set(FOLDERS)


def test_a_check_that_fails_shows_what_it_says() -> None:
    (found,) = failures([("json.tool", "--help"), ("json.tool", "no-such-file")])
    assert found.startswith("--- json.tool no-such-file\n")
    assert "no-such-file" in found.splitlines()[-1]


def test_the_check_is_of_one_kind() -> None:
    (tests,), others = commands(Name("HotlinkTemplate"))
    assert "hotlink-template or hotlink_template or HotlinkTemplate or all_kinds" in tests
    assert [command[0] for command in others] == ["ruff", "ruff", "mypy", "pulumi_ci.cli.main", "pulumi_ci.cli.main"]


def test_a_kind_that_is_not_there_is_not_checked() -> None:
    done = python(TOP, "scaffold.check_kind", "ThunderTemplate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "begin with `make kind NAME=ThunderTemplate`" in done.stderr
