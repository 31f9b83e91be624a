"""What every release left behind is what this one would have left: nothing is replaced, and nothing differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from acceptance.stack import Project, Resource
from world import Values, Wire

from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import CiError
from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Server
from pulumi_ci.engine import ensure
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.lifecycle.upgrade import STATE_VERSION, UPGRADES, upgraded
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.provider.dynamic import KindProvider
from pulumi_ci.state import frozen
from upgrade.record import record
from upgrade.recording import RECORDINGS, Recording, Recordings, recording

RECORDED = RECORDINGS.files
every_release = pytest.mark.parametrize("release", RECORDED)


class Left:
    """A recorded release with its cloud, and providers of today on it."""

    def __init__(self, release: str, folder: Path) -> None:
        self.recording = recording(RECORDED[release])
        self.emulator = self.recording.emulator(folder)
        settings = Settings(endpoint="http://emulator", secret_id=SECRET_ID, secret_key=SECRET_KEY, paced=False)
        self._session = Session(Client(settings, adapter=lambda: Wire(self.emulator)), Rows())
        items = self.recording.state["deployment"]["resources"]
        self.items = {item["urn"].rsplit("::", 1)[1]: item for item in items if "/" in item["type"]}

    def provider(self, slug: str) -> KindProvider:
        """The provider of a kind, in a process that nothing was read in yet."""
        return KindProvider(slug, connect=lambda _: self._session)


@pytest.fixture(scope="module")
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    left = Left(request.param, tmp_path_factory.mktemp("left"))
    yield left
    left.emulator.close()


def plain(value: Any) -> Any:
    """The value with its secrets in clear."""
    if isinstance(value, dict):
        return json.loads(value["plaintext"]) if "plaintext" in value else {k: plain(v) for k, v in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def values(bag: Mapping[str, Any]) -> Values:
    """The properties of a resource in the state, but for Pulumi's own."""
    return {name: plain(value) for name, value in bag.items() if not name.startswith("__")}


@pytest.mark.all_kinds
def test_this_version_is_recorded_for_every_kind() -> None:
    assert RECORDINGS.advice(version("pulumi-ci"), kinds()) == ""


def test_no_released_recording_is_written_again() -> None:
    assert RECORDINGS.rewritten() == [], "take the files back from git, and record the running version instead"


@pytest.mark.parametrize(("left", "slug"), RECORDINGS.cases(), indirect=["left"])
def test_a_recorded_resource_is_what_it_would_be_today(left: Left, slug: str) -> None:
    item, provider = left.items[slug], left.provider(slug)
    inputs, outs = values(item["inputs"]), values(item["outputs"])
    assert (item["type"], item["inputs"]["__provider"]) == (kind_of(slug).token(), frozen(slug))

    checked = provider.check(inputs, inputs)
    assert (checked.inputs, [failure.reason for failure in checked.failures]) == (inputs, [])
    found = provider.diff(item["id"], outs, inputs)
    assert (found.changes, found.replaces) == (False, [])
    read = provider.read(item["id"], outs)
    assert (read.id, read.outs) == (item["id"], outs)
    assert read.inputs in (None, inputs), "None leaves those of the state"


@pytest.mark.engine
@every_release
def test_a_recorded_stack_shows_no_change(release: str, tmp_path: Path) -> None:
    recorded = recording(RECORDED[release])
    with Server(recorded.emulator(tmp_path)) as server:
        project = Project(ensure(), tmp_path / "project", server)
        project.declare(*recorded.resources)
        (tmp_path / "state.json").write_text(json.dumps(recorded.state))
        project.run("stack", "import", "--file", str(tmp_path / "state.json"))
        assert set(project.state()) == {item.slug for item in recorded.resources}
        assert project.run("preview", "--expect-no-changes", "--diff").calls == ()
        assert {call.method for call in project.quiet().calls} <= {"GET", "POST"}
        assert not [call for call in project.up().calls if call.method != "GET"]
    server.emulator.close()


# -- the recordings themselves: a release that is out, and a later version with one kind more ------------------------


@pytest.fixture
def later(tmp_path: Path) -> Recordings:
    """0.1.0 as it is and out; 0.2.0, which is not out and has a kind that 0.1.0 had not."""
    (tmp_path / "0.1.0.json").write_bytes(RECORDED["0.1.0"].read_bytes())
    (tmp_path / "released.yaml").write_text(f"0.1.0: {RECORDINGS.released['0.1.0']}\n")
    old = recording(RECORDED["0.1.0"])
    Recording([*old.resources, Resource("new-kind", "new-kind", {})], old.state, old.objects).write(
        tmp_path / "0.2.0.json"
    )
    return Recordings(tmp_path)


def test_a_kind_is_compared_from_the_release_in_which_it_came(later: Recordings) -> None:
    assert [release for release, slug in later.cases() if slug == "new-kind"] == ["0.2.0"]
    assert [release for release, slug in later.cases() if slug == SLUG] == ["0.1.0", "0.2.0"]


def test_what_is_out_is_not_recorded_again(later: Recordings) -> None:
    assert later.to_write("0.2.0") == later.folder / "0.2.0.json"
    with pytest.raises(FileExistsError, match=r"0\.1\.0 is out.*raise `version` in pyproject\.toml"):
        record(later, "0.1.0")


@pytest.mark.engine
def test_the_running_version_is_written_and_no_other(later: Recordings) -> None:
    before = {file.name: file.read_bytes() for file in later.folder.iterdir()}
    assert record(later, "0.3.0") == later.folder / "0.3.0.json"
    after = {file.name: file.read_bytes() for file in later.folder.iterdir()}
    assert after.keys() - before.keys() == {"0.3.0.json"}
    assert {name: after[name] for name in before} == before
    assert {slug for release, slug in later.cases() if release == "0.3.0"} == set(kinds())


def test_a_released_recording_that_was_written_again_shows(later: Recordings) -> None:
    assert later.rewritten() == []
    recording(later.files["0.2.0"]).write(later.files["0.1.0"])
    assert later.rewritten() == ["0.1.0"]
    later.files["0.1.0"].unlink()
    assert later.rewritten() == ["0.1.0"]


@pytest.mark.parametrize(
    ("running", "added", "advice"),
    [
        ("0.1.0", [], ""),
        (
            "0.1.0",
            ["new-kind"],
            "0.1.0 is out; raise `version` in pyproject.toml: the recording of 0.1.0 has no new-kind",
        ),
        ("0.2.0", ["new-kind"], ""),
        ("0.2.0", ["new-kind", "newer"], "run `make record`: the recording of 0.2.0 has no newer"),
        ("0.3.0", ["new-kind", "newer"], ""),
    ],
)
def test_what_a_new_kind_asks_for(later: Recordings, running: str, added: list[str], advice: str) -> None:
    known = [slug for release, slug in later.cases() if release == "0.1.0"]
    assert later.advice(running, [*known, *added]) == advice


# -- the steps from one version of the state to the next ---------------------------------------------------------

SLUG, ID = "snapshot-template", "ap-beijing/media-1250000000/t1"
OLD: Values = {
    "region": "ap-beijing",
    "bucket": "media-1250000000",
    "name": "thumbs",
    "total": 3.0,
    "state_version": 0.0,
}
NOW: Values = {"region": "ap-beijing", "bucket": "media-1250000000", "name": "thumbs", "count": 3}


def _renamed(kind: type[Kind], outs: Values) -> Values:
    """A version that never was: `count` was called `total`."""
    return {("count" if name == "total" else name): value for name, value in outs.items()}


def _upgrade(kind: type[Kind], outs: Values) -> Values:
    return upgraded(kind, outs, {0: _renamed})


def test_there_is_a_step_from_every_released_version() -> None:
    assert set(UPGRADES) == set(range(1, STATE_VERSION))


def test_an_older_state_is_read_in_the_words_of_today() -> None:
    assert _upgrade(kind_of(SLUG), OLD) == {**NOW, "count": 3.0, "state_version": STATE_VERSION}
    assert KindProvider(SLUG, upgrade=_upgrade).diff(ID, OLD, NOW).changes is False
    changed = KindProvider(SLUG, upgrade=_upgrade).diff(ID, OLD, {**NOW, "count": 4})
    assert (changed.changes, changed.replaces) == (None, [])


def test_a_look_up_has_nothing_to_upgrade() -> None:
    assert upgraded(kind_of(SLUG), {}, {1: _renamed}, version=2) == {}


def test_the_first_version_goes_without_saying() -> None:
    first = {name: value for name, value in OLD.items() if name != "state_version"}
    for outs in (first, {**first, "state_version": 1.0}):
        assert upgraded(kind_of(SLUG), outs, {1: _renamed}, version=2) == {**NOW, "count": 3.0, "state_version": 2}
    assert upgraded(kind_of(SLUG), NOW) == NOW


@pytest.mark.parametrize("call", ["diff", "read", "update", "delete"])
def test_a_newer_state_says_to_upgrade(call: str) -> None:
    newer = {**NOW, "state_version": float(STATE_VERSION + 1)}
    news = (NOW,) if call in ("diff", "update") else ()
    with pytest.raises(CiError, match=r"SnapshotTemplate: a newer release .*its version is 2, .*upgrade"):
        getattr(KindProvider(SLUG), call)(ID, newer, *news)
