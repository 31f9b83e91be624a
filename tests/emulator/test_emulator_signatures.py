"""Which signatures are refused: signed by hand here, after the descriptions of the COS and TC3 signatures."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import http.client
import json
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from conftest import BUCKET, REGION

from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Choices, Server

HOST = f"{BUCKET}.ci.{REGION}.myqcloud.com"
BODY = b"<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Count>1</Count></Snapshot></Request>"
SDK_SECONDS = 10_060
"""The official Python SDK signs from a minute ago to 10,000 seconds ahead."""


def octets(text: str) -> bytes:
    """A header's bytes: one for each character where that can be, since `²` alone passes for a digit."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def exchange(server: Server, method: str, target: str, headers: Mapping[str, str | bytes], body: bytes = b"") -> bytes:
    """The body of the answer to one plain request; every answer has HTTP 200 or 403, never 500."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, target, body or None, dict(headers))
        answer = connection.getresponse()
        assert answer.status in (200, 403)
        return answer.read()
    finally:
        connection.close()


# -- COS --------------------------------------------------------------------------------------------------------------


def signed(times: str, headers: Mapping[str, str], key_time: str = "") -> str:
    """The Authorization of `GET /template`, which covers these headers."""
    key = hmac.new(SECRET_KEY.encode(), (key_time or times).encode(), hashlib.sha1).hexdigest()
    covered = sorted((name.lower(), quote(value, safe="-_.~")) for name, value in headers.items())
    text = "\n".join(("get", "/template", "", "&".join(f"{name}={value}" for name, value in covered), ""))
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    signature = hmac.new(key.encode(), f"sha1\n{times}\n{digest}\n".encode(), hashlib.sha1).hexdigest()
    names = ";".join(name for name, _ in covered)
    return authorization(times, signature, key_time, names)


def authorization(times: str, signature: str, key_time: str = "", names: str = "host") -> str:
    return (
        f"q-sign-algorithm=sha1&q-ak={SECRET_ID}&q-sign-time={times}&q-key-time={key_time or times}"
        f"&q-header-list={names}&q-url-param-list=&q-signature={signature}"
    )


def code(server: Server, authorization: str | bytes, **headers: str) -> str:
    """The error code of `GET /template` with this Authorization; "" when it is answered well."""
    words: dict[str, str | bytes] = {"Host": HOST, "Authorization": authorization, **headers}
    return ET.fromstring(exchange(server, "GET", "/template", words)).findtext("Code") or ""  # noqa: S314


def valid(seconds: int = 300, ago: int = 60) -> str:
    start = int(time.time()) - ago
    return f"{start};{start + seconds}"


def test_a_good_signature(ci_emulator: Server) -> None:
    assert code(ci_emulator, signed(valid(), {"host": HOST})) == ""


def test_the_host_must_be_signed(ci_emulator: Server) -> None:
    date = {"Date": "Wed, 29 May 2019 04:10:12 GMT"}
    for headers in ({}, {"date": date["Date"]}):
        assert code(ci_emulator, signed(valid(), headers), **date) == "InvalidAuthorization"
    assert code(ci_emulator, signed(valid(), {"host": HOST, "date": date["Date"]}), **date) == ""
    ci_emulator.emulator.choices = Choices(signed_host="optional")
    assert code(ci_emulator, signed(valid(), {})) == ""


def test_a_signature_of_another_host_is_refused(ci_emulator: Server) -> None:
    assert code(ci_emulator, signed(valid(), {"host": f"other-{HOST}"})) == "InvalidAuthorization"


def test_how_long_a_signature_may_be_valid(ci_emulator: Server) -> None:
    century = 100 * 365 * 86_400
    assert code(ci_emulator, signed(valid(SDK_SECONDS), {"host": HOST})) == ""
    for seconds in (SDK_SECONDS + 1, century):
        assert code(ci_emulator, signed(valid(seconds), {"host": HOST})) == "InvalidAuthorization"
    assert code(ci_emulator, signed(valid(), {"host": HOST}, key_time=valid(century))) == "InvalidAuthorization"
    ci_emulator.emulator.choices = Choices(signature_seconds=0)
    assert code(ci_emulator, signed(valid(century), {"host": HOST})) == ""


def test_a_signature_that_does_not_hold_now(ci_emulator: Server) -> None:
    for times in (valid(60, ago=120), valid(60, ago=-60)):
        assert code(ci_emulator, signed(times, {"host": HOST})) == "SignatureExpired"


@pytest.mark.parametrize(
    "times",
    [
        "",
        ";",
        "1",
        "²;²",
        "1;²",
        "٣;٩٩٩٩٩٩٩٩٩٩",
        "+1;9999999999",
        " 1;9_9",
        "0x1;0x2",
        "-1;1",
        "1;2;3",
        "9" * 5_000 + ";1",
    ],
)
def test_invalid_times(ci_emulator: Server, times: str) -> None:
    for text in (authorization(times, "0" * 40), authorization(valid(), "0" * 40, key_time=times or ";")):
        assert code(ci_emulator, octets(text)) == "InvalidAuthorization"


@pytest.mark.parametrize("signature", ["", "²" * 40, "é", "\udcff", "0" * 39, "0" * 41, "g" * 40, "A" * 40])
def test_invalid_signatures(ci_emulator: Server, signature: str) -> None:
    assert code(ci_emulator, octets(authorization(valid(), signature))) == "InvalidAuthorization"


def test_other_parts_in_any_alphabet(ci_emulator: Server) -> None:
    good = signed(valid(), {"host": HOST})
    assert code(ci_emulator, octets(good.replace(SECRET_ID, "AKID²"))) == "SecretidNotExist"
    other = good.replace("q-header-list=host", "q-header-list=host;²")
    assert code(ci_emulator, octets(other)) == "InvalidAuthorization"
    assert code(ci_emulator, good, **{"x-ci-security-token": "\xb2"}) == "AccessDenied"


# -- TC3 --------------------------------------------------------------------------------------------------------------

VOD = "vod.tencentcloudapi.com"


def tc3(seconds: str = "", names: str = "content-type;host", **parts: str) -> dict[str, str | bytes]:
    """The headers of a signed call without parameters; `parts` replace those of the Authorization."""
    now = seconds or str(int(time.time()))
    day = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).strftime("%Y-%m-%d")
    values = {"content-type": "application/json", "host": VOD}
    lines = "".join(f"{name}:{values[name]}\n" for name in names.split(";") if name in values)
    digest = hashlib.sha256(b"{}").hexdigest()
    canonical = f"POST\n/\n\n{lines}\n{names}\n{digest}"
    scope = f"{day}/vod/tc3_request"
    text = f"TC3-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"TC3{SECRET_KEY}".encode()
    for word in scope.split("/"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    words = {"id": SECRET_ID, "day": day, "service": "vod", "names": names, "signature": signature, **parts}
    written = (
        "TC3-HMAC-SHA256 Credential={id}/{day}/{service}/tc3_request, SignedHeaders={names}, Signature={signature}"
    ).format(**words)
    return {
        "Host": VOD,
        "Content-Type": "application/json",
        "X-TC-Action": "DescribeProcessImageAsyncTemplates",
        "X-TC-Version": "2018-07-17",
        "X-TC-Timestamp": octets(now),
        "Authorization": octets(written),
    }


def json_code(server: Server, headers: Mapping[str, str | bytes]) -> str:
    found = json.loads(exchange(server, "POST", "/", headers, b"{}"))["Response"]
    assert found["RequestId"]
    return str(found.get("Error", {}).get("Code", ""))


def test_a_good_tc3_signature(ci_emulator: Server) -> None:
    assert json_code(ci_emulator, tc3()) == ""


@pytest.mark.parametrize("seconds", ["²", "9²", "٣", "+1", "1_0", "-1", "1.0", "9" * 5_000])
def test_invalid_tc3_times(ci_emulator: Server, seconds: str) -> None:
    assert json_code(ci_emulator, tc3(seconds)) == "MissingParameter"


def test_a_tc3_time_that_is_too_far_away(ci_emulator: Server) -> None:
    for seconds in (0, int(time.time()) - 310, int(time.time()) + 310, 10**11):
        assert json_code(ci_emulator, tc3(str(seconds))) == "AuthFailure.SignatureExpire"


@pytest.mark.parametrize("names", ["host", "content-type", "x-tc-action", "content-type;x-tc-action"])
def test_what_a_tc3_signature_must_cover(ci_emulator: Server, names: str) -> None:
    assert json_code(ci_emulator, tc3(names=names)) == "AuthFailure.InvalidAuthorization"


@pytest.mark.parametrize(
    "parts",
    [
        {"signature": "²" * 64},
        {"signature": "é"},
        {"signature": "A" * 64},
        {"day": "٢٠٢٦-٠١-٠١"},
        {"day": "²"},
        {"service": "ｖod"},
        {"names": "content-type;host;²"},
    ],
)
def test_invalid_tc3_signatures(ci_emulator: Server, parts: dict[str, str]) -> None:
    assert json_code(ci_emulator, tc3(**parts)) == "AuthFailure.InvalidAuthorization"


def test_an_unknown_tc3_account_in_any_alphabet(ci_emulator: Server) -> None:
    assert json_code(ci_emulator, tc3(id="AKID²")) == "AuthFailure.SecretIdNotFound"
    assert json_code(ci_emulator, {**tc3(), "X-TC-Token": b"\xb2"}) == "AuthFailure.TokenFailure"
