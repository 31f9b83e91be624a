"""The dynamic provider: Pulumi's calls, turned into those of a lifecycle. Only here Pulumi's Unknown is known."""

from __future__ import annotations

import functools
import gc
import os
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pulumi import output
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_ci.api.errors import CiError
from pulumi_ci.api.settings import Settings, settings
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims, spared, twice
from pulumi_ci.lifecycle.diff import Difference, diff
from pulumi_ci.lifecycle.journal import Journal, Record, create_key, digest
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session, log
from pulumi_ci.lifecycle.names import LOGICAL_NAME, owner_of
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.lifecycle.upgrade import upgraded
from pulumi_ci.model.api import Collection, JsonCollection
from pulumi_ci.model.check import warnings
from pulumi_ci.model.kind import Kind, kind_of
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.session import claims as claims_of_this_run
from pulumi_ci.provider.session import journal as journal_of_this_checkout
from pulumi_ci.provider.session import session

F = TypeVar("F", bound=Callable[..., Any])

_KNOWN = (str, int, float)
"""Types of values in which no unknown can be."""
_warned: set[str] = set()
_lock = threading.Lock()


def _plainly(method: F) -> F:
    """Cuts an error of ours down to its text: Pulumi prints the whole chain of traces."""

    @functools.wraps(method)
    def call(*args: Any, **keywords: Any) -> Any:
        problem: CiError
        try:
            return method(*args, **keywords)
        except CiError as error:
            problem = error
        raise problem.with_traceback(None) from None

    return call  # type: ignore[return-value]


@functools.cache
def _keep(_loaded: str) -> None:
    """Once a process: takes what is loaded by now out of the garbage collector's sight.

    Else it looks through thousands of classes and functions again and again, and takes them apart one by one at the
    end of the process, for which the engine waits.
    """
    gc.freeze()


class KindProvider(ResourceProvider):
    """The provider of one kind. Holds no settings but those of `configure`, and is never pickled."""

    serialize_as_secret_always = False

    def __init__(
        self,
        slug: str,
        connect: Callable[[Settings], Session] = session,
        claims: Claims = claims_of_this_run,
        journal: Journal = journal_of_this_checkout,
        upgrade: Callable[[type[Kind], dict[str, Any]], dict[str, Any]] = upgraded,
    ) -> None:
        super().__init__()
        self.kind = kind_of(slug)
        self._connect, self._upgrade = connect, upgrade
        self._claims, self._journal = claims, journal
        self._settings = Settings()
        self._connected: Lifecycle | None = None

    def __reduce__(self) -> Any:
        raise TypeError("a provider is not pickled; states hold pulumi_ci.state.frozen(slug)")

    def configure(self, req: ConfigureRequest) -> None:
        self._settings, self._connected = settings(req.config.get, os.environ), None
        _keep("the declarations")

    def _stored(self, outs: Mapping[str, Any]) -> dict[str, Any]:
        return self._upgrade(self.kind, _incoming(outs))

    def _lifecycle(self) -> Lifecycle:
        if self._connected is None:
            self._connected = lifecycle(self.kind, self._connect(self._settings))
            _keep("the client")
        return self._connected

    @_plainly
    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        given = _incoming(news)
        inputs, failures = check(self.kind, _incoming(_olds), given, self._settings, self._claims)
        self._warn(str(given.get(LOGICAL_NAME)), inputs)
        return CheckResult(_outgoing(inputs), [CheckFailure(show(f.path), f.reason) for f in failures])

    def _warn(self, logical_name: str, inputs: dict[str, Any]) -> None:
        """Tells each warning once a run, although a replaced resource is checked twice."""
        name = logical_name.split("/", 2)[-1]
        for warning in warnings(self.kind, inputs):
            text = f"{self.kind.__name__} {name}: {show(warning.path)}: {warning.reason}"
            with _lock:
                is_new = text not in _warned
                _warned.add(text)
            if is_new:
                log.warning("%s", text)

    @_plainly
    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        stored, wanted = self._stored(_olds), _incoming(_news)
        self._journal.end("create", self.kind.slug, create_key(self.kind, _id, stored), owner_of(stored))
        found = diff(self.kind, stored, wanted)
        owner = owner_of(wanted)
        self._claims.release(self.kind, _id, owner)  # the state holds it, so this run did not make it
        if owner and not found.replaces:
            self._claims.hold(self.kind, _id, owner, owner_of(stored))
            if other := self._claims.holder(self.kind, _id, owner):
                raise CiError(f"{self.kind.__name__} {_id} {twice(self.kind, owner, other)}")
        if (record := self._journal.find("change", self.kind.slug, _id)) is not None:
            return self._interrupted(record, _id, stored, wanted, found)
        # None makes the engine compare old and new inputs itself, which shows exact nested paths.
        return DiffResult(changes=None if found else False, replaces=list(found.replaces))

    def _interrupted(
        self, record: Record, id: str, stored: dict[str, Any], wanted: dict[str, Any], found: Difference
    ) -> DiffResult:
        """The difference of an object that an earlier run began to change: what is live decides, not the state."""
        name, replaces = self.kind.__name__, list(found.replaces)
        if record.note.get("inputs") == digest(self.kind, stored):  # it ended, and the state holds what it did
            self._journal.end("change", self.kind.slug, id)
            return DiffResult(changes=None if found else False, replaces=replaces)
        try:
            seen = self._lifecycle().read(id, stored)
        except CiError as error:
            log.warning(
                "%s %s: an earlier run was interrupted here, and its present state is unknown: %s", name, id, error
            )
            return DiffResult(changes=True, replaces=replaces)
        if seen is None:
            log.warning("%s %s: gone; an earlier run was interrupted while it deleted it", name, id)
            if isinstance(self.kind.api, Collection | JsonCollection):  # a new one has another id
                replaces = replaces or [self.kind.api.key]
            return DiffResult(changes=True, replaces=replaces)
        if not found and not diff(self.kind, seen.inputs, wanted):
            self._journal.end("change", self.kind.slug, id)
            return DiffResult(changes=False, replaces=[])
        log.warning("%s %s: an earlier run was interrupted while it changed it", name, id)
        return DiffResult(changes=None if found else True, replaces=replaces)

    @_plainly
    def create(self, props: dict[str, Any]) -> CreateResult:
        inputs = _incoming(props)
        stored = self._lifecycle().create(inputs, inputs.get("adopt"))
        self._journal.end("change", self.kind.slug, stored.id)
        if owner := owner_of(inputs):
            self._claims.make(self.kind, stored.id, owner)
        return CreateResult(stored.id, stored.outs)

    @_plainly
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        recorded, lifecycle = _incoming(props), self._lifecycle()
        outs = self._upgrade(self.kind, recorded)
        stored = lifecycle.read(id_, outs)
        if stored is None and not recorded:  # a program asks for it: to the engine, nothing would be what it found
            raise CiError(
                f"{self.kind.__name__} {id_}: there is no such object, so get() has nothing to read. Look it up with "
                "find_..., or check the region, the bucket and the last part of the id"
            )
        if stored is None:
            return ReadResult(None, {})
        # Without inputs the engine keeps those of the state: most refreshes find nothing, and need not send them.
        is_kept = bool(recorded) and stored.inputs == lifecycle.declared(recorded)
        return ReadResult(stored.id, stored.outs, None if is_kept else stored.inputs)

    @_plainly
    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        news = _incoming(_news)
        self._journal.begin("change", self.kind.slug, _id, inputs=digest(self.kind, news))
        return UpdateResult(self._lifecycle().update(_id, self._stored(_olds), news))

    @_plainly
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        stored = self._stored(_props)
        owner = owner_of(stored)
        if heir := self._claims.heir(self.kind, _id, stored, owner):
            log.warning("%s", spared(self.kind, _id, owner, heir))
            return
        self._journal.begin("change", self.kind.slug, _id, inputs="")
        self._lifecycle().delete(_id, stored)
        if owner:
            self._claims.release(self.kind, _id, owner)


def _incoming(properties: Mapping[str, Any]) -> dict[str, Any]:
    """A fresh bag without `__provider`, and with our own UNKNOWN."""
    return {
        key: _replace(value, output.Unknown, UNKNOWN) for key, value in properties.items() if not key.startswith("__")
    }


def _outgoing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _replace(value, type(UNKNOWN), output.UNKNOWN) for key, value in values.items()}


def _replace(value: Any, kind: type, by: Any) -> Any:
    if isinstance(value, _KNOWN):
        return value
    if isinstance(value, kind):
        return by
    if isinstance(value, Mapping):
        return {key: _replace(item, kind, by) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replace(item, kind, by) for item in value]
    return value
