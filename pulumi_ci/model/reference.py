"""What there is to know about a kind, from its declaration: the one source of reference pages and of `explain`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Adopted, Collection, JsonCollection, Named, Switch, XmlAction
from pulumi_ci.model.check import nearest
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.order import opens
from pulumi_ci.model.program import program
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape

_ANY_TEXT = Leaf((str,), (), ()).describe()
_MANY = {"a block": "blocks", _ANY_TEXT: "texts", "a list of texts": "lists of texts"}


@dataclass(frozen=True)
class Property:
    """One property: where it stands, what it takes, and how it behaves, in words."""

    name: str
    path: str
    """Full path, such as `video.codec`, `audio_mix[].replace` or `nodes.<name>.output`."""
    values: str
    """What may stand there: `a whole number from 128 to 4096 px`."""
    left_out: str
    """What happens without it: `required`, a default, or "" = it is not set."""
    change: str
    """What a change of it does: `in place`, `replaces`, ...; "" for outputs."""
    notes: tuple[str, ...]
    """What else is special, such as `secret`."""
    reference: str
    """Name of the kind whose id it takes, or ""."""
    doc: str
    contents: tuple[str, ...]
    """Titles of the sections that describe what stands inside."""

    @property
    def behaviour(self) -> tuple[str, ...]:
        """What is worth a remark, most important first; that it is set in place goes without saying."""
        change = "" if self.change in ("", "in place") else f"a change {self.change}"
        reference = f"id of a {self.reference}" if self.reference else ""
        return tuple(word for word in (self.left_out, change, *self.notes, reference) if word)


@dataclass
class Section:
    """The properties of one block, wherever it stands; the first section is the kind itself."""

    path: str
    """Path of the first place; "" = the kind itself."""
    type: str
    """The `type` of entries that this describes, where a map holds several; "" = any."""
    doc: str
    output: bool = False
    """Whether the service sets it."""
    places: dict[str, list[str]] = field(default_factory=dict)
    """Every path where the block stands, each with the types of map entries that it stands in."""
    properties: tuple[Property, ...] = ()
    rules: tuple[str, ...] = ()
    """What must hold between its properties, one sentence each."""

    @property
    def title(self) -> str:
        """Name of the section, the only one on its page."""
        return f"{self.path} of type {self.type}" if self.type else self.path


@dataclass(frozen=True)
class Example:
    """Right properties by the name of the example, and the program that declares them."""

    name: str
    program: str


@dataclass(frozen=True)
class Reference:
    """All that is known about a kind."""

    name: str
    constructor: str
    """How a program names it after `import pulumi_ci as ci`: `ci.SnapshotTemplate`."""
    slug: str
    summary: str
    """The first sentence about it."""
    doc: str
    facts: tuple[tuple[str, str], ...]
    """Word and sentence: its token, its id, what creating, changing and destroying do, where it is documented."""
    sections: tuple[Section, ...]
    """The kind itself first, then its blocks in the order in which they first stand."""
    outputs: tuple[Property, ...]
    examples: tuple[Example, ...]

    @property
    def properties(self) -> tuple[Property, ...]:
        """The properties of the kind itself."""
        return self.sections[0].properties


def describe(kind: type[Kind]) -> Reference:
    """The reference of a kind."""
    doc = inspect.cleandoc(kind.__doc__ or "")
    constructor = f"ci.{kind.__name__}" if kind.module == "ci" else f"ci.{kind.module}.{kind.__name__}"
    found = _Sections(kind)
    return Reference(
        name=kind.__name__,
        constructor=constructor,
        slug=kind.slug,
        summary=re.split(r"(?<=[.!?])\s", doc)[0],
        doc=doc,
        facts=tuple(_facts(kind, constructor)),
        sections=tuple(found.sections),
        outputs=tuple(found.outputs),
        examples=tuple(Example(name, program(constructor, name, e)) for name, e in examples(kind.slug).items()),
    )


def select(reference: Reference, path: str) -> Reference:
    """The same reference with nothing but one property and what stands inside.

    The path is written as here or as in a program: `audio_mix[0].replace`, `nodes.Snapshot_a.output`. Raises KeyError
    with the names that are known where it leads nowhere.
    """
    steps = [step for step in re.sub(r"\[\w*\]", "", path).split(".") if step]
    known = [*reference.properties, *reference.outputs]
    found: list[Property] = []
    inside: list[Section] = []
    while steps:
        step = steps.pop(0)
        found = [entry for entry in known if entry.name == step]
        if not found:
            names = list(dict.fromkeys(entry.name for entry in known))
            raise KeyError(f"{step!r} is none of {', '.join(names) or 'nothing'}{nearest(step, names)}")
        titles = {title for entry in found for title in entry.contents}
        inside = [section for section in reference.sections if section.title in titles]
        if steps and found[0].path.endswith(".<name>"):
            entry_name = steps.pop(0)
            inside = [s for s in inside if s.type and re.match(rf"{s.type}(_|$)", entry_name)] or inside
        known = [entry for section in inside for entry in section.properties]
    top = replace(reference.sections[0], properties=tuple(dict.fromkeys(found)), rules=())
    return replace(reference, facts=(), sections=(top, *_below(reference, inside)), outputs=(), examples=())


def _below(reference: Reference, start: list[Section]) -> Iterator[Section]:
    """The sections of `start` and all that they lead to."""
    wanted = {section.title for section in start}
    for section in reference.sections[1:]:
        if section.title in wanted:
            yield section
            wanted |= {title for entry in section.properties for title in entry.contents}


class _Sections:
    """Walks over a declaration; a block that stands in several places gets one section."""

    def __init__(self, kind: type[Kind]) -> None:
        self._again = "runs again" if isinstance(kind.api, Action) else "replaces"
        self._known: dict[tuple[type[Node], str], Section] = {}
        common = {"adopt", *kind.scope}
        inputs = sorted(kind.inputs().values(), key=lambda found: (found.wire is None, found.name in common))
        rules = tuple(rule.doc for rule in kind.rules() if rule.doc)
        self.sections = [Section("", "", "", rules=rules)]
        self.sections[0].properties = tuple(self._property(found, "", "", "") for found in inputs)
        self.outputs = [*self._ids(kind), *(self._output(kind, name) for name in kind.outputs())]

    def _ids(self, kind: type[Kind]) -> Iterator[Property]:
        empty = ("", "", (), "")
        yield Property(
            "id", "id", f"a text, `{_id_form(kind)}`", *empty, "Pulumi's id of it, by which it is imported.", ()
        )
        id_field = getattr(kind.api, "id_field", None)
        if id_field and id_field not in kind.outputs():
            doc = "The id that the service gave it; known in previews of updates too."
            yield Property(id_field, id_field, "a text", *empty, doc, ())

    def _output(self, kind: type[Kind], name: str) -> Property:
        return self._property(kind.outputs()[name], "", "", "output")

    def _property(self, found: Field, at: str, type: str, inherited: str) -> Property:
        chosen = found.name == "type" and type == found.default and at.endswith(".<name>.")
        path = f"{at}{found.name}{_suffix(found.shape)}"
        change = (inherited if found.is_input else "") or self._change(found)
        contents = tuple(self._section(node, path, type, change, found) for node in blocks(found.shape))
        reference = found.mark(marks.Reference)
        return Property(
            name=found.name,
            path=path,
            values=_values(found.shape, told=change == "output"),
            left_out="" if change == "output" else "required" if chosen else _left_out(found),
            change="" if change == "output" else change,
            notes=("set by the service",) if change == "output" and at else tuple(_notes(found)),
            reference=reference.kind if reference else "",
            doc=" ".join(found.doc.split()),
            contents=contents,
        )

    def _change(self, found: Field) -> str:
        if not found.is_input:
            return "output"
        if found.has(marks.Fixed):
            return "is refused"
        if found.has(marks.Control):
            return "does nothing by itself"
        return self._again if found.has(marks.Immutable) else "in place"

    def _section(self, node: type[Node], path: str, type: str, change: str, found: Field) -> str:
        variant = str(node.fields()["type"].leaf.choices[0]) if len(blocks(found.shape)) > 1 else ""
        inherited = "" if change == "in place" else change
        key = (node, inherited)
        fresh = key not in self._known
        if fresh:
            self._known[key] = Section(path, variant, " ".join((node.__doc__ or "").split()), change == "output")
            self.sections.append(self._known[key])
        section = self._known[key]
        if type not in section.places.setdefault(path, []) and type:
            section.places[path].append(type)
        inner = [self._property(f, f"{path}.", variant or type, inherited) for f in node.fields().values()]
        if fresh:
            section.properties = tuple(inner)
            section.rules = tuple(rule.doc for rule in node.rules() if rule.doc)
        return section.title


def _suffix(shape: Shape) -> str:
    return "[]" if isinstance(shape, ListOf) else ".<name>" if isinstance(shape, MapOf) else ""


def _values(shape: Shape, told: bool = False) -> str:
    """What may stand in a shape; of what the service tells only what it is."""
    if isinstance(shape, ListOf):
        length, item = shape.mark(marks.Length), _values(shape.item)
        most = f"at most {length.most} " if length else ""
        return f"a list of {most}{_MANY[item]}" if item in _MANY else f"a list of {most}items, each {item}"
    if isinstance(shape, MapOf):
        item = _values(shape.item)
        return f"a map of names to {_MANY.get(item, item)}"
    if isinstance(shape, Block):
        return "a block"
    words = shape.describe()
    return "a text" if told and words == _ANY_TEXT else words


def _left_out(found: Field) -> str:
    if found.needed:
        return "required"
    if found.has(marks.AutoName):
        return "a name is made up"
    if found.server_default is not None:
        return f"default {_shown(found.server_default)}"
    if found.default is not None:
        return f"default {_shown(found.default)}" + (", which is sent" if found.wire and found.compared else "")
    if found.has(marks.ServerFilled):
        return "as the service has it"
    return "the service chooses" if found.has(marks.Blank) else ""


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _notes(found: Field) -> Iterator[str]:
    if found.has(marks.Secret):
        yield "secret"
    if found.has(marks.Unordered):
        yield "order does not matter"
    if found.has(marks.Presence):
        yield "may be left out, but not be empty"


def _id_form(kind: type[Kind]) -> str:
    scope = "/".join(f"<{name}>" for name in kind.scope)
    if isinstance(kind.api, Switch):
        return scope
    return f"{scope}/<{getattr(kind.api, 'id_field', None) or getattr(kind.api, 'key', 'name')}>"


def _facts(kind: type[Kind], constructor: str) -> Iterator[tuple[str, str]]:
    yield "Python", f"`{constructor}`"
    yield "Type", f"`{kind.token()}`"
    yield "Id", f"`{_id_form(kind)}`"
    yield from zip(("Create", "Update", "Destroy"), _lifecycle(kind), strict=True)
    if opens(kind):
        yield (
            "Order",
            "What needs it and is declared after it waits for it, where both name the bucket by the same text or "
            "Output, or leave it to one provider or the stack's config. `pulumi-ci validate` warns of the others.",
        )
    yield (
        "Import",
        "`pulumi-ci import` with the id; plain `pulumi import` cannot load a dynamic provider. "
        f'`{constructor}.get("name", id)` reads one without managing it.',
    )
    yield "Pages", ", ".join(map(str, kind.pages))


def _lifecycle(kind: type[Kind]) -> tuple[str, str, str]:
    """What creating, updating and destroying do, one sentence each."""
    api = kind.api
    if isinstance(api, (Collection, JsonCollection)):
        there = f"one that has its `{api.key}` already" if api.unique else "an identical one that is there already"
        paused = "; pauses it for that if the service refuses while it runs"
        paused = paused if isinstance(api, Collection) and api.pause else ""
        return (
            f"Makes a new one; {there} is taken over only as `adopt` says.",
            f"Sends the whole of it and keeps its id{paused}.",
            f"Deletes it{paused}.",
        )
    if isinstance(api, Named):
        return (
            f"Makes it under its `{api.key}`; one that is there already is taken over only as `adopt` says.",
            "Overwrites it.",
            "Deletes it.",
        )
    if isinstance(api, Adopted):
        return (
            "Takes over one that the service made, remembers its settings, and writes yours; it never makes one.",
            "Writes your settings; what you leave out stays.",
            'Leaves its settings, or puts the remembered ones back with `on_delete="restore"`; it is never deleted.',
        )
    if isinstance(api, Action):
        return (
            "Starts a run, and with `wait` lasts until it has ended.",
            "Nothing changes a run: a change, as of `triggers`, starts another one.",
            "Cancels a run that still goes on."
            if isinstance(api, XmlAction) and api.cancel
            else "Forgets it; no call cancels it.",
        )
    return _switching(kind, api)


def _switching(kind: type[Kind], api: Switch) -> tuple[str, str, str]:
    there = "one that is on already stays as it is, or is taken over as `adopt` says"
    create = f"Switches it on; {there}." if api.read else "Switches it on."
    if api.on is None:
        create = f"Makes sure that it is on; it can be switched on only in the web console ({api.console})."
    settings = [found for found in kind.inputs().values() if found.wire]
    changeable = any(not found.has(marks.Fixed, marks.Immutable) for found in settings)
    update = "Writes the new settings." if changeable else "There is nothing to change."
    if settings and not changeable:
        update = "Refused: no call changes the settings."
    destroy = "Leaves it on: no call switches it off."
    if api.off:
        destroy = 'Switches it off, if it was off before; leaves it as it is with `on_delete="leave"`.'
    return create, update, destroy
