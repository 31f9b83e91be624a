"""Explicit names that go from one resource to another: well within two runs, or the error says what to write."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest

from acceptance.stack import Project, Resource, local_id, names, objects

pytestmark = pytest.mark.engine


def _template(logical: str, name: str, count: int) -> Resource:
    return Resource("snapshot-template", logical, {"name": name, "count": count})


def _style(logical: str, name: str, size: int) -> Resource:
    body = f"imageMogr2/thumbnail/{size}x"
    return Resource("image-style", logical, {"style_name": name, "style_body": body})


@dataclass(frozen=True)
class Move:
    """What a program declares before and after."""

    before: tuple[Resource, ...]
    after: tuple[Resource, ...]


MOVES = {
    "template-moves": Move((_template("one", "fixed", 1),), (_template("other", "fixed", 2),)),
    "templates-swap": Move(
        (_template("one", "fixed", 1), _template("other", "spare", 2)),
        (_template("one", "spare", 1), _template("other", "fixed", 2)),
    ),
    "style-moves-on": Move(
        (_style("one", "fixed", 1), _style("other", "spare", 2)),
        (_style("one", "newer", 1), _style("other", "fixed", 2)),
    ),
    "styles-swap": Move(
        (_style("one", "fixed", 1), _style("other", "spare", 2)),
        (_style("one", "spare", 1), _style("other", "fixed", 2)),
    ),
    "kind-changes": Move(
        (_template("one", "fixed", 1),),
        (Resource("animation-template", "one", {"name": "fixed", "container": {"format": "gif"}}),),
    ),
}
ADVICE = re.compile(
    r"delete_before_replace|adopt=|\baliases?\b|pulumi (?:up|state|destroy|refresh)|(?:choose|give it|use) another name"
    r"|in two steps",
    re.IGNORECASE,
)
"""Words of which one must stand in an error that names the way out."""


def _wanted(resources: tuple[Resource, ...]) -> list[str]:
    words = {
        "snapshot-template": "template name",
        "animation-template": "template name",
        "image-style": "style style_name",
    }
    found = []
    for resource in resources:
        kind, _, key = words[resource.slug].partition(" ")
        found.append(f"{kind} {resource.properties[key]}")
    return sorted(found)


def _owned(project: Project) -> set[str]:
    """Ids or names of all that the state knows, old ones that wait for their deletion too."""
    resources = json.loads(project.export())["deployment"]["resources"]
    return {local_id(item) for item in resources if item["type"].startswith("pulumi-python:dynamic/")}


@pytest.mark.parametrize("move", MOVES)
def test_it_ends_well_or_the_error_says_how(move: str, project: Project) -> None:
    before, after = MOVES[move].before, MOVES[move].after
    project.declare(*before)
    project.up()
    project.declare(*after)
    last = project.up(code=None)
    if last.code:
        last = project.up(code=None)
    if last.code:
        told = last.flat().split("Diagnostics:", 1)[-1]
        assert ADVICE.search(told), last.said
        assert {item.id for item in objects(project.server)} == _owned(project)
        if "adopt=" not in told:
            return  # what else it says to write is for the reader
        project.declare(*(resource.changed({"adopt": "match"}) for resource in after))
        last = project.up(code=None)
        assert last.code == 0, f"the advice does not help:\n{last.said}"
    assert names(objects(project.server)) == _wanted(after), last.said
    assert {item.id for item in objects(project.server)} == _owned(project)
    assert {name: item["type"] for name, item in project.state().items()} == {one.name: one.token for one in after}
    project.quiet()
