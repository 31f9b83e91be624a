"""YAML as environment files use it: read with the place of every value, written so that any reader agrees on it."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml as yaml_1_1
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedOrderedMap, CommentedSeq, CommentedSet
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import CollectionNode, Node
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pulumi_ci.api.errors import CiError
from pulumi_ci.model.path import Path

LARGEST = 4_000_000
"""Characters that a file may have."""
MOST_VALUES = 200_000
"""Values that a file may have once its aliases are written out."""
_PLAIN = (CommentedMap, CommentedSeq)
_TAGS: Mapping[type, str] = {CommentedSet: "!!set", CommentedOrderedMap: "!!omap"}


@dataclass(frozen=True)
class Problem:
    """One fault of a file: line and column from 1, and what to do about it."""

    line: int
    column: int
    reason: str


class InvalidFile(CiError):
    """A file that cannot be used; every problem that was found is told with its line and column."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name = name
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.column, problem.reason))
        super().__init__("\n".join(f"{name}:{p.line}:{p.column}: {p.reason}" for p in self.problems))


def loader() -> YAML:
    """A reader and writer that keeps comments, order and layout, and makes plain values only."""
    made = YAML(typ="rt")
    made.width = 4096
    made.preserve_quotes = True
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def parse(text: str, name: str, begins: str = "resources") -> CommentedMap:
    """The mapping that a text holds, which has the key `begins`. Raises InvalidFile."""
    if len(text) > LARGEST:
        raise InvalidFile(name, [Problem(1, 1, f"has {len(text)} characters; {LARGEST} are allowed")])
    try:
        if "&" in text and "*" in text:
            _refuse_circles(loader().compose(text), name)  # which would be read as nothing
        found = loader().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        reason = str(error.problem or error.context or "is no YAML").splitlines()[0].partition(" with value ")[0]
        raise InvalidFile(name, [Problem(line, column, reason)]) from None
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        reason = f"holds the character U+{ord(text[error.position]):04X}, which YAML does not allow"
        raise InvalidFile(name, [Problem(line, column, reason)]) from None
    except (YAMLError, ValueError) as error:
        raise InvalidFile(name, [Problem(1, 1, str(error).splitlines()[0])]) from None
    except RecursionError:
        raise InvalidFile(name, [Problem(1, 1, "is nested too deeply")]) from None
    if not isinstance(found, CommentedMap):
        raise InvalidFile(name, [Problem(1, 1, f"is no mapping; it begins with `{begins}:`")])
    _measure(found, name)
    _refuse_objects(found, name)
    return found


def _refuse_circles(document: Node, name: str) -> None:
    """Refuses a document with an alias inside of what it stands for."""
    done: set[int] = set()
    above: set[int] = set()

    def visit(node: Node, place: Node) -> None:
        if id(node) in above:
            mark = place.start_mark
            raise InvalidFile(name, [Problem(mark.line + 1, mark.column + 1, "holds itself through an alias")])
        if id(node) in done or not isinstance(node, CollectionNode):
            return
        above.add(id(node))
        for item in node.value:
            key, value = item if isinstance(item, tuple) else (node, item)
            visit(value, key)
        above.discard(id(node))
        done.add(id(node))

    visit(document, document)


def _measure(document: CommentedMap, name: str) -> None:
    """Refuses a document whose aliases make it enormous."""
    sizes: dict[int, int] = {}

    def size(value: Any, position: tuple[int, int]) -> int:
        if not isinstance(value, (CommentedMap, CommentedSeq)):
            return 1
        if id(value) not in sizes:
            items = value.items() if isinstance(value, CommentedMap) else enumerate(value)
            sizes[id(value)] = 1 + sum(size(item, position_of(value, key)) for key, item in items)
            if sizes[id(value)] > MOST_VALUES:
                reason = f"holds more than {MOST_VALUES} values once its aliases are written out"
                raise InvalidFile(name, [Problem(*position, reason)])
        return sizes[id(value)]

    try:
        size(document, (1, 1))
    except RecursionError:
        raise InvalidFile(name, [Problem(1, 1, "is nested too deeply")]) from None


def _refuse_objects(document: CommentedMap, name: str) -> None:
    """Refuses all but mappings, lists, texts, numbers and flags: tags such as `!!python/object`, dates, bytes."""
    seen: set[int] = set()
    problems: list[Problem] = []

    def visit(value: Any, position: tuple[int, int]) -> None:
        if id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, CommentedBase) and (type(value) not in _PLAIN or value.tag.value):
            tag = _TAGS.get(type(value)) or str(value.tag.value).replace("tag:yaml.org,2002:", "!!")
            problems.append(Problem(*position, f"the tag {tag} has no meaning here; leave it out"))
        elif isinstance(value, (date, bytes)):
            said = "bytes" if isinstance(value, bytes) else f"the date {value}"
            problems.append(Problem(*position, f"is read as {said}; put a text into quotes"))
        elif isinstance(value, float) and not math.isfinite(value):
            problems.append(Problem(*position, f"{value} is no number that a property can have"))
        elif isinstance(value, (CommentedMap, CommentedSeq)):
            for key, item in value.items() if isinstance(value, CommentedMap) else enumerate(value):
                visit(item, position_of(value, key))

    visit(document, (1, 1))
    if problems:
        raise InvalidFile(name, problems)


def position_of(holder: Any, step: str | int, key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of the value at `step` of a mapping or list, or of its `key`."""
    lines = getattr(holder, "lc", None)
    if lines is None or not lines.data or step not in lines.data:
        return (1, 1) if lines is None else (lines.line + 1, lines.col + 1)
    where = lines.data[step]
    beside = len(where) >= 4 and where[2] == where[0]  # a value that begins further down is found by its key
    line, column = where[2:4] if beside and not key else where[:2]
    return int(line) + 1, int(column) + 1


def position(document: Any, path: Path, key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of what stands at `path`, or of the last part of the path that is there; with `key`
    of the key that it stands under.
    """
    found = (1, 1)
    for number, step in enumerate(path, 1):
        there = isinstance(document, CommentedMap) and step in document
        there = there or (isinstance(document, CommentedSeq) and isinstance(step, int) and step < len(document))
        if not there:
            break
        found, document = position_of(document, step, key and number == len(path)), document[step]
    return found


def writable(value: Any) -> Any:
    """A value as it is written: a text that another reader of YAML could take for something else gets quotes."""
    if isinstance(value, Mapping):
        return CommentedMap({writable(key): writable(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return CommentedSeq([writable(item) for item in value])
    if isinstance(value, str):
        return value if _reads_alike(value) else DoubleQuotedScalarString(value)
    return value


def _reads_alike(text: str) -> bool:
    try:
        return bool(yaml_1_1.safe_load(text) == text) and "\n" not in text
    except yaml_1_1.YAMLError:
        return False


def dump(document: CommentedMap) -> str:
    """The text of a document, its comments included."""
    stream = io.StringIO()
    loader().dump(document, stream)
    return stream.getvalue()
