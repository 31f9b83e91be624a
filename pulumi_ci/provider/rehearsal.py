"""One run of a program with a stand-in for Pulumi's engine, as a process of its own: `validate` starts it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import runpy
import socket
import sys
import sysconfig
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pulumi
from google.protobuf import empty_pb2, struct_pb2  # type: ignore[import-untyped]
from pulumi import output
from pulumi.runtime import config as pulumi_config
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import engine_pb2, resource_pb2
from pulumi.runtime.settings import SETTINGS

from pulumi_ci.api.errors import CiError, MissingCredentials
from pulumi_ci.api.settings import Settings, settings
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.model.check import warnings
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.project import Project
from pulumi_ci.provider.validate import Mistake, Report
from pulumi_ci.provider.waiting import Waiting, in_vain

_CONFIG_KEYS = {"region": "ci:region", "bucket": "ci:bucket", "sub_app_id": "ci:subAppId"}
_ROOT = "pulumi:pulumi:Stack"
_PROVIDER = "pulumi:providers:pulumi-python"
_DEFAULT = ""
_MOST_NAMED = 3
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
_NO_NETWORK = "look-ups need the network, and validate works without"

Frame = tuple[str, int]
"""File and line."""


class NoNetwork(RuntimeError):
    """The program, or a look-up of it, wants to reach a host."""


class Verdicts:
    """What was found so far, from any thread."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._claims = Claims()
        self._kinds = {kind.token(): kind for kind in kinds().values()}
        self._places: dict[str, list[Mistake]] = defaultdict(list)
        self._providers: dict[str, tuple[Settings, frozenset[str]]] = {}
        self._resources = 0
        self._mistakes: list[Mistake] = []
        self._warnings: list[Mistake] = []
        self._dependencies: dict[str, list[str]] = {}
        self._waiting: dict[str, Waiting] = {}

    def read(self, urn: str, request: Any) -> None:
        """Notes a resource that the program only reads."""
        with self._lock:
            self._places[urn].append(self._subject(request))

    def registered(self, urn: str, request: Any) -> Any:
        """Notes a resource, checks it when it is one of this package, and returns what is known of its outputs."""
        subject = self._subject(request)
        kind = self._kinds.get(request.type)
        with self._lock:
            self._places[urn].append(subject)
            self._dependencies[urn] = list(request.dependencies)
            if request.type == _PROVIDER:
                self._providers[urn] = self._settings(_given(request.object), subject)
            if kind is None:
                return request.object
            inputs = self._checked(kind, request, subject)
            place = tuple(inputs.get(name) for name in kind.scope)
            if all(isinstance(part, str) for part in place):
                self._waiting[urn] = Waiting(urn, kind, place)
            return _struct(inputs)

    def _subject(self, request: Any) -> Mistake:
        kind = self._kinds.get(request.type)
        name = kind.__name__ if kind else "Provider" if request.type == _PROVIDER else request.type
        return Mistake("", type=name, name=request.name, **_of_constructor(request.stackTrace))

    def _checked(self, kind: type[Kind], request: Any, subject: Mistake) -> Mapping[str, Any]:
        self._resources += 1
        provider = request.provider.rpartition("::")[0]
        if provider not in self._providers:
            provider = _DEFAULT
            if provider not in self._providers:
                self._providers[provider] = self._settings(self._project.config, Mistake(""))
        found, unknown = self._providers[provider]
        given = _given(request.object)
        given |= {name: UNKNOWN for name in unknown.intersection(kind.scope) if given.get(name) is None}
        inputs, failures = check(kind, {}, given, found, self._claims)
        self._mistakes += [replace(subject, property=show(f.path), reason=f.reason) for f in failures]
        self._warnings += [replace(subject, property=show(f.path), reason=f.reason) for f in warnings(kind, inputs)]
        return inputs

    def failed(self, error: BaseException, remark: str = "") -> None:
        """Notes that the program failed, unless the same failure was noted already."""
        place, error = _of_failure(error)
        reason = " ".join(f"{type(error).__name__}: {error}".split()) + remark
        if isinstance(error, MissingCredentials):
            reason = f"{_NO_NETWORK}: the program looks something up"
        mistake = Mistake(reason, **place)
        with self._lock:
            if mistake in self._mistakes:
                return
            self._mistakes.append(mistake)
        if not place:
            traceback.print_exception(type(error), error, error.__traceback__)

    def said(self, text: str) -> None:
        """Notes an error that the program logged; Pulumi fails a run for it."""
        with self._lock:
            self._mistakes.append(Mistake(text))

    def report(self) -> Report:
        """Everything, in the order of files and lines."""
        for places in self._places.values():
            first, *others = sorted(places, key=_order)
            reason = f"two resources of one name and type: the other is made{_at(first)}; give one of them another name"
            self._mistakes += [replace(other, reason=reason) for other in others]
        for opener, early in in_vain(self._waiting.values(), self._dependencies):
            named = [_with_place(self._places[one.urn][0]) for one in early]
            told = ", ".join(named[:_MOST_NAMED]) + (
                f" and {len(named) - _MOST_NAMED} more" if named[_MOST_NAMED:] else ""
            )
            reason = f"is needed by {told}, which may be made before it and deleted after it: declare it before them"
            self._warnings.append(replace(self._places[opener.urn][0], reason=reason))
        return Report(
            self._resources, tuple(sorted(self._mistakes, key=_order)), tuple(sorted(self._warnings, key=_order))
        )

    def _settings(self, values: Mapping[str, Any], subject: Mistake) -> tuple[Settings, frozenset[str]]:
        """The settings, and the places that only a real run knows."""
        unknown = frozenset(name for name, key in _CONFIG_KEYS.items() if _is_unknown(values.get(key)))
        known = {key: None if _is_unknown(value) else value for key, value in values.items()}
        known |= {key: "unknown" for key in ("ci:secretId", "ci:secretKey") if _is_unknown(values.get(key))}
        try:
            return settings(known.get, os.environ), unknown
        except CiError as error:
            self._mistakes.append(replace(subject, reason=str(error)))
            return Settings(region=known.get("ci:region"), bucket=known.get("ci:bucket")), unknown


class _NoMocks(Mocks):
    """The monitor answers itself."""

    def call(self, args: Any) -> Any:
        raise NotImplementedError

    def new_resource(self, args: MockResourceArgs) -> Any:
        raise NotImplementedError


class Monitor(MockMonitor):
    """Stands for the engine in a preview of a new stack: inputs come back as outputs, all else is unknown."""

    def __init__(self, verdicts: Verdicts) -> None:
        super().__init__(_NoMocks())
        self._verdicts = verdicts
        self.look_ups: set[str] = set()
        """Tokens of the functions of other packages that the program called."""

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        above = parent.split("::")[2] if parent else _ROOT
        return super().make_urn("", type_ if above == _ROOT else f"{above}${type_}", name)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's names
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == _ROOT:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        return resource_pb2.RegisterResourceResponse(urn=urn, object=self._verdicts.registered(urn, request))

    def ReadResource(self, request: Any) -> Any:  # noqa: N802
        urn = self.make_urn(request.parent, request.type, request.name)
        self._verdicts.read(urn, request)
        return resource_pb2.ReadResourceResponse(urn=urn, properties=request.properties)

    def Invoke(self, request: Any) -> Any:  # noqa: N802
        if "unknown" not in resource_pb2.ResourceInvokeResponse.DESCRIPTOR.fields_by_name:
            raise NoNetwork(f"{_NO_NETWORK}: {request.tok}; a newer pulumi package would make its result unknown")
        self.look_ups.add(request.tok)
        return resource_pb2.ResourceInvokeResponse(unknown=True)

    def Call(self, request: Any) -> Any:  # noqa: N802
        raise NoNetwork(f"{request.tok} is a method that the provider of its package answers, and none runs here")


class Engine:
    """Takes the program's log lines."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts

    def Log(self, request: Any) -> Any:  # noqa: N802
        """Shows a line; an error counts as a mistake."""
        if request.severity == engine_pb2.ERROR:
            self._verdicts.said(request.message)
        elif request.severity != engine_pb2.DEBUG:
            sys.stderr.write(f"{request.message}\n")
        return empty_pb2.Empty()

    def RequirePulumiVersion(self, request: Any) -> Any:  # noqa: N802
        """No version of the engine is too old for a run without one."""
        return empty_pb2.Empty()


def rehearse(project: Project) -> Report:
    """Runs the program in this process, which is good for nothing else afterwards."""
    verdicts = Verdicts(project)
    monitor = Monitor(verdicts)
    pulumi_config.set_all_config(dict(project.config), list(project.secrets))
    _seal_config()
    arguments: dict[str, Any] = {"monitor": monitor, "engine": Engine(verdicts), "root_directory": project.root}
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            project=project.name, stack=project.stack, dry_run=True, organization="organization", **arguments
        )
    )
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it reports what is reported here
    program = Path(project.program)
    os.chdir(program.parent)
    sys.path[0] = str(program.parent)
    sys.argv = [project.program]

    async def run() -> None:
        try:
            runpy.run_path(project.program, run_name="__main__")
        except SystemExit as end:
            if end.code:
                verdicts.failed(end)
        except Exception as error:
            asked = ", ".join(sorted(monitor.look_ups))
            verdicts.failed(error, f" (look-ups that validate cannot answer: {asked})" if asked else "")
        await _settled(verdicts.failed)

    async def whole() -> None:
        sys.addaudithook(_forbid_network)  # not before: some systems make an event loop with sockets
        try:
            await pulumi.runtime.run_in_stack(run)
        except Exception as error:
            verdicts.failed(error)
        await _settled(verdicts.failed)

    asyncio.run(whole())
    return verdicts.report()


async def _settled(failed: Callable[[BaseException], None]) -> None:
    """Waits for all registrations and outputs. Pulumi's own wait ends at the first that fails; this tells each."""
    manager = SETTINGS.rpc_manager
    while True:
        await asyncio.sleep(0)  # what was just asked for gets into the lists
        with SETTINGS.lock:
            pending = [*manager.rpcs, *SETTINGS.outputs]
            manager.rpcs.clear()
            SETTINGS.outputs.clear()
        if not pending:
            break
        for result in await asyncio.gather(*pending, return_exceptions=True):
            if isinstance(result, Exception):
                failed(result)
    manager.unhandled_exception = None


def _forbid_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _NETWORK:
        return
    local = getattr(socket, "AF_UNIX", None)
    if isinstance(arguments[0], socket.socket) and arguments[0].family == local:
        return
    goal = arguments[1] if isinstance(arguments[0], socket.socket) else arguments[0]
    raise NoNetwork(f"{_NO_NETWORK}: the program wants to reach {goal}")


def _seal_config() -> None:
    """Makes the getters of config give what is encrypted as an unknown output, or say that they cannot."""
    for name in [name for name in vars(pulumi.Config) if name.startswith(("get_", "require_"))]:
        setattr(pulumi.Config, name, _sealed(getattr(pulumi.Config, name), "_secret" in name))


def _sealed(getter: Callable[..., Any], secret: bool) -> Callable[..., Any]:
    def get(self: pulumi.Config, key: str, *arguments: Any, **keywords: Any) -> Any:
        full = self.full_key(key)
        raw = pulumi_config.get_config(full)
        if secret and _is_unknown(raw):
            return pulumi.Output(set(), _done(None), _done(False), _done(True))
        if raw == rpc.UNKNOWN:
            raise pulumi.RunError(f"config {full} is encrypted; give validate a value with -c {full}=...")
        return getter(self, key, *arguments, **keywords)

    return get


def _done(value: Any) -> asyncio.Future[Any]:
    future = asyncio.get_running_loop().create_future()
    future.set_result(value)
    return future


def _given(properties: Any) -> dict[str, Any]:
    """The properties as a provider gets them: no secrets, no `__provider`, and our own UNKNOWN."""
    found = rpc.deserialize_properties(properties, keep_unknowns=True)
    return {key: _plain(rpc.unwrap_rpc_secret(value)) for key, value in found.items() if not key.startswith("__")}


def _plain(value: Any) -> Any:
    if _is_unknown(value):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _is_unknown(value: Any) -> bool:
    """Pulumi's unknown, ours, or a text that was put together with encrypted config."""
    return isinstance(value, (output.Unknown, type(UNKNOWN))) or (isinstance(value, str) and rpc.UNKNOWN in value)


def _struct(inputs: Mapping[str, Any]) -> Any:
    struct = struct_pb2.Struct()
    struct.update(_wire(inputs))
    return struct


def _wire(value: Any) -> Any:
    if value is UNKNOWN:
        return rpc.UNKNOWN
    if isinstance(value, Mapping):
        return {key: _wire(item) for key, item in value.items()}
    return [_wire(item) for item in value] if isinstance(value, (list, tuple)) else value


def _at(made: Mistake) -> str:
    """Where a resource is made, where that is known."""
    return f" at {Path(made.file).name}:{made.line}" if made.file else ""


def _with_place(made: Mistake) -> str:
    return f"{made.type} {made.name}{_at(made)}"


def _order(mistake: Mistake) -> tuple[str, int, str]:
    return mistake.file or "", mistake.line or 0, mistake.name


def _of_constructor(stack: Any) -> dict[str, Any]:
    """Where the program made a resource, from the stack that Pulumi records with each."""
    uris = ((frame.pc.uri, frame.pc.line) for frame in stack.frames if frame.pc.uri)
    return _place((url2pathname(urlsplit(uri).path), line) for uri, line in uris)


def _of_failure(error: BaseException) -> tuple[dict[str, Any], BaseException]:
    """Where the program failed, and with what: Pulumi wraps some errors in its own, which have no place."""
    chain: BaseException | None = error
    while chain is not None:
        frames = [(frame.filename, frame.lineno or 0) for frame in reversed(traceback.extract_tb(chain.__traceback__))]
        if isinstance(chain, SyntaxError) and chain.filename:
            frames.insert(0, (chain.filename, chain.lineno or 0))
        own = [frame for frame in frames if "site-packages" not in frame[0]]
        place = _place(own) or _place(frames)
        if place:
            return place, chain
        chain = chain.__cause__
    return {}, error


def _place(frames: Iterable[Frame]) -> dict[str, Any]:
    """The innermost frame that is neither Pulumi's, nor this package's, nor the standard library's."""
    found = next((frame for frame in frames if not _is_foreign(frame[0])), None)
    return {} if found is None else {"file": found[0], "line": found[1]}


def _is_foreign(file: str) -> bool:
    path = Path(file)
    if file.startswith("<") or any(path.is_relative_to(home) for home in _HOMES):
        return True
    return not {"site-packages", "dist-packages"} & set(path.parts) and path.is_relative_to(_LIBRARY)


_HOMES = (Path(pulumi.__file__).parent, Path(__file__).parent.parent)
_LIBRARY = Path(sysconfig.get_path("stdlib"))


def main(order: str, answer: str) -> None:
    """Reads a project from the file `order` and writes the report to the file `answer`."""
    project = Project(**json.loads(Path(order).read_text(encoding="utf-8")))
    report = rehearse(project)
    Path(answer).write_text(json.dumps(asdict(report)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
