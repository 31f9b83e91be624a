"""Requests over a number of connections that stay open, from one thread that does little itself."""

from __future__ import annotations

import selectors
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

Address = tuple[str, int]


@dataclass
class Connection:
    """One connection, which sends the next request when the answer is there; it is opened anew when it was closed."""

    address: Address
    _socket: socket.socket | None = None
    _received: bytes = b""
    sent_at: float = 0.0

    def send(self, request: bytes, selector: selectors.BaseSelector) -> None:
        """Sends a whole request."""
        if self._socket is None:
            self._socket = socket.create_connection(self.address)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(self._socket, selectors.EVENT_READ, self)
        self._received, self.sent_at = b"", time.perf_counter()
        self._socket.sendall(request)

    def receive(self, selector: selectors.BaseSelector) -> bytes:
        """The whole answer, or nothing while it is not there. Raises ConnectionError when it never comes."""
        if self._socket is None:
            raise ConnectionError("nothing was sent")
        part = self._socket.recv(1 << 20)
        self._received += part
        head, separator, body = self._received.partition(b"\r\n\r\n")
        words = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:]) if separator else {}
        whole = bool(separator) and len(body) >= int(words[b"content-length"])
        if not part and not whole:
            raise ConnectionError(f"{self.address}: the connection was closed in the middle of an answer")
        if whole and words.get(b"connection") == b"close":
            self.close(selector)
        return self._received if whole else b""

    def close(self, selector: selectors.BaseSelector) -> None:
        """Closes it; the next request opens it anew."""
        if self._socket is not None:
            selector.unregister(self._socket)
            self._socket.close()
            self._socket = None


@dataclass
class Traffic:
    """What came of a number of requests."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    """Seconds from each request to its answer."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    @property
    def median(self) -> float:
        """Seconds from a request to its answer, in the middle."""
        return statistics.median(self.waits)


def drive(
    address: Address,
    request: Callable[[int], bytes],
    numbers: Iterator[int],
    connections: int = 1,
    seconds: float = float("inf"),
) -> Traffic:
    """Sends the requests of these numbers until none is left or the time is over. Raises ValueError at a refusal."""
    traffic, begin = Traffic(), time.perf_counter()
    waiting: set[int] = set()
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        opened = [Connection(address) for _ in range(connections)]

        def send(connection: Connection) -> None:
            number = next(numbers, None)
            if number is not None and time.perf_counter() - begin < seconds:
                connection.send(request(number), selector)
                waiting.add(id(connection))

        for connection in opened:
            stack.callback(connection.close, selector)
            send(connection)
        while waiting:
            for key, _ in selector.select():
                connection = key.data
                answer = connection.receive(selector)
                if answer:
                    if not answer.startswith(b"HTTP/1.1 200"):
                        raise ValueError(f"{address} refused: {answer.decode(errors='replace')[:500]}")
                    waiting.discard(id(connection))
                    traffic.waits.append(time.perf_counter() - connection.sent_at)
                    send(connection)
        traffic.seconds = time.perf_counter() - begin
    return traffic
