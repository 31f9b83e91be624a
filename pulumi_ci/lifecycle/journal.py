"""What a run has begun: kept on disk, so that the next run knows what one that was killed may have left half done.

Pulumi writes its state after an operation. A process that is killed in between leaves a cloud that the state does not
tell of. A record is written before the operation and removed as soon as a later run sees that the state holds its
result. The journal belongs to one checkout and one backend on one machine: another checkout has another one, so nothing
that somebody else made is ever taken for our own.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pulumi_ci.lifecycle.meaning import normal
from pulumi_ci.lifecycle.observe import hide
from pulumi_ci.model.api import Action, Collection, JsonCollection
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.printable import logger

log = logger("pulumi_ci")

Operation = Literal["create", "change"]
"""`create`: an object is made or taken over; `change`: one that the state knows is updated or deleted."""

KEPT_SECONDS = 30 * 24 * 3600.0
"""How long a record is kept that no later run asks for."""
MANY = 100
"""How many records there must be before old ones are looked for."""
CLOCKS_DIFFER = 15 * 60.0
"""Seconds by which the service's time of creation may differ from the record's; signatures allow no more."""


@dataclass(frozen=True)
class Record:
    """One operation that was begun."""

    operation: Operation
    slug: str
    key: str
    """The object: its resource id, or place and name while it has no id."""
    owner: str
    """Logical name of the resource that is made; "" of a change, since the object is known by its id."""
    at: float
    """When it was begun, in seconds of the epoch."""
    note: Mapping[str, Any] = field(default_factory=dict)
    """What a later run needs to know; never a secret."""

    def made(self, create_time: object) -> bool:
        """Whether an object with this time of creation can be the one that was begun then."""
        try:
            created = datetime.datetime.strptime(str(create_time), "%Y-%m-%dT%H:%M:%S%z").timestamp()
        except ValueError:
            return True  # the service does not say when it was made
        return abs(created - self.at) <= CLOCKS_DIFFER


class Journal:
    """Records in a folder, one file each; without a folder they are held in memory, as tests of one process need it.

    A folder that cannot be written costs the safety of a kill, not the run: it is said once.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = folder, clock
        self._lock = threading.Lock()
        self._known: dict[str, Record | None] | None = None
        """By file name; None = not read yet."""

    def begin(self, operation: Operation, slug: str, key: str, owner: str = "", **note: Any) -> None:
        """Notes that an operation begins; one that is open already is written anew."""
        record = Record(operation, slug, key, owner, self._clock(), note)
        name = _name(operation, slug, key, owner)
        with self._lock:
            self._open()[name] = record
            if self._folder is not None:
                self._write(self._folder, name, record)

    def find(self, operation: Operation, slug: str, key: str, owner: str = "") -> Record | None:
        """The record of an operation that was begun and is not known to be in the state."""
        name = _name(operation, slug, key, owner)
        with self._lock:
            known = self._open()
            if name not in known:
                return None
            record = known[name] or self._read(name)
            known[name] = record
            if record is None:
                del known[name]
            return record

    def end(self, operation: Operation, slug: str, key: str, owner: str = "") -> None:
        """Removes a record: the operation did nothing, or the state holds its result."""
        with self._lock:
            known = self._open()
            if not known:
                return
            name = _name(operation, slug, key, owner)
            if name in known:
                del known[name]
                if self._folder is not None:
                    (self._folder / name).unlink(missing_ok=True)

    def _open(self) -> dict[str, Record | None]:
        if self._known is None:
            files = [] if self._folder is None or not self._folder.is_dir() else list(self._folder.glob("*.json"))
            if len(files) > MANY:
                files = [file for file in files if not self._is_old(file)]
            self._known = dict.fromkeys(file.name for file in files)
        return self._known

    def _is_old(self, file: Path) -> bool:
        old = self._clock() - file.stat().st_mtime > KEPT_SECONDS
        if old:
            file.unlink(missing_ok=True)
        return old

    def _read(self, name: str) -> Record | None:
        assert self._folder is not None
        try:
            return Record(**json.loads((self._folder / name).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):  # another process ended it, or nobody here wrote it
            return None

    def _write(self, folder: Path, name: str, record: Record) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = folder / f"{name}.{os.getpid()}.{threading.get_ident()}"
            draft.write_text(json.dumps(asdict(record)), encoding="utf-8")
            draft.replace(folder / name)
        except OSError as error:
            self._folder = None
            log.warning(
                "the journal in %s cannot be written (%s): an operation that is killed will not be recognized by the "
                "next run; PULUMI_CI_JOURNAL names another folder",
                folder,
                error.strerror,
            )


def digest(kind: type[Kind], values: Mapping[str, Any]) -> str:
    """What tells checked inputs from others, without saying what they are."""
    text = json.dumps(normal(kind, hide(kind, values)), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def create_key(kind: type[Kind], id: str, outs: Mapping[str, Any]) -> str:
    """The key under which the create of a resource that the state holds was begun: what was known before its id."""
    api, place = kind.api, id.rpartition("/")[0]
    if isinstance(api, Collection | JsonCollection):
        return f"{place}/{outs.get(api.key)}"
    return f"{place}/{digest(kind, outs)}" if isinstance(api, Action) else id


def _name(operation: Operation, slug: str, key: str, owner: str) -> str:
    text = "\n".join((operation, slug, key, owner))
    bytes_of_any_text = text.encode(errors="surrogatepass")
    return f"{hashlib.sha256(bytes_of_any_text).hexdigest()[:40]}.json"
