"""Answers that come in drops, never end, or unpack to more than a machine holds, over real sockets."""

from __future__ import annotations

import contextlib
import functools
import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from canned import request, settings

from pulumi_ci.api import errors
from pulumi_ci.api.client import Client
from pulumi_ci.api.exchange import LARGEST
from pulumi_ci.emulator import Server

HEAD = b"HTTP/1.1 200 OK\r\nx-ci-request-id: r-head\r\n"
BODY = b"<Response><RequestId>r-good</RequestId></Response>"
Talk = Callable[[socket.socket], None]


class Peer:
    """A server that reads each request and then does as it likes; it ends when it is closed."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self.asked = talk, list[bytes]()
        self._open: socket.socket | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                self._open, _ = self._listening.accept()
            except OSError:
                return
            with self._open as connection, contextlib.suppress(OSError):
                while asked := connection.recv(65536):
                    self.asked.append(asked)
                    self._talk(connection)

    def close(self) -> None:
        for one in (self._listening, self._open):
            with contextlib.suppress(OSError):
                if one is not None:
                    one.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)


@pytest.fixture
def peer() -> Iterator[Callable[[Talk], Peer]]:
    made: list[Peer] = []

    def make(talk: Talk) -> Peer:
        made.append(Peer(talk))
        return made[-1]

    yield make
    for one in made:
        one.close()


def client(peer: Peer, **words: object) -> Client:
    given = {"endpoint": peer.url, "retry_seconds": 0, "timeout": 20, **words}
    return Client(settings(**given), sleep=lambda _: None)


def whole(body: bytes, *headers: bytes) -> bytes:
    lines = (b"Content-Length: %d" % len(body), *headers)
    return HEAD + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


def dripping(answer: bytes, pause: float = 0.02) -> Talk:
    """A byte now and then. All of it comes in the end, so that only a limit for the whole ends it earlier."""

    def talk(connection: socket.socket) -> None:
        waiting = threading.Event()
        for position in range(len(answer)):
            connection.sendall(answer[position : position + 1])
            waiting.wait(pause)

    return talk


DRIPS = {
    "headers": HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(30)) + b"Content-Length: 0\r\n\r\n",
    "a status line": b"HTTP/1.1 200 " + b"O" * 300 + b"\r\n\r\n",
    "a body": whole(b"<Response>" + b" " * 200 + b"</Response>"),
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(b"1\r\n \r\n" for _ in range(60)) + b"0\r\n\r\n",
    "hints before the answer": b"HTTP/1.1 100 Continue\r\n\r\n" * 12 + whole(BODY),
}


@pytest.mark.parametrize("name", DRIPS)
def test_an_answer_in_drops_ends_at_the_time_limit(peer: Callable[[Talk], Peer], name: str) -> None:
    made = client(peer(dripping(DRIPS[name])), timeout=0.4)
    with pytest.raises(errors.NoAnswer, match=r"within 0\.4 s"):
        made.send(request())


def test_an_answer_in_drops_within_the_time_limit_is_one(peer: Callable[[Talk], Peer]) -> None:
    made = client(peer(dripping(whole(BODY), pause=0.0001)))
    assert made.send(request()).request_id == "r-head"


def test_each_answer_of_a_connection_has_its_own_time(peer: Callable[[Talk], Peer]) -> None:
    """A connection that is used again must not begin with what was left of the time before."""
    made = client(peer(dripping(whole(BODY), pause=0.002)), timeout=2)
    for _ in range(12):
        assert made.send(request()).root is not None


def endless(begin: bytes, more: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(more)

    return talk


ENDLESS = {
    "a body of a length": (HEAD + b"Content-Length: 999999999999\r\n\r\n", b" " * 65536),
    "a body without a length": (HEAD + b"\r\n", b" " * 65536),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n"),
    "a redirect": (
        HEAD.replace(b"200 OK", b"302 Found") + b"Location: http://127.0.0.1:1/\r\n\r\n",
        b" " * 65536,
    ),
    "an error": (HEAD.replace(b"200 OK", b"500 Oops") + b"\r\n", b" " * 65536),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_answer_is_cut_off(peer: Callable[[Talk], Peer], name: str) -> None:
    made = client(peer(endless(*ENDLESS[name])))
    with pytest.raises(errors.NoAnswer, match=f"larger than {LARGEST // 1024 // 1024} MiB"):
        made.send(request("PUT"))


@functools.cache
def bomb() -> bytes:
    """200 MiB in 200 KiB."""
    return gzip.compress(b"<a>" + b" " * 200 * 1024 * 1024 + b"</a>", 1)


@pytest.mark.parametrize("status", [b"200 OK", b"404 Not Found", b"302 Found"])
def test_what_unpacks_to_too_much_is_not_unpacked(peer: Callable[[Talk], Peer], status: bytes) -> None:
    answer = whole(bomb(), b"Content-Encoding: gzip", b"Location: http://127.0.0.1:1/")
    made = client(peer(lambda connection: connection.sendall(answer.replace(b"200 OK", status))))
    tracemalloc.start()
    try:
        with pytest.raises(errors.NoAnswer, match="larger than"):
            made.send(request())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * LARGEST


PACKED = {
    "gzip": (b"gzip", gzip.compress(BODY)),
    "x-gzip": (b"x-gzip", gzip.compress(BODY)),
    "deflate": (b"deflate", zlib.compress(BODY)),
    "identity": (b"identity", BODY),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_answer_is_read(peer: Callable[[Talk], Peer], name: str) -> None:
    encoding, body = PACKED[name]
    made = client(peer(lambda connection: connection.sendall(whole(body, b"Content-Encoding: " + encoding))))
    root = made.send(request()).root
    assert root is not None
    assert root.findtext("RequestId") == "r-good"


BROKEN = {
    "not packed": (b"gzip", BODY, "cannot be unpacked"),
    "half": (b"gzip", gzip.compress(BODY)[:30], "ends too early"),
    "something behind it": (b"gzip", gzip.compress(BODY) + b"more", "something follows"),
    "another packing": (b"br", BODY, "packed as br"),
    "two packings": (b"gzip, gzip", gzip.compress(gzip.compress(BODY)), "packed as gzip, gzip"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_packing_that_is_broken_is_no_answer(peer: Callable[[Talk], Peer], name: str) -> None:
    encoding, body, text = BROKEN[name]
    made = client(peer(lambda connection: connection.sendall(whole(body, b"Content-Encoding: " + encoding))))
    with pytest.raises(errors.NoAnswer, match=text):
        made.send(request())


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 500\r\n\r\n" + BODY,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<Resp",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        HEAD + b"X-Long: " + b"a" * 70_000 + b"\r\n\r\n",
        HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(200)) + b"\r\n",
        b"",
    ],
    ids=["short", "half a chunk", "no chunk", "nonsense", "no status", "long line", "many headers", "nothing"],
)
def test_what_is_no_whole_answer_is_an_error_of_ours(peer: Callable[[Talk], Peer], answer: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(errors.NoAnswer):
        client(peer(talk)).send(request())


def test_headers_that_are_none_are_not_printed(peer: Callable[[Talk], Peer], caplog: pytest.LogCaptureFixture) -> None:
    answer = HEAD + b"no header \x1b[31m\r\nContent-Length: 0\r\n\r\n"
    with contextlib.suppress(errors.NoAnswer):
        client(peer(lambda connection: connection.sendall(answer)), timeout=0.5).send(request())
    assert caplog.records == []


def test_a_cookie_of_an_answer_is_not_sent_back(peer: Callable[[Talk], Peer]) -> None:
    cooking = peer(lambda connection: connection.sendall(whole(BODY, b"Set-Cookie: a=b; Path=/")))
    made = client(cooking)
    for _ in range(2):
        made.send(request())
    assert len(cooking.asked) == 2
    assert b"Cookie" not in b"".join(cooking.asked)


def test_connections_are_kept(ci_emulator: Server) -> None:
    accepted: list[object] = []

    class Counting(set[socket.socket]):
        def add(self, connection: socket.socket) -> None:
            accepted.append(connection)
            super().add(connection)

    ci_emulator._listener.connections = Counting(ci_emulator._listener.connections)
    keys = {"endpoint": ci_emulator.url, "secret_id": ci_emulator.secret_id, "secret_key": ci_emulator.secret_key}
    made = Client(settings(**keys))
    for _ in range(20):
        made.send(request())
    assert len(accepted) == 1
