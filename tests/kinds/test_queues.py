"""Queues that exist already: which one a declaration means, and what an update says about its id."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Annotated

import pytest
from world import World

from pulumi_ci.api.errors import CiError
from pulumi_ci.emulator import Choices
from pulumi_ci.kinds._fragments import NotifyConfig
from pulumi_ci.kinds._queue import Queue, queue
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.marks import ServerFilled


class AnyQueue(Queue):
    """Any queue of media processing, whatever its category; a bucket has two."""

    slug = "any-queue"
    pages = (72,)
    api = replace(queue("/queue"), query={"category": "CateAll"})

    name: str
    """Name."""
    notify_config: Annotated[NotifyConfig | None, ServerFilled()] = None
    """Where it reports."""


@pytest.mark.parametrize(
    ("slug", "repeated"), [("speech-queue", ["QueueID"]), ("document-queue", ["QueueID"]), ("ai-queue", [])]
)
def test_body_repeats_id_where_the_page_asks_for_it(slug: str, repeated: list[str]) -> None:
    with World() as world:
        kind = kind_of(slug)
        stored = world.lifecycle(kind).create(world.inputs(kind, {"name": "mine"}))
        body = ET.fromstring(world.sent("PUT")[-1].body)  # noqa: S314 - our own
        assert [child.tag for child in body if child.text == stored.id.rpartition("/")[2]] == repeated


def test_name_chooses_among_several() -> None:
    with World() as world:
        inputs = world.inputs(AnyQueue, {"name": "queue-speed-transcoding-process-1", "state": "Paused"})
        stored = world.lifecycle(AnyQueue).create(inputs)
        assert world.lifecycle(AnyQueue).read(stored.id, stored.outs) is not None
        [paused] = world.sent("PUT")
        assert "<Name>queue-speed-transcoding-process-1</Name>" in paused.body


def test_several_of_other_names_are_refused() -> None:
    with (
        World() as world,
        pytest.raises(CiError, match=r"has 2: p\w+ \(queue-1\), p\w+ \(queue-speed.*\)\. Pass queue_id"),
    ):
        world.lifecycle(AnyQueue).create(world.inputs(AnyQueue, {"name": "mine"}))


def test_a_queue_that_is_just_being_written_still_counts() -> None:
    """Another thread's update takes it out of the shared list for a moment; the other one is not the only one."""
    with World() as world:
        inputs = world.inputs(AnyQueue, {"name": "queue-speed-transcoding-process-1", "state": "Paused"})
        session = world.session()
        lifecycle = world.lifecycle(AnyQueue, session)
        stored = lifecycle.create(inputs)
        place, local = lifecycle.locate(stored.id)
        session.rows.wrote(lifecycle.key(place), local)
        with pytest.raises(CiError, match="has 2: "):
            lifecycle.create(world.inputs(AnyQueue, {"name": "mine"}))


def test_pages_may_be_smaller_than_asked_for() -> None:
    """The service may cut a page; both of the bucket's queues are found all the same."""
    with World(Choices(references="free", page_size_max=1)) as world:
        kind = kind_of("media-queue")
        for category in ("Transcoding", "SpeedTranscoding"):
            inputs = world.inputs(kind, {"name": "mine", "category": category})
            assert world.lifecycle(kind).create(inputs).inputs["category"] == category
