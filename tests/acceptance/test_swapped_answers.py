"""A create is answered with another object's id: the next run has neither forgotten its own nor kept a ghost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import Project, Resource, leaves, local_id, objects
from acceptance.strange import Ask, Meeting, Reply, StrangeServer, Well

pytestmark = pytest.mark.engine

FIRST = Resource("snapshot-template", "first", {"count": 3, "width": 640})
SECOND = Resource("snapshot-template", "second", {"count": 5, "width": 320})
STRANGER = b"t1ffffffffffffffffffffffffffffffff"


def _settled(project: Project, said: str) -> None:
    """The next run is well; then the state names each object once, as the program wants it, and no other."""
    if "--refresh" in said:  # the error may advise so
        project.up("--refresh", code=None)
    again = project.up(code=None)
    found = {item.id: item for item in objects(project.server)}
    owned = {name: local_id(item) for name, item in project.state().items()}
    assert sorted(owned.values()) == sorted(found), f"the state holds {owned}, the cloud {list(found)}:\n{again.said}"
    assert again.code == 0, again.said
    for name, item in project.state().items():
        wanted = {f"/Request/Snapshot/{key.title()}={int(item['inputs'][key])}" for key in ("count", "width")}
        assert wanted <= set(leaves(found[owned[name]].xml)), f"{name} owns the object of the other one"
    project.quiet()
    project.destroy()
    assert objects(project.server) == []


def test_two_creates_get_each_others_answers(new_project: NewProject, strange_server: StrangeServer) -> None:
    project = new_project(server=strange_server)
    project.declare(FIRST, SECOND)
    meeting = Meeting(lambda ask: ask.matches("POST", "^/template"), swap=lambda own, other: other)
    strange_server.play(meeting)
    up = project.up(code=None)
    strange_server.play(None)
    assert meeting.met
    _settled(project, up.said)


@pytest.mark.parametrize("exists", [True, False], ids=["an-id-that-exists", "an-id-of-nothing"])
def test_a_create_gets_another_id(exists: bool, new_project: NewProject, strange_server: StrangeServer) -> None:
    project = new_project(server=strange_server)
    project.declare(FIRST)
    project.up()
    (first,) = objects(strange_server)
    answered: list[bytes] = []

    def trick(ask: Ask, well: Well) -> Reply:
        reply = well()
        if not ask.matches("POST", "^/template") or answered:
            return reply
        id = first.id.encode() if exists else STRANGER
        answered.append(re.sub(rb"(?<=<TemplateId>)[^<]+", id, reply.body))
        return replace(reply, body=answered[0])

    project.declare(FIRST, SECOND)
    strange_server.play(trick)
    up = project.up(code=None)
    strange_server.play(None)
    assert answered
    _settled(project, up.said)
