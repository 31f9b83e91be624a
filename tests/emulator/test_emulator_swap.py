"""Answers that go to the wrong call, as a plain client sees them."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

from by_hand import Raw, vod, xml

from pulumi_ci.emulator import Server

CONFIGURE = {"EncodeConfig": {"Format": "PNG"}}


def create(server: Server, name: str) -> Raw:
    body = f"<Request><Tag>Snapshot</Tag><Name>{name}</Name><Snapshot><Count>1</Count></Snapshot></Request>"
    return xml(server, "POST", "/template", body)


def names(answer: Raw) -> list[str]:
    return re.findall("<Name>(.*?)<", answer.body.decode())


def test_a_lone_call_gets_the_answer_before(ci_emulator: Server) -> None:
    first = create(ci_emulator, "a")
    ci_emulator.emulator.faults.add("swap", method="POST", times=1)
    second = create(ci_emulator, "b")
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers["x-ci-request-id"] == first.headers["x-ci-request-id"]
    assert [item.name for item in ci_emulator.emulator.objects] == ["a", "b"], "the call itself is done"
    assert names(create(ci_emulator, "c")) == ["c"]


def test_each_call_gets_the_one_before(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("swap", method="POST")
    assert [names(create(ci_emulator, name)) for name in "abc"] == [["a"], ["a"], ["b"]], "the first has none before it"


def test_refusals_are_swapped_too(ci_emulator: Server) -> None:
    id = re.findall("<TemplateId>(.*?)<", create(ci_emulator, "a").body.decode())[0]
    missing = xml(ci_emulator, "DELETE", "/template/none")
    ci_emulator.emulator.faults.add("swap")
    answer = xml(ci_emulator, "DELETE", f"/template/{id}")
    assert (answer.status, answer.body) == (404, missing.body)
    assert answer.headers["x-ci-trace-id"] == missing.headers["x-ci-trace-id"]
    assert ci_emulator.emulator.objects == []


def test_routes_are_not_mixed(ci_emulator: Server) -> None:
    create(ci_emulator, "a")
    ci_emulator.emulator.faults.add("swap")
    assert names(xml(ci_emulator, "GET", "/template")) == ["a"]
    assert xml(ci_emulator, "GET", "/").body == b'{"CIStatus":"off"}'
    assert xml(ci_emulator, "GET", "/?guetzli", family="pic").body == b"<GuetzliStatus>off</GuetzliStatus>"
    assert xml(ci_emulator, "GET", "/nothing").status == 501


def test_pages_are_swapped(ci_emulator: Server) -> None:
    for name in "abc":
        create(ci_emulator, name)
    ci_emulator.emulator.faults.add("swap", path="pageNumber=2")
    pages = [xml(ci_emulator, "GET", f"/template?pageSize=1&pageNumber={number}") for number in (1, 2, 3)]
    assert [names(page) for page in pages] == [["a"], ["a"], ["c"]]
    assert b"<PageNumber>1</PageNumber>" in pages[1].body


def test_two_calls_exchange_their_answers(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("swap", method="POST", seconds=60)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: create(ci_emulator, name), "ab"))
    assert [names(answer) for answer in answers] == [["b"], ["a"]]
    assert len({answer.headers["x-ci-request-id"] for answer in answers}) == 2


def test_nobody_comes(ci_emulator: Server) -> None:
    first = create(ci_emulator, "a")
    ci_emulator.emulator.faults.add("swap", method="POST", seconds=0.01)
    assert create(ci_emulator, "b").body == first.body
    assert names(create(ci_emulator, "c")) == ["b"]


def test_json_services(ci_emulator: Server) -> None:
    first = vod(ci_emulator, "Create", Name="a", ProcessImageConfigure=CONFIGURE)
    read = json.loads(vod(ci_emulator, "Describe").body)["Response"]["ProcessImageAsyncTemplateSet"]
    ci_emulator.emulator.faults.add("swap", family="vod")
    assert vod(ci_emulator, "Create", Name="b", ProcessImageConfigure=CONFIGURE).body == first.body
    again = json.loads(vod(ci_emulator, "Describe").body)["Response"]["ProcessImageAsyncTemplateSet"]
    assert again == read
    with ThreadPoolExecutor(2) as pool:
        ci_emulator.emulator.faults.clear()
        ci_emulator.emulator.faults.add("swap", action="DescribeProcessImageAsyncTemplates", seconds=60)
        found = list(pool.map(lambda n: vod(ci_emulator, "Describe", Definitions=[n]).body.decode(), (30001, 30002)))
    assert [re.findall('"Name": "(.)"', text) for text in found] == [["b"], ["a"]]
