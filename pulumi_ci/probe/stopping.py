"""Signals that end a probe: the first one stops it, and none stops the clearing up that follows."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Stopped(KeyboardInterrupt):
    """The probe was told to end."""


class Stopping:
    """While it is entered, a signal raises Stopped once; signals after that, or after `shield`, do nothing."""

    def __init__(self) -> None:
        self._shielded = False
        self._before: dict[int, Any] = {}

    def shield(self) -> None:
        """From now on no signal ends anything."""
        self._shielded = True

    def __enter__(self) -> Stopping:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._stop) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self._shielded:
            self._shielded = True
            raise Stopped(signal.Signals(number).name)
