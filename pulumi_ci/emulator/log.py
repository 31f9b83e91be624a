"""The requests that the emulated cloud got, with its answers; the oldest go when there are too many."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

KEPT = 20_000
"""How many requests are held."""
KEPT_BYTES = 64 * 2**20
"""How many bytes of bodies and answers are held: lists of a full bucket would otherwise fill the memory."""


@dataclass(frozen=True)
class Request:
    """One request; it holds no headers, so no signature, key or token either."""

    at: float
    """When the call arrived, by the clock that the emulator was given."""
    method: str
    host: str
    family: str
    region: str
    bucket: str
    path: str
    action: str
    query: str
    body: str
    body_length: int
    status: int
    """HTTP status; of a lost answer the one that it would have had, 0 when the call was not done."""
    answer: str
    answer_length: int
    fault: str
    """Effect of the fault that struck it, or ""."""


class Log:
    """The latest requests, oldest first."""

    def __init__(self, kept: int = KEPT, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept, self._kept_bytes = kept, kept_bytes
        self._requests: deque[Request] = deque()
        self._bytes = 0
        self._lock = threading.Lock()

    def add(self, request: Request) -> None:
        """Adds one, which stays at least until the next."""
        with self._lock:
            self._requests.append(request)
            self._bytes += request.body_length + request.answer_length
            while len(self._requests) > 1 and (len(self._requests) > self._kept or self._bytes > self._kept_bytes):
                gone = self._requests.popleft()
                self._bytes -= gone.body_length + gone.answer_length

    def all(self) -> list[Request]:
        """The requests that are held."""
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """Forgets them."""
        with self._lock:
            self._requests.clear()
            self._bytes = 0
