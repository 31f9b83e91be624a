"""What the attributes of a resource show to the program."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from loop import run
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks, set_mocks
from pulumi.runtime.stack import run_pulumi_func

import pulumi_ci as ci

STATE = {"name": "thumbs-0a1b2c3", "bucket": "media-1250000000", "create_time": "today", "height": 480}
"""What the engine answers besides what was declared; `height` as it does for a property that the program ignores."""


class _Engine(Mocks):
    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        return "ap-beijing/media-1250000000/t1", {**args.inputs, **STATE}

    def call(self, args: MockCallArgs) -> Any:
        raise NotImplementedError(args.token)


def seen(opts: pulumi.ResourceOptions | None, *names: str) -> dict[str, Any]:
    """The values of attributes of a template with a count of 3."""
    found: dict[str, Any] = {}

    async def program() -> None:
        made = ci.SnapshotTemplate("thumbs", opts=opts, count=3)
        pulumi.Output.all(**{name: getattr(made, name) for name in names}).apply(found.update)

    async def under_mocks() -> None:
        set_mocks(_Engine())
        await run_pulumi_func(program)

    run(under_mocks)
    return found


def test_what_was_declared_or_filled_in_has_its_value() -> None:
    names = ("count", "name", "region", "bucket", "create_time", "template_id")
    assert seen(None, *names) == {
        "count": 3,
        "name": STATE["name"],
        "region": "ap-beijing",
        "bucket": STATE["bucket"],
        "create_time": STATE["create_time"],
        "template_id": "t1",
    }


def test_what_was_left_out_is_none() -> None:
    assert seen(None, "height", "sprite_snapshot_config") == {"height": None, "sprite_snapshot_config": None}


OPTIONS = {
    "ignored": pulumi.ResourceOptions(ignore_changes=["height"]),
    "looked up": pulumi.ResourceOptions(id="ap-beijing/media-1250000000/t1"),
    "transformed": pulumi.ResourceOptions(transformations=[lambda given: None]),
}


@pytest.mark.parametrize("options", OPTIONS)
def test_what_was_left_out_may_come_from_elsewhere(options: str) -> None:
    assert seen(OPTIONS[options], "height") == {"height": 480}
