"""Signatures cover what is really sent, hold briefly, and leave no trace in any log."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import requests
from canned import BUCKET, REGION, SECRET_ID, SECRET_KEY, TOKEN, Canned, client, request

from pulumi_ci.api.signing import VALID_SECONDS
from pulumi_ci.emulator import Account, Emulator, Server
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Call
from pulumi_ci.emulator.signature import verify

HOST = f"{BUCKET}.ci.{REGION}.myqcloud.com"


def call_of(sent: requests.PreparedRequest) -> Call:
    """The request as a server reads it."""
    url = urlsplit(str(sent.url))
    headers = {name.lower(): str(value) for name, value in sent.headers.items()}
    body = sent.body or b""
    assert isinstance(body, bytes)
    return Call.of(str(sent.method), headers["host"], unquote(url.path), url.query, headers, body, "r")


def signed(token: str = "", **words: Any) -> Call:
    canned = Canned()
    client(canned, token=token)[0].send(request(**words))
    return call_of(canned.asked[0])


def accepted(call: Call, token: str = "") -> bool:
    try:
        verify(call, {SECRET_ID: Account(SECRET_ID, SECRET_KEY, token)}, time.time())
    except CloudError as error:
        if error.code not in ("InvalidAuthorization", "AccessDenied"):
            raise
        return False
    return True


def fields(call: Call) -> dict[str, str]:
    return dict(parse_qsl(call.headers["authorization"], keep_blank_values=True))


@pytest.mark.parametrize(
    "words",
    [
        {"query": {"ids": "t1,t2", "name": "a b/ü&=+~"}},
        {"path": "/template/t1"},
        {"path": "/workflow/w1", "query": {"active": ""}, "method": "PUT"},
        {"method": "POST", "body": "<Request>ü</Request>".encode()},
        {"host": "pic", "path": "/", "query": {"style": ""}},
        {"host": "ci-region", "path": "/mediabucket"},
    ],
)
def test_a_verifier_written_from_the_description_accepts(words: dict[str, Any]) -> None:
    assert accepted(signed(**words))


def test_path_query_host_and_method_are_covered() -> None:
    call = signed(query={"ids": "t1", "tag": "Snapshot"})
    assert accepted(call)
    changes: list[dict[str, Any]] = [
        {"path": "/template/"},
        {"parameters": {"ids": "t2", "tag": "Snapshot"}},
        {"parameters": {"ids": "t1"}},
        {"host": f"other-1250000000.ci.{REGION}.myqcloud.com"},
        {"method": "DELETE"},
    ]
    for change in changes:
        assert not accepted(dataclasses.replace(call, **change)), change


def test_all_parameters_and_the_body_are_in_the_signed_lists() -> None:
    call = signed(method="PUT", query={"active": "", "b": "1"}, body=b"<Request></Request>")
    assert fields(call)["q-url-param-list"].split(";") == ["active", "b"]
    assert {"host", "content-md5", "content-type"} <= set(fields(call)["q-header-list"].split(";"))
    assert not accepted(dataclasses.replace(call, headers={**call.headers, "content-md5": "AAAA"}))


def test_the_token_is_sent_and_signed() -> None:
    call = signed(token=TOKEN)
    assert call.headers["x-ci-security-token"] == TOKEN
    assert "x-ci-security-token" in fields(call)["q-header-list"].split(";")
    assert accepted(call, TOKEN)
    swapped = dataclasses.replace(call, headers={**call.headers, "x-ci-security-token": "another"})
    assert not accepted(swapped, "another")


def test_without_a_token_no_token_is_sent() -> None:
    assert "x-ci-security-token" not in signed().headers


@pytest.mark.parametrize("host", ["ci", "pic"])
def test_an_endpoint_with_a_port_changes_neither_host_nor_signature(host: str) -> None:
    canned = Canned()
    made, _ = client(canned, endpoint="http://127.0.0.1:8780")
    made.send(request(host=host))
    sent = canned.asked[0]
    assert str(sent.url).startswith("http://127.0.0.1:8780/template")
    assert sent.headers["Host"] == f"{BUCKET}.{host}.{REGION}.myqcloud.com"
    assert accepted(call_of(sent))


def test_a_signature_is_worthless_soon() -> None:
    before = int(time.time())
    call = signed()
    for name in ("q-sign-time", "q-key-time"):
        start, end = map(int, fields(call)[name].split(";"))
        assert start <= before
        assert before < end <= before + VALID_SECONDS + 2 <= before + 600
    late = time.time() + VALID_SECONDS + 120
    with pytest.raises(CloudError, match="does not hold the present"):
        verify(call, {SECRET_ID: Account(SECRET_ID, SECRET_KEY)}, late)


PROGRAM = """
import logging, sys
sys.path.insert(0, {here!r})
import qcloud_cos, urllib3, requests
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(name)s %(message)s")
for name in list(logging.root.manager.loggerDict):
    logging.getLogger(name).setLevel(logging.DEBUG)
from canned import client, request, Canned, SECRET_ID, SECRET_KEY, TOKEN
from pulumi_ci.api.client import Client
from pulumi_ci.api.settings import Settings
words = dict(endpoint={url!r}, secret_id=SECRET_ID, secret_key=SECRET_KEY, token=TOKEN, paced=False)
made = Client(Settings(**words))
made.send(request(query={{"tag": "Snapshot"}}))
try:
    made.send(request("POST", operation="create", body=b"<Request></Request>", again=False))
except Exception as error:
    print("ERROR", error)
print("SETTINGS", repr(made.settings), made.settings)
logging.getLogger("any").debug("the log works")
"""


def test_no_logger_at_debug_shows_keys_or_signatures() -> None:
    emulator = Emulator(accounts=[Account(SECRET_ID, SECRET_KEY, TOKEN)])
    with Server(emulator) as server:
        here = str(Path(__file__).parent)
        text = PROGRAM.format(here=here, url=server.url)
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=60, check=True)
    emulator.close()
    shown = done.stdout + done.stderr
    assert "the log works" in shown
    assert "GET /template" in shown, "urllib3 at DEBUG shows the request line, or this test sees nothing"
    assert "ERROR" in shown
    assert [request.status for request in emulator.requests] == [200, 400]
    now = int(time.time())
    keys = {
        hmac.new(SECRET_KEY.encode(), f"{start};{start + span}".encode(), hashlib.sha1).hexdigest()
        for start in range(now - 180, now + 5)
        for span in range(VALID_SECONDS - 2, VALID_SECONDS + 70)
    }
    words = [SECRET_KEY, TOKEN, "q-signature", "q-sign-algorithm", "sign_key", "Authorization", SECRET_ID]
    assert [word for word in words if word in shown] == []
    assert not any(key in shown for key in keys)
