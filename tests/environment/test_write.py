"""What is written is read the same way, by this reader and by those of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from environment.catalogue import catalogue
from environment.test_read import GOOD, SCHEMA
from pulumi_ci.environment.environment import Environment, Options, Resource, Setting
from pulumi_ci.environment.expression import BadExpression, Reference, Text, Variable, parse, render, text_of
from pulumi_ci.environment.read import read, reads
from pulumi_ci.environment.write import text_of as written
from pulumi_ci.environment.write import write
from pulumi_ci.model.kind import kind_of

SHEET = kind_of("snapshot-template")
PLACES = [Reference("thumbs", "template_id"), Variable("url"), Variable("ci.bucket")]


@pytest.mark.all_kinds
def test_every_example_of_every_kind_is_read_as_it_was() -> None:
    whole = catalogue()
    text = written(whole)
    assert reads(text, "catalogue.yaml") == whole
    assert written(reads(text, "catalogue.yaml")) == text


def test_editors_and_other_readers_agree() -> None:
    plain = yaml.safe_load(written(catalogue()))
    assert list(Draft202012Validator(SCHEMA).iter_errors(plain)) == []
    for name, resource in catalogue().resources.items():
        assert plain["resources"][name].get("properties", {}) == render(resource.properties)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_file_keeps_its_meaning(path: Path, tmp_path: Path) -> None:
    write(tmp_path / "again.yaml", read(path))
    assert read(tmp_path / "again.yaml") == read(path)


ODD = ["yes", "On", "null", "~", "1e3", "0x1F", "0o17", "1_000", "12:30:00", "2023-01-01", "*a", "&a", "!a", "@a", "`a"]
ODD += ["'", '"', "视频", "😀", ".inf", "=", "<<", "\\", "|", "", "# no", "a: b", "- a", "a\nb", "a\n", " a ", "\t"]
ODD += ["\u2028", "a #b"]


@pytest.mark.parametrize("text", ODD)
def test_texts_that_look_like_something_else(text: str) -> None:
    properties: dict[str, Any] = {"user_data": text, "map": {text: [text]}}
    whole = Environment({"a": Resource("a", SHEET, properties)})
    plain = yaml.safe_load(written(whole))
    assert plain["resources"]["a"]["properties"] == properties


@given(st.lists(st.sampled_from([*PLACES, "$", "${", "}", "a", "$${b}", "{"]), max_size=6))
def test_expressions_are_read_as_they_are_written(items: list[Any]) -> None:
    value = text_of(items)
    if isinstance(value, Text) and any(isinstance(one, str) and one.endswith("$") for one in value.parts[:-1]):
        return  # no file says a dollar right before an expression: `$${` is the escape
    assert parse(str(render(value))) == value


@pytest.mark.parametrize("text", ["${", "a ${b", "${a.b.c}", "${a b}", "${1}", "${}", "$${a} ${", "${a${b}}"])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        parse(text)


def test_options_variables_and_remarks() -> None:
    options = Options(("b",), protect=True, retain_on_delete=True, delete_before_replace=True)
    notes = {"": "found so", "count": "a remark"}
    settings = {
        "url": Setting(),
        "n": Setting("integer", 5),
        "key": Setting(secret=True),
        "yes": Setting("boolean", False),
    }
    resources = {
        "a": Resource("a", SHEET, {"count": Variable("n"), "name": Variable("url")}, options, notes=notes),
        "b": Resource("b", kind_of("bucket-binding"), {}),
    }
    text = written(Environment(resources, settings))
    assert (
        text
        == """config:
  url:
    type: string
  n:
    type: integer
    default: 5
  key:
    type: string
    secret: true
  "yes":
    type: boolean
    default: false
resources:
  # found so
  a:
    type: ci:SnapshotTemplate
    properties:
      count: ${n}  # a remark
      name: ${url}
    options:
      dependsOn:
        - ${b}
      protect: true
      retainOnDelete: true
      deleteBeforeReplace: true
  b:
    type: ci:BucketBinding
"""
    )
    found = reads(text, "x")
    assert found.config == settings
    assert found.resources["a"].options == options


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "media.yaml"
    write(path, Environment({}))
    path.chmod(0o600)
    write(path, catalogue())
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["media.yaml"]
