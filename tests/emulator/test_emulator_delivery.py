"""Answers that come slowly, or that are far too large, as a raw socket sees them."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading
import time

import pytest
from by_hand import HOST, signed, valid, vod, xml

from pulumi_ci.emulator import Server

LIST = b"<TotalCount>0</TotalCount><PageNumber>1</PageNumber><PageSize>10</PageSize></Response>"


def asked(server: Server) -> socket.socket:
    """A connection on which a signed `GET /template` was sent."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    lines = ["GET /template HTTP/1.1", f"Host: {HOST}", f"Authorization: {signed(valid(), {'host': HOST})}", "", ""]
    connection.sendall("\r\n".join(lines).encode())
    return connection


def until(connection: socket.socket, end: bytes) -> bytes:
    found = b""
    while end not in found:
        got = connection.recv(1)
        assert got, found
        found += got
    return found


def exchanges() -> int:
    """How many connections the server has threads for."""
    return sum("process_request_thread" in thread.name for thread in threading.enumerate())


def assert_ended() -> None:
    """The thread of every connection has come to its end, or does so by itself."""
    for _ in range(2_000):
        if not exchanges():
            return
        time.sleep(0.01)
    raise AssertionError("a thread goes on for a client that has left")


@pytest.mark.parametrize("form", ["", "body", "headers"])
def test_a_drip_comes_whole(ci_emulator: Server, form: str) -> None:
    ci_emulator.emulator.faults.add("drip", amount=2_000, form=form)
    for answer in (xml(ci_emulator, "GET", "/template"), xml(ci_emulator, "GET", "/template")):
        assert answer.body.endswith(LIST)
        assert answer.headers["connection"] == "keep-alive"
    assert b'"TotalCount": 0' in vod(ci_emulator, "Describe").body
    assert xml(ci_emulator, "PUT", "/?guetzli", family="pic").body == b""


def test_the_connection_stays_good(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("drip", amount=2_000, times=1)
    connection = http.client.HTTPConnection("127.0.0.1", ci_emulator.port, timeout=20)
    for _ in range(2):
        connection.request("GET", "/template", headers={"Host": HOST, "Authorization": signed(valid(), {"host": HOST})})
        assert connection.getresponse().read().endswith(LIST)
    connection.close()


def test_a_body_drips_behind_its_headers(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("drip", times=1)
    with asked(ci_emulator) as connection:
        head = until(connection, b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert b"Content-Length: " in head
        assert LIST not in connection.recv(65536), "not all at once"
        assert xml(ci_emulator, "GET", "/template").body.endswith(LIST), "others are answered meanwhile"
    assert_ended()


def test_headers_drip(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("drip", form="headers")
    with asked(ci_emulator) as connection:
        parts = [connection.recv(65536) for _ in range(2)]
        assert b"HTTP/1.1 200 OK\r\n".startswith(b"".join(parts)[:10])
        assert b"\r\n\r\n" not in b"".join(parts), "not all at once"
    assert_ended()


@pytest.mark.parametrize("way", ["close", "reset", "half"])
def test_the_server_notices_that_the_client_left(ci_emulator: Server, way: str) -> None:
    ci_emulator.emulator.faults.add("drip", form="headers")
    connection = asked(ci_emulator)
    assert connection.recv(1) == b"H"
    assert exchanges() >= 1
    if way == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    if way == "half":
        connection.shutdown(socket.SHUT_WR)
        assert_ended()
    connection.close()
    assert_ended()


def test_a_client_that_goes_on_sending_and_leaves(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("drip", form="headers", amount=20)
    with asked(ci_emulator) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert connection.recv(1) == b"H"
    assert_ended()


def test_the_server_stops_in_the_middle(ci_emulator: Server, capfd: pytest.CaptureFixture[str]) -> None:
    ci_emulator.emulator.faults.add("drip", form="headers")
    with asked(ci_emulator) as connection:
        assert connection.recv(1) == b"H"
        ci_emulator.stop()
        assert_ended()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("form", ["", "plain"])
def test_an_answer_that_is_far_too_large(ci_emulator: Server, form: str) -> None:
    ci_emulator.emulator.faults.add("bloat", amount=3, form=form)
    answer = xml(ci_emulator, "GET", "/template")
    assert answer.body.rstrip(b" ").endswith(LIST)
    assert len(answer.body) - len(answer.body.rstrip(b" ")) == 3 * 1024 * 1024
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert len(vod(ci_emulator, "Describe").body) > 3 * 1024 * 1024
    assert xml(ci_emulator, "PUT", "/?guetzli", family="pic").body == b" " * (3 * 1024 * 1024)
    assert max(request.answer_length for request in ci_emulator.emulator.requests) < 500, "the log stays small"


def test_a_small_answer_that_becomes_large(ci_emulator: Server) -> None:
    ci_emulator.emulator.faults.add("bloat", form="gzip")
    for answer in (xml(ci_emulator, "GET", "/template"), vod(ci_emulator, "Describe")):
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) == len(answer.body) < 1024 * 1024
        whole = gzip.decompress(answer.body)
        assert len(whole) > 64 * 1024 * 1024
        assert whole.rstrip(b" ")[-1:] in b">}"


def test_a_client_that_does_not_want_it_all(ci_emulator: Server, capfd: pytest.CaptureFixture[str]) -> None:
    ci_emulator.emulator.faults.add("bloat")
    with asked(ci_emulator) as connection:
        assert connection.recv(9) == b"HTTP/1.1 "
    assert_ended()
    assert capfd.readouterr() == ("", "")
