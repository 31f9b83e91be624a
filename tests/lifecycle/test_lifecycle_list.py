"""The inventory of a place: every object of a kind that is the account's own, as `read` shows one never recorded."""

from __future__ import annotations

import pytest
from world import BUCKET, REGION, World

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import AccessDenied, NotBound
from pulumi_ci.lifecycle.inventory import inventory
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.lifecycle.meaning import changes
from pulumi_ci.lifecycle.observe import SECRET
from pulumi_ci.model.api import Action, Adopted, Switch
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds

HERE = Place(REGION, BUCKET)
LISTED = [
    kind
    for kind in kinds().values()
    if not isinstance(kind.api, Action) and not (isinstance(kind.api, Switch) and not (kind.api.on and kind.api.read))
]
EXAMPLES = [(kind, name) for kind in LISTED for name in examples(kind.slug)]
SNAPSHOT, QUEUE, HOTLINK, BINDING = map(kind_of, ("snapshot-template", "media-queue", "hotlink", "bucket-binding"))
VOD = kind_of("process-image-async-template")


def create(world: World, kind: type[Kind], example: str = "minimal", **more: str) -> Stored:
    left_out = {*kind.scope, getattr(kind.api, "id_field", "")}
    properties = {name: value for name, value in examples(kind.slug)[example].items() if name not in left_out}
    return world.lifecycle(kind).create(world.inputs(kind, {**properties, **more}))


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[f"{kind.slug}-{example}" for kind, example in EXAMPLES])
def test_what_is_created_is_listed(kind: type[Kind], example: str) -> None:
    with World() as world:
        made = create(world, kind, example)
        process = world.lifecycle(kind)
        found = process.list(process.locate(made.id)[0])
        seen = next(stored for stored in found if stored.id == made.id)
        sent = {name: value for name, value in made.inputs.items() if kind.fields()[name].wire or name in kind.scope}
        differing = [change for change in changes(kind, seen.inputs, sent) if change.old != SECRET]
        assert [change for change in differing if change.new is not None] == [], "besides what the server filled in"
        assert seen == world.lifecycle(kind).read(made.id, {})
        assert len(found) == 1 or isinstance(kind.api, Adopted)


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_nothing_but_queues_is_there_by_itself(kind: type[Kind]) -> None:
    with World() as world:
        process = world.lifecycle(kind)
        place = process.place({"region": REGION, "bucket": BUCKET})
        assert bool(process.list(place)) == isinstance(kind.api, Adopted)


def test_every_category_of_queues_is_listed_and_says_which_it_is() -> None:
    with World() as world:
        found = world.lifecycle(QUEUE).list(HERE)
        assert sorted(str(stored.inputs.get("category")) for stored in found) == ["None", "SpeedTranscoding"]


def test_presets_of_the_system_are_not_listed() -> None:
    with World() as world:
        made = create(world, VOD)
        process = world.lifecycle(VOD)
        place, _ = process.locate(made.id)
        assert [stored.id for stored in process.list(place)] == [made.id]
        for id, type in {"20": "Preset", "21": "Custom"}.items():
            row = {"Definition": int(id), "Type": type, "Name": "low", "ProcessImageConfigure": {}}
            process.session.rows.wrote(process.key(place), id, row)
        assert [stored.id for stored in process.list(place)] == ["0/21", made.id]


@pytest.mark.parametrize("kind", [HOTLINK, BINDING], ids=lambda kind: kind.slug)
def test_a_switch_is_listed_while_it_is_on(kind: type[Kind]) -> None:
    with World() as world:
        assert world.lifecycle(kind).list(HERE) == []
        made = create(world, kind)
        assert [stored.id for stored in world.lifecycle(kind).list(HERE)] == [f"{REGION}/{BUCKET}"]
        world.lifecycle(kind).delete(made.id, made.outs)
        assert world.lifecycle(kind).list(HERE) == []


def test_an_inventory_costs_one_call_a_hundred_and_a_second_one_none() -> None:
    with World() as world:
        for number in range(201):
            create(world, SNAPSHOT, name=f"s{number}")
        process = world.lifecycle(SNAPSHOT)
        before = len(world.sent("GET"))
        assert len(process.list(HERE)) == 201
        assert len(world.sent("GET")) - before == 3
        process.list(HERE)
        assert len(world.sent("GET")) - before == 3


def test_a_list_that_lacks_a_row_after_a_write_is_read_again() -> None:
    with World() as world:
        made = create(world, SNAPSHOT)
        process = world.lifecycle(SNAPSHOT)
        assert len(process.list(HERE)) == 1
        place, id = process.locate(made.id)
        process.session.rows.wrote(process.key(place), id)
        assert len(process.list(HERE)) == 1


def test_a_service_that_is_off_holds_nothing_once_it_says_so_itself() -> None:
    with World() as world:
        world.emulator.faults.add("error", path="/template", status=404, code="MediaBucketUnBinded")
        with pytest.raises(NotBound, match="depends_on"):
            world.lifecycle(SNAPSHOT).list(HERE)
        assert inventory(SNAPSHOT, world.session(), HERE) == [], "the bucket is not bound, says its binding"
        create(world, BINDING)
        assert inventory(SNAPSHOT, world.session(), HERE) == [], "the service is off, says its list"
        create(world, kind_of("media-service"))
        with pytest.raises(NotBound, match="depends_on"):
            inventory(SNAPSHOT, world.session(), HERE)


@pytest.mark.parametrize("slug", ["image-style", "hotlink", "speech-queue", "ai-queue"])
def test_a_service_that_is_off_says_nothing_of_what_needs_another_one(slug: str) -> None:
    """Media processing is off; the refusal of what does not need it is no proof of anything."""
    with World() as world:
        create(world, BINDING)
        for service in ("speech-service", "ai-recognition-service"):
            create(world, kind_of(service))
        path = {"image-style": "style", "speech-queue": "/asrqueue", "ai-queue": "/ai_queue"}.get(slug, slug)
        world.emulator.faults.add("error", path=path, status=400, code="MediaBucketUnBinded")
        with pytest.raises(NotBound):
            inventory(kind_of(slug), world.session(), HERE)


def test_a_refusal_is_no_empty_list() -> None:
    with World() as world:
        world.emulator.faults.add("error", path="/template", status=403, code="AccessDenied")
        with pytest.raises(AccessDenied):
            world.lifecycle(SNAPSHOT).list(HERE)
