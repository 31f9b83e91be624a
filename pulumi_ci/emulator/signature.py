"""Verifies the signature of a COS request, written from its description and not from a signer."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from pulumi_ci.emulator.choices import Choices
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Call

SECRET_ID = "AKIDpulumiciEMULATOR0000000000000000"  # noqa: S105 - public by design, opens nothing
SECRET_KEY = "pulumi-ci-emulator-secret-key-0000"  # noqa: S105 - public by design, opens nothing


@dataclass(frozen=True)
class Account:
    """A key pair that the emulator knows; with a token, every request must carry it."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


DEFAULT_ACCOUNT = Account(SECRET_ID, SECRET_KEY)
_TIMES = re.compile("([0-9]{1,12});([0-9]{1,12})")
_SIGNATURE = re.compile("[0-9a-f]{40}")
_FIRST = Choices()


def verify(call: Call, accounts: Mapping[str, Account], now: float, choices: Choices = _FIRST) -> Account:
    """The account that signed the call. Raises CloudError when none did, now or at all."""
    text = call.headers.get("authorization", "")
    if not text:
        raise CloudError("MissingAuthorization", "the request has no Authorization header")
    fields = dict(part.partition("=")[::2] for part in text.split("&"))
    names = ("q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature")
    if fields.get("q-sign-algorithm") != "sha1" or any(name not in fields for name in names):
        raise CloudError("InvalidAuthorization", "the Authorization header is not a COS signature of version 5")
    if choices.signed_host == "required" and "host" not in fields["q-header-list"].lower().split(";"):
        raise CloudError("InvalidAuthorization", "q-header-list does not name host, so the signature fits any bucket")
    account = accounts.get(fields["q-ak"])
    if account is None:
        raise CloudError("SecretidNotExist", f"no account has the SecretId {fields['q-ak']}")
    for name in ("q-sign-time", "q-key-time"):
        times = _TIMES.fullmatch(fields[name])
        if times is None:
            raise CloudError("InvalidAuthorization", f"{name} is not a pair of times in seconds")
        start, end = int(times[1]), int(times[2])
        if 0 < choices.signature_seconds < end - start:
            most = choices.signature_seconds
            raise CloudError("InvalidAuthorization", f"{name} is valid for {end - start} seconds; at most {most}")
        if not start <= now <= end:
            raise CloudError("SignatureExpired", f"{name} {fields[name]} does not hold the present, {int(now)}")
    if not _SIGNATURE.fullmatch(fields["q-signature"]) or not any(
        hmac.compare_digest(_signature(account, fields, text), fields["q-signature"])
        for text in _texts(call, fields["q-header-list"], fields["q-url-param-list"])
    ):
        raise CloudError("InvalidAuthorization", "the signature does not match the request and the SecretKey")
    token = call.headers.get("x-ci-security-token") or call.headers.get("x-cos-security-token") or ""
    if not hmac.compare_digest(token.encode(), account.token.encode()):
        raise CloudError("AccessDenied", "the security token is missing, wrong, or does not belong to this SecretId")
    return account


def _signature(account: Account, fields: Mapping[str, str], text: str) -> str:
    key = _hmac(account.secret_key, fields["q-key-time"])
    return _hmac(
        key, f"sha1\n{fields['q-sign-time']}\n{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()}\n"
    )


def _hmac(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha1).hexdigest()


def _texts(call: Call, header_list: str, parameter_list: str) -> Iterator[str]:
    """What may have been signed: the host with its port or, as one SDK signs it, without."""
    parameters = {_quoted(name).lower(): value for name, value in call.parameters.items()}
    for host in dict.fromkeys((call.host, call.host.partition(":")[0])):
        headers = {_quoted(name).lower(): value for name, value in call.headers.items()} | {"host": host}
        yield "\n".join(
            (call.method.lower(), call.path, _joined(parameter_list, parameters), _joined(header_list, headers), "")
        )


def _joined(names: str, values: Mapping[str, str]) -> str:
    listed = sorted(name.lower() for name in names.split(";") if name)
    return "&".join(f"{name}={_quoted(values.get(name, ''))}" for name in listed)


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")
