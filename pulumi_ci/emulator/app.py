"""The emulated cloud as a WSGI application: verifies, routes, answers, and goes wrong on request."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import http
import itertools
import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.handlers import format_date_time

from pulumi_ci.emulator import (
    control,
    errors,
    jobs,
    mps,
    queues,
    services,
    styles,
    switches,
    tc3,
    templates,
    vod,
    workflows,
)
from pulumi_ci.emulator.choices import Choices
from pulumi_ci.emulator.edit import edit
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.faults import Fault, Faults
from pulumi_ci.emulator.log import Log, Request
from pulumi_ci.emulator.routing import JSON_FAMILIES, Answer, Call, Cloud
from pulumi_ci.emulator.signature import DEFAULT_ACCOUNT, Account, verify
from pulumi_ci.emulator.store import Store, Stored
from pulumi_ci.emulator.throttle import Throttle

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ROUTES = (
    *(*switches.ROUTES, *styles.ROUTES, *templates.ROUTES, *workflows.ROUTES),
    *(*queues.ROUTES, *services.ROUTES, *jobs.ROUTES),
)
"""Every call of the XML services that is emulated; a new service adds its own."""
ACTIONS = (*vod.ROUTES, *mps.ROUTES)
"""Every action of the JSON services that is emulated."""
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_log = logging.getLogger("pulumi_ci.emulator")


class ConnectionLost(Exception):
    """The client is to get no answer: `effect` is that of the fault."""

    def __init__(self, effect: str) -> None:
        super().__init__(f"the connection is lost on request ({effect})")
        self.effect = effect


class Emulator:
    """The cloud on loopback, for any number of buckets and regions; a WSGI application.

    `store` is ":memory:" or the path of an sqlite file. `clock` gives the times that objects get, in seconds of the
    epoch; signatures are held against real time. The same `seed` gives the same ids.
    """

    def __init__(
        self,
        accounts: Sequence[Account] = (DEFAULT_ACCOUNT,),
        store: str | Path = ":memory:",
        choices: Choices | None = None,
        seed: str = "",
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.accounts = {account.secret_id: account for account in accounts}
        self.faults = Faults()
        self.offset = 0.0
        """Seconds added to the clock; signatures age with it."""
        self.frozen: float | None = None
        """The time that objects get while the clock stands still."""
        self._clock, self._sleep = clock, sleep
        self._throttle = Throttle(clock)
        self._first_choices = choices or Choices()
        self._cloud = Cloud(Store(store), self._first_choices, self.now, seed)
        self._log = Log()
        self._numbers = itertools.count(1)

    @property
    def choices(self) -> Choices:
        """The choices in force; assign others to change them."""
        return self._cloud.choices

    @choices.setter
    def choices(self, choices: Choices) -> None:
        self._cloud.choices = choices

    @property
    def requests(self) -> list[Request]:
        """The calls so far, oldest first, without those to the control."""
        return self._log.all()

    @property
    def objects(self) -> list[Stored]:
        """Everything that is stored, in order of creation."""
        return self._cloud.store.all()

    @property
    def size(self) -> int:
        """How many objects are stored."""
        return self._cloud.store.size()

    def now(self) -> float:
        """The time that an object would get now."""
        return self.frozen if self.frozen is not None else self._clock() + self.offset

    def forget_requests(self) -> None:
        """Empties the log."""
        self._log.clear()

    def reset(self) -> None:
        """Back to the beginning: no objects, requests or faults, the first choices, the clock as it was."""
        with self._cloud.store.lock:
            self._cloud.store.clear()
            self._cloud.choices = self._first_choices
            self.frozen, self.offset = None, 0.0
            self._throttle = Throttle(self._clock)
        self.faults.clear()
        self.forget_requests()

    def edit(self, bucket: str, region: str, kind: str, **change: Any) -> Stored | None:
        """Changes an object as the web console would; see `pulumi_ci.emulator.edit.edit` for the words."""
        return edit(self._cloud, bucket, region, kind, **change)

    def close(self) -> None:
        """Closes the store; a file keeps its objects."""
        self._cloud.store.close()

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request. Raises ConnectionLost when a fault wants the connection gone."""
        call = self._read(environ)
        local = call.host.rpartition(":")[0] in _LOCAL or call.host in _LOCAL
        if local and call.path.startswith(control.PREFIX):
            status, body = control.answer(self, call.method, call.path, call.body)
            headers = {"Content-Type": "application/json"}
            return _send(start_response, status, body, headers)
        at = self._clock()
        fault = self.faults.strike(call)
        if fault is not None and fault.delay:
            self._sleep(fault.delay)
        if fault is not None and fault.undone:
            self._note(at, call, 0, b"", fault)
            raise ConnectionLost(fault.effect)
        answer, failed = self._answer(call, fault)
        body = answer.body
        self._note(at, call, answer.status, body, fault)
        if fault is not None and not fault.answers:
            raise ConnectionLost(fault.effect)
        headers = {"Server": "tencent-ci", "Date": format_date_time(time.time()), "x-ci-request-id": call.request_id}
        if call.family != "ci":
            headers["x-cos-request-id"] = call.request_id
        if failed:
            headers["x-ci-trace-id"] = _trace(call)
        if answer.content_type:
            headers["Content-Type"] = answer.content_type
        if fault is not None and fault.effect == "truncate":
            _send(start_response, answer.status, body, headers)
            return [body[: len(body) // 2]]
        return _send(start_response, answer.status, body, headers)

    __call__ = wsgi_app

    def _read(self, environ: WSGIEnvironment) -> Call:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if environ.get("wsgi.input_terminated"):
            length = -1
        headers = {
            name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
        }
        request_id = base64.b64encode(f"emulator-{next(self._numbers):08d}".encode()).decode()
        return Call.of(
            environ["REQUEST_METHOD"],
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"].encode("latin-1").decode(errors="replace") or "/",
            environ.get("QUERY_STRING", ""),
            headers,
            environ["wsgi.input"].read(length) if length else b"",
            request_id,
        )

    def _answer(self, call: Call, fault: Fault | None) -> tuple[Answer, bool]:
        """The answer, and whether it is an error."""
        wanted = None
        if fault is not None and fault.effect in ("error", "throttle"):
            wanted = CloudError(fault.code, fault.message, fault.status)
        try:
            if wanted is not None and not (fault and fault.commit):
                raise wanted
            with self._cloud.store.lock:
                answer = self._process(call)
            if wanted is not None:
                raise wanted
        except CloudError as error:
            return self._refusal(call, error, error is wanted), True
        except Exception:
            _log.exception("%s %s failed", call.method, call.target)
            return self._refusal(call, CloudError("InternalError", "the emulator failed; see its log")), True
        if fault is not None and fault.effect == "garbage":
            answer = Answer(data=fault.body.encode(), content_type=fault.content_type)
        elif fault is not None and fault.effect == "mislabel":
            answer = dataclasses.replace(answer, content_type=fault.content_type)
        return answer, False

    def _process(self, call: Call) -> Answer:
        if not call.family:
            raise CloudError(
                "InvalidHost", f"{call.host} is no host of the cloud; send <bucket>.ci.<region>.myqcloud.com"
            )
        if self.choices.throttle == "documented":
            self._throttle.take(call)
        if call.family in JSON_FAMILIES:
            return self._act(call)
        verify(call, self.accounts, time.time() + self.offset)
        _check_body(call)
        route = next((route for route in ROUTES if route.matches(call)), None)
        if route is None:
            name = f"{call.method} {call.target} on {call.family}"
            raise CloudError("NotImplemented", f"the emulator does not know {name}")
        route.check(call)
        needs_binding = self.choices.binding_required == "on" and call.bucket and route.answer not in switches.BINDING
        if needs_binding and not self._cloud.bound(call.place):
            code = "MediaBucketUnBinded" if call.family == "ci" else "PicBucketUnBinded"
            raise CloudError(code, f"the bucket {call.bucket} is not bound")
        return route.answer(self._cloud, call)

    def _act(self, call: Call) -> Answer:
        """The answer to a JSON call."""
        tc3.verify(call, self.accounts, time.time() + self.offset)
        route = next((route for route in ACTIONS if route.matches(call)), None)
        if route is None:
            raise CloudError("InvalidAction", f"the emulator does not know {call.action or 'a call without action'}")
        route.check(call)
        return route.answer(self._cloud, call)

    def _refusal(self, call: Call, error: CloudError, verbatim: bool = False) -> Answer:
        if call.family in JSON_FAMILIES:
            code = "RequestLimitExceeded" if error.code == "SlowDown" else error.code
            answer = Answer.json(call, {"Error": {"Code": code, "Message": str(error)}})
            return dataclasses.replace(answer, status=error.status if verbatim and code == error.code else 200)
        number = errors.CODES.get(error.code, (0, 0))[0]
        code = str(number) if number and self.choices.error_code == "number" else error.code
        status = error.status if verbatim else self.choices.statuses.get(error.code, error.status)
        root = errors.body(code, str(error), call.path, call.request_id, _trace(call))
        return Answer(root, status)

    def _note(self, at: float, call: Call, status: int, body: bytes, fault: Fault | None) -> None:
        words = {
            name: getattr(call, name) for name in ("method", "host", "family", "region", "bucket", "path", "action")
        }
        self._log.add(
            Request(
                at,
                **words,
                query=re.sub(r"(?<=q-signature=)[^&]+", "...", call.query),
                body=call.body.decode(errors="replace"),
                body_length=len(call.body),
                status=status,
                answer=body.decode(errors="replace"),
                answer_length=len(body),
                fault=fault.effect if fault is not None else "",
            )
        )


def _check_body(call: Call) -> None:
    digest = call.headers.get("content-md5")
    if digest and digest != base64.b64encode(hashlib.md5(call.body, usedforsecurity=False).digest()).decode():
        raise CloudError("InvalidContent", "Content-MD5 is not that of the body")
    given = call.headers.get("content-type", "")
    if call.body and given and "xml" not in given:
        raise CloudError("InvalidContentType", f"Content-Type {given}: expected application/xml")


def _trace(call: Call) -> str:
    return base64.b64encode(f"trace-{call.request_id}".encode()).decode()


def _send(start_response: StartResponse, status: int, body: bytes, headers: Mapping[str, str]) -> list[bytes]:
    phrase = http.HTTPStatus(status).phrase if status in http.HTTPStatus._value2member_map_ else "Unknown"
    start_response(f"{status} {phrase}", [*headers.items(), ("Content-Length", str(len(body)))])
    return [body]
