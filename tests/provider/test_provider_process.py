"""The provider as the engine meets it: a process of `pulumi.dynamic`, driven over gRPC against the emulator."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import grpc  # type: ignore[import-untyped]
import pytest
from pulumi.runtime.rpc import UNKNOWN

from provider.process import PLACE, Process
from pulumi_ci.emulator import Server


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """The file with what the provider says to the engine, which shows it to the user."""
    return tmp_path / "said"


@pytest.fixture
def provider(ci_emulator: Server, said: Path) -> Iterator[Process]:
    journal = {"PULUMI_CI_JOURNAL": str(said.parent / "journal")}
    with said.open("wb") as file:
        process = Process({**ci_emulator.environment, **journal}, said=file)
    yield process
    process.close()


def test_warnings_are_told_once_and_nothing_fails(said: Path, provider: Process) -> None:
    output = {"region": "ap-beijing", "bucket": "media-1250000000", "object": "out/a.jpg"}
    nodes = {
        "Start": {"object_prefix": "in/", "type": "Start"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t1", "output": output},
    }
    news = {"dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]}, "nodes": nodes}
    for _ in range(2):
        assert provider.check("workflow", {**news, "logical_name": "project/stack/publish"})[1] == {}
    assert said.read_text().count("Workflow publish: nodes.Snapshot_a.output.object: holds no ${Number}") == 1
    assert provider.check("workflow", {**news, "logical_name": "project/stack/other"})[1] == {}
    assert "Workflow other: " in said.read_text()


SLUG = "snapshot-template"
NEWS = {"count": 3, "logical_name": "project/stack/thumbs", "sprite_snapshot_config": None}


def test_a_whole_life(provider: Process, ci_emulator: Server) -> None:
    inputs, failures = provider.check(SLUG, NEWS)
    assert failures == {}
    assert inputs["name"].startswith("thumbs-")
    filled_in = {**PLACE, "name": inputs["name"], "logical_name": NEWS["logical_name"]}
    assert inputs == {**filled_in, "count": 3}, "place and name filled in"
    id, outs = provider.create(SLUG, inputs)
    assert id == f"ap-beijing/media-1250000000/{ci_emulator.emulator.objects[-1].id}"
    assert {name: outs[name] for name in inputs} == inputs
    assert outs.keys() == {*inputs, "create_time"}, "no more than that, since the engine writes all of it at every step"
    assert provider.read(SLUG, id, outs) == (id, outs, None), "as recorded"
    assert provider.diff(SLUG, id, outs, inputs) == ("DIFF_NONE", [])
    changed, _ = provider.check(SLUG, {**NEWS, "count": 4}, inputs)
    assert changed["name"] == inputs["name"]
    assert provider.diff(SLUG, id, outs, changed) == ("DIFF_UNKNOWN", [])
    after = provider.update(SLUG, id, outs, changed)
    assert after["count"] == 4
    assert "<Count>4</Count>" in ci_emulator.emulator.requests[-2].body, "a whole number, though Pulumi sends floats"
    provider.delete(SLUG, id, after)
    provider.delete(SLUG, id, after)
    assert provider.read(SLUG, id, after) == ("", {}, None), "gone is no error"


def test_drift_comes_back_as_inputs(provider: Process, ci_emulator: Server) -> None:
    inputs, _ = provider.check(SLUG, NEWS)
    id, outs = provider.create(SLUG, inputs)
    words = {"Snapshot/Count": "9", "Snapshot/Width": "640"}
    ci_emulator.emulator.edit(PLACE["bucket"], PLACE["region"], "template", id=id.split("/")[2], set=words)
    fresh = Process(dict(ci_emulator.environment), {"ci:pace": "off"})  # a refresh is a process of its own
    seen_id, seen_outs, seen = fresh.read(SLUG, id, outs)
    live = {**inputs, "count": 9, "width": 640}
    assert (seen_id, seen) == (id, live)
    assert {name: seen_outs[name] for name in live} == live
    assert fresh.diff(SLUG, id, seen_outs, inputs) == ("DIFF_UNKNOWN", [])
    fresh.close()


def test_get_needs_nothing_but_the_id(provider: Process) -> None:
    inputs, _ = provider.check(SLUG, {**NEWS, "mode": "Average"})
    id, outs = provider.create(SLUG, inputs)
    _, found, seen = provider.read(SLUG, id, {})
    assert (found["count"], found["mode"], found["name"], found["create_time"]) == (
        *(3, "Average", inputs["name"]),
        outs["create_time"],
    )
    assert {**PLACE, "count": 3, "mode": "Average", "name": inputs["name"]} == seen


def test_unknowns_pass_through_check_and_differ(provider: Process) -> None:
    inputs, failures = provider.check(SLUG, {**NEWS, "width": UNKNOWN, "sprite_snapshot_config": {"color": UNKNOWN}})
    assert (inputs["width"], inputs["name"]) == (UNKNOWN, UNKNOWN)
    assert inputs["sprite_snapshot_config"] == {"color": UNKNOWN}
    assert failures.keys() == {"sprite_snapshot_config.columns", "sprite_snapshot_config.lines"}
    assert provider.diff(SLUG, "i", {**PLACE, "count": 3}, {**PLACE, "count": UNKNOWN}) == ("DIFF_UNKNOWN", [])
    moved = {**PLACE, "bucket": UNKNOWN, "count": 3}
    assert provider.diff(SLUG, "i", {**PLACE, "count": 3}, moved) == ("DIFF_UNKNOWN", ["bucket"])


def test_every_failure_with_its_path(provider: Process) -> None:
    news = {**NEWS, "count": 0.5, "mod": "x", "sprite_snapshot_config": {"columns": 0, "lines": 1, "color": "White"}}
    _, failures = provider.check(SLUG, news)
    assert failures.keys() == {"count", "mod", "sprite_snapshot_config.columns"}
    assert "did you mean mode?" in failures["mod"]


def test_replacement_by_an_immutable_field(provider: Process) -> None:
    old = {**PLACE, "style_name": "a", "style_body": "imageMogr2/thumbnail/50x"}
    assert provider.diff("image-style", "i", old, {**old, "style_name": "b"}) == ("DIFF_UNKNOWN", ["style_name"])
    assert provider.diff("image-style", "i", old, {**old, "bucket": "b-12345678"}) == ("DIFF_UNKNOWN", ["bucket"])


def test_a_secret_stays_under_its_own_name(provider: Process, ci_emulator: Server) -> None:
    """The engine marks what comes back by the path of the input, so a secret must stand where it stood."""
    encrypt = {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": "planted-secret"}}
    news = {"logical_name": "p/s/t", "container": {"format": "hls"}, "video": {"codec": "H.264"}}
    inputs, failures = provider.check("transcode-template", {**news, "trans_config": encrypt})
    assert failures == {}
    id, outs = provider.create("transcode-template", inputs)
    local = id.split("/")[2]
    ci_emulator.emulator.edit(PLACE["bucket"], PLACE["region"], "template", id=local, set={"Name": "by-hand"})
    fresh = Process(dict(ci_emulator.environment), {"ci:pace": "off"})
    read = fresh.read("transcode-template", id, outs)
    fresh.close()
    for values in (outs, *read[1:]):
        assert values is not None
        assert values["trans_config"] == encrypt
        rest = {name: value for name, value in values.items() if name != "trans_config"}
        assert "planted-secret" not in str(rest)
    _, looked_up, _ = provider.read("transcode-template", id, {})
    assert looked_up["trans_config"]["hls_encrypt"]["is_hls_encrypt"] is True
    assert "planted-secret" not in str(looked_up), "a secret that nobody declared is not shown"


def test_an_error_is_one_paragraph_without_keys(provider: Process, ci_emulator: Server) -> None:
    inputs, _ = provider.check(SLUG, NEWS)
    ci_emulator.emulator.faults.add("error", method="POST", status=403, code="AccessDenied")
    with pytest.raises(grpc.RpcError) as caught:
        provider.create(SLUG, inputs)
    shown = str(caught.value)
    for word in ("SnapshotTemplate", "media-1250000000", "create", "AccessDenied", "request id"):
        assert word in shown
    assert shown.count("During handling") == shown.count("direct cause") == 0, "no chain of traces"
    for planted in (ci_emulator.secret_key, ci_emulator.secret_id, "q-signature"):
        assert planted not in shown


def test_without_credentials_a_preview_works_and_a_call_says_what_was_tried(ci_emulator: Server) -> None:
    process = Process({"PULUMI_CI_ENDPOINT": ci_emulator.url}, {"ci:region": "ap-beijing", "ci:bucket": "b-12345678"})
    inputs, failures = process.check(SLUG, NEWS)
    assert failures == {}
    with pytest.raises(grpc.RpcError, match="TENCENTCLOUD_SECRET_ID"):
        process.create(SLUG, inputs)
    process.close()
    assert ci_emulator.emulator.requests == []


def test_keys_of_the_environment_win_over_those_of_the_config(ci_emulator: Server) -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "wrong-key"}
    config = {
        "ci:secretId": "wrong-id",
        "ci:secretKey": secret,
        "ci:pace": "off",
        **{f"ci:{k}": v for k, v in PLACE.items()},
    }
    process = Process(dict(ci_emulator.environment), config)
    process.create(SLUG, process.check(SLUG, NEWS)[0])
    process.close()
    process = Process({"PULUMI_CI_ENDPOINT": ci_emulator.url}, config)
    with pytest.raises(grpc.RpcError, match="SecretidNotExist") as caught:
        process.create(SLUG, process.check(SLUG, {**NEWS, "count": 7})[0])
    assert "wrong-key" not in str(caught.value)
    process.close()


LEAVING = """
import gc
from pulumi.dynamic import Config, ConfigureRequest
from pulumi_ci.state import load

provider = load("snapshot-template")
assert gc.isenabled() and gc.get_freeze_count() == 0, "opening the door changes nothing for the process"
provider.configure(ConfigureRequest(Config({"ci:pace": "off"}, "project")))
declarations = gc.get_freeze_count()
provider.read("ap-beijing/media-1250000000/t1", {"count": 1})
client = gc.get_freeze_count()
provider.read("ap-beijing/media-1250000000/t1", {"count": 1})
gc.disable()
load("hotlink").configure(ConfigureRequest(Config({}, "project")))
assert not gc.isenabled()
print(declarations > 10_000, client > declarations, client - 100 < gc.get_freeze_count() <= client)
"""


def test_an_ending_process_does_not_take_apart_what_it_loaded(ci_emulator: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVING], env=dict(ci_emulator.environment), capture_output=True, text=True, check=True
    )
    # Python's own caches may let go of something old meanwhile.
    assert done.stdout == "True True True\n", "once after the declarations, once with the client, and never again"


def test_four_calls_at_once(provider: Process, ci_emulator: Server) -> None:
    made: list[str] = []

    def work(number: int) -> None:
        for turn in range(5):
            inputs, _ = provider.check(SLUG, {**NEWS, "logical_name": f"p/s/n{number}-{turn}"})
            made.append(provider.create(SLUG, inputs)[0])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(made)) == 20
    assert len(ci_emulator.emulator.objects) == 20
