"""Where the body of a request ends, by its headers: it is read whole, or refused when they are not clear."""

from __future__ import annotations

import re
from email.message import Message
from typing import Protocol

LARGEST = 16 * 2**20
"""Bytes of a body at most; no call of the emulated services needs more."""
_LINE = 1_000
"""Bytes of a chunk's first line, or of a trailer, at most."""
_TRAILERS = 100
_LENGTH = re.compile("[0-9]{1,18}")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r\n")


class BadRequest(Exception):
    """The request is not HTTP as it should be; the text says why."""


class Stream(Protocol):
    """Where the bytes come from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer at the end."""

    def readline(self, size: int, /) -> bytes:
        """Bytes up to the end of the line, or so many."""


def read_body(headers: Message, stream: Stream) -> bytes:
    """The body that belongs to the headers. Raises BadRequest when they, the chunks or the end of it are wrong."""
    lengths, codings = headers.get_all("Content-Length", []), headers.get_all("Transfer-Encoding", [])
    if codings:
        if lengths:
            raise BadRequest("Content-Length and Transfer-Encoding exclude each other")
        if [coding.strip().lower() for coding in codings] != ["chunked"]:
            raise BadRequest("Transfer-Encoding: only chunked is understood")
        return _chunks(stream)
    if not lengths:
        return b""
    if len(lengths) > 1:
        raise BadRequest(f"Content-Length is given {len(lengths)} times")
    text = lengths[0].strip(" \t")
    if not _LENGTH.fullmatch(text):
        raise BadRequest("Content-Length is not a whole number of bytes")
    return _exactly(stream, int(text), 0)


def _exactly(stream: Stream, size: int, before: int) -> bytes:
    if before + size > LARGEST:
        raise BadRequest(f"the body is larger than {LARGEST} bytes")
    data = stream.read(size)
    if len(data) < size:
        raise BadRequest("the connection ended before the body did")
    return data


def _chunks(stream: Stream) -> bytes:
    body = bytearray()
    while True:
        first = _CHUNK.fullmatch(stream.readline(_LINE))
        if first is None:
            raise BadRequest("a chunk does not begin with its size")
        size = int(first[1], 16)
        if not size:
            break
        body += _exactly(stream, size, len(body))
        if stream.read(2) != b"\r\n":
            raise BadRequest("a chunk does not end where its size says")
    for _ in range(_TRAILERS):
        line = stream.readline(_LINE)
        if line == b"\r\n":
            return bytes(body)
        if not line.endswith(b"\r\n"):
            break
    raise BadRequest("the body does not end after the last chunk")
