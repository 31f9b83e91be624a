"""What the kinds accept and refuse, as data: the examples are right properties, `refused.yaml` spoils them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
import yaml

from pulumi_ci.model import marks
from pulumi_ci.model.check import check
from pulumi_ci.model.conformance import problems
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.node import Node, blocks
from pulumi_ci.model.path import Path, reach, show
from pulumi_ci.model.shape import Leaf, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.wire import xml

HERE = File(__file__).parent
VALID = {slug: examples(slug) for slug in kinds()}
REFUSED: list[dict[str, Any]] = yaml.safe_load((HERE / "refused.yaml").read_text())
_CASES = [(slug, name, example) for slug, examples in VALID.items() for name, example in examples.items()]
EXAMPLES = [pytest.param(kind_of(slug), example, id=f"{slug}-{name}") for slug, name, example in _CASES]
WITH_BODY = [param for param, (slug, *_) in zip(EXAMPLES, _CASES, strict=True) if kind_of(slug).api.form]


def path_of(text: str) -> Path:
    steps = re.findall(r'\[(\d+)\]|\["([^"]+)"\]|([^.\[\]]+)', text)
    return tuple(int(index) if index else quoted or plain for index, quoted, plain in steps)


def put(properties: dict[str, Any], path: Path, value: Any) -> None:
    holder = reach(properties, path[:-1])
    if isinstance(holder, list) and path[-1] == len(holder):
        holder.append(value)
    elif value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from places(item, (*path, step))


def floats(value: Any) -> Any:
    """The value as Pulumi hands it over: every number is a float."""
    if isinstance(value, dict):
        return {name: floats(item) for name, item in value.items()}
    if isinstance(value, list):
        return [floats(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_declaration_is_sound(kind: type[Kind]) -> None:
    assert problems(kind) == []
    assert kind.slug in VALID, "give examples in pulumi_ci/kinds/examples"


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_valid_passes(kind: type[Kind], example: dict[str, Any]) -> None:
    checked, failures = check(kind, example)
    assert failures == []
    assert check(kind, checked) == (checked, [])
    assert check(kind, floats(example)) == (checked, [])


@pytest.mark.parametrize(("kind", "example"), WITH_BODY)
def test_valid_survives_the_wire(kind: type[Kind], example: dict[str, Any]) -> None:
    form = kind.api.form
    assert form is not None
    sent = {name: value for name, value in check(kind, example)[0].items() if kind.fields()[name].wire}
    root = xml.parse(xml.write(xml.encode(kind, sent, form)))
    below = "/".join(form.root.split("/")[1:])
    item = root.find(below) if below else root
    assert item is not None
    assert xml.decode(kind, item, form) == (sent, {})


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_unknown_anywhere_is_no_failure(kind: type[Kind], example: dict[str, Any]) -> None:
    for path in places(example):
        properties = copy.deepcopy(example)
        put(properties, path, UNKNOWN)
        assert check(kind, properties)[1] == [], show(path)


@pytest.mark.parametrize(
    "case", REFUSED, ids=[f"{c['kind']}-{'-'.join(c['fails'])}-{i}" for i, c in enumerate(REFUSED)]
)
def test_refused(case: dict[str, Any]) -> None:
    properties = copy.deepcopy(VALID[case["kind"]][case["like"]])
    for path, value in case["with"].items():
        put(properties, path_of(path), value)
    found = {show(failure.path): failure.reason for failure in check(kind_of(case["kind"]), properties)[1]}
    assert found.keys() == case["fails"].keys(), found
    for path, text in case["fails"].items():
        assert text in found[path]


def limited(shape: Shape) -> bool:
    """Whether some values of the right Python type are refused here."""
    if isinstance(shape, Leaf):
        return bool(shape.choices) or any(map(shape.mark, (marks.Range, marks.Matches, marks.Length, marks.Grammar)))
    return isinstance(shape, ListOf) and (shape.mark(marks.Length) is not None or limited(shape.item))


def spot(node: type[Node], name: str) -> str:
    """A field as it is counted: by the block that declares it, which a template and a job may share."""
    home = next(parent for parent in node.__mro__ if name in vars(parent).get("__annotations__", {}))
    return f"{node.__name__ if issubclass(home, Kind) else home.__name__}.{name}"


def limits(node: type[Node], seen: set[type[Node]]) -> Iterator[str]:
    for name, field in node.fields().items():
        if field.is_input and name not in ("region", "bucket") and (limited(field.shape) or field.required):
            yield spot(node, name)
        for block in blocks(field.shape):
            if block not in seen:
                seen.add(block)
                yield from limits(block, seen)


def fields_of(kind: type[Kind], path: Path) -> Iterator[str]:
    """The declared fields along a property path."""
    nodes: tuple[type[Node], ...] = (kind,)
    for step in path:
        if isinstance(step, str):
            owners = [node for node in nodes if step in node.fields()]
            yield from (spot(node, step) for node in owners)
            nodes = blocks(owners[0].fields()[step].shape) if owners else nodes


def test_every_limit_has_a_refused_case() -> None:
    tried = {
        name for case in REFUSED for path in case["fails"] for name in fields_of(kind_of(case["kind"]), path_of(path))
    }
    wanted = {name for kind in kinds().values() for name in limits(kind, set())}
    assert sorted(wanted - tried) == []


def test_map_shape_is_read_by_type() -> None:
    shape = kind_of("workflow").fields()["nodes"].shape
    assert isinstance(shape, MapOf)
    assert not isinstance(shape.item, (Leaf, ListOf))
    assert shape.item.node_for({"type": "Transcode"}) is not None
    assert shape.item.node_for({}) is None
