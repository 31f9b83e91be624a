"""Two resources of one program for one object are a mistake: else they overwrite each other for ever.

Removing one of them would take the object from the other. Replacing a single one by force stays possible.
"""

from __future__ import annotations

import re

import pytest

from acceptance.command import ci
from acceptance.stack import Outcome, Project, Resource, names, objects

pytestmark = pytest.mark.engine

PAIRS: dict[str, list[Resource]] = {
    "binding": [Resource("bucket-binding", "one-binding", {}), Resource("bucket-binding", "other-binding", {})],
    "hotlink": [
        Resource("hotlink", "one-hotlink", {"type": "white", "url": ["www.example.com"]}),
        Resource("hotlink", "other-hotlink", {"type": "white", "url": ["cdn.example.com"]}),
    ],
    "queue": [
        Resource("media-queue", "one-queue", {"name": "media", "on_delete": "restore"}),
        Resource("media-queue", "other-queue", {"name": "media"}),
    ],
    "style": [
        Resource("image-style", "one-style", {"style_name": "card", "style_body": "imageMogr2/rotate/90"}),
        Resource("image-style", "other-style", {"style_name": "card", "style_body": "imageMogr2/rotate/180"}),
    ],
    "template": [
        Resource("snapshot-template", "one-template", {"name": "fixed", "count": 3}),
        Resource("snapshot-template", "other-template", {"name": "fixed", "count": 4}),
    ],
}
every_pair = pytest.mark.parametrize("pair", PAIRS)


def _told(outcome: Outcome, pair: str) -> bool:
    """Whether one mistake names both. Lines of the engine's progress name one resource each, and do not count."""
    told = [line for line in outcome.said.splitlines() if not re.match(r"\s*[-+~@]", line)]
    nearby = [" ".join(told[start : start + 3]) for start in range(len(told))]
    return any(f"one-{pair}" in text and f"other-{pair}" in text for text in nearby)


@every_pair
def test_preview_and_up_refuse(pair: str, project: Project) -> None:
    project.declare(*PAIRS[pair])
    preview = project.run("preview", code=None)
    up = project.up(code=None)
    assert preview.code != 0, f"the preview is content, and up made {names(objects(project.server))}"
    assert _told(preview, pair), preview.said
    assert up.code != 0, up.said
    assert _told(up, pair), up.said


def test_validate_tells_every_pair(project: Project) -> None:
    project.declare(*(resource for pair in PAIRS.values() for resource in pair))
    said = ci(project, "validate", code=None)
    silent = [pair for pair in PAIRS if not _told(said, pair)]
    assert silent == [], said.said
    assert said.code == 1


def test_one_queue_under_two_names_is_refused_when_it_is_found_out(project: Project) -> None:
    """Which queue a name means is known only once the bucket is asked."""
    one, other = PAIRS["queue"]
    project.declare(one, other.changed({"name": "media-2"}))
    up = project.up(code=None)
    assert up.code != 0, f"both own {[item['id'] for item in project.state().values()]}"
    assert _told(up, "queue"), up.said


def test_a_single_one_can_still_be_replaced_by_force(project: Project) -> None:
    first = {"delete_before_replace": True}
    singles = [Resource(one.slug, one.name, one.properties, first) for one, _ in PAIRS.values()]
    project.declare(*singles)
    project.up()
    made = names(objects(project.server))
    for option in ("--replace", "--target-replace"):
        project.up(*(word for single in singles for word in (option, project.urn(single))))
        assert names(objects(project.server)) == made
        project.quiet()
    project.destroy()
    assert objects(project.server) == []
