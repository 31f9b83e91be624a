"""Checks a bag of properties against a node: every failure at once, each with its property path."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.node import Failure, Field, Node, blocks
from pulumi_ci.model.path import Path
from pulumi_ci.model.shape import Leaf, ListOf, MapOf, Raw, Shape
from pulumi_ci.model.unknown import UNKNOWN

Values = dict[str, Any]


def check(node: type[Node], value: Mapping[str, Any], ignored: Sequence[str] = ()) -> tuple[Values, list[Failure]]:
    """The properties with defaults filled in and numbers as meant, and all failures.

    Unknown values pass and stay. Fields named in `ignored` may be missing although they are required.
    """
    found: list[Failure] = []
    checked = _node(node, value, (), found, ignored)
    return checked, [failure for failure in found if not failure.warning]


def warnings(node: type[Node], checked: Mapping[str, Any]) -> list[Failure]:
    """What rules warn of in properties that passed `check`: they are allowed, and may not do what was meant."""
    found: list[Failure] = []
    _node(node, checked, (), found)
    return [failure for failure in found if failure.warning]


def _node(
    node: type[Node], value: Mapping[str, Any], path: Path, failures: list[Failure], ignored: Sequence[str] = ()
) -> Values:
    fields = node.fields()
    before = len(failures)
    failures += [Failure((*path, name), _unexpected(name, node)) for name in value if name not in fields]
    checked: Values = {}
    for name, field in fields.items():
        given = value.get(name)
        if not field.is_input:
            if given is not None:
                failures.append(Failure((*path, name), "is set by the server; remove it"))
        elif given is None or (isinstance(given, (list, dict)) and not given and _empty_is_absent(field)):
            if field.default is not None:
                checked[name] = field.default
            elif field.required and name not in ignored:
                failures.append(Failure((*path, name), f"is required: {_expected(field.shape)}"))
        elif field.has(marks.Presence) and isinstance(given, Mapping) and all(v is None for v in given.values()):
            failures.append(Failure((*path, name), "is empty; give at least one property, or leave the block out"))
        else:
            found: list[Failure] = []
            checked[name] = _value(field.shape, given, (*path, name), found)
            failures += [_hidden(failure, field) for failure in found] if field.has(marks.Secret) else found
    wrong = {failure.path[len(path)] for failure in failures[before:] if not failure.warning}
    for rule in node.rules():
        named = [checked.get(name) for name in rule.fields]
        if not wrong.intersection(rule.fields) and not any(value is UNKNOWN for value in named):
            failures += [replace(failure, path=(*path, *failure.path)) for failure in rule.failures(checked)]
    return checked


def _hidden(failure: Failure, field: Field) -> Failure:
    """The failure without the secret value that its reason would show."""
    return replace(failure, reason=f"the secret value is not {_expected(field.shape)}")


def _value(shape: Shape, value: Any, path: Path, failures: list[Failure]) -> Any:
    if value is UNKNOWN:
        return value
    if isinstance(shape, Leaf):
        reason = shape.failure(value)
        if reason is not None:
            failures.append(Failure(path, reason + nearest(value, map(str, shape.choices))))
        return shape.coerce(value)
    if isinstance(shape, ListOf):
        return _list(shape, value, path, failures)
    if not isinstance(value, Mapping):
        failures.append(Failure(path, f"{_brief(value)} is not {_expected(shape)}"))
        return value
    if isinstance(shape, (MapOf, Raw)):
        return _map(shape, value, path, failures)
    if value.get("type") is UNKNOWN and shape.variants:
        return dict(value)
    node = shape.node_for(value)
    if node is None:
        given = value.get("type")
        reason = "is required" if given is None else f"{given!r} is none of {', '.join(shape.variants)}"
        failures.append(Failure((*path, "type"), reason + nearest(given, shape.variants)))
        return dict(value)
    return _node(node, value, path, failures)


def _list(shape: ListOf, value: Any, path: Path, failures: list[Failure]) -> Any:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Sequence):
        failures.append(Failure(path, f"{_brief(value)} is not {_expected(shape)}"))
        return value
    length = shape.mark(marks.Length)
    if length and not length.least <= len(value) <= length.most:
        allowed = f"at most {length.most}" if length.least <= 1 else f"{length.least} to {length.most}"
        failures.append(Failure(path, f"has {len(value)} items; {allowed} are allowed"))
    joined = shape.mark(marks.Joined)
    checked = []
    for index, item in enumerate(value):
        if item is None:
            failures.append(Failure((*path, index), f"is empty; it must be {_expected(shape.item)}"))
        elif joined and isinstance(item, str) and joined.separator in item:
            failures.append(
                Failure((*path, index), f"{item!r} holds {joined.separator!r}; write separate items instead")
            )
        checked.append(_value(shape.item, item, (*path, index), failures) if item is not None else None)
    if shape.mark(marks.Unordered):
        seen: list[Any] = []
        for index, item in enumerate(checked):
            if item is not UNKNOWN and item in seen:
                failures.append(Failure((*path, index), f"{_brief(item)} stands there twice"))
            seen.append(item)
    return checked


def _map(shape: MapOf | Raw, value: Mapping[str, Any], path: Path, failures: list[Failure]) -> Values:
    checked: Values = {}
    for key, item in value.items():
        if not is_element_name(key):
            reason = "is no valid name: a letter or _ first, then letters, digits, _, - and ."
            failures.append(Failure((*path, key), reason))
        if item is not None:
            at = (*path, key)
            checked[key] = (
                _content(item, at, failures) if isinstance(shape, Raw) else _value(shape.item, item, at, failures)
            )
    return checked


def _content(value: Any, path: Path, failures: list[Failure]) -> Any:
    """What may stand in a raw element: a text, a map of elements, or a list of both."""
    if isinstance(value, Mapping):
        return _map(Raw(), value, path, failures)
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            if item is None or isinstance(item, (list, tuple)):
                failures.append(Failure((*path, index), f"{_brief(item)} is no text and no map of elements"))
        return [_content(item, (*path, index), failures) for index, item in enumerate(value) if item is not None]
    if isinstance(value, str):
        reason = Leaf((str,), (), ()).failure(value)
    else:
        reason = None if value is UNKNOWN else f"{_brief(value)} is no text; write numbers and flags in quotes"
    if reason is not None:
        failures.append(Failure(path, reason))
    return value


def is_element_name(text: str) -> bool:
    """Whether `text` can be the name of an XML element, as the key of a map must."""
    start = text[:1].isalpha() or text[:1] == "_"
    return start and text.isascii() and all(c.isalnum() or c in "_-." for c in text)


def _empty_is_absent(field: Field) -> bool:
    return not field.has(marks.Presence) or isinstance(field.shape, ListOf)


def _unexpected(name: str, node: type[Node]) -> str:
    return f"is no property of {node.__name__}" + nearest(name, [n for n, f in node.fields().items() if f.is_input])


def nearest(value: Any, known: Iterable[str]) -> str:
    """The end of a sentence that proposes the known name closest to `value`, or nothing."""
    candidates = {option.lower(): option for option in known}
    text = str(value).lower()
    alike = [candidate for candidate in candidates if candidate[:1] == text[:1]]  # Async means Asyc, not Sync
    close = difflib.get_close_matches(text, alike, n=1) or difflib.get_close_matches(text, candidates, n=1)
    return f"; did you mean {candidates[close[0]]}?" if close else ""


def _expected(shape: Shape) -> str:
    if isinstance(shape, (Leaf, Raw)):
        return shape.describe()
    if isinstance(shape, ListOf):
        return f"a list of {_expected(shape.item)}"
    if isinstance(shape, MapOf):
        return f"a map of names to {_expected(shape.item)}"
    return f"a block of properties ({', '.join(list(blocks(shape)[0].fields())[:6])}, ...)"


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
