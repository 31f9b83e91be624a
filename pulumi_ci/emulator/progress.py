"""How far a run is: it goes on by itself, by the clock or by the reads of it."""

from __future__ import annotations

from typing import Literal

from pulumi_ci.emulator.routing import Cloud
from pulumi_ci.emulator.store import Stored

Progress = Literal["waiting", "running", "ended"]


def progress(cloud: Cloud, item: Stored, read: bool) -> Progress:
    """How far a run is by now, as the choices say; a read of it by its id counts as one."""
    choices, counter = cloud.choices, f"reads {item.id}"
    reads = cloud.store.next(counter) if read else cloud.store.counter(counter)
    gone = cloud.clock() - item.created if choices.run_ends == "after-seconds" else reads - 1
    if choices.run_ends == "at-once" or gone >= choices.run_length:
        return "ended"
    return "running" if gone > 0 else "waiting"
