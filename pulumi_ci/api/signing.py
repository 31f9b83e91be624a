"""COS signatures, by the official SDK's signer."""

from __future__ import annotations

import logging
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
