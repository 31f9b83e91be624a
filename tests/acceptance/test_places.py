"""Several places and several owners: explicit providers, look-ups, components, two stacks that want one name."""

from __future__ import annotations

import json

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project, Resource, names, objects
from pulumi_ci.emulator import Server

pytestmark = pytest.mark.engine

TWO_REGIONS = """
import pulumi, pulumi_ci as ci

class Site(pulumi.ComponentResource):
    def __init__(self, name, provider):
        options = pulumi.ResourceOptions(providers=[provider] if provider else None)
        super().__init__(f"acceptance:site:{name.title()}", name, opts=options)
        inside = pulumi.ResourceOptions(parent=self, provider=provider)
        self.thumbs = ci.SnapshotTemplate("thumbs", inside, count=3)
        self.card = ci.ImageStyle("card", inside, style_body="imageMogr2/thumbnail/1x")
        self.register_outputs({})

south = ci.Provider("south", region="ap-guangzhou", bucket="south-1250000000")
home, away, twin = Site("home", None), Site("away", south), Site("twin", None)
found = ci.SnapshotTemplate.get("found", "ap-beijing/media-1250000000/t1existing")
for name, value in {
    "home": home.thumbs.id, "away": away.thumbs.id, "twin": twin.thumbs.id,
    "names": [home.thumbs.name, twin.thumbs.name],
    "found": [found.name, found.count, found.width, found.template_id],
}.items():
    pulumi.export(name, value)
"""
EXISTING = (
    "<Request><Tag>Snapshot</Tag><Name>theirs</Name><Snapshot><Count>7</Count><Width>320</Width></Snapshot></Request>"
)
FIXED = Resource("snapshot-template", "thumbs", {"name": "shared", "count": 3, "width": 640})
CARD = Resource("image-style", "card", {"style_name": "shared", "style_body": "imageMogr2/thumbnail/1x"})


def test_regions_components_and_look_ups_in_one_stack(project: Project, ci_emulator: Server) -> None:
    ci_emulator.emulator.edit(BUCKET, REGION, "template", id="t1existing", xml=EXISTING)
    project.program(TWO_REGIONS)
    project.up()
    outputs = json.loads(project.run("stack", "output", "--json").said.strip())
    assert outputs["home"].startswith(f"{REGION}/{BUCKET}/")
    assert outputs["away"].startswith("ap-guangzhou/south-1250000000/")
    assert outputs["home"] != outputs["twin"]
    assert len(set(outputs["names"])) == 2
    assert outputs["found"] == ["theirs", 7, 320, "t1existing"]
    assert len(objects(ci_emulator)) == 5
    assert len(objects(ci_emulator, "south-1250000000", "ap-guangzhou")) == 2
    project.quiet()
    project.destroy()
    assert names(objects(ci_emulator, None)) == ["template theirs"]


def test_two_stacks_must_not_own_one_object(new_project: NewProject, ci_emulator: Server) -> None:
    first, second = new_project(), new_project(name="other")
    first.declare(FIXED, CARD)
    first.up()
    held = objects(ci_emulator)
    id = next(item.id for item in held if item.kind == "template")

    second.declare(FIXED, CARD)
    refused = second.up("--continue-on-error", code=1).flat()
    for kind, key in (("SnapshotTemplate", id), ("ImageStyle", "shared")):
        assert f"{kind} shared exists already in {REGION}/{BUCKET} with id {key}, identical to" in refused
    assert f"adopt='{id}'" in refused
    assert second.state() == {}

    second.declare(FIXED.changed({"width": 800, "adopt": "identical"}), CARD.changed({"adopt": "identical"}))
    refused = second.up("--continue-on-error", code=1).flat()
    assert "different from (width) what the program asks for" in refused
    assert list(second.state()) == ["card"]
    assert objects(ci_emulator) == held

    second.declare(FIXED.changed({"width": 800, "adopt": id}), CARD.changed({"adopt": "identical"}))
    second.up()
    assert second.state()["thumbs"]["id"].endswith(id)
    assert "<Width>800</Width>" in next(item.xml for item in objects(ci_emulator) if item.id == id)
    second.quiet()
    assert len(objects(ci_emulator)) == 2


def test_adopt_for_the_whole_stack(new_project: NewProject, ci_emulator: Server) -> None:
    first = new_project()
    first.declare(FIXED, CARD)
    first.up()
    config = {"ci:region": REGION, "ci:bucket": BUCKET, "ci:adopt": "match"}
    second = new_project(name="other", config=config)
    second.declare(FIXED.changed({"count": 5}), CARD.changed({"style_body": "imageMogr2/thumbnail/2x"}))
    second.up()
    assert len(objects(ci_emulator)) == 2
    second.quiet()
