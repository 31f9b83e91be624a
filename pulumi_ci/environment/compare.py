"""How two environments differ: matched by kind and name, with config variables allowed to differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pulumi_ci.environment.environment import PARTS, Environment, Resource
from pulumi_ci.environment.expression import PLACE, Expression, Reference, Text, Variable, render, resolve
from pulumi_ci.environment.naming import own_name
from pulumi_ci.environment.untouched import is_untouched
from pulumi_ci.lifecycle.meaning import Change, Values, changes, is_default
from pulumi_ci.model import marks
from pulumi_ci.model.api import Action as Runs
from pulumi_ci.model.api import Adopted
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape

Action = Literal["add", "change", "remove"]
_MARK = "\0"
"""Begins the text that stands for an expression while values are compared."""


@dataclass(frozen=True)
class Difference:
    """What has to happen to one resource of the target so that it is as in the source."""

    action: Action
    source: Resource | None
    target: Resource | None
    changes: tuple[Change, ...] = ()
    """By path, `old` as in the target and `new` as in the source; expressions as an environment file writes them."""
    wanted: Values | None = None
    """The properties that the target should have, in its own names and variables; None to remove it."""

    @property
    def resource(self) -> Resource:
        """The resource on the side that has it, the source's first."""
        found = self.source or self.target
        assert found is not None
        return found


@dataclass(frozen=True)
class Comparison:
    """All differences of two environments, in the order of the source, and who was matched with whom."""

    differences: tuple[Difference, ...]
    matches: Mapping[str, str]
    """Names in the target by names in the source."""

    def __bool__(self) -> bool:
        return bool(self.differences)


def match(source: Environment, target: Environment) -> dict[str, str]:
    """Names in the target by names in the source: of one kind and one name, or else of one name in their places."""
    found = {
        name: name
        for name, resource in source.resources.items()
        if name in target.resources and target.resources[name].kind is resource.kind
    }
    free = {
        (resource.kind, _own(resource)): name
        for name, resource in reversed(list(target.resources.items()))
        if name not in found and _own(resource)
    }
    for name, resource in source.resources.items():
        if name not in found and (other := free.pop((resource.kind, _own(resource)), None)) is not None:
            found[name] = other
    return found


def _own(resource: Resource) -> str:
    return own_name(resource.kind, resource.properties)


def compare(source: Environment, target: Environment) -> Comparison:
    """What has to happen to the target so that it is as the source."""
    matches = match(source, target)
    found: list[Difference] = []
    for name, resource in source.resources.items():
        if name not in matches and not counts(resource, target):
            continue
        if name not in matches:
            wanted = _renamed(resource.properties, matches)
            found.append(Difference("add", resource, None, tuple(_leaves(wanted)), wanted))
        elif change := change_of(resource, target.resources[matches[name]], source, target, matches):
            found.append(change)
    matched = set(matches.values())
    gone = [other for name, other in target.resources.items() if name not in matched]
    found += [Difference("remove", None, other) for other in gone if counts(other, source)]
    return Comparison(tuple(found), matches)


def change_of(
    new: Resource, old: Resource, source: Environment, target: Environment, matches: Mapping[str, str] | None = None
) -> Difference | None:
    """What has to happen to `old`, a resource of the target, so that it is as `new` of the source; None for nothing.
    `matches` are the names in the target of what `new` refers to, where they are others.
    """
    pair, kind = _Pair(source, target), new.kind
    values, there, wanted = pair.node(kind, _renamed(_chosen(new), matches or {}), old.properties)
    different = changes(kind, there, values)
    shown = tuple(Change(c.path, _shown(c.old), _shown(c.new)) for c in different)
    return Difference("change", new, old, shown, wanted) if different else None


def _chosen(resource: Resource) -> Values:
    """The properties without the category that a queue has when none is named."""
    api = resource.kind.api
    usual = (api.select, api.select_default) if isinstance(api, Adopted) else None
    return {name: value for name, value in resource.properties.items() if (name, value) != usual}


def counts(resource: Resource, other: Environment) -> bool:
    """Whether a resource that the other environment lacks makes a difference: a queue that is as the service made it
    does not, and no list of a bucket tells of runs.
    """
    return not is_untouched(resource) and not (other.live and isinstance(resource.kind.api, Runs))


def _leaves(properties: Mapping[str, Any]) -> list[Change]:
    return [Change((name,), None, _shown(_token(value))) for name, value in properties.items()]


def _renamed(properties: Values, names: Mapping[str, str]) -> Values:
    """The properties with the references of the source in the names of the target."""

    def known(part: Reference | Variable) -> Reference | Variable:
        if isinstance(part, Variable):
            return part
        return Reference(names.get(part.resource, part.resource), part.output)

    values: Values = resolve(properties, known, lambda parts: Text(tuple(parts)))
    return values


@dataclass(frozen=True)
class _Pair:
    """Two values side by side: each in a form that can be compared, and the one that the target should have.

    What one side leaves open, a made name or the service's choice of a queue, is no difference; nor is a default that
    one side leaves out. The target keeps both as it has them.
    """

    source: Environment
    target: Environment

    def node(self, node: type[Node], new: Mapping[str, Any], old: Mapping[str, Any]) -> tuple[Values, Values, Values]:
        fields = node.fields()
        found: tuple[Values, Values, Values] = ({}, {}, {})
        for name in {**{name: None for name in fields if name in new or name in old}, **new, **old}:
            field = fields.get(name)
            ours, theirs = new.get(name), old.get(name)
            if field is not None and (ours is None or theirs is None) and self.is_open(field, ours, theirs):
                if theirs is not None:
                    found[2][name] = theirs
                continue
            triple = self.value(None if field is None else field.shape, ours, theirs)
            for values, value in zip(found, triple, strict=True):
                if value is not None:
                    values[name] = value
        return found

    def is_open(self, field: Field, new: Any, old: Any) -> bool:
        """Whether a field that only one side has means no difference: a made name, what is left to the service."""
        given, side = (old, self.target) if new is None else (new, self.source)
        if isinstance(given, Variable):
            given = side.value(given)
        if field.has(marks.AutoName) or given == field.default or is_default(field, given):
            return True
        if field.has(marks.ServerFilled):
            return new is None or field.has(marks.Reference)
        untold = self.source.live or self.target.live  # of what only this provider acts on, no API tells
        return field.wire is None and (untold or (new is None and field.name not in PARTS))

    def value(self, shape: Shape | None, new: Any, old: Any) -> tuple[Any, Any, Any]:
        if new is None or old is None:
            return _token(new), _token(old), new
        if isinstance(new, Expression) or isinstance(old, Expression):
            if alike(new, old, self.source, self.target):
                return _token(old), _token(old), old
            return _token(new), _token(old), new
        if isinstance(new, Mapping) and isinstance(old, Mapping):
            if isinstance(shape, Block):
                inner = shape.node_for(new)
                if inner is not None and inner is shape.node_for(old):
                    return self.node(inner, new, old)
                return _token(new), _token(old), new
            item = shape.item if isinstance(shape, MapOf) else None
            both = {key: self.value(item, new.get(key), old.get(key)) for key in {**new, **old}}
            return _columns(both)
        if isinstance(new, list) and isinstance(old, list):
            item = shape.item if isinstance(shape, ListOf) else None
            unordered = isinstance(shape, ListOf) and shape.mark(marks.Unordered) is not None
            if unordered:
                new = [item for item in old if item in new] + [item for item in new if item not in old]
            if len(new) != len(old) or unordered:
                return _token(new), _token(old), new
            triples = [self.value(item, one, other) for one, other in zip(new, old, strict=True)]
            return [t[0] for t in triples], [t[1] for t in triples], [t[2] for t in triples]
        return new, old, new


def _columns(both: Mapping[str, tuple[Any, Any, Any]]) -> tuple[Values, Values, Values]:
    first, second, third = ({key: row[i] for key, row in both.items() if row[i] is not None} for i in range(3))
    return first, second, third


def alike(new: Any, old: Any, source: Environment, target: Environment) -> bool:
    """Whether two values, at least one of them an expression, may stand for one another: the same references, and
    variables where the other side has a variable or a value of its own.
    """
    if new == old:
        return True
    return _fits(new, source, old, target) or _fits(old, target, new, source)


def _fits(pattern: Any, here: Environment, value: Any, there: Environment) -> bool:
    """Whether `value` is the pattern with something in the place of its variables."""
    if isinstance(value, (Mapping, list)) or value is None:
        return False
    if isinstance(pattern, Variable) and not _of_place(pattern):
        return not isinstance(value, Reference)
    parts = pattern.parts if isinstance(pattern, Text) else (pattern,)
    if not all(isinstance(part, (str, Reference, Variable)) for part in parts):
        return False
    wild = [isinstance(part, Variable) and not _of_place(part) for part in parts]
    pairs = zip(parts, wild, strict=True)
    expression = "".join(".+" if anything else re.escape(_spelled(part, here)) for part, anything in pairs)
    texts = value.parts if isinstance(value, Text) else (value,)
    return re.fullmatch(expression, "".join(_spelled(part, there) for part in texts), re.DOTALL) is not None


def _of_place(variable: Variable) -> bool:
    return variable.name.startswith(f"{PLACE}.")


def _spelled(part: Any, environment: Environment) -> str:
    """A part of a text so that equal ones are spelled alike: the place by its name, wherever its value stands."""
    if isinstance(part, (Reference, Variable)):
        return f"{_MARK}{part}{_MARK}"
    text = str(part)
    place = {name: value for name, value in environment.values.items() if name.startswith(f"{PLACE}.") and value}
    for name, value in sorted(place.items(), key=lambda entry: -len(str(entry[1]))):
        text = text.replace(str(value), f"{_MARK}{Variable(name)}{_MARK}")
    return text


def _token(value: Any) -> Any:
    """The value with texts in the place of expressions, which the comparison leaves alone."""
    if isinstance(value, Expression):
        return f"{_MARK}{value}"
    if isinstance(value, Mapping):
        return {key: _token(item) for key, item in value.items()}
    return [_token(item) for item in value] if isinstance(value, list) else value


def _shown(value: Any) -> Any:
    """The value with expressions as an environment file writes them."""
    if isinstance(value, str):
        return value[len(_MARK) :] if value.startswith(_MARK) else render(value)
    if isinstance(value, Mapping):
        return {key: _shown(item) for key, item in value.items()}
    return [_shown(item) for item in value] if isinstance(value, list) else value
