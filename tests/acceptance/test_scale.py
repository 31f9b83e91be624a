"""Many objects in one bucket: a refresh lists them by the hundred."""

from __future__ import annotations

import pytest

from acceptance.stack import Project, Resource, objects

pytestmark = pytest.mark.engine

COUNT = 300


def test_refresh_of_many_templates_takes_few_calls(project: Project) -> None:
    project.declare(*(Resource("snapshot-template", f"t{number}", {"count": 1 + number}) for number in range(COUNT)))
    project.up()
    assert len(objects(project.server)) == COUNT
    calls = project.quiet().calls
    assert {call.method for call in calls} == {"GET"}
    assert len(calls) <= COUNT / 100 + 1
