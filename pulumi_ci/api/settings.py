"""What the provider needs to know besides the program: where to send, as whom, and how patiently."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.model.kind import BucketName, RegionName

ADOPT = ("never", "identical", "match")
"""What create may do with an object that exists already; any other word is the id of one to take over."""
_KEYS = (
    *("region", "bucket", "subAppId", "endpoint", "adopt", "pace", "retrySeconds", "timeout", "patience"),
    "requestIds",
    "credentials",
)
_CREDENTIALS = ("secretId", "secretKey", "securityToken")


@dataclass(frozen=True)
class Settings:
    """Settings of one provider instance, from the environment, the provider's arguments or the stack's config."""

    region: str | None = None
    """Region of resources that name none (`ci:region`)."""
    bucket: str | None = None
    """Bucket of resources that name none (`ci:bucket`)."""
    sub_app_id: int | None = None
    """VOD application of resources that name none (`ci:subAppId`)."""
    endpoint: str | None = None
    """Where bytes go instead of the real host, such as an emulator's address (PULUMI_CI_ENDPOINT, `ci:endpoint`)."""
    adopt: str = "never"
    """What create does with an object that exists already (`ci:adopt`): never, identical or match."""
    paced: bool = True
    """Whether calls keep to the documented rates (`ci:pace`: on or off)."""
    retry_seconds: float = 60
    """How long a call may be tried again, in seconds (`ci:retrySeconds`); a throttled one five times as long."""
    timeout: float = 30
    """How long a call may take until its answer is whole, in seconds (`ci:timeout`); connecting gets 10 at most."""
    patience: float = 10
    """How long a read may show what was there before a write until that is believed, in seconds (PULUMI_CI_PATIENCE,
    `ci:patience`)."""
    anonymous: bool = False
    """Whether an answer without a request id is taken for the service's own (PULUMI_CI_REQUEST_IDS, `ci:requestIds`:
    required or optional). Every answer of the service has one; what has none comes from something on the way."""
    credentials: str = ""
    """A vendor's source asked for by name (`ci:credentials`): profile, cvm or oidc."""
    secret_id: str = ""
    secret_key: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"Settings(endpoint={self.endpoint!r}, region={self.region!r}, bucket={self.bucket!r})"


def settings(config: Callable[[str], str | None], environ: Mapping[str, str]) -> Settings:
    """The settings in force: PULUMI_CI_ENDPOINT and the credentials of the environment win over config.

    `config` answers for a key such as `ci:region`. Raises CiError for a value that makes no sense.
    """
    values = {key: config(f"ci:{key}") or None for key in (*_KEYS, *_CREDENTIALS)}
    for key in ("endpoint", "pace", "retrySeconds", "patience", "requestIds"):
        variable = "PULUMI_CI_" + "".join(f"_{c}" if c.isupper() else c for c in key).upper()
        values[key] = environ.get(variable) or values[key]
    adopt = values["adopt"] or "never"
    _one_of("ci:adopt", adopt, ADOPT)
    _one_of("ci:pace", values["pace"] or "on", ("on", "off"))
    _one_of("ci:requestIds", values["requestIds"] or "required", ("required", "optional"))
    _one_of("ci:credentials", values["credentials"] or "", ("", "profile", "cvm", "oidc"))
    endpoint = values["endpoint"]
    if endpoint is not None and not endpoint.startswith(("http://", "https://")):
        raise CiError(f"ci:endpoint is {endpoint!r}; write an address such as http://127.0.0.1:8780")
    application = values["subAppId"]
    if application is not None and not re.fullmatch("[0-9]{1,20}", str(application)):
        raise CiError(f"ci:subAppId is {application!r}; write the number of a VOD application")
    for key, mark in (("region", RegionName), ("bucket", BucketName)):
        if values[key] is not None and not re.fullmatch(mark.pattern, values[key] or ""):
            raise CiError(f"ci:{key} is {values[key]!r}; write {mark.words}, such as {mark.example}")
    secret_id = environ.get("TENCENTCLOUD_SECRET_ID") or ""
    secret_key = environ.get("TENCENTCLOUD_SECRET_KEY") or ""
    token = environ.get("TENCENTCLOUD_TOKEN") or environ.get("TENCENTCLOUD_SECURITY_TOKEN") or ""
    if bool(secret_id) != bool(secret_key):
        missing = "TENCENTCLOUD_SECRET_KEY" if secret_id else "TENCENTCLOUD_SECRET_ID"
        raise CiError(f"half of the credentials stand in the environment: {missing} is not set")
    if not secret_id:
        secret_id, secret_key = values["secretId"] or "", values["secretKey"] or ""
        token = values["securityToken"] or ""
    if bool(secret_id) != bool(secret_key):
        missing = "ci:secretKey" if secret_id else "ci:secretId"
        raise CiError(
            f"half of the credentials stand in the stack's config or the provider's arguments: {missing} is not set"
        )
    return Settings(
        region=values["region"],
        bucket=values["bucket"],
        sub_app_id=None if application is None else int(application),
        endpoint=endpoint.rstrip("/") if endpoint else None,
        adopt=adopt,
        paced=values["pace"] != "off",
        retry_seconds=_number("ci:retrySeconds", values["retrySeconds"], 60),
        timeout=_number("ci:timeout", values["timeout"], 30, above=0),
        patience=_number("ci:patience", values["patience"], 10),
        anonymous=values["requestIds"] == "optional",
        credentials=values["credentials"] or "",
        secret_id=secret_id,
        secret_key=secret_key,
        token=token,
    )


def _one_of(key: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise CiError(f"{key} is {value!r}; allowed are {', '.join(option for option in allowed if option)}")


def _number(key: str, value: Any, default: float, above: float | None = None) -> float:
    try:
        number = default if value is None else float(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= 3600 or number == above:
        raise CiError(f"{key} is {value!r}; write seconds {'from 0' if above is None else f'above {above:g}'} to 3600")
    return number
