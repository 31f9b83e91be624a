"""One exchange over HTTP: a request goes out and the whole answer comes in, within a time and a size."""

from __future__ import annotations

import http.client
import io
import logging
import socket
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests import adapters

# It would print the headers that it cannot read, with a trace, wherever warnings go.
logging.getLogger("urllib3.connection").addFilter(lambda record: "parse headers" not in str(record.msg))
CONNECT_SECONDS = 10.0
LARGEST = 16 * 1024 * 1024
"""Most bytes of an answer, unpacked; a page of 100 workflows of 50 nodes has about 5 MiB."""
_CHUNK = 64 * 1024


class BrokenAnswer(Exception):
    """An answer that began and cannot be used; the text says why."""


class TookTooLong(Exception):
    """No whole answer came within the time of the exchange."""


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(adapter: adapters.BaseAdapter, request: requests.PreparedRequest, seconds: float) -> Reply:
    """Sends a request and takes in the answer, both within `seconds`; connecting gets 10 of them at most.

    Redirects are not followed, and no cookie is kept. Raises RequestException while there is no answer, and
    BrokenAnswer or TookTooLong once it has begun.
    """
    end = time.monotonic() + seconds
    limits = urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds, total=seconds)
    try:
        # requests takes such a limit as it is, but its types know numbers only.
        response = adapter.send(request, stream=True, timeout=limits)  # type: ignore[arg-type]
    except urllib3.exceptions.HTTPError as error:  # the few that requests lets pass
        raise BrokenAnswer(root_cause(error)) from None
    try:
        body = _whole(_unpacked(response.headers.get("Content-Encoding", ""), _raw(response)))
    except (TimeoutError, urllib3.exceptions.TimeoutError):
        raise TookTooLong from None
    except (urllib3.exceptions.HTTPError, OSError, http.client.HTTPException) as error:
        if time.monotonic() >= end:
            raise TookTooLong from None
        raise BrokenAnswer(root_cause(error)) from None
    finally:
        response.close()
    return Reply(response.status_code, response.headers, body)


def root_cause(error: BaseException) -> str:
    """What the innermost error says."""
    seen: BaseException = error
    while (inner := seen.__cause__ or seen.__context__) is not None:
        seen = inner
    return str(seen) or type(seen).__name__


def _raw(response: requests.Response) -> Iterator[bytes]:
    while chunk := response.raw.read(_CHUNK):
        yield chunk


def _unpacked(encoding: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes of an answer that may be packed, although nobody asked for it; never more than a chunk at once."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise BrokenAnswer(f"it is packed as {encoding}, which was not asked for")
    unpacker, began = zlib.decompressobj(zlib.MAX_WBITS | 32), False  # either form, by its header
    try:
        for chunk in chunks:
            began = True
            yield unpacker.decompress(chunk, _CHUNK)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
            if unpacker.unused_data:
                raise BrokenAnswer("something follows what was packed")
    except zlib.error as error:
        raise BrokenAnswer(f"it cannot be unpacked: {error}") from None
    if began and not unpacker.eof:
        raise BrokenAnswer("what was packed ends too early")


def _whole(chunks: Iterator[bytes]) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > LARGEST:
            raise BrokenAnswer(f"it is larger than {LARGEST // 1024 // 1024} MiB")
    return bytes(body)


# -- a time for the whole answer ----------------------------------------------------------------------------------
# A socket's time limit is one for each piece that comes. So a server that sends a byte now and then could hold a call
# for ever; here each wait gets what is left of the time that the answer has as a whole.


class _Waiting(io.RawIOBase):
    """Reads from a socket until a time."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._pieces = sock, sock.makefile("rb", buffering=0)
        seconds = sock.gettimeout()
        self._end = None if seconds is None else time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._end is not None:
            left = self._end - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
        return self._pieces.readinto(buffer)

    def close(self) -> None:
        self._pieces.close()
        super().close()


class _Source:
    """A socket as an answer sees it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        """The bytes of the answer."""
        return io.BufferedReader(_Waiting(self._sock))


class _Answer(http.client.HTTPResponse):
    """An answer whose lines and body share the time limit that its socket has at first."""

    def __init__(self, sock: socket.socket, *words: Any, **more: Any) -> None:
        super().__init__(_Source(sock), *words, **more)  # type: ignore[arg-type]


class _Plain(urllib3.connection.HTTPConnection):
    response_class = _Answer


class _Secure(urllib3.connection.HTTPSConnection):
    response_class = _Answer


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


class Adapter(adapters.HTTPAdapter):
    """Carries requests over connections that it keeps; an answer has one time limit from its first byte to its last."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *words: Any, **more: Any) -> None:
        """Makes the pools of connections."""
        super().init_poolmanager(*words, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
