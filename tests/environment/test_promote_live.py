"""From one bucket to another: what a plan holds, what carrying it out does, and what happens when it is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from world import Wire

from environment.dev_and_prod import DEV, PROD, WRITES, Cloud, cloud, workflow
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import CiError, Interrupted
from pulumi_ci.environment.compare import compare
from pulumi_ci.environment.environment import Resource
from pulumi_ci.environment.plan import Refused, from_json, guard, to_json
from pulumi_ci.environment.planning import make
from pulumi_ci.environment.write import text_of


def local(resource: Resource) -> str:
    return str(resource.id).rsplit("/", 1)[-1]


@pytest.fixture
def both() -> Iterator[Cloud]:
    with cloud() as made:
        yield made


def test_the_target_becomes_the_source_with_ids_of_its_own(both: Cloud) -> None:
    plan = both.plan()
    assert [(step.action, step.name) for step in plan.steps] == [
        ("update", "media-queue"),
        ("create", "thumb"),
        ("create", "small"),
        ("create", "publish"),
    ]
    both.apply(plan)

    dev, prod = both.look(DEV), both.look(PROD)
    assert not compare(dev, prod)
    assert not compare(prod, dev)
    made = {local(one) for one in dev.resources.values() if one.kind.slug in ("workflow", "snapshot-template")}
    assert len(made) == 2
    stored = "".join(item.xml for item in both.world.emulator.objects if item.bucket == PROD.bucket)
    assert not any(id in stored or DEV.bucket in stored for id in made)
    publish = prod.resources["publish"].properties["nodes"]["Snapshot_small"]
    assert str(publish["template_id"]) == "${small.template_id}"
    assert publish["output"]["bucket"] != DEV.bucket
    assert text_of(replace(dev, config={})) == text_of(replace(prod, config={}))
    assert prod.values["media_queue_callback_url"] == "https://prod.example.com/done"


def test_a_second_run_finds_everything_done(both: Cloud) -> None:
    plan = both.plan()
    both.apply(plan)
    before = both.writes()
    assert both.apply(plan) == ["was done media-queue", "was done thumb", "was done small", "was done publish"]
    assert both.writes() == before


def test_a_change_by_hand_shows_its_path_and_is_undone_alone(both: Cloud) -> None:
    both.apply(both.plan())
    prod = both.look(PROD)
    small = str(prod.resources["small"].id)
    both.world.emulator.edit(
        PROD.bucket, PROD.region, "template", id=small.rsplit("/", 1)[-1], set={"Snapshot/Width": "800"}
    )
    plan = both.plan()
    (step,) = plan.steps
    assert [(change.path, change.old, change.new) for change in step.changes] == [(("width",), 800, 640)]
    before = len(both.writes())
    both.apply(plan)
    assert len(both.writes()) == before + 1


def test_what_only_the_target_has_stays_unless_it_is_pruned(both: Cloud) -> None:
    both.make(PROD, "snapshot-template", name="old", count=1)
    assert both.plan().kept == ("old",)
    plan = both.plan(prune=True)
    assert [step.name for step in plan.steps if step.action == "delete"] == ["old"]
    both.apply(plan)
    assert "old" not in both.look(PROD).resources


def test_settings_of_one_bucket_are_told_apart(both: Cloud) -> None:
    for place, sites in ((DEV, ["www.a.com"]), (PROD, ["www.a.com", "www.b.com"])):
        both.make(place, "hotlink", type="white", url=sites)
    both.apply(plan := both.plan())
    assert [step.action for step in plan.steps if step.name == "hotlink"] == ["update"]
    assert both.look(PROD).resources["hotlink"].properties["url"] == ["www.a.com"]
    assert not compare(both.look(DEV), both.look(PROD))
    both.make(PROD, "hotlink", type="black", url=["www.c.com"])
    with pytest.raises(Refused, match="hotlink: changed"):
        both.apply(plan)


def test_a_target_that_moved_is_refused_before_the_first_call(both: Cloud) -> None:
    both.make(PROD, "snapshot-template", name="small", count=9)
    both.make(PROD, "watermark-template", **WATERMARK)
    plan = both.plan()
    both.make(PROD, "watermark-template", **{**WATERMARK, "dx": 9})
    small = both.look(PROD).resources["small"].id
    both.world.lifecycle(kind := both.look(PROD).resources["small"].kind).delete(str(small), {})
    before = both.writes()
    with pytest.raises(Refused) as refused:
        both.apply(plan)
    assert "logo: changed" in str(refused.value)
    assert "small: is gone" in str(refused.value)
    assert both.writes() == before
    assert kind.slug == "snapshot-template"


WATERMARK = {
    "name": "logo",
    "type": "Text",
    "pos": "TopRight",
    "loc_mode": "Absolute",
    "dx": 8,
    "dy": 8,
    "text": {"font_size": 20, "font_type": "simfang.ttf", "font_color": "0xffffff", "transparency": 80, "text": "hi"},
}


def test_an_object_of_the_same_name_that_appeared_is_not_overwritten(both: Cloud) -> None:
    plan = both.plan()
    both.make(PROD, "image-style", style_name="thumb", style_body="imageMogr2/thumbnail/100x")
    with pytest.raises(Refused, match="thumb: is there already, and different"):
        both.apply(plan)


@pytest.mark.parametrize("nth", range(4))
def test_a_run_that_fails_says_how_far_it_came_and_goes_on(both: Cloud, nth: int) -> None:
    plan = both.plan()
    name = plan.steps[nth].name
    method, path = WRITES[name]
    both.world.emulator.faults.add(
        "error", method=method, path=path, bucket=PROD.bucket, status=403, code="AccessDenied", times=1
    )
    with pytest.raises(Interrupted) as stopped:
        both.apply(plan)
    text = str(stopped.value)
    assert f"of {name} failed" in text
    done = [step.name for step in plan.steps[:nth]]
    assert f"done: {', '.join(done) or 'nothing'};" in text
    assert both.apply(plan)[: len(done)] == [f"was done {one}" for one in done]
    assert not compare(both.look(DEV), both.look(PROD))


def test_a_workflow_left_paused_by_a_killed_run_is_finished(both: Cloud) -> None:
    both.apply(both.plan())
    dev = both.look(DEV)
    template = local(dev.resources["small"])
    flow = str(dev.resources["publish"].id)
    kind = dev.resources["publish"].kind
    inputs = both.world.inputs(
        kind, {**workflow(template), "state": "Active", "region": DEV.region, "bucket": DEV.bucket}
    )
    inputs["nodes"]["Snapshot_small"]["output"]["object"] = "tiny/${InputName}-${Number}.jpg"
    both.world.lifecycle(kind).update(flow, {}, inputs)
    plan = both.plan()
    target = local(both.look(PROD).resources["publish"])
    both.world.emulator.edit(PROD.bucket, PROD.region, "workflow", id=target, set={"MediaWorkflow/State": "Paused"})
    assert both.look(PROD).resources["publish"].properties["state"] == "Paused"
    both.apply(plan)
    assert both.look(PROD).resources["publish"].properties["state"] == "Active"
    assert not compare(both.look(DEV), both.look(PROD))


def test_missing_values_and_foreign_ids_are_told_together(both: Cloud) -> None:
    stray = both.make(DEV, "snapshot-template", name="stray", count=1)
    both.make(DEV, "workflow", **{**workflow(stray), "name": "second"})
    dev, prod = both.look(DEV), both.look(PROD)
    without = {name: resource for name, resource in dev.resources.items() if name != "stray"}
    second = without["second"]
    nodes = {**second.properties["nodes"], "Snapshot_small": {**second.properties["nodes"]["Snapshot_small"]}}
    nodes["Snapshot_small"]["template_id"] = stray
    without["second"] = replace(second, properties={**second.properties, "nodes": nodes})
    source = replace(dev, resources=without)
    with pytest.raises(Refused) as refused:
        make(("dev", "prod"), source, prod, compare(source, prod))
    text = str(refused.value)
    assert f"second.nodes.Snapshot_small.template_id: the id {stray} is one of dev" in text
    assert "publish_object_prefix has no value (in dev it is 'in/'); give one with -c publish_object_prefix=" in text
    assert "second_object_prefix has no value" in text


def test_much_at_once_needs_force(both: Cloud) -> None:
    plan = both.plan()
    guard(plan, 3)
    changed = replace(plan.steps[0], action="delete")
    guard(replace(plan, steps=(changed,) * 3), 10)
    with pytest.raises(Refused, match="4 of 10 resources of prod would be changed or deleted, more than 30%"):
        guard(replace(plan, steps=(changed,) * 4), 10)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text[:-20], "is no JSON"),
        (lambda text: text.replace('"plan": 1', '"plan": 2'), "has version 2"),
        (lambda text: text.replace("640", "641"), "was changed after it was made"),
        (lambda text: "[]", "has version None"),
    ],
)
def test_a_spoilt_plan_is_refused(both: Cloud, spoil: object, reason: str) -> None:
    text = to_json(both.plan())
    with pytest.raises(Refused, match=reason):
        from_json(spoil(text))  # type: ignore[operator]


def test_a_secret_never_stands_in_a_plan(both: Cloud) -> None:
    encrypt = {"is_hls_encrypt": True, "uri_key": "https://keys.example.com/planted-secret"}
    both.make(
        DEV, "transcode-template", name="hls", container={"format": "hls"}, video={"codec": "H.264"},
        audio={"codec": "aac"}, trans_config={"hls_encrypt": encrypt},
    )  # fmt: skip
    with pytest.raises(Refused, match="hls_uri_key has no value; give one with -c"):
        both.plan()
    plan = both.plan(hls_uri_key="planted-secret")
    assert "planted-secret" not in to_json(plan)
    with pytest.raises(CiError, match="hls"):
        both.apply(plan)


class Interfering(Wire):
    """Somebody else acts right before the first call whose address holds a text."""

    def __init__(self, app: Any, text: str, act: Callable[[], object]) -> None:
        super().__init__(app)
        self._text, self._act = text, act

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer, after whatever happened before it."""
        if self._text and self._text in str(request.url):
            self._text = ""
            self._act()
        return super().send(request, *words, **more)


@pytest.mark.parametrize("how", ["changed", "removed"])
def test_what_another_apply_changes_in_between_is_not_overwritten(both: Cloud, how: str) -> None:
    """Both read the target before either writes; the second looks at each object again before its step."""
    both.apply(both.plan())
    dev = both.look(DEV).resources["small"]
    kind, id = dev.kind, str(dev.id)
    stored = both.world.lifecycle(kind).read(id, {})
    assert stored is not None
    both.world.lifecycle(kind).update(id, stored.outs, {**stored.inputs, "width": 800})
    plan, target = both.plan(), local(both.look(PROD).resources["small"])
    words: dict[str, Any] = {"delete": True} if how == "removed" else {"set": {"Snapshot/Width": "1000"}}

    def act() -> None:
        both.world.emulator.edit(PROD.bucket, PROD.region, "template", id=target, **words)

    world = both.world
    world.client = Client(
        world.settings, sleep=world.slept.append, adapter=lambda: Interfering(world.emulator, f"ids={target}", act)
    )
    before = both.writes()
    with pytest.raises(Interrupted, match=f"was {how} by somebody else"):
        both.apply(plan)
    assert both.writes() == before
