"""From objects as they are to an environment: readable names, references for ids, variables for what is local."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_ci.environment.environment import PARTS, Environment, Resource, Setting
from pulumi_ci.environment.expression import PLACE, Expression, Reference, Variable, text_of
from pulumi_ci.environment.found import Found
from pulumi_ci.environment.naming import names, own_name
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.names import stem_of
from pulumi_ci.lifecycle.observe import SECRET
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.path import Path, show
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN

_BASE64 = re.compile(r"[A-Za-z0-9_-]{12,}")


def export(found: Iterable[Found], live: bool = False) -> Environment:
    """The environment that these objects are. Their ids become references, what belongs to the place becomes
    variables; ids that nothing here has stay as they are, with a remark. `live` says that they come from the API.
    """
    shared = _Shared(sorted(found, key=_rank))
    resources = {name: _Writer(shared, name, one).resource() for name, one in shared.by_name.items()}
    return Environment(resources, dict(sorted(shared.config.items())), shared.values, shared.secrets, live)


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


class _Shared:
    """What the resources of one environment share: their names, and the variables that stand for local values."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.config: dict[str, Setting] = {}
        self.values: dict[str, Any] = {}
        self.secrets: dict[str, Any] = {}
        named = list(zip(names(found), found, strict=True))
        self.by_name = dict(named)
        self.by_id = {(one.kind.__name__, one.place, one.local): name for name, one in named}
        logical = Counter(one.name for one in found)
        self.called = {one.name: name for name, one in named if logical[one.name] == 1}
        """By logical name, where that names one object alone."""
        self.local: dict[str, dict[str, Variable]] = {part: {} for part in PARTS}
        """By part of the place (`bucket`): its values, each with the variable that stands for it."""
        for part, variables in self.local.items():
            counted = Counter(str(one.stored.inputs[part]) for one in found if one.stored.inputs.get(part))
            for number, (value, _) in enumerate(counted.most_common(), 1):
                variable = Variable(f"{PLACE}.{part}" if number == 1 else f"{part}_{number}")
                variables[value] = variable
                self.values[variable.name] = value
                if number > 1:
                    self.config[variable.name] = Setting()

    def lifted(self, stem: str, value: Any, secret: bool) -> Variable:
        """A variable for a value, called `stem`, or `stem_2` when that has another value."""
        number, name = 1, stem
        while name in self.values and self.values[name] != value:
            number, name = number + 1, f"{stem}_{number + 1}"
        self.config[name] = Setting(secret=secret)
        self.values[name] = None if secret else value
        if secret and value is not UNKNOWN and value != SECRET:
            self.secrets[name] = value
        return Variable(name)


class _Writer:
    """Writes one object in terms of the environment."""

    def __init__(self, shared: _Shared, name: str, one: Found) -> None:
        self.shared, self.name, self.one = shared, name, one
        self.notes: dict[str, str] = {}

    def resource(self) -> Resource:
        kind, inputs, options = self.one.kind, self.one.stored.inputs, self.one.options
        properties: Values = {}
        for field in kind.inputs().values():
            value = inputs.get(field.name)
            if value is None and field.needed and (stand_in := self.stand_in(field)) is not None:
                properties[field.name] = stand_in
            if value is None or field.has(marks.Control) or self.is_made(field, value):
                continue
            if field.name in kind.scope:
                variable = self.shared.local[field.name][str(value)]
                if not variable.name.startswith(f"{PLACE}."):
                    properties[field.name] = variable
            else:
                properties[field.name] = self.field(field, value, (field.name,))
        called = self.shared.called
        after = tuple(sorted(called[other] for other in options.depends_on if other in called))
        if lost := [other for other in options.depends_on if other not in called]:
            self.notes[""] = f"also depended on {', '.join(lost)}, which names none of these resources, or several"
        return Resource(self.name, kind, properties, replace(options, depends_on=after), self.one.stored.id, self.notes)

    def is_made(self, field: Field, value: Any) -> bool:
        """Whether a name was made up for a resource of this logical name, so that it must not travel."""
        if not field.has(marks.AutoName) or not isinstance(value, str):
            return False
        return stem_of(self.one.kind, value, self.one.name or None) is not None

    def stand_in(self, field: Field) -> Any:
        """What is written for a required property of which a live object shows nothing, if anything fits: a variable,
        or one of the defaults that are all that a block holds.
        """
        local = field.mark(marks.PerEnvironment)
        if local is not None:
            return self.lifted(local.name, None)
        fields = (inner for node in blocks(field.shape) for inner in node.fields().values())
        return next(({f.name: f.server_default} for f in fields if f.server_default is not None), None)

    # -- values -------------------------------------------------------------------------------------------------

    def field(self, field: Field, value: Any, path: Path) -> Any:
        local = field.mark(marks.PerEnvironment)
        if field.has(marks.Secret) or value is UNKNOWN or any(path[: len(at)] == at for at in self.one.secrets):
            return self.lifted(field.name if local is None else local.name, value, secret=True)
        if local is not None and isinstance(value, str):
            return self.lifted(local.name, value)
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
        name = self.shared.by_id.get((kind, self.one.place, str(value)))
        if name is None:
            self.notes[show(path)] = f"the {kind} of this id is not among these resources: the id is kept as it is"
            return value
        return Reference(name, str(getattr(self.shared.by_name[name].kind.api, "id_field", "id")))

    def lifted(self, what: str, value: Any, secret: bool = False) -> Variable:
        return self.shared.lifted(f"{self.name}_{what}".replace("-", "_"), value, secret)

    def text(self, value: Any, path: Path) -> Any:
        """The value with variables in the place of this environment's buckets and regions."""
        if isinstance(value, Mapping):
            return {key: self.text(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.text(item, (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, str):
            return value
        regions, buckets = self.shared.local["region"], self.shared.local["bucket"]
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
