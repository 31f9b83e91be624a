# ruff: noqa: E501 - one case a line reads better as a table
"""What the user sees of a live object: their own spelling where nothing changed, live values where something did."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest

from pulumi_ci.lifecycle.observe import SECRET, fill, hide, observe, to_send
from pulumi_ci.model.marks import (
    Grammar,
    Joined,
    Presence,
    Secret,
    ServerAdds,
    ServerDefault,
    ServerFilled,
    Unordered,
    Wire,
)
from pulumi_ci.model.node import Node

Folded = Grammar(lambda text: None, str.lower, "a text in any case", ("A", "b"))


class Inner(Node):
    """A block."""

    size: Annotated[int | None, ServerDefault(5)] = None
    """A number."""
    word: Annotated[str | None, Folded] = None
    """A word in any case."""
    key: Annotated[str | None, Secret()] = None
    """A key."""


class Thing(Node):
    """Everything that can be declared, in small."""

    count: int | None = None
    """A number."""
    mode: Annotated[Literal["a", "b"] | None, ServerDefault("a")] = None
    """A mode."""
    word: Annotated[str | None, Folded] = None
    """A word in any case."""
    key: Annotated[str | None, Secret()] = None
    """A key."""
    inner: Inner | None = None
    """A block."""
    stream: Annotated[Inner | None, Presence()] = None
    """A block that means something when empty."""
    given: Annotated[Inner | None, ServerFilled()] = None
    """A block that the server fills."""
    queue: Annotated[str | None, ServerFilled()] = None
    """A leaf that the server fills."""
    tags: Annotated[list[str] | None, Joined(), Unordered()] = None
    """Texts without order."""
    events: Annotated[list[str] | None, Unordered(), ServerAdds("own")] = None
    """Texts to which the server adds one."""
    steps: list[str] | None = None
    """Texts in order."""
    blocks: list[Inner] | None = None
    """Blocks in order."""
    entries: dict[str, Inner] | None = None
    """Blocks by name."""
    local: Annotated[str | None, Wire(None)] = None
    """Never sent."""


V = dict[str, Any]
CASES: dict[str, tuple[V, V, V, V]] = {
    # name: declared, live, filled, expected
    "equal": ({"count": 1}, {"count": 1}, {}, {"count": 1}),
    "the user's spelling": ({"word": "ABC"}, {"word": "abc"}, {}, {"word": "ABC"}),
    "changed": ({"count": 1}, {"count": 2}, {}, {"count": 2}),
    "removed": ({"count": 1}, {}, {}, {}),
    "undeclared default": ({}, {"mode": "a"}, {}, {}),
    "undeclared, not the default": ({}, {"mode": "b"}, {}, {"mode": "b"}),
    "declared default, not shown": ({"mode": "a"}, {}, {}, {"mode": "a"}),
    "declared, not the default, not shown": ({"mode": "b"}, {}, {}, {}),
    "appeared": ({}, {"count": 1}, {}, {"count": 1}),
    "filled": ({}, {"count": 1}, {"count": 1}, {}),
    "filled and changed": ({}, {"count": 2}, {"count": 1}, {"count": 2}),
    "filled and gone": ({}, {}, {"count": 1}, {}),
    "filled, then declared": ({"count": 1}, {"count": 2}, {"count": 1}, {"count": 2}),
    "filled, by meaning": ({}, {"word": "ABC"}, {"word": "abc"}, {}),
    "declared secret": ({"key": "k"}, {"key": "k"}, {}, {"key": "k"}),
    "changed secret": ({"key": "k"}, {"key": "other"}, {}, {"key": "other"}),
    "undeclared secret": ({}, {"key": "k"}, {}, {"key": SECRET}),
    "filled secret": ({}, {"key": "k"}, {"key": SECRET}, {}),
    "never sent": ({"local": "x"}, {}, {}, {"local": "x"}),
    "block equal": ({"inner": {"size": 9}}, {"inner": {"size": 9}}, {}, {"inner": {"size": 9}}),
    "block with a leaf more": ({"inner": {"size": 9}}, {"inner": {"size": 9, "word": "w"}}, {}, {"inner": {"size": 9, "word": "w"}}),
    "block with a filled leaf": ({"inner": {"size": 9}}, {"inner": {"size": 9, "word": "w"}}, {"inner.word": "w"}, {"inner": {"size": 9}}),
    "block gone": ({"inner": {"size": 9}}, {}, {}, {}),
    "block of defaults, not shown": ({"inner": {"size": 5}}, {}, {}, {"inner": {"size": 5}}),
    "block of defaults appeared": ({}, {"inner": {"size": 5}}, {}, {}),
    "block appeared": ({}, {"inner": {"size": 9}}, {}, {"inner": {"size": 9}}),
    "stream gone": ({"stream": {"size": 5}}, {}, {}, {}),
    "stream empty": ({"stream": {"size": 9}}, {"stream": {}}, {}, {"stream": {}}),
    "stream of defaults": ({"stream": {"size": 5}}, {"stream": {}}, {}, {"stream": {"size": 5}}),
    "stream appeared": ({}, {"stream": {}}, {}, {"stream": {}}),
    "secret inside": ({"inner": {"size": 9}}, {"inner": {"size": 9, "key": "k"}}, {}, {"inner": {"size": 9, "key": SECRET}}),
    "other order": ({"tags": ["b", "a"]}, {"tags": ["a", "b"]}, {}, {"tags": ["b", "a"]}),
    "one exchanged": ({"tags": ["c", "b", "a"]}, {"tags": ["a", "c", "x"]}, {}, {"tags": ["c", "x", "a"]}),
    "one more": ({"tags": ["b", "a"]}, {"tags": ["a", "x", "b"]}, {}, {"tags": ["b", "a", "x"]}),
    "one less": ({"tags": ["c", "b", "a"]}, {"tags": ["a", "c"]}, {}, {"tags": ["c", "a"]}),
    "all gone": ({"tags": ["a"]}, {}, {}, {}),
    "one that the server adds": ({"events": ["b", "a"]}, {"events": ["a", "b", "own"]}, {}, {"events": ["b", "a"]}),
    "two more, one by the server": ({"events": ["a"]}, {"events": ["own", "a", "x"]}, {}, {"events": ["a", "x"]}),
    "one that the user lists too": ({"events": ["a", "own"]}, {"events": ["a"]}, {}, {"events": ["a"]}),
    "listed by the user and the server": ({"events": ["own", "a"]}, {"events": ["a", "own"]}, {}, {"events": ["own", "a"]}),
    "undeclared with what the server adds": ({}, {"events": ["a", "own"]}, {}, {"events": ["a", "own"]}),
    "order that matters": ({"steps": ["b", "a"]}, {"steps": ["a", "b"]}, {}, {"steps": ["a", "b"]}),
    "empty list": ({"steps": []}, {}, {}, {"steps": []}),
    "item of a list of blocks": (
        {"blocks": [{"word": "A"}, {"word": "B"}]},
        {"blocks": [{"word": "a"}, {"word": "c"}]},
        {},
        {"blocks": [{"word": "A"}, {"word": "c"}]},
    ),
    "filled item": ({"blocks": [{"word": "A"}]}, {"blocks": [{"word": "a", "size": 7}]}, {"blocks[0].size": 7}, {"blocks": [{"word": "A"}]}),
    "block more in a list": ({"blocks": [{"word": "A"}]}, {"blocks": [{"word": "a"}, {"size": 7}]}, {}, {"blocks": [{"word": "A"}, {"size": 7}]}),
    "block less in a list": ({"blocks": [{"word": "A"}, {"size": 7}]}, {"blocks": [{"word": "a"}]}, {}, {"blocks": [{"word": "A"}]}),
    "map in the user's order": (
        {"entries": {"z": {"size": 1}, "a": {"size": 2}}},
        {"entries": {"a": {"size": 2}, "z": {"size": 1}}},
        {},
        {"entries": {"z": {"size": 1}, "a": {"size": 2}}},
    ),
    "entry changed": ({"entries": {"z": {"word": "W"}}}, {"entries": {"z": {"word": "v"}}}, {}, {"entries": {"z": {"word": "v"}}}),
    "entry more": ({"entries": {"z": {"size": 1}}}, {"entries": {"z": {"size": 1}, "y": {"size": 3}}}, {}, {"entries": {"z": {"size": 1}, "y": {"size": 3}}}),
    "entry less": ({"entries": {"z": {"size": 1}, "y": {"size": 3}}}, {"entries": {"z": {"size": 1}}}, {}, {"entries": {"z": {"size": 1}}}),
    "filled entry": ({"entries": {"z": {"size": 1}}}, {"entries": {"z": {"size": 1, "word": "w"}}}, {"entries.z.word": "w"}, {"entries": {"z": {"size": 1}}}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_observe(name: str) -> None:
    declared, live, filled, expected = CASES[name]
    found = observe(Thing, declared, live, filled)
    assert found == expected
    assert list(found.get("entries") or {}) == list(expected.get("entries") or {})


FILLED: dict[str, tuple[V, V, V, V]] = {
    # name: declared, live, what the server filled in, what is then seen of the live one
    "nothing": ({"count": 1}, {"count": 1, "mode": "a"}, {}, {"count": 1}),
    "a leaf": ({}, {"count": 1}, {"count": 1}, {}),
    "not a changed one": ({"count": 1}, {"count": 2}, {}, {"count": 2}),
    "a leaf of a block": ({"inner": {"size": 9}}, {"inner": {"size": 9, "word": "w"}}, {"inner.word": "w"}, {"inner": {"size": 9}}),
    "a leaf of an item": (
        {"blocks": [{"size": 9}]},
        {"blocks": [{"size": 9, "word": "w"}]},
        {"blocks[0].word": "w"},
        {"blocks": [{"size": 9}]},
    ),
    "a leaf of an entry": (
        {"entries": {"z": {"size": 9}}},
        {"entries": {"z": {"size": 9, "word": "w"}}},
        {"entries.z.word": "w"},
        {"entries": {"z": {"size": 9}}},
    ),
    "a secret": ({}, {"key": "k"}, {"key": SECRET}, {}),
    "a block": ({}, {"inner": {"size": 9, "word": "w"}}, {"inner.size": 9, "inner.word": "w"}, {}),
    "a filled block with its defaults": ({}, {"given": {"size": 5}}, {"given.size": 5}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILLED)
def test_fill(name: str) -> None:
    declared, live, expected, seen = FILLED[name]
    found = fill(Thing, declared, live)
    assert found == expected
    assert observe(Thing, declared, live, found) == seen


@pytest.mark.parametrize(
    ("declared", "filled", "sent"),
    [
        ({"count": 1}, {"queue": "q"}, {"count": 1, "queue": "q"}),
        ({"queue": "mine"}, {"queue": "q"}, {"queue": "mine"}),
        ({}, {"given.size": 5, "given.word": "w"}, {"given": {"size": 5, "word": "w"}}),
        ({}, {"given.key": SECRET, "given.size": 7}, {"given": {"size": 7}}),
        ({}, {"count": 1, "inner.size": 9}, {}),
        ({}, {"queue": SECRET}, {}),
    ],
)
def test_only_what_the_server_fills_goes_back_to_it(declared: V, filled: V, sent: V) -> None:
    assert to_send(Thing, declared, filled) == sent


def test_secrets_are_hidden_at_any_depth() -> None:
    values: V = {
        "count": 1,
        "key": "s",
        "inner": {"key": "s", "size": 1},
        "blocks": [{"key": "s"}],
        "entries": {"z": {"key": "s", "word": "w"}},
    }
    assert hide(Thing, values) == {"count": 1, "inner": {"size": 1}, "blocks": [{}], "entries": {"z": {"word": "w"}}}
