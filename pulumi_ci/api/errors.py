"""Everything that can go wrong with a call, as a tree that retries and lifecycles decide by.

CiError
  InvalidInput        bad values, found before anything is sent
  MissingCredentials  no source had any
  ApiError            the API refused: code, message, HTTP status, request id
    NotFound  NotBound  AlreadyExists  AccessDenied  RateLimited  ServerFault
  NoAnswer            no usable answer came: whether the call was carried out is not known
    NotSent           the call cannot have been carried out
    CannotTell        the service answered, but nothing follows from its answer
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pulumi_ci.model.node import Failure
from pulumi_ci.model.path import show
from pulumi_ci.model.printable import printable


class CiError(Exception):
    """Any error of this package that a user may see; its text is one readable paragraph, and printable."""

    def __init__(self, text: str) -> None:
        super().__init__(printable(text, keep="\n"))


class InvalidInput(CiError):
    """Values that cannot be sent; `failures` holds all of them with their paths."""

    def __init__(self, what: str, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__("\n  ".join([f"{what}:", *(f"{show(f.path)} {f.reason}" for f in failures)]))


class MissingCredentials(CiError):
    """No credentials were found; the text says which sources were tried."""


@dataclass(frozen=True)
class Target:
    """What a call is about, for error texts: kind, `region/bucket` and the id or name."""

    kind: str
    place: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.id} in {self.place}" if self.id else f"{self.kind} in {self.place}"


class ApiError(CiError):
    """The API refused a call."""

    def __init__(
        self, target: Target, operation: str, code: str, message: str, status: int, request_id: str, hint: str = ""
    ) -> None:
        code, message, request_id = printable(code), printable(message), printable(request_id)
        self.target, self.operation, self.code, self.status = target, operation, code, status
        self.message, self.request_id = message, request_id
        text = f"{target}: {operation} failed with {code or 'no code'} (HTTP {status}): {message or 'no message'}"
        super().__init__(f"{text} [request id {request_id or 'none'}]" + (f". {hint}" if hint else ""))


class NotFound(ApiError):
    """The object that the call is about is not there (any more): the service said so with a documented code."""


class NotBound(ApiError):
    """The bucket is not bound to the service, which says nothing of the objects that it held: none is gone for it."""


class AlreadyExists(ApiError):
    """The name, or the setting, is taken."""


class AccessDenied(ApiError):
    """The credentials are wrong, expired or lack a permission."""


class RateLimited(ApiError):
    """Too many calls; nothing was carried out."""


class ServerFault(ApiError):
    """The service failed; whether the call was carried out is not known."""


class NoAnswer(CiError):
    """No usable answer came back; the call may or may not have been carried out."""

    def __init__(self, target: Target, operation: str, host: str, reason: str) -> None:
        self.target, self.operation = target, operation
        super().__init__(f"{target}: {operation} got no answer from {host}: {printable(reason)}")


class NotSent(NoAnswer):
    """The connection could not be made, so nothing was carried out."""


class CannotTell(NoAnswer):
    """The service answered, but nothing follows from its answer: neither that the object is there nor that it is gone.

    Read again where that is safe; a create is looked for, as after any unclear answer.
    """

    def __init__(self, target: Target, operation: str, seen: str) -> None:
        self.target, self.operation = target, operation
        CiError.__init__(
            self,
            f"{target}: {operation} cannot tell what is there: {printable(seen)}. Nothing follows from this, so the "
            "state stays as it is. Try again; if it lasts, compare with the web console: something on the way changes "
            "the answers, or the service has changed",
        )


_NOT_BOUND = {"MediaBucketUnBinded", "1111", "PicBucketUnBinded"}
_EXISTS = {"TemplateNameDuplicate", "1112", "BucketAlreadyBinded", "1100"}
_DENIED = {
    *("MissingAuthorization", "1012", "InvalidAuthorization", "1013", "SignatureExpired", "1014", "AccessDenied"),
    *("1018", "SecretidNotExist", "1019", "SignatureDoesNotMatch", "InvalidAccessKeyId", "-60936", "-60932", "-60938"),
    *("RequestTimeTooSkewed", "ExpiredToken", "InvalidSecurityToken", "AuthFailure", "UnauthorizedOperation"),
}
_SLOW = {"SlowDown", "1020", "-60949", "-29214", "RequestLimitExceeded", "TooManyRequests"}
_FAULT = {"InternalError", "1007", "ServiceUnavailable"}


def api_error(
    target: Target,
    operation: str,
    code: str,
    message: str,
    status: int,
    request_id: str,
    missing: Collection[str] = (),
) -> ApiError:
    """The error of the right class: by the code first, since the status of most codes is not documented.

    `missing` are the codes by which the service says that the object of this call is not there. The same code in the
    answer to another call is about an object that the call names: a template in the body of a workflow.
    Codes of the JSON APIs say more after a dot: `AuthFailure.SignatureExpire`, `ResourceNotFound.TemplateNotExist`.
    """
    hint = ""
    known = code.partition(".")[0]
    if code in missing:
        error: type[ApiError] = NotFound
    elif known in _NOT_BOUND:
        error = NotBound
        hint = (
            "The bucket is not bound to the service. Bind it in the web console, or declare its binding, or the "
            "service, before this resource or in its `depends_on`; the object may be there all the same, so it stays "
            "in the state"
        )
    elif known in _EXISTS:
        error = AlreadyExists
    elif known in _DENIED:
        error, hint = AccessDenied, "Check the credentials, the clock of this machine and the grants of the account"
    elif known in _SLOW:
        error = RateLimited
    elif known in _FAULT:
        error = ServerFault
    elif code:
        error = ServerFault if status >= 500 else ApiError
    else:
        error = {401: AccessDenied, 403: AccessDenied, 409: AlreadyExists, 429: RateLimited}.get(
            status, ServerFault if status >= 500 else ApiError
        )
    return error(target, operation, code, message, status, request_id, hint)


class Interrupted(CiError):
    """Work of several steps that ended early: what was done, what is left, and the error that ended it."""

    def __init__(self, cause: CiError, text: str) -> None:
        super().__init__(text)
        self.cause = cause
