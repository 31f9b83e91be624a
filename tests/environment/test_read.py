"""Environment files: what is understood, and every fault of a broken one with its line and column."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from pulumi_ci.environment.environment import Environment, Options, Setting
from pulumi_ci.environment.expression import Reference, Text, Variable
from pulumi_ci.environment.read import read, reads
from pulumi_ci.environment.yaml import LARGEST, InvalidFile

HERE = Path(__file__).parent
GOOD = sorted((HERE / "good").glob("*.yaml"))
MEDIA = HERE / "good" / "media.yaml"


@dataclass(frozen=True)
class Bad:
    """A broken file, and what is said of it."""

    name: str
    text: str
    problems: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    asked: bool = False
    """Whether all variables must have a value."""
    editors: bool = False
    """Whether the JSON schema shows it too."""


BAD = [Bad(**words) for words in yaml.safe_load((HERE / "bad.yaml").read_text(encoding="utf-8"))]
SCHEMA = json.loads((HERE.parents[1] / "schema" / "environment.json").read_text(encoding="utf-8"))


def complaints(text: str, values: Any = None) -> list[str]:
    with pytest.raises(InvalidFile) as refused:
        reads(text, "media.yaml", values)
    lines = str(refused.value).splitlines()
    assert all(line.startswith("media.yaml:") for line in lines)
    return [line.removeprefix("media.yaml:") for line in lines]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_every_fault_is_told_with_its_place(bad: Bad) -> None:
    found = complaints(bad.text, (lambda name: (None, False)) if bad.asked else bad.values)
    places = [re.match(r"\d+:\d+: ", problem) for problem in bad.problems]
    assert len(found) == len(bad.problems), found
    for line, problem, place in zip(found, bad.problems, places, strict=True):
        assert place is not None
        assert line.startswith(place[0]), found
        assert problem[place.end() :] in line, found


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_editors_accept_what_is_read(path: Path) -> None:
    read(path)
    assert list(Draft202012Validator(SCHEMA).iter_errors(YAML(typ="safe").load(path))) == []


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.editors], ids=lambda bad: bad.name)
def test_editors_see_faults_of_structure(bad: Bad) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(YAML(typ="safe").load(bad.text))


def test_the_parts_of_a_file() -> None:
    found = read(MEDIA)
    assert list(found.resources) == ["binding", "watch", "thumbs", "hls-720"]
    assert [resource.name for resource in found.order()] == ["binding", "thumbs", "hls-720", "watch"]
    assert found.config == {
        "callback_url": Setting(),
        "width": Setting("integer", 640),
        "quick": Setting("boolean"),
        "hls_key": Setting(secret=True),
    }
    watch = found.resources["watch"]
    assert watch.options == Options(depends_on=("binding",), protect=True)
    node = watch.properties["nodes"]["Transcode_b"]
    assert node["template_id"] == Reference("hls-720", "template_id")
    assert node["output"]["bucket"] == Variable("ci.bucket")
    parts = (Reference("thumbs", "name"), "/", Variable("width"), "-", Variable("quick"), ".${Ext}")
    assert node["output"]["object"] == Text(parts)
    assert watch.properties["nodes"]["Snapshot_a"]["output"]["object"] == "out/${RunId}/${Number}.${Ext}"


def test_merge_keys_anchors_and_empty_sections_are_understood() -> None:
    found = read(HERE / "good" / "merge.yaml")
    small = {"count": 3, "is_check_black": True, "start": 0, "black_level": 50}
    assert found.resources["small"].properties == small
    assert found.resources["large"].properties == {**small, "width": 1280}
    assert found.resources["large"].properties["is_check_black"] is True
    assert found.resources["视频"].properties == {}


def test_values_of_a_command_line_take_the_types_of_their_variables() -> None:
    text = "config: {w: integer, q: boolean, r: number, n: string, m: string}\nresources: {}\n"
    found = reads(text, "x", {"w": "5", "q": "True", "r": "0.5", "n": 7, "m": "x"})
    assert found.values == {"w": 5, "q": True, "r": 0.5, "n": "7", "m": "x"}


def test_flags_and_numbers_within_texts_are_written_as_in_yaml() -> None:
    found = read(MEDIA, {"quick": "true", "width": "800", "ci.bucket": "b-1250000000", "ci.region": "ap-beijing"})
    watch = found.known(found.resources["watch"], {Reference("thumbs", "name"): "sheet"})
    assert watch["nodes"]["Transcode_b"]["output"]["object"] == "sheet/800-true.${Ext}"


def test_secret_values_are_in_no_complaint() -> None:
    text = "config: {n: {secret: true}}\nresources:\n  a: {type: ci:ImageStyle, properties: {style_body: '${n}'}}\n"
    assert reads(text, "x", {"n": "hidden"}).config["n"].secret
    text = text.replace("{secret: true}", "string")
    assert "hidden" in complaints(text, {"n": "hidden"})[0]
    assert reads(text, "x", lambda name: ("hidden", True)).config["n"] == Setting(secret=True)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "media.yaml"
    for content, reason in (
        (b"resources: {}\n# \xff\n", "1:1: is no UTF-8: byte 17 is wrong"),
        (b"# " + b"x" * LARGEST, f"1:1: has {LARGEST + 2} characters; {LARGEST} are allowed"),
        (b"resources: " + b"[" * 2000, "nested too deeply"),
    ):
        path.write_bytes(content)
        with pytest.raises(InvalidFile) as refused:
            read(path)
        assert reason in str(refused.value)
        assert str(refused.value).startswith(f"{path}:1:")
    with pytest.raises(InvalidFile, match="cannot be read"):
        read(tmp_path / "none.yaml")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "media.yaml"
    path.write_bytes(b"\xef\xbb\xbfresources: {}\r\n")
    assert read(path) == Environment({})
