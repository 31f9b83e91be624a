"""What gateways, proxies and glitches make of answers, written by hand: an application in front of another one."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from world import Wire, World

from pulumi_ci.api.client import Client
from pulumi_ci.emulator import Emulator

ID = {"x-ci-request-id": "NjJmMzJjNDFfOTBmYTUwNjRfNjQ5NF8x"}
"""The header of page 001, with the value that its example prints."""
BARE = "<Response><RequestId>r</RequestId></Response>"
JSON_ID = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Call:
    """A call on its way: method, path with query, action of a JSON call, body, and host."""

    method: str
    target: str
    action: str = ""
    body: bytes = b""
    host: str = ""

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.action.startswith("Describe") if self.action else self.method == "GET"


@dataclass(frozen=True)
class Answer:
    """An answer on its way back."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def replaced(self, old: str, new: str) -> Answer:
        """The answer with another text in its body, which must be there."""
        assert old in self.body.decode(), (old, self.body)
        return replace(self, body=self.body.decode().replace(old, new).encode())


Pick = Callable[[Call], bool]
Change = Callable[[Call, Callable[[], Answer]], Answer]
"""Makes the answer to a call; what it is given asks the application behind, which may be left out."""


def always(answer: Answer) -> Change:
    """This answer, and the call is not done."""
    return lambda call, ask: answer


def changed(change: Callable[[Answer], Answer]) -> Change:
    """The answer of the service, changed."""
    return lambda call, ask: change(ask())


class Gateway:
    """A WSGI application in front of another one; `rule` holds while it is set."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.rule: tuple[Pick, Change] | None = None
        self.calls: list[Call] = []
        self._lock = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length else b""
        target = environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else "")
        host = environ.get("HTTP_HOST", "")
        call = Call(environ["REQUEST_METHOD"], target, environ.get("HTTP_X_TC_ACTION", ""), body, host)

        def ask() -> Answer:
            told: list[Any] = []
            inner = {**environ, "wsgi.input": io.BytesIO(body)}
            data = b"".join(self.app(inner, lambda status, headers, exc_info=None: told.append((status, headers))))
            return Answer(int(told[0][0].split()[0]), dict(told[0][1]), data)

        with self._lock:
            self.calls.append(call)
            rule = self.rule
        answer = rule[1](call, ask) if rule and rule[0](call) else ask()
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-length"}
        start_response(f"{answer.status} Whatever", [*headers.items(), ("Content-Length", str(len(answer.body)))])
        return [answer.body]

    def strikes(self, pick: Pick, change: Change | Answer) -> None:
        """From now on the answers to these calls are changed."""
        self.rule = pick, always(change) if isinstance(change, Answer) else change


class Strange(Emulator):
    """An emulator behind a gateway, for a server."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        self.gateway = Gateway(self.wsgi_app)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.gateway(environ, start_response)


def behind(world: World) -> Gateway:
    """Puts a gateway between a world's lifecycles and its emulator."""
    gateway = Gateway(world.emulator)
    world.client = Client(world.settings, sleep=world.slept.append, adapter=lambda: Wire(gateway))
    return gateway


def error(code: str, status: int = 400) -> Answer:
    """A refusal of the XML services, as they write it."""
    text = f"<Error><Code>{code}</Code><Message>no</Message><RequestId>r</RequestId></Error>"
    return Answer(status, ID, text.encode())


def xml(text: str) -> Answer:
    """A good answer of the XML services."""
    return Answer(200, ID, text.encode())


def told(**content: Any) -> Answer:
    """An answer of the JSON services."""
    return Answer(200, JSON_ID, json.dumps({"Response": {"RequestId": "r", **content}}).encode())
