"""Settings and services that are on or off: what destroying the resource does to them."""

from __future__ import annotations

from typing import Any

import pytest
from world import BUCKET, REGION, World

from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.api import Switch
from pulumi_ci.model.check import check
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kinds

SWITCHES = [kind for kind in kinds().values() if isinstance(kind.api, Switch)]
KINDS = pytest.mark.parametrize("kind", SWITCHES, ids=lambda kind: kind.slug)


def switch(kind: type[Kind]) -> Switch:
    """The calls of a kind."""
    assert isinstance(kind.api, Switch)
    return kind.api


def create(world: World, kind: type[Kind], **more: Any) -> Stored:
    """One that the minimal example declares, in a bucket where it was off; some can only be found on."""
    if switch(kind).on is None:
        call = switch(kind).read
        assert call is not None
        world.emulator.edit(BUCKET, REGION, "service", id=call.path, status="on")
    return world.lifecycle(kind).create(world.inputs(kind, {**examples(kind.slug)["minimal"], **more}), "match")


def is_on(world: World, kind: type[Kind]) -> bool:
    """What the store of the cloud says."""
    words = {"bucket-binding": "binding", "origin-protection": "origin-protect", "guetzli-compression": "guetzli"}
    word = words.get(kind.slug, "hotlink" if kind.slug == "hotlink" else "service")
    return any(item.kind == word and ">off<" not in item.xml for item in world.emulator.objects)


@KINDS
def test_the_default_is_to_switch_off_what_was_switched_on(kind: type[Kind]) -> None:
    field = kind.inputs()["on_delete"]
    assert (field.leaf.choices, field.server_default) == (("off", "leave"), "off")
    for told in ({}, {"on_delete": "off"}):
        with World() as world:
            made = create(world, kind, **told)
            world.lifecycle(kind).delete(made.id, made.outs)
            assert is_on(world, kind) is (switch(kind).off is None), "no call switches this one off"


@KINDS
def test_one_that_is_left_stays_as_it_is_and_costs_no_call(kind: type[Kind]) -> None:
    with World() as world:
        made = create(world, kind, on_delete="leave")
        world.emulator.forget_requests()
        world.lifecycle(kind).delete(made.id, made.outs)
        assert list(world.emulator.requests) == []
        assert is_on(world, kind)


@KINDS
def test_a_change_of_mind_is_no_write(kind: type[Kind]) -> None:
    """Switching on what is on may be refused, as 1100 is for the binding."""
    with World() as world:
        made = create(world, kind)
        news = {**made.inputs, "on_delete": "leave"}
        found = diff(kind, made.outs, news)
        assert ([change.path for change in found.changes], list(found.replaces)) == ([("on_delete",)], [])
        world.emulator.forget_requests()
        outs = world.lifecycle(kind).update(made.id, made.outs, news)
        assert world.sent("PUT", "POST", "DELETE") == []
        assert outs == {**made.outs, "on_delete": "leave"}
        seen = world.lifecycle(kind).read(made.id, outs)
        assert seen is not None
        assert (seen.inputs, seen.outs) == (news, outs)
        world.lifecycle(kind).delete(made.id, outs)
        assert is_on(world, kind)


def test_a_setting_that_was_there_before_is_not_put_back_when_it_is_left() -> None:
    hotlink = next(kind for kind in SWITCHES if kind.slug == "hotlink")
    with World() as world:
        before = create(world, hotlink, url=["before.example"])
        assert before.inputs["url"] == ["before.example"]
        mine = create(world, hotlink, url=["mine.example"], on_delete="leave", logical_name="p/s/another")
        assert mine.outs["original"]["url"] == ["before.example"]
        world.lifecycle(hotlink).delete(mine.id, mine.outs)
        seen = world.lifecycle(hotlink).read(mine.id, {})
        assert seen is not None
        assert seen.inputs["url"] == ["mine.example"]


@KINDS
def test_an_update_of_one_that_somebody_switched_off_switches_it_on(kind: type[Kind]) -> None:
    if switch(kind).read is None or switch(kind).on is None or switch(kind).off is None:
        return  # nobody can see it, or do it
    with World() as world:
        made = create(world, kind)
        world.lifecycle(kind).delete(made.id, made.outs)
        assert not is_on(world, kind)
        world.lifecycle(kind).update(made.id, made.outs, {**made.inputs, "on_delete": "leave"})
        assert is_on(world, kind)


@KINDS
def test_what_it_cannot_be(kind: type[Kind]) -> None:
    for wrong in ("restore", "delete", "on", "Off", "", True):
        failures = check(kind, {**examples(kind.slug)["minimal"], "on_delete": wrong})[1]
        assert [failure.path for failure in failures] == [("on_delete",)], wrong
