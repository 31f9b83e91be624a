"""Values of any kind, from its declaration alone: every leaf there is, other values for it, and random ones."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pulumi_ci.lifecycle.meaning import is_default, same
from pulumi_ci.model import marks
from pulumi_ci.model.check import check
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.path import Path, reach
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape

EXAMPLES = {slug: examples(slug) for slug in kinds()}
"""Right properties by slug and name of the example."""
Values = dict[str, Any]
Outline = tuple[str, ...]
"""Where something stands in a declaration: field names, `[]` for the items of a list, `{Type}` for the entries of a
map."""


@dataclass(frozen=True)
class Place:
    """One place in a set of values: its path, where that is in the declaration, the field (None for items), and the
    shape there."""

    path: Path
    outline: Outline
    field: Field | None
    shape: Shape
    holder: Field
    """The field itself, or for items the one that holds them."""


_TEXT_LEAF = Leaf((str,), (), ())
"""What stands at the ends of a content that nobody described."""


def outlines(node: type[Node], at: Outline = ()) -> Iterator[tuple[Outline, Field, Leaf]]:
    """Every input leaf of a declaration."""
    for name, field in node.fields().items():
        if field.compared:
            yield from _outlines(field, field.shape, (*at, name))


def _outlines(field: Field, shape: Shape, at: Outline) -> Iterator[tuple[Outline, Field, Leaf]]:
    if isinstance(shape, Leaf):
        yield at, field, shape
    elif isinstance(shape, ListOf):
        yield from _outlines(field, shape.item, (*at, "[]"))
    elif isinstance(shape, MapOf):
        yield from _outlines(field, shape.item, (*at, "{}"))
    elif isinstance(shape, Block):
        for node in shape.nodes:
            yield from outlines(node, (*at[:-1], f"{{{node.__name__}}}") if at[-1] == "{}" else at)


def places(node: type[Node], values: Values, path: Path = (), at: Outline = ()) -> Iterator[Place]:
    """Everything that stands in `values`, parents before their children."""
    for name, field in node.fields().items():
        if field.compared and values.get(name) is not None:
            yield from _places(field, field, field.shape, values[name], (*path, name), (*at, name))


def _places(holder: Field, field: Field | None, shape: Shape, value: Any, path: Path, at: Outline) -> Iterator[Place]:
    if isinstance(shape, Block) and at[-1] == "{}":
        node = shape.node_for(value)
        assert node is not None
        at = (*at[:-1], f"{{{node.__name__}}}")
    yield Place(path, at, field, shape, holder)
    if isinstance(shape, ListOf):
        for index, item in enumerate(value):
            yield from _places(holder, None, shape.item, item, (*path, index), (*at, "[]"))
    elif isinstance(shape, MapOf):
        for key, item in value.items():
            yield from _places(holder, None, shape.item, item, (*path, key), (*at, "{}"))
    elif isinstance(shape, Raw):
        steps: Any = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in steps:
            inner = Raw() if isinstance(item, (dict, list)) else _TEXT_LEAF
            yield from _places(holder, None, inner, item, (*path, step), (*at, str(step)))
    elif isinstance(shape, Block):
        node = shape.node_for(value)
        assert node is not None
        yield from places(node, value, path, at)


def put(values: Values, path: Path, value: Any) -> Values:
    """A copy of `values` with another value at `path`; None removes what is there, and a list takes one more item."""
    copied = copy.deepcopy(values)
    holder = reach(copied, path[:-1])
    if value is None:
        del holder[path[-1]]
    elif isinstance(holder, list) and path[-1] == len(holder):
        holder.append(copy.deepcopy(value))
    else:
        holder[path[-1]] = copy.deepcopy(value)
    return copied


def passes(kind: type[Kind], values: Values) -> bool:
    """Whether the values are right."""
    return not check(kind, values)[1]


def candidates(leaf: Leaf, own: Any = None) -> list[Any]:
    """Some values that pass by themselves, mean different things, and mean something else than `own`."""
    found: list[Any] = [True, False] if bool in leaf.types else []
    bounds = leaf.mark(marks.Range)
    if leaf.numeric and (int in leaf.types or float in leaf.types):
        step = (bounds.step if bounds and bounds.step else 1) or 1
        start = own if isinstance(own, (int, float)) and not isinstance(own, bool) else 0
        found += [start + step, start - step, start + 7 * step, 2, 3, 1.5, 2.25, 12, 30, 130, 1000, -2, 0, 1]
        if bounds:
            found += [limit for limit in (bounds.ge, bounds.le) if limit is not None]
    found += leaf.choices
    for mark in leaf.marks:
        if isinstance(mark, marks.Matches):
            found += [mark.example, f"{mark.example}1", f"a{mark.example}"]
        if isinstance(mark, marks.Grammar):
            found += mark.examples
    if str in leaf.types:
        found += [f"{own}x" if isinstance(own, str) else "other", "another"]
    good: list[Any] = []
    for value in found:
        fits = leaf.failure(value) is None and (own is None or not same(leaf, own, value))
        if fits and not any(same(leaf, value, other) for other in good):
            good.append(value)
    return good


def completed(kind: type[Kind], values: Values) -> Values:
    """The values with every leaf added that may stand there, and every default replaced, as far as rules allow."""
    for _ in range(2):  # a second round, since the first may have made the room that a rule asks for
        values = _completed(kind, kind, values, ())
    return values


def _completed(kind: type[Kind], node: type[Node], whole: Values, path: Path) -> Values:
    for name, field in node.fields().items():
        if not field.compared or field.wire is None:
            continue
        here = (*path, name)
        given = reach(whole, here)
        if given is None:
            whole = next((tried for value in _samples(field) if passes(kind, tried := put(whole, here, value))), whole)
        elif isinstance(field.shape, Leaf) and (is_default(field, given) or given == field.default):
            others = (put(whole, here, value) for value in candidates(field.shape, given))
            gone = put(whole, here, None)
            whole = next((tried for tried in others if passes(kind, tried)), gone if passes(kind, gone) else whole)
        whole = _inside(kind, field.shape, whole, here)
    return whole


def _inside(kind: type[Kind], shape: Shape, whole: Values, path: Path) -> Values:
    value = reach(whole, path)
    if value is None or isinstance(shape, (Leaf, Raw)):
        return whole
    if isinstance(shape, Block):
        node = shape.node_for(value)
        assert node is not None
        return _completed(kind, node, whole, path)
    steps: list[Any] = list(value) if isinstance(shape, MapOf) else list(range(len(value)))
    for step in steps:
        whole = _inside(kind, shape.item, whole, (*path, step))
    return whole


def _samples(field: Field) -> list[Any]:
    """Values for a field that is not there: no defaults, and no more than is required inside."""
    values = _of(field.shape)
    return [value for value in values if not is_default(field, value)] if isinstance(field.shape, Leaf) else values


def _of(shape: Shape) -> list[Any]:
    if isinstance(shape, Leaf):
        return candidates(shape)
    if isinstance(shape, ListOf):
        items = _of(shape.item)
        return [items[:2], items[:1]]
    if isinstance(shape, MapOf):
        return []
    if isinstance(shape, Raw):
        return [{"Some": {"Content": ["one", "two"]}, "Flag": "true"}]
    found = []
    for node in shape.nodes:
        needed = {name: field for name, field in node.fields().items() if field.is_input and field.required}
        if needed:
            found.append({name: (_of(field.shape) or [None])[0] for name, field in needed.items()})
        else:
            for name, field in node.fields().items():
                found += [{name: value} for value in _samples(field)[:2]] if field.compared else []
    return found


@functools.cache
def full(kind: type[Kind]) -> list[Values]:
    """Right values that together hold every leaf of the kind that is on the wire, with other values than defaults."""
    chosen: list[Values] = []
    covered: set[Outline] = set()
    examples = EXAMPLES.get(kind.slug, {})
    for name in sorted(examples, key=lambda name: name != "full"):
        values = completed(kind, check(kind, examples[name])[0])
        more = covering(kind, values) - covered
        if more:
            chosen.append(values)
            covered |= more
    return chosen


def covering(kind: type[Kind], values: Values) -> set[Outline]:
    """The leaves that stand in the values with other values than their defaults."""
    return {
        place.outline
        for place in places(kind, values)
        if isinstance(place.shape, Leaf)
        and not (place.field is not None and is_default(place.field, reach(values, place.path)))
    }


def on_the_wire(kind: type[Kind]) -> set[Outline]:
    """Every leaf of the kind that is sent."""
    return {outline for outline, _, _ in outlines(kind) if kind.fields()[outline[0]].wire is not None}


# -- random values ----------------------------------------------------------------------------------------------

_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=30)
_TEXT = _ANY.map(str.strip).filter(bool)  # blanks around a text are not kept


def leaves(leaf: Leaf) -> st.SearchStrategy[Any]:
    """Random values that pass by themselves."""
    options: list[st.SearchStrategy[Any]] = [st.booleans()] if bool in leaf.types else []
    bounds = leaf.mark(marks.Range) or marks.Range()
    low, high = bounds.ge if bounds.ge is not None else bounds.gt, bounds.le if bounds.le is not None else bounds.lt
    if int in leaf.types or float in leaf.types:
        least, most = int(low) if low is not None else -(10**6), int(high) if high is not None else 10**6
        step = bounds.step or 1
        options.append(st.integers(least // step, most // step).map(lambda number: number * step))
    if float in leaf.types:
        options.append(st.floats(low if low is not None else -1e6, high if high is not None else 1e6, allow_nan=False))
    if leaf.choices:
        options.append(st.sampled_from(leaf.choices))
    grammar, matches = leaf.mark(marks.Grammar), leaf.mark(marks.Matches)
    if grammar:
        options.append(st.sampled_from(grammar.examples))
    elif matches:
        options.append(st.from_regex(matches.pattern, fullmatch=True))
    elif str in leaf.types:
        options.append(_TEXT)
    return st.one_of(options).filter(lambda value: leaf.failure(value) is None)


@st.composite
def properties(draw: st.DrawFn, kind: type[Kind]) -> Values:
    """Right properties: an example in which random leaves were replaced, added or taken away."""
    values: Values = copy.deepcopy(draw(st.sampled_from([*EXAMPLES[kind.slug].values(), *full(kind)])))
    for _ in range(draw(st.integers(1, 6))):
        found = [*places(kind, values)]
        spot = draw(st.sampled_from(_spots(kind, found))) if _spots(kind, found) else None
        if spot is None:
            break
        path, shape = spot
        value: Any = None if draw(st.integers(0, 4)) == 0 else draw(leaves(shape))
        if value is None and reach(values, path) is None:
            continue
        tried = put(values, path, value)
        values = tried if passes(kind, tried) else values
    return values


def _spots(kind: type[Kind], found: list[Place]) -> list[tuple[Path, Leaf]]:
    """Leaves that stand there, and those that could stand in a block that is there."""
    spots = [(place.path, place.shape) for place in found if isinstance(place.shape, Leaf)]
    blocks: list[tuple[Path, type[Node]]] = [((), kind)]
    for place in found:
        if isinstance(place.shape, Block) and len(place.shape.nodes) == 1:
            blocks.append((place.path, place.shape.nodes[0]))
    for path, node in blocks:
        spots += [
            ((*path, name), field.shape)
            for name, field in node.fields().items()
            if field.compared and isinstance(field.shape, Leaf) and name not in ("region", "bucket")
        ]
    return sorted(set(spots), key=lambda spot: json.dumps(spot[0]))
