"""Where a property stands in the cloud, by the declaration alone, and the edit that changes it there."""

from __future__ import annotations

from dataclasses import dataclass, field

from generate import Place, Values

from pulumi_ci.emulator import Emulator
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Collection, Form, JsonCollection, Named, Switch
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Node
from pulumi_ci.model.path import Path, reach
from pulumi_ci.model.shape import Block, ListOf, MapOf, Raw, Shape
from pulumi_ci.wire import xml


@dataclass(frozen=True)
class Edit:
    """One change on the server: paths of elements below the root of the request, as `Emulator.edit` takes them."""

    set: dict[str, str] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


def make(emulator: Emulator, kind: type[Kind], id: str, change: Edit, status: str = "") -> None:
    """Changes the object with that resource id behind the program's back."""
    parts = id.split("/", 2)
    *region, bucket = parts[: len(kind.scope)]
    local = parts[len(kind.scope) :]
    service = kind.api.on.path if isinstance(kind.api, Switch) and kind.api.listed and kind.api.on else ""
    if service:
        emulator.edit(bucket, "".join(region), "service", id=service, delete=True)
        return
    about = {"id": local[0]} if local else {}
    emulator.edit(bucket, "".join(region), _word(kind), **about, set=change.set, remove=change.remove, status=status)


def _word(kind: type[Kind]) -> str:
    """What `Emulator.edit` calls the objects of a kind."""
    api = kind.api
    if isinstance(api, Collection):
        return api.path.strip("/")
    if isinstance(api, Adopted):
        return "queue"
    if isinstance(api, JsonCollection):
        return "vod-template"
    call = api.put if isinstance(api, Named) else api.on if isinstance(api, Switch) else None
    assert call is not None, kind
    return call.query or "binding"


def written(kind: type[Kind], values: Values, place: Place, text: str) -> Edit:
    """The edit that gives a leaf another text; of a joined list the whole text is written."""
    shared = joined(_list_of(place))
    if place.field is None and shared:
        items = list(map(xml.text_of, reach(values, place.path[:-1])))
        items[int(place.path[-1])] = text
        text = shared.separator.join(items)
    return Edit(set={element(kind, values, place.path): text})


def without(kind: type[Kind], values: Values, place: Place) -> Edit:
    """The edit that takes a place away."""
    found, shared = element(kind, values, place.path), joined(_list_of(place))
    if shared and isinstance(place.path[-1], int):
        rest = reach(values, place.path[:-1])[:-1]
        return Edit(set={found: shared.separator.join(rest)}) if rest else Edit(remove=(found,))
    return Edit(remove=(found,))


def element(kind: type[Kind], values: Values, path: Path) -> str:
    """The path of an element below the root of the request."""
    form = kind.api.form or Form()  # a JSON object nests as its fields say
    first = kind.fields()[str(path[0])]
    steps = [*form.root.split("/")[1:], *([form.body] if form.body and not first.beside else [])]
    nodes: list[type[Node]] = [kind]
    shape: Shape | None = None
    for index, step in enumerate(path):
        if isinstance(shape, ListOf) and isinstance(step, int):
            if not shape.mark(marks.Joined):
                steps[-1] += f"[{step + 1}]"
            shape = shape.item
        elif isinstance(shape, MapOf):
            steps.append(str(step))
            shape = shape.item
        elif isinstance(shape, Raw):
            steps = [*steps[:-1], f"{steps[-1]}[{step + 1}]"] if isinstance(step, int) else [*steps, step]
        else:
            found = nodes[0].fields()[str(step)]
            assert found.wire is not None
            steps += found.wire
            shape = found.shape
        if isinstance(shape, Block):
            inner = shape.node_for(reach(values, path[: index + 1]))
            assert inner is not None
            nodes = [inner]
    return "/".join(steps)


def joined(shape: Shape | None) -> marks.Joined | None:
    """How the items of a list are joined to one text, or None."""
    return shape.mark(marks.Joined) if isinstance(shape, ListOf) else None


def _list_of(place: Place) -> ListOf | None:
    shape = place.holder.shape
    inner = shape.item if isinstance(shape, MapOf) else shape
    return inner if isinstance(inner, ListOf) else None
