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
from pulumi_ci.lifecycle.check import LOGICAL_NAME, check
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session, log
from pulumi_ci.lifecycle.names import Names
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.lifecycle.upgrade import upgraded
from pulumi_ci.model.check import warnings
from pulumi_ci.model.kind import Kind, kind_of
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.session import names, session

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
        made: Names = names,
        upgrade: Callable[[type[Kind], dict[str, Any]], dict[str, Any]] = upgraded,
    ) -> None:
        super().__init__()
        self.kind = kind_of(slug)
        self._connect, self._names, self._upgrade = connect, made, upgrade
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
        inputs, failures = check(self.kind, _incoming(_olds), given, self._settings, self._names)
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
        found = diff(self.kind, self._stored(_olds), _incoming(_news))
        # None makes the engine compare old and new inputs itself, which shows exact nested paths.
        return DiffResult(changes=None if found else False, replaces=list(found.replaces))

    @_plainly
    def create(self, props: dict[str, Any]) -> CreateResult:
        inputs = _incoming(props)
        stored = self._lifecycle().create(inputs, inputs.get("adopt"))
        return CreateResult(stored.id, stored.outs)

    @_plainly
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        recorded, lifecycle = _incoming(props), self._lifecycle()
        stored = lifecycle.read(id_, self._upgrade(self.kind, recorded))
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
        return UpdateResult(self._lifecycle().update(_id, self._stored(_olds), _incoming(_news)))

    @_plainly
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        self._lifecycle().delete(_id, self._stored(_props))


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
