"""Reading style bodies: the pages' examples, limits and words, and what is refused, all from data files."""

import pickle
from itertools import chain
from pathlib import Path

import pytest

from pulumi_ci import image
from pulumi_ci.image import grammar


def rows(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if "\t" in line]


EXAMPLES = [(row[2], row[-1]) for row in rows("examples.tsv")]
CLEAR_TEXTS = [(clear, encoded) for clear, encoded in rows("clear_texts.tsv")]
RANGES = [(body, low, high, severity) for body, low, high, severity in rows("ranges.tsv")]
WORDS = [(body, words) for body, *words in rows("words.tsv")]
REFUSED = [(severity, int(position), reason, body) for severity, position, reason, body in rows("refused.tsv")]
DOUBTFUL = {body for severity, *_, body in REFUSED if severity == "warning"} - {
    body for severity, *_, body in REFUSED if severity == "error"
}
INTERFACES = [
    grammar.MOGR2,
    grammar.VIEW2,
    grammar.IMAGE_WATERMARK,
    grammar.TEXT_WATERMARK,
    grammar.BLIND_WATERMARK,
]


@pytest.mark.parametrize(("body", "canonical"), EXAMPLES)
def test_example_of_the_pages(body: str, canonical: str) -> None:
    pipeline = image.parse(body)
    assert str(pipeline) == canonical
    assert image.parse(canonical) == pipeline
    assert image.normal_form(body) == canonical
    assert image.validate(body) == ()


def test_examples_use_every_word_of_the_grammar() -> None:
    bodies = [canonical for _, canonical in EXAMPLES]
    used = set(chain.from_iterable(body.replace("|", "/").split("/") for body in bodies))
    assert {word for interface in INTERFACES for word in interface.options} <= used


@pytest.mark.parametrize(("clear", "encoded"), CLEAR_TEXTS)
def test_base64(clear: str, encoded: str) -> None:
    assert str(image.TextWatermark(clear)) == f"watermark/2/text/{encoded}"
    padded = encoded + "=" * (-len(encoded) % 4)
    assert image.normal_form(f"watermark/2/text/{padded}") == f"watermark/2/text/{encoded}"


@pytest.mark.parametrize(("body", "low", "high", "severity"), RANGES)
def test_range(body: str, low: str, high: str, severity: str) -> None:
    def severities(number: int) -> set[str]:
        return {finding.severity for finding in image.validate(body.format(number))}

    assert severities(int(low)) == set()
    assert severities(int(low) - 1) == {severity}
    assert severities(999999999 if high == "-" else int(high)) == set()
    if high != "-":
        assert severities(int(high) + 1) == {severity}


@pytest.mark.parametrize(("body", "words"), WORDS)
def test_words(body: str, words: list[str]) -> None:
    for word in words:
        assert image.validate(body.format(word)) == ()
        assert image.normal_form(body.format(word)) == body.format(word)
    assert image.validate(body.format("other"))


@pytest.mark.parametrize(("severity", "position", "reason", "body"), REFUSED)
def test_refused(severity: str, position: int, reason: str, body: str) -> None:
    findings = image.validate(body)
    assert any(
        (finding.severity, finding.position) == (severity, position) and reason in finding.reason
        for finding in findings
    ), findings
    if severity == "error":
        with pytest.raises(image.InvalidRule) as raised:
            image.parse(body)
        assert (position, reason) in [(failure[0], reason) for failure in raised.value.failures if reason in failure[1]]


@pytest.mark.parametrize("body", sorted(DOUBTFUL))
def test_what_is_only_doubtful_is_kept(body: str) -> None:
    assert str(image.parse(body)) == body


def test_every_failure_is_told_with_its_segment() -> None:
    with pytest.raises(image.InvalidRule) as raised:
        image.normal_form("imageMogr2/bulr/8x5/rotate/400|watermark/2/fontsize/9/dissolve/0|nothing")
    assert [(failure.segment, failure.position) for failure in raised.value.failures] == [
        (1, 11),
        (1, 20),
        (2, 31),
        (2, 54),
        (3, 65),
    ]
    message = str(raised.value)
    assert "segment 1, position 11: unknown operation 'bulr' of imageMogr2; did you mean 'blur'?" in message
    assert "segment 3, position 65: unknown interface 'nothing'" in message


def test_an_unreadable_word_brings_no_findings_about_its_neighbours() -> None:
    assert len(image.validate("imageMogr2/thumbnail/640y/pad/1/color/IzNEM0QzRA")) == 1
    assert len(image.validate("watermark/1/image/aHR0cDovL2EvYg/scatype/9/spcent/251")) == 1
    assert len(image.validate("watermark/3/image/aHR0cDovL2EvYg/level/2")) == 1
    assert len(image.validate("watermark/2/text")) == 1


def test_positions_are_those_of_the_given_text() -> None:
    [finding] = image.validate("  ?imageMogr2%2Fstrip%7CimageMogr2/\u4e2d/5")
    assert finding.position == 35
    [finding] = image.validate("imageMogr2/strip%7CimageMogr2%2F%E4%B8%AD%E5/5")
    assert finding.position == 32
    assert finding.segment == 2


def test_ten_segments_and_no_more() -> None:
    assert len(image.parse("|".join(["imageMogr2/strip"] * 10)).stages) == 10
    [finding] = image.validate("|".join(["imageMogr2/strip"] * 12))
    assert (finding.position, finding.segment, finding.severity) == (170, 11, "error")
    assert "more than 10 segments" in finding.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("imageMogr2/quality/085", "imageMogr2/quality/85"),
        ("imageMogr2/blur/8.0x0.50", "imageMogr2/blur/8x0.5"),
        ("imageMogr2/blur/08x0.123456789012345678", "imageMogr2/blur/8x0.123456789012345678"),
        ("imageMogr2/blur/10x20.0", "imageMogr2/blur/10x20"),
        ("imageMogr2/bright/-0", "imageMogr2/bright/0"),
        ("imageMogr2/crop/5x/gravity/NorthWest", "imageMogr2/crop/5x/gravity/northwest"),
        ("watermark/2/text/YR", "watermark/2/text/YQ"),
        ("watermark/2/text/YQ%3D%3D", "watermark/2/text/YQ"),
        (" ?imageMogr2/strip/\n", "imageMogr2/strip"),
        ("imageMogr2/thumbnail/640x480%3e", "imageMogr2/thumbnail/640x480>"),
    ],
)
def test_spellings_of_one_meaning(one: str, other: str) -> None:
    assert image.normal_form(one) == image.normal_form(other) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("imageMogr2/strip/format/webp", "imageMogr2/format/webp/strip"),
        ("imageMogr2/strip|imageMogr2/format/webp", "imageMogr2/strip/format/webp"),
        ("imageMogr2/quality/85", "imageMogr2/quality/85!"),
        ("watermark/2/text/YQ", "watermark/2/text/QQ"),
        ("watermark/2/text/YQ", "watermark/2/text/YQ/gravity/southeast"),
    ],
)
def test_different_bodies_stay_different(one: str, other: str) -> None:
    assert image.normal_form(one) != image.normal_form(other)


def test_the_body_is_decoded_only_once() -> None:
    with pytest.raises(image.InvalidRule):
        image.parse("imageMogr2/thumbnail/640x480%253E")


def test_the_error_survives_pickling() -> None:
    with pytest.raises(image.InvalidRule) as raised:
        image.parse("imageMogr2/rotate/400")
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301
    assert (str(copy), copy.failures) == (str(raised.value), raised.value.failures)
