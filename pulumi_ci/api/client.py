"""One call of the API: paced, signed, sent, its answer or error understood, tried again where that is safe."""

from __future__ import annotations

import base64
import hashlib
import random
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar
from urllib.parse import urlencode

import requests
import tenacity
from requests import adapters
from requests.auth import AuthBase

from pulumi_ci.api import evidence, json_call
from pulumi_ci.api.call import Answer, Request
from pulumi_ci.api.credentials import Credentials, credentials
from pulumi_ci.api.errors import CannotTell, NoAnswer, NotSent, RateLimited, ServerFault, api_error
from pulumi_ci.api.exchange import Adapter, BrokenAnswer, Reply, TookTooLong, exchange, root_cause
from pulumi_ci.api.hosts import address, host_name
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.api.pace import ACTION_RATE, RATES, Pace
from pulumi_ci.api.settings import Settings
from pulumi_ci.api.signing import CosSignature, Tc3Signature
from pulumi_ci.wire import json, xml

PATIENCE = 5
"""How many times longer a throttled call is tried again than another one."""
A = TypeVar("A")


class Client:
    """Sends requests as one account; safe to use from several threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        source: Credentials | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        adapter: Callable[[], adapters.BaseAdapter] = Adapter,
    ) -> None:
        self.settings = settings
        self._credentials = source or credentials(settings)
        self._pace = pace or Pace()
        self._sleep = sleep
        self._chance = chance
        self._adapter = adapter
        self._local = threading.local()

    def send(self, request: Request) -> Answer:
        """The answer. Raises ApiError, NoAnswer or MissingCredentials; keys never stand in any of them."""
        return self._retried(request.again, lambda: self._once(request))

    def call(self, request: JsonCall) -> json_call.Object:
        """The answer of an action of a JSON API; raises as `send` does."""
        return self._retried(request.again, lambda: self._called(request))

    def _retried(self, again: bool, once: Callable[[], A]) -> A:
        retryable: tuple[type[Exception], ...] = (RateLimited, NotSent)
        if again:
            retryable = (*retryable, ServerFault, NoAnswer)
        growing = tenacity.wait_exponential(multiplier=0.3, max=8)
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(retryable),
            wait=lambda state: growing(state) + self._chance() / 2,
            stop=self._is_enough,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(once)

    def _is_enough(self, state: tenacity.RetryCallState) -> bool:
        """Whether to give up. A throttled call waits longer: others who use up the rate will be done some day."""
        passed = max(state.idle_for, state.seconds_since_start or 0) + state.upcoming_sleep
        if state.outcome is not None and isinstance(state.outcome.exception(), RateLimited):
            return passed >= self.settings.retry_seconds * PATIENCE
        return state.attempt_number >= 6 or passed >= self.settings.retry_seconds

    def _once(self, request: Request) -> Answer:
        host = host_name(request.host, request.place.bucket, request.place.region)
        query = "&".join(urlencode({k: v}) if v else k for k, v in request.query.items())
        target = f"{request.path}{'?' + query if query else ''}"
        headers = {}
        if request.body is not None:
            headers["Content-Type"] = "application/xml"
            headers["Content-MD5"] = base64.b64encode(
                hashlib.md5(request.body, usedforsecurity=False).digest()
            ).decode()

        def send() -> Answer:
            auth = CosSignature(self._credentials.keys())  # now, since keys may be renewed while a call waits its turn
            reply = self._exchange(request, request.method, host, target, headers, request.body, auth)
            return self._understand(request, host, reply)

        writes = request.method != "GET"
        return self._at_pace((request.place, request.host, writes), RATES.get((request.host, writes)), send)

    def _called(self, request: JsonCall) -> json_call.Object:
        def send() -> json_call.Object:
            auth = Tc3Signature(self._credentials.keys(), request.service)
            reply = self._exchange(request, "POST", request.host, "/", request.headers, request.body, auth)
            return json_call.understand(request, reply.status, reply.body, self.settings.anonymous)

        return self._at_pace((request.service, request.action), ACTION_RATE, send)

    def _at_pace(self, key: Hashable, rate: float | None, send: Callable[[], A]) -> A:
        """What `send` returns, when it is its turn; the pace of the key learns from how it went."""
        if not self.settings.paced:
            return send()
        started = self._pace.wait(key, rate)
        try:
            answer = send()
        except RateLimited:
            self._pace.slower(key, started)
            raise
        self._pace.faster(key)
        return answer

    def _exchange(
        self,
        request: Request | JsonCall,
        method: str,
        host: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        auth: AuthBase,
    ) -> Reply:
        """Sends bytes for the real host, wherever they go, and gets the whole answer."""
        real = address(host, target)
        url = self.settings.endpoint + target if self.settings.endpoint else real
        try:
            whole = {"Host": host, "User-Agent": "pulumi-ci", **headers}
            prepared = requests.Request(method, url, whole, data=body, auth=auth).prepare()
            return exchange(self._carrier(), prepared, self.settings.timeout)
        except requests.exceptions.ConnectTimeout:
            raise NotSent(request.target, request.operation, host, "connecting took too long") from None
        except (requests.exceptions.Timeout, TookTooLong):
            waited = f"no whole answer came within {self.settings.timeout:g} s (ci:timeout)"
            raise NoAnswer(request.target, request.operation, host, waited) from None
        except BrokenAnswer as error:
            raise NoAnswer(request.target, request.operation, host, f"the answer is broken: {error}") from None
        except requests.exceptions.RequestException as error:
            raise self._broken(request, host, error) from None

    def _carrier(self) -> adapters.BaseAdapter:
        """What carries the calls of this thread. No session: its cookies, proxies and redirects are not wanted."""
        carrier: adapters.BaseAdapter | None = getattr(self._local, "carrier", None)
        if carrier is None:
            carrier = self._local.carrier = self._adapter()
        return carrier

    def _broken(self, request: Request | JsonCall, host: str, error: requests.exceptions.RequestException) -> NoAnswer:
        reason = root_cause(error)
        via = f" (endpoint {self.settings.endpoint})" if self.settings.endpoint else ""
        refused = isinstance(error, requests.exceptions.ConnectionError) and _never_connected(error)
        sent: type[NoAnswer] = NotSent if refused else NoAnswer
        return sent(request.target, request.operation, host + via, reason)

    def _understand(self, request: Request, host: str, reply: Reply) -> Answer:
        body, wrong = reply.body.strip(), ""
        root: xml.Element | None = None
        try:
            root = _json_status(body) if body.startswith(b"{") else xml.parse(body) if body else None
        except xml.MalformedAnswer as error:
            wrong = str(error)
        refusal = _refusal(root)
        request_id = _request_id(reply.headers, root, refusal)
        if not request_id and not self.settings.anonymous:
            reason = evidence.stranger(reply.status, "no request id", body)
            raise NoAnswer(request.target, request.operation, host, reason)
        if refusal is not None or reply.status >= 300:
            code = message = ""
            if refusal is not None:
                code, message = refusal.findtext("Code") or "", refusal.findtext("Message") or ""
            if not code and not message:
                message = evidence.excerpt(body)
            about = (request.target, request.operation, code.strip(), message, reply.status, request_id)
            raise api_error(*about, request.missing)
        if request.root and (root is None or root.tag != request.root):
            wrong = wrong or f"{'nothing' if root is None else f'<{root.tag}>'}, not <{request.root}>"
        elif root is not None and root.tag.lower().endswith("html"):
            wrong = "a page of HTML"
        if wrong:
            reason = f"HTTP {reply.status} with {wrong} [request id {request_id or 'none'}]"
            raise NoAnswer(request.target, request.operation, host, reason)
        if lacking := request.lacks(root):
            seen = f"HTTP {reply.status} with {lacking} [request id {request_id or 'none'}]"
            raise CannotTell(request.target, request.operation, seen)
        return Answer(root, request_id)


def _refusal(root: xml.Element | None) -> xml.Element | None:
    """The error that an answer is, or holds in its Response whatever its status says."""
    if root is None or root.tag == "Error":
        return root
    return root.find("Error") if root.tag == "Response" else None


def _request_id(headers: Mapping[str, str], root: xml.Element | None, refusal: xml.Element | None) -> str:
    """The id that the service gives each answer. Source: 001; 006 and 030 show the header of COS."""
    told = (headers.get("x-ci-request-id"), headers.get("x-cos-request-id"))
    shown = (element.findtext("RequestId") for element in (refusal, root) if element is not None)
    return next((id for text in (*told, *shown) if (id := (text or "").strip())), "")


def _json_status(body: bytes) -> xml.Element | None:
    """The newer GetCIService answers `{"CIStatus": "on"}`; anything else in JSON is not expected here."""
    try:
        value = json.parse(body)
    except json.MalformedAnswer:
        return None
    if len(value) != 1:
        return None
    (name, text), *_ = value.items()
    root = ET.Element(str(name))
    root.text = str(text)
    return root


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    text = str(error)
    # Other TLS errors may come in the middle of an answer, when the call has been carried out.
    return any(word in text for word in ("NewConnectionError", "NameResolutionError", "CERTIFICATE_VERIFY_FAILED"))
