"""Objects as a bucket or a stack shows them, before they have become an environment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.environment.environment import PLAIN, Options
from pulumi_ci.environment.expression import Reference
from pulumi_ci.lifecycle.inventory import inventory
from pulumi_ci.lifecycle.lifecycle import Session, Stored
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.path import Path


@dataclass(frozen=True)
class Found:
    """One object, with the logical name that a stack gives it; "" when only its bucket knows it."""

    kind: type[Kind]
    stored: Stored
    name: str = ""
    options: Options = PLAIN
    secrets: frozenset[Path] = frozenset()
    """Where inputs or outputs are secret; what stands below is, too."""

    @property
    def local(self) -> str:
        """The last part of its id: the server's id, or its name; "" for a setting of a bucket."""
        return str(self.kind.server_id(self.stored.id))

    @property
    def place(self) -> str:
        """Its id without the last part."""
        return "/".join(self.kind.id_parts(self.stored.id)[: len(self.kind.scope)])

    def outputs(self, name: str) -> dict[Reference, Any]:
        """What `${name.output}` stands for, for each of its outputs, when the environment calls it `name`."""
        own = {getattr(self.kind.api, "id_field", "id"): self.kind.server_id(self.stored.id), "id": self.stored.id}
        return {Reference(name, output): value for output, value in {**self.stored.outs, **own}.items()}


def kinds_in(place: Place) -> list[type[Kind]]:
    """The kinds whose objects live in such a place: a bucket, or an application of VOD."""
    given = {name for name in ("region", "bucket", "sub_app_id") if getattr(place, name)}
    return [kind for kind in kinds().values() if set(kind.scope) == given]


def live(session: Session, places: Iterable[Place], wanted: Iterable[type[Kind]] = ()) -> list[Found]:
    """Every object of the account's own in these places, of the `wanted` kinds or of all. Raises CiError."""
    chosen = set(wanted)
    return [
        Found(kind, stored)
        for place in places
        for kind in kinds_in(place)
        if not chosen or kind in chosen
        for stored in inventory(kind, session, place)
    ]
