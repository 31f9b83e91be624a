"""The most memory that a provider process took, as the system tells while it runs."""

from __future__ import annotations

import contextlib
import re
import threading
from pathlib import Path

EVERY = 0.1
"""Seconds between two looks; the system itself remembers the peak in between."""


class ProviderMemory:
    """Watches the provider processes of this user's folder: `with ProviderMemory(project) as memory: ...`.

    `peak` is in bytes; 0 where the system lists no processes as files.
    """

    def __init__(self, project: Path) -> None:
        self.peak = 0
        self._project = project.resolve()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> ProviderMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):  # it ended meanwhile, or is another user's
                    if b"pulumi.dynamic" in (process / "cmdline").read_bytes() and self._is_ours(process):
                        found = re.search(r"VmHWM:\s*(\d+) kB", (process / "status").read_text())
                        self.peak = max(self.peak, int(found[1]) * 1024 if found else 0)

    def _is_ours(self, process: Path) -> bool:
        """Whether it works in the project's folder: other engines may run on the machine."""
        return (process / "cwd").readlink() == self._project
