"""Reads that lag behind the writes, by time or by number, as a plain client sees them."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from by_hand import vod, xml
from conftest import BUCKET, REGION

from pulumi_ci.emulator import Emulator, Server

CONFIGURE = {"EncodeConfig": {"Format": "PNG"}}


def body(name: str, count: int = 1) -> str:
    return f"<Request><Tag>Snapshot</Tag><Name>{name}</Name><Snapshot><Count>{count}</Count></Snapshot></Request>"


def make(server: Server, name: str) -> str:
    answer = xml(server, "POST", "/template", body(name)).body.decode()
    return str(re.findall("<TemplateId>(.*?)<", answer)[0])


def listed(server: Server, query: str = "") -> list[str]:
    """`name count` of each row; a list says how many there are."""
    text = xml(server, "GET", f"/template{query}").body.decode()
    rows = re.findall(r"<Name>(.*?)</Name>.*?<Count>(.*?)</Count>", text)
    assert query or f"<TotalCount>{len(rows)}</TotalCount>" in text
    return [" ".join(row) for row in rows]


@pytest.mark.parametrize("lag", [{"reads": 2}, {"reads": 1}, {"reads": 3, "seconds": 0.0}])
def test_a_write_is_not_seen_by_some_reads(ci_emulator: Server, lag: dict[str, Any]) -> None:
    ci_emulator.emulator.faults.add("stale", **lag)
    make(ci_emulator, "a")
    seen = [listed(ci_emulator) for _ in range(lag["reads"] + 2)]
    assert seen == [*([[]] * lag["reads"]), ["a 1"], ["a 1"]]


def test_each_write_counts_for_itself(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("stale", reads=2)
    make(ci_emulator, "a")
    assert listed(ci_emulator) == []
    make(ci_emulator, "b")
    assert listed(ci_emulator) == []
    assert listed(ci_emulator) == ["a 1"]
    assert listed(ci_emulator) == ["a 1", "b 1"]


def test_a_write_is_not_seen_for_some_seconds(ci_emulator: Server) -> None:
    emulator = ci_emulator.emulator
    emulator.frozen = 1_000.0
    emulator.faults.add("stale", seconds=3)
    make(ci_emulator, "a")
    emulator.frozen = 1_002.0
    make(ci_emulator, "b")
    assert listed(ci_emulator) == listed(ci_emulator) == []
    emulator.frozen = 1_003.0
    assert listed(ci_emulator) == ["a 1"]
    emulator.frozen = 1_005.0
    assert listed(ci_emulator) == ["a 1", "b 1"]


def test_what_was_there_before_is_seen_as_it_was(ci_emulator: Server) -> None:
    ids = [make(ci_emulator, name) for name in "abc"]
    ci_emulator.emulator.faults.add("stale", reads=1)
    assert listed(ci_emulator) == ["a 1", "b 1", "c 1"]
    xml(ci_emulator, "PUT", f"/template/{ids[1]}", body("B", 2))
    xml(ci_emulator, "PUT", f"/template/{ids[1]}", body("B", 3))
    xml(ci_emulator, "DELETE", f"/template/{ids[0]}")
    assert listed(ci_emulator) == ["a 1", "b 1", "c 1"], "in their places too"
    assert listed(ci_emulator) == ["B 3", "c 1"]


def test_reads_by_id(ci_emulator: Server) -> None:
    id = make(ci_emulator, "a")
    ci_emulator.emulator.faults.add("stale", reads=1, path="[?]ids=")
    xml(ci_emulator, "DELETE", f"/template/{id}")
    assert listed(ci_emulator) == [], "a list is another path"
    assert listed(ci_emulator, f"?ids={id}") == ["a 1"]
    assert listed(ci_emulator, f"?ids={id}") == []
    new = make(ci_emulator, "b")
    answer = xml(ci_emulator, "GET", f"/template?ids={new}").body.decode()
    assert f"<NonExistTIDs><TemplateId>{new}</TemplateId></NonExistTIDs>" in answer


@pytest.mark.parametrize(
    ("write", "read", "family", "shown"),
    [
        ("/?guetzli", "/?guetzli", "pic", "<GuetzliStatus>{}</GuetzliStatus>"),
        ("/?origin-protect", "/?origin-protect", "pic", "<OriginProtectStatus>{}</OriginProtectStatus>"),
        ("/", "/", "pic", "<CIStatus>{}</CIStatus>"),
        ("/", "/", "ci", '{{"CIStatus":"{}"}}'),
    ],
)
def test_single_settings(ci_emulator: Server, write: str, read: str, family: str, shown: str) -> None:
    ci_emulator.emulator.faults.add("stale", reads=2)
    assert xml(ci_emulator, "PUT", write, family="pic").status == 200
    seen = [xml(ci_emulator, "GET", read, family=family).body.decode() for _ in range(3)]
    assert seen == [shown.format(status) for status in ("off", "off", "on")]


def test_styles_and_changes_in_the_console(ci_emulator: Server) -> None:
    style = "<AddStyle><StyleName>a</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
    xml(ci_emulator, "PUT", "/?style", style, family="pic")
    ci_emulator.emulator.faults.add("stale", reads=1)
    ci_emulator.emulator.edit(BUCKET, REGION, "style", name="a", set={"StyleBody": "imageMogr2/rotate/10"})
    seen = [xml(ci_emulator, "GET", "/?style", family="pic").body.decode() for _ in range(2)]
    assert re.findall("<StyleBody>(.*?)<", "".join(seen)) == ["imageMogr2/rotate/90", "imageMogr2/rotate/10"]


def test_queues_are_there_at_all_times(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("stale", reads=5)
    texts = [xml(ci_emulator, "GET", "/queue").body.decode() for _ in range(3)]
    assert all("<Name>queue-1</Name>" in text for text in texts)
    id = re.findall("<QueueId>(.*?)<", texts[0])[0]
    off = "<Request><Name>mine</Name><State>Active</State><NotifyConfig><State>Off</State></NotifyConfig></Request>"
    assert b"<Name>mine</Name>" in xml(ci_emulator, "PUT", f"/queue/{id}", off).body, "the answer to a write is fresh"
    assert b"<Name>queue-1</Name>" in xml(ci_emulator, "GET", "/queue").body


def test_json_services(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("stale", reads=1, family="vod")
    definition = json.loads(vod(ci_emulator, "Create", ProcessImageConfigure=CONFIGURE).body)["Response"]["Definition"]
    counts = [json.loads(vod(ci_emulator, "Describe").body)["Response"]["TotalCount"] for _ in range(2)]
    assert counts == [0, 1]
    vod(ci_emulator, "Delete", Definition=definition)
    counts = [json.loads(vod(ci_emulator, "Describe").body)["Response"]["TotalCount"] for _ in range(2)]
    assert counts == [1, 0]


def test_writes_are_never_stale(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("stale", reads=9)
    id = make(ci_emulator, "a")
    assert xml(ci_emulator, "POST", "/template", body("a")).status == 409
    assert xml(ci_emulator, "DELETE", f"/template/{id}").status == 200
    assert xml(ci_emulator, "DELETE", f"/template/{id}").status == 404


def test_only_the_struck_reads_lag(ci_emulator: Server) -> None:
    fault = ci_emulator.emulator.faults.add("stale", reads=9, nth=2, method="GET")
    make(ci_emulator, "a")
    assert [listed(ci_emulator) for _ in range(3)] == [["a 1"], [], ["a 1"]]
    assert (fault.seen, fault.struck) == (3, 1)
    ci_emulator.emulator.faults.add("stale", reads=9)
    assert listed(ci_emulator) == ["a 1"], "a rule hides no write from before it"


def test_the_store_keeps_what_a_read_did_not_see(tmp_path: Path) -> None:
    path = tmp_path / "cloud.sqlite"
    with closing(Emulator(store=path)) as emulator, Server(emulator) as server:
        emulator.faults.add("stale", reads=3)
        id = make(server, "a")
        make(server, "b")
        xml(server, "DELETE", f"/template/{id}")
        assert listed(server) == []
        assert [item.name for item in emulator.objects] == ["b"]
    with closing(Emulator(store=path)) as emulator, Server(emulator) as server:
        assert listed(server) == ["b 1"]


def test_a_reset_forgets_the_past(ci_emulator: Server) -> None:
    make(ci_emulator, "a")
    ci_emulator.emulator.reset()
    ci_emulator.emulator.faults.add("stale", seconds=1e9)
    assert listed(ci_emulator) == []
