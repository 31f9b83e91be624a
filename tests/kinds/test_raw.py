"""Elements that no page describes: written as given, read back, compared by meaning."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from pulumi_ci.lifecycle.meaning import changes, same
from pulumi_ci.lifecycle.observe import fill, observe
from pulumi_ci.model.api import Form
from pulumi_ci.model.marks import Wire
from pulumi_ci.model.node import Node
from pulumi_ci.model.shape import Raw, shape_of
from pulumi_ci.wire import xml


class Step(Node):
    """A node with a raw body."""

    name: str
    """Name."""
    operation: Annotated[dict[str, Any] | None, Wire("Operation")] = None
    """Body."""


def written(operation: dict[str, Any]) -> str:
    return xml.write(xml.encode(Step, {"name": "a", "operation": operation}, Form())).decode()


def read(operation: str) -> Any:
    root = xml.parse(f"<Request><Name>a</Name>{operation}</Request>")
    values, carried = xml.decode(Step, root, Form())
    assert carried == {}
    return values.get("operation")


def test_shape_of_a_raw_tree() -> None:
    assert shape_of(dict[str, Any]) == Raw()
    with pytest.raises(TypeError):
        shape_of(list[dict[str, Any]])


CASES = [
    ({"A": "1"}, "<A>1</A>"),
    ({"A": {"B": "1", "C": "x y"}, "D": "2"}, "<A><B>1</B><C>x y</C></A><D>2</D>"),
    ({"A": ["1", "2"], "B": [{"C": "1"}, {"C": "2"}]}, "<A>1</A><A>2</A><B><C>1</C></B><B><C>2</C></B>"),
    ({"A": "a < b & c"}, "<A>a &lt; b &amp; c</A>"),
]


@pytest.mark.parametrize(("value", "text"), CASES)
def test_written_and_read(value: dict[str, Any], text: str) -> None:
    assert written(value) == f"<Request><Name>a</Name><Operation>{text}</Operation></Request>"
    assert read(f"<Operation>{text}</Operation>") == value


def test_empty_elements_are_written_and_mean_nothing() -> None:
    assert "<Operation><A></A><B>1</B></Operation>" in written({"A": {}, "B": "1"})
    assert read("<Operation><A/><B>1</B><C> </C><D><E/></D></Operation>") == {"B": "1"}
    assert read("<Operation/>") is None
    assert read("<Operation>text</Operation>") == "text"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"A": "1"}, {"A": ["1"]}),
        ({"A": "1"}, {"A": " 1 ", "B": {}, "C": [], "D": {"E": {}}}),
        ({"A": "1", "B": "2"}, {"B": "2", "A": "1"}),
    ],
)
def test_same_meaning(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(Raw(), one, other)
    assert changes(Step, {"name": "a", "operation": one}, {"name": "a", "operation": other}) == []
    assert observe(Step, {"name": "a", "operation": other}, {"name": "a", "operation": one}, {})["operation"] is other


def test_other_meaning() -> None:
    old = {"name": "a", "operation": {"A": ["1", "2"], "B": {"C": "1"}}}
    new = {"name": "a", "operation": {"A": ["2", "1"], "B": {"C": "2"}}}
    paths = {change.path for change in changes(Step, old, new)}
    assert paths == {("operation", "A", 0), ("operation", "A", 1), ("operation", "B", "C")}
    assert observe(Step, old, new, {}) == new


@pytest.mark.parametrize(
    ("declared", "live", "seen"),
    [
        ({"A": ["1", "2"]}, {"A": "1"}, {"A": ["1"]}),
        ({"A": ["1"], "B": "1"}, {"A": "1", "B": "2"}, {"A": ["1"], "B": "2"}),
        ({"A": ["1"]}, {"A": ["1", "2"]}, {"A": ["1", "2"]}),
        ({"A": {}, "B": {"C": {}, "D": "1"}}, {"B": {"D": "2"}}, {"A": {}, "B": {"C": {}, "D": "2"}}),
        ({"A": [{"B": ["1"], "C": "1"}, {"B": "2"}]}, {"A": {"B": "1", "C": "2"}}, {"A": [{"B": ["1"], "C": "2"}]}),
        ({"A": {"B": "1"}}, {"A": "1", "C": "2"}, {"A": "1", "C": "2"}),
        ({"A": "1", "B": "2"}, {"B": "2"}, {"B": "2"}),
        ({"A": {}}, None, {"A": {}}),
        ({"A": "1"}, None, None),
    ],
)
def test_drift_keeps_the_spelling_around_it(declared: Any, live: Any, seen: Any) -> None:
    assert (
        observe(Step, {"name": "a", "operation": declared}, {"name": "a", "operation": live}, {}).get("operation")
        == seen
    )


def test_a_body_that_the_server_filled_in_is_no_drift() -> None:
    declared, live = {"name": "a"}, {"name": "a", "operation": {"A": "1"}}
    filled = fill(Step, declared, live)
    assert filled == {"operation": {"A": "1"}}
    assert observe(Step, declared, live, filled) == declared
    assert observe(Step, declared, {"name": "a", "operation": {"A": "2"}}, filled)["operation"] == {"A": "2"}
