"""Which resource of a run has which object: no two may share one, and a delete spares what another one still has.

The engine asks for `check` and `diff` of every resource of the program before it deletes what is no longer in the
program. So what the program declares is known when a delete comes, whatever earlier runs failed or were killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal

from pulumi_ci.lifecycle.names import title
from pulumi_ci.model.api import Adopted, Collection, JsonCollection, Named, Switch
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.printable import logger
from pulumi_ci.model.unknown import UNKNOWN

log = logger("pulumi_ci")
_TICK = 1_000_000_000
"""Nanoseconds after which a folder that changes again shows another time, on any file system."""


@dataclass(frozen=True)
class Claim:
    """A resource of the program has an object."""

    how: Literal["declared", "held", "made", "released"]
    """`declared`: its checked inputs stand for the object with this natural key; `held`: it has the object with this
    id, and keeps it; `made`: this run created that object for it, or took it over; `released`: neither is true
    any more."""
    slug: str
    object: str
    owner: str
    """Logical name of the resource."""
    before: str = ""
    """Another logical name of the resource: the one that the state has, while an alias renames it."""


class _Table:
    """Claims as they stand: the last declaration of each owner, and what is held."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._owners: dict[tuple[str, str, str], dict[str, Claim]] = defaultdict(dict)
        self._declared: dict[tuple[str, str], str] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> bool:
        """Takes a claim in; whether it says something new."""
        if claim.how == "released":
            dropped = [self._owners[how, claim.slug, claim.object].pop(claim.owner, None) for how in ("held", "made")]
            return any(dropped)
        owners = self._owners[claim.how, claim.slug, claim.object]
        if owners.get(claim.owner) == claim:
            return False
        if claim.how == "declared":
            last = self._declared.get((claim.slug, claim.owner))
            if last is not None:
                del self._owners["declared", claim.slug, last][claim.owner]
            self._declared[claim.slug, claim.owner] = claim.object
        owners[claim.owner] = claim
        return True

    def others(self, how: str, slug: str, object: str, owner: str) -> list[str]:
        """The owners of an object that are not `owner` under any of their names; "" = all."""
        claims = self._owners[how, slug, object].values()
        return [claim.owner for claim in claims if not owner or owner not in (claim.owner, claim.before)]


class Claims:
    """The claims of one run: those of this process, and of the run's other provider processes through a folder.

    Each process appends to a file of its own, which it holds locked while it lives. A file that nobody holds is of a
    process that has ended, so it says nothing.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._table = _Table()
        self._file: TextIOWrapper | None = None
        self._alone = 0
        """When the folder was last changed, if there was no other process's file in it."""

    def declare(self, kind: type[Kind], inputs: Mapping[str, Any], owner: str, before: str = "") -> str | None:
        """Notes the object that checked inputs stand for; the other resource that declares it, if there is one."""
        key = natural_key(kind, inputs)
        if key is None:
            return None
        with self._lock:
            self._add(Claim("declared", kind.slug, key, owner, before))
            return self._other("declared", kind, key, owner)

    def hold(self, kind: type[Kind], id: str, owner: str, before: str = "") -> None:
        """Notes that a resource has the object of that id, and keeps it."""
        with self._lock:
            self._add(Claim("held", kind.slug, id, owner, before))

    def make(self, kind: type[Kind], id: str, owner: str) -> None:
        """Notes that a create of this run gave a resource the object of that id."""
        with self._lock:
            self._add(Claim("made", kind.slug, id, owner))

    def release(self, kind: type[Kind], id: str, owner: str) -> None:
        """Notes that a resource has the object no more, or is about to say again that it has."""
        with self._lock:
            self._add(Claim("released", kind.slug, id, owner))

    def holder(self, kind: type[Kind], id: str, owner: str = "") -> str | None:
        """Another resource than `owner` that has the object of that id."""
        with self._lock:
            return self._other("held", kind, id, owner) or self._other("made", kind, id, owner)

    def heir(self, kind: type[Kind], id: str, outs: Mapping[str, Any], owner: str) -> str | None:
        """The resource of this run that goes on having the object which `owner` is about to delete, or declares it.

        That may be `owner` itself, where a replacement took the old object over. `owner` is "" for a state that does
        not say whose it is; what only declares the object may then be the owner, whose old object goes first.
        """
        with self._lock:
            holder = self._other("made", kind, id, "") or self._other("held", kind, id, owner)
            key = natural_key(kind, outs) if owner else None
            return holder or (None if key is None else self._other("declared", kind, key, owner))

    def close(self) -> None:
        """Lets go of the claims, as the end of the process does."""
        with self._lock:
            if self._file is not None:
                self._file.close()

    # -- the run's other processes ------------------------------------------------------------------------------

    def _other(self, how: str, kind: type[Kind], object: str, owner: str) -> str | None:
        tables = [self._table, *self._elsewhere()]
        return next((other for table in tables for other in table.others(how, kind.slug, object, owner)), None)

    def _add(self, claim: Claim) -> None:
        if not self._table.add(claim) or self._folder is None:
            return
        if self._file is None:
            try:
                _sweep(self._folder.parent)
                self._file = _held(self._folder / self._own)
            except OSError as error:
                log.warning(
                    "%s cannot be written (%s): resources of different providers are not compared with each other; "
                    "PULUMI_CI_JOURNAL names another folder",
                    self._folder,
                    error.strerror,
                )
                self._folder = None
                return
        self._file.write(json.dumps(asdict(claim)) + "\n")
        self._file.flush()

    @property
    def _own(self) -> str:
        return f"{os.getpid()}.jsonl"

    def _elsewhere(self) -> Iterator[_Table]:
        """What the other processes of the run claim now."""
        if self._folder is None:
            return
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed == self._alone:
            return
        others = [path for path in self._folder.glob("*.jsonl") if path.name != self._own]
        if not others and time.time_ns() - changed > _TICK:
            self._alone = changed
        for path in others:
            with contextlib.suppress(FileNotFoundError), path.open(encoding="utf-8") as file:  # swept away meanwhile
                if _is_abandoned(file):
                    path.unlink(missing_ok=True)
                else:  # its last line may be just being written
                    yield _Table(Claim(**json.loads(line)) for line in file if line.endswith("\n"))


def _sweep(runs: Path) -> None:
    """Removes what runs that have ended left behind."""
    for folder in runs.iterdir() if runs.is_dir() else ():
        for path in folder.glob("*.jsonl"):
            with contextlib.suppress(OSError), path.open(encoding="utf-8") as file:  # another process was faster
                if _is_abandoned(file):
                    path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it has files of a run that goes on
            folder.rmdir()


def _held(path: Path) -> TextIOWrapper:
    """A new file that this process holds as long as it lives. Raises OSError when it cannot be made."""
    import fcntl  # does not exist on Windows, where no other process of a run is seen

    while True:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            file = path.open("w", encoding="utf-8")
        except FileNotFoundError:  # another process swept the empty folder away
            continue
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():
            return file
        file.close()  # swept away before it was held


def _is_abandoned(file: TextIOWrapper) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def natural_key(kind: type[Kind], inputs: Mapping[str, Any]) -> str | None:
    """What tells the object that these inputs stand for from every other one of its kind, before it has an id.

    None while it is unknown, and for kinds of which there may be many alike.
    """
    api = kind.api
    parts = [inputs.get(name) or otherwise for name, otherwise in kind.scope.items()]
    if isinstance(api, Named):
        parts.append(inputs.get(api.key))
    elif isinstance(api, Adopted):
        id, select = inputs.get(api.id_field), inputs.get(api.select) if api.select else None
        parts.append(f"{api.id_field}={id}" if id not in (None, UNKNOWN) else id or f"={select or api.select_default}")
    elif isinstance(api, Collection | JsonCollection):
        parts.append(inputs.get(api.key) if api.unique else None)
    elif not isinstance(api, Switch):
        return None
    if any(part in (None, "", UNKNOWN) for part in parts):
        return None
    return "/".join(str(part) for part in parts)


def twice(kind: type[Kind], owner: str, other: str) -> str:
    """What is said of two resources of a program that stand for one object."""
    return (
        f"is the same object as {kind.__name__} {title(other)} has: two resources would overwrite each other, and "
        f"removing one would take the object from the other. Keep one of {title(owner)} and {title(other)}"
    )


def spared(kind: type[Kind], id: str, owner: str, heir: str) -> str:
    """What is said of a delete that is left out."""
    if owner == heir:
        return f"{kind.__name__} {id}: left as it is, since the replacement of {title(heir)} took it over"
    old, new = title(owner) if owner else "<its old name>", title(heir)
    return (
        f"{kind.__name__} {id}: left as it is. {old} is no longer in the program, but {new} of this run is the same "
        f"object. When you rename a resource, give it aliases=[pulumi.Alias(name='{old}')] in the options of {new}"
    )
