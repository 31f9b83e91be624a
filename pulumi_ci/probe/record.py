"""Keeps the exchanges of a probe as test data: one readable file each, scrubbed."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import requests
from requests.adapters import BaseAdapter

from pulumi_ci.probe.scrub import Leak, Scrub

_SENT = ("Host", "Content-Type", "X-TC-Action", "X-TC-Version", "X-TC-Region")
_CAME = ("Content-Type", "Server", "x-ci-request-id", "x-cos-request-id", "X-ErrNo")
"""Headers that are kept; no other one is, so no signature either."""


class Recorder:
    """Writes exchanges into a folder, numbered, with the experiment that they belong to."""

    def __init__(self, folder: Path, scrub: Scrub, about: Callable[[], str]) -> None:
        self._folder, self._scrub, self._about = folder, scrub, about
        self._numbers: Iterator[int] = itertools.count(1)
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, request: requests.PreparedRequest, response: requests.Response, body: bytes) -> None:
        """Writes one exchange; of one that cannot be scrubbed only why. Raises OSError when it cannot be written."""
        try:
            text = self._scrub(_text(request, response, body))
        except Leak as leak:  # clearing up must not fail for it
            text = f"{leak}\n"
        about = re.sub(r"[^A-Za-z0-9]+", "-", self._about()).strip("-").lower() or "call"
        path = self._folder / f"{next(self._numbers):04d}-{about}-{str(request.method).lower()}.txt"
        path.write_text(text, encoding="utf-8")


class Recording(BaseAdapter):
    """Sends as another adapter does, and records."""

    def __init__(self, inner: BaseAdapter, recorder: Recorder) -> None:
        super().__init__()
        self._inner, self._recorder = inner, recorder

    def send(self, request: requests.PreparedRequest, *args: Any, **words: Any) -> requests.Response:
        """The answer of the inner adapter, recorded."""
        response = self._inner.send(request, *args, **words)
        body = response.raw.read()
        response.raw = io.BytesIO(body)  # for the client, which reads it itself
        self._recorder.write(request, response, body)
        return response

    def close(self) -> None:
        """Closes the inner adapter."""
        self._inner.close()


def _text(request: requests.PreparedRequest, response: requests.Response, body: bytes) -> str:
    """An exchange as text: request line, headers and body, an empty line, status line, headers and body."""
    sent = request.body or b""
    lines = [
        f"{request.method} {request.path_url} HTTP/1.1",
        *_headers(request.headers, _SENT),
        "",
        *([sent if isinstance(sent, str) else sent.decode(errors="replace"), ""] if sent else []),
        f"HTTP/1.1 {response.status_code} {response.reason or ''}".rstrip(),
        *_headers(response.headers, _CAME),
        "",
        *([body.decode(errors="replace")] if body else []),
    ]
    return "\n".join(lines) + "\n"


def _headers(headers: Mapping[str, str | bytes], kept: tuple[str, ...]) -> Iterator[str]:
    for name in kept:
        value = headers.get(name)
        if value:
            yield f"{name}: {value.decode() if isinstance(value, bytes) else value}"
