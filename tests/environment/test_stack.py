"""What is read from an exported state: our resources, their names, secrets and options, and nothing of others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from world import BUCKET, REGION, World

from environment.states import STACK, State, entry, secret
from pulumi_ci.api.errors import CiError
from pulumi_ci.environment.stack import parse, recorded
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.unknown import UNKNOWN

SNAPSHOT, WORKFLOW, STYLE = kind_of("snapshot-template"), kind_of("workflow"), kind_of("image-style")
HLS = ("trans_config", "hls_encrypt", "uri_key")


def thumbs(local: str = "t1", **inputs: Any) -> Stored:
    values = {"region": REGION, "bucket": BUCKET, **inputs}
    return Stored(f"{REGION}/{BUCKET}/{local}", values, values)


def document(*resources: dict[str, Any]) -> dict[str, Any]:
    root = {"urn": STACK, "type": "pulumi:pulumi:Stack"}
    return {"version": 3, "deployment": {"resources": [root, *resources]}}


def test_a_state_gives_back_what_the_provider_stored() -> None:
    with World() as world:
        state = State(world)
        made = state.add("snapshot-template", "thumbs", count=3, width=640)
        stack = recorded(state.document())
        assert (stack.project, stack.name) == ("shop", "dev")
        (found,) = stack.found
        assert (found.kind, found.name, found.stored, found.secrets) == (SNAPSHOT, "thumbs", made, frozenset())
        assert found.urn == f"urn:pulumi:dev::shop::{SNAPSHOT.token()}::thumbs"


def test_all_three_forms_of_a_state_say_the_same() -> None:
    exported = document(entry(SNAPSHOT, "thumbs", thumbs()))
    deployment = exported["deployment"]
    forms = [exported, deployment, {"version": 3, "checkpoint": {"stack": "dev", "latest": deployment}}]
    assert len({repr(recorded(form)) for form in forms}) == 1
    assert recorded({**exported, "version": 4}) == recorded(exported)


@pytest.mark.parametrize(
    "form",
    [{"version": 3, "checkpoint": {"latest": None}}, {"version": 3, "deployment": {"manifest": {}}}],
    ids=["new", "emptied"],
)
def test_a_stack_without_resources_holds_none(form: dict[str, Any]) -> None:
    assert recorded(form).found == ()


def test_what_is_not_the_stacks_own_is_left_out() -> None:
    others = [
        {"urn": "urn:pulumi:dev::shop::random:index/randomId:RandomId::id", "type": "random:index/randomId:RandomId"},
        {"urn": "urn:pulumi:dev::shop::pulumi-python:dynamic:Resource::own", "type": "pulumi-python:dynamic:Resource"},
        entry(SNAPSHOT, "looked-up", thumbs("t2"), external=True),
        entry(SNAPSHOT, "thumbs", thumbs("t3"), delete=True),
    ]
    stack = recorded(document(entry(SNAPSHOT, "thumbs", thumbs()), *others))
    assert [found.stored.id for found in stack.found] == [f"{REGION}/{BUCKET}/t1"]
    assert stack.leaving == {("snapshot-template", f"{REGION}/{BUCKET}/t3")}


def test_a_kind_of_a_later_version_is_named() -> None:
    type = "pulumi-python:dynamic/ci:HologramTemplate"
    stack = recorded(document({"urn": f"urn:pulumi:dev::shop::{type}::show", "type": type}))
    assert (stack.found, stack.unknown) == ((), ((type, "show"),))


def test_secrets_are_opened_and_remembered() -> None:
    with World() as world:
        state = State(world)
        blocks: dict[str, Any] = {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": "planted"}}
        state.add(
            "transcode-template",
            "hls",
            [HLS],
            container={"format": "hls"},
            video={"codec": "H.264"},
            trans_config=blocks,
        )
        (opened,), (sealed,) = recorded(state.document()).found, recorded(state.document(sealed=True)).found
        assert opened.stored.inputs["trans_config"] == blocks
        assert sealed.stored.inputs["trans_config"]["hls_encrypt"] == {"is_hls_encrypt": True, "uri_key": UNKNOWN}
        assert opened.secrets == sealed.secrets == {HLS}


def test_whole_floats_are_integers_where_the_declaration_says_so() -> None:
    item = entry(SNAPSHOT, "thumbs", thumbs(count=3.0, sprite_snapshot_config={"columns": 2.0}, start=1.5))
    (found,) = recorded(document(item)).found
    inputs = found.stored.inputs
    assert (
        json.dumps([inputs["count"], inputs["sprite_snapshot_config"], inputs["start"]]) == '[3, {"columns": 2}, 1.5]'
    )


def test_names_that_components_share_are_told_apart() -> None:
    parents = []
    for name in ("left", "right"):
        parents.append({"urn": f"urn:pulumi:dev::shop::shop:Part::{name}", "type": "shop:Part", "parent": STACK})
    resources = [
        {**entry(SNAPSHOT, "thumbs", thumbs(f"t{n}")), "parent": parent["urn"]} for n, parent in enumerate(parents)
    ]
    for number, item in enumerate(resources):
        item["urn"] = f"urn:pulumi:dev::shop::shop:Part{number}${SNAPSHOT.token()}::thumbs"
    alone = {**entry(STYLE, "card", thumbs("card")), "parent": parents[0]["urn"]}
    stack = recorded(document(*parents, *resources, alone, entry(STYLE, "thumbs", thumbs("thumbs"))))
    assert [found.name for found in stack.found] == ["left/thumbs", "right/thumbs", "card", "thumbs"]


def test_names_that_nothing_tells_apart_are_counted() -> None:
    twins = [entry(SNAPSHOT, "thumbs", thumbs(f"t{n}")) for n in range(2)]
    for number, item in enumerate(twins):
        item["urn"] = f"urn:pulumi:dev::shop::shop:Part{number}${SNAPSHOT.token()}::thumbs"
    assert [found.name for found in recorded(document(*twins)).found] == ["thumbs", "thumbs-2"]


def test_options_are_read_and_references_are_no_dependencies() -> None:
    template = entry(SNAPSHOT, "thumbs", thumbs("t9"), protect=True, retainOnDelete=True)
    style = entry(STYLE, "card", thumbs("card"))
    flow = entry(
        WORKFLOW,
        "flow",
        thumbs("w1", nodes={"s": {"type": "Snapshot", "template_id": "t9"}}),
        dependencies=[template["urn"], style["urn"], STACK],
        propertyDependencies={"nodes": [template["urn"]], "name": None},
    )
    found = {one.name: one.options for one in recorded(document(template, style, flow)).found}
    assert (found["thumbs"].protect, found["thumbs"].retain_on_delete) == (True, True)
    assert found["flow"].depends_on == ("card",)


def test_an_application_that_an_earlier_release_wrote_as_a_float_is_the_same() -> None:
    """The engine hands numbers over as floats, which got into ids."""
    vod = kind_of("process-image-async-template")
    values = {"sub_app_id": 221073.0, "name": "a"}
    old = entry(vod, "a", Stored("221073.0/30001", values, values))
    gone = {**entry(vod, "b", Stored("221073.0/30002", values, values)), "delete": True}
    stack = recorded(document(old, gone))
    assert [one.stored.id for one in stack.found] == ["221073/30001"]
    assert stack.leaving == {(vod.slug, "221073/30002")}


def test_what_a_resource_waits_for_unasked_is_no_option_of_it() -> None:
    """Else each template would travel with the binding of its bucket, and be written when that is replaced."""
    binding = entry(kind_of("bucket-binding"), "binding", Stored("ap-beijing/media-1250000000", {}, {}))
    other = entry(kind_of("bucket-binding"), "other", Stored("ap-beijing/other-1250000000", {}, {}))
    media = entry(kind_of("media-service"), "media", Stored("ap-beijing/media-1250000000", {}, {}))
    media["dependencies"] = [binding["urn"]]
    template = entry(SNAPSHOT, "thumbs", thumbs("t9"))
    template["dependencies"] = [binding["urn"], media["urn"], other["urn"]]
    binding["dependencies"] = [other["urn"]]
    found = {one.name: one.options for one in recorded(document(binding, other, media, template)).found}
    assert {name: options.depends_on for name, options in found.items()} == {
        "binding": ("other",),
        "other": (),
        "media": (),
        "thumbs": ("other",),
    }


BROKEN = {
    "no JSON": ("{", "is no JSON"),
    "no object": ("[]", "holds no JSON object"),
    "too deep": ("[" * 200_000, "nested too deeply"),
    "no deployment": ('{"version": 3}', "holds no deployment"),
    "an unknown version": ('{"version": 7, "deployment": {}}', "version 7; understood are 3, 4"),
    "a deployment of another type": ('{"version": 3, "deployment": []}', "is no JSON object"),
    "resources of another type": ('{"version": 3, "deployment": {"resources": {}}}', "are no list"),
    "a resource without a type": ('{"resources": [{"urn": "u"}]}', "resource 0 of the state has no urn and type"),
    "properties of another type": (
        json.dumps(document({**entry(SNAPSHOT, "thumbs", thumbs()), "inputs": []})),
        "thumbs in the state: its properties are no JSON object",
    ),
    "a broken secret": (
        json.dumps(document(entry(SNAPSHOT, "thumbs", thumbs(name={**secret("x"), "plaintext": "{"})))),
        "the secret at name has a plaintext that is no JSON",
    ),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_state_is_told(text: str, told: str) -> None:
    with pytest.raises(CiError, match=re.escape(told)):
        recorded(parse(text, "state.json"))
