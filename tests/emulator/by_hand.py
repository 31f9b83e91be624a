"""A plain client: requests signed by hand, after the descriptions of the COS and TC3 signatures, and raw answers."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from conftest import BUCKET, REGION

from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Server

HOST = f"{BUCKET}.ci.{REGION}.myqcloud.com"
VOD = "vod.tencentcloudapi.com"


class Raw(NamedTuple):
    """An answer as it came; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def octets(text: str) -> bytes:
    """A header's bytes: one for each character where that can be, since `²` alone passes for a digit."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def exchange(server: Server, method: str, target: str, headers: Mapping[str, str | bytes], body: bytes = b"") -> Raw:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, target, body or None, dict(headers))
        answer = connection.getresponse()
        return Raw(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


# -- COS --------------------------------------------------------------------------------------------------------------


def valid(seconds: int = 300, ago: int = 60) -> str:
    """A pair of times, so many seconds apart."""
    start = int(time.time()) - ago
    return f"{start};{start + seconds}"


def signed(
    times: str, headers: Mapping[str, str], key_time: str = "", method: str = "GET", path: str = "/template"
) -> str:
    """The Authorization of a call, which covers these headers and no parameter."""
    key = hmac.new(SECRET_KEY.encode(), (key_time or times).encode(), hashlib.sha1).hexdigest()
    covered = sorted((name.lower(), quote(value, safe="-_.~")) for name, value in headers.items())
    text = "\n".join((method.lower(), path, "", "&".join(f"{name}={value}" for name, value in covered), ""))
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    signature = hmac.new(key.encode(), f"sha1\n{times}\n{digest}\n".encode(), hashlib.sha1).hexdigest()
    return authorization(times, signature, key_time, ";".join(name for name, _ in covered))


def authorization(times: str, signature: str, key_time: str = "", names: str = "host") -> str:
    """The header, whatever its parts are."""
    return (
        f"q-sign-algorithm=sha1&q-ak={SECRET_ID}&q-sign-time={times}&q-key-time={key_time or times}"
        f"&q-header-list={names}&q-url-param-list=&q-signature={signature}"
    )


def xml(server: Server, method: str, target: str, body: str = "", family: str = "ci", bucket: str = BUCKET) -> Raw:
    """One call of an XML service."""
    host = f"{bucket}.{family}.{REGION}.myqcloud.com"
    words = {"Host": host, "Authorization": signed(valid(), {"host": host}, "", method, target.partition("?")[0])}
    if body:
        words["Content-Type"] = "application/xml"
    return exchange(server, method, target, words, body.encode())


# -- TC3 --------------------------------------------------------------------------------------------------------------


def tc3(
    seconds: str = "",
    names: str = "content-type;host",
    body: bytes = b"{}",
    action: str = "DescribeProcessImageAsyncTemplates",
    **parts: str,
) -> dict[str, str | bytes]:
    """The headers of a signed call; `parts` replace those of the Authorization."""
    now = seconds or str(int(time.time()))
    day = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).strftime("%Y-%m-%d")
    values = {"content-type": "application/json", "host": VOD}
    lines = "".join(f"{name}:{values[name]}\n" for name in names.split(";") if name in values)
    canonical = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
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
        "X-TC-Action": action,
        "X-TC-Version": "2018-07-17",
        "X-TC-Timestamp": octets(now),
        "Authorization": octets(written),
    }


def vod(server: Server, action: str, **parameters: Any) -> Raw:
    """One call of a JSON service, by the middle of its action: `Create`, `Modify`, `Delete` or `Describe`."""
    body = json.dumps(parameters).encode()
    whole = f"{action}ProcessImageAsyncTemplate{'s' if action == 'Describe' else ''}"
    return exchange(server, "POST", "/", tc3(body=body, action=whole), body)
