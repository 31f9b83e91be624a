"""Batched reads: one list of a kind in a bucket serves every reader, and a write drops the row it wrote.

This is a cache and nothing else: losing it costs calls, never correctness.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

Row = Any
"""One object as its API shows it: an XML element, or a JSON object."""
Load = Callable[[], dict[str, Row]]


@dataclass
class _List:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rows: dict[str, Row] | None = None
    loaded: float = 0.0
    generation: int = 0
    whole: bool = False


class Rows:
    """Lists by key (account, place, kind), each loaded once and by one thread at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = 60.0) -> None:
        self._clock, self._seconds = clock, seconds
        self._lock = threading.Lock()
        self._lists: dict[Hashable, _List] = {}

    def all(self, key: Hashable, load: Load) -> dict[str, Row]:
        """Every row that no write has dropped, by id."""
        found = self._list(key)
        with found.lock:
            if found.rows is None or self._clock() - found.loaded > self._seconds:
                # A list that a write overtook may hold the row as it was before: it is read again.
                for _ in range(3):
                    generation = found.generation
                    rows = load()
                    if found.generation == generation:
                        break
                found.rows, found.loaded, found.whole = rows, self._clock(), found.generation == generation
            return dict(found.rows)

    def whole(self, key: Hashable, load: Load) -> dict[str, Row]:
        """Every row there is, by id: a list that a write dropped a row of is read again."""
        found = self._list(key)
        with self._lock:
            if not found.whole:
                found.rows = None
        return self.all(key, load)

    def get(self, key: Hashable, id: str, load: Load) -> Row | None:
        """The row of one object, or None when the list lacks it or a write dropped it."""
        return self.all(key, load).get(id)

    def wrote(self, key: Hashable, id: str, row: Row | None = None) -> None:
        """Forgets the row of an object that was written, or puts `row`, as read afterwards, in its place."""
        found = self._list(key)
        with self._lock:
            found.generation += 1
            if found.rows is not None:
                rows = {other: kept for other, kept in found.rows.items() if other != id}
                found.rows = rows if row is None else {**rows, id: row}
                found.whole = found.whole and row is not None

    def drop(self, key: Hashable) -> None:
        """Forgets the whole list."""
        found = self._list(key)
        with self._lock:
            found.generation += 1
            found.rows = None

    def _list(self, key: Hashable) -> _List:
        with self._lock:
            return self._lists.setdefault(key, _List())
