"""Requests that are not HTTP as it should be, byte by byte: a clean 400 and a closed connection, and nothing more."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator

import pytest
from conftest import BUCKET, REGION, Send

from pulumi_ci.emulator import Server

HEAD = f"POST /template HTTP/1.1\r\nHost: {BUCKET}.ci.{REGION}.myqcloud.com\r\n".encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def talk(server: Server, *parts: bytes, leave: bool = False) -> bytes:
    """Everything that comes until the server closes; `leave` says that nothing more will be sent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        if leave:
            connection.shutdown(socket.SHUT_WR)
        found = b""
        while got := connection.recv(65536):
            found += got
    return found


def lengths(*values: bytes) -> bytes:
    return HEAD + b"".join(b"Content-Length: " + value + b"\r\n" for value in values) + b"\r\nhello"


@pytest.fixture
def quiet(ci_emulator: Server, capfd: pytest.CaptureFixture[str]) -> Iterator[Server]:
    """An emulator that writes nothing to the terminal, and answers well afterwards."""
    yield ci_emulator
    health = b"GET /_emulator/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    assert talk(ci_emulator, health).startswith(b"HTTP/1.1 200 ")
    assert capfd.readouterr() == ("", "")


def assert_refused(server: Server, answer: bytes) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert b"\r\nConnection: close" in head
    assert body
    assert b"request-id" not in head, "it is not an answer of the service"
    assert server.emulator.requests == []


@pytest.mark.parametrize(
    "values",
    [
        *(
            [text]
            for text in (b"-1", b"abc", b"", b" ", b"+5", b"5_0", b"0x5", b"5.0", b"1e3", b"\xb2", b"5, 5", b"5 5")
        ),
        [b"9" * 5_000],
        [b"9223372036854775808"],
        [b"100000000000"],
        [b"5", b"5"],
        [b"5", b"6"],
        [b"5", b"-1"],
        [b"5", b""],
    ],
    ids=repr,
)
def test_invalid_content_lengths(quiet: Server, values: list[bytes]) -> None:
    assert_refused(quiet, talk(quiet, lengths(*values)))


def test_a_body_that_ends_too_soon(quiet: Server) -> None:
    assert_refused(quiet, talk(quiet, lengths(b"6"), leave=True))
    assert_refused(quiet, talk(quiet, HEAD + CHUNKED + b"6\r\nhello", leave=True))


@pytest.mark.parametrize("coding", [b"gzip", b"identity", b"chunked, chunked", b"gzip, chunked", b"", b"chunkedly"])
def test_unknown_transfer_encodings(quiet: Server, coding: bytes) -> None:
    assert_refused(quiet, talk(quiet, HEAD + b"Transfer-Encoding: " + coding + b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))


def test_length_and_chunks_together(quiet: Server) -> None:
    head = HEAD + b"Content-Length: 5\r\n"
    assert_refused(quiet, talk(quiet, head + CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"))
    twice = b"Transfer-Encoding: chunked\r\n" + CHUNKED
    assert_refused(quiet, talk(quiet, HEAD + twice + b"5\r\nhello\r\n0\r\n\r\n"))


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"\r\n\r\n",
        b" \r\n\r\n",
        b"-1\r\nhello\r\n0\r\n\r\n",
        b"+5\r\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"5_0\r\nhello\r\n0\r\n\r\n",
        b"\xb2\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"5\nhello\n0\n\n",
        b"4\r\nhello\r\n0\r\n\r\n",
        b"FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        b"7FFFFFFF\r\nhello\r\n0\r\n\r\n",
        b"5" * 100_000,
        b"5;" + b"x" * 100_000 + b"\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n0\r\n" + b"a: b\r\n" * 10_000 + b"\r\n",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_invalid_chunks(quiet: Server, body: bytes) -> None:
    assert_refused(quiet, talk(quiet, HEAD + CHUNKED + body))


def test_a_body_that_never_ends(quiet: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", quiet.port), timeout=20) as connection:
        connection.sendall(HEAD + CHUNKED)
        sent = 0
        try:
            for sent in itertools.count(1):
                connection.sendall(chunk)
                assert sent < 10_000, "600 MiB were taken"
        except ConnectionError:
            pass
    assert sent > 1


def test_good_chunks_are_read(ci_emulator: Server, send: Send) -> None:
    parts = iter([b"<Request><Tag>Snapshot</Tag><Name>a</Name>", b"<Snapshot><Count>1</Count></Snapshot></Request>"])
    assert send("POST", "/template", parts).status_code == 200  # type: ignore[arg-type]
    assert [item.name for item in ci_emulator.emulator.objects] == ["a"]
    good = b"5;a=b\r\nhello\r\n00\r\nTrailer: x\r\n\r\n"
    answer = talk(ci_emulator, HEAD + b"Connection: close\r\n" + CHUNKED + good)
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert [request.body for request in ci_emulator.emulator.requests][1:] == ["hello"]


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9.9\r\n\r\n",
        b"GET / HTTP/\xb2.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET //[ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET http://a:b@[/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET /%ff%00?%ff%00 HTTP/1.1\r\nHost: \xff\xb2\r\nConnection: close\r\n\r\n",
        b"GET /template HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 1_000 + b"\r\n",
        b"GET / HTTP/1.1\r\na: " + b"b" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"NONSENSE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"POST /_emulator/faults HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 100000\r\nConnection: close\r\n\r\n" + b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:30]),
)
def test_other_nonsense_makes_no_noise(quiet: Server, data: bytes) -> None:
    answer = talk(quiet, data, leave=True)
    assert b" 500 " not in answer[:20]


def test_a_client_that_leaves_in_the_middle(quiet: Server) -> None:
    for data in (b"POST /templ", HEAD, lengths(b"100"), HEAD + CHUNKED + b"5\r\nhel"):
        with socket.create_connection(("127.0.0.1", quiet.port), timeout=20) as connection:
            connection.sendall(data)
