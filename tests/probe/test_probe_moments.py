"""A probe that is killed while something is changed: `--clean` puts it back."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from probe_rig import bound, in_use, unbound
from probe_scene import Scene

MOMENTS = {
    "bound for the time being": ("PUT /?", 1, unbound),
    "unbound": ("PUT /?unbind", 1, in_use),
    "unbound again": ("PUT /?unbind", 1, unbound),
    "unbound and used": ("POST /template?", -1, in_use),
    "hotlink changed": ("PUT /?hotlink", 1, in_use),
    "hotlink off": ("PUT /?hotlink", 2, unbound),
    "origin protected": ("PUT /?origin-protect", 1, bound),
    "Guetzli off": ("DELETE /?guetzli", 1, in_use),
    "service on": ("POST /mediabucket?", 1, unbound),
    "queue changed": ("PUT /queue/", 2, in_use),
    "picture queue changed": ("PUT /picqueue/", 2, unbound),
    "workflow active": ("PUT /workflow/", 1, bound),
    "run started": ("POST /inventorytriggerjob?", 1, bound),
}
"""Calls after which something is changed: how they begin, the how manieth of them (-1 = after the unbind), and the
bucket."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_something_is_changed(tmp_path: Path, moment: str) -> None:
    begins, which, before = MOMENTS[moment]
    scene = Scene(before, tmp_path)
    scene.emulator.done_first = True

    def strikes(came: int, call: str) -> bool:
        if which < 0:
            return call.startswith(begins) and "PUT /?unbind" in scene.emulator.came
        return call.startswith(begins) and sum(one.startswith(begins) for one in scene.emulator.came) == which

    scene.emulator.strikes = strikes
    status, cleaned, left = scene.run()
    assert (status, left) == (-signal.SIGKILL, [])
    assert cleaned is not None
    assert cleaned.troubles == []
