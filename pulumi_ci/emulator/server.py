"""The emulator behind a socket on the loopback interface, and nowhere else."""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from pulumi_ci.emulator.address import HOST
from pulumi_ci.emulator.app import ConnectionLost, Emulator
from pulumi_ci.emulator.choices import Choices
from pulumi_ci.emulator.delivery import Drip, pour
from pulumi_ci.emulator.framing import BadRequest, read_body
from pulumi_ci.emulator.signature import SECRET_ID, SECRET_KEY

_LINGER, _LINGER_READS = 0.5, 256
"""Seconds, and reads of at most 64 KiB, for which a refused client may go on sending."""


class _Exchange(WSGIRequestHandler):
    """One connection. werkzeug's own closes after each answer; here it stays open, and can be lost on request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing is written to the terminal; the emulator keeps its own log."""

    def run_wsgi(self) -> None:
        if hasattr(socket, "TCP_QUICKACK"):  # a client that takes us for a proxy waits for it before it sends the body
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        try:
            body = read_body(self.headers, self.rfile)
            environ = self._environ()
        except BadRequest as wrong:
            self._refuse(str(wrong))
            return
        environ["wsgi.input"], environ["wsgi.input_terminated"] = io.BytesIO(body), True
        head: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            head[:] = [status, headers]

        try:
            parts = self.server.app(environ, start_response)
        except ConnectionLost as lost:
            if lost.effect == "timeout":
                self.connection.recv(1)  # until the client gives up, or the server stops
            elif lost.effect in ("refuse", "reset"):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            self.close_connection = True
            return
        data = b"".join(parts)
        code, _, phrase = head[0].partition(" ")
        self.send_response_only(int(code), phrase)
        for name, value in head[1]:
            self.send_header(name, value)
            if name == "Content-Length" and int(value) != len(data):
                self.close_connection = True  # a truncated answer: the rest never comes
        self.send_header("Connection", "close" if self.close_connection else "keep-alive")
        if not isinstance(parts, Drip):
            self.end_headers()
            self.wfile.write(data)
            return
        slow, self.wfile = self.wfile, io.BytesIO()  # where end_headers writes to
        self.end_headers()
        first, self.wfile = self.wfile.getvalue(), slow
        if not parts.headers_too:
            self.wfile.write(first)
            first = b""
        self.close_connection |= not pour(self.connection, first + data, parts.rate)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        super().send_error(code, message, explain)
        self._drain()

    def _environ(self) -> dict[str, Any]:
        try:
            return self.make_environ()
        except ValueError as error:
            raise BadRequest(f"the address is not valid: {error}") from None

    def _refuse(self, reason: str) -> None:
        """Answers 400 and closes, since nobody knows where the next request would begin."""
        self.close_connection = True
        data = f"{reason}\n".encode()
        self.send_response_only(400, "Bad Request")
        for name, value in (("Content-Type", "text/plain"), ("Content-Length", len(data)), ("Connection", "close")):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)
        self._drain()

    def _drain(self) -> None:
        """Takes what is still under way: to close on unread bytes would reset the connection and lose the answer."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_LINGER)
            for _ in range(_LINGER_READS):
                if not self.connection.recv(65536):
                    break


class _Listener(ThreadedWSGIServer):
    """The listening socket, which knows its open connections."""

    daemon_threads = True
    connections: set[socket.socket]


class Server:
    """Runs an emulator: `with Server(Emulator()) as server: ...`. Port 0 takes a free one."""

    def __init__(self, emulator: Emulator | None = None, port: int = 0) -> None:
        self.emulator = emulator if emulator is not None else Emulator()
        with socket.create_server((HOST, port), backlog=128) as listening:  # werkzeug would exit when the port is taken
            self._listener = _Listener(HOST, port, self.emulator, _Exchange, fd=listening.fileno())
        self._listener.connections = set()
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.server_address[1])

    @property
    def url(self) -> str:
        """Address such as `http://127.0.0.1:49152`: an endpoint for our client, a plain HTTP proxy for an SDK."""
        return f"http://{HOST}:{self.port}"

    @property
    def secret_id(self) -> str:
        """SecretId of the account that every emulator knows."""
        return SECRET_ID

    @property
    def secret_key(self) -> str:
        """SecretKey of the account that every emulator knows."""
        return SECRET_KEY

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables that make a program talk to this emulator."""
        return {
            "PULUMI_CI_ENDPOINT": self.url,
            "TENCENTCLOUD_SECRET_ID": self.secret_id,
            "TENCENTCLOUD_SECRET_KEY": self.secret_key,
        }

    def start(self) -> Server:
        """Begins to answer, in a thread of its own."""
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(0.02,), name="ci-emulator", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stops answering and closes every connection; the emulator's objects stay."""
        if self._thread is not None:
            self._listener.shutdown()
            self._thread.join()
            self._thread = None
        self._listener.server_close()
        for connection in list(self._listener.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    port: int = 0,
    store: str | Path = ":memory:",
    choices: Choices | None = None,
    seed: str = "",
    ready: Callable[[Server], None] = lambda server: None,
) -> None:
    """Answers until interrupted (Ctrl-C); `ready` is told once it does. Raises OSError when the port is taken."""
    emulator = Emulator(store=store, choices=choices, seed=seed)
    with contextlib.closing(emulator), Server(emulator, port) as server, contextlib.suppress(KeyboardInterrupt):
        ready(server)
        threading.Event().wait()
