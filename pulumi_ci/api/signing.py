"""Signatures by the signers of the official SDKs: COS for XML, TC3 for JSON."""

from __future__ import annotations

import datetime
import hashlib
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from requests.auth import AuthBase

from pulumi_ci.api.credentials import Keys

if TYPE_CHECKING:
    from requests import PreparedRequest

VALID_SECONDS = 300
"""How long a signature holds: long enough for a slow upload, short enough to be worthless in a log."""


class CosSignature(AuthBase):
    """Signs the path and query that the prepared request really has, and adds the security token first."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        from qcloud_cos import CosConfig
        from qcloud_cos.cos_auth import CosS3Auth

        # The SDK writes the signing key and the whole header at DEBUG.
        logging.getLogger("qcloud_cos.cos_auth").disabled = True
        if self._keys.token:
            # Must be set before signing: the signer covers every x-ci-* header that it sees.
            request.headers["x-ci-security-token"] = self._keys.token
        url = urlsplit(str(request.url))
        config = CosConfig(
            Region="signing", SecretId=self._keys.secret_id, SecretKey=self._keys.secret_key, Scheme="https"
        )
        signer = CosS3Auth(
            config,
            key=unquote(url.path) or "/",
            params=dict(parse_qsl(url.query, keep_blank_values=True)),
            expire=VALID_SECONDS,
        )
        signed: PreparedRequest = signer(request)
        return signed


class Tc3Signature(AuthBase):
    """Signs host, content type and body of a JSON call for a service such as `vod`, and adds time and token."""

    def __init__(self, keys: Keys, service: str, clock: Callable[[], float] = time.time) -> None:
        self._keys, self._service, self._clock = keys, service, clock

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        from tencentcloud.common.sign import Sign

        seconds = int(self._clock())
        day = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d")
        headers = {"content-type": request.headers["Content-Type"], "host": request.headers["Host"]}
        names = ";".join(headers)
        body = request.body or b""
        digest = hashlib.sha256(body if isinstance(body, bytes) else str(body).encode()).hexdigest()
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        canonical = f"{request.method}\n{urlsplit(str(request.url)).path}\n\n{lines}\n{names}\n{digest}"
        scope = f"{day}/{self._service}/tc3_request"
        text = f"TC3-HMAC-SHA256\n{seconds}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = Sign.sign_tc3(self._keys.secret_key, day, self._service, text)
        request.headers["X-TC-Timestamp"] = str(seconds)
        if self._keys.token:
            request.headers["X-TC-Token"] = self._keys.token
        request.headers["Authorization"] = (
            f"TC3-HMAC-SHA256 Credential={self._keys.secret_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
        return request
