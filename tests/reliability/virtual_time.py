"""Time that only sleeping moves, for threads that take turns: many processes' hours in a moment, always the same."""

from __future__ import annotations

import threading
from collections.abc import Callable


class VirtualTime:
    """Runs several works, each in a thread of its own; only the one whose sleep ends first goes on."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self._now = now
        self._turn = threading.Condition()
        self._wakes: dict[str, float] = {}
        self._live = 0

    def clock(self) -> float:
        """The time in seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Lets the others go on until then."""
        me = threading.current_thread().name
        with self._turn:
            self._wakes[me] = self._now + seconds
            self._pass_on()
            assert self._turn.wait_for(lambda: me not in self._wakes, timeout=60), "the others hang"

    def run(self, *works: Callable[[], None]) -> None:
        """Runs all of them to their ends; raises the first of their errors."""
        errors: list[BaseException] = []

        def begun(work: Callable[[], None]) -> None:
            try:
                self.sleep(0)
                work()
            except BaseException as error:
                errors.append(error)
            finally:
                with self._turn:
                    self._live -= 1
                    self._pass_on()

        self._live = len(works)
        threads = [threading.Thread(target=begun, args=(work,), name=f"work-{n}") for n, work in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        if errors:
            raise errors[0]

    def _pass_on(self) -> None:
        if self._wakes and len(self._wakes) == self._live:
            first = min(self._wakes, key=lambda name: (self._wakes[name], name))
            self._now = max(self._now, self._wakes.pop(first))
            self._turn.notify_all()
