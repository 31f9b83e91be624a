"""How the bytes of an answer come: far too many of them, packed, or a few a second."""

from __future__ import annotations

import gzip
import select
import socket
import time

from pulumi_ci.emulator.faults import Fault

_TICK = 0.05
"""Seconds between two pieces at most rates."""


class Drip(list[bytes]):
    """The body of an answer that a server is to send `rate` bytes a second; whoever has no socket gets it at once."""

    def __init__(self, body: bytes, rate: int, headers_too: bool) -> None:
        super().__init__([body])
        self.rate, self.headers_too = rate, headers_too


def padded(body: bytes, fault: Fault) -> tuple[bytes, dict[str, str]]:
    """The body with so many MiB of blanks behind it, which change nothing, and the header that it then needs."""
    whole = body + b" " * (fault.amount * 2**20)
    if fault.form == "gzip":
        return gzip.compress(whole, 1, mtime=0), {"Content-Encoding": "gzip"}
    return whole, {}


def pour(connection: socket.socket, data: bytes, rate: int) -> bool:
    """Sends `rate` bytes a second, as long as the client stays; says whether it did."""
    piece = max(1, int(rate * _TICK))
    for start in range(0, len(data), piece):
        if start and not _stays(connection, piece / rate):
            return False
        connection.sendall(data[start : start + piece])
    return True


def _stays(connection: socket.socket, seconds: float) -> bool:
    """Waits; False as soon as the client has closed its side."""
    until = time.monotonic() + seconds
    if not select.select([connection], [], [], seconds)[0]:
        return True
    if not connection.recv(1, socket.MSG_PEEK):
        return False
    time.sleep(max(0.0, until - time.monotonic()))  # it sends already what comes next
    return True
