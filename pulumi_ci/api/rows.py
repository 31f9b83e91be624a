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
class _Table:
    """Rows by id and, once somebody has asked for a name, ids by name."""

    rows: dict[str, Row]
    names: dict[str, dict[str, None]] | None = None
    name_of: Callable[[Row], str] = str

    def named(self, name: str, name_of: Callable[[Row], str]) -> dict[str, Row]:
        if self.names is None:
            self.names, self.name_of = {}, name_of
            for id, row in self.rows.items():
                self.names.setdefault(name_of(row), {})[id] = None
        return {id: self.rows[id] for id in self.names.get(name, ())}

    def put(self, id: str, row: Row | None) -> None:
        old = self.rows.pop(id, None)
        if old is not None and self.names is not None:
            del self.names[self.name_of(old)][id]
        if row is not None:
            self.rows[id] = row
            if self.names is not None:
                self.names.setdefault(self.name_of(row), {})[id] = None


@dataclass
class _List:
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held while a thread loads."""
    table: _Table | None = None
    loaded: float = 0.0
    generation: int = 0
    whole: bool = False


class Rows:
    """Lists by key (account, place, kind), each loaded once and by one thread at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = 60.0) -> None:
        self._clock, self._seconds = clock, seconds
        self._lock = threading.Lock()
        """Held while a table is read or changed, never while one is loaded."""
        self._lists: dict[Hashable, _List] = {}

    def all(self, key: Hashable, load: Load) -> dict[str, Row]:
        """Every row that no write has dropped, by id."""
        table = self._table(key, load)
        with self._lock:
            return dict(table.rows)

    def whole(self, key: Hashable, load: Load) -> dict[str, Row]:
        """Every row there is, by id: a list that a write dropped a row of is read again."""
        found = self._list(key)
        with self._lock:
            if not found.whole:
                found.table = None
        return self.all(key, load)

    def named(self, key: Hashable, name: str, load: Load, name_of: Callable[[Row], str]) -> dict[str, Row]:
        """The rows of which `name_of`, always the same for a key, says that name, by id."""
        table = self._table(key, load)
        with self._lock:
            return table.named(name, name_of)

    def get(self, key: Hashable, id: str, load: Load) -> Row | None:
        """The row of one object, or None when the list lacks it or a write dropped it."""
        table = self._table(key, load)
        with self._lock:
            return table.rows.get(id)

    def wrote(self, key: Hashable, id: str, row: Row | None = None) -> None:
        """Forgets the row of an object that was written, or puts `row`, as read afterwards, in its place."""
        found = self._list(key)
        with self._lock:
            found.generation += 1
            if found.table is not None:
                found.table.put(id, row)
                found.whole = found.whole and row is not None

    def drop(self, key: Hashable) -> None:
        """Forgets the whole list."""
        found = self._list(key)
        with self._lock:
            found.generation += 1
            found.table = None

    def _table(self, key: Hashable, load: Load) -> _Table:
        """The loaded table; a later `drop` leaves the one in hand as it is."""
        found = self._list(key)
        with found.lock:
            table = found.table
            if table is None or self._clock() - found.loaded > self._seconds:
                # A list that a write overtook may hold the row as it was before: it is read again.
                for _ in range(3):
                    generation = found.generation
                    table = _Table(load())
                    with self._lock:
                        found.table, found.loaded = table, self._clock()
                        found.whole = found.generation == generation
                    if found.whole:
                        break
            assert table is not None
            return table

    def _list(self, key: Hashable) -> _List:
        with self._lock:
            return self._lists.setdefault(key, _List())
