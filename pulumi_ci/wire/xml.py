"""Values of a kind to XML and back, by the declaration: the only place that knows how CI spells things."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.api import Form
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.printable import logger
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape
from pulumi_ci.model.unknown import holds_unknown
from pulumi_ci.wire import limits
from pulumi_ci.wire.levels import Level, levels

Element = ET.Element
Values = dict[str, Any]
Carried = dict[tuple[str, ...], list[Element]]
"""Elements that the declaration does not know, by the element path of their parent."""

_log = logger("pulumi_ci.wire")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class MalformedAnswer(ValueError):
    """An answer that is no XML, or XML that is refused."""


def parse(text: bytes | str) -> Element:
    """The root element of an XML text. Raises MalformedAnswer when it is not well-formed, has a DOCTYPE, or is deeper
    or larger than any answer of the service.
    """
    data = text.encode() if isinstance(text, str) else text
    if data.count(b"<") > limits.MOST:
        raise MalformedAnswer(f"XML with more than {limits.MOST} tags")
    try:
        root = ET.fromstring(data, ET.XMLParser(target=_Plain()))  # noqa: S314 - no DOCTYPE, so no entities either
    except MalformedAnswer:
        raise
    except (ET.ParseError, ValueError, LookupError) as error:  # the latter two: encodings that expat does not know
        raise MalformedAnswer(f"no well-formed XML: {error}") from None
    if limits.too_deep(root, iter):
        raise MalformedAnswer(f"XML of more than {limits.DEEPEST} levels")
    return root


class _Plain(ET.TreeBuilder):
    """Builds trees of XML without a DOCTYPE, in whatever encoding that would come."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuses."""
        raise MalformedAnswer("the XML has a DOCTYPE, which is refused")


def write(root: Element) -> bytes:
    """The XML text of an element, without a declaration, as the pages show it."""
    return ET.tostring(root, encoding="unicode", short_empty_elements=False).encode()


def encode(node: type[Node], values: Mapping[str, Any], form: Form, carried: Carried | None = None) -> Element:
    """The request body for `values`: every declared input that is set, and the elements carried through."""
    if holds_unknown(dict(values)):
        raise AssertionError("an unknown value reached the wire")
    inside, beside = levels(node)
    path = form.root.split("/")
    root = inner = Element(path[0])
    for name in path[1:]:
        inner = ET.SubElement(inner, name)
    for name, text in form.constants.items():
        ET.SubElement(inner, name).text = text
    _encode_level(inner, beside, values, None, ())
    body = ET.SubElement(inner, form.body) if form.body else inner
    _encode_level(body, inside, values, carried or {}, ())
    return root


def _encode_level(
    parent: Element, level: Level, values: Mapping[str, Any], carried: Carried | None, path: tuple[str, ...]
) -> None:
    for name, declared in level.fields.items():
        value = values.get(declared.name)
        if value is None or not declared.is_input or _unsent(declared, value):
            blank = declared.mark(marks.Blank)
            if value is None and blank is not None and (not blank.where or values.get(blank.where) is not None):
                ET.SubElement(parent, name)
            continue
        _encode_value(parent, name, declared, declared.shape, value, carried, (*path, name))
    for name, deeper in level.levels.items():
        child = Element(name)
        _encode_level(child, deeper, values, carried, (*path, name))
        if len(child):
            parent.append(child)
    if carried is not None:
        known = {*level.fields, *level.levels}
        parent.extend(other for other in carried.get(path, ()) if other.tag not in known)


def _unsent(declared: Field, value: Any) -> bool:
    return isinstance(value, (list, dict)) and not value and not declared.has(marks.Presence)


def _encode_value(
    parent: Element,
    name: str,
    declared: Field | None,
    shape: Shape,
    value: Any,
    carried: Carried | None,
    path: tuple[str, ...],
) -> None:
    if isinstance(shape, Leaf):
        ET.SubElement(parent, name).text = text_of(value)
    elif isinstance(shape, ListOf):
        joined = shape.mark(marks.Joined)
        if joined:
            ET.SubElement(parent, name).text = joined.separator.join(text_of(item) for item in value)
        else:
            for item in value:
                _encode_value(parent, name, None, shape.item, item, None, path)
    elif isinstance(shape, MapOf):
        child = ET.SubElement(parent, name)
        for key, item in value.items():
            _encode_value(child, key, None, shape.item, item, carried, (*path, key))
        if carried is not None:  # an entry that became another class is written once, as declared
            child.extend(other for other in carried.get(path, ()) if other.tag not in value)
    elif isinstance(shape, Raw):
        _encode_raw(parent, name, value)
    else:
        node = shape.node_for(value)
        assert node is not None, f"{name}: unknown type"
        child = Element(name)
        _encode_level(child, levels(node)[0], value, carried, path)
        if len(child) or (declared is not None and declared.has(marks.Presence)):
            parent.append(child)


def _encode_raw(parent: Element, name: str, content: Any) -> None:
    for item in content if isinstance(content, list) else [content]:
        child = ET.SubElement(parent, name)
        if isinstance(item, Mapping):
            for key, inner in item.items():
                _encode_raw(child, key, inner)
        else:
            child.text = text_of(item)


def text_of(value: Any) -> str:
    """A scalar as the wire spells it: `true`, `2.5`, `640`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)  # never 1e-05


def decode(node: type[Node], item: Element, form: Form) -> tuple[Values, Carried]:
    """The values of one object in an answer, computed ones included, and the elements nobody declared.

    Never raises on a value outside its range: the text is kept, and shows as drift.
    """
    inside, beside = levels(node)
    body = next((found for name in form.answers if (found := item if not name else item.find(name)) is not None), None)
    values: Values = {}
    carried: Carried = {}
    _decode_level(item, beside, values, {}, (), None)
    if body is not None:
        envelope = {*form.constants, *form.ignored, *beside.fields, *beside.levels} if body is item else ()
        _decode_level(body, inside, values, carried, (), envelope)
    return values, carried


def _decode_level(
    element: Element,
    level: Level,
    values: Values,
    carried: Carried,
    path: tuple[str, ...],
    known: Iterable[str] | None,
) -> None:
    """`known` are names that are no surprise; None means that nothing here is (it stands beside the body)."""
    groups: dict[str, list[Element]] = {}
    for child in element:
        if known is not None or child.tag in level.names:
            groups.setdefault(child.tag, []).append(child)
    for name, children in groups.items():
        declared = level.fields.get(name) or level.also.get(name)
        if declared is not None:
            value = _decode_value(declared.shape, children, carried, (*path, name), declared)
            if value is not None and (name in level.fields or declared.name not in values):
                values[declared.name] = value
        elif name in level.levels:
            for child in children:
                _decode_level(
                    child, level.levels[name], values, carried, (*path, name), () if known is not None else None
                )
        elif known is not None and name not in known:
            carried.setdefault(path, []).extend(children)


def _decode_value(
    shape: Shape,
    elements: list[Element],
    carried: Carried | None,
    path: tuple[str, ...],
    declared: Field | None = None,
) -> Any:
    if isinstance(shape, Leaf):
        return scalar_of(shape, elements[-1].text)
    if isinstance(shape, ListOf):
        joined = shape.mark(marks.Joined)
        if joined:
            texts = [part.strip() for element in elements for part in (element.text or "").split(joined.separator)]
            return [_item(shape.item, text) for text in texts if text] or None
        items = [_decode_value(shape.item, [element], None, path) for element in elements]
        return [item for item in items if item is not None] or None
    if isinstance(shape, MapOf):
        entries: Values = {}
        for child in (child for element in elements for child in element):
            if isinstance(shape.item, Block) and _class_of(shape.item, child) is None and carried is not None:
                carried.setdefault(path, []).append(child)
            else:
                entries[child.tag] = _decode_value(shape.item, [child], carried, (*path, child.tag))
        return {name: value for name, value in entries.items() if value is not None} or None
    if isinstance(shape, Raw):
        return shape.normal(_decode_raw(elements[-1])) or None
    values: Values = {}
    element = elements[-1]
    found: Carried = {}
    node = _class_of(shape, element)
    if node is None:
        return {"type": (element.findtext("Type") or "").strip()}
    _decode_level(element, levels(node)[0], values, found, path, ())
    if carried is not None:
        carried.update(found)
    elif found:
        names = sorted({child.tag for children in found.values() for child in children})
        _log.warning("%s: %s is not known here and will be lost at the next update", "/".join(path), ", ".join(names))
    if not values and declared is not None and declared.has(marks.Presence):
        return {}
    return values or (None if declared is not None else {})


def _decode_raw(element: Element) -> Any:
    if not len(element):
        return element.text
    contents: dict[str, list[Any]] = {}
    for child in element:
        contents.setdefault(child.tag, []).append(_decode_raw(child))
    return contents


def _class_of(block: Block, element: Element) -> type[Node] | None:
    return block.node_for({"type": (element.findtext("Type") or "").strip()})


def _item(shape: Leaf | Block, text: str) -> Any:
    assert isinstance(shape, Leaf)
    return scalar_of(shape, text)


def scalar_of(leaf: Leaf, text: str | None) -> Any:
    """A wire text as the leaf's type; None for an empty one, the text itself when it does not fit.

    Seconds may carry their unit, as in `5s`.
    """
    text = (text or "").strip()
    if not text:
        return None
    if leaf.in_seconds and _NUMBER.fullmatch(text[:-1]):
        text = text.removesuffix("s")
    if bool in leaf.types and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if leaf.numeric and _NUMBER.fullmatch(text) and text not in leaf.choices:
        number = float(text)
        if limits.holds(number, text):
            return int(number) if number.is_integer() else number
    return leaf.choice(text)


def find_texts(root: Element, path: str) -> list[str]:
    """The texts of all elements at `path` below `root` that hold one."""
    return [text for element in root.findall(path) if (text := (element.text or "").strip())]
