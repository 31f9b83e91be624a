"""Answers and failures in a fixed order, in the place of a network; and the request that the tests of the API send."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import Target
from pulumi_ci.api.settings import Settings

SECRET_ID = "AKIDplantedSecretId"
SECRET_KEY = "plantedSecretKey0123456789"
TOKEN = "plantedSecurityToken"
REGION, BUCKET = "ap-beijing", "media-1250000000"
GOOD = b"<Response><RequestId>r-good</RequestId></Response>"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    status: int = 200
    body: bytes = GOOD
    headers: dict[str, str] = field(default_factory=dict)


class Canned(BaseAdapter):
    """Hands out the next reply, or raises the next failure; the last one for ever. Keeps what was asked."""

    def __init__(self, replies: Iterable[Reply | Exception] = (Reply(),)) -> None:
        super().__init__()
        self._replies = list(replies)
        self.asked: list[requests.PreparedRequest] = []
        self.timeouts: list[Any] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **words: Any) -> requests.Response:
        """The next reply."""
        self.asked.append(request)
        self.timeouts.append(words.get("timeout"))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        response = requests.Response()
        response.status_code, response.raw = reply.status, io.BytesIO(reply.body)
        response.headers = CaseInsensitiveDict(reply.headers)
        response.url, response.request = str(request.url), request
        return response

    def close(self) -> None:
        """Holds nothing."""


def settings(**words: Any) -> Settings:
    """Settings with planted keys that appear nowhere else."""
    return Settings(**{"secret_id": SECRET_ID, "secret_key": SECRET_KEY, "paced": False, **words})


def client(canned: Canned, **words: Any) -> tuple[Client, list[float]]:
    """A client on canned replies, and the list of its pauses in seconds."""
    slept: list[float] = []
    return Client(settings(**words), sleep=slept.append, adapter=lambda: canned), slept


def request(method: str = "GET", **words: Any) -> Request:
    """A call about the template t1."""
    target = Target("SnapshotTemplate", f"{REGION}/{BUCKET}", "t1")
    given: dict[str, Any] = {"host": "ci", "place": Place(REGION, BUCKET), "path": "/template", **words}
    return Request(target, given.pop("operation", "read"), method, **given)
