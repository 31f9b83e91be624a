"""The order of a program: what it declares after the binding or a service of a bucket depends on that, unasked.

Known is the bucket of a resource that names it by a text, or leaves it to its provider or to the stack's config; and
two resources that are given the same Output. An Output of the binding makes its resource depend on it anyway. Any other
Output is known too late.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.settings import get_monitor

from pulumi_ci.model.kind import BucketKind, Kind
from pulumi_ci.model.order import comes_after, opens
from pulumi_ci.provider.instance import Provider, provider_of

Place = tuple[Hashable, ...]


@dataclass(frozen=True)
class _Opener:
    """A binding or service, as the program declared it."""

    resource: pulumi.Resource
    kind: type[Kind]
    place: Place
    values: tuple[Any, ...]
    """The region and the bucket; an Output among them is kept, since it is told from others by its identity."""
    after: tuple[pulumi.Resource, ...]
    """The components that it waits for, with all that they will hold."""
    loop: asyncio.AbstractEventLoop | None


_declared: WeakKeyDictionary[Any, list[_Opener]] = WeakKeyDictionary()
"""By the connection to the engine that a run of a program has: the next run in the same process starts anew."""


def needed(kind: type[Kind], given: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> list[pulumi.Resource]:
    """What a resource that is about to be declared with these properties must wait for."""
    openers = [opener for opener in _openers() if comes_after(kind, opener.kind)]
    if not openers:
        return []
    place = _place(_values(given, opts))
    parent = None if opts is None else opts.parent
    return [
        opener.resource
        for opener in openers
        if opener.place == place and not any(_holds(component, parent) for component in opener.after)
    ]


def declared(
    resource: pulumi.Resource, kind: type[Kind], given: Mapping[str, Any], opts: pulumi.ResourceOptions | None
) -> None:
    """Notes a resource that others may have to wait for."""
    if opens(kind):
        values = _values(given, opts)
        opener = _Opener(resource, kind, _place(values), values, tuple(_components(opts)), _loop())
        _declared.setdefault(get_monitor(), []).append(opener)


def _openers() -> Iterator[_Opener]:
    loop, found = None, _declared.get(get_monitor())
    if found:
        loop = _loop()
    return (opener for opener in found or () if opener.loop is loop)


def _loop() -> asyncio.AbstractEventLoop | None:
    """The running loop. Tests may give each program under the same mocks one of its own."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _values(given: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> tuple[Any, ...]:
    """Region and bucket, each a text, an Output, or None where nobody says it."""
    provider = provider_of(opts)
    place = provider.place if isinstance(provider, Provider) else {}
    values = []
    for name in BucketKind.scope:
        value = given.get(name)
        if value is None:
            value = place.get(name) if provider else pulumi.runtime.get_config(f"ci:{name}")
        values.append(value)
    return tuple(values)


def _place(values: tuple[Any, ...]) -> Place:
    return tuple(value if value is None or isinstance(value, str) else id(value) for value in values)


def _components(opts: pulumi.ResourceOptions | None) -> Iterator[pulumi.Resource]:
    found = None if opts is None else opts.depends_on
    for item in found if isinstance(found, (list, tuple)) else [found]:
        if isinstance(item, pulumi.ComponentResource):
            yield item


def _holds(component: pulumi.Resource, resource: pulumi.Resource | None) -> bool:
    """Whether a resource is a component or stands below it: who waits for one waits for all that is in it."""
    if resource is None or resource is component:
        return resource is not None
    return any(_holds(child, resource) for child in getattr(component, "_childResources", ()))
