"""The commands on environments, as a person or a pipeline runs them: text, exit statuses, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import World

from environment.dev_and_prod import DEV, PROD, WRITES, fill
from pulumi_ci.emulator import Server

LIVE_DEV, LIVE_PROD = (f"live:{place.region}/{place.bucket}" for place in (DEV, PROD))
VALUES = ("-c", "media_queue_callback_url=https://prod.example.com/done", "-c", "publish_object_prefix=in/")


@pytest.fixture
def cloud() -> Iterator[Server]:
    with World() as world, Server(world.emulator) as server:
        fill(world)
        yield server


class Command:
    """Runs `pulumi-ci` in a folder against an emulator."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.environ = {**os.environ, **server.environment, "PULUMI_CI_PACE": "off", "COLUMNS": "160"}

    def __call__(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = self.start(*words)
        out, err = done.communicate(timeout=120)
        assert done.returncode == status, (out, err)
        return subprocess.CompletedProcess(words, done.returncode, out, err)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "pulumi_ci.cli.main", *words],
            cwd=self.folder,
            env=self.environ,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.fixture
def run(cloud: Server, tmp_path: Path) -> Command:
    return Command(cloud, tmp_path)


def test_export_compare_promote_apply(run: Command) -> None:
    run("export", LIVE_DEV, "--to", "media.yaml", "--values", "Pulumi.dev.yaml", "--project", "shop")
    written = yaml.safe_load((run.folder / "Pulumi.dev.yaml").read_text())["config"]
    assert written["ci:bucket"] == DEV.bucket
    assert written["shop:media_queue_callback_url"] == "https://dev.example.com/done"
    assert "media.yaml exists" in run("export", LIVE_DEV, "--to", "media.yaml", status=2).stderr
    program = run("export", LIVE_DEV, "--as", "program").stdout
    compile(program, "program.py", "exec")

    text = run("compare", LIVE_DEV, LIVE_PROD, status=1).stdout
    assert "+ small" in text
    assert "3 to add" in text
    told = json.loads(run("compare", LIVE_DEV, LIVE_PROD, "--format", "json", status=1).stdout)
    assert told["counts"] == {"add": 3, "change": 1, "remove": 0}

    missing = run("promote", LIVE_DEV, LIVE_PROD, "--plan", "plan.json", status=2).stderr
    assert "publish_object_prefix has no value" in missing
    assert not (run.folder / "plan.json").exists()
    (run.folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    values = {"shop:media_queue_callback_url": "https://prod.example.com/done", "shop:publish_object_prefix": "in/"}
    (run.folder / "Pulumi.prod.yaml").write_text(yaml.safe_dump({"config": values}))
    prod = f"{LIVE_PROD}@prod"
    shown = run("promote", LIVE_DEV, prod, "--plan", "plan.json", "--format", "markdown", status=1).stdout
    assert "| + | small | ci:SnapshotTemplate | `count` |  | `3` |" in shown
    assert run("apply", "plan.json", status=8).stderr  # nobody answered the question
    said = run("apply", "plan.json", "--yes").stderr
    assert "done: create publish" in said
    assert run("compare", LIVE_DEV, LIVE_PROD).stdout == "in sync\n"
    assert run("compare", LIVE_PROD, LIVE_DEV).stdout == "in sync\n"
    assert run("compare", "media.yaml@dev", LIVE_PROD).stdout == "in sync\n"


def test_a_new_variable_takes_its_value_from_the_stack(run: Command) -> None:
    (run.folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (run.folder / "media.yaml").write_text("resources: {}\n")
    config = {"ci:region": PROD.region, "ci:bucket": PROD.bucket, "publish_object_prefix": "in/"}
    stack = run.folder / "Pulumi.prod.yaml"
    stack.write_text(
        yaml.safe_dump({"config": {f"shop:{key}" if ":" not in key else key: config[key] for key in config}})
    )
    missing = run("promote", LIVE_DEV, "media.yaml@prod", "--yes", status=2).stderr
    assert "media_queue_callback_url has no value" in missing
    assert "publish_object_prefix" not in missing
    run("promote", LIVE_DEV, "media.yaml@prod", "--yes", *VALUES[:2], "-c", "media_queue_name=prod-queue")
    assert run("compare", LIVE_DEV, "media.yaml").stdout == "in sync\n"


def test_values_on_the_command_line_have_the_types_of_their_variables(run: Command) -> None:
    variables = "config: {w: integer, quick: boolean}\n"
    small = "{type: ci:SnapshotTemplate, properties: {count: 3, width: '${w}', is_check_count: '${quick}'}}"
    (run.folder / "media.yaml").write_text(f"{variables}resources: {{shots: {small}}}\n")
    words = ("media.yaml", LIVE_PROD, "-c", "w=640", "-c", "quick=false")
    assert "done: create shots" in run("promote", *words, "--yes").stderr
    assert "shots" not in run("compare", *words, status=1).stdout


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        (("export", "live:nowhere"), 2, "names no place"),
        (("export", "what"), 2, "is no source"),
        (("export", "missing.yaml"), 2, "missing.yaml:1:1: cannot be read"),
        (("compare", LIVE_DEV, "missing.json"), 2, "missing.json cannot be read"),
        (("promote", LIVE_DEV, "state.json"), 2, "only Pulumi writes"),
        (("promote", LIVE_DEV, LIVE_PROD, "-c", "x"), 2, "gives no value"),
        (("apply", "nothing.json"), 2, "does not exist"),
        (("import", "media.yaml"), 2, "is no live place"),
    ],
)
def test_mistakes_are_told(run: Command, words: tuple[str, ...], status: int, text: str) -> None:
    before = len(run.server.emulator.requests)
    assert text in run(*words, status=status).stderr
    assert not [r for r in run.server.emulator.requests[before:] if r.method != "GET"]


def test_refused_credentials_have_their_own_status(run: Command) -> None:
    run.environ["TENCENTCLOUD_SECRET_KEY"] = "wrong"
    assert "InvalidAuthorization" in run("export", LIVE_DEV, status=3).stderr
    del run.environ["TENCENTCLOUD_SECRET_KEY"], run.environ["TENCENTCLOUD_SECRET_ID"]
    run("export", LIVE_DEV, status=3)


def test_an_import_file_is_written_without_a_write_call(run: Command) -> None:
    before = len(run.server.emulator.requests)
    run("import", LIVE_DEV, "--file", "media.yaml", "--program", "program.py", "--values", "Pulumi.dev.yaml")
    assert {request.method for request in run.server.emulator.requests[before:]} == {"GET"}
    entries = json.loads((run.folder / "import.json").read_text())["resources"]
    assert {entry["name"] for entry in entries} >= {"small", "publish", "thumb", "media-queue"}
    for entry in entries:
        assert entry["inputs"]["__provider"] == entry["outputs"]["__provider"]
        assert entry["inputs"].items() <= entry["outputs"].items()
    run("import", LIVE_DEV, status=2)  # import.json exists


def test_a_skeleton_is_completed(run: Command) -> None:
    token = "pulumi-python:dynamic/ci:{}"
    skeleton: dict[str, Any] = {
        "resources": [
            {"type": token.format("SnapshotTemplate"), "name": "small", "id": "<PLACEHOLDER>"},
            {"type": token.format("Workflow"), "name": "absent", "id": "<PLACEHOLDER>"},
        ]
    }
    (run.folder / "skeleton.json").write_text(json.dumps(skeleton))
    said = run("import", LIVE_DEV, "--skeleton", "skeleton.json", status=1).stderr
    assert "absent: nothing of this type and name exists there" in said
    small, absent = json.loads((run.folder / "import.json").read_text())["resources"]
    assert small["id"].startswith(f"{DEV.region}/{DEV.bucket}/t1")
    assert small["inputs"]["count"] == 3
    assert absent["id"] == "<PLACEHOLDER>"


@pytest.mark.parametrize("committed", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", WRITES)
def test_killed_at_any_write_the_next_run_finishes(run: Command, name: str, committed: bool) -> None:
    """The process dies while it waits for the answer of a write, which was or was not carried out."""
    run("promote", LIVE_DEV, LIVE_PROD, "--plan", "plan.json", *VALUES, status=1)
    emulator = run.server.emulator
    method, path = WRITES[name]
    held = emulator.faults.add("timeout", method=method, path=path, bucket=PROD.bucket, times=1, commit=committed)
    killed = run.start("apply", "plan.json", "--yes")
    while not held.struck and killed.poll() is None:
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    assert killed.returncode == -9
    said = run("apply", "plan.json", "--yes").stderr
    assert ("was done: " in said) == (name != "media-queue" or committed)
    assert run("compare", LIVE_DEV, LIVE_PROD).stdout == "in sync\n"
    names = [(item.kind, item.name) for item in emulator.objects if item.bucket == PROD.bucket and item.name]
    assert sorted(names) == sorted(set(names))


def test_a_file_is_whole_whenever_the_run_is_killed(run: Command) -> None:
    run("export", LIVE_DEV, "--to", "target.yaml")
    file = run.folder / "target.yaml"
    before = file.read_text().replace("count: 3", "count: 5")
    file.write_text(before)
    whole = time.monotonic()
    run("promote", LIVE_DEV, "target.yaml", "--yes")
    whole = time.monotonic() - whole
    after = file.read_text()
    assert before != after
    for part in (0.6, 0.8, 0.9, 0.95, 1.0):
        file.write_text(before)
        running = run.start("promote", LIVE_DEV, "target.yaml", "--yes")
        time.sleep(whole * part)
        running.kill()
        running.communicate()
        assert file.read_text() in (before, after)
        run("promote", LIVE_DEV, "target.yaml", "--yes")
        assert file.read_text() == after
