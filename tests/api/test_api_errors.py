"""Whatever comes back becomes the right error, whose text says what, where and with which request id."""

from __future__ import annotations

from typing import Any

import pytest
from canned import BUCKET, GOOD, Canned, Reply, client, request
from requests import exceptions

from pulumi_ci.api import errors

XML = "<Error><Code>{code}</Code><Message>no good</Message><RequestId>r-body</RequestId></Error>"
PAGE = b"<html><body><h1>502 Bad Gateway</h1></body>"
OURS = {"x-ci-request-id": "r-head"}
"""What every answer of the service has. Source: 001."""
MISSING = ("TemplateNotFound", "1107")


def reply(status: int, code: str) -> Reply:
    """An error as the service writes it, without the Resource that the official SDK stumbles over."""
    return Reply(status, XML.format(code=code).encode())


CASES: dict[str, tuple[Reply, type[errors.CiError], str, str]] = {
    "without Resource": (reply(400, "InvalidArgument"), errors.ApiError, "InvalidArgument", "r-body"),
    "not found": (reply(404, "TemplateNotFound"), errors.NotFound, "TemplateNotFound", "r-body"),
    "not found by number": (reply(400, "1107"), errors.NotFound, "1107", "r-body"),
    "another object not found": (reply(404, "QueueNotFound"), errors.ApiError, "QueueNotFound", "r-body"),
    "not bound": (reply(400, "MediaBucketUnBinded"), errors.NotBound, "depends_on", "r-body"),
    "not bound by number": (reply(400, "1111"), errors.NotBound, "declare its binding", "r-body"),
    "not bound for pictures": (reply(404, "PicBucketUnBinded"), errors.NotBound, "may be there", "r-body"),
    "exists": (reply(400, "TemplateNameDuplicate"), errors.AlreadyExists, "TemplateNameDuplicate", "r-body"),
    "bound already": (reply(400, "1100"), errors.AlreadyExists, "1100", "r-body"),
    "denied": (reply(403, "AccessDenied"), errors.AccessDenied, "AccessDenied", "r-body"),
    "unsigned": (reply(401, "MissingAuthorization"), errors.AccessDenied, "MissingAuthorization", "r-body"),
    "forbidden, not denied": (reply(403, "ActiveWorkflowForbiddenUpdate"), errors.ApiError, "Active", "r-body"),
    "slow down": (reply(503, "SlowDown"), errors.RateLimited, "SlowDown", "r-body"),
    "429 without a body": (Reply(429, b"", OURS), errors.RateLimited, "HTTP 429", "r-head"),
    "401 without a body": (Reply(401, b"", OURS), errors.AccessDenied, "HTTP 401", "r-head"),
    "403 without a body": (Reply(403, b"", OURS), errors.AccessDenied, "HTTP 403", "r-head"),
    "404 without a body": (Reply(404, b"", OURS), errors.ApiError, "HTTP 404", "r-head"),
    "409 without a body": (Reply(409, b"", OURS), errors.AlreadyExists, "HTTP 409", "r-head"),
    "fault": (reply(500, "InternalError"), errors.ServerFault, "InternalError", "r-body"),
    "unknown code of a 5xx": (reply(500, "Strange"), errors.ServerFault, "Strange", "r-body"),
    "page of a proxy": (Reply(502, PAGE, {"x-ci-request-id": "r-head"}), errors.ServerFault, "Bad Gateway", "r-head"),
    "text": (Reply(400, b"bad request", OURS), errors.ApiError, "bad request", "r-head"),
    "error inside a good answer": (
        Reply(200, f"<Response>{XML.format(code='InvalidArgument')}</Response>".encode()),
        errors.ApiError,
        "InvalidArgument",
        "r-body",
    ),
    "gone inside a good answer": (
        Reply(200, f"<Response>{XML.format(code='1107')}</Response>".encode(), OURS),
        errors.NotFound,
        "1107",
        "r-head",
    ),
    "error without a code": (Reply(200, b"<Response><Error/></Response>", OURS), errors.ApiError, "no code", "r-head"),
    "error in a good answer": (reply(200, "InternalError"), errors.ServerFault, "InternalError", "r-body"),
    "gone in a good answer": (reply(200, "TemplateNotFound"), errors.NotFound, "TemplateNotFound", "r-body"),
    "DOCTYPE in an error": (Reply(400, b"<!DOCTYPE a><Error/>", OURS), errors.ApiError, "HTTP 400", "r-head"),
    "DOCTYPE": (Reply(200, b'<!DOCTYPE a [<!ENTITY x "y">]><R>&x;</R>', OURS), errors.NoAnswer, "DOCTYPE", "r-head"),
    "page's doctype": (Reply(200, b"<!doctype a><R/>", OURS), errors.NoAnswer, "no well-formed XML", "r-head"),
    "DOCTYPE far down": (
        Reply(200, b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a><R/>", OURS),
        errors.NoAnswer,
        "DOCTYPE",
        "r-head",
    ),
    "DOCTYPE in UTF-16": (
        Reply(200, "<!DOCTYPE a><R/>".encode("utf-16"), OURS),
        errors.NoAnswer,
        "DOCTYPE",
        "r-head",
    ),
    "strange encoding": (
        Reply(200, b'<?xml version="1.0" encoding="shift_jis"?><R/>', OURS),
        errors.NoAnswer,
        "no well-formed XML",
        "r-head",
    ),
    "well-formed page": (
        Reply(200, b"<html><body>portal</body></html>", OURS),
        errors.NoAnswer,
        "a page of HTML",
        "r-head",
    ),
    "404 page": (Reply(404, b"<html>", OURS), errors.ApiError, "HTTP 404", "r-head"),
    "malformed": (Reply(200, b"<Response><RequestId>", OURS), errors.NoAnswer, "no well-formed XML", "r-head"),
    "page in a good answer": (Reply(200, PAGE, {"x-cos-request-id": "r-c"}), errors.NoAnswer, "XML", "r-c"),
    "moved": (
        Reply(301, b"", {"Location": "http://127.0.0.1:1/", **OURS}),
        errors.ApiError,
        "HTTP 301",
        "r-head",
    ),
    "temporary redirect": (
        Reply(307, b"", {"Location": "http://127.0.0.1:1/", **OURS}),
        errors.ApiError,
        "HTTP 307",
        "r-head",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_error(name: str) -> None:
    answer, kind, text, request_id = CASES[name]
    canned = Canned([answer])
    made, _ = client(canned, retry_seconds=0)
    with pytest.raises(errors.CiError) as caught:
        made.send(request("DELETE", operation="delete", missing=MISSING))
    assert type(caught.value) is kind
    shown = str(caught.value)
    for word in ("SnapshotTemplate", BUCKET, "t1", "delete", text, f"request id {request_id}"):
        assert word in shown, shown
    assert len(canned.asked) == 1
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_parts_of_an_error_can_be_read() -> None:
    made, _ = client(Canned([CASES["exists"][0]]))
    with pytest.raises(errors.AlreadyExists) as caught:
        made.send(request("POST", operation="create"))
    error = caught.value
    assert (error.code, error.message, error.status, error.request_id) == (
        *("TemplateNameDuplicate", "no good"),
        *(400, "r-body"),
    )


FAILURES: dict[str, tuple[Exception, type[errors.NoAnswer], str]] = {
    "connecting takes too long": (exceptions.ConnectTimeout("x"), errors.NotSent, "connecting took too long"),
    "no answer in time": (exceptions.ReadTimeout("x"), errors.NoAnswer, "no whole answer came within 3 s"),
    "reset": (exceptions.ConnectionError("reset by peer"), errors.NoAnswer, "reset by peer"),
    "half an answer": (exceptions.ChunkedEncodingError("IncompleteRead"), errors.NoAnswer, "IncompleteRead"),
    "refused": (exceptions.ConnectionError("NewConnectionError: refused"), errors.NotSent, "refused"),
    "no such host": (exceptions.ConnectionError("NameResolutionError: x"), errors.NotSent, "NameResolution"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_no_answer(name: str) -> None:
    failure, kind, text = FAILURES[name]
    made, _ = client(Canned([failure]), retry_seconds=0, timeout=3)
    with pytest.raises(errors.NoAnswer) as caught:
        made.send(request("PUT", operation="update"))
    assert type(caught.value) is kind
    for word in ("SnapshotTemplate", BUCKET, "t1", "update", f"{BUCKET}.ci.", text):
        assert word in str(caught.value)


def test_a_refused_connection_is_known_as_not_sent() -> None:
    """With the real adapter, on a port where nobody listens."""
    from pulumi_ci.api.client import Client
    from pulumi_ci.api.settings import Settings

    made = Client(Settings(endpoint="http://127.0.0.1:1", secret_id="a", secret_key="b", retry_seconds=0, paced=False))
    with pytest.raises(errors.NotSent, match=r"endpoint http://127.0.0.1:1\).*refused"):
        made.send(request("POST", again=False))


GOOD_ANSWERS: dict[str, tuple[Reply, str | None]] = {
    "empty": (Reply(200, b"", OURS), None),
    "blank": (Reply(204, b"  \n", OURS), None),
    "XML": (Reply(200, GOOD), "Response"),
    "status in JSON": (Reply(200, b'{"CIStatus": "on"}', OURS), "CIStatus"),
    "other JSON": (Reply(200, b'{"a": 1, "b": 2}', OURS), None),
    "broken JSON": (Reply(200, b'{"a": ', OURS), None),
}


@pytest.mark.parametrize("name", GOOD_ANSWERS)
def test_good_answer(name: str) -> None:
    answer, tag = GOOD_ANSWERS[name]
    got = client(Canned([answer]))[0].send(request())
    assert (None if got.root is None else got.root.tag) == tag


def test_the_request_id_is_that_of_the_header_or_of_the_body() -> None:
    def id_of(answer: Reply) -> str:
        return client(Canned([answer]))[0].send(request()).request_id

    assert id_of(Reply(200, GOOD)) == "r-good"
    assert id_of(Reply(200, GOOD, {"x-ci-request-id": "r-ci"})) == "r-ci"
    assert id_of(Reply(200, GOOD, {"x-cos-request-id": "r-cos"})) == "r-cos"


def test_every_failure_stands_in_an_invalid_input() -> None:
    from pulumi_ci.model.node import Failure

    error = errors.InvalidInput("thumbs", [Failure(("video", "width"), "is odd"), Failure(("list", 0), "is empty")])
    assert str(error).splitlines() == ["thumbs:", "  video.width is odd", "  list[0] is empty"]
    assert isinstance(error, errors.CiError)
    assert [failure.path for failure in error.failures] == [("video", "width"), ("list", 0)]


def test_classes_form_the_documented_tree() -> None:
    tree: dict[type[Any], type[Any]] = {
        errors.InvalidInput: errors.CiError,
        errors.MissingCredentials: errors.CiError,
        errors.ApiError: errors.CiError,
        errors.NotFound: errors.ApiError,
        errors.NotBound: errors.ApiError,
        errors.AlreadyExists: errors.ApiError,
        errors.AccessDenied: errors.ApiError,
        errors.RateLimited: errors.ApiError,
        errors.ServerFault: errors.ApiError,
        errors.NoAnswer: errors.CiError,
        errors.NotSent: errors.NoAnswer,
        errors.CannotTell: errors.NoAnswer,
    }
    assert {kind: kind.__bases__[0] for kind in tree} == tree
