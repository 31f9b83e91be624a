"""What is sent again and what never is, how long, and what a broken network does to a call."""

from __future__ import annotations

import pytest
from canned import BUCKET, REGION, Canned, Reply, client, request
from requests import exceptions

from pulumi_ci.api import errors
from pulumi_ci.api.client import Client
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import Server

ERROR = "<Error><Code>{}</Code><Message>m</Message><RequestId>r</RequestId></Error>"
OURS = {"x-ci-request-id": "r-head"}
OUTCOMES: dict[str, Reply | Exception] = {
    "SlowDown": Reply(503, ERROR.format("SlowDown").encode()),
    "429": Reply(429, b"", OURS),
    "SlowDown in a good answer": Reply(200, ERROR.format("1020").encode()),
    "refused": exceptions.ConnectionError("NewConnectionError: refused"),
    "connect timeout": exceptions.ConnectTimeout("x"),
    "500": Reply(500, b"", OURS),
    "InternalError": Reply(500, ERROR.format("InternalError").encode()),
    "502 page": Reply(502, b"<html>", OURS),
    "503": Reply(503, ERROR.format("ServiceUnavailable").encode()),
    "InternalError in a good answer": Reply(200, ERROR.format("InternalError").encode()),
    "reset": exceptions.ConnectionError("reset by peer"),
    "read timeout": exceptions.ReadTimeout("x"),
    "half an answer": exceptions.ChunkedEncodingError("IncompleteRead"),
    "malformed": Reply(200, b"<Response>", OURS),
    "400": Reply(400, ERROR.format("InvalidArgument").encode()),
    "401": Reply(401, b"", OURS),
    "403": Reply(403, ERROR.format("AccessDenied").encode()),
    "404": Reply(404, b"", OURS),
    "409": Reply(409, b"", OURS),
    "307": Reply(307, b"", {"Location": "http://127.0.0.1:1/", **OURS}),
    "404 of a stranger": Reply(404, b""),
    "429 of a stranger": Reply(429, b"slow down"),
    "403 of a stranger": Reply(403, b"<html>no entry</html>"),
    "408 of a stranger": Reply(408, b""),
    "200 of a stranger": Reply(200, b""),
}
NEVER_DONE = {"SlowDown", "429", "SlowDown in a good answer", "refused", "connect timeout"}
UNCLEAR = {
    *("500", "InternalError", "502 page", "503", "InternalError in a good answer"),
    *("reset", "read timeout", "half an answer", "malformed"),
    *(name for name in OUTCOMES if name.endswith("of a stranger")),
}


@pytest.mark.parametrize("name", OUTCOMES)
@pytest.mark.parametrize("again", [True, False], ids=["harmless", "create"])
def test_which_outcomes_are_sent_again(name: str, again: bool) -> None:
    canned = Canned([OUTCOMES[name], Reply()])
    made, slept = client(canned)
    expected = name in NEVER_DONE or (again and name in UNCLEAR)
    try:
        made.send(request("POST", again=again))
        retried = True
    except errors.CiError:
        retried = False
    assert retried == expected
    assert (len(canned.asked), len(slept)) == ((2, 1) if expected else (1, 0))


def test_every_try_is_signed_anew_and_the_same() -> None:
    canned = Canned([OUTCOMES["500"], OUTCOMES["reset"], Reply()])
    client(canned)[0].send(request("PUT", body=b"<Request></Request>"))
    assert len(canned.asked) == 3
    assert {(sent.method, sent.url, sent.body) for sent in canned.asked} == {
        ("PUT", f"https://{BUCKET}.ci.{REGION}.myqcloud.com/template", b"<Request></Request>")
    }


def test_pauses_grow_and_tries_end() -> None:
    canned = Canned([OUTCOMES["500"]])
    made, slept = client(canned)
    with pytest.raises(errors.ServerFault):
        made.send(request())
    assert len(canned.asked) == 6
    assert len(slept) == 5
    for number, pause in enumerate(slept):
        assert 0.3 * 2**number <= pause <= 0.3 * 2**number + 0.5


def test_no_budget_means_one_try() -> None:
    canned = Canned([OUTCOMES["SlowDown"]])
    made, slept = client(canned, retry_seconds=0)
    with pytest.raises(errors.RateLimited):
        made.send(request())
    assert (len(canned.asked), slept) == (1, [])


def test_a_pause_that_would_pass_the_budget_is_not_made() -> None:
    canned = Canned([OUTCOMES["500"]])
    made, slept = client(canned, retry_seconds=0.2)
    with pytest.raises(errors.ServerFault):
        made.send(request())
    assert (len(canned.asked), slept) == (1, [])


def test_connecting_and_waiting_have_limits() -> None:
    for seconds, limits in ((30, (10.0, 30)), (3, (3, 3))):
        canned = Canned()
        client(canned, timeout=seconds)[0].send(request())
        (given,) = canned.timeouts
        assert (given.connect_timeout, given.read_timeout, given.total) == (*limits, seconds)


# -- over a real socket -----------------------------------------------------------------------------------------


def over(server: Server, **words: object) -> tuple[Client, list[float]]:
    slept: list[float] = []
    keys = {"endpoint": server.url, "secret_id": server.secret_id, "secret_key": server.secret_key, "paced": False}
    return Client(Settings(**{**keys, **words}), sleep=slept.append), slept  # type: ignore[arg-type]


@pytest.mark.parametrize("effect", ["reset", "drop", "truncate", "garbage", "error", "throttle"])
def test_a_read_survives_a_broken_network(ci_emulator: Server, effect: str) -> None:
    ci_emulator.emulator.faults.add(effect, times=2)  # type: ignore[arg-type]
    made, slept = over(ci_emulator)
    assert made.send(request()).root is not None
    assert len(slept) == 2
    assert len(ci_emulator.emulator.requests) == 3


@pytest.mark.parametrize("effect", ["reset", "drop", "truncate", "garbage", "error"])
def test_a_create_is_sent_once(ci_emulator: Server, effect: str) -> None:
    ci_emulator.emulator.faults.add(effect, method="POST")  # type: ignore[arg-type]
    made, _ = over(ci_emulator)
    body = b"<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Count>1</Count></Snapshot></Request>"
    with pytest.raises((errors.NoAnswer, errors.ServerFault)):
        made.send(request("POST", body=body, again=False))
    assert len(ci_emulator.emulator.requests) == 1


def test_a_slow_answer_is_given_up(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("delay", delay=0.6, times=1)
    made, slept = over(ci_emulator, timeout=0.15, retry_seconds=0)
    with pytest.raises(errors.NoAnswer, match=r"no whole answer came within 0\.15 s"):
        made.send(request())
    assert slept == []


def test_a_redirect_is_not_followed(ci_emulator: Server) -> None:
    with Server() as other:
        canned = Canned([Reply(302, b"", {"Location": other.url + "/template", **OURS})])
        with pytest.raises(errors.ApiError, match="HTTP 302"):
            client(canned)[0].send(request())
        assert other.emulator.requests == []
    other.emulator.close()
    assert len(canned.asked) == 1
