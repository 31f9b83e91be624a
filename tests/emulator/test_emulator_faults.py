"""Everything that may go wrong, on request."""

import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, get_args

import pytest
import requests
from conftest import BUCKET, Send, parse

from pulumi_ci.emulator import Emulator, Fault, Server, faults

SNAPSHOT = "<Request><Tag>Snapshot</Tag><Name>{}</Name><Snapshot><Count>1</Count></Snapshot></Request>"


def names(send: Send) -> list[str]:
    return [e.text or "" for e in parse(send("GET", "/template").content).findall("TemplateList/Name")]


def create(send: Send, name: str = "a") -> requests.Response:
    return send("POST", "/template", SNAPSHOT.format(name))


def test_status_and_code(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("error", method="POST", status=502, code="BadGateway", message="later")
    answer = create(send)
    assert answer.status_code == 502
    error = parse(answer.content)
    assert {child.tag: bool(child.text) for child in error} == dict.fromkeys(
        ("Code", "Message", "Resource", "RequestId", "TraceId"), True
    )
    assert (error.findtext("Code"), error.findtext("Message")) == ("BadGateway", "later")
    assert answer.headers["x-ci-request-id"] == error.findtext("RequestId")
    assert answer.headers["x-ci-trace-id"] == error.findtext("TraceId")
    assert names(send) == []


def test_throttle(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("throttle", times=2)
    assert [create(send, name).status_code for name in "abc"] == [503, 503, 200]
    assert parse(ci_emulator.emulator.requests[0].answer).findtext("Code") == "SlowDown"


def test_an_error_inside_a_good_answer(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("error", status=200, code="InternalError")
    answer = create(send)
    assert answer.status_code == 200
    assert parse(answer.content).tag == "Error"


def test_an_error_after_the_commit(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("error", method="POST", commit=True)
    assert create(send).status_code == 500
    assert names(send) == ["a"]


def test_the_answer_is_dropped_after_the_commit(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("drop", method="POST")
    with pytest.raises(requests.ConnectionError):
        create(send)
    assert names(send) == ["a"]
    dropped = ci_emulator.emulator.requests[0]
    assert (dropped.fault, dropped.status) == ("drop", 200)


def test_the_connection_is_reset_before_anything_is_done(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("reset", method="POST", times=1)
    with pytest.raises(requests.ConnectionError):
        create(send)
    assert names(send) == []
    assert create(send).status_code == 200
    assert [(r.fault, r.status) for r in ci_emulator.emulator.requests if r.method == "POST"] == [
        ("reset", 0),
        ("", 200),
    ]


@pytest.mark.parametrize("effect", ["refuse", "reset", "timeout"])
@pytest.mark.parametrize("commit", [True, False])
def test_no_answer_before_or_after_the_commit(ci_emulator: Server, send: Send, effect: Any, commit: bool) -> None:
    fault = ci_emulator.emulator.faults.add(effect, method="POST", commit=commit, times=1)
    with pytest.raises((requests.ConnectionError, requests.Timeout)):
        send("POST", "/template", SNAPSHOT.format("a"), timeout=1)
    assert fault.struck == 1
    assert names(send) == (["a"] if commit and effect != "refuse" else [])


def test_a_right_answer_with_another_content_type(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("mislabel", content_type="text/plain")
    answer = create(send)
    assert (answer.headers["Content-Type"], parse(answer.content).tag) == ("text/plain", "Response")


def test_garbage_of_ones_own(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("garbage", body="{}", content_type="application/json", times=1)
    assert create(send).json() == {}
    assert names(send) == ["a"]


def test_a_truncated_answer(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("truncate", method="POST")
    with pytest.raises(requests.RequestException):
        create(send)
    assert names(send) == ["a"]


def test_garbage(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("garbage", method="GET")
    answer = send("GET", "/template")
    assert answer.headers["Content-Type"] == "text/html"
    with pytest.raises(ET.ParseError):
        parse(answer.content)


def test_delay(send: Send) -> None:
    slept: list[float] = []
    emulator = Emulator(sleep=slept.append)
    with Server(emulator) as server:
        emulator.faults.add("delay", path="^/template", delay=30.0)
        assert send("GET", "/template", server=server).status_code == 200
        assert send("GET", "/queue", server=server).status_code == 200
    assert slept == [30.0]
    emulator.close()


def test_a_delay_takes_its_time_and_holds_nobody_up(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("delay", delay=0.05)
    before = time.monotonic()
    assert create(send).status_code == 200
    assert time.monotonic() - before >= 0.05


@pytest.mark.parametrize(
    ("rule", "struck"),
    [
        ({"nth": 2}, [False, True, False, False, False, False]),
        ({"since": 3, "times": 2}, [False, False, True, True, False, False]),
        ({"every": 3}, [False, False, True, False, False, True]),
        ({"every": 2, "times": 2}, [False, True, False, True, False, False]),
        ({"times": 1}, [True, False, False, False, False, False]),
        ({}, [True] * 6),
        ({"method": "PUT"}, [False] * 6),
        ({"family": "pic"}, [False] * 6),
        ({"bucket": "other-1250000000"}, [False] * 6),
        ({"bucket": BUCKET, "path": "[?]tag=All", "family": "ci", "method": "GET"}, [True] * 6),
    ],
)
def test_which_calls_are_struck(ci_emulator: Server, send: Send, rule: dict[str, Any], struck: list[bool]) -> None:
    ci_emulator.emulator.faults.add("error", **rule)
    assert [send("GET", "/template?tag=All").status_code == 500 for _ in struck] == struck


def test_every_rule_counts_and_the_first_decides(ci_emulator: Server, send: Send) -> None:
    ci_emulator.emulator.faults.add("error", status=501, nth=1)
    ci_emulator.emulator.faults.add(Fault("error", status=502, nth=2))
    assert [send("GET", "/template").status_code for _ in range(3)] == [501, 502, 200]
    assert [fault.seen for fault in ci_emulator.emulator.faults.all()] == [3, 3]


def test_faults_over_http(ci_emulator: Server, send: Send, session: requests.Session) -> None:
    url = f"{ci_emulator.url}/_emulator/faults"
    rules = [{"effect": "error", "path": "^/queue", "status": 418}, {"effect": "throttle", "method": "POST"}]
    assert [rule["status"] for rule in session.post(url, json=rules).json()] == [418, 503]
    assert send("GET", "/queue").status_code == 418
    assert create(send).status_code == 503
    assert [rule["struck"] for rule in session.get(url).json()] == [1, 1]
    assert session.delete(url).json() == []
    assert send("GET", "/queue").status_code == 200


def test_the_newer_effects_over_http(ci_emulator: Server, send: Send, session: requests.Session) -> None:
    url = f"{ci_emulator.url}/_emulator/faults"
    rules = [
        {"effect": "empty", "status": 404, "path": "^/queue"},
        {"effect": "stale", "reads": 1, "path": "^/template"},
        {"effect": "rows"},
    ]
    assert [rule["form"] for rule in session.post(url, json=rules).json()] == ["", "", "twice"]
    assert send("GET", "/queue").status_code == 404
    assert create(send).status_code == 200
    assert [names(send), names(send)] == [[], ["a"]]
    assert [rule["struck"] for rule in session.get(url).json()][:2] == [1, 3]


def test_every_effect_is_explained() -> None:
    said = Path(faults.__file__).read_text(encoding="utf-8").partition("class Fault:")[2]
    effects = get_args(faults.Effect)
    assert len(effects) == len(set(effects)) > 20
    for word in (*effects, *(form for forms in faults.FORMS.values() for form in forms)):
        assert f"`{word}`" in said, word
    assert faults.FORMS.keys() <= set(effects)


@pytest.mark.parametrize(
    "rule",
    [
        {"effect": "explode"},
        {"effect": "error", "colour": 1},
        {"effect": "error", "path": "("},
        {"effect": "error", "form": "twice"},
        {"effect": "rows", "form": "thrice"},
        {"effect": "stale"},
        {"effect": "stale", "reads": -1},
        {"effect": "nest", "amount": -1},
        {"effect": "nest", "amount": "deep"},
        {"effect": "swap", "seconds": "long"},
    ],
)
def test_senseless_rules_are_refused(ci_emulator: Server, session: requests.Session, rule: dict[str, Any]) -> None:
    answer = session.post(f"{ci_emulator.url}/_emulator/faults", json=rule)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert ci_emulator.emulator.faults.all() == []
