"""What an answer proves about an object, and what proves nothing: the rules in one place.

An answer with the request id of the service is its own; any other one is no answer at all (`Client`). Of its own:

- an object is there when the answer shows it by its id;
- it is gone when a documented code says so (`NotFound`), when the answer names it among the missing (`NonExist...`),
  or when a read by its id counts 0 objects;
- a list proves that something is missing when its count and its rows agree, each row once; then the object is read by
  its id all the same;
- a status counts when the pages have the word.

Everything else is `CannotTell`. Source: 045, 053, 101, 179, 199, 201, vod-DescribeProcessImageAsyncTemplates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pulumi_ci.api.errors import CannotTell, Target
from pulumi_ci.wire.xml import Element

Lacks = Callable[[Element | None], str]
"""Says what an answer lacks to prove anything, from its root; "" when it does prove something."""
Row = TypeVar("Row")
Found = TypeVar("Found")
_COUNT = re.compile(r"[0-9]{1,9}")


def excerpt(body: bytes) -> str:
    """The beginning of an answer that nobody understands."""
    return body[:200].decode("utf-8", "replace").strip()


def stranger(status: int, reason: str, body: bytes) -> str:
    """What is said of an answer without a request id, which need not be the service's."""
    shown = f": {text}" if (text := excerpt(body)) else ""
    return (
        f"HTTP {status} with {reason}{shown}. The service gives each answer a request id, so something on the way "
        "answered in its place: look at proxies and at ci:endpoint. For a service that really sends none set "
        "ci:requestIds to optional"
    )


def count(root: Element | None, name: str) -> int | None:
    """The number in a child of the root; None when there is none, or something else than a count."""
    text = "" if root is None else (root.findtext(name) or "").strip()
    return int(text) if _COUNT.fullmatch(text) else None


def ids_of(root: Element | None, many: str, id: str) -> list[str]:
    """The ids of the objects in an answer, in their order; "" for one without."""
    return [] if root is None else [(item.findtext(id) or "").strip() for item in root.findall(many)]


def about(wanted: str, many: str, id: str, absent: str = "") -> Lacks:
    """A read by id: it shows the object, names it among the `absent`, or counts 0 of them."""

    def lacks(root: Element | None) -> str:
        shown, missing = wanted in ids_of(root, many, id), wanted in _named(root, absent)
        if shown != missing:
            return ""
        if shown:
            return f"an answer that shows {wanted} and names it as missing"
        if root is not None and not root.findall(many) and not _named(root, absent) and count(root, "TotalCount") == 0:
            return ""
        return f"an answer that neither shows {wanted} nor names it as missing"

    return lacks


def one_of(path: str, words: Collection[str]) -> Lacks:
    """A status: a word that the pages have."""

    def lacks(root: Element | None) -> str:
        found = status(root, path)
        return "" if found in words else f"the status {found!r}, which is none of {', '.join(sorted(words))}"

    return lacks


def status(root: Element | None, path: str) -> str:
    """The status text at a path below the root ("" = the root's own), without blanks and in lower case."""
    text = None if root is None else root.findtext(path) if path else root.text
    return (text or "").strip().lower()


def _named(root: Element | None, absent: str) -> set[str]:
    """The ids that an answer names as missing: texts of repeated elements, or of those in a block. Source: 045, 053."""
    found = [] if root is None or not absent else root.findall(absent)
    texts = (part for element in found for inner in element.iter() for part in (inner.text or "").split(","))
    return {text.strip() for text in texts} - {""}


def lists_in_json(many: str) -> Callable[[Mapping[str, Any]], str]:
    """A list in JSON: it has its rows, or null, and counts them."""

    def lacks(content: Mapping[str, Any]) -> str:
        if many not in content or not isinstance(content[many], list | None):
            return f"JSON without a list {many}"
        total = content.get("TotalCount")
        counts = isinstance(total, int) and not isinstance(total, bool) and total >= 0
        return "" if counts else f"JSON without a TotalCount of {many}"

    return lacks


def about_in_json(wanted: str, many: str, id: str) -> Callable[[Mapping[str, Any]], str]:
    """A read by id in JSON: it shows the object, or counts 0 of them."""
    lists = lists_in_json(many)

    def lacks(content: Mapping[str, Any]) -> str:
        rows = content.get(many) or []
        if wrong := lists(content):
            return wrong
        shown = any(isinstance(row, Mapping) and str(row.get(id)) == wanted for row in rows)
        return "" if shown or (not rows and content["TotalCount"] == 0) else f"an answer that does not show {wanted}"

    return lacks


class Tally:
    """Counts the rows of a list, page by page, and says in the end whether they are all that there are."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._totals: dict[int | None, None] = {}

    def add(self, ids: Iterable[str], total: int | None) -> None:
        """Takes in the ids of a page, "" for a row without, and how many objects the page says that the list has."""
        self._ids += ids
        self._totals[total] = None

    @property
    def rows(self) -> int:
        """How many rows there were so far."""
        return len(self._ids)

    def check(self, target: Target) -> None:
        """Raises CannotTell when the list is not whole, or some row is there twice."""
        if "" in self._ids:
            raise CannotTell(target, "list", "a row of the list has no id")
        if twice := len(self._ids) - len(set(self._ids)):
            raise CannotTell(target, "list", f"the list shows {twice} of its rows twice")
        if [*self._totals] != [self.rows]:
            counts = " and then ".join("no count" if total is None else str(total) for total in self._totals)
            raise CannotTell(target, "list", f"the list has {self.rows} objects, and says that it has {counts}")


Load = Callable[[], Iterator[Mapping[str, Row]]]
"""Reads a list page by page, each as rows by id; raises CannotTell in the end when they are not all of it."""


def whole(load: Load[Row]) -> dict[str, Row]:
    """All rows of a list, by id. One that changed while its pages were read is read again. Raises CannotTell."""
    return _again(lambda: {id: row for page in load() for id, row in page.items()})


def sought(load: Load[Row], id: str) -> Row | None:
    """The row of an id, as soon as a page shows it; None when the whole list lacks it. Raises CannotTell."""
    return _again(lambda: next((page[id] for page in load() if id in page), None))


def _again(read: Callable[[], Found]) -> Found:
    for _ in range(2):
        try:
            return read()
        except CannotTell:
            continue
    return read()
