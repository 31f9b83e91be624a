"""Settings of a bucket under another logical name: there is one of each, so the old name and the new mean the same."""

from __future__ import annotations

import pytest

from acceptance.stack import Project, Resource, names, objects

pytestmark = pytest.mark.engine


def _settings(mark: str, project: Project | None = None) -> list[Resource]:
    """A switch without a body, one with, and a queue; with aliases of the unmarked names in a project."""
    plain = [
        Resource("bucket-binding", f"binding{mark}", {}),
        Resource("hotlink", f"hotlink{mark}", {"type": "white", "url": ["www.example.com"]}),
        Resource("media-queue", f"queue{mark}", {"name": "media", "on_delete": "restore"}),
    ]
    if project is None:
        return plain
    old = [project.urn(resource) for resource in _settings("")]
    return [Resource(r.slug, r.name, r.properties, {"aliases": [urn]}) for r, urn in zip(plain, old, strict=True)]


def _there(project: Project) -> list[str]:
    queues = [item for item in project.server.emulator.objects if item.kind == "queue"]
    return [*names(objects(project.server)), *(f"queue {item.name}" for item in queues if item.name == "media")]


def test_rename_with_alias_does_nothing(project: Project) -> None:
    project.declare(*_settings(""))
    project.up()
    assert _there(project) == ["binding binding", "hotlink hotlink", "queue media"]
    project.declare(*_settings("-anew", project))
    renamed = project.up()
    assert {call.method for call in renamed.calls} <= {"GET"}
    assert _there(project) == ["binding binding", "hotlink hotlink", "queue media"]
    project.quiet()


def test_rename_without_alias_loses_nothing(project: Project) -> None:
    project.declare(*_settings(""))
    project.up()
    before = _there(project)
    project.declare(*_settings("-anew"))
    project.up(code=None)
    assert _there(project) == before
