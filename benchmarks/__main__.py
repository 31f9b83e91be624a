"""Measures each size, prints the table and writes it as JSON."""

from __future__ import annotations

import argparse
import compileall
import json
import shutil
import sys
import tempfile
from pathlib import Path

import pulumi_ci
from benchmarks.phases import PHASES, TURNS, Run, Stack, Turn
from benchmarks.programs import PROGRAMS
from benchmarks.report import record, table
from pulumi_ci.emulator import Emulator, Server
from pulumi_ci.engine import Engine, ensure


def main() -> None:
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("n", nargs="*", type=int, default=[10, 30, 100, 300], help="how many resources (10 30 100 300)")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results.json", help="the file of JSON")
    given = parser.parse_args()
    # An installer compiles; a checkout may not be (PYTHONDONTWRITEBYTECODE), and would be at every start.
    compileall.compile_dir(Path(pulumi_ci.__file__).parent, quiet=1)
    engine, runs = ensure(), []
    for n in sorted(set(given.n)):
        runs += measure(engine, n)
    print(table(runs))
    fresh = given.output.with_name(f"{given.output.name}.new")
    fresh.write_text(json.dumps(record(runs, engine.version), indent=2) + "\n")
    fresh.replace(given.output)


def measure(engine: Engine, n: int) -> list[Run]:
    """Every phase with N resources.

    The programs take turns in each phase, and in going first, so that a busy machine is busy for all.
    """
    folder = Path(tempfile.mkdtemp(prefix="pulumi-ci-bench-"))
    emulator, runs = Emulator(), []
    try:
        with Server(emulator) as server:
            stacks = [Stack(engine, server, folder, program, n) for program in PROGRAMS if n <= (program.most or n)]
            for phase in PHASES:
                turns: dict[Stack, list[Turn]] = {stack: [] for stack in stacks}
                for number in range(TURNS[phase]):
                    first = number % len(stacks)
                    for stack in stacks[first:] + stacks[:first]:
                        turns[stack].append(stack.take_turn(phase))
                found = [stack.run(phase, of_one) for stack, of_one in turns.items()]
                runs += found
                print(f"{n:6} {phase:20}" + "".join(f"{r.program:>9} {r.seconds:.1f}s" for r in found), file=sys.stderr)
    finally:
        emulator.close()
        shutil.rmtree(folder, ignore_errors=True)
    return runs


if __name__ == "__main__":
    main()
