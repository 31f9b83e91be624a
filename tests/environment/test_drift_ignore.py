"""Rules for drift that is meant to be: what they leave out, what is told of them, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from world import BUCKET, REGION, World

from environment.states import State
from pulumi_ci.api.errors import CiError
from pulumi_ci.environment.drift import Report, without
from pulumi_ci.environment.ignore import Rule, parse, read
from pulumi_ci.environment.yaml import InvalidFile


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    """A template that was changed twice, a style that is gone, and a template that nobody manages."""
    with World() as world:
        state = State(world)
        state.add("snapshot-template", "stray", name="stray", count=9)
        state.resources.pop()
        state.add("snapshot-template", "thumbs", name="small", count=3, width=640)
        state.add("image-style", "card", style_name="card", style_body="imageMogr2/rotate/90")
        words = {"Snapshot/Width": "320", "Snapshot/Count": "4"}
        world.emulator.edit(BUCKET, REGION, "template", name="small", set=words)
        world.emulator.edit(BUCKET, REGION, "style", name="card", delete=True)
        yield state.report()


def left(report: Report) -> list[str]:
    """What is still found."""
    changed = [f"{one.found.name}.{d.path}" for one in report.managed for d in one.differences]
    return [*changed, *(one.found.name for one in report.having("missing")), *("stray" for _ in report.unmanaged or ())]


ALL = ["thumbs.count", "thumbs.width", "card", "stray"]
CASES = [
    ("{name: thumbs}", ["card", "stray"]),
    ("{name: small}", ["card", "stray"]),
    ("{path: width}", ["thumbs.count", "card", "stray"]),
    ("{path: 'w*', name: 't????s'}", ["thumbs.count", "card", "stray"]),
    ("{path: WIDTH}", ALL),
    ("{kind: SnapshotTemplate}", ["card"]),
    ("{kind: 'ci:*Template', what: unmanaged}", ["thumbs.count", "thumbs.width", "card"]),
    ("{kind: '*', what: missing}", ["thumbs.count", "thumbs.width", "stray"]),
    ("{kind: ImageStyle, name: thumbs}", ALL),
    ("{name: '*'}", []),
]


@pytest.mark.parametrize(("rule", "kept"), CASES, ids=[rule for rule, _ in CASES])
def test_a_rule_leaves_out_what_fits_each_of_its_patterns(rule: str, kept: list[str], report: Report) -> None:
    rules = parse(f"ignore:\n  - {rule[:-1]}, reason: meant to be}}\n", "rules.yaml")
    found = without(report, rules)
    assert left(report) == ALL
    assert left(found) == kept
    assert len(found.ignored) == len(ALL) - len(kept)
    assert found.unused == (rules if kept == ALL else ())


def test_what_was_left_out_is_listed_and_counts_no_more(report: Report) -> None:
    found = without(report, parse("ignore:\n  - {name: '*', reason: of another team}\n", "rules.yaml"))
    assert [(one.what, one.name, one.path) for one in found.ignored] == [
        ("missing", "card", None),
        ("changed", "thumbs", "count"),
        ("changed", "thumbs", "width"),
        ("unmanaged", "stray", None),
    ]
    assert {one.status for one in found.managed} == {"ignored"}
    assert {(one.rule.reason, one.rule.line) for one in found.ignored} == {("of another team", 2)}
    assert found.coverage == 100


def test_a_rule_for_what_nobody_looked_for_is_not_called_unused(report: Report) -> None:
    rule = Rule("of another team", 1, name="stray", what="unmanaged")
    from dataclasses import replace

    assert without(replace(report, unmanaged=None), [rule]).unused == ()


WRONG = {
    "ignore:\n  - {name: a, reson: typo}": [(2, 22, "did you mean reason?"), (2, 5, "has no reason")],
    "ignore:\n  - reason: everything": [(2, 5, "would leave out everything")],
    "ignore:\n  - name: a\n    reason: ''": [(3, 13, "must be a text that is not empty")],
    "ignore:\n  - name: 7\n    reason: seven": [(2, 11, "name must be a text")],
    "ignore:\n  - {name: a, what: moved, reason: x}": [(2, 21, "allowed are changed, missing, unmanaged")],
    "ignore:\n  - {path: a, what: missing, reason: x}": [(2, 12, "what is missing has no path")],
    "ignore:\n  - {kind: SnapshotTemplat, reason: x}": [(2, 12, "did you mean SnapshotTemplate?")],
    "ignore:\n  - thumbs": [(2, 5, "a rule is a mapping")],
    "ignore: {}": [(1, 9, "ignore must be a list")],
    "rules: []": [(1, 8, "'rules' is no section"), (1, 1, "ignore must be a list")],
    "- name: a": [(1, 1, "it begins with `ignore:`")],
    "ignore: [": [(1, 10, "")],
}


@pytest.mark.parametrize("text", WRONG)
def test_every_mistake_is_told_with_its_place(text: str) -> None:
    with pytest.raises(InvalidFile) as raised:
        parse(text, "rules.yaml")
    told = [(p.line, p.column) for p in raised.value.problems]
    assert told == sorted((line, column) for line, column, _ in WRONG[text])
    for _, _, words in WRONG[text]:
        assert words in str(raised.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CiError, match="No such file"):
        read(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(CiError, match="is no text in UTF-8"):
        read(tmp_path / "bytes.yaml")
