"""Keeps calls to the documented rates, over all threads of the process, and below them while the service says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

RATES = {("pic", True): 1.0, ("pic", False): 10.0}
"""Calls a second by host family and whether it writes. Source: 030, kept for every call on the pic host."""

ACTION_RATE = 20.0
"""Calls a second of each action of a JSON API. Source: vod-CreateProcessImageAsyncTemplate."""

_FIRST = 20.0
"""Calls a second that a slowed-down key without a documented rate begins from."""
_LEAST = 1 / 8
"""Smallest share of the rate."""
_STEP = 1 / 16
"""What a good answer gives back of it."""


@dataclass
class _Key:
    next: float
    share: float = 1.0
    """How much of the rate is used: halved by each throttled answer, given back bit by bit by good ones."""
    slowed: float = float("-inf")


class Pace:
    """Hands out starting times: calls of one key are at least `1 / rate` seconds apart.

    Other processes may use up the same rate. So a throttled answer halves the pace of its key, and good answers bring
    it back; a process that halves early and recovers slowly finds its share beside the others.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._keys: dict[Hashable, _Key] = {}

    def wait(self, key: Hashable, rate: float | None) -> float:
        """Returns when a call of `key` may start, with that time.

        `rate` is in calls a second; None = as many as one likes, until one is throttled.
        """
        with self._lock:
            now = self._clock()
            found = self._keys.setdefault(key, _Key(now))
            start = max(now, found.next)
            if rate is not None or found.share < 1:
                found.next = start + 1 / ((rate or _FIRST) * found.share)
        if start > now:
            self._sleep(start - now)
        return start

    def slower(self, key: Hashable, started: float) -> None:
        """Notes that a call that started then was throttled; those that were under way together count once."""
        with self._lock:
            found = self._keys[key]
            if started > found.slowed:
                found.share, found.slowed = max(found.share / 2, _LEAST), self._clock()

    def faster(self, key: Hashable) -> None:
        """Notes that a call was answered."""
        with self._lock:
            found = self._keys[key]
            found.share = min(found.share + _STEP, 1)
