"""Refuses calls beyond the documented rates, as long as the choice `throttle` says so.

Source: 030, vod-CreateProcessImageAsyncTemplate.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable

from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import JSON_FAMILIES, Call

WRITES, READS, ACTIONS = 1, 10, 20
"""Calls a second: writes and reads of a bucket's settings and styles, and each action of a JSON API."""
_SECOND = 0.99
"""Seconds for which a call counts: a little less than one, since calls a second apart may arrive a bit closer."""


class Throttle:
    """Counts the calls of the last second; those that were refused do not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._taken: dict[Hashable, deque[float]] = {}

    def take(self, call: Call) -> None:
        """Counts one call. Raises CloudError when the rate of its class is used up."""
        limit = _limit(call)
        if limit is None:
            return
        key, most = limit
        now, taken = self._clock(), self._taken.setdefault(key, deque())
        while taken and now - taken[0] >= _SECOND:
            taken.popleft()
        if len(taken) >= most:
            raise CloudError("SlowDown", f"more than {most} calls a second")
        taken.append(now)


def _limit(call: Call) -> tuple[Hashable, int] | None:
    """What is counted together with the call, and how many of these a second may bring; None = any number."""
    if call.family in JSON_FAMILIES:
        return (call.family, call.action), ACTIONS
    if call.family == "pic":
        writes = call.method != "GET"
        return (call.region, call.bucket, writes), WRITES if writes else READS
    return None
