"""Two buckets of one emulated cloud: a pipeline in the one, and what a test puts into the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from world import World

from pulumi_ci.api.call import Place
from pulumi_ci.emulator import Choices
from pulumi_ci.environment.apply_live import apply_live
from pulumi_ci.environment.compare import compare
from pulumi_ci.environment.environment import Environment
from pulumi_ci.environment.export import export
from pulumi_ci.environment.found import live
from pulumi_ci.environment.plan import Plan, from_json, to_json
from pulumi_ci.environment.planning import make
from pulumi_ci.model.kind import kind_of

DEV = Place("ap-beijing", "dev-1250000000")
PROD = Place("ap-shanghai", "prod-1250000000")
GIVEN = {"media_queue_callback_url": "https://prod.example.com/done", "publish_object_prefix": "in/"}
"""Values of the variables that production has not got yet."""
Values = dict[str, Any]


@dataclass
class Cloud:
    """Both buckets, with their services switched on."""

    world: World

    def make(self, place: Place, slug: str, **properties: Any) -> str:
        """Makes an object, or takes a queue over; the last part of its id."""
        kind = kind_of(slug)
        logical = f"project/stack/{properties.pop('called', 'thing')}"
        inputs = self.world.inputs(
            kind, {"region": place.region, "bucket": place.bucket, "logical_name": logical, **properties}
        )
        return str(self.world.lifecycle(kind).create(inputs, "match").id).rsplit("/", 1)[-1]

    def look(self, place: Place) -> Environment:
        """The bucket as an environment, read anew."""
        return export(live(self.world.session(), [place]), live=True)

    def plan(self, prune: bool = False, **given: Any) -> Plan:
        """The plan from dev to prod, as another process would read it."""
        source, target = self.look(DEV), self.look(PROD)
        made = make(("dev", "prod"), source, target, compare(source, target), prune=prune, values={**GIVEN, **given})
        assert from_json(to_json(made)) == made
        return made

    def apply(self, plan: Plan) -> list[str]:
        """Carries a plan out on production; what was said of each step."""
        said: list[str] = []
        session = self.world.session()
        apply_live(plan, session, (PROD,), {}, lambda step, what: said.append(f"{what} {step.name}"))
        return said

    def writes(self) -> list[str]:
        """Every call so far that may change something, in short."""
        return [f"{request.method} {request.path}" for request in self.world.sent("PUT", "POST", "DELETE")]


def workflow(template: str, prefix: str = "in/", bucket: Place = DEV) -> Values:
    """A workflow with one node."""
    output = {"region": bucket.region, "bucket": bucket.bucket, "object": "small/${InputName}-${Number}.jpg"}
    return {
        "name": "publish",
        "dependencies": {"Start": ["Snapshot_small"], "Snapshot_small": ["End"]},
        "nodes": {
            "Start": {"type": "Start", "object_prefix": prefix},
            "Snapshot_small": {"type": "Snapshot", "template_id": template, "output": output},
        },
    }


def fill(world: World) -> Cloud:
    """A pipeline in dev, an empty bucket with its services on in prod."""
    made = Cloud(world)
    for place in (DEV, PROD):
        made.make(place, "bucket-binding")
        made.make(place, "media-service")
    template = made.make(DEV, "snapshot-template", called="small", count=3, width=640)
    made.make(DEV, "image-style", style_name="thumb", style_body="imageMogr2/thumbnail/640x")
    callback = {"state": "On", "event": ["TaskFinish"], "type": "Url", "url": "https://dev.example.com/done"}
    made.make(DEV, "media-queue", name="dev-queue", notify_config=callback)
    made.make(DEV, "workflow", **workflow(template))
    return made


@contextmanager
def cloud() -> Iterator[Cloud]:
    """The two buckets, in a cloud without sockets."""
    with World(choices=Choices()) as world:
        yield fill(world)


WRITES = {
    "media-queue": ("PUT", "^/queue/"),
    "thumb": ("PUT", "style"),
    "small": ("POST", "^/template"),
    "publish": ("POST", "^/workflow"),
}
"""The call that carries out the step about each, in this order."""
