"""Keeps calls to the documented rates, over all threads of the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable


class Pace:
    """Hands out starting times: calls of one key are at least `1 / rate` seconds apart."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next: dict[Hashable, float] = {}

    def wait(self, key: Hashable, rate: float) -> None:
        """Returns when a call of `key` may start; `rate` is in calls a second."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next.get(key, now))
            self._next[key] = start + 1 / rate
        if start > now:
            self._sleep(start - now)


RATES = {("pic", True): 1.0, ("pic", False): 10.0}
"""Calls a second by host family and whether it writes. Source: 030, kept for every call on the pic host."""

ACTION_RATE = 20.0
"""Calls a second of each action of a JSON API. Source: vod-CreateProcessImageAsyncTemplate."""
