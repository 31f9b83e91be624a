"""From objects as they are to an environment: readable names, references for ids, variables for what is local."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_ci.environment.environment import Environment, Resource, Setting
from pulumi_ci.environment.expression import PLACE, Expression, Reference, Variable, parts, text_of
from pulumi_ci.environment.found import Found
from pulumi_ci.lifecycle.meaning import Values, normal
from pulumi_ci.lifecycle.names import stem_of
from pulumi_ci.lifecycle.observe import SECRET
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.path import Path, show
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN

_OFF: tuple[Any, ...] = ({"state": "Off"},)
_BASE64 = re.compile(r"[A-Za-z0-9_-]{12,}")


def export(found: Iterable[Found], live: bool = False) -> Environment:
    """The environment that these objects are. Their ids become references, what belongs to the place becomes
    variables; ids that nothing here has stay as they are, with a remark. `live` says that they come from the API.
    """
    return replace(_Export(sorted(found, key=_rank)).environment(), live=live)


def worth_writing(environment: Environment) -> Environment:
    """The environment without the queues that are as the service made them, unless something refers to them."""
    needed = {name for resource in environment.resources.values() for name in resource.depends_on()}
    kept = {n: r for n, r in environment.resources.items() if n in needed or not is_untouched(r)}
    used = {
        part.name for resource in kept.values() for part in parts(resource.properties) if isinstance(part, Variable)
    }
    return replace(
        environment,
        resources=kept,
        config={name: setting for name, setting in environment.config.items() if name in used},
        values={n: v for n, v in environment.values.items() if n in used or n.startswith(f"{PLACE}.")},
    )


def is_untouched(resource: Resource) -> bool:
    """Whether a queue is as the service made it: at work, and reporting to nobody."""
    api, fields = resource.kind.api, resource.kind.fields()
    if not isinstance(api, Adopted):
        return False
    told = normal(resource.kind, resource.properties).items()
    open = {name for name, field in fields.items() if field.has(marks.PerEnvironment) or name == api.select}
    return all(
        value == fields[name].default or value in _OFF
        for name, value in told
        if name not in {*open, *resource.kind.scope}
    )


def _rank(found: Found) -> tuple[int, str, str, str]:
    """Settings of the bucket first, then queues, then what refers to nothing, then the rest."""
    order: tuple[type, ...] = (Switch, Adopted)
    api = type(found.kind.api)
    rank = order.index(api) if api in order else 3 if _refers(found.kind, set()) else 2
    return rank, found.kind.__name__, found.name or own_name(found.kind, found.stored.inputs), found.stored.id


def _refers(node: type[Node], seen: set[type[Node]]) -> bool:
    if node in seen:
        return False
    seen.add(node)
    fields = node.fields().values()
    return any(f.has(marks.Reference) or any(_refers(b, seen) for b in blocks(f.shape)) for f in fields)


def name_field(kind: type[Kind]) -> str:
    """The field with an object's own name; "" for kinds whose objects are told apart otherwise."""
    if isinstance(kind.api, (Switch, Adopted)):
        return ""
    return str(getattr(kind.api, "key", ""))


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


class _Export:
    """Names the objects first, then writes each in terms of these names."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self.config: dict[str, Setting] = {}
        self.values: dict[str, Any] = {}
        self.secrets: dict[str, Any] = {}
        self.names = _names(found)
        self.by_id = {
            (one.kind.__name__, one.place, one.local): name for one, name in zip(found, self.names, strict=True)
        }
        self.local: dict[str, dict[str, Variable]] = {}
        """By part of the place (`bucket`): its values, each with the variable that stands for it."""
        for part in ("region", "bucket", "sub_app_id"):
            counted = Counter(str(one.stored.inputs[part]) for one in found if one.stored.inputs.get(part))
            for number, (value, _) in enumerate(counted.most_common(), 1):
                variable = Variable(f"{PLACE}.{part}" if number == 1 else f"{part}_{number}")
                self.local.setdefault(part, {})[value] = variable
                self.values[variable.name] = value
                if number > 1:
                    self.config[variable.name] = Setting()

    def environment(self) -> Environment:
        resources = {name: self.resource(name, one) for name, one in zip(self.names, self.found, strict=True)}
        return Environment(resources, dict(sorted(self.config.items())), self.values, self.secrets)

    def resource(self, name: str, one: Found) -> Resource:
        self.here, self.notes, self.name = one, dict[str, str](), name
        kind, inputs = one.kind, one.stored.inputs
        properties: Values = {}
        for field in kind.inputs().values():
            value = inputs.get(field.name)
            if value is None and field.needed and (stand_in := self.stand_in(field)) is not None:
                properties[field.name] = stand_in
            if value is None or field.has(marks.Control) or self.is_made(field, value):
                continue
            if field.name in kind.scope:
                variable = self.local[field.name][str(value)]
                if not variable.name.startswith(f"{PLACE}."):
                    properties[field.name] = variable
            else:
                properties[field.name] = self.field(field, value, (field.name,))
        called = {other.name: known for other, known in zip(self.found, self.names, strict=True)}
        after = tuple(sorted(called[other] for other in one.options.depends_on if other in called))
        options = replace(one.options, depends_on=after)
        return Resource(name, kind, properties, options, one.stored.id, self.notes)

    def is_made(self, field: Field, value: Any) -> bool:
        """Whether a name was made up for a resource of this logical name, so that it must not travel."""
        if not field.has(marks.AutoName) or not isinstance(value, str):
            return False
        return stem_of(self.here.kind, value, self.here.name or None) is not None

    def stand_in(self, field: Field) -> Any:
        """What is written for a required property of which a live object shows nothing, if anything fits: a variable,
        or one of the defaults that are all that a block holds.
        """
        local = field.mark(marks.PerEnvironment)
        if local is not None:
            return self.lifted(local.name, None, (field.name,))
        fields = (inner for node in blocks(field.shape) for inner in node.fields().values())
        return next(({f.name: f.server_default} for f in fields if f.server_default is not None), None)

    # -- values -------------------------------------------------------------------------------------------------

    def field(self, field: Field, value: Any, path: Path) -> Any:
        local = field.mark(marks.PerEnvironment)
        if field.has(marks.Secret) or value is UNKNOWN or any(path[: len(at)] == at for at in self.here.secrets):
            return self.lifted(field.name if local is None else local.name, value, path, secret=True)
        if local is not None and isinstance(value, str):
            return self.lifted(local.name, value, path)
        reference = field.mark(marks.Reference)
        if reference is not None:
            items = value if isinstance(value, list) else [value]
            many = [self.referred(reference.kind, item, path) for item in items]
            return many if isinstance(value, list) else many[0]
        return self.value(field.shape, value, path)

    def value(self, shape: Shape, value: Any, path: Path) -> Any:
        if isinstance(shape, Block) and isinstance(value, Mapping):
            node = shape.node_for(value)
            fields = {} if node is None else node.fields()
            return {
                key: self.field(fields[key], item, (*path, key)) if key in fields else self.text(item, (*path, key))
                for key, item in value.items()
            }
        if isinstance(shape, MapOf) and isinstance(value, Mapping):  # the engine keeps no order of keys
            return {key: self.value(shape.item, value[key], (*path, key)) for key in sorted(value)}
        if isinstance(shape, ListOf) and isinstance(value, list):
            return [self.value(shape.item, item, (*path, index)) for index, item in enumerate(value)]
        return self.text(value, path)

    def referred(self, kind: str, value: Any, path: Path) -> Any:
        name = self.by_id.get((kind, self.here.place, str(value)))
        if name is None:
            self.notes[show(path)] = f"the {kind} of this id is not among these resources: the id is kept as it is"
            return value
        target = self.found[self.names.index(name)]
        return Reference(name, str(getattr(target.kind.api, "id_field", "id")))

    def lifted(self, what: str, value: Any, path: Path, secret: bool = False) -> Variable:
        stem = f"{self.name}_{what}".replace("-", "_")
        number, name = 1, stem
        while name in self.values and self.values[name] != value:
            number, name = number + 1, f"{stem}_{number + 1}"
        self.config[name] = Setting(secret=secret)
        self.values[name] = None if secret else value
        if secret and value is not UNKNOWN and value != SECRET:
            self.secrets[name] = value
        return Variable(name)

    def text(self, value: Any, path: Path) -> Any:
        """The value with variables in the place of this environment's buckets and regions."""
        if isinstance(value, Mapping):
            return {key: self.text(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.text(item, (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, str):
            return value
        regions, buckets = self.local.get("region", {}), self.local.get("bucket", {})
        if path[-1] == "region" and value in regions:
            return regions[value]
        if _in_base64(value, buckets):
            self.notes[show(path)] = "holds a bucket of this environment, written in base64: mind it elsewhere"
        if not any(bucket in value for bucket in buckets):
            return value
        return _replaced(value, {**buckets, **regions})


def _replaced(text: str, by: Mapping[str, Variable]) -> str | Expression:
    """The text with variables for the words that they stand for; words end where no letter or digit follows."""
    words = "|".join(re.escape(word) for word in sorted(by, key=len, reverse=True))
    pieces = re.split(rf"(?<![A-Za-z0-9$-])({words})(?![A-Za-z0-9-])", text)
    return text_of([by.get(piece, piece) for piece in pieces])


def _in_base64(text: str, words: Iterable[str]) -> bool:
    for token in _BASE64.findall(text):
        try:
            plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (ValueError, binascii.Error):
            continue
        if any(word.encode() in plain for word in words):
            return True
    return False


# -- names ------------------------------------------------------------------------------------------------------


def _names(found: Sequence[Found]) -> list[str]:
    """A name for each object, all different: its logical name, or what it is called in its place."""
    wanted = [one.name or own_name(one.kind, one.stored.inputs) for one in found]
    stems = [_word(name) or one.kind.slug for name, one in zip(wanted, found, strict=True)]
    taken: set[str] = set()
    names = []
    for stem, one in zip(stems, found, strict=True):
        name = next(name for name in _candidates(stem, one.kind) if name not in taken)
        taken.add(name)
        names.append(name)
    return names


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
