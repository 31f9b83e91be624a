"""Texts, numbers and trees on the wire and back: spelling, escaping, what is refused, what is carried through."""

from __future__ import annotations

import logging
from typing import Annotated, Any, Literal

import pytest

from pulumi_ci.model.api import Form
from pulumi_ci.model.check import check
from pulumi_ci.model.marks import AlsoRead, Computed, Joined, Presence, Range, Unordered, Wire
from pulumi_ci.model.node import Node
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.wire import xml


class Inner(Node):
    """A block."""

    size: int | None = None
    """A number."""
    word: str | None = None
    """A word."""


class Cat(Node):
    """One class of entries."""

    type: Literal["Cat"] = "Cat"
    """The type."""
    lives: Annotated[int | None, Wire("Deep/Lives")] = None
    """A number, deeper."""


class Dog(Node):
    """Another class of entries."""

    type: Literal["Dog"] = "Dog"
    """The type."""
    name: str | None = None
    """A name."""


class Thing(Node):
    """Everything that can stand on the wire."""

    word: str | None = None
    """A text."""
    number: Annotated[float | None, Range()] = None
    """A number."""
    whole: int | None = None
    """A whole number."""
    flag: bool | None = None
    """A flag."""
    mixed: int | Literal["auto"] | None = None
    """A number or a word."""
    seconds: Annotated[float | None, Range(ge=0, unit="seconds")] = None
    """A time."""
    deep: Annotated[str | None, Wire("A/B/Deep")] = None
    """A text, deeper."""
    beside: Annotated[str | None, Wire("/Beside")] = None
    """A text beside the body."""
    renamed: Annotated[str | None, Wire("CIParam")] = None
    """A text by another name."""
    inner: Inner | None = None
    """A block."""
    stream: Annotated[Inner | None, Presence()] = None
    """A block that means something when empty."""
    joined: Annotated[list[str] | None, Joined("/"), Unordered()] = None
    """Texts in one element."""
    repeated: list[int] | None = None
    """Numbers, an element each."""
    blocks: Annotated[list[Inner] | None, AlsoRead("OldBlocks")] = None
    """Blocks, an element each."""
    animals: dict[str, Cat | Dog] | None = None
    """Blocks by name."""
    edges: dict[str, Annotated[list[str], Joined(), Unordered()]] | None = None
    """Lists by name."""
    stamp: Annotated[str | None, Wire("/Stamp"), Computed()] = None
    """A time of the server."""


FORM = Form(root="Request", body="Thing", answers=("Thing", "Flat"), constants={"Tag": "T"}, ignored=("Id",))
V = dict[str, Any]


def written(values: V, form: Form = FORM) -> str:
    return xml.write(xml.encode(Thing, values, form)).decode()


def body(text: str) -> tuple[V, xml.Carried]:
    return xml.decode(Thing, xml.parse(f"<Request><Tag>T</Tag><Thing>{text}</Thing></Request>"), FORM)


SPELLINGS: dict[str, tuple[V, str]] = {
    "text": ({"word": "a & b < c \"'"}, "<Word>a &amp; b &lt; c \"'</Word>"),
    "Chinese": ({"word": "缩略图"}, "<Word>缩略图</Word>"),
    "emoji": ({"word": "😀"}, "<Word>😀</Word>"),
    "float": ({"number": 2.5}, "<Number>2.5</Number>"),
    "whole float": ({"number": 3.0}, "<Number>3</Number>"),
    "small float": ({"number": 0.00001}, "<Number>0.00001</Number>"),
    "negative": ({"number": -0.25}, "<Number>-0.25</Number>"),
    "large": ({"number": 12345678901234567890.0}, "<Number>12345678901234567168</Number>"),
    "whole": ({"whole": 640}, "<Whole>640</Whole>"),
    "zero": ({"whole": 0}, "<Whole>0</Whole>"),
    "true": ({"flag": True}, "<Flag>true</Flag>"),
    "false": ({"flag": False}, "<Flag>false</Flag>"),
    "number or word": ({"mixed": "auto"}, "<Mixed>auto</Mixed>"),
    "word or number": ({"mixed": 5}, "<Mixed>5</Mixed>"),
    "nested path": ({"deep": "x"}, "<A><B><Deep>x</Deep></B></A>"),
    "renamed": ({"renamed": "x"}, "<CIParam>x</CIParam>"),
    "block": ({"inner": {"size": 1, "word": "w"}}, "<Inner><Size>1</Size><Word>w</Word></Inner>"),
    "empty presence": ({"stream": {}}, "<Stream></Stream>"),
    "joined": ({"joined": ["b", "a"]}, "<Joined>b/a</Joined>"),
    "repeated": ({"repeated": [2, 1]}, "<Repeated>2</Repeated><Repeated>1</Repeated>"),
    "blocks": (
        {"blocks": [{"size": 1}, {"size": 2}]},
        "<Blocks><Size>1</Size></Blocks><Blocks><Size>2</Size></Blocks>",
    ),
    "map of classes": (
        {"animals": {"Cat_b": {"type": "Cat", "lives": 9}, "Dog_a": {"type": "Dog", "name": "x"}}},
        "<Animals><Cat_b><Type>Cat</Type><Deep><Lives>9</Lives></Deep></Cat_b>"
        "<Dog_a><Type>Dog</Type><Name>x</Name></Dog_a></Animals>",
    ),
    "map of lists": ({"edges": {"Start": ["b", "a"]}}, "<Edges><Start>b,a</Start></Edges>"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spelling_and_back(name: str) -> None:
    values, text = SPELLINGS[name]
    assert written(values) == f"<Request><Tag>T</Tag><Thing>{text}</Thing></Request>"
    assert body(text) == (values, {})


def test_fields_beside_the_body() -> None:
    text = "<Request><Tag>T</Tag><Beside>x</Beside><Thing></Thing></Request>"
    assert written({"beside": "x", "stamp": "never sent"}) == text
    item = "<R><Tag>T</Tag><Id>1</Id><Beside>x</Beside><Stamp>now</Stamp><Thing><Word>w</Word></Thing></R>"
    assert xml.decode(Thing, xml.parse(item), FORM) == ({"beside": "x", "stamp": "now", "word": "w"}, {})


def test_answers_may_be_nested_or_flat() -> None:
    flat = Form(root="Request", answers=("Thing", ""), constants={"Tag": "T"}, ignored=("Id",))
    for text in (
        "<R><Tag>T</Tag><Id>1</Id><Thing><Word>w</Word></Thing></R>",
        "<R><Tag>T</Tag><Id>1</Id><Word>w</Word></R>",
    ):
        assert xml.decode(Thing, xml.parse(text), flat) == ({"word": "w"}, {})
    assert written({"word": "w"}, flat) == "<Request><Tag>T</Tag><Word>w</Word></Request>"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"word": None, "repeated": [], "joined": [], "inner": {}, "blocks": [], "animals": {}}, ""),
        ({"inner": {"word": None}}, ""),
        ({"stamp": "x"}, ""),
    ],
)
def test_nothing_is_written_for_nothing(values: V, text: str) -> None:
    assert written(values) == f"<Request><Tag>T</Tag><Thing>{text}</Thing></Request>"


READINGS: dict[str, tuple[str, V]] = {
    "empty elements": ("<Word></Word><Whole/><Inner></Inner><Joined></Joined><Animals></Animals>", {}),
    "blanks": ("<Word>  </Word><Whole> 5 </Whole>", {"whole": 5}),
    "indentation": ("\n <Inner>\n  <Size>1</Size>\n </Inner>\n", {"inner": {"size": 1}}),
    "seconds with a unit": ("<Seconds>5s</Seconds>", {"seconds": 5}),
    "a number as a float": ("<Whole>5.0</Whole><Number>2.50</Number>", {"whole": 5, "number": 2.5}),
    "TRUE": ("<Flag>TRUE</Flag>", {"flag": True}),
    "beyond the declaration": ("<Whole>many</Whole><Flag>maybe</Flag>", {"whole": "many", "flag": "maybe"}),
    "a text that looks like a number": ("<Word>007</Word>", {"word": "007"}),
    "a text that looks like a flag": ("<Word>true</Word>", {"word": "true"}),
    "the other name": ("<OldBlocks><Size>1</Size></OldBlocks>", {"blocks": [{"size": 1}]}),
    "the own name wins": (
        "<OldBlocks><Size>1</Size></OldBlocks><Blocks><Size>2</Size></Blocks>",
        {"blocks": [{"size": 2}]},
    ),
    "an empty presence": ("<Stream/>", {"stream": {}}),
    "the last of repeated leaves": ("<Word>a</Word><Word>b</Word>", {"word": "b"}),
    "joined with blanks": ("<Joined> a / b //c</Joined>", {"joined": ["a", "b", "c"]}),
}


@pytest.mark.parametrize("name", READINGS)
def test_reading(name: str) -> None:
    text, values = READINGS[name]
    assert body(text) == (values, {})


def test_unknown_elements_are_carried_to_where_they_were() -> None:
    text = "<New>1</New><Inner><Size>1</Size><Newer><X>2</X></Newer></Inner><A><B><Deep>d</Deep><Odd>3</Odd></B></A>"
    values, carried = body(text)
    assert values == {"inner": {"size": 1}, "deep": "d"}
    again = xml.write(xml.encode(Thing, values, FORM, carried)).decode()
    for part in ("<New>1</New>", "<Newer><X>2</X></Newer>", "<B><Deep>d</Deep><Odd>3</Odd></B>"):
        assert part in again
    assert xml.decode(Thing, xml.parse(again), FORM)[0] == values


def test_an_entry_of_an_unknown_class_is_carried() -> None:
    values, carried = body(
        "<Animals><Cat_a><Type>Cat</Type></Cat_a><Emu_b><Type>Emu</Type><Legs>2</Legs></Emu_b></Animals>"
    )
    assert values == {"animals": {"Cat_a": {"type": "Cat"}}}
    again = xml.write(xml.encode(Thing, values, FORM, carried)).decode()
    assert again.count("<Emu_b><Type>Emu</Type><Legs>2</Legs></Emu_b>") == 1


def test_what_is_carried_never_doubles_what_is_sent() -> None:
    """An entry that somebody turned into another class is written once, as the program says."""
    emu = "<Animals><Cat_a><Type>Emu</Type><Deep><Lives>1</Lives></Deep></Cat_a></Animals>"
    dog = "<Animals><Cat_a><Type>Dog</Type><Deep><Lives>1</Lives></Deep></Cat_a></Animals>"
    for text in (emu, dog):
        _, carried = body(text)
        again = xml.write(
            xml.encode(Thing, {"animals": {"Cat_a": {"type": "Cat", "lives": 9}}}, FORM, carried)
        ).decode()
        assert again.count("<Cat_a>") == again.count("<Deep>") == again.count("<Lives>") == 1
        assert "<Lives>9</Lives>" in again


def test_unknown_elements_of_list_items_are_lost_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        values, carried = body("<Blocks><Size>1</Size><New>2</New></Blocks>")
    assert (values, carried) == ({"blocks": [{"size": 1}]}, {})
    assert "New is not known here and will be lost" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a ",
            " a",
            "a\nb",
            "a\tb",
            "  ",
            "\n",
            "a\u00a0",
            "\u3000a",
            "\u0085",
            "a\u2028b",
            "]]>",
            "<!--",
            "%20",
            "&amp;",
        ),
        *("\ufdd0", "\U0010ffff", "\U0001f600", "e\u0301", "\u202e"),
    ],
)
def test_every_text_that_check_lets_through_survives(text: str) -> None:
    checked, failures = check(Thing, {"word": text})
    if not failures:
        assert body(written(checked)[len("<Request><Tag>T</Tag><Thing>") : -len("</Thing></Request>")])[0] == checked


@pytest.mark.parametrize("text", ["\x00", "a\x0bb", "\x1f", "a\r", "\ufffe", "\uffff", "\ud800"])
def test_texts_that_xml_cannot_carry_are_refused(text: str) -> None:
    _, failures = check(Thing, {"word": text})
    assert [failure.path for failure in failures] == [("word",)]
    assert "XML" in failures[0].reason


def test_malformed_and_dangerous_answers_are_refused() -> None:
    for text in (
        "",
        "<a>",
        "text",
        "<a/><b/>",
        b"\xff\xfe<a/>x",
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    ):
        with pytest.raises(xml.MalformedAnswer):
            xml.parse(text)
    with pytest.raises(xml.MalformedAnswer, match="DOCTYPE"):
        xml.parse(f"<!--{'x' * 5000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


def test_unknown_values_never_reach_the_wire() -> None:
    with pytest.raises(AssertionError, match="unknown value"):
        written({"inner": {"word": UNKNOWN}})


def test_an_unknown_map_key_is_refused_by_check() -> None:
    _, failures = check(Thing, {"edges": {"1a": ["x"], "a b": ["x"], "ok": ["x"]}})
    assert [failure.path for failure in failures] == [("edges", "1a"), ("edges", "a b")]
