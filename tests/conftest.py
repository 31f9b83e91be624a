"""What all tests share: the official client, and single signed requests, against a running emulator."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import unquote

import pytest
import requests
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from pulumi_ci.emulator import Server

# Machines are shared and slow at times, so no test may depend on how long something takes.
hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

BUCKET = "demo-1250000000"
REGION = "ap-chongqing"


def parse(text: str | bytes) -> ET.Element:
    """The root of an XML text of ours or of the emulator's."""
    return ET.fromstring(text)  # noqa: S314 - nothing foreign


class Sdk(Protocol):
    """Makes an official COS client that sends everything to the emulator."""

    def __call__(self, server: Server | None = None, **config: Any) -> Any: ...


class Send(Protocol):
    """Sends one signed request with any body, as no client of ours would."""

    def __call__(
        self,
        method: str,
        path: str,
        body: str | bytes = b"",
        family: str = "ci",
        server: Server | None = None,
        **kw: Any,
    ) -> requests.Response: ...


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session that takes nothing from the environment and leaves no socket behind."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def sdk(ci_emulator: Server, session: requests.Session) -> Sdk:
    """The official Python client; real host names, a plain HTTP proxy that is the emulator."""
    from qcloud_cos import CosConfig, CosS3Client

    def make(server: Server | None = None, **config: Any) -> Any:
        server = server or ci_emulator
        words = {"Region": REGION, "SecretId": server.secret_id, "SecretKey": server.secret_key, "Scheme": "http"}
        return CosS3Client(CosConfig(**{**words, "Proxies": {"http": server.url}, **config}), retry=0, session=session)

    return make


@pytest.fixture
def send(ci_emulator: Server, session: requests.Session) -> Send:
    """A signed request by method, path with query, body and family of hosts; the Host header is the real one."""
    from qcloud_cos import CosConfig
    from qcloud_cos.cos_auth import CosS3Auth

    def make(
        method: str, path: str, body: str | bytes = b"", family: str = "ci", server: Server | None = None, **kw: Any
    ) -> requests.Response:
        server = server or ci_emulator
        bucket, region = kw.pop("bucket", BUCKET), kw.pop("region", REGION)
        key = kw.pop("key", server.secret_key)
        host = ".".join(part for part in (bucket, family, region, "myqcloud.com") if part)
        config = CosConfig(Region=REGION, SecretId=server.secret_id, SecretKey=key, Scheme="http")
        bare, _, query = path.partition("?")
        pairs = [part.partition("=") for part in query.split("&") if part]
        auth = CosS3Auth(config, bare, params={name: unquote(value) for name, _, value in pairs})
        headers = {"Host": host, **kw.pop("headers", {})}
        data = body.encode() if isinstance(body, str) else body
        return session.request(
            method, server.url + path, data=data, headers=headers, auth=auth, **{"timeout": 10, **kw}
        )

    return make
