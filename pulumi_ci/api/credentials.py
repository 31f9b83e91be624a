"""Credentials: given ones first, then the vendor's own sources when asked for by name."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pulumi_ci.api.errors import MissingCredentials
from pulumi_ci.api.settings import Settings


@dataclass(frozen=True)
class Keys:
    """One set of keys; its parts never print."""

    secret_id: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(repr=False, default="")


class Credentials(Protocol):
    """A source of keys; asked before every call, so that temporary ones are renewed before they expire."""

    def keys(self) -> Keys:
        """The keys to sign with now. Raises MissingCredentials."""


class Fixed:
    """Keys that were given."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def keys(self) -> Keys:
        """The keys that were given."""
        return self._keys


class Missing:
    """No keys: a preview works, the first call fails and says where keys were looked for."""

    def keys(self) -> Keys:
        """Raises MissingCredentials."""
        raise MissingCredentials(
            "no credentials: tried the environment (TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY), the provider's "
            "arguments and the stack's config (ci:secretId, ci:secretKey). Set one of them, or ask for a vendor source "
            "with ci:credentials: profile, cvm or oidc"
        )


class Vendor:
    """The vendor's own providers, which renew temporary keys themselves."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._credential: Any = None

    def keys(self) -> Keys:
        """The keys of the vendor's source. Raises MissingCredentials when it has none."""
        with self._lock:
            if self._credential is None:
                self._credential = self._load()
            try:
                secret_id, secret_key, token = self._credential.get_credential_info()
            except Exception as error:
                raise MissingCredentials(f"credentials source {self._source}: {type(error).__name__}") from None
        if not secret_id or not secret_key:
            raise MissingCredentials(f"credentials source {self._source} (ci:credentials) has no keys")
        return Keys(secret_id, secret_key, token or "")

    def _load(self) -> Any:
        from tencentcloud.common import credential

        sources: Mapping[str, Any] = {
            "profile": credential.ProfileCredential,
            "cvm": credential.CVMRoleCredential,
            "oidc": credential.DefaultTkeOIDCRoleArnProvider,
        }
        try:
            found = sources[self._source]().get_credential()
        except Exception as error:  # the SDK raises AttributeError for a profile without [default], and worse
            raise MissingCredentials(f"credentials source {self._source}: {type(error).__name__}") from None
        if found is None:
            raise MissingCredentials(f"credentials source {self._source} (ci:credentials) has no keys")
        return found


def credentials(settings: Settings) -> Credentials:
    """The source of keys that the settings name."""
    if settings.secret_id and settings.secret_key:
        return Fixed(Keys(settings.secret_id, settings.secret_key, settings.token))
    return Vendor(settings.credentials) if settings.credentials else Missing()
