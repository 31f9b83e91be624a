"""An emulated cloud without sockets, and the lifecycles of kinds within it: the rig of many tests."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from pulumi_ci.api.client import Client
from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Choices, Emulator, Request
from pulumi_ci.emulator.app import ConnectionLost
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.journal import Journal
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.kind import Kind

REGION = "ap-beijing"
BUCKET = "media-1250000000"
Values = dict[str, Any]


class Wire(BaseAdapter):
    """Carries requests straight into a WSGI application; a lost connection is one for requests too."""

    def __init__(self, app: Any) -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The application's answer to a prepared request."""
        url = urlsplit(str(request.url))
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else bytes(body)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
            "QUERY_STRING": url.query,
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": io.BytesIO(data),
        }
        for name, value in request.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        response = requests.Response()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            response.status_code = int(status.split()[0])
            response.headers = CaseInsensitiveDict(headers)

        try:
            response.raw = io.BytesIO(b"".join(self._app(environ, start)))
        except ConnectionLost as lost:
            if lost.effect == "timeout":
                raise requests.exceptions.ReadTimeout(lost) from None
            reason = "NewConnectionError: refused" if lost.effect == "refuse" else "Connection aborted"
            raise requests.exceptions.ConnectionError(reason, lost) from None
        response.url, response.request = str(request.url), request
        return response

    def close(self) -> None:
        """Holds nothing."""


class Late(Wire):
    """Something happens right before the nth call of this wire."""

    def __init__(self, app: Any, number: int, act: Callable[[], object]) -> None:
        super().__init__(app)
        self._left, self._act = number, act

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer, after whatever happened before it."""
        self._left -= 1
        if self._left == 0:
            self._act()
        return super().send(request, *words, **more)


@dataclass
class World:
    """One cloud, one account, one stack's settings; every `lifecycle` starts with empty caches, as a new process."""

    choices: Choices = field(default_factory=lambda: Choices(references="free"))
    adopt: str = "never"
    patience: float = 10
    emulator: Emulator = field(init=False)
    client: Client = field(init=False)
    journal: Journal = field(init=False)
    """On the disk of the one checkout, so that every process of it has the same."""
    slept: list[float] = field(default_factory=list)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.emulator = Emulator(choices=self.choices)
        self.journal = Journal(clock=lambda: self.emulator.now())
        self.settings = Settings(
            region=REGION,
            bucket=BUCKET,
            adopt=self.adopt,
            endpoint="http://emulator",
            secret_id=SECRET_ID,
            secret_key=SECRET_KEY,
            paced=False,
        )
        self.client = Client(self.settings, sleep=self.slept.append, adapter=lambda: Wire(self.emulator))

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()

    def session(self, rows: Rows | None = None) -> Session:
        """What the lifecycles of one process share."""
        return Session(self.client, rows or Rows(), self.slept.append, self.adopt, self.journal, patience=self.patience)

    def lifecycle(self, kind: type[Kind], session: Session | None = None) -> Lifecycle:
        """The lifecycle of a kind, in a process of its own unless a session is given."""
        return lifecycle(kind, session or self.session())

    def inputs(self, kind: type[Kind], properties: Mapping[str, Any], olds: Mapping[str, Any] | None = None) -> Values:
        """Checked inputs of properties that are right; they say whose object it is where the properties do."""
        news = {**properties, LOGICAL_NAME: properties.get(LOGICAL_NAME, "project/stack/thing")}
        inputs, failures = check(kind, olds or {}, news, self.settings, Claims())
        assert failures == []
        if LOGICAL_NAME not in properties:
            del inputs[LOGICAL_NAME]
        return inputs

    def sent(self, *methods: str) -> list[Request]:
        """The requests so far with one of these methods."""
        return [request for request in self.emulator.requests if request.method in methods]
