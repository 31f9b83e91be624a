"""A probe that is killed or stopped at any call leaves nothing, once it or `--clean` has cleared up."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from probe_rig import bound, in_use, unbound
from probe_scene import Scene

from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Emulator

ALL_CALLS = 1150
"""A little less than a whole probe sends."""


@pytest.mark.parametrize(("seed", "before"), [(1, unbound), (2, bound), (3, in_use)])
def test_killed_at_any_call(tmp_path: Path, seed: int, before: Callable[[Emulator], None]) -> None:
    rng = random.Random(seed)
    for turn in range(3):
        number = rng.randrange(5, ALL_CALLS)
        folder = tmp_path / str(turn)
        folder.mkdir()
        scene = Scene(before, folder)
        scene.emulator.done_first = rng.random() < 0.5
        scene.emulator.strikes = lambda came, call, number=number: came == number  # type: ignore[misc]
        status, cleaned, left = scene.run()
        assert (status, left) == (-signal.SIGKILL, []), f"killed at call {number}: {scene.emulator.came[-1]}"
        assert cleaned is not None
        assert cleaned.troubles == []


def test_objects_are_found_without_the_file(tmp_path: Path) -> None:
    scene = Scene(in_use, tmp_path)
    scene.emulator.strikes = lambda came, call: came > 100 and call.startswith("POST /workflow")
    status, cleaned, left = scene.run("journal.json")
    assert (status, left) == (-signal.SIGKILL, [])
    assert cleaned is not None
    assert cleaned.removed


@pytest.mark.parametrize("number", [60, 500, 1100])
def test_stopped_it_clears_up_by_itself_whatever_comes_then(tmp_path: Path, number: int) -> None:
    scene = Scene(in_use, tmp_path)
    scene.emulator.signal = signal.SIGTERM if number % 3 else signal.SIGINT
    scene.emulator.strikes = lambda came, call: came >= number
    status, _, left = scene.run()
    assert (status, left) == (exit_codes.CANCELLED, [])
