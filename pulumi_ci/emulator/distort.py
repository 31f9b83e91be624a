"""Changes to a right answer: wrong figures, the same content in other forms, and content that nobody knows."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.faults import Fault
from pulumi_ci.emulator.routing import Answer

UNKNOWN, UNKNOWN_BLOCK = "Unknown", "UnknownBlock"
"""Names of the elements and keys that `unknown` and `nest` add."""
_PLACE = "the place of a nest"
_BOM = b"\xef\xbb\xbf"
_MAPS = ("Nodes", "Dependencies")
"""Elements whose children are named by the user: an unknown one would be one more node."""
_TEXTS = re.compile(r".*(Name|I[dD]|Text|Definition)")
"""Elements and keys of names, ids and free texts, which mean what they say in their own spelling only."""
_WORDS = ("true", "false", "on", "off")
_NUMBER = re.compile(r"(-?)(\d+)(\.\d+)?", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
Json = Any


def distorted(answer: Answer, fault: Fault, is_read: bool) -> Answer:
    """The answer as the fault changes it; one that the effect does not change, or that has no body, stays as it is."""
    if fault.effect == "rows" and not is_read:
        return answer
    if answer.root is not None and fault.effect in _XML:
        data = _XML[fault.effect](copy.deepcopy(answer.root), fault)
    elif answer.data and answer.content_type == "application/json" and fault.effect in _JSON:
        data = _JSON[fault.effect](json.loads(answer.data), fault)
    else:
        return answer
    return dataclasses.replace(answer, root=None, data=data)


# -- XML --------------------------------------------------------------------------------------------------------------


def _xml(root: ET.Element) -> bytes:
    return tree.write(root).encode()


def _xml_anonymous(root: ET.Element, fault: Fault) -> bytes:
    for element in [*root.iter()]:
        for child in [child for child in element if child.tag in ("RequestId", "TraceId")]:
            element.remove(child)
    return _xml(root)


def _xml_rows(root: ET.Element, fault: Fault) -> bytes:
    rows = [child for child in root if len(child) and not child.tag.startswith("NonExist")]
    begin = [*root].index(rows[0]) if rows else 0
    for row in rows:
        root.remove(row)
    root[begin:begin] = _rows(rows, fault)
    return _xml(root)


def _xml_count(root: ET.Element, fault: Fault) -> bytes:
    for element in root.findall("TotalCount"):
        element.text = fault.text
        if not fault.text:
            root.remove(element)
    return _xml(root)


def _xml_spelling(root: ET.Element, fault: Fault) -> bytes:
    for element in root.iter():
        if not len(element) and element.text and not _TEXTS.fullmatch(element.tag):
            element.text = _respelled(element.text, fault.form)
    return _xml(root)


def _blocks(root: ET.Element) -> list[ET.Element]:
    """The root, the rows and every block in them, where further elements may stand."""
    return [element for element in root.iter() if len(element) and element.tag not in _MAPS]


def _xml_unknown(root: ET.Element, fault: Fault) -> bytes:
    for block in _blocks(root):
        block.insert(0, tree.make(UNKNOWN, "1"))
    if len(root):
        root.append(tree.make(UNKNOWN_BLOCK, tree.make(UNKNOWN, "1")))
    return _xml(root)


def _xml_nest(root: ET.Element, fault: Fault) -> bytes:
    for block in _blocks(root):
        block.append(tree.make(UNKNOWN, _PLACE))
    nest = f"<{UNKNOWN}>" * fault.amount + f"</{UNKNOWN}>" * fault.amount
    return tree.write(root).replace(f"<{UNKNOWN}>{_PLACE}</{UNKNOWN}>", nest).encode()


def _xml_syntax(root: ET.Element, fault: Fault) -> bytes:
    if fault.form == "bom":
        return _BOM + _xml(root)
    mark = {"comments": "<!-- 0 -->", "instructions": "<?other 0?>"}.get(fault.form, "")
    return f'<?xml version="1.0" encoding="UTF-8"?>{mark}{"".join(_marked(root, mark))}'.encode()


def _marked(element: ET.Element, mark: str) -> Iterator[str]:
    """The XML of an element with `mark` in every text and block; texts as CDATA where there is none."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in element.attrib.items())
    text = element.text or ""
    yield f"<{element.tag}{attributes}>"
    if not mark:
        yield f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""
    else:
        yield f"{escape(text[: len(text) // 2])}{mark}{escape(text[len(text) // 2 :])}"
    for child in element:
        yield from _marked(child, mark)
    yield f"</{element.tag}>"


# -- JSON -------------------------------------------------------------------------------------------------------------


def _json(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _response(content: Json) -> dict[str, Json]:
    """What a JSON service answers; the one XML service that answers in JSON has no `Response` around it."""
    found: dict[str, Json] = content.get("Response", content)
    return found


def _json_anonymous(content: Json, fault: Fault) -> bytes:
    _response(content).pop("RequestId", None)
    return _json(content)


def _json_rows(content: Json, fault: Fault) -> bytes:
    response = _response(content)
    for name, value in response.items():
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            response[name] = _rows(value, fault)
    return _json(content)


def _json_count(content: Json, fault: Fault) -> bytes:
    response = _response(content)
    if "TotalCount" not in response or not fault.text:
        response.pop("TotalCount", None)
        return _json(content)
    response["TotalCount"] = _PLACE
    number = re.fullmatch(r"-?(0|[1-9]\d*)", fault.text, re.ASCII)
    text = fault.text if number else json.dumps(fault.text, ensure_ascii=False)
    return json.dumps(content, ensure_ascii=False).replace(f'"{_PLACE}"', text).encode()


def _json_spelling(content: Json, fault: Fault) -> bytes:
    def respelled(name: str, value: Json) -> Json:
        if isinstance(value, dict):
            return {inner: respelled(inner, item) for inner, item in value.items()}
        if isinstance(value, list):
            return [respelled(name, item) for item in value]
        if value is None or _TEXTS.fullmatch(name):
            return value
        plain = value if isinstance(value, str) else json.dumps(value)
        text = _respelled(plain, fault.form)
        if text == plain:
            return value
        return float(text) if fault.form == "decimal" and not isinstance(value, str) else text

    return _json(respelled("", content))


def _objects(content: Json) -> Iterator[dict[str, Json]]:
    if isinstance(content, dict):
        yield content
    for inner in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from _objects(inner)


def _json_unknown(content: Json, fault: Fault) -> bytes:
    for found in [*_objects(_response(content))]:
        found[UNKNOWN] = "1"
    _response(content)[UNKNOWN_BLOCK] = {UNKNOWN: "1"}
    return _json(content)


def _json_nest(content: Json, fault: Fault) -> bytes:
    for found in [*_objects(_response(content))]:
        found[UNKNOWN] = _PLACE
    nest = f'{{"{UNKNOWN}": ' * fault.amount + "null" + "}" * fault.amount
    return json.dumps(content, ensure_ascii=False).replace(f'"{_PLACE}"', nest).encode()


def _json_syntax(content: Json, fault: Fault) -> bytes:
    if fault.form == "bom":
        return _BOM + _json(content)
    if fault.form != "escaped":
        return _json(content)  # JSON has neither comments nor instructions
    return _STRING.sub(_in_escapes, json.dumps(content, ensure_ascii=False)).encode()


def _in_escapes(string: re.Match[str]) -> str:
    units = json.loads(string[0]).encode("utf-16-be")
    return '"' + "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)) + '"'


# -- both -------------------------------------------------------------------------------------------------------------


def _rows(rows: list[Any], fault: Fault) -> list[Any]:
    return [copy.deepcopy(row) for row in rows for _ in range(2)] if fault.form == "twice" else rows[::-1]


def _respelled(text: str, form: str) -> str:
    """`true` and `on` in capitals or with one, `640` as `640.0`, `0640` or `+640`; everything else as it is."""
    if text.lower() in _WORDS:
        return {"upper": text.upper(), "title": text.title()}.get(form, text)
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    sign, whole, fraction = number[1], number[2], number[3] or ""
    if form == "decimal":
        return f"{sign}{whole}{fraction or '.'}0"
    return {"zeros": f"{sign}0{whole}{fraction}", "plus": text if sign else f"+{text}"}.get(form, text)


_XML: dict[str, Callable[[ET.Element, Fault], bytes]] = {
    "anonymous": _xml_anonymous,
    "rows": _xml_rows,
    "count": _xml_count,
    "spelling": _xml_spelling,
    "unknown": _xml_unknown,
    "nest": _xml_nest,
    "syntax": _xml_syntax,
}
_JSON: dict[str, Callable[[Json, Fault], bytes]] = {
    "anonymous": _json_anonymous,
    "rows": _json_rows,
    "count": _json_count,
    "spelling": _json_spelling,
    "unknown": _json_unknown,
    "nest": _json_nest,
    "syntax": _json_syntax,
}
