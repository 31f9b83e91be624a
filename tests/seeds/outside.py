"""What the vendor shows and says of a kind: request lines, bodies and field tables that no declaration has a part in.

`index.yaml` names the files, `pages.yaml` the pages that they are from. The emulator's own tables, typed from the same
pages, count as well.
"""

from __future__ import annotations

import functools
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from pulumi_ci.emulator import tree
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Collection, Form, JsonAction, JsonCollection, Named, Switch
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape
from pulumi_ci.wire import xml

HERE = Path(__file__).parent
Entry = Mapping[str, Any]
INDEX: list[Entry] = yaml.safe_load((HERE / "index.yaml").read_text(encoding="utf-8"))
PAGES: Mapping[str, str] = yaml.safe_load((HERE / "pages.yaml").read_text(encoding="utf-8"))
Steps = tuple[str, ...]
"""Element names from an object of the request down. An entry of a map is its Type in braces."""


def entries(kind: type[Kind], *, shared: bool = False) -> list[Entry]:
    """The files about a kind; where `shared`, also those that are about every media template."""
    common = shared and kind.slug.endswith("-template") and kind.module == "ci"
    return [
        entry
        for entry in INDEX
        if kind.slug in entry.get("kinds", [entry["kind"]]) or (common and entry["kind"] == "media-template")
    ]


@functools.cache
def parsed(file: str) -> ET.Element:
    """The root of an XML file; not to be changed."""
    return xml.parse((HERE / file).read_bytes())


@functools.cache
def loaded(file: str) -> Any:
    """The content of a JSON or YAML file; not to be changed."""
    text = (HERE / file).read_text(encoding="utf-8")
    return json.loads(text) if file.endswith(".json") else yaml.safe_load(text)


# -- what a declaration says ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declared:
    """A field of a kind, where it stands among the properties."""

    property: str
    field: Field
    default: Any = None
    """What the service is said to assume when it is left out."""
    key: bool = False
    """Whether it is the Type by which the entries of a map are distinguished, or another name for a field."""


@functools.lru_cache(maxsize=16)
def declared(kind: type[Kind]) -> Mapping[Steps, Declared]:
    """Every element that a kind names, on the wire of its requests."""
    found: dict[Steps, Declared] = {}
    for one in kind.fields().values():
        if one.wire is not None:
            found.update(_field(one, () if one.beside else _wrapper(kind), ""))
    return found


@functools.lru_cache(maxsize=16)
def maps(kind: type[Kind]) -> frozenset[Steps]:
    """Where the names of elements are the user's own."""
    return frozenset(steps[:-1] for steps in declared(kind) if steps[-1].startswith("{"))


def _wrapper(kind: type[Kind]) -> Steps:
    form = kind.api.form
    return (form.body,) if form is not None and form.body else ()


def _field(one: Field, above: Steps, at: str) -> Iterator[tuple[Steps, Declared]]:
    assert one.wire is not None
    steps, name = (*above, *one.wire), f"{at}{one.name}"
    yield steps, Declared(name, one, one.server_default)
    also = one.mark(marks.AlsoRead)
    if also is not None:
        yield (*steps[:-1], also.element), Declared(name, one, key=True)
    yield from _shape(one, one.shape, steps, name)


def _shape(one: Field, shape: Shape, steps: Steps, name: str) -> Iterator[tuple[Steps, Declared]]:
    if isinstance(shape, ListOf):
        yield from _shape(one, shape.item, steps, name)
    elif isinstance(shape, MapOf) and isinstance(shape.item, Block):
        for type, node in shape.item.variants.items():
            entry = f"{{{type}}}"
            yield (*steps, entry), Declared(f"{name}.{entry}", node.fields()["type"], key=True)
            for inner, found in _node(node, (*steps, entry), f"{name}.{entry}"):
                yield inner, replace(found, key=found.key or inner == (*steps, entry, "Type"))
    elif isinstance(shape, Block):
        for node in shape.nodes:
            yield from _node(node, steps, name)


def _node(node: type[Node], steps: Steps, name: str) -> Iterator[tuple[Steps, Declared]]:
    for one in node.fields().values():
        if one.wire is not None:
            yield from _field(one, steps, f"{name}.")


# -- what bodies show -------------------------------------------------------------------------------------------------


def bodies(entry: Entry, kind: type[Kind], root: ET.Element) -> list[ET.Element]:
    """The elements that hold the fields of one object each."""
    api, form = kind.api, kind.api.form or Form()
    if isinstance(api, (JsonCollection, JsonAction)) or entry["operation"] == "delete":
        return []
    if entry["role"] == "request":
        first, *rest = form.root.split("/")
        below = root.find("/".join(rest)) if rest else root
        return [below] if root.tag == first and below is not None and entry["operation"] != "read" else []
    if isinstance(api, Switch):
        return root.findall(api.listed) if api.listed else [root]
    found = list(dict.fromkeys([*root.findall(api.many), *([] if isinstance(api, Named) else root.findall(api.one))]))
    return [item for item in found if all(item.findtext(tag) in (None, text) for tag, text in form.constants.items())]


def objects(entry: Entry, api: JsonCollection | JsonAction) -> list[Any]:
    """The JSON objects that hold the fields of one object each."""
    content = loaded(entry["file"])
    if entry["role"] == "request":
        return [content] if entry["operation"] in ("create", "update") else []
    return list(content["Response"].get(api.many, [])) if isinstance(api, JsonCollection) else []


def shown(kind: type[Kind]) -> set[Steps]:
    """Every element that a printed body shows."""
    found: set[Steps] = set()
    for entry in entries(kind):
        file: str = entry["file"]
        if isinstance(kind.api, (JsonCollection, JsonAction)):
            if file.endswith(".json"):
                for item in objects(entry, kind.api):
                    found.update(_keys(item))
                found.update(_keys(loaded(file).get("Response")))
        elif file.endswith(".xml"):
            for item in bodies(entry, kind, parsed(file)):
                found.update(_inside(entry, kind, item))
    return found


def _inside(entry: Entry, kind: type[Kind], item: ET.Element) -> Iterator[Steps]:
    """Its elements, with what an answer puts around the body taken for what a request puts there."""
    known = maps(kind)
    yield from _elements(item, known, ())
    form = kind.api.form
    if entry["role"] == "response" and form is not None:
        for name in form.answers:
            body = item.find(name) if name else item
            if body is not None:
                yield from _elements(body, known, _wrapper(kind))


def _elements(item: ET.Element, known: frozenset[Steps], at: Steps) -> Iterator[Steps]:
    for child in item:
        steps = (*at, f"{{{child.findtext('Type')}}}" if at in known else child.tag)
        yield steps
        yield from _elements(child, known, steps)


def _keys(value: Any, at: Steps = ()) -> Iterator[Steps]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*at, name)
            yield from _keys(inner, (*at, name))
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, at)


# -- what tables say --------------------------------------------------------------------------------------------------


@dataclass
class Tables:
    """The elements that field tables list."""

    files: list[str] = field(default_factory=list)
    """Where elements stand with their defaults, for messages."""
    names: list[str] = field(default_factory=list)
    """Where elements stand alone."""
    elements: set[Steps] = field(default_factory=set)
    defaults: dict[Steps, str] = field(default_factory=dict)
    """As the wire spells them; of elements that have one."""
    values: dict[Steps, frozenset[str]] = field(default_factory=dict)
    """The texts that an element may hold; of elements that are listed with them."""

    def add(self, content: Mapping[str, Any], above: Steps, known: frozenset[Steps] = frozenset()) -> None:
        """Takes a tree of elements. A leaf is a default, where null or an empty text is none, or a list of values."""
        for word, value in content.items():
            if word == "as":
                self._refer(value, above)
                continue
            name = word.removesuffix("+")  # the emulator's mark of a block that it makes
            steps = (*above, f"{{{name}}}" if above in known else name)
            self.elements.add(steps)
            if isinstance(value, Mapping):
                self.add(value, steps, known)
            elif isinstance(value, list):
                self.values[steps] = frozenset(map(xml.text_of, value))
            elif value not in (None, "") and " unless " not in str(value):
                self.defaults[steps] = xml.text_of(value)

    def allow(self, table: Any, at: Steps) -> None:
        """Takes a table as `pulumi_ci.emulator.table` reads it."""
        if isinstance(table, list):
            self.values[at] = frozenset(map(xml.text_of, table))
        elif isinstance(table, Mapping) and "items" in table:
            self.allow(table["items"], at)
        elif isinstance(table, Mapping) and "range" not in table:
            for name, inner in table.items():
                self.elements.add((*at, name))
                self.allow(inner, (*at, name))

    def _refer(self, reference: str, above: Steps) -> None:
        slug, *start = reference.split("/")
        known, size = _known(slug), len(start)
        for steps in known.elements:
            if steps[:size] == tuple(start) and steps[size:]:
                here = above + steps[size:]
                self.elements.add(here)
                if steps in known.defaults:
                    self.defaults[here] = known.defaults[steps]
                if steps in known.values:
                    self.values[here] = known.values[steps]


@functools.cache
def _known(slug: str) -> Tables:
    """What tables and bodies together hold of a kind."""
    kind = kinds()[slug]
    found = tables(kind)
    found.elements |= shown(kind)
    return found


def tables(kind: type[Kind]) -> Tables:
    """What the field tables of pages and official SDKs list, and the tables of the emulator."""
    found = Tables()
    for entry in entries(kind):
        if entry["role"] == "table":
            found.files.append(f"tests/seeds/{entry['file']}")
            found.add(loaded(entry["file"]), (), maps(kind))
    api, defaults, required = kind.api, tree.data("defaults.yaml"), tree.data("required.yaml")
    if isinstance(api, Collection) and api.path == "/template":
        tag = api.form.constants.get("Tag", "")
        found.files.append("pulumi_ci/emulator/defaults.yaml")
        found.add(defaults.get(tag, {}), _wrapper(kind))
        found.elements.update(steps for path in required["templates"].get(tag, ()) for steps in _paths(path))
    elif isinstance(api, Collection):
        found.files.append("pulumi_ci/emulator/defaults.yaml")
        for at in maps(kind):
            found.add(defaults["Workflow"], at, frozenset({at}))
    elif isinstance(api, Adopted):
        found.files.append("pulumi_ci/emulator/defaults.yaml")
        found.add(defaults.get(api.path.lstrip("/"), {}), ())
    elif isinstance(api, JsonCollection):
        found.names.append("pulumi_ci/emulator/vod.yaml")
        found.allow(tree.data("vod.yaml"), ("ProcessImageConfigure",))
    elif isinstance(api, JsonAction):
        found.names.append("pulumi_ci/emulator/mps.yaml")
        found.allow(tree.data("mps.yaml"), ())
    return found


def _paths(path: str) -> Iterator[Steps]:
    steps = tuple(path.rstrip("/").split("/"))
    yield from (steps[:length] for length in range(1, len(steps) + 1))
