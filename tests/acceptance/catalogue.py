"""What is done with every kind of the registry, chosen from its declaration and its examples alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "conformance")]

from elements import Edit, make, written  # noqa: E402
from generate import EXAMPLES, Place, Values, candidates, full, passes, places, put  # noqa: E402

from acceptance.stack import BUCKET, Resource  # noqa: E402
from pulumi_ci.model import marks  # noqa: E402
from pulumi_ci.model.api import Action, Adopted, Switch  # noqa: E402
from pulumi_ci.model.kind import Kind, kinds  # noqa: E402
from pulumi_ci.model.node import Field  # noqa: E402
from pulumi_ci.model.path import Path as PropertyPath  # noqa: E402
from pulumi_ci.model.path import reach, show  # noqa: E402
from pulumi_ci.model.shape import Leaf  # noqa: E402
from pulumi_ci.wire import xml  # noqa: E402

__all__ = ["Edit", "PropertyPath", "make"]
ELSEWHERE: Mapping[str, Any] = {"region": "ap-shanghai", "bucket": f"other-{BUCKET}", "sub_app_id": 221073}
"""Another place for what lives in one."""

STANDING = (marks.Immutable, marks.Fixed, marks.AutoName, marks.Reference)
"""Marks of what is not changed in place here."""


def resource(kind: type[Kind]) -> Resource:
    """A declaration with every leaf that fits into one, made-up names, and references to the other resources."""
    example: Values = next(iter(full(kind)), {})
    values = {name: value for name, value in example.items() if name not in _own(kind)}
    if "on_delete" in kind.inputs():  # the bucket is to be in the end what it was
        values["on_delete"] = "restore" if isinstance(kind.api, Adopted) else "off"
    ids = {other.__name__: f"${{{slug}.{_id_field(other)}}}" for slug, other in kinds().items()}
    for place in [*places(kind, values)]:
        if isinstance(place.shape, Leaf) and (name := _referred(place, values)):
            values = put(values, place.path, ids[name])
    return Resource(kind.slug, kind.slug, values)


def resources() -> list[Resource]:
    """One of every kind; what is referred to stands before what refers to it."""
    waiting = {slug: resource(kind) for slug, kind in kinds().items()}
    found: list[Resource] = []
    while waiting:
        ready = [slug for slug, one in waiting.items() if not any(f"${{{other}." in _text(one) for other in waiting)]
        assert ready, f"references in a circle among {', '.join(waiting)}"
        found += [waiting.pop(slug) for slug in ready]
    return found


def drift(kind: type[Kind], inputs: Values) -> tuple[Edit, PropertyPath] | None:
    """An edit of one leaf in the cloud, and the path at which it shows; None for a kind without such a leaf."""
    for place in _changeable(kind, inputs):
        assert isinstance(place.shape, Leaf)
        for value in candidates(place.shape, reach(inputs, place.path)):
            return written(kind, inputs, place, xml.text_of(value)), place.path
    return None


def change(kind: type[Kind], inputs: Values, other_than: PropertyPath) -> tuple[PropertyPath, Any] | None:
    """Another value in the program that is right and changes in place; at another path where there is one."""
    spots = sorted(_changeable(kind, inputs), key=lambda place: place.path == other_than)
    for place in spots:
        assert isinstance(place.shape, Leaf)
        for value in candidates(place.shape, reach(inputs, place.path)):
            if passes(kind, put(inputs, place.path, value)):
                return place.path, value
    return None


def replacement(kind: type[Kind], inputs: Values) -> tuple[dict[str, Any], set[str]]:
    """New values by dotted path for every field that replaces and has another one beside the rest; and these fields."""
    changes: dict[str, Any] = {}
    names: set[str] = set()
    for name, field in kind.inputs().items():
        if not (field.has(marks.Immutable) and field.compared):
            continue
        found = ((name,), ELSEWHERE[name]) if name in kind.scope else _other(kind, field, inputs)
        if found is not None:
            path, value = found
            inputs = put(inputs, path, value)
            changes[dotted(path)] = value
            names.add(name)
    return changes, names


def dotted(path: PropertyPath) -> str:
    """The path as `Resource.changed` takes it."""
    return ".".join(map(str, path))


def is_run(kind: type[Kind]) -> bool:
    """Whether it is an action: what ran once neither drifts nor goes away."""
    return isinstance(kind.api, Action)


def can_be_off(kind: type[Kind]) -> bool:
    """Whether it is a switch of which somebody can see that it was turned off."""
    return isinstance(kind.api, Switch) and kind.api.read is not None


def _other(kind: type[Kind], field: Field, inputs: Values) -> tuple[PropertyPath, Any] | None:
    """Another value for the field or for a leaf in it; without one, none at all."""
    here = [place for place in places(kind, inputs) if place.path[0] == field.name]
    spots: list[tuple[PropertyPath, Any]] = [(p.path, p.shape) for p in here if isinstance(p.shape, Leaf)]
    if not here and isinstance(field.shape, Leaf):
        spots = [((field.name,), field.shape)]
    for path, leaf in spots:
        for value in candidates(leaf, reach(inputs, path)):
            if value != field.server_default and passes(kind, put(inputs, path, value)):
                return path, value
    others = [example.get(field.name) for example in EXAMPLES[kind.slug].values()]
    for value in others if not here else [None]:
        tried = inputs if value is None and not here else put(inputs, (field.name,), value)
        if tried != inputs and passes(kind, tried):
            return (field.name,), value
    return None


def _changeable(kind: type[Kind], inputs: Values) -> list[Place]:
    """The leaves that change in place and show by themselves, the deepest first."""
    return sorted(_plain(kind, inputs), key=lambda place: -len(place.path))


def _plain(kind: type[Kind], inputs: Values) -> Iterator[Place]:
    spots = {place.path: place for place in places(kind, inputs)}
    for place in spots.values():
        parent = spots.get(place.path[:-1])
        switched = parent.holder.mark(marks.Switched) if parent is not None else None
        top, field = kind.fields()[str(place.path[0])], place.field
        is_tag = len(place.outline) > 1 and place.outline[-1] == "type" and place.outline[-2].startswith("{")
        if (
            isinstance(place.shape, Leaf)
            and field is not None
            and not field.has(marks.Secret, *STANDING)
            and not top.has(*STANDING)
            and top.wire is not None
            and not is_tag
            and not (switched and switched.field == field.name)
            and not any(isinstance(step, int) for step in place.path)
        ):
            yield place


def _own(kind: type[Kind]) -> set[str]:
    made_up = {name for name, field in kind.inputs().items() if field.has(marks.AutoName)}
    return {*kind.scope, _id_field(kind), *made_up}


def _id_field(kind: type[Kind]) -> str:
    return getattr(kind.api, "id_field", "id")


def _referred(place: Place, values: Values) -> str:
    """Name of the kind whose id stands there, or ""; the template of a batch job is one for its tag."""
    reference = place.holder.mark(marks.Reference)
    if reference is not None:
        return reference.kind
    return f"{values['tag']}Template" if place.path[-1] == "template_id" else ""


def _text(resource: Resource) -> str:
    return str(resource.properties)


def shown(path: PropertyPath) -> dict[str, str]:
    """What the engine shows when the value at that path is another one."""
    return {show(path): "update"}
