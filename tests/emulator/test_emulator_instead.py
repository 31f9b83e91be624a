"""Answers that come in the place of the right one, before or after the call is done, as a plain client sees them."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import Raw, vod, xml

from pulumi_ci.emulator import Server

ID = "ZW11bGF0b3ItMDAwMDAwMDE="
"""Request id of the first call."""
TRACE = "dHJhY2UtWlcxMWJHRjBiM0l0TURBd01EQXdNREU9"
SNAPSHOT = "<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Count>1</Count></Snapshot></Request>"
commits = pytest.mark.parametrize("commit", [False, True])


def create(server: Server, service: str) -> Raw:
    if service == "xml":
        return xml(server, "POST", "/template", SNAPSHOT)
    return vod(server, "Create", Name="a", ProcessImageConfigure={"EncodeConfig": {"Format": "PNG"}})


def made(server: Server) -> list[str]:
    return [item.name for item in server.emulator.objects]


@commits
@pytest.mark.parametrize("service", ["xml", "json"])
@pytest.mark.parametrize("status", [200, 404, 408, 502, 599])
def test_nothing(ci_emulator: Server, service: str, status: int, commit: bool) -> None:
    ci_emulator.emulator.faults.add("empty", status=status, commit=commit, times=1)
    answer = create(ci_emulator, service)
    assert (answer.status, answer.body) == (status, b"")
    assert answer.headers.keys() == {"date", "content-length", "connection"}
    assert answer.headers["content-length"] == "0"
    assert made(ci_emulator) == (["a"] if commit else [])
    (request,) = ci_emulator.emulator.requests
    assert (request.status, request.answer, request.fault) == (status, "", "empty")


def test_nothing_for_whatever_is_asked(ci_emulator: Server) -> None:
    ci_emulator.emulator.edit("demo-1250000000", "ap-chongqing", "template", id="t1", xml=SNAPSHOT)
    ci_emulator.emulator.faults.add("empty", status=404)
    calls = [("GET", "/template"), ("PUT", "/template/t1"), ("DELETE", "/template/t1"), ("GET", "/")]
    assert {xml(ci_emulator, *call)[::2] for call in calls} == {(404, b"")}
    assert xml(ci_emulator, "DELETE", "/?style", family="pic")[::2] == (404, b"")
    assert made(ci_emulator) == ["a"]


@commits
@pytest.mark.parametrize(
    ("service", "type", "body"),
    [
        ("xml", "application/xml", f"<Response><RequestId>{ID}</RequestId></Response>"),
        ("json", "application/json", f'{{"Response": {{"RequestId": "{ID}"}}}}'),
    ],
)
def test_the_envelope_alone(ci_emulator: Server, service: str, type: str, body: str, commit: bool) -> None:
    ci_emulator.emulator.faults.add("envelope", commit=commit)
    answer = create(ci_emulator, service)
    assert (answer.status, answer.body.decode()) == (200, body)
    assert (answer.headers["content-type"], answer.headers["x-ci-request-id"]) == (type, ID)
    assert made(ci_emulator) == (["a"] if commit else [])


@commits
@pytest.mark.parametrize(
    ("service", "path", "body"),
    [
        (
            "xml",
            "/template",
            f"<Response><RequestId>{ID}</RequestId><Error><Code>Oops</Code><Message>later</Message><Resource>/template"
            f"</Resource><RequestId>{ID}</RequestId><TraceId>{TRACE}</TraceId></Error></Response>",
        ),
        ("json", "/", f'{{"Response": {{"Error": {{"Code": "Oops", "Message": "later"}}, "RequestId": "{ID}"}}}}'),
    ],
)
def test_an_error_inside_a_good_answer(ci_emulator: Server, service: str, path: str, body: str, commit: bool) -> None:
    ci_emulator.emulator.faults.add("error-inside", code="Oops", message="later", commit=commit)
    answer = create(ci_emulator, service)
    assert (answer.status, answer.body.decode()) == (200, body)
    assert answer.headers["x-ci-request-id"] == ID
    assert made(ci_emulator) == (["a"] if commit else [])


@pytest.mark.parametrize("effect", ["empty", "envelope", "error-inside", "error", "throttle"])
def test_a_call_that_is_refused_is_not_done_and_says_so(ci_emulator: Server, effect: Any) -> None:
    ci_emulator.emulator.faults.add(effect, status=404, commit=True)
    answer = xml(ci_emulator, "DELETE", "/template/none")
    assert answer.status == 404
    assert b"<Code>TemplateNotFound</Code>" in answer.body
