"""`X.get(name, id)` of what is not there fails; a refresh of what is gone does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from strange import behind, error
from world import BUCKET, REGION, World

from pulumi_ci.api.errors import CiError, NotBound
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.api import Switch
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.provider.dynamic import KindProvider

READABLE = [kind for kind in kinds().values() if not (isinstance(kind.api, Switch) and kind.api.read is None)]
HERE = f"{REGION}/{BUCKET}"
IDS = {"process-image-async-template": "0/30999", "process-image": f"{REGION}/mnone"}


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


def provider(world: World, kind: type[Kind]) -> KindProvider:
    return KindProvider(kind.slug, connect=lambda settings: world.session())


def id_of(kind: type[Kind]) -> str:
    return IDS.get(kind.slug, HERE if isinstance(kind.api, Switch) else f"{HERE}/none")


@pytest.mark.parametrize("kind", READABLE, ids=lambda kind: kind.slug)
def test_what_is_not_there_cannot_be_got(world: World, kind: type[Kind]) -> None:
    with pytest.raises(CiError, match=f"{kind.__name__} {id_of(kind)}: there is no such object") as caught:
        provider(world, kind).read(id_of(kind), {"__provider": "a pickle"})
    assert "find_" in str(caught.value)


@pytest.mark.parametrize("kind", READABLE, ids=lambda kind: kind.slug)
def test_what_is_recorded_and_gone_is_gone(world: World, kind: type[Kind]) -> None:
    recorded: dict[str, Any] = {"create_time": "2024-05-06T10:20:30+0800", "__provider": "a pickle"}
    if kind.slug in ("batch-job", "workflow-execution", "process-image"):
        return  # the last state of a run is kept
    assert provider(world, kind).read(id_of(kind), recorded).id is None


WRONG: list[tuple[str, str]] = [
    ("snapshot-template", "t1none"),
    ("snapshot-template", HERE),
    ("snapshot-template", f"{HERE}/"),
    ("snapshot-template", f"/{BUCKET}/t1"),
    ("image-style", HERE),
    ("media-queue", HERE),
    ("workflow", REGION),
    ("hotlink", REGION),
    ("hotlink", f"{HERE}/extra"),
    ("bucket-binding", f"{HERE}/"),
    ("media-service", f"{HERE}/b/c"),
    ("batch-job", HERE),
    ("process-image", REGION),
    ("process-image-async-template", "30001"),
    ("process-image-async-template", "0/name"),
    ("process-image-async-template", "0/" + "3" * 5000),
    ("process-image-async-template", "0/٣"),
]


@pytest.mark.parametrize(("slug", "id"), WRONG)
def test_an_id_of_another_form_cannot_be_got(world: World, slug: str, id: str) -> None:
    with pytest.raises(CiError, match="does not have the form"):
        provider(world, kind_of(slug)).read(id, {})
    assert world.emulator.requests == [], "nothing is sent"


def test_what_cannot_be_told_cannot_be_got(world: World) -> None:
    behind(world).strikes(lambda call: True, error("MediaBucketUnBinded"))
    with pytest.raises(NotBound, match="depends_on"):
        provider(world, kind_of("snapshot-template")).read(f"{HERE}/t1", {})


def test_what_is_there_is_got(world: World) -> None:
    kind = kind_of("snapshot-template")
    made: Stored = world.lifecycle(kind).create(world.inputs(kind, {"count": 3, "name": "mine"}))
    found = provider(world, kind).read(made.id, {})
    assert (found.id, found.inputs) == (made.id, made.inputs)
