"""What objects are called in an environment: readable names, the same for the same pipeline in every place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi_ci.environment.expression import PLACE
from pulumi_ci.environment.found import Found
from pulumi_ci.lifecycle.names import stem_of
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.kind import Kind


def name_field(kind: type[Kind]) -> str:
    """The field with an object's own name; "" for kinds whose objects are told apart otherwise."""
    if isinstance(kind.api, (Switch, Adopted)):
        return ""
    return str(getattr(kind.api, "key", ""))


def name_in_place(found: Found) -> str:
    """The name of an object in its place, as it stands there; "" when it has none."""
    name = found.stored.inputs.get(name_field(found.kind))
    return name if isinstance(name, str) else ""


def own_name(kind: type[Kind], properties: Mapping[str, Any]) -> str:
    """What tells an object from the others of its kind in its place: its name, without the digits of a made one; of
    what has no name its kind, with the category of a queue that is not the usual one. "" for runs.
    """
    if isinstance(kind.api, (Switch, Adopted)):
        select = getattr(kind.api, "select", "")
        value = properties.get(select) if select else None
        return kind.slug if value in (None, getattr(kind.api, "select_default", "")) else f"{kind.slug}-{value}"
    field = kind.fields().get(name_field(kind))
    value = properties.get(field.name) if field is not None else None
    if field is None or not isinstance(value, str):
        return ""
    return stem_of(kind, value) or value


def names(found: Sequence[Found]) -> list[str]:
    """A name for each object, all different: its logical name, or what it is called in its place."""
    wanted = [one.name or own_name(one.kind, one.stored.inputs) for one in found]
    stems = [_word(name) or one.kind.slug for name, one in zip(wanted, found, strict=True)]
    taken: set[str] = set()
    found_names = []
    for stem, one in zip(stems, found, strict=True):
        name = next(name for name in _candidates(stem, one.kind) if name not in taken)
        taken.add(name)
        found_names.append(name)
    return found_names


def _word(text: str) -> str:
    word = re.sub(r"[^\w-]+", "-", text).strip("-")
    return f"_{word}" if word[:1].isdigit() else word


def _candidates(stem: str, kind: type[Kind]) -> Iterator[str]:
    if stem != PLACE:
        yield stem
    yield f"{stem}-{kind.slug}"
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
