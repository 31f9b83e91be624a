"""Which signatures are refused: signed by hand here, after the descriptions of the COS and TC3 signatures."""

from __future__ import annotations

import json
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

import pytest
from by_hand import HOST, authorization, exchange, octets, signed, tc3, valid

from pulumi_ci.emulator import SECRET_ID, Choices, Server

SDK_SECONDS = 10_060
"""The official Python SDK signs from a minute ago to 10,000 seconds ahead."""


def code(server: Server, authorization: str | bytes, **headers: str) -> str:
    """The error code of `GET /template` with this Authorization; "" when it is answered well."""
    words: dict[str, str | bytes] = {"Host": HOST, "Authorization": authorization, **headers}
    answer = exchange(server, "GET", "/template", words)
    assert answer.status in (200, 403), "never 500"
    return ET.fromstring(answer.body).findtext("Code") or ""  # noqa: S314


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
    assert code(ci_emulator, octets(good.replace(SECRET_ID, "\x01\x7f\x1b[2J"))) == "SecretidNotExist"


# -- TC3 --------------------------------------------------------------------------------------------------------------


def json_code(server: Server, headers: Mapping[str, str | bytes]) -> str:
    answer = exchange(server, "POST", "/", headers, b"{}")
    assert answer.status == 200
    found = json.loads(answer.body)["Response"]
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
def test_invalid_tc3_signatures(ci_emulator: Server, parts: dict[str, Any]) -> None:
    assert json_code(ci_emulator, tc3(**parts)) == "AuthFailure.InvalidAuthorization"


def test_an_unknown_tc3_account_in_any_alphabet(ci_emulator: Server) -> None:
    assert json_code(ci_emulator, tc3(id="AKID²")) == "AuthFailure.SecretIdNotFound"
    assert json_code(ci_emulator, {**tc3(), "X-TC-Token": b"\xb2"}) == "AuthFailure.TokenFailure"
