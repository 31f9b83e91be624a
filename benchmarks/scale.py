"""Calls and time of N resources on the real engine, beside a do-nothing dynamic resource in the same run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pulumi_ci.emulator import Emulator, Server
from pulumi_ci.engine import Engine, ensure

RESULTS = Path(__file__).parent / "results"
STEPS = (
    ("up", ("up", "--yes", "--skip-preview")),
    ("preview", ("preview",)),
    ("refresh", ("refresh", "--yes", "--skip-preview")),
    ("preview --refresh", ("preview", "--refresh")),
    ("destroy", ("destroy", "--yes", "--skip-preview")),
)

OURS = """
import pulumi_ci as ci
for number in range({n}):
    ci.SnapshotTemplate(f"thumbs-{{number}}", mode="Interval", time_interval=10, count=6, width=640)
"""
NOTHING = """
from nothing import Nothing
for number in range({n}):
    Nothing(f"thumbs-{{number}}", {{"mode": "Interval", "time_interval": 10, "count": 6, "width": 640}})
"""
NOTHING_MODULE = """
from pulumi import dynamic

class Provider(dynamic.ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return dynamic.CreateResult("nothing", props)

    def read(self, id_, props):
        return dynamic.ReadResult(id_, props)

class Nothing(dynamic.Resource, module="bench", name="Nothing"):
    def __init__(self, name, props):
        super().__init__(Provider(), name, props)
"""


@dataclass
class Run:
    """One step of one program."""

    step: str
    seconds: float
    calls: int
    bytes: int


def measure(engine: Engine, server: Server, folder: Path, name: str, program: str) -> list[Run]:
    """Runs every step of a program in a project of its own."""
    project = folder / name
    project.mkdir()
    (project / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    (project / "__main__.py").write_text(program)
    (project / "nothing.py").write_text(NOTHING_MODULE)
    environment = engine.environment(folder / f"{name}-state", "bench", os.environ, home=folder / "home")
    environment |= {**server.environment, "PULUMI_CI_PACE": "off"}

    def pulumi(*words: str) -> None:
        command = [str(engine.command), *words, "--non-interactive"]
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"pulumi {' '.join(words)} failed in {name}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")

    pulumi("stack", "init", "bench")
    pulumi("config", "set", "ci:region", "ap-beijing")
    pulumi("config", "set", "ci:bucket", "bench-1250000000")
    runs = []
    for step, words in STEPS:
        server.emulator.forget_requests()
        begin = time.perf_counter()
        pulumi(*words)
        seconds = time.perf_counter() - begin
        sent = sum(request.body_length + request.answer_length for request in server.emulator.requests)
        runs.append(Run(step, seconds, len(server.emulator.requests), sent))
    return runs


def main() -> None:
    """Measures N resources (first argument, 300 by default), prints a table and writes it as JSON."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    engine = ensure()
    folder = Path(tempfile.mkdtemp(prefix="pulumi-ci-bench-"))
    emulator = Emulator()
    try:
        with Server(emulator) as server:
            nothing = measure(engine, server, folder, "nothing", NOTHING.format(n=n))
            ours = measure(engine, server, folder, "ours", OURS.format(n=n))
    finally:
        emulator.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{n} SnapshotTemplates beside {n} do-nothing dynamic resources, same engine, same run")
    print(f"{'step':20}{'calls':>8}{'KiB':>8}{'seconds':>10}{'nothing':>10}{'ratio':>8}")
    for mine, floor in zip(ours, nothing, strict=True):
        ratio = mine.seconds / floor.seconds
        line = (
            f"{mine.step:20}{mine.calls:8}{mine.bytes // 1024:8}{mine.seconds:10.1f}{floor.seconds:10.1f}{ratio:8.2f}"
        )
        print(line)
    RESULTS.mkdir(exist_ok=True)
    record = {"n": n, "ours": [vars(run) for run in ours], "nothing": [vars(run) for run in nothing]}
    (RESULTS / f"scale-{n}.json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
