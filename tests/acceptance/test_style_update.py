"""A style that is updated is never absent: neither when the new body is refused, nor when a list is not up to date."""

from __future__ import annotations

import time

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import Project, Resource, leaves, objects
from acceptance.strange import Ask, Reply, StrangeServer, Well

pytestmark = pytest.mark.engine

CARD = Resource("image-style", "card", {"style_name": "card", "style_body": "imageMogr2/thumbnail/1x"})
ANOTHER = CARD.changed({"style_body": "imageMogr2/thumbnail/2x"})
SECONDS = 3.0
"""How long a list stays as it was."""
OLD_LIST = Reply(
    200,
    b"<StyleList><StyleRule><StyleName>card</StyleName><StyleBody>imageMogr2/thumbnail/1x</StyleBody></StyleRule>"
    b"</StyleList>",
    {"Content-Type": "application/xml", "x-cos-request-id": "old-1", "x-ci-request-id": "old-1"},
)


@pytest.fixture
def project(new_project: NewProject, strange_server: StrangeServer) -> Project:
    """A stack with one style."""
    project = new_project(server=strange_server, environ={"PULUMI_CI_RETRY_SECONDS": "20"})
    project.declare(CARD)
    project.up()
    project.declare(ANOTHER)
    return project


def _body(project: Project) -> str:
    (style,) = objects(project.server)
    (body,) = [leaf for leaf in leaves(style.xml) if "StyleBody" in leaf]
    return body.partition("=")[2]


def test_a_refused_body_leaves_the_style_alone(project: Project) -> None:
    held = objects(project.server)
    project.server.emulator.faults.add(
        "error", method="PUT", path="[?]style", status=400, code="InvalidArgument", message="no such operation"
    )
    refused = project.up(code=None)
    project.server.emulator.faults.clear()
    assert refused.sent("DELETE") == [], "the live style was deleted"
    assert len(refused.sent("PUT", "?style")) == 1
    assert objects(project.server) == held
    assert refused.code != 0
    assert "update failed with InvalidArgument (HTTP 400): no such operation" in refused.flat()
    project.up()
    assert _body(project) == "imageMogr2/thumbnail/2x"
    project.quiet()


def test_a_list_that_is_not_up_to_date_is_waited_for(project: Project, strange_server: StrangeServer) -> None:
    stale_until: list[float] = []

    def trick(ask: Ask, well: Well) -> Reply:
        if ask.matches("PUT", "[?]style") and not stale_until:
            stale_until.append(time.monotonic() + SECONDS)
        stale = bool(stale_until) and time.monotonic() < stale_until[0]
        return OLD_LIST if stale and ask.matches("GET", "[?]style") else well()

    strange_server.play(trick)
    updated = project.up(code=None)
    strange_server.play(None)
    assert updated.sent("DELETE") == [], "the live style was deleted"
    assert updated.code == 0, updated.said
    assert _body(project) == "imageMogr2/thumbnail/2x"
    project.quiet()
