"""Element trees: parsing strictly, addressing by path, and the elements that a service fills in by itself."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from pulumi_ci.emulator.errors import CloudError

Element = ET.Element
_DEPTH = 100
"""Levels of a request body at most."""
_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?")


def parse(data: bytes, root: str) -> Element:
    """The root of a request body. Raises CloudError when it is missing, malformed, has a DOCTYPE or another root."""
    if not data.strip():
        raise CloudError("MissingContent", f"the request needs a body <{root}>")
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise CloudError("InvalidContent", "a DOCTYPE is refused")
    try:
        element = ET.fromstring(data)  # noqa: S314 - entities cannot be declared without the DOCTYPE refused above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise CloudError("InvalidContent", f"the body is no well-formed XML: {error}") from None
    if _is_deep(element):
        raise CloudError("InvalidContent", f"the body is nested deeper than {_DEPTH} levels")
    if element.tag != root:
        raise CloudError("InvalidContent", f"the root of the body is <{element.tag}>, expected <{root}>")
    for node in element.iter():  # indentation is not content
        node.tail = None
        if len(node) and not (node.text or "").strip():
            node.text = None
    return element


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(_DEPTH):
        level = [child for element in level for child in element]
    return bool(level)


def write(element: Element) -> str:
    """The XML text of an element, without a declaration."""
    return ET.tostring(element, encoding="unicode", short_empty_elements=False)


def make(tag: str, *content: Element | str) -> Element:
    """An element with children, or with a text."""
    element = Element(tag)
    for part in content:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


def text(element: Element, path: str) -> str:
    """The text at a path, without blanks around it; "" when there is none."""
    return (element.findtext(path) or "").strip()


def require(root: Element, paths: Iterable[str]) -> None:
    """Refuses a body without these elements; `A/B` counts only where `A` exists, `A/` may be empty."""
    for path in paths:
        parent, _, name = path.rstrip("/").rpartition("/")
        for element in root.findall(parent) if parent else [root]:
            found = element.find(name)
            if found is None or not (path.endswith("/") or len(found) or (found.text or "").strip()):
                raise CloudError("InvalidArgument", f"{path.rstrip('/')} is required")


def fill(element: Element, table: Mapping[str, Any], mode: str) -> None:
    """Adds what was not sent: empty elements, or defaults, for the leaves in `table` below blocks that exist."""
    for key, value in table.items():
        name = key.rstrip("+")
        found = element.findall(name)
        if isinstance(value, Mapping):
            if not found and key.endswith("+") and mode == "with-defaults":
                found = [ET.SubElement(element, name)]
            for block in found:
                fill(block, value, mode)
            continue
        if mode == "empty-elements":
            if not found:
                ET.SubElement(element, name).text = ""
            continue
        default, _, unless = str(value).partition(" unless ")
        if mode == "with-defaults" and default and not (unless and text(element, unless)):
            leaf = found[0] if found else ET.SubElement(element, name)
            if not (leaf.text or "").strip() and not len(leaf):
                leaf.text = default


def at(root: Element, path: str, create: bool = False) -> Element | None:
    """The element at a path such as `Video/Width` or `AudioMix[2]/Replace`; "." is the root itself."""
    element = root
    for step in path.split("/") if path not in ("", ".") else ():
        matched = _STEP.fullmatch(step)
        if matched is None:
            raise ValueError(f"{step!r} in {path!r} is no step; write names joined by /, such as Video/Width")
        name, index = matched[1], int(matched[2] or 1)
        found = element.findall(name)
        while create and len(found) < index:
            found.append(ET.SubElement(element, name))
        if len(found) < index:
            return None
        element = found[index - 1]
    return element


def remove(root: Element, path: str) -> bool:
    """Removes the element at a path; without an index, every element of that name. False when there is none."""
    parent_path, _, step = path.rpartition("/")
    parent = at(root, parent_path)
    if parent is None:
        return False
    indexed = at(root, path) if "[" in step else None
    gone = [indexed] if indexed is not None else parent.findall(step) if "[" not in step else []
    for element in gone:
        parent.remove(element)
    return bool(gone)


@functools.cache
def data(name: str) -> Any:
    """The content of a data file of this package; not to be changed."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
