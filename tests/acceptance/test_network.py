"""A run speaks to the service and to nobody else: a proxy in the way of everything else sees no one come."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import Resource

pytestmark = pytest.mark.engine


class Proxy:
    """A proxy that lets nobody through, and notes what each asks for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with closing(connection):
                self.asked.append(connection.recv(1000).decode(errors="replace").partition("\r\n")[0])
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        """No more connections."""
        self._socket.close()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    found = Proxy()
    yield found
    found.close()


def test_nobody_is_asked_for_a_plugin(new_project: NewProject, proxy: Proxy) -> None:
    """The engine looks for a plugin of every package called pulumi-something that does not say that it has none."""
    project = new_project(environ={"HTTPS_PROXY": proxy.url, "HTTP_PROXY": proxy.url})
    project.declare(Resource("snapshot-template", "thumbs", {"count": 3}))
    project.up()
    project.quiet()
    project.destroy()
    assert proxy.asked == []
