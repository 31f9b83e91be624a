"""What the kinds accept, refuse and warn of, as data: the examples are right properties, which the cases change.

`refused/<slug>.yaml` lists the refused cases of a kind, one spoilt value each: `with` changes the example `like` by
property path (null removes a property), and `fails` lists the paths of all failures, each with a part of its reason.
`warnings.yaml` lists what is allowed but warned of.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path as File
from typing import Any

import pytest
import yaml

from pulumi_ci.model import marks
from pulumi_ci.model.check import check, warnings
from pulumi_ci.model.conformance import problems
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.node import Failure, Node, Rule, blocks
from pulumi_ci.model.path import Path, reach, show
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.wire import xml

HERE = File(__file__).parent
VALID = {slug: examples(slug) for slug in kinds()}
REFUSED: list[dict[str, Any]] = [
    {"kind": file.stem, "number": number, **case}
    for file in sorted((HERE / "refused").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(file.read_text()) or ())
]
WARNED: list[dict[str, Any]] = yaml.safe_load((HERE / "warnings.yaml").read_text())
_CASES = [(slug, name, example) for slug, examples in VALID.items() for name, example in examples.items()]
EXAMPLES = [pytest.param(kind_of(slug), example, id=f"{slug}-{name}") for slug, name, example in _CASES]
KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
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


@KINDS
def test_declaration_is_sound(kind: type[Kind]) -> None:
    assert problems(kind) == []
    assert VALID[kind.slug], f"give examples in pulumi_ci/kinds/examples/{kind.slug}.yaml"


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


@pytest.mark.all_kinds
def test_every_refused_file_has_the_name_of_a_kind() -> None:
    assert {file.stem for file in (HERE / "refused").iterdir()} <= set(kinds())


@pytest.mark.parametrize("case", REFUSED, ids=[f"{c['kind']}-{'-'.join(c['fails'])}-{c['number']}" for c in REFUSED])
def test_refused(case: dict[str, Any]) -> None:
    agree(case["fails"], check(kind_of(case["kind"]), spoilt(case))[1])


@pytest.mark.parametrize("case", WARNED, ids=[f"{c['kind']}-{'-'.join(c['warns'])}-{i}" for i, c in enumerate(WARNED)])
def test_warned(case: dict[str, Any]) -> None:
    checked, failures = check(kind_of(case["kind"]), spoilt(case))
    assert failures == []
    agree(case["warns"], warnings(kind_of(case["kind"]), checked))


def spoilt(case: dict[str, Any]) -> dict[str, Any]:
    """The example of a case with its changes."""
    kind, like = case["kind"], case["like"]
    assert like in VALID[kind], f"give pulumi_ci/kinds/examples/{kind}.yaml the example {like}"
    properties = copy.deepcopy(VALID[kind][like])
    for path, value in case["with"].items():
        put(properties, path_of(path), value)
    return properties


def agree(expected: dict[str, str], failures: list[Failure]) -> None:
    found = {show(failure.path): failure.reason for failure in failures}
    assert found.keys() == expected.keys(), found
    for path, text in expected.items():
        assert text in found[path]


def limited(shape: Shape) -> bool:
    """Whether some values of the right Python type are refused here."""
    if isinstance(shape, Leaf):
        return bool(shape.choices) or any(map(shape.mark, (marks.Range, marks.Matches, marks.Length, marks.Grammar)))
    return isinstance(shape, ListOf) and (shape.mark(marks.Length) is not None or limited(shape.item))


def spot(node: type[Node], name: str) -> str:
    """A field as it is counted: by the block that declares it, which a template and a job may share."""
    home = next(parent for parent in node.__mro__ if name in vars(parent).get("__annotations__", {}))
    owner = node if issubclass(home, Kind) else home
    return f"{owner.__module__.rpartition('.')[2]}.{owner.__name__}.{name}"


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


@functools.cache
def refused_fields() -> frozenset[str]:
    """The fields for which a case has a refused value."""
    paths = [(kind_of(case["kind"]), path_of(path)) for case in REFUSED for path in case["fails"]]
    return frozenset(name for kind, path in paths for name in fields_of(kind, path))


def add_cases(kind: type[Kind], what: str, missing: Iterable[str]) -> None:
    """Fails when cases are missing, and says where they belong."""
    names = "".join(f"\n  {name}" for name in sorted(missing))
    if names:
        pytest.fail(f"add a case to tests/kinds/refused/{kind.slug}.yaml for {what}:{names}", pytrace=False)


@KINDS
def test_every_limit_has_a_refused_case(kind: type[Kind]) -> None:
    add_cases(kind, "each field that refuses some values", set(limits(kind, set())) - refused_fields())


def ends(node: type[Node], seen: set[type[Node]]) -> Iterator[tuple[str, str, float]]:
    """The ends of every range: the field, the bound and its value."""
    for name, field in node.fields().items():
        shape = field.shape
        while isinstance(shape, (ListOf, MapOf)):
            shape = shape.item
        limit = shape.mark(marks.Range) if field.is_input and isinstance(shape, Leaf) else None
        for bound in BEYOND:
            if limit is not None and getattr(limit, bound) is not None:
                yield spot(node, name), bound, getattr(limit, bound)
        for block in blocks(field.shape):
            if block not in seen:
                seen.add(block)
                yield from ends(block, seen)


BEYOND: dict[str, Callable[[float, float], bool]] = {
    "ge": operator.lt,
    "gt": operator.le,
    "le": operator.gt,
    "lt": operator.ge,
    "step": lambda value, step: value % step != 0,
}
"""Whether a value is beyond a bound."""


@functools.cache
def refused_numbers() -> Mapping[str, list[float]]:
    """The refused numbers of each field."""
    tried: dict[str, list[float]] = {}
    for case in REFUSED:
        properties = spoilt(case)
        for path in map(path_of, case["fails"]):
            value, fields = reach(properties, path), list(fields_of(kind_of(case["kind"]), path))
            if fields and isinstance(value, (int, float)) and not isinstance(value, bool):
                tried.setdefault(fields[-1], []).append(value)
    return tried


@KINDS
def test_both_ends_of_every_range_have_a_refused_case(kind: type[Kind]) -> None:
    missing = {
        f"{name} ({bound} {limit})"
        for name, bound, limit in ends(kind, set())
        if not any(BEYOND[bound](value, limit) for value in refused_numbers().get(name, ()))
    }
    add_cases(kind, "each end of a range", missing)


def yielding(kind: type[Kind], properties: dict[str, Any]) -> Iterator[Rule]:
    """The rules that had something against the properties."""
    checked, failures = check(kind, properties)
    told = {failure.path for failure in [*failures, *warnings(kind, checked)]}
    for path, node, block in inside(kind, checked):
        for rule in node.rules():
            with contextlib.suppress(Exception):  # it is never asked about values that are wrong by themselves
                found = rule.failures(block)
                if found and {(*path, *failure.path) for failure in found} <= told:
                    yield rule


Found = tuple[Path, type[Node], dict[str, Any]]


def inside(node: type[Node], block: dict[str, Any], path: Path = ()) -> Iterator[Found]:
    """A block of properties and all below it, with their classes."""
    yield path, node, block
    for name, field in node.fields().items():
        yield from below(field.shape, block.get(name), (*path, name))


def below(shape: Shape, value: Any, path: Path) -> Iterator[Found]:
    if isinstance(shape, (ListOf, MapOf)):
        steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, item in steps:
            yield from below(shape.item, item, (*path, step))
    elif isinstance(shape, Block) and isinstance(value, dict):
        node = shape.node_for(value)
        if node is not None:
            yield from inside(node, value, path)


def declared(node: type[Node], seen: set[type[Node]]) -> Iterator[Rule]:
    """Every rule of a node and of the blocks below it."""
    seen.add(node)
    yield from node.rules()
    for field in node.fields().values():
        for block in blocks(field.shape):
            if block not in seen:
                yield from declared(block, seen)


@functools.cache
def broken_rules() -> frozenset[Callable[..., object]]:
    """The rules that a case breaks."""
    cases = [(kind_of(case["kind"]), spoilt(case)) for case in [*REFUSED, *WARNED]]
    return frozenset(rule.judge for kind, properties in cases for rule in yielding(kind, properties))


@KINDS
def test_every_rule_has_a_case(kind: type[Kind]) -> None:
    judges = {rule.judge for rule in declared(kind, set())} - broken_rules()
    add_cases(kind, "each rule, or to tests/kinds/warnings.yaml", {judge.__qualname__ for judge in judges})


def test_map_shape_is_read_by_type() -> None:
    shape = kind_of("workflow").fields()["nodes"].shape
    assert isinstance(shape, MapOf)
    assert not isinstance(shape.item, (Leaf, ListOf))
    assert shape.item.node_for({"type": "Transcode"}) is not None
    assert shape.item.node_for({}) is None
