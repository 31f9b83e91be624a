"""Batched reads: one load serves all readers, and no write is ever hidden by an older list."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from pulumi_ci.api.rows import Rows
from pulumi_ci.wire.xml import Element


def row(text: str) -> Element:
    element = ET.Element("Row")
    element.text = text
    return element


class Source:
    """A list on a server, and how often it was read."""

    def __init__(self, **rows: str) -> None:
        self.rows = rows
        self.loads = 0

    def load(self) -> list[dict[str, Element]]:
        self.loads += 1
        return [{id: row(text) for id, text in self.rows.items()}]


class Paged:
    """A list of two pages, of which the second comes when it is allowed to."""

    def __init__(self) -> None:
        self.first, self.second = threading.Event(), threading.Event()
        self.loads = 0

    def load(self) -> Iterator[dict[str, Element]]:
        self.loads += 1
        yield {"a": row("1")}
        self.first.set()
        assert self.second.wait(10)
        yield {"b": row("2")}


def text(rows: Rows, source: Source | Paged, id: str, key: str = "k") -> str | None:
    found = rows.get(key, id, source.load)
    return None if found is None else found.text


def test_one_load_serves_many_reads() -> None:
    rows, source = Rows(), Source(a="1", b="2")
    assert [text(rows, source, id) for id in ("a", "b", "c", "a")] == ["1", "2", None, "1"]
    assert source.loads == 1


def test_keys_have_their_own_lists() -> None:
    rows, one, two = Rows(), Source(a="1"), Source(a="2")
    assert (text(rows, one, "a", "one"), text(rows, two, "a", "two")) == ("1", "2")


def test_one_load_at_a_time_for_four_threads() -> None:
    rows, ready, inside = Rows(), threading.Barrier(4), threading.Event()
    loads: list[int] = []
    found: list[str | None] = []

    def load() -> list[dict[str, Element]]:
        loads.append(threading.get_ident())
        inside.set()
        return [{"a": row("1")}]

    def work() -> None:
        ready.wait(10)
        element = rows.get("k", "a", load)
        found.append(None if element is None else element.text)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(loads), found) == (1, ["1"] * 4)


def test_a_slow_list_holds_up_no_other_list() -> None:
    rows, entered, release = Rows(), threading.Event(), threading.Event()

    def slow() -> list[dict[str, Element]]:
        entered.set()
        assert release.wait(10)
        return []

    thread = threading.Thread(target=rows.whole, args=("slow", slow))
    thread.start()
    assert entered.wait(10)
    assert text(rows, Source(a="1"), "a", "other") == "1"
    rows.wrote("slow", "x")
    release.set()
    thread.join(10)
    assert not thread.is_alive()


def test_a_row_is_there_as_soon_as_its_page_is() -> None:
    rows, source = Rows(), Paged()
    with ThreadPoolExecutor() as pool:
        loader = pool.submit(text, rows, source, "b")
        assert source.first.wait(10)
        assert text(rows, source, "a") == "1"
        waiting: list[Future[Any]] = [
            pool.submit(text, rows, source, "b"),
            pool.submit(text, rows, source, "c"),
            pool.submit(lambda: list(rows.whole("k", source.load))),
            pool.submit(lambda: list(rows.named("k", "2", source.load, name_of))),
        ]
        assert not any(reader.done() for reader in (loader, *waiting))
        source.second.set()
        assert loader.result(10) == "2"
        second, missing, every, named = (reader.result(10) for reader in waiting)
    assert (second, missing, every, named, source.loads) == ("2", None, ["a", "b"], ["b"], 1)


def test_what_was_written_during_a_load_is_not_hidden_by_a_later_page() -> None:
    rows, source = Rows(), Paged()
    with ThreadPoolExecutor() as pool:
        loader = pool.submit(text, rows, source, "c")
        assert source.first.wait(10)
        rows.wrote("k", "a", row("new"))
        rows.wrote("k", "b")
        rows.wrote("k", "c", row("made"))
        source.second.set()
        assert loader.result(10) == "made"
        assert [text(rows, source, id) for id in "abc"] == ["new", None, "made"]
    assert source.loads == 1


def test_a_list_dropped_during_a_load_is_read_again_for_those_who_wait() -> None:
    rows, source = Rows(), Paged()
    with ThreadPoolExecutor() as pool:
        loader = pool.submit(rows.whole, "k", source.load)
        assert source.first.wait(10)
        rows.drop("k")
        waiting = pool.submit(text, rows, source, "a")
        assert not waiting.done()
        source.second.set()
        assert list(loader.result(10)) == ["a", "b"]
        assert waiting.result(10) == "1"
    assert source.loads == 2


def test_a_load_that_fails_on_its_way_leaves_no_half_list() -> None:
    rows, source = Rows(), Source(a="1", b="2")

    def fail() -> Iterator[dict[str, Element]]:
        yield {"a": row("0")}
        raise OSError("no network")

    with pytest.raises(OSError, match="no network"):
        rows.get("k", "b", fail)
    assert (text(rows, source, "b"), text(rows, source, "a"), source.loads) == ("2", "1", 1)


def test_whole_lists_are_read_again_while_they_lack_a_row() -> None:
    rows, source = Rows(), Source(a="1", b="2")

    def load() -> list[dict[str, Element]]:
        pages = source.load()
        if source.loads < 3:
            rows.wrote("k", "a")
        return pages

    assert (list(rows.whole("k", load)), source.loads) == (["a", "b"], 3)
    rows.wrote("k", "a", row("3"))
    assert (sorted(rows.whole("k", load)), source.loads) == (["a", "b"], 3)


def test_a_write_drops_its_row_and_no_other() -> None:
    rows, source = Rows(), Source(a="1", b="2")
    text(rows, source, "a")
    rows.wrote("k", "a")
    assert (text(rows, source, "a"), text(rows, source, "b"), source.loads) == (None, "2", 1)


def test_what_was_read_after_a_write_takes_its_place() -> None:
    rows, source = Rows(), Source(a="1")
    text(rows, source, "a")
    rows.wrote("k", "a", row("fresh"))
    rows.wrote("k", "b", row("new"))
    assert (text(rows, source, "a"), text(rows, source, "b"), source.loads) == ("fresh", "new", 1)


def test_dropping_forgets_the_whole_list() -> None:
    rows, source = Rows(), Source(a="1")
    text(rows, source, "a")
    source.rows["a"] = "2"
    rows.drop("k")
    assert (text(rows, source, "a"), source.loads) == ("2", 2)


def test_a_list_ages() -> None:
    now = [0.0]
    rows, source = Rows(lambda: now[0], seconds=60), Source(a="1")
    for at, loads in ((0, 1), (59, 1), (61, 2), (100, 2), (200, 3)):
        now[0] = at
        text(rows, source, "a")
        assert source.loads == loads, at


def test_a_failed_load_leaves_nothing_behind() -> None:
    rows, source = Rows(), Source(a="1")

    def fail() -> list[dict[str, Element]]:
        raise OSError("no network")

    for _ in range(2):
        try:
            rows.whole("k", fail)
        except OSError:
            continue
        raise AssertionError("the failure was swallowed")
    assert text(rows, source, "a") == "1"


def test_readers_cannot_change_the_list() -> None:
    rows, source = Rows(), Source(a="1")
    rows.whole("k", source.load).clear()
    assert text(rows, source, "a") == "1"


def name_of(element: Element) -> str:
    return element.text or ""


def test_rows_are_found_by_name_whatever_was_written_meanwhile() -> None:
    rows, source = Rows(), Source(a="one", b="two", c="two")

    def named(name: str) -> list[str]:
        return list(rows.named("k", name, source.load, name_of))

    assert (named("one"), named("two"), named("three")) == (["a"], ["b", "c"], [])
    rows.wrote("k", "b", row("three"))
    rows.wrote("k", "c")
    rows.wrote("k", "d", row("one"))
    assert (named("one"), named("two"), named("three")) == (["a", "d"], [], ["b"])
    rows.wrote("k", "b")
    assert named("three") == []
    assert source.loads == 1
    rows.drop("k")
    assert (named("two"), source.loads) == (["b", "c"], 2)


def test_a_list_that_is_dropped_while_it_is_read_is_still_an_answer() -> None:
    rows = Rows()

    def load() -> list[dict[str, Element]]:
        rows.drop("k")
        return [{"a": row("1")}]

    assert list(rows.whole("k", load)) == ["a"]
