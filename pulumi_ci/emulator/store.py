"""What the emulated cloud holds: one table of objects, in memory or in a file that survives a restart."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    region TEXT NOT NULL, bucket TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    name TEXT NOT NULL, tag TEXT NOT NULL, xml TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL,
    UNIQUE (kind, id, region, bucket)
);
CREATE INDEX IF NOT EXISTS objects_in_order ON objects (region, bucket, kind, seq);
CREATE INDEX IF NOT EXISTS objects_by_tag ON objects (region, bucket, kind, tag, seq);
CREATE INDEX IF NOT EXISTS objects_by_name ON objects (region, bucket, kind, name);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
_COLUMNS = "region, bucket, kind, id, name, tag, xml, created, updated"
_KEY = "region = ? AND bucket = ? AND kind = ? AND id = ?"
_REMEMBERED = 1_000
"""How many of the last writes can be hidden."""


class Place(NamedTuple):
    """Where an object lives."""

    region: str
    bucket: str


@dataclass(frozen=True)
class Stored:
    """One object: its body as it was sent, and the words it is found by. Times are seconds of the epoch.

    `xml` is the text of the body, which for an object of a JSON service is JSON. Such an object has no region, and its
    application in the place of the bucket ("0" = the main one).
    """

    region: str
    bucket: str
    kind: str
    id: str
    name: str
    tag: str
    xml: str
    created: float
    updated: float


@dataclass
class Write:
    """One change of one object: its number, its time, and the row that was there before."""

    number: int
    at: float
    key: tuple[str, ...]
    before: tuple[Any, ...] | None
    reads: int = 0
    """How many reads have not seen it."""


class Store:
    """All objects of all buckets. Hold `lock` around everything that belongs together."""

    def __init__(self, path: str | Path = ":memory:", clock: Callable[[], float] = time.time) -> None:
        self.lock = threading.RLock()
        self.written = 0
        """How many writes there were so far."""
        self._clock = clock
        self._writes: deque[Write] = deque(maxlen=_REMEMBERED)
        self._hiding = False
        self._sql = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._sql.close)  # Python 3.13 warns of connections that nobody closed
        self._sql.execute("PRAGMA synchronous = OFF")
        self._sql.execute("PRAGMA journal_mode = WAL")  # else each write makes and removes a file
        self._sql.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the database; a file keeps its objects."""
        with self.lock:
            self._sql.close()

    def put(self, item: Stored, always: bool = False) -> None:
        """Stores an object, over the one with its id, which keeps its place in lists.

        `always`: it counts as having been there at all times, so no read is too old to see it.
        """
        values = dataclasses.astuple(item)
        marks = ", ".join("?" * len(values))
        kept = "name = excluded.name, tag = excluded.tag, xml = excluded.xml, updated = excluded.updated"
        with self.lock:
            if not always:
                self._remember(item)
            self._sql.execute(
                f"INSERT INTO objects ({_COLUMNS}) VALUES ({marks})"  # noqa: S608 - constants only
                f" ON CONFLICT (region, bucket, kind, id) DO UPDATE SET {kept}",
                values,
            )

    def get(self, place: Place, kind: str, id: str) -> Stored | None:
        """The object with that id."""
        found = self._rows(_KEY, (*place, kind, id))
        return found[0] if found else None

    def find(
        self,
        place: Place,
        kind: str,
        *,
        tag: str = "",
        name: str = "",
        prefix: str = "",
        limit: int = -1,
        offset: int = 0,
    ) -> list[Stored]:
        """The objects of a kind in order of creation; an empty filter lets everything pass."""
        where, values = self._filter(place, kind, tag, name, prefix)
        return self._rows(f"{where} ORDER BY seq LIMIT ? OFFSET ?", (*values, limit, offset))

    def count(self, place: Place, kind: str, *, tag: str = "", name: str = "", prefix: str = "") -> int:
        """How many objects `find` would give without a limit."""
        where, values = self._filter(place, kind, tag, name, prefix)
        with self.lock:
            query = f"SELECT count(*) FROM objects WHERE {where}"  # noqa: S608 - constants only
            return int(self._sql.execute(query, values).fetchone()[0])

    def everywhere(self, kind: str, id: str) -> list[Stored]:
        """The objects of a kind that have the same id, of all buckets, in order of creation."""
        return self._rows("kind = ? AND id = ? ORDER BY seq", (kind, id))

    def delete(self, item: Stored) -> None:
        """Removes an object."""
        with self.lock:
            self._remember(item)
            self._sql.execute(f"DELETE FROM objects WHERE {_KEY}", _key(item))  # noqa: S608 - constants only

    @contextmanager
    def hiding(self, hidden: Callable[[Write], bool]) -> Iterator[None]:
        """Shows everything as it was before the writes that are `hidden`; what is written meanwhile is lost.

        Only the last 1,000 writes can be hidden.
        """
        with self.lock:
            self._sql.execute("SAVEPOINT past")
            self._hiding = True
            try:
                for write in [write for write in reversed(self._writes) if hidden(write)]:
                    write.reads += 1
                    self._undo(write)
                yield
            finally:
                self._hiding = False
                self._sql.execute("ROLLBACK TO past")
                self._sql.execute("RELEASE past")

    def _remember(self, item: Stored) -> None:
        if not self._hiding:
            self.written += 1
            query = f"SELECT seq, {_COLUMNS} FROM objects WHERE {_KEY}"  # noqa: S608 - constants only
            before = self._sql.execute(query, _key(item)).fetchone()
            self._writes.append(Write(self.written, self._clock(), _key(item), before))

    def _undo(self, write: Write) -> None:
        self._sql.execute(f"DELETE FROM objects WHERE {_KEY}", write.key)  # noqa: S608 - constants only
        if write.before is not None:
            marks = ", ".join("?" * len(write.before))
            query = f"INSERT INTO objects (seq, {_COLUMNS}) VALUES ({marks})"  # noqa: S608 - constants only
            self._sql.execute(query, write.before)

    def all(self) -> list[Stored]:
        """Everything, in order of creation."""
        return self._rows("1 ORDER BY seq", ())

    def size(self) -> int:
        """How many objects there are."""
        with self.lock:
            return int(self._sql.execute("SELECT count(*) FROM objects").fetchone()[0])

    def clear(self) -> None:
        """Forgets everything, counters too."""
        with self.lock:
            self._sql.executescript("DELETE FROM objects; DELETE FROM counters;")
            self._writes.clear()

    def next(self, name: str) -> int:
        """The next value of a counter, from 1; it goes on after a restart."""
        with self.lock:
            self._sql.execute(
                "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", (name,)
            )
            return int(self._sql.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()[0])

    def counter(self, name: str) -> int:
        """The value of a counter; 0 when it never counted."""
        with self.lock:
            row = self._sql.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
            return int(row[0]) if row else 0

    def set_counter(self, name: str, value: int) -> None:
        """Sets a counter."""
        with self.lock:
            self._sql.execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (name, value))

    @staticmethod
    def _filter(place: Place, kind: str, tag: str, name: str, prefix: str) -> tuple[str, tuple[str, ...]]:
        where, values = ["region = ?", "bucket = ?", "kind = ?"], [*place, kind]
        for condition, value in (("tag = ?", tag), ("name = ?", name)):
            if value:
                where.append(condition)
                values.append(value)
        if prefix:
            where.append("substr(name, 1, length(?)) = ?")
            values += [prefix, prefix]
        return " AND ".join(where), tuple(values)

    def _rows(self, where: str, values: Sequence[Any]) -> list[Stored]:
        with self.lock:
            query = f"SELECT {_COLUMNS} FROM objects WHERE {where}"  # noqa: S608 - constants only
            return [Stored(*row) for row in self._sql.execute(query, values)]


def _key(item: Stored) -> tuple[str, ...]:
    return item.region, item.bucket, item.kind, item.id
