"""Batched reads: one list of a kind in a bucket serves every reader, and a write drops the row it wrote.

This is a cache and nothing else: losing it costs calls, never correctness.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pulumi_ci.api.errors import CannotTell

Row = Any
"""One object as its API shows it: an XML element, or a JSON object."""
Load = Callable[[], Iterable[dict[str, Row]]]
"""Reads a list, page by page; raises CannotTell in the end when the pages are not all of it."""


@dataclass
class _Table:
    """Rows by id and, once somebody has asked for a name, ids by name."""

    rows: dict[str, Row] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    """Ids of what was written since the load began: a page may show it as it was before."""
    trouble: CannotTell | None = None
    """Why it is not all that there is; what it does show is there all the same."""
    names: dict[str, dict[str, None]] | None = None
    name_of: Callable[[Row], str] = str

    @property
    def is_whole(self) -> bool:
        """Whether it lacks nothing that a write dropped."""
        return self.trouble is None and self.written <= self.rows.keys()

    def add(self, page: dict[str, Row]) -> None:
        """Takes in a page of a load."""
        self.rows.update((id, row) for id, row in page.items() if id not in self.written)

    def named(self, name: str, name_of: Callable[[Row], str]) -> dict[str, Row]:
        if self.names is None:
            self.names, self.name_of = {}, name_of
            for id, row in self.rows.items():
                self.names.setdefault(name_of(row), {})[id] = None
        return {id: self.rows[id] for id in self.names.get(name, ())}

    def put(self, id: str, row: Row | None) -> None:
        self.written.add(id)
        old = self.rows.pop(id, None)
        if old is not None and self.names is not None:
            del self.names[self.name_of(old)][id]
        if row is not None:
            self.rows[id] = row
            if self.names is not None:
                self.names.setdefault(self.name_of(row), {})[id] = None


@dataclass
class _List:
    table: _Table | None = None
    """What has come so far, while a thread loads."""
    is_loading: bool = False
    loaded: float = 0.0


class Rows:
    """Lists by key (account, place, kind), each loaded once and by one thread at a time.

    While one loads, a row is there for its readers as soon as its page is.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = 60.0) -> None:
        self._clock, self._seconds = clock, seconds
        self._changed = threading.Condition()
        """Held while a table is read or changed, never while a page is loaded."""
        self._lists: dict[Hashable, _List] = {}

    def whole(self, key: Hashable, load: Load) -> dict[str, Row]:
        """Every row there is, by id: a list that a write dropped a row of is read again. Raises CannotTell."""
        for _ in range(3):
            table = self._table(key, load)
            with self._changed:
                if table.is_whole:
                    return dict(table.rows)
            self.drop(key)
        with self._changed:
            return dict(_trusted(table).rows)

    def named(self, key: Hashable, name: str, load: Load, name_of: Callable[[Row], str]) -> dict[str, Row]:
        """The rows of which `name_of`, always the same for a key, says that name, by id. Raises CannotTell."""
        table = self._table(key, load)
        with self._changed:
            return _trusted(table).named(name, name_of)

    def get(self, key: Hashable, id: str, load: Load) -> Row | None:
        """The row of one object, or None when the list does not show it, which does not mean that it is gone: a write
        may have dropped it, and the list need not be whole.
        """
        table = self._table(key, load, id)
        with self._changed:
            return table.rows.get(id)

    def wrote(self, key: Hashable, id: str, row: Row | None = None) -> None:
        """Forgets the row of an object that was written, or puts `row`, as read afterwards, in its place."""
        with self._changed:
            table = self._list(key).table
            if table is not None:
                table.put(id, row)

    def drop(self, key: Hashable) -> None:
        """Forgets the whole list."""
        with self._changed:
            self._list(key).table = None

    def _table(self, key: Hashable, load: Load, id: str | None = None) -> _Table:
        """The loaded table, or as much of it as has the row of `id`; a later `drop` leaves the one in hand as it is."""
        with self._changed:
            found = self._list(key)
            while found.is_loading:
                if found.table is not None and id in found.table.rows:
                    return found.table
                self._changed.wait()
            if found.table is not None and self._clock() - found.loaded <= self._seconds:
                return found.table
            table = found.table = _Table()
            found.is_loading = True
        try:
            for page in load():
                with self._changed:
                    table.add(page)
                    self._changed.notify_all()
        except CannotTell as error:
            with self._changed:
                table.trouble = error
        except BaseException:
            self.drop(key)
            raise
        finally:
            with self._changed:
                found.is_loading, found.loaded = False, self._clock()
                self._changed.notify_all()
        return table

    def _list(self, key: Hashable) -> _List:
        return self._lists.setdefault(key, _List())


def _trusted(table: _Table) -> _Table:
    """A table from whose rows something may be concluded. Raises CannotTell."""
    if table.trouble is not None:
        raise table.trouble
    return table
