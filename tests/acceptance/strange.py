"""An emulator behind something that misbehaves as real gateways, races and crashes do; each test says how."""

from __future__ import annotations

import contextlib
import functools
import http
import io
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pulumi_ci.emulator import Emulator, Server
from pulumi_ci.emulator.app import ConnectionLost

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LIMIT = 30.0
"""Seconds after which a test no longer waits for a call that should come."""


@dataclass(frozen=True)
class Ask:
    """One call, as it comes in."""

    method: str
    host: str
    target: str
    """Path and query."""
    action: str
    """Action of a JSON call; "" of others."""
    body: str

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.action.startswith("Describe") if self.action else self.method == "GET"

    def matches(self, method: str, target: str) -> bool:
        """Whether it has that method, and the pattern is found in path and query."""
        return self.method == method and re.search(target, self.target) is not None


@dataclass(frozen=True)
class Reply:
    """What goes back."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Well = Callable[[], Reply]
"""Carries the call out, and gives the right answer."""
Trick = Callable[[Ask, Well], Reply]
"""What is answered instead."""


class Strange(Emulator):
    """An emulator whose calls all go through `trick`, while there is one."""

    trick: Trick | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.trick is None or environ["PATH_INFO"].startswith("/_emulator"):
            return self.wsgi_app(environ, start_response)
        body = environ["wsgi.input"].read()
        query = environ.get("QUERY_STRING", "")
        ask = Ask(
            environ["REQUEST_METHOD"],
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"] + (f"?{query}" if query else ""),
            environ.get("HTTP_X_TC_ACTION", ""),
            body.decode(errors="replace"),
        )
        reply = self.trick(ask, functools.partial(self._well, environ, body))
        headers = {**reply.headers, "Content-Length": str(len(reply.body))}
        start_response(f"{reply.status} {http.HTTPStatus(reply.status).phrase}", list(headers.items()))
        return [reply.body]

    def _well(self, environ: WSGIEnvironment, body: bytes) -> Reply:
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            head[:] = [int(status.split()[0]), dict(headers)]

        data = b"".join(self.wsgi_app({**environ, "wsgi.input": io.BytesIO(body)}, start))
        return Reply(head[0], data, head[1])


class StrangeServer(Server):
    """Serves such an emulator."""

    def __init__(self) -> None:
        self.strange = Strange()
        super().__init__(self.strange)

    def play(self, trick: Trick | None) -> None:
        """Lets a trick be in force for all calls from now on; None ends it."""
        self.strange.trick = trick


@contextlib.contextmanager
def served() -> Iterator[StrangeServer]:
    """A server that answers."""
    server = StrangeServer()
    with server:
        yield server
    server.emulator.close()


# -- answers of strangers, none of which has a request id -------------------------------------------------------------


def empty_404(ask: Ask, well: Well) -> Reply:
    """A gateway that knows no such route says so, in no words."""
    return Reply(404)


def empty_200(ask: Ask, well: Well) -> Reply:
    """A stranger is content with everything and does nothing."""
    return Reply(200)


def error_in_200(ask: Ask, well: Well) -> Reply:
    """An answer that begins well and holds an error, of no call that was carried out."""
    text = b"<Response><Error><Code>InternalError</Code><Message>try later</Message></Error></Response>"
    return Reply(200, text, {"Content-Type": "application/xml"})


def bare(ask: Ask, well: Well) -> Reply:
    """The service's envelope, with its request id, around nothing at all: no list, no count, no NonExist."""
    if ask.action:
        return Reply(200, b'{"Response": {"RequestId": "bare-1"}}', {"Content-Type": "application/json"})
    headers = {"Content-Type": "application/xml", "x-ci-request-id": "bare-1"}
    return Reply(200, b"<Response><RequestId>bare-1</RequestId></Response>", headers)


def reads(trick: Trick) -> Trick:
    """The trick, for calls that read."""
    return lambda ask, well: trick(ask, well) if ask.reads else well()


def writes(trick: Trick) -> Trick:
    """The trick, for calls that change something."""
    return lambda ask, well: well() if ask.reads else trick(ask, well)


def status(word: str) -> Trick:
    """Every switch that is on says another word."""

    def trick(ask: Ask, well: Well) -> Reply:
        reply = well()
        if not ask.reads or reply.status != 200:
            return reply
        body = re.sub(rb'(<(?:\w*Status)>|"CIStatus":")on\b', rb"\g<1>" + word.encode(), reply.body)
        return replace(reply, body=body)

    return trick


# -- moments ----------------------------------------------------------------------------------------------------------


class Held:
    """A trick that holds the calls that it is told to, and carries none of them out."""

    def __init__(self, picks: Callable[[Ask], bool]) -> None:
        self._picks = picks
        self._came, self._goes_on = threading.Event(), threading.Event()

    def __call__(self, ask: Ask, well: Well) -> Reply:
        if not self._picks(ask):
            return well()
        self._came.set()
        self._goes_on.wait(LIMIT)
        raise ConnectionLost("reset")

    def wait(self, running: Callable[[], bool]) -> None:
        """Returns once such a call is held. Raises AssertionError when it never comes."""
        ends = time.monotonic() + LIMIT
        while not self._came.wait(0.05):
            assert running(), "the command ended, and the call never came"
            assert time.monotonic() < ends, "the call never came"

    def release(self) -> None:
        """Loses the calls that are held."""
        self._goes_on.set()


class Meeting:
    """A trick by which two calls happen at once: each waits for the other, and again once both are carried out.

    Whoever comes alone goes on after `patience` seconds. Answers are changed by `swap`, if any, each knowing the other.
    """

    def __init__(
        self,
        picks: Callable[[Ask], bool],
        swap: Callable[[Reply, Reply], Reply] | None = None,
        patience: float = 5.0,
    ) -> None:
        self._picks, self._swap, self._patience = picks, swap, patience
        self._lock = threading.Lock()
        self._came = 0
        self._doors = threading.Barrier(2), threading.Barrier(2)
        self._replies: list[Reply] = [Reply(), Reply()]
        self.met = False
        """Whether two calls met."""

    def __call__(self, ask: Ask, well: Well) -> Reply:
        with self._lock:
            number = self._came
            self._came += self._picks(ask)
            mine = self._came > number
        if not mine or number > 1:
            return well()
        if not self._pass(0):
            return well()
        self._replies[number] = well()
        self.met |= self._pass(1)
        own, other = self._replies[number], self._replies[1 - number]
        return own if self._swap is None else self._swap(own, other)

    def _pass(self, door: int) -> bool:
        try:
            self._doors[door].wait(self._patience)
        except threading.BrokenBarrierError:
            return False
        return True
