"""Every registered kind keeps the promises of the declaration language; nothing here knows any kind by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from generate import EXAMPLES, Values, candidates, full, places, properties, put
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from world import REGION, World

from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.meaning import changes, normal
from pulumi_ci.lifecycle.observe import SECRET
from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Adopted, Collection, Form, JsonAction, JsonCollection, Named, Switch
from pulumi_ci.model.check import check
from pulumi_ci.model.conformance import problems
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.path import Path, reach, show
from pulumi_ci.model.shape import Leaf
from pulumi_ci.state import frozen
from pulumi_ci.wire import json as wire_json
from pulumi_ci.wire import xml

KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
RANDOM = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # making a failing case smaller takes minutes, and the values show as they are
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def nodes(node: type[Node], path: str = "") -> Iterator[tuple[str, type[Node]]]:
    """The kind and every block inside it."""
    yield path, node
    for name, field in node.fields().items():
        for block in blocks(field.shape):
            yield from nodes(block, f"{path}.{name}".strip("."))


def examples(kind: type[Kind]) -> list[Values]:
    """Right values, checked, without the place and without an id that another bucket lacks."""
    found = [check(kind, example)[0] for example in EXAMPLES.get(kind.slug, {}).values()]
    return [{name: value for name, value in values.items() if name not in dropped(kind)} for values in found]


def dropped(kind: type[Kind]) -> tuple[str, ...]:
    """Fields that say where an object is, and an id that another bucket lacks."""
    return (*kind.scope, getattr(kind.api, "id_field", "") or "")


def lives(kind: type[Kind]) -> bool:
    """Whether it stays in the emulated cloud from create to delete: nothing of the web console."""
    return isinstance(kind.api, (Collection, JsonCollection, Named, Adopted, Action)) or (
        isinstance(kind.api, Switch) and bool(kind.api.on)
    )


LIVING = pytest.mark.parametrize("kind", [k for k in kinds().values() if lives(k)], ids=lambda kind: kind.slug)


@KINDS
def test_the_declaration_is_sound(kind: type[Kind]) -> None:
    assert problems(kind) == []
    for path, node in nodes(kind):
        assert (node.__doc__ or "").strip(), path
        for name, field in node.fields().items():
            assert field.doc.endswith((".", "!", "?", "`", ")")), f"{path}.{name}: {field.doc!r}"
    assert kind.token().startswith(f"pulumi-python:dynamic/{kind.module}:")
    assert len(frozen(kind.slug)) <= 80
    assert kind.slug in EXAMPLES, "give examples in pulumi_ci/kinds/examples"


@KINDS
@given(data=st.data())
@RANDOM
def test_random_values_keep_their_meaning(kind: type[Kind], data: st.DataObject) -> None:
    """Through the wire and back, through JSON, and through their normal form."""
    values, failures = check(kind, data.draw(properties(kind)))
    assert failures == []
    once = normal(kind, values)
    assert normal(kind, once) == once
    assert not any(diff(kind, old, new) for old in (values, once) for new in (values, once))
    assert json.loads(json.dumps(values)) == values
    as_floats = json.loads(json.dumps(values), parse_int=float)
    assert check(kind, as_floats) == (values, []), "Pulumi turns every number into a float"
    if isinstance(kind.api, (JsonCollection, JsonAction)):
        _through_json(kind, values)
    elif kind.api.form is not None:
        _through_the_wire(kind, kind.api.form, values)


def _through_json(kind: type[Kind], values: Values) -> None:
    sent = {name: value for name, value in values.items() if kind.fields()[name].wire is not None}
    text = wire_json.write(wire_json.encode(kind, sent))
    back, carried = wire_json.decode(kind, wire_json.parse(text))
    assert carried == {}
    assert changes(kind, sent, back) == []
    assert wire_json.write(wire_json.encode(kind, back)) == text


def _through_the_wire(kind: type[Kind], form: Form, values: Values) -> None:
    sent = {name: value for name, value in values.items() if kind.fields()[name].wire is not None}
    text = xml.write(xml.encode(kind, sent, form))
    root = xml.parse(text)
    below = "/".join(form.root.split("/")[1:])
    item = root.find(below) if below else root
    assert item is not None
    back, carried = xml.decode(kind, item, form)
    assert carried == {}
    assert changes(kind, sent, back) == []
    assert xml.write(xml.encode(kind, back, form)) == text


@LIVING
@given(data=st.data())
@settings(RANDOM, max_examples=4)
def test_random_values_live_in_the_cloud(kind: type[Kind], data: st.DataObject) -> None:
    values = data.draw(properties(kind))
    with World() as world:
        _live(world, kind, values)


@LIVING
def test_examples_live_in_the_cloud(kind: type[Kind]) -> None:
    for values in examples(kind):
        with World() as world:
            _live(world, kind, values)


def _live(world: World, kind: type[Kind], values: Values) -> None:
    """Create, read, a second apply, update, read, delete, read; each with empty caches."""
    values = {name: value for name, value in values.items() if name not in dropped(kind)}
    inputs = world.inputs(kind, values)
    stored = world.lifecycle(kind).create(inputs)
    assert stored.id.split("/")[0] in (REGION, *kind.scope.values())
    assert {name: stored.outs[name] for name in inputs} == inputs, "outputs mirror the inputs"
    seen = world.lifecycle(kind).read(stored.id, stored.outs)
    assert seen is not None
    assert (seen.id, seen.inputs, seen.outs) == (stored.id, inputs, stored.outs)
    assert not diff(kind, seen.outs, world.inputs(kind, values, olds=inputs)), "the second apply is quiet"
    looked_up = world.lifecycle(kind).read(stored.id, {})
    readable = not isinstance(kind.api, Switch) or kind.api.read is not None
    if readable:
        assert looked_up is not None
        declared = {name: value for name, value in inputs.items() if kind.fields()[name].wire is not None}
        if isinstance(kind.api, JsonAction):  # its read tells of the task, and not all that was asked for
            declared = {name: value for name, value in declared.items() if name in looked_up.inputs}
        found = [change for change in changes(kind, declared, looked_up.inputs) if change.path[0] in declared]
        assert not [change for change in found if change.old is not None and change.new != SECRET]
    is_written = kind.api.form is not None or isinstance(kind.api, (JsonCollection, JsonAction))
    if is_written and not any(field.has(marks.Fixed) for field in kind.inputs().values()):
        outs = world.lifecycle(kind).update(stored.id, stored.outs, inputs)
        after = world.lifecycle(kind).read(stored.id, outs)
        assert after is not None
        assert after.inputs == inputs, "an update with the same values changes nothing"
        stored = after
    world.lifecycle(kind).delete(stored.id, stored.outs)
    gone = world.lifecycle(kind).read(stored.id, stored.outs)
    removable = readable and not (isinstance(kind.api, Switch) and kind.api.off is None)
    if isinstance(kind.api, (Adopted, Action)) or (readable and inputs.get("on_delete") == "leave"):
        assert gone is not None, "what existed before stays, and so does what ran or was to be left"
    elif removable:
        assert gone is None
        world.lifecycle(kind).delete(stored.id, stored.outs)


@KINDS
def test_every_immutable_field_replaces_and_no_other(kind: type[Kind]) -> None:
    for values in [*examples(kind), *full(kind)]:
        there = {"region": "ap-beijing", "bucket": "media-1250000000", "sub_app_id": 221073}
        old = {**values, **{name: there[name] for name in kind.scope}}
        for name, field in kind.inputs().items():
            other = _another(kind, field, old)
            if other is not None:
                found = diff(kind, old, other)
                assert found.replaces == ((name,) if field.has(marks.Immutable) else ()), name
                assert bool(found) == field.compared, name
    immutable = {name for name, field in kind.inputs().items() if field.has(marks.Immutable)}
    assert set(kind.scope) <= immutable


def _another(kind: type[Kind], field: Field, values: Values) -> Values | None:
    """The values with a different one for the field."""
    if isinstance(field.shape, Leaf):
        found = candidates(field.shape, values.get(field.name))
        fresh = [value for value in found if value != field.server_default]
        return {**values, field.name: fresh[0]} if fresh else None
    said = normal(kind, values)
    return {name: value for name, value in values.items() if name != field.name} if field.name in said else None


def defaults(kind: type[Kind]) -> Iterator[tuple[Values, Values, Path, Field]]:
    """Every place of the examples where a ServerDefault may stand: without it, and with it."""
    seen: set[tuple[Any, ...]] = set()
    for values in [*examples(kind), *full(kind)]:
        owners: list[tuple[Path, type[Node]]] = [((), kind)]
        for place in places(kind, values):
            node = getattr(place.shape, "nodes", None) and place.shape.node_for(reach(values, place.path))  # type: ignore[union-attr]
            owners += [(place.path, node)] if node else []
        for path, node in owners:
            for name, field in node.fields().items():
                key = (node, name)
                if field.server_default is None or key in seen:
                    continue
                told = put(values, (*path, name), field.server_default)
                lone = bool(path) and list(reach(told, path)) == [name]
                bare = put(told, path if lone else (*path, name), None)
                if not check(kind, bare)[1] and not check(kind, told)[1]:
                    seen.add(key)
                    yield bare, told, (*path, name), field


@LIVING
@pytest.mark.parametrize("unset", ["as-sent", "with-defaults", "empty-elements"])
def test_every_server_default_is_quiet(kind: type[Kind], unset: Any) -> None:
    """Said or not, filled in by the server or not: no difference, and no replacement of the user's spelling."""
    found = list(defaults(kind))
    fields = [field for _, node in nodes(kind) for field in node.fields().values() if field.server_default is not None]
    tried, declared = ({(f.name, f.server_default) for f in some} for some in ([f for *_, f in found], fields))
    assert tried == declared, "an example for every default"
    for bare, told, path, _ in found:
        assert not diff(kind, bare, told), show(path)
        assert not diff(kind, told, bare), show(path)
        for values in (bare, told):
            with World(Choices(references="free", unset=unset)) as world:
                given = {name: value for name, value in values.items() if name not in dropped(kind)}
                inputs = world.inputs(kind, given)
                stored = world.lifecycle(kind).create(inputs)
                seen = world.lifecycle(kind).read(stored.id, stored.outs)
                assert seen is not None
                assert seen.inputs == inputs, show(path)
                assert not any(key.endswith(show(path)) for key in stored.outs.get("filled", {})), show(path)
