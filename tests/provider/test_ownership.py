"""Whose an object is, and what a killed run left, as provider processes tell it: each `Process` is a run of its own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
import pytest

from provider.process import CONFIG, PLACE, Process, V
from pulumi_ci.emulator import Server
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.model.kind import kind_of

ADDRESS = "127.0.0.1:4711"
BINDING: tuple[str, V] = ("bucket-binding", {})
HOTLINK: tuple[str, V] = ("hotlink", {"type": "white", "url": ["a.com"]})
STYLE: tuple[str, V] = (
    "image-style",
    {"style_name": "card", "style_body": "imageMogr2/rotate/90", "adopt": "identical"},
)
TEMPLATE: tuple[str, V] = ("snapshot-template", {"name": "thumbs", "count": 3, "adopt": "identical"})
QUEUE: tuple[str, V] = ("media-queue", {"name": "mine", "on_delete": "restore"})
KINDS = pytest.mark.parametrize(
    ("slug", "properties"),
    [BINDING, HOTLINK, STYLE, TEMPLATE, QUEUE],
    ids=lambda value: value if isinstance(value, str) else "",
)
OUTPUT = {"region": PLACE["region"], "bucket": PLACE["bucket"], "object": "out/${RunId}/${Number}.jpg"}
FLOW: V = {
    "name": "publish",
    "state": "Active",
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t1", "output": OUTPUT},
    },
}


class Runs:
    """Runs of one checkout, one after the other or at the same time."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder, self.said = server, folder, folder / "said"
        self._processes: list[Process] = []

    def new(self, checkout: str = "checkout") -> Process:
        """A provider process of a run."""
        here = self.folder / checkout
        here.mkdir(exist_ok=True)
        environ = {**self.server.environment, "PULUMI_CI_JOURNAL": str(self.folder / "journal")}
        with self.said.open("ab") as file:
            process = Process(environ, CONFIG, file, address=ADDRESS, folder=here)
        self._processes.append(process)
        return process

    def over(self) -> None:
        """Ends every process of the run."""
        while self._processes:
            self._processes.pop().close()

    def objects(self) -> list[str]:
        """What the cloud holds, without ids and times."""
        return [item.xml for item in self.server.emulator.objects]


@pytest.fixture
def runs(ci_emulator: Server, tmp_path: Path) -> Iterator[Runs]:
    runs = Runs(ci_emulator, tmp_path)
    yield runs
    runs.over()


def checked(process: Process, slug: str, name: str, properties: V, olds: V | None = None) -> V:
    inputs, failures = process.check(slug, {**properties, "logical_name": f"shop/dev/{name}"}, olds)
    assert failures == {}
    return inputs


def made(runs: Runs, slug: str, name: str, properties: V) -> tuple[str, V, V]:
    """Id, inputs and outputs of a resource that a run of its own made."""
    process = runs.new()
    inputs = checked(process, slug, name, properties)
    id, outs = process.create(slug, inputs)
    runs.over()
    return id, inputs, outs


# -- one owner ------------------------------------------------------------------------------------------------------


@KINDS
def test_a_delete_in_a_later_run_spares_what_a_rename_took_over(runs: Runs, slug: str, properties: V) -> None:
    id, _, old = made(runs, slug, "old", properties)
    same, inputs, new = made(runs, slug, "new", properties)  # the run failed afterwards, so it deleted nothing
    assert same == id
    before = runs.objects()
    later = runs.new()
    assert later.diff(slug, id, new, checked(later, slug, "new", properties, inputs)) == ("DIFF_NONE", [])
    later.delete(slug, id, old)
    assert runs.objects() == before
    warning = runs.said.read_text()
    assert "left as it is. old is no longer in the program, but new of this run" in warning
    assert "aliases=[pulumi.Alias(name='old')]" in warning


@KINDS
def test_a_delete_spares_what_another_provider_of_the_run_has(runs: Runs, slug: str, properties: V) -> None:
    id, _, old = made(runs, slug, "old", properties)
    _, inputs, new = made(runs, slug, "new", properties)
    before = runs.objects()
    first, second = runs.new(), runs.new()
    second.diff(slug, id, new, checked(second, slug, "new", properties, inputs))
    first.delete(slug, id, old)
    assert runs.objects() == before


@pytest.mark.parametrize(("slug", "properties"), [BINDING, HOTLINK, STYLE])
def test_a_delete_spares_what_a_create_that_failed_still_declares(runs: Runs, slug: str, properties: V) -> None:
    """`--continue-on-error` deletes although the new resource was not made."""
    id, _, old = made(runs, slug, "old", properties)
    before = runs.objects()
    run = runs.new()
    checked(run, slug, "new", properties)
    run.delete(slug, id, old)
    assert runs.objects() == before


@KINDS
def test_claims_of_a_process_that_ended_say_nothing(runs: Runs, slug: str, properties: V) -> None:
    id, inputs, outs = made(runs, slug, "old", properties)
    killed = runs.new()
    killed.diff(slug, id, outs, checked(killed, slug, "other", properties, inputs))
    killed.kill()
    before = runs.objects()
    runs.new().delete(slug, id, outs)
    assert runs.objects() != before


def test_runs_that_ended_leave_no_files_behind(tmp_path: Path) -> None:
    dead, live = tmp_path / "127.0.0.1-1", tmp_path / "127.0.0.1-2"
    dead.mkdir()
    (dead / "12.jsonl").write_text("")
    kind = kind_of("bucket-binding")
    goes_on = Claims(live)
    goes_on.make(kind, "ap-beijing/media-1250000000", "shop/dev/one")
    assert [folder.name for folder in tmp_path.iterdir()] == [live.name]
    another = Claims(tmp_path / "127.0.0.1-3")
    another.make(kind, "ap-beijing/media-1250000000", "shop/dev/one")
    assert [path.name for path in live.iterdir()] == [f"{os.getpid()}.jsonl"], "it is held"
    goes_on.close()
    another.close()


@KINDS
def test_a_forced_replacement_still_deletes_its_own(runs: Runs, slug: str, properties: V) -> None:
    """`--replace`: the engine asks no diff, and checks without the old inputs."""
    id, _, outs = made(runs, slug, "old", properties)
    before = runs.objects()
    run = runs.new()
    inputs = checked(run, slug, "old", properties)
    run.delete(slug, id, outs)
    assert runs.objects() != before
    again, _ = run.create(slug, inputs)
    assert again == id or slug == "snapshot-template"


@KINDS
def test_a_replacement_that_took_its_old_object_over_does_not_delete_it(runs: Runs, slug: str, properties: V) -> None:
    """Created first, although both are the same object: another provider, or `delete_before_replace` set to False."""
    id, _, outs = made(runs, slug, "old", properties)
    old, new = runs.new(), runs.new()
    same, _ = new.create(slug, checked(new, slug, "old", properties))
    assert same == id
    before = runs.objects()
    old.delete(slug, id, outs)
    assert runs.objects() == before


def test_a_destroy_without_the_program_deletes(runs: Runs) -> None:
    slug, properties = TEMPLATE
    id, _, outs = made(runs, slug, "old", properties)
    runs.new().delete(slug, id, outs)
    assert [item.id for item in runs.server.emulator.objects if item.kind == "template"] == []


@KINDS
@pytest.mark.parametrize("processes", [1, 2])
def test_two_resources_for_one_object_are_a_mistake(runs: Runs, slug: str, properties: V, processes: int) -> None:
    first = runs.new()
    second = first if processes == 1 else runs.new()
    checked(first, slug, "one", properties)
    checked(first, slug, "one", properties)  # checked again, as for a replacement
    _, failures = second.check(slug, {**properties, "logical_name": "shop/dev/two"})
    (reason,) = failures.values()
    assert "is the same object as" in reason
    assert "Keep one of two and one" in reason


def test_a_queue_by_id_and_the_same_by_category(runs: Runs) -> None:
    slug, properties = QUEUE
    id, inputs, outs = made(runs, slug, "one", properties)
    run = runs.new()
    run.diff(slug, id, outs, checked(run, slug, "one", properties, inputs))
    twin = checked(run, slug, "two", {**properties, "queue_id": id.rsplit("/", 1)[1]})
    with pytest.raises(grpc.RpcError, match="is the object of one in this program"):
        run.create(slug, twin)


def test_an_alias_is_the_same_resource(runs: Runs) -> None:
    slug, properties = BINDING
    id, inputs, outs = made(runs, slug, "old", properties)
    run = runs.new()
    renamed = checked(run, slug, "new", properties, inputs)
    assert run.diff(slug, id, outs, renamed) == ("DIFF_NONE", [])
    run.delete(slug, id, outs)  # replaced by an option of the program
    assert "<CIStatus>off</CIStatus>" in runs.objects()


# -- whose it is ----------------------------------------------------------------------------------------------------


def test_another_checkout_with_the_same_names_takes_nothing_over(runs: Runs) -> None:
    slug, properties = "snapshot-template", {"count": 3}
    made(runs, slug, "thumbs", properties)
    other = runs.new("another checkout")
    with pytest.raises(grpc.RpcError, match="exists already"):
        other.create(slug, checked(other, slug, "thumbs", properties))
    again = runs.new()
    id, _ = again.create(slug, checked(again, slug, "thumbs", properties))
    assert [item.id for item in runs.server.emulator.objects] == [id.rsplit("/", 1)[1]], "this one had made it"


# -- what a killed run left -----------------------------------------------------------------------------------------


def killed_in(runs: Runs, fault: V, act: Callable[[Process], Any]) -> None:
    """Kills a provider while the call that the fault delays is under way."""
    process = runs.new()
    rule = runs.server.emulator.faults.add("delay", delay=30, times=1, **fault)

    def quietly() -> None:
        with pytest.raises(grpc.RpcError):
            act(process)

    thread = threading.Thread(target=quietly)
    thread.start()
    deadline = time.monotonic() + 30
    while not rule.struck and time.monotonic() < deadline:
        time.sleep(0.02)
    assert rule.struck
    process.kill()
    thread.join()
    runs.server.emulator.faults.clear()


def test_what_was_deleted_by_a_killed_run_is_made_again(runs: Runs) -> None:
    slug, properties = TEMPLATE
    id, inputs, outs = made(runs, slug, "thumbs", properties)
    killed_in(runs, {"method": "DELETE"}, lambda process: process.delete(slug, id, outs))
    runs.server.emulator.edit(PLACE["bucket"], PLACE["region"], "template", id=id.rsplit("/", 1)[1], delete=True)
    run = runs.new()
    assert run.diff(slug, id, outs, checked(run, slug, "thumbs", properties, inputs)) == ("DIFF_SOME", ["name"])
    assert "an earlier run was interrupted while it deleted it" in runs.said.read_text()


def test_what_a_killed_run_did_not_delete_is_left_alone(runs: Runs) -> None:
    slug, properties = TEMPLATE
    id, inputs, outs = made(runs, slug, "thumbs", properties)
    killed_in(runs, {"method": "DELETE"}, lambda process: process.delete(slug, id, outs))
    for calls in (1, 0):  # the second run has nothing left to look at
        runs.server.emulator.forget_requests()
        run = runs.new()
        assert run.diff(slug, id, outs, checked(run, slug, "thumbs", properties, inputs)) == ("DIFF_NONE", [])
        assert len(runs.server.emulator.requests) == calls


def test_an_update_of_a_killed_run_is_undone_by_the_program_of_before(runs: Runs) -> None:
    slug, properties = TEMPLATE
    id, inputs, outs = made(runs, slug, "thumbs", properties)

    def update(process: Process) -> None:
        process.update(slug, id, outs, checked(process, slug, "thumbs", {**properties, "count": 9}, inputs))

    killed_in(runs, {"method": "GET", "path": "ids="}, update)  # before the PUT
    runs.server.emulator.edit(
        PLACE["bucket"], PLACE["region"], "template", id=id.rsplit("/", 1)[1], set={"Snapshot/Count": "9"}
    )
    run = runs.new()
    same = checked(run, slug, "thumbs", properties, inputs)
    assert run.diff(slug, id, outs, same) == ("DIFF_SOME", [])
    run.update(slug, id, outs, same)
    assert "<Count>3</Count>" in runs.objects()[0]
    runs.over()
    assert runs.new().diff(slug, id, outs, same) == ("DIFF_NONE", [])


def test_an_update_that_the_state_holds_is_not_looked_at_again(runs: Runs) -> None:
    slug, properties = TEMPLATE
    id, inputs, outs = made(runs, slug, "thumbs", properties)
    run = runs.new()
    changed = checked(run, slug, "thumbs", {**properties, "count": 9}, inputs)
    after = run.update(slug, id, outs, changed)
    runs.over()
    runs.server.emulator.forget_requests()
    assert runs.new().diff(slug, id, after, changed) == ("DIFF_NONE", [])
    assert runs.server.emulator.requests == []


@pytest.mark.parametrize("operation", ["update", "delete"])
def test_a_workflow_that_a_killed_run_left_paused_is_activated(runs: Runs, operation: str) -> None:
    slug = "workflow"
    runs.server.emulator.choices = runs.server.emulator.choices.changed({"references": "free"})
    id, inputs, outs = made(runs, slug, "publish", FLOW)

    def change(process: Process) -> None:
        if operation == "delete":
            process.delete(slug, id, outs)
            return
        start = {"type": "Start", "object_prefix": "other/"}
        news = {**FLOW, "nodes": {**FLOW["nodes"], "Start": start}}
        process.update(slug, id, outs, checked(process, slug, "publish", news, inputs))

    paused = {"method": "PUT", "path": "paused"}
    process = runs.new()
    rule = runs.server.emulator.faults.add("timeout", commit=True, times=1, **paused)
    thread = threading.Thread(target=lambda: _kill_when(lambda: bool(rule.struck), process))
    thread.start()
    with pytest.raises(grpc.RpcError):
        change(process)
    thread.join()
    runs.server.emulator.faults.clear()
    assert any("<State>Paused</State>" in text for text in runs.objects())
    run = runs.new()
    same = checked(run, slug, "publish", FLOW, inputs)
    assert run.diff(slug, id, outs, same) == ("DIFF_SOME", [])
    run.update(slug, id, outs, same)
    assert any("<State>Active</State>" in text for text in runs.objects())


def _kill_when(struck: Callable[[], bool], process: Process) -> None:
    deadline = time.monotonic() + 30
    while not struck() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()


def test_a_switch_that_a_killed_run_turned_on_is_turned_off_in_the_end(runs: Runs) -> None:
    slug, properties = BINDING
    killed_in(
        runs,
        {"method": "GET", "family": "pic", "nth": 2},  # the read after it was turned on
        lambda process: process.create(slug, checked(process, slug, "bound", properties)),
    )
    run = runs.new()
    id, outs = run.create(slug, checked(run, slug, "bound", properties))
    assert "original" not in outs
    runs.over()
    runs.new().delete(slug, id, outs)
    assert "<CIStatus>off</CIStatus>" in runs.objects()


def test_a_queue_keeps_its_first_settings_over_a_killed_run(runs: Runs) -> None:
    slug, properties = QUEUE
    killed_in(
        runs,
        {"method": "GET", "path": "queueIds="},  # the read after it was changed
        lambda process: process.create(slug, checked(process, slug, "queue", properties)),
    )
    run = runs.new()
    _, outs = run.create(slug, checked(run, slug, "queue", properties))
    assert outs["original"]["name"] == "queue-1"
