"""The emulators that are held side by side, each a process of its own: ours, and moto's server for another cloud.

Of moto, SSM parameters are taken: like our templates they are small documents with a unique name, in a store that
answers create, get by name and a page of a list, by an API of one request and one answer. S3 would measure streaming
and virtual buckets instead. moto checks no signatures and keeps its objects in dicts; ours verifies each and keeps them
in sqlite.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path

import requests

from benchmarks.traffic import Address
from pulumi_ci.api.credentials import Keys
from pulumi_ci.api.signing import CosSignature
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY

PAGE = 10
"""Objects of a page."""
BODY = (
    "<Request><Tag>Snapshot</Tag><Name>thumbs-{:07d}</Name><Snapshot><Mode>Interval</Mode>"
    "<TimeInterval>10</TimeInterval><Count>6</Count><Width>640</Width></Snapshot></Request>"
)
"""A screenshot template; always of the same length."""
SIGNED_FOR = 60.0
"""Seconds for which a signature is used again; it holds for 300."""
_CLOSE = b"Connection: close\r\n"


class Emulation(ABC):
    """A server process and its requests as bytes; objects are numbered from 0."""

    name: str

    def __init__(self, command: list[str], port: int) -> None:
        self.address: Address = ("127.0.0.1", port)
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()

    @abstractmethod
    def create(self, number: int) -> bytes:
        """Makes an object."""

    @abstractmethod
    def get(self, number: int) -> bytes:
        """Asks for one object, always the same."""

    @abstractmethod
    def list(self, number: int) -> bytes:
        """Asks for the first page."""

    @property
    def memory(self) -> int:
        """Bytes that the process holds in memory; 0 where the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status")
        found = re.search(r"VmRSS:\s*(\d+) kB", status.read_text()) if status.exists() else None
        return int(found[1]) * 1024 if found else 0

    def stop(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.wait()

    def _wait(self) -> None:
        for _ in range(600):
            if self._process.poll() is not None:
                break
            try:
                socket.create_connection(self.address).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.stop()
        raise RuntimeError(f"{self.name} does not answer on port {self.address[1]}")


class Ours(Emulation):
    """`pulumi-ci emulator start`, with signed requests. A signature covers no body, so one serves every create."""

    name = "ours"

    def __init__(self, store: str = ":memory:", closing: bool = False) -> None:
        port = free_port()
        self._more = _CLOSE if closing else b""
        words = ["emulator", "start", "--port", str(port), "--store", store]
        super().__init__([sys.executable, "-m", "pulumi_ci.cli.main", *words], port)
        self._signed: dict[tuple[str, str, bytes], tuple[float, bytes]] = {}
        self._first = ""

    def create(self, number: int) -> bytes:
        body = BODY.format(number)
        return self._head("POST", "/template", body, self._more) + body.encode()

    def get(self, number: int) -> bytes:
        self._first = self._first or self._id(0)
        return self._head("GET", f"/template?ids={self._first}", more=self._more)

    def list(self, number: int) -> bytes:
        return self._head("GET", f"/template?pageNumber=1&pageSize={PAGE}", more=self._more)

    def page(self, number: int) -> bytes:
        """Asks for a page."""
        return self._head("GET", f"/template?pageNumber={number}&pageSize={PAGE}")

    def by_id(self, number: int) -> bytes:
        """Asks for a template by its id."""
        return self._head("GET", f"/template?ids={self._id(number)}")

    def _id(self, number: int) -> str:
        with socket.create_connection(self.address) as asking:
            asking.sendall(self._head("GET", f"/template?name=thumbs-{number:07d}", more=_CLOSE))
            answer = b"".join(iter(lambda: asking.recv(1 << 16), b""))
        found = re.search(rb"<TemplateId>(\w+)", answer)
        if found is None:
            raise ValueError(f"no template {number}: {answer.decode(errors='replace')[:500]}")
        return found[1].decode()

    def _head(self, method: str, target: str, body: str = "", more: bytes = b"") -> bytes:
        """Request line and headers; the signature of a minute ago is used again."""
        at, head = self._signed.get((method, target, more), (0.0, b""))
        if not head or time.monotonic() - at > SIGNED_FOR:
            headers = {"Host": "load-1250000000.ci.ap-beijing.myqcloud.com", "Content-Type": "application/xml"}
            request = requests.Request(method, f"http://{headers['Host']}{target}", headers, data=body).prepare()
            signed = CosSignature(Keys(SECRET_ID, SECRET_KEY))(request)
            lines = "".join(f"{name}: {value}\r\n" for name, value in signed.headers.items()).encode()
            head = f"{method} {signed.path_url} HTTP/1.1\r\n".encode() + lines + more + b"\r\n"
            self._signed[method, target, more] = (time.monotonic(), head)
        return head


class Moto(Emulation):
    """moto's server, asked for SSM parameters. It closes the connection after each answer."""

    name = "moto"

    def __init__(self) -> None:
        port = free_port()
        super().__init__([sys.executable, "-m", "moto.server", "-p", str(port)], port)

    def create(self, number: int) -> bytes:
        return self._call("PutParameter", {"Name": f"thumbs-{number:07d}", "Type": "String", "Value": BODY})

    def get(self, number: int) -> bytes:
        return self._call("GetParameter", {"Name": f"thumbs-{0:07d}"})

    def list(self, number: int) -> bytes:
        return self._call("DescribeParameters", {"MaxResults": PAGE})

    def _call(self, action: str, words: dict[str, str | int]) -> bytes:
        body = json.dumps(words)
        scope = "Credential=AKIDload/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=0"
        headers = {
            "Host": "ssm.us-east-1.amazonaws.com",
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AmazonSSM.{action}",
            "Authorization": f"AWS4-HMAC-SHA256 {scope}",
            "Content-Length": str(len(body)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST / HTTP/1.1\r\n{lines}\r\n{body}".encode()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
