"""What the reference says of a kind: every field once, as declared, and examples as programs that are right."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import pulumi_ci
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.node import Node, blocks
from pulumi_ci.model.order import opens
from pulumi_ci.model.program import program
from pulumi_ci.model.reference import Property, Reference, describe, select

KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
EXAMPLES = [
    pytest.param(kind, name, example, id=f"{slug}-{name}")
    for slug, kind in kinds().items()
    for name, example in examples(slug).items()
]


def nodes(node: type[Node], seen: set[type[Node]]) -> Iterator[type[Node]]:
    for field in node.fields().values():
        for block in blocks(field.shape):
            if block not in seen:
                seen.add(block)
                yield block
                yield from nodes(block, seen)


def everything(reference: Reference) -> dict[str, Property]:
    found = [entry for section in reference.sections for entry in section.properties]
    return {entry.path: entry for entry in [*reference.outputs, *found]}


@KINDS
def test_every_field_is_said(kind: type[Kind]) -> None:
    reference = describe(kind)
    assert {entry.name for entry in reference.properties} == set(kind.inputs())
    assert {entry.name for entry in reference.outputs} >= {"id", *kind.outputs()}
    said = {frozenset(entry.name for entry in section.properties) for section in reference.sections[1:]}
    assert said == {frozenset(node.fields()) for node in nodes(kind, set())}
    assert all(entry.doc and entry.values for entry in everything(reference).values())


@KINDS
def test_every_block_has_one_section_and_every_link_leads_to_one(kind: type[Kind]) -> None:
    reference = describe(kind)
    titles = [section.title for section in reference.sections]
    assert len(titles) == len(set(titles)), "two blocks of one name"
    assert len(titles) <= 2 * len(list(nodes(kind, set()))) + 1
    linked = {title for entry in everything(reference).values() for title in entry.contents}
    assert linked == set(titles[1:])


@KINDS
def test_facts_are_whole(kind: type[Kind]) -> None:
    facts = dict(describe(kind).facts)
    order = ["Order"] if opens(kind) else []
    assert list(facts) == ["Python", "Type", "Id", "Create", "Update", "Destroy", *order, "Import", "Pages"]
    assert all(text.rstrip("`") for text in facts.values())
    assert kind.token() in facts["Type"]


@pytest.mark.parametrize("kind", [kind for kind in kinds().values() if kind.module == "ci"], ids=lambda kind: kind.slug)
def test_rules_tell_users_what_must_hold(kind: type[Kind]) -> None:
    for node in (kind, *nodes(kind, set())):
        for rule in node.rules():
            assert rule.doc.endswith("."), f"give {rule.judge.__name__} of {node.__name__} a docstring, one sentence"


BEHAVIOUR: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("snapshot-template", "count", "a whole number above 0 to 10000", ("required",)),
    ("snapshot-template", "mode", "one of Interval, Average, KeyFrame", ("default Interval",)),
    ("snapshot-template", "is_check_black", "true or false", ("default false",)),
    ("snapshot-template", "region", "a region", ("a change replaces",)),
    ("snapshot-template", "sprite_snapshot_config", "a block", ()),
    ("image-style", "style_name", "", ("a name is made up", "a change replaces")),
    ("media-queue", "state", "one of Active, Paused", ("default Active, which is sent",)),
    ("media-queue", "on_delete", "one of leave, restore", ("default leave",)),
    ("media-queue", "notify_config", "a block", ("as the service has it",)),
    ("hotlink", "url[]", "a list of items, each a domain without blanks", ("required", "order does not matter")),
    ("video-process-template", "color_enhance.contrast", "a number from 0 to 100", ("the service chooses",)),
    ("transcode-template", "audio", "a block", ("may be left out, but not be empty",)),
    ("transcode-template", "audio_mix[]", "a list of at most 2 blocks", ()),
    ("transcode-template", "trans_config.hls_encrypt.uri_key", "a text that is not empty", ("secret",)),
    ("image-search-service", "max_qps", "", ("default 10", "a change is refused")),
    ("workflow", "dependencies.<name>", "a map of names to lists of texts", ("required",)),
    ("workflow", "nodes.<name>", "a map of names to blocks", ("required",)),
    ("workflow-execution", "wait", "true or false", ("default false", "a change does nothing by itself")),
    ("workflow-execution", "workflow_id", "", ("required", "a change runs again", "id of a Workflow")),
    ("workflow-execution", "tasks[]", "a list of blocks", ()),
    ("batch-job", "input.prefix", "a text that is not empty", ("a change runs again",)),
    ("batch-job", "job_param.digital_watermark.state", "a text", ("set by the service",)),
]


@pytest.mark.parametrize(("slug", "path", "values", "behaviour"), BEHAVIOUR)
def test_behaviour_is_said(slug: str, path: str, values: str, behaviour: tuple[str, ...]) -> None:
    found = everything(describe(kind_of(slug)))[path]
    assert found.behaviour == behaviour
    assert found.values == values or not values


def test_a_block_in_several_places_is_described_once() -> None:
    output = next(s for s in describe(kind_of("workflow")).sections if s.title == "nodes.<name>.output")
    assert {"Snapshot", "Transcode", "Tts"} < set(output.places["nodes.<name>.output"])
    mixed = next(s for s in describe(kind_of("batch-job")).sections if s.title == "job_param.transcode.audio_mix[]")
    assert "job_param.video_montage.audio_mix[]" in mixed.places


@pytest.mark.parametrize(
    ("slug", "path", "sections"),
    [
        ("snapshot-template", "count", [""]),
        ("snapshot-template", "sprite_snapshot_config", ["", "sprite_snapshot_config"]),
        ("transcode-template", "audio_mix[0]", ["", "audio_mix[]", "audio_mix[].effect_config"]),
        ("transcode-template", "audio_mix[].effect_config", ["", "audio_mix[].effect_config"]),
        ("workflow", "nodes.SCF", ["", "nodes.<name> of type SCF"]),
        ("workflow", "nodes.Snapshot_thumbs.output", ["", "nodes.<name>.output"]),
        ("workflow", "nodes.<name>.smart_cover", ["", "nodes.<name>.smart_cover"]),
        ("workflow-execution", "tasks.state", [""]),
    ],
)
def test_one_part_is_selected(slug: str, path: str, sections: list[str]) -> None:
    chosen = select(describe(kind_of(slug)), path)
    titles = [section.title for section in chosen.sections]
    assert titles == sections
    assert len(chosen.properties) == 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("widht", "did you mean width?"),
        ("sprite_snapshot_config.colour", "did you mean color?"),
        ("count.least", "'least' is none of nothing"),
    ],
)
def test_a_wrong_path_is_told(path: str, reason: str) -> None:
    with pytest.raises(KeyError, match=reason.replace("?", r"\?")):
        select(describe(kind_of("snapshot-template")), path)


@pytest.mark.parametrize(("kind", "name", "example"), EXAMPLES)
def test_programs_say_what_the_examples_say(kind: type[Kind], name: str, example: dict[str, Any]) -> None:
    text = next(found.program for found in describe(kind).examples if found.name == name)
    assert all(len(line) <= 120 for line in text.splitlines() if '": "' not in line and '="' not in line)
    imported, call = ast.parse(text).body
    assert ast.unparse(imported) == "import pulumi_ci as ci"
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    made: Any = pulumi_ci
    for step in ast.unparse(call.value.func).split(".")[1:]:
        made = getattr(made, step)
    assert made.kind is kind
    arguments = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.value.keywords}
    assert arguments == example
    inspect.signature(made).bind(*map(ast.literal_eval, call.value.args), **arguments)


def test_long_values_are_broken_at_their_items() -> None:
    nested = {"steps": [{"name": "a" * 60, "values": ['quo"te', None, 1.5]}, {"name": "b" * 30}], "flags": {}}
    text = program("ci.Thing", "x", {"note": "ü\n", "config": nested})
    call = ast.parse(text).body[1]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert {k.arg: ast.literal_eval(k.value) for k in call.value.keywords} == {"note": "ü\n", "config": nested}
    assert max(map(len, text.splitlines())) <= 100
    assert "ü\\n" in text
