"""The phases in the life of a stack, each run by the real engine and measured."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import ProviderMemory
from benchmarks.programs import Program
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine

PHASES = {
    "up": ("up", "--yes", "--skip-preview"),
    "preview": ("preview", "--expect-no-changes"),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "preview --refresh": ("preview", "--refresh", "--expect-no-changes"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
"""The words of the command by phase, in the order in which they are run."""
TURNS = {"up": 1, "preview": 5, "refresh": 25, "preview --refresh": 5, "destroy": 1}
"""How often a phase is run: those that leave all as it was more than once, so that a median can be taken.

A refresh is over in a moment, in which any neighbour on the machine tells, and so needs more turns than the others.
"""


@dataclass(frozen=True)
class Turn:
    """What a phase cost once."""

    seconds: float
    calls: int
    bytes: int
    """Bodies of requests and answers."""
    memory: int
    """Peak of the provider process in bytes."""


@dataclass(frozen=True)
class Run:
    """One phase of one program with `n` resources: the median of its turns' seconds, the most of their other costs."""

    program: str
    n: int
    phase: str
    turns: tuple[Turn, ...]
    """In the order in which the programs of a phase took them."""
    state: int
    """Bytes of a resource in the state after the phase, on average."""

    @property
    def seconds(self) -> float:
        return statistics.median(turn.seconds for turn in self.turns)

    @property
    def calls(self) -> int:
        return max(turn.calls for turn in self.turns)

    @property
    def bytes(self) -> int:
        return max(turn.bytes for turn in self.turns)

    @property
    def memory(self) -> int:
        return max(turn.memory for turn in self.turns)

    def ratio(self, floor: Run) -> float:
        """Its seconds as a multiple of another program's: the median over the turns.

        Each turn is held against the other's of the same moment, because the pace of a shared machine drifts: over 50
        refreshes of 1,000 resources that told the same within 0.05, where the fastest of each told it within 0.15.
        """
        return statistics.median(mine.seconds / its.seconds for mine, its in zip(self.turns, floor.turns, strict=True))


class Stack:
    """A project with one stack, in a folder of its own, that talks to the emulator."""

    def __init__(self, engine: Engine, server: Server, folder: Path, program: Program, n: int) -> None:
        self.program, self.n, self._engine, self._server = program, n, engine, server
        self._project = folder / f"{program.name}-{n}"
        self._project.mkdir(parents=True)
        config = f"{{ci:region: ap-beijing, ci:bucket: {program.bucket}}}"
        (self._project / "Pulumi.yaml").write_text(f"name: {program.name}\nruntime: python\n")
        (self._project / "Pulumi.bench.yaml").write_text(f"config: {config}\n")
        (self._project / "__main__.py").write_text(program.source.format(n=n))
        for name, text in program.modules.items():
            (self._project / name).write_text(text)
        environment = engine.environment(self._project / "state", "bench", os.environ, home=folder / "home")
        self._environment = {**environment, **server.environment, "PULUMI_CI_PACE": "off"}
        self._environment["PULUMI_CI_JOURNAL"] = str(folder / "journal")
        self._pulumi("stack", "init", "bench")

    def take_turn(self, phase: str) -> Turn:
        """Runs a phase once. Raises RuntimeError when the engine refuses."""
        self._server.emulator.forget_requests()
        with ProviderMemory(self._project) as memory:
            begin = time.perf_counter()
            self._pulumi(*PHASES[phase])
            seconds = time.perf_counter() - begin
        requests = self._server.emulator.requests
        sent = sum(request.body_length + request.answer_length for request in requests)
        return Turn(seconds, len(requests), sent, memory.peak)

    def run(self, phase: str, turns: Sequence[Turn]) -> Run:
        """The turns of the phase that has just ended, and the state that it leaves."""
        return Run(self.program.name, self.n, phase, tuple(turns), self._state())

    def _state(self) -> int:
        resources = json.loads(self._pulumi("stack", "export"))["deployment"].get("resources", [])
        ours = [json.dumps(item) for item in resources if item["type"].startswith("pulumi-python:dynamic/")]
        return sum(map(len, ours)) // len(ours) if ours else 0

    def _pulumi(self, *words: str) -> str:
        command = [str(self._engine.command), *words, "--non-interactive", "--color=never"]
        done = subprocess.run(command, cwd=self._project, env=self._environment, capture_output=True, text=True)
        if done.returncode:
            said = f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
            raise RuntimeError(f"pulumi {' '.join(words)} failed in {self._project.name}:\n{said}")
        return done.stdout
