"""What a program registers, seen by a stand-in for Pulumi's engine."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
from loop import run
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks, set_mocks
from pulumi.runtime.stack import run_pulumi_func

from pulumi_ci.model import marks
from pulumi_ci.model.kind import kinds

PROJECT = "site"
KINDS = {kind.token(): kind for kind in kinds().values()}
SECRET = "secret of "  # stands before the value of an input that is kept as a secret


@dataclass(frozen=True)
class Registered:
    """One resource as the engine is told of it."""

    type: str
    name: str
    inputs: dict[str, Any]
    depends_on: frozenset[str]
    options: dict[str, Any]
    provider: str


class _Recorder(Mocks):
    """Gives every resource an id of its kind's form, and its inputs as outputs, with a name where names are made."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        kind = KINDS.get(args.typ)
        place = [] if kind is None else ["place"] * len(kind.scope)
        named = {} if kind is None else {f.name: args.name for f in kind.inputs().values() if f.has(marks.AutoName)}
        return "/".join([*place, str(zlib.crc32(args.name.encode()))]), {**named, **args.inputs}

    def call(self, args: MockCallArgs) -> Any:
        raise NotImplementedError(args.token)


class _Monitor(MockMonitor):
    """Keeps what it is asked for."""

    def __init__(self) -> None:
        super().__init__(_Recorder())
        self.found: list[Registered] = []

    def RegisterResource(self, request: Any) -> Any:
        if request.type in KINDS:
            given = rpc.deserialize_properties(request.object, keep_unknowns=True)
            inputs = {name: _plain(value) for name, value in given.items() if not name.startswith("__")}
            inputs.pop("logical_name", None)
            before = frozenset(urn.rsplit("::", 1)[1] for urn in request.dependencies)
            options = {
                "protect": request.protect,
                "retain": request.retainOnDelete,
                "first": request.deleteBeforeReplace,
            }
            provider = request.provider.split("::")[-2] if request.provider else ""
            self.found.append(Registered(request.type, request.name, inputs, before, options, provider))
        return super().RegisterResource(request)  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    if rpc.is_rpc_secret(value):
        return SECRET + str(rpc.unwrap_rpc_secret(value))
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, pulumi.output.Unknown):
        return "unknown"
    return [_plain(item) for item in value] if isinstance(value, list) else value


def registered(
    declare: Callable[[], Any],
    config: Mapping[str, str] | None = None,
    secrets: tuple[str, ...] = (),
    preview: bool = False,
) -> list[Registered]:
    """What `declare` registers as a program of a stack with this config, in the order in which it becomes known."""

    monitor = _Monitor()

    async def program() -> None:
        declare()

    async def under_mocks() -> None:
        set_mocks(_Recorder(), project=PROJECT, stack="dev", preview=preview, monitor=monitor)
        pulumi.runtime.set_all_config(dict(config or {}), list(secrets))
        await run_pulumi_func(program)

    run(under_mocks)
    return monitor.found


def by_name(found: list[Registered]) -> dict[str, Registered]:
    """By logical name; no two have the same."""
    names = {one.name: one for one in found}
    assert len(names) == len(found)
    return names
