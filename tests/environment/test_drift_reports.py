"""The four forms of a report: nothing secret, nothing unescaped, the same facts, and JSON with stable keys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from world import BUCKET, REGION, World

from environment.states import State
from pulumi_ci.cli.report import as_json
from pulumi_ci.cli.report_html import as_html
from pulumi_ci.cli.report_markdown import as_markdown
from pulumi_ci.cli.report_text import as_text
from pulumi_ci.environment.drift import Report, without
from pulumi_ci.environment.ignore import parse

FORMS = {"text": lambda report: as_text(report).plain, "json": as_json, "markdown": as_markdown, "html": as_html}
HOSTILE = "</code><script>alert(1)</script> `a` || \\| *b* \u202e"
GOLDEN = Path(__file__).parent
KEY = ("trans_config", "hls_encrypt", "uri_key")
VOID = {"meta", "br"}


@pytest.fixture(scope="module")
def state() -> Iterator[State]:
    """A bucket in which everything happened that a report can tell."""
    with World() as world:
        made = State(world)
        made.add("snapshot-template", "stray", name="stray", count=9)
        made.add("image-style", "stray", style_name="stray", style_body="imageMogr2/rotate/90")
        del made.resources[1:]
        made.add("snapshot-template", "thumbs", name="small", count=3, width=640)
        made.add("snapshot-template", "quiet", name="quiet", count=3)
        made.add("snapshot-template", "stale", name="stale", count=3, width=640)
        made.resources[-1]["outputs"]["width"] = 320
        made.add("image-style", "card", style_name="card", style_body="imageMogr2/rotate/90")
        made.add("hotlink", "hotlink", type="white", url=["a.example.com"])
        blocks = {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": "planted"}}
        video = {"container": {"format": "hls"}, "video": {"codec": "H.264"}}
        made.add("transcode-template", "hls", [KEY], name="hls", trans_config=blocks, **video)
        made.add("transcode-template", "bare", [("name",)], name="planted", **video)
        made.resources[-1]["urn"] += "\x1b[31m"
        type = "pulumi-python:dynamic/ci:HologramTemplate"
        made.resources.append({"urn": f"urn:pulumi:dev::shop::{type}::show", "type": type})
        edit = world.emulator.edit
        edit(BUCKET, REGION, "template", name="small", set={"Name": HOSTILE, "Snapshot/Width": "320"})
        edit(BUCKET, REGION, "template", name="hls", set={"TransConfig/HlsEncrypt/UriKey": "otherplanted"})
        edit(BUCKET, REGION, "template", name="planted", set={"Name": "planted anew"})
        edit(BUCKET, REGION, "style", name="card", delete=True)
        world.emulator.faults.add("error", path="hotlink", status=400, code="InvalidArgument", message=HOSTILE)
        yield made


@pytest.fixture(scope="module")
def report(state: State) -> Report:
    rules = parse(
        "ignore:\n  - {kind: ImageStyle, what: unmanaged, reason: of another team}\n  - {name: x, reason: y}", ""
    )
    return without(state.report(), rules)


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_stands_in_any_form(form: str, state: State) -> None:
    for sealed in (True, False):
        text = FORMS[form](state.report(sealed))
        assert "planted" not in text
        assert sealed or "(secret)" in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_what_was_found(form: str, report: Report) -> None:
    text = FORMS[form](report)
    for fact in ("thumbs", "width", "640", "320", "card", "stray", "InvalidArgument", "HologramTemplate", "hls"):
        assert fact in text
    assert "quiet" not in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_report_reads_as_the_golden_one(form: str, report: Report) -> None:
    """PULUMI_CI_WRITE_GOLDEN=1 writes the golden ones anew."""
    file = GOLDEN / {"text": "drift.txt", "markdown": "drift.md"}[form]
    text = _masked(FORMS[form](report), report)
    if os.environ.get("PULUMI_CI_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def _masked(text: str, report: Report) -> str:
    """The text with words for ids that the cloud makes up."""
    found = [*(one.found for one in report.managed), *(report.unmanaged or ())]
    for number, one in enumerate(found):
        text = text.replace(one.local, f"id-{number}") if one.local.startswith("t") else text
    for failure in report.failures(unmanaged=True):
        text = text.replace(failure.request_id, "request")
    return text


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_nothing_steers_a_terminal(form: str, report: Report) -> None:
    assert {character for character in FORMS[form](report) if not character.isprintable()} <= {"\n"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed, and in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_is_whole_loads_nothing_and_escapes_every_value(report: Report) -> None:
    page, text = Page(), as_html(report)
    page.feed(text)
    page.close()
    assert page.open == []
    assert not page.seen & {"script", "img", "link", "iframe", "a"}
    assert not [name for name, _ in page.attributes if name in ("src", "href") or name.startswith("on")]
    assert "<script" not in text
    assert any("</code><script>alert(1)</script>" in told for told in page.texts)


def test_no_value_ends_a_cell_of_the_markdown(report: Report) -> None:
    rows = [line for line in as_markdown(report).splitlines() if line.startswith("|")]
    for row in rows:
        bars, escaped = 0, False
        for character in row:
            bars += character == "|" and not escaped
            escaped = character == "\\" and not escaped
        assert bars == 6, row
        assert row.count("`") % 2 == 0


def test_a_long_report_fits_a_comment(report: Report) -> None:
    from dataclasses import replace

    text = as_markdown(replace(report, managed=report.managed * 2000))
    assert len(text) < 65_536
    assert "more rows do not fit here" in text


def test_the_json_has_these_keys(report: Report) -> None:
    found = json.loads(as_json(report))
    assert list(found) == [
        *("schema_version", "project", "stack", "summary", "changed", "missing", "failed", "unmanaged", "stale"),
        *("not_comparable", "ignored", "unused_rules", "unknown"),
    ]
    assert (found["schema_version"], found["project"], found["stack"]) == (1, "shop", "dev")
    assert found["summary"] == {
        "managed": 7,
        "in_sync": 2,
        "changed": 3,
        "missing": 1,
        "failed": 1,
        "ignored_resources": 0,
        "unmanaged": 1,
        "ignored": 1,
        "not_comparable": 0,
        "stale": 1,
        "runs": 0,
        "coverage": 87.5,
    }
    assert [(one["kind"], one["name"]) for one in found["missing"]] == [("ci:ImageStyle", "card")]
    thumbs = next(one for one in found["changed"] if one["name"] == "thumbs")
    assert list(thumbs) == ["kind", "name", "id", "place", "urn", "differences"]
    assert thumbs["differences"][1] == {
        "path": "width",
        "intended": 640,
        "recorded": 640,
        "live": 320,
        "secret": False,
        "was_recorded": False,
    }
    (failed,) = found["failed"]
    assert (failed["name"], failed["code"]) == ("hotlink", "InvalidArgument")
    assert failed["request_id"]
    assert found["ignored"] == [
        {
            "what": "unmanaged",
            "kind": "ci:ImageStyle",
            "name": "stray",
            "path": None,
            "id": f"{REGION}/{BUCKET}/stray",
            "reason": "of another team",
            "line": 2,
        }
    ]
    assert found["unused_rules"] == [{"line": 3, "reason": "y"}]
    assert found["unknown"] == [{"type": "pulumi-python:dynamic/ci:HologramTemplate", "name": "show"}]


def test_a_state_without_resources_of_ours_says_so() -> None:
    with World() as world:
        report = State(world).report()
    for form, render in FORMS.items():
        text = render(report)
        assert "holds no resources of pulumi_ci" in text or (form == "json" and '"managed": 0' in text)
