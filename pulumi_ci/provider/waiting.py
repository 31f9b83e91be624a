"""Which resources of a whole program do not wait for the binding or service that they need in their bucket."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_ci.model.kind import Kind
from pulumi_ci.model.order import comes_after, opens


@dataclass(frozen=True)
class Waiting:
    """A resource of a bucket, as it was registered."""

    urn: str
    kind: type[Kind]
    place: tuple[Any, ...]
    """Its region and bucket."""


def in_vain(
    declared: Iterable[Waiting], dependencies: Mapping[str, Collection[str]]
) -> Iterator[tuple[Waiting, list[Waiting]]]:
    """Each binding or service with the resources that need it and do not wait for it, unless it waits for these.

    `dependencies` are those of every resource of the program, by URN.
    """
    declared = list(declared)
    dependents: dict[str, list[str]] = {}
    for urn, others in dependencies.items():
        for other in others:
            dependents.setdefault(other, []).append(urn)
    for opener in declared:
        if opens(opener.kind):
            related = _reached(opener.urn, dependents) | _reached(opener.urn, dependencies)
            found = [
                one
                for one in declared
                if comes_after(one.kind, opener.kind) and one.place == opener.place and one.urn not in related
            ]
            if found:
                yield opener, found


def _reached(urn: str, edges: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    left = [urn]
    while left:
        fresh = set(edges.get(left.pop(), ())) - found
        found |= fresh
        left += fresh
    return found
