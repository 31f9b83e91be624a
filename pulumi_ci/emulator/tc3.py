"""Verifies the TC3 signature of a JSON call, written from its description and not from a signer."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
from collections.abc import Mapping

from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Call
from pulumi_ci.emulator.signature import Account

_HEADER = re.compile(
    r"TC3-HMAC-SHA256 Credential=(?P<id>[^/,]+)/(?P<day>[\d-]+)/(?P<service>\w+)/tc3_request, *"
    r"SignedHeaders=(?P<names>[\w;-]+), *Signature=(?P<signature>[0-9a-f]{64})",
    re.ASCII,
)
_SECONDS = re.compile("[0-9]{1,12}")
_TOLERANCE = 300
"""Seconds by which the time of a call may be off."""


def verify(call: Call, accounts: Mapping[str, Account], now: float) -> Account:
    """The account that signed the call. Raises CloudError when none did, now or at all."""
    seconds = call.headers.get("x-tc-timestamp", "")
    text = call.headers.get("authorization", "")
    if not (text and _SECONDS.fullmatch(seconds)):
        raise CloudError("MissingParameter", "the call needs the headers Authorization and X-TC-Timestamp")
    found = _HEADER.fullmatch(text)
    names = found["names"].split(";") if found else []
    if found is None or not {"content-type", "host"} <= set(names):
        raise CloudError(
            "AuthFailure.InvalidAuthorization", "the Authorization header is not a TC3-HMAC-SHA256 signature"
        )
    if abs(int(seconds) - now) > _TOLERANCE:
        raise CloudError("AuthFailure.SignatureExpire", f"X-TC-Timestamp {seconds} is too far from {int(now)}")
    account = accounts.get(found["id"])
    if account is None:
        raise CloudError("AuthFailure.SecretIdNotFound", f"no account has the SecretId {found['id']}")
    day = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc).strftime("%Y-%m-%d")
    made = _signature(call, account, day, found["service"], names, seconds)
    if (found["day"], found["service"]) != (day, call.family) or not hmac.compare_digest(made, found["signature"]):
        raise CloudError("AuthFailure.SignatureFailure", "the signature does not match the call and the SecretKey")
    token = call.headers.get("x-tc-token", "")
    if not hmac.compare_digest(token.encode(), account.token.encode()):
        raise CloudError("AuthFailure.TokenFailure", "the token is missing, wrong, or does not belong to this SecretId")
    return account


def _signature(call: Call, account: Account, day: str, service: str, names: list[str], seconds: str) -> str:
    lines = "".join(f"{name}:{call.headers.get(name, '').strip()}\n" for name in names)
    digest = hashlib.sha256(call.body).hexdigest()
    canonical = "\n".join((call.method, call.path, call.query, lines, ";".join(names), digest))
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"TC3-HMAC-SHA256\n{seconds}\n{day}/{service}/tc3_request\n{hashed}"
    key = f"TC3{account.secret_key}".encode()
    for word in (day, service, "tc3_request"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
