"""Ids that a program, a state or a file names: checked before anything is sent, and never taken for what is not there.

A part of an id becomes a part of a host name, to which a signed call with the security token goes.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator

import pytest

from acceptance.command import ci
from acceptance.stack import BUCKET, REGION, Project, Resource

pytestmark = pytest.mark.engine

GET = 'import pulumi_ci as ci\n\nci.{kind}.get("found", {id!r})\n'
THUMBS = Resource("snapshot-template", "thumbs", {"count": 3})


class Stranger:
    """Another host, on loopback, which counts who comes."""

    def __init__(self) -> None:
        self.came = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._count, daemon=True)

    def __enter__(self) -> Stranger:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.came += 1
            connection.close()


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with Stranger() as stranger:
        yield stranger


def _evil(host: str) -> dict[str, str]:
    """Ids that lead elsewhere, by what they lean on."""
    return {
        "fragment": f"{REGION}/{host}#{BUCKET}/t1",
        "query": f"{REGION}/{host}?{BUCKET}/t1",
        "backslash": f"{REGION}/{host}\\{BUCKET}/t1",
        "user": f"x@{host}#/{BUCKET}/t1",
    }


@pytest.mark.parametrize("way", _evil(""))
def test_get_goes_nowhere_else(way: str, project: Project, stranger: Stranger) -> None:
    project.program(GET.format(kind="SnapshotTemplate", id=_evil(stranger.host)[way]))
    up = project.up(code=None, environ={"PULUMI_CI_ENDPOINT": None})
    assert stranger.came == 0, "it connected to another host"
    assert up.code != 0
    assert stranger.host in up.flat(), up.said
    assert "UnicodeError" not in up.said


def test_get_sends_nothing(project: Project) -> None:
    """An endpoint of one's own hides where a call would go, and must not get it either."""
    ids = _evil("evil.example").values()
    gets = [f"ci.SnapshotTemplate.get('found-{number}', {id!r})" for number, id in enumerate(ids)]
    project.program("\n".join(["import pulumi_ci as ci", *gets]))
    up = project.up(code=None)
    assert [(call.host, call.path) for call in up.calls] == []
    assert up.code != 0
    assert "evil.example" in up.flat(), up.said


def test_drift_of_a_file_goes_nowhere_else(project: Project, stranger: Stranger) -> None:
    project.declare(THUMBS)
    project.up()
    state = json.loads(project.export())
    (resource,) = [item for item in state["deployment"]["resources"] if item["urn"].endswith("::thumbs")]
    del project.environ["PULUMI_CI_ENDPOINT"]
    for way, id in _evil(stranger.host).items():
        resource["id"] = id
        (project.work / "state.json").write_text(json.dumps(state))
        said = ci(project, "drift", "state.json", "--no-unmanaged", code=None)
        assert stranger.came == 0, f"{way}: it connected to another host"
        assert said.code not in (0, 1), said.said
        assert stranger.host in said.said, said.said
        assert "Traceback" not in said.said


def test_a_state_with_such_an_id_goes_nowhere_else(project: Project, stranger: Stranger) -> None:
    project.declare(THUMBS)
    project.up()
    state = json.loads(project.export())
    (resource,) = [item for item in state["deployment"]["resources"] if item["urn"].endswith("::thumbs")]
    resource["id"] = _evil(stranger.host)["fragment"]
    (project.work / "state.json").write_text(json.dumps(state))
    project.run("stack", "import", "--file", "state.json")
    for words in (("refresh",), ("destroy",)):
        said = project.run(*words, "--yes", "--skip-preview", code=None, environ={"PULUMI_CI_ENDPOINT": None})
        assert stranger.came == 0, f"{words[0]}: it connected to another host"
        assert said.code != 0
        assert list(project.state()) == ["thumbs"]


MISSING = {
    "template": ("SnapshotTemplate", f"{REGION}/{BUCKET}/t999", "t999"),
    "style": ("ImageStyle", f"{REGION}/{BUCKET}/nowhere", "nowhere"),
    "queue": ("MediaQueue", f"{REGION}/{BUCKET}/p999", "p999"),
    "switch": ("Hotlink", f"{REGION}/{BUCKET}", "Hotlink"),
    "without-last-part": ("SnapshotTemplate", f"{REGION}/{BUCKET}", f"{REGION}/{BUCKET}"),
    "one-part-too-many": ("Hotlink", f"{REGION}/{BUCKET}/t1", f"{REGION}/{BUCKET}/t1"),
    "of-nothing": ("SnapshotTemplate", "t1", "t1"),
    "blank": ("SnapshotTemplate", f"{REGION}/{BUCKET}/t 1", "t 1"),
}


@pytest.mark.parametrize("case", MISSING)
def test_get_of_what_is_not_there_fails(case: str, project: Project) -> None:
    kind, id, named = MISSING[case]
    project.program(GET.format(kind=kind, id=id))
    up = project.up(code=None)
    assert up.code != 0, f"it was read: {up.said}"
    told = up.said.split("Diagnostics:", 1)[-1]
    errors = [line for line in told.splitlines() if kind in line and named in line and not line.endswith("(found):")]
    assert errors, up.said
    assert not re.search(r"KeyError|IndexError|ValueError|AttributeError", up.said)
