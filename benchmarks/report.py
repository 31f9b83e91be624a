"""The measurements as a table for people and as JSON for programs."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.growth import exponent
from benchmarks.phases import PHASES, Run
from benchmarks.programs import BARE, NOTHING, OURS, PROGRAMS, Program

COSTS = ("seconds", "calls", "bytes", "memory")
KINDS = 1
"""How many kinds the programs use."""


def most_calls(n: int) -> float:
    """The goal for a quiet preview and a refresh of N resources in one bucket."""
    return n / 100 + 2 * KINDS


def ratio(run: Run, runs: Iterable[Run], beside: Program = NOTHING) -> float:
    """Its time as a multiple of what another program, one whose resources do nothing, takes."""
    return run.ratio(next(r for r in runs if (r.program, r.n, r.phase) == (beside.name, run.n, run.phase)))


def growth(runs: Sequence[Run], program: str, phase: str, cost: str) -> float | None:
    """The exponent with which a cost of a phase grows."""
    chosen = [run for run in runs if (run.program, run.phase) == (program, phase)]
    return exponent({run.n: getattr(run, cost) for run in chosen})


def table(runs: Sequence[Run]) -> str:
    """The measurements, one phase under the other, and how they grow."""
    columns = {"seconds": 9, "ratio": 7, "bare": 7, "calls": 7, "KiB": 8, "MiB": 7, "state": 7}
    lines = [f"{'':20}{'N':>6}  {'program':9}" + "".join(f"{name:>{width}}" for name, width in columns.items())]
    for phase in PHASES:
        lines.append("")
        for run in sorted((run for run in runs if run.phase == phase), key=lambda run: run.n):
            lines.append(
                f"{phase:20}{run.n:6}  {run.program:9}{run.seconds:9.2f}{ratio(run, runs):7.2f}"
                f"{ratio(run, runs, BARE):7.2f}{run.calls:7}"
                f"{run.bytes / 1024:8.0f}{run.memory / 2**20:7.0f}{run.state:7}"
            )
    lines += ["", f"grows as N^k, k ={'':12}{'program':9}" + "".join(f"{cost:>9}" for cost in COSTS)]
    for phase in PHASES:
        for program in PROGRAMS:
            ks = [growth(runs, program.name, phase, cost) for cost in COSTS]
            shown = "".join(f"{'-' if k is None else format(k, '.2f'):>9}" for k in ks)
            lines.append(f"{phase:28}{program.name:9}{shown}")
    return "\n".join([*lines, "", *verdicts(runs)])


def verdicts(runs: Sequence[Run]) -> list[str]:
    """What ours comes to beside the goals, at the largest size."""
    largest = max(run.n for run in runs)
    ours = {run.phase: run for run in runs if (run.program, run.n) == (OURS.name, largest)}
    lines = [
        f"goals at {largest} resources: at most N/100 + {2 * KINDS} calls to look, 1.2 times the time of resources "
        "that do nothing and have the same inputs"
    ]
    for phase, run in ours.items():
        if phase == "destroy":
            continue
        few = "" if phase == "up" else f"calls {run.calls} of {most_calls(largest):.0f}, "
        met = ratio(run, runs) <= 1.2 and (phase == "up" or run.calls <= most_calls(largest))
        lines.append(
            f"  {phase:20}{few}time {ratio(run, runs):.2f}: {'met' if met else 'NOT met'} "
            f"(beside bare ones {ratio(run, runs, BARE):.2f})"
        )
    return lines


def record(runs: Sequence[Run], engine: str) -> dict[str, Any]:
    """All of it, to be written as JSON."""
    ks = {
        program.name: {phase: {cost: growth(runs, program.name, phase, cost) for cost in COSTS} for phase in PHASES}
        for program in PROGRAMS
    }
    about = {"engine": engine, "python": platform.python_version(), "machine": platform.machine()}
    return {
        **about,
        "runs": [
            asdict(run)
            | {cost: getattr(run, cost) for cost in COSTS}
            | {"ratio": ratio(run, runs), "bare": ratio(run, runs, BARE)}
            for run in runs
        ],
        "growth": ks,
    }
