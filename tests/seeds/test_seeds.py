"""Bodies of the seed pages, which our code never made: decoded and encoded by the kind, they stay what they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from outside import Entry, bodies, entries, loaded, objects, parsed

from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Collection, Form, JsonAction, JsonCollection
from pulumi_ci.model.check import check
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.marks import AutoName
from pulumi_ci.model.path import show
from pulumi_ci.wire import json, xml

DEVIATIONS = {
    question: {file: group["reason"] for group in loaded("deviations.yaml")[question] for file in group["files"]}
    for question in ("differs", "undeclared", "refused")
}
"""By question and file: why the answer is yes."""

Tree = tuple[str, str, tuple[Any, ...]]


def seeds(suffix: str) -> Iterator[tuple[Entry, type[Kind]]]:
    for kind in kinds().values():
        yield from ((entry, kind) for entry in entries(kind) if entry["file"].endswith(suffix))


def form_of(kind: type[Kind]) -> Form | None:
    return kind.api.form


def tree(element: ET.Element, skipped: frozenset[str] = frozenset()) -> Tree:
    """Names, nesting and values without order, blanks and empty elements; `skipped` are names directly below."""
    children = [tree(child) for child in element if child.tag not in skipped]
    kept = sorted((child for child in children if child[1] or child[2]), key=lambda child: child[0])
    return element.tag, (element.text or "").strip() if not len(element) else "", tuple(kept)


def envelope(kind: type[Kind]) -> frozenset[str]:
    """Names beside the fields: fixed, of no interest, or set by the server."""
    form, api = form_of(kind), kind.api
    assert form is not None
    computed = {field.wire[-1] for field in kind.outputs().values() if field.wire}
    computed |= {also.element for field in kind.outputs().values() if (also := field.mark(marks.AlsoRead))}
    ids = {api.id, api.id.replace("Id", "ID")} if isinstance(api, (Collection, Adopted)) else set()
    return frozenset({*form.constants, *form.ignored, *computed, *ids})


def halves(element: ET.Element, kind: type[Kind], names: tuple[str, ...]) -> tuple[Any, Any]:
    """What stands beside the body, and the body, wherever the form puts it."""
    form = form_of(kind)
    assert form is not None
    beside = {field.wire[0] for field in kind.fields().values() if field.wire and field.beside}
    found = ((name, element if not name else element.find(name)) for name in names)
    name, body = next(((name, body) for name, body in found if body is not None), ("", None))
    outer = [tree(child) for child in element if child.tag in beside and child.tag not in envelope(kind)]
    inner = tree(body, frozenset({*envelope(kind), *(beside if not name else ())}))[2] if body is not None else None
    return sorted(outer), inner


def name_of(file: str, index: int) -> str:
    """What deviations.yaml calls a body: its file, or `file#index` where it is about one of several in the file."""
    one = f"{file}#{index}"
    return one if any(one in files for files in DEVIATIONS.values()) else file


CASES = [
    pytest.param(name_of(entry["file"], index), kind, item, id=f"{entry['file']}-{kind.slug}-{index}")
    for entry, kind in seeds(".xml")
    if kind.api.form is not None
    for index, item in enumerate(bodies(entry, kind, parsed(entry["file"])))
]


def answered(question: str, file: str, yes: bool, detail: object) -> None:
    reason = DEVIATIONS[question].get(file)
    if reason is None:
        assert not yes, f"{file} {question}: {detail}"
    else:
        assert yes, f"{file} no longer {question}; remove it from deviations.yaml"


@pytest.mark.parametrize(("file", "kind", "item"), CASES)
def test_encodes_as_decoded(file: str, kind: type[Kind], item: ET.Element) -> None:
    form = form_of(kind)
    assert form is not None
    values, carried = xml.decode(kind, item, form)
    root = xml.encode(kind, values, form, carried)
    path = form.root.split("/")[1:]
    inner = root.find("/".join(path)) if path else root
    assert inner is not None
    given = halves(item, kind, form.answers)
    assert any(given)
    made = halves(inner, kind, (form.body,))
    answered("differs", file, given != made, f"\n{given}\n{made}")


@pytest.mark.parametrize(("file", "kind", "item"), CASES)
def test_declares_every_element(file: str, kind: type[Kind], item: ET.Element) -> None:
    form = form_of(kind)
    assert form is not None
    carried = xml.decode(kind, item, form)[1]
    names = sorted("/".join((*path, child.tag)) for path, children in carried.items() for child in children)
    answered("undeclared", file, bool(names), names)


PLACEHOLDERS = {entry["file"] for entry, _ in seeds(".xml") if entry.get("placeholder")}
"""Bodies whose page holds filler instead of values."""


@pytest.mark.parametrize(("file", "kind", "item"), [case for case in CASES if case.values[0] not in PLACEHOLDERS])
def test_passes_check(file: str, kind: type[Kind], item: ET.Element) -> None:
    form = form_of(kind)
    assert form is not None
    values, _ = xml.decode(kind, item, form)
    inputs = {name: value for name, value in values.items() if name in kind.inputs()}
    failures = check(kind, inputs)[1]
    answered("refused", file, bool(failures), "; ".join(f"{show(f.path)} {f.reason}" for f in failures))


def bare(value: Any) -> Any:
    """The value without what is null."""
    return {key: bare(item) for key, item in value.items() if item is not None} if isinstance(value, dict) else value


JSON_CASES = [
    pytest.param(entry["file"], kind, kind.api, item, id=f"{entry['file']}-{kind.slug}-{index}")
    for entry, kind in seeds(".json")
    if isinstance(kind.api, (JsonCollection, JsonAction))
    for index, item in enumerate(objects(entry, kind.api))
]


@pytest.mark.parametrize(("file", "kind", "api", "item"), JSON_CASES)
def test_json_encodes_as_decoded(
    file: str, kind: type[Kind], api: JsonCollection | JsonAction, item: json.Object
) -> None:
    values, carried = json.decode(kind, item)
    beside = {api.id, *getattr(api, "scope", ()), *(field.wire[-1] for field in kind.outputs().values() if field.wire)}
    given = {key: value for key, value in bare(item).items() if key not in beside}
    assert given
    answered("differs", file, json.encode(kind, values, carried) != given, values)
    answered("undeclared", file, bool(carried), carried)
    inputs = {name: value for name, value in values.items() if name in kind.inputs()}
    unnamed = [field.name for field in kind.inputs().values() if field.has(AutoName)]
    failures = check(kind, inputs, ignored=unnamed)[1]
    answered("refused", file, bool(failures), "; ".join(f"{show(f.path)} {f.reason}" for f in failures))


def test_deviations_name_files() -> None:
    files = {case.values[0] for case in [*CASES, *JSON_CASES]}
    assert {file for listed in DEVIATIONS.values() for file in listed} <= files
