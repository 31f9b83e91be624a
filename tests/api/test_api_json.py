"""Calls of the JSON API: signed by TC3 for the real host, paced by action, and errors seen whatever the status says."""

from __future__ import annotations

import dataclasses
import json
import logging
import time
from typing import Any

import pytest
from canned import SECRET_ID, SECRET_KEY, TOKEN, Canned, Reply, client, settings
from requests import exceptions

from pulumi_ci.api import errors
from pulumi_ci.api.client import Client
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.api.pace import Pace
from pulumi_ci.api.settings import settings as read_settings
from pulumi_ci.emulator import Account
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Call
from pulumi_ci.emulator.tc3 import verify

TARGET = errors.Target("ProcessImageAsyncTemplate", "application 0", "30001")
READ = JsonCall(TARGET, "read", "vod", "2018-07-17", "DescribeProcessImageAsyncTemplates", {"Definitions": [30001]})
CREATE = dataclasses.replace(READ, operation="create", action="CreateProcessImageAsyncTemplate", again=False)
GOOD = Reply(200, b'{"Response": {"TotalCount": 0, "RequestId": "r-good"}}', {"Content-Type": "application/json"})


def refusal(code: str, status: int = 200, content_type: str = "application/json") -> Reply:
    body = {"Response": {"Error": {"Code": code, "Message": "no good"}, "RequestId": "r-body"}}
    return Reply(status, json.dumps(body).encode(), {"Content-Type": content_type})


def received(canned: Canned) -> Call:
    """The first request as a server reads it."""
    sent = canned.asked[0]
    headers = {name.lower(): str(value) for name, value in sent.headers.items()}
    assert isinstance(sent.body, bytes)
    return Call.of(str(sent.method), headers["host"], "/", "", headers, sent.body, "r")


@pytest.mark.parametrize("token", ["", TOKEN])
def test_signed_for_the_real_host(token: str) -> None:
    canned = Canned([GOOD])
    made, _ = client(canned, token=token, endpoint="http://127.0.0.1:1")
    parameters = {"Name": "Größe", "Number": 1.5}
    made.call(dataclasses.replace(READ, parameters=parameters))
    call = received(canned)
    assert str(canned.asked[0].url) == "http://127.0.0.1:1/"
    assert (call.host, call.family) == ("vod.intl.tencentcloudapi.com", "vod")
    assert (call.action, call.headers["x-tc-version"]) == ("DescribeProcessImageAsyncTemplates", "2018-07-17")
    assert (call.headers["content-type"], call.headers["x-tc-language"]) == ("application/json", "en-US")
    assert call.content == parameters
    assert call.headers.get("x-tc-token", "") == token
    accounts = {SECRET_ID: Account(SECRET_ID, SECRET_KEY, token)}
    assert verify(call, accounts, time.time()).secret_id == SECRET_ID
    forged = dataclasses.replace(call, body=call.body + b" ")
    with pytest.raises(CloudError, match="does not match"):
        verify(forged, accounts, time.time())


CODES: dict[str, type[errors.ApiError]] = {
    "ResourceNotFound": errors.NotFound,
    "ResourceNotFound.TemplateNotExist": errors.NotFound,
    "ResourceNotFound.UserNotExist": errors.ApiError,
    "AuthFailure.SignatureExpire": errors.AccessDenied,
    "AuthFailure.SecretIdNotFound": errors.AccessDenied,
    "UnauthorizedOperation": errors.AccessDenied,
    "UnauthorizedOperation.CamNoAuth": errors.AccessDenied,
    "RequestLimitExceeded": errors.RateLimited,
    "RequestLimitExceeded.UinLimitExceeded": errors.RateLimited,
    "InternalError": errors.ServerFault,
    "InternalError.DBError": errors.ServerFault,
    "InvalidParameterValue.Name": errors.ApiError,
    "LimitExceeded.TooMuchTemplate": errors.ApiError,
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "text/html"])
def test_error_in_a_good_answer(code: str, content_type: str) -> None:
    canned = Canned([refusal(code, content_type=content_type)])
    missing = ("ResourceNotFound", "ResourceNotFound.TemplateNotExist")
    with pytest.raises(errors.ApiError) as caught:
        client(canned, retry_seconds=0)[0].call(dataclasses.replace(CREATE, missing=missing))
    assert type(caught.value) is CODES[code]
    assert (caught.value.code, caught.value.status, caught.value.request_id) == (code, 200, "r-body")
    for word in ("ProcessImageAsyncTemplate", "30001", "application 0", "create", "no good"):
        assert word in str(caught.value)


ODD: dict[str, tuple[Reply | Exception, type[errors.CiError], str]] = {
    "page of a proxy": (Reply(502, b"<html>Bad Gateway</html>"), errors.NoAnswer, "HTTP 502 .*Bad Gateway"),
    "an answer of nobody": (Reply(200, b'{"Response": {"TotalCount": 0}}'), errors.NoAnswer, "without a RequestId"),
    "an error of nobody": (
        Reply(200, b'{"Response": {"Error": {"Code": "ResourceNotFound"}}}'),
        errors.NoAnswer,
        "without a RequestId",
    ),
    "page in a good answer": (Reply(200, b"<html>portal</html>"), errors.NoAnswer, "no well-formed JSON"),
    "half an answer": (Reply(200, b'{"Response": {'), errors.NoAnswer, "no well-formed JSON"),
    "a list": (Reply(200, b"[]"), errors.NoAnswer, "no object"),
    "without a Response": (Reply(200, b"{}"), errors.NoAnswer, "without a Response"),
    "an error of a 403": (refusal("AuthFailure", 403), errors.AccessDenied, "HTTP 403"),
    "reset": (exceptions.ConnectionError("reset by peer"), errors.NoAnswer, "vod.intl.tencentcloudapi.com"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_answers(name: str) -> None:
    reply, kind, text = ODD[name]
    with pytest.raises(kind, match=text):
        client(Canned([reply]), retry_seconds=0)[0].call(CREATE)


def test_what_is_tried_again() -> None:
    canned = Canned([refusal("RequestLimitExceeded"), refusal("RequestLimitExceeded"), GOOD])
    assert client(canned)[0].call(CREATE)["RequestId"] == "r-good"
    assert len(canned.asked) == 3, "one success ends it, unlike in the official retryer"
    canned = Canned([refusal("InternalError"), GOOD])
    assert client(canned)[0].call(READ)["RequestId"] == "r-good"
    canned = Canned([refusal("InternalError"), GOOD])
    with pytest.raises(errors.ServerFault):
        client(canned)[0].call(CREATE)
    assert len(canned.asked) == 1


def test_twenty_calls_a_second_of_each_action() -> None:
    starts: list[float] = []
    made = Client(settings(paced=True), pace=Pace(lambda: 100.0, starts.append), adapter=lambda: Canned([GOOD]))
    for _ in range(3):
        made.call(READ)
        made.call(CREATE)
    assert starts == pytest.approx([0.05, 0.05, 0.1, 0.1])


def test_no_log_shows_a_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client(Canned([GOOD]), token=TOKEN)[0].call(READ)
    assert not any(word in caplog.text for word in (SECRET_ID, SECRET_KEY, TOKEN, "Signature="))


def test_application_of_the_stack() -> None:
    def with_value(value: str | None) -> Any:
        return read_settings(lambda key: value if key == "ci:subAppId" else None, {}).sub_app_id

    assert [with_value(None), with_value("221073")] == [None, 221073]
    with pytest.raises(errors.CiError, match="ci:subAppId is 'main'"):
        with_value("main")
