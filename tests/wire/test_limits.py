"""Numbers that no float holds, and answers deeper or larger than any real one: kept as they are, or refused."""

from __future__ import annotations

import json as standard
from typing import Any

import pytest

from pulumi_ci.kinds.snapshot_template import SnapshotTemplate
from pulumi_ci.model.kind import kind_of
from pulumi_ci.wire import json, limits, xml

WIDTH = SnapshotTemplate.fields()["width"].leaf
TIME = SnapshotTemplate.fields()["time_interval"].leaf
TEXTS: dict[str, Any] = {
    "640": 640,
    "+640": 640,
    "-3": -3,
    "2.0": 2,
    "0.5": 0.5,
    str(2**53 - 1): 2**53 - 1,
    str(2**53): 2**53,
    str(2**53 + 1): str(2**53 + 1),
    "9" * 20: "9" * 20,
    "9" * 400: "9" * 400,
    "-" + "9" * 5000: "-" + "9" * 5000,
    "9" * 400 + ".5": "9" * 400 + ".5",
    "²": "²",
    "٣": "٣",
    "1e9": "1e9",
    "1e400": "1e400",
    "inf": "inf",
    "nan": "nan",
    "0x10": "0x10",
    "1_000": "1_000",
}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_what_becomes_of_a_number_in_xml(text: str) -> None:
    for leaf in (WIDTH, TIME):
        found = xml.scalar_of(leaf, text)
        assert (found, type(found)) == (TEXTS[text], type(TEXTS[text]))
        standard.dumps(found, allow_nan=False)


NUMBERS: dict[str, Any] = {
    "640": 640,
    "2.5": 2.5,
    "true": True,
    str(2**53 + 1): str(2**53 + 1),
    "9" * 400: "9" * 400,
    "1e400": "1e400",
    "-1e999": "-1e999",
    '"640"': 640,
}


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:12])
def test_what_becomes_of_a_number_in_json(text: str) -> None:
    kind = kind_of("process-image-async-template")
    path = ("ProcessImageConfigure", "EncodeConfig", "Quality")
    row: Any = json.parse(f'{{"{path[0]}": {{"{path[1]}": {{"{path[2]}": {text}}}}}}}')
    found = json.decode(kind, row)[0]["encode_config"]["quality"]
    assert (found, type(found)) == (NUMBERS[text], type(NUMBERS[text]))


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "9" * 5000])
def test_json_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(json.MalformedAnswer, match="no well-formed JSON"):
        json.parse(f'{{"a": {text}}}')


def nested(depth: int) -> tuple[bytes, bytes]:
    """XML and JSON of that many levels."""
    return b"<a>" * depth + b"</a>" * depth, b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


def test_answers_may_be_a_hundred_levels_deep() -> None:
    in_xml, in_json = nested(limits.DEEPEST)
    assert xml.write(xml.parse(in_xml)) == in_xml
    assert json.write(json.parse(in_json)).replace(b" ", b"") == in_json


@pytest.mark.parametrize("depth", [limits.DEEPEST + 1, 900, 3_000, 100_000])
def test_a_deeper_answer_is_refused(depth: int) -> None:
    in_xml, in_json = nested(depth)
    with pytest.raises(xml.MalformedAnswer, match="of more than 100 levels"):
        xml.parse(in_xml)
    with pytest.raises(json.MalformedAnswer):
        json.parse(in_json)
    with pytest.raises(json.MalformedAnswer):
        json.parse(b"[" * depth + b"]" * depth)


def test_an_answer_of_too_many_parts_is_refused() -> None:
    with pytest.raises(xml.MalformedAnswer, match="more than 500000 tags"):
        xml.parse(b"<a>" + b"<b/>" * limits.MOST + b"</a>")
    for part in (b"[],", b"1,", b"{},"):
        with pytest.raises(json.MalformedAnswer, match="more than 500000 brackets and commas"):
            json.parse(b'{"a": [' + part * limits.MOST + b"1]}")


def test_json_that_is_no_object_is_not_shown() -> None:
    """Its text may be as long or as deep as it likes."""
    with pytest.raises(json.MalformedAnswer, match="JSON that is no object, but list"):
        json.parse(b"[" * 500 + b"]" * 500)
