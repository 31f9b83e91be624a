"""The life of a VOD template in the emulated cloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from world import World

from pulumi_ci.api.errors import AccessDenied, ApiError, CiError, NotFound, ServerFault
from pulumi_ci.api.rows import Rows
from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Occupied, Stored
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.path import show

KIND = kind_of("process-image-async-template")
PROPERTIES: dict[str, Any] = {
    "name": "catalogue",
    "comment": "x2",
    "encode_config": {"format": "WebP", "quality": 90},
    "enhance_config": {
        "advanced_super_resolution": {"type": "super", "percent": 2.0},
        "denoise": {"type": "strong"},
        "sharp_enhance": {"intensity": 0.5},
    },
}
Values = dict[str, Any]


@pytest.fixture(params=[Choices(), Choices(vod_modify="merge"), Choices(vod_missing="error")])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A cloud of its own, under each choice."""
    with World(request.param) as made:
        yield made


def actions(world: World) -> list[str]:
    return [
        request.action.removesuffix("s").removesuffix("ProcessImageAsyncTemplate") for request in world.sent("POST")
    ]


def made(world: World, properties: Values = PROPERTIES) -> Stored:
    stored = world.lifecycle(KIND).create(world.inputs(KIND, properties))
    world.emulator.forget_requests()
    return stored


def edited(world: World, stored: Stored, **words: Any) -> None:
    application, id = stored.id.split("/")
    world.emulator.edit(application, "", "vod-template", id=id, **words)


def drift(world: World, stored: Stored) -> list[str]:
    """The paths that a refresh shows as changed."""
    seen = world.lifecycle(KIND).read(stored.id, stored.outs)
    assert seen is not None
    return [show(change.path) for change in diff(KIND, stored.inputs, seen.inputs).changes]


def test_create_sends_the_declared_values(world: World) -> None:
    stored = world.lifecycle(KIND).create(world.inputs(KIND, PROPERTIES))
    assert actions(world) == ["Describe", "Create", "Describe", "Describe"], "looked again for a twin, and read back"
    assert json.loads(world.sent("POST")[1].body) == {
        "Name": "catalogue",
        "Comment": "x2",
        "ProcessImageConfigure": {
            "EncodeConfig": {"Format": "WebP", "Quality": 90},
            "EnhanceConfig": {
                "AdvancedSuperResolution": {"Switch": "ON", "Type": "super", "Percent": 2},
                "Denoise": {"Switch": "ON", "Type": "strong"},
                "SharpEnhance": {"Switch": "ON", "Intensity": 0.5},
            },
        },
    }
    application, definition = stored.id.split("/")
    assert (application, stored.outs["definition"]) == ("0", int(definition))
    assert stored.outs["type"] == "Custom"
    assert "filled" not in stored.outs
    assert drift(world, stored) == []


def test_applications(world: World) -> None:
    stored = made(world, {**PROPERTIES, "sub_app_id": 221073.0})
    assert stored.id.startswith("221073/")
    assert world.emulator.objects[0].bucket == "221073"
    other = {**stored.inputs, "sub_app_id": 7}
    assert diff(KIND, stored.inputs, other).replaces == ("sub_app_id",)
    looked_up = world.lifecycle(KIND).read(stored.id, {})
    assert looked_up is not None
    assert looked_up.inputs == stored.inputs
    world.lifecycle(KIND).delete(stored.id, stored.outs)
    assert world.emulator.objects == []


@pytest.mark.parametrize("id", ["", "0", "0/", "/30001", "0/name", "ap-beijing/media-1250000000/30001"])
def test_ids_of_another_form_are_refused(world: World, id: str) -> None:
    with pytest.raises(CiError, match="does not have the form <sub_app_id>/"):
        world.lifecycle(KIND).read(id, {})


EDITS: list[tuple[Values, tuple[str, ...], list[str]]] = [
    ({"Comment": "other"}, (), ["comment"]),
    ({"Name": "other"}, (), ["name"]),
    ({"ProcessImageConfigure/EncodeConfig/Quality": 80}, (), ["encode_config.quality"]),
    ({"ProcessImageConfigure/EncodeConfig/Format": "webp"}, (), []),
    ({"ProcessImageConfigure/EnhanceConfig/AdvancedSuperResolution/Percent": 2.0}, (), []),
    ({"ProcessImageConfigure/EnhanceConfig/AdvancedSuperResolution/Mode": "percent"}, (), []),
    ({"ProcessImageConfigure/EnhanceConfig/Denoise/Switch": "OFF"}, (), ["enhance_config.denoise.switch"]),
    ({"ProcessImageConfigure/EnhanceConfig/FaceEnhance": {"Switch": "OFF", "Intensity": 1}}, (), []),
    ({"ProcessImageConfigure/EnhanceConfig/FaceEnhance": {"Switch": "ON"}}, (), ["enhance_config.face_enhance"]),
    ({}, ("ProcessImageConfigure/EnhanceConfig/Denoise",), ["enhance_config.denoise"]),
    ({"ProcessImageConfigure/EnhanceConfig": None}, (), ["enhance_config"]),
    ({}, ("ProcessImageConfigure/EncodeConfig/Quality",), ["encode_config.quality"]),
]


@pytest.mark.parametrize(("put", "remove", "paths"), EDITS)
def test_drift_and_repair(world: World, put: Values, remove: tuple[str, ...], paths: list[str]) -> None:
    stored = made(world)
    edited(world, stored, set=put, remove=remove)
    assert drift(world, stored) == paths
    seen = world.lifecycle(KIND).read(stored.id, stored.outs)
    assert seen is not None
    outs = world.lifecycle(KIND).update(stored.id, seen.outs, stored.inputs)
    assert drift(world, Stored(stored.id, stored.inputs, outs)) == []


def test_a_feature_that_is_taken_away_is_switched_off(world: World) -> None:
    stored = made(world)
    news = world.inputs(KIND, {"name": "catalogue", "encode_config": PROPERTIES["encode_config"]}, stored.inputs)
    outs = world.lifecycle(KIND).update(stored.id, stored.outs, news)
    (modify,) = [r for r in world.sent("POST") if r.action.startswith("Modify")]
    off = {"Switch": "OFF"}
    assert json.loads(modify.body) == {
        "Definition": int(stored.id.split("/")[1]),
        "Name": "catalogue",
        "Comment": "",
        "ProcessImageConfigure": {
            "EncodeConfig": {"Format": "WebP", "Quality": 90},
            "EnhanceConfig": {"AdvancedSuperResolution": off, "Denoise": off, "SharpEnhance": off},
        },
    }
    assert "filled" not in outs
    assert drift(world, Stored(stored.id, news, outs)) == []


def test_what_nobody_declared_is_carried_through(world: World) -> None:
    world.emulator.choices = world.emulator.choices.changed({"unknown_keys": "take"})
    stored = made(world)
    unknown = {"Items": [{"Type": "Soft", "Switch": "ON"}]}
    edited(world, stored, set={"ProcessImageConfigure/NewConfig": unknown})
    assert drift(world, stored) == []
    news = {**stored.inputs, "comment": "other"}
    world.lifecycle(KIND).update(stored.id, stored.outs, news)
    assert json.loads(world.emulator.objects[0].xml)["ProcessImageConfigure"]["NewConfig"] == unknown


def test_what_beautifies_and_what_cuts_out_is_drift_when_it_changes(world: World) -> None:
    beauty = {"beauty_effect_items": [{"type": "Whiten", "value": 30}, {"type": "Smooth", "value": 10}]}
    cut_out = {"type": "pattern", "pattern_config": {"edge_sampling_step": 3}}
    stored = made(world, {**PROPERTIES, "beauty_config": beauty, "ai_cut_out_config": cut_out})
    assert drift(world, stored) == []
    paths = {"BeautyConfig/BeautyEffectItems[2]/Value": 20, "AiCutOutConfig/PatternConfig/EdgeSamplingStep": 4}
    edited(world, stored, set={f"ProcessImageConfigure/{path}": value for path, value in paths.items()})
    changed = ["ai_cut_out_config.pattern_config.edge_sampling_step", "beauty_config.beauty_effect_items[1].value"]
    assert sorted(drift(world, stored)) == changed
    bare = {name: value for name, value in stored.inputs.items() if name != "ai_cut_out_config"}
    world.lifecycle(KIND).update(stored.id, stored.outs, bare)
    assert json.loads(world.sent("POST")[-2].body)["ProcessImageConfigure"]["AiCutOutConfig"] == {"Switch": "OFF"}


def test_one_list_serves_all_readers(world: World) -> None:
    rows = Rows()
    made_here = [made(world, {**PROPERTIES, "name": f"n{number}"}) for number in range(50)]
    for stored in made_here:
        assert world.lifecycle(KIND, world.session(rows)).read(stored.id, stored.outs) is not None
    assert actions(world) == ["Describe"]


def test_pages_of_a_hundred() -> None:
    with World(Choices(vod_template_limit=0)) as world:
        session = world.session()
        for number in range(120):
            lifecycle = world.lifecycle(KIND, session)
            last = lifecycle.create(world.inputs(KIND, {**PROPERTIES, "name": f"n{number}"}))
        world.emulator.forget_requests()
        assert world.lifecycle(KIND).read(last.id, last.outs) is not None
        assert [json.loads(r.body) for r in world.sent("POST")] == [
            {"Offset": 0, "Limit": 100},
            {"Offset": 100, "Limit": 100},
        ]


def test_gone(world: World) -> None:
    stored = made(world)
    edited(world, stored, delete=True)
    assert world.lifecycle(KIND).read(stored.id, stored.outs) is None
    with pytest.raises(NotFound, match="deleted outside"):
        world.lifecycle(KIND).update(stored.id, stored.outs, stored.inputs)
    world.lifecycle(KIND).delete(stored.id, stored.outs)


@pytest.mark.parametrize("effect", ["drop", "garbage", "truncate"])
def test_a_create_without_answer_is_not_sent_twice(world: World, effect: Any) -> None:
    world.emulator.faults.add(effect, action="CreateProcessImageAsyncTemplate", times=1)
    stored = world.lifecycle(KIND).create(world.inputs(KIND, PROPERTIES))
    assert actions(world).count("Create") == 1
    assert len(world.emulator.objects) == 1
    assert drift(world, stored) == []


def test_a_create_that_never_came_is_sent_again(world: World) -> None:
    world.emulator.faults.add("reset", action="CreateProcessImageAsyncTemplate", times=1)
    world.lifecycle(KIND).create(world.inputs(KIND, PROPERTIES))
    assert len(world.emulator.objects) == 1


def test_a_throttled_call_is_sent_again(world: World) -> None:
    world.emulator.faults.add("throttle", every=2)
    stored = world.lifecycle(KIND).create(world.inputs(KIND, PROPERTIES))
    assert len(world.emulator.objects) == 1
    assert drift(world, stored) == []


def test_an_error_is_seen_whatever_the_status(world: World) -> None:
    world.emulator.faults.add(
        "error",
        action="CreateProcessImageAsyncTemplate",
        status=200,
        code="LimitExceeded.TooMuchTemplate",
        message="50",
    )
    with pytest.raises(
        ApiError, match=r"in application 0: create failed with LimitExceeded.TooMuchTemplate \(HTTP 200"
    ):
        world.lifecycle(KIND).create(world.inputs(KIND, PROPERTIES))
    world.emulator.faults.clear()
    world.emulator.faults.add("error", code="UnauthorizedOperation.CamNoAuth", status=200)
    with pytest.raises(AccessDenied):
        world.lifecycle(KIND).read("0/30001", {})
    world.emulator.faults.clear()
    world.emulator.faults.add("error")
    with pytest.raises(ServerFault):
        world.lifecycle(KIND).read("0/30001", {})


def test_names_need_not_be_unique_and_our_own_is_taken_over(world: World) -> None:
    first, second = made(world), made(world, {**PROPERTIES, "comment": "another"})
    assert first.id != second.id
    with pytest.raises(Occupied, match="identical to"):
        made(world)
    nameless = {name: value for name, value in PROPERTIES.items() if name != "name"}
    lost = made(world, nameless)
    assert lost.inputs["name"].startswith("thing-")
    again = world.lifecycle(KIND).create(world.inputs(KIND, nameless))
    assert (again.id, len(world.emulator.objects)) == (lost.id, 3)
    by_id = world.lifecycle(KIND).create({**first.inputs, "comment": "mine"}, adopt=first.id.split("/")[1])
    assert (by_id.id, by_id.outs["comment"]) == (first.id, "mine")


def test_presets_are_left_alone(world: World) -> None:
    lifecycle = world.lifecycle(KIND)
    inputs = world.inputs(KIND, PROPERTIES)
    outs = {**inputs, "type": "Preset"}
    lifecycle.delete("0/20", outs)  # a preset is in no list, so it looks like one that is gone
    with pytest.raises(NotFound):
        lifecycle.update("0/20", outs, inputs)
    assert "Delete" not in actions(world)
    assert "Modify" not in actions(world)


def test_low_ids_of_own_templates_can_be_changed(world: World) -> None:
    body = {"Name": "old", "ProcessImageConfigure": {"EncodeConfig": {"Format": "PNG"}}}
    world.emulator.edit("0", "", "vod-template", id="7", xml=json.dumps(body))
    lifecycle = world.lifecycle(KIND)
    inputs = world.inputs(KIND, PROPERTIES)
    outs = lifecycle.update("0/7", {}, inputs)
    assert outs["type"] == "Custom"
    lifecycle.delete("0/7", outs)
    assert world.emulator.objects == []
