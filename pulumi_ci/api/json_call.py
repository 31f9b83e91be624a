"""One call of a JSON API: what is sent, and what an answer means. Source: vod-CreateProcessImageAsyncTemplate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_ci.api.errors import CannotTell, NoAnswer, Target, api_error
from pulumi_ci.api.evidence import excerpt, stranger
from pulumi_ci.api.hosts import service_host
from pulumi_ci.wire import json

Object = dict[str, Any]


@dataclass(frozen=True)
class JsonCall:
    """What to send. `again` says that a second sending does no harm: a read, or a write of a whole object. `lacks` says
    what a good answer lacks to prove anything; `missing` are the codes by which the service says that the object of
    this call is not there.
    """

    target: Target
    operation: str
    service: str
    version: str
    action: str
    parameters: Mapping[str, Any]
    again: bool = True
    region: str = ""
    """Region, for services that ask for one. Source: mps-ProcessImage."""
    lacks: Callable[[Mapping[str, Any]], str] = lambda content: ""
    missing: Collection[str] = ()

    @property
    def host(self) -> str:
        """The real host."""
        return service_host(self.service)

    @property
    def headers(self) -> dict[str, str]:
        """What the call says besides its parameters; messages come in English."""
        return {
            "Content-Type": "application/json",
            "X-TC-Action": self.action,
            "X-TC-Version": self.version,
            "X-TC-Language": "en-US",
            **({"X-TC-Region": self.region} if self.region else {}),
        }

    @property
    def body(self) -> bytes:
        """The parameters as they are sent."""
        return json.write(self.parameters)


def understand(request: JsonCall, status: int, body: bytes, anonymous: bool = False) -> Object:
    """The content of a good answer. Raises ApiError for a refusal, which comes with HTTP 200, else NoAnswer.

    `anonymous` takes an answer without a request id for the service's own. The Content-Type is not asked: the official
    SDK is, and takes an error for a success when it has a charset.
    """
    try:
        response = json.parse(body).get("Response")
    except json.MalformedAnswer as error:
        response, reason = None, str(error)
    else:
        reason = "JSON without a Response"
    content = response if isinstance(response, dict) else {}
    request_id = str(content.get("RequestId") or "")
    if not request_id and not anonymous:
        reason = reason if response is None else "a Response without a RequestId"
        raise NoAnswer(request.target, request.operation, request.host, stranger(status, reason, body))
    refusal = content.get("Error")
    if isinstance(refusal, dict):
        code, message = str(refusal.get("Code") or ""), str(refusal.get("Message") or "")
        raise api_error(request.target, request.operation, code, message, status, request_id, request.missing)
    if status != 200:
        raise api_error(request.target, request.operation, "", excerpt(body), status, request_id)
    if not isinstance(response, dict):
        raise NoAnswer(request.target, request.operation, request.host, f"HTTP {status} with {reason}")
    if wrong := request.lacks(content):
        raise CannotTell(request.target, request.operation, f"HTTP {status} with {wrong} [request id {request_id}]")
    return content
