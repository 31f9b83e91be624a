"""Nothing in an answer steers a terminal: errors and the log show it escaped, wherever it came in."""

from __future__ import annotations

import json

import pytest
from canned import Canned, Reply, client, request
from requests import exceptions
from test_api_json import READ

from pulumi_ci.api import errors
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.printable import logger, printable
from pulumi_ci.wire.json import decode

OURS = {"x-ci-request-id": "r-head"}
STEERING = {
    "title": "\x1b]0;owned\x07",
    "colour": "\x1b[31m",
    "csi of C1": "\x9b31m",
    "delete": "\x7f",
    "null": "\0",
    "backspaces": "ok\b\b",
    "right to left": "\u202egnp.exe",
    "isolate": "\u2067x\u2069",
    "mark": "\u200f",
    "joiner": "a\u200db",
    "line of Unicode": "a\u2028b",
    "next line": "a\x85b",
    "tag": "\U000e0041",
    "private use": "\ue000",
    "byte order": "\ufeff",
    "line and tab": "a\r\n\tb",
}
NAMES = pytest.mark.parametrize("name", STEERING)


def is_inert(text: str) -> bool:
    return text.isprintable()


@NAMES
def test_printable(name: str) -> None:
    shown = printable(f"<{STEERING[name]}>")
    assert is_inert(shown)
    assert (shown[0], shown[-1]) == ("<", ">")


def test_what_is_printable_stays_as_it_is() -> None:
    for text in ("", "plain", "媒体处理", "Größe · – “x”", "a b", "\\x1b", "emoji 🙂"):
        assert printable(text) == text
    assert printable("a\u3000b\xa0c\td") == "a b c d"
    assert printable("a\nb\x1b", keep="\n") == "a\nb\\x1b"


@NAMES
def test_an_error_in_json(name: str) -> None:
    text = STEERING[name]
    body = {"Error": {"Code": f"Some{text}", "Message": f"m{text}"}, "RequestId": f"r{text}"}
    with pytest.raises(errors.ApiError) as caught:
        client(Canned([Reply(200, json.dumps({"Response": body}).encode())]))[0].call(READ)
    error = caught.value
    assert all(map(is_inert, (str(error), error.code, error.message, error.request_id)))


@NAMES
@pytest.mark.parametrize("headers", [OURS, {}], ids=["ours", "a stranger's"])
def test_a_page(name: str, headers: dict[str, str]) -> None:
    page = Reply(502, f"<html>{STEERING[name]}Bad Gateway</html>".encode(), headers)
    with pytest.raises(errors.CiError, match="Bad Gateway") as caught:
        client(Canned([page]), retry_seconds=0)[0].send(request())
    assert is_inert(str(caught.value))
    with pytest.raises(errors.CiError, match="Bad Gateway") as caught:
        client(Canned([page]), retry_seconds=0)[0].call(READ)
    assert is_inert(str(caught.value))


@NAMES
def test_headers_and_broken_connections(name: str) -> None:
    text = STEERING[name]
    replies: list[Reply | Exception] = [
        Reply(400, b"<Error><Code>A</Code></Error>", {"x-ci-request-id": f"r{text}"}),
        Reply(200, b"<Other/>", {"x-ci-request-id": f"r{text}"}),
        Reply(200, b"", {"Content-Encoding": f"x{text}", **OURS}),
        exceptions.ConnectionError(f"reset {text}"),
    ]
    for reply in replies:
        with pytest.raises(errors.CiError) as caught:
            client(Canned([reply]), retry_seconds=0)[0].send(request(root="Response"))
        assert is_inert(str(caught.value))


@NAMES
def test_any_other_error_of_ours(name: str) -> None:
    """Names and ids of live objects stand in errors too, of several lines sometimes."""
    text = str(errors.CiError(f"there is {STEERING[name]}\nand more"))
    assert all(map(is_inert, text.split("\n")))
    assert text.endswith("\nand more")


def test_a_key_that_nobody_knows_is_told_without_its_escapes(caplog: pytest.LogCaptureFixture) -> None:
    kind = kind_of("process-image-async-template")
    item = {"Type": "Whiten", "Value": 1, "New\x1b[31m": 2}
    decode(kind, {"ProcessImageConfigure": {"BeautyConfig": {"BeautyEffectItems": [item]}}})
    assert "New\\x1b[31m is not known here" in caplog.text


def test_the_log_is_as_inert(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("pulumi_ci", "pulumi_ci.wire"):
        logger(name).warning("%s: %s is not known", "path", "\x1b]0;owned\x07\u202e")
    assert [record.getMessage() for record in caplog.records] == ["path: \\x1b]0;owned\\x07\\u202e is not known"] * 2
