"""Takes out of a text what may not leave the account: keys, signatures, tokens, and the numbers of accounts."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

NAMELESS = "1250000000"
"""The account number of every example."""
HIDDEN = "(scrubbed)"
_KEY_ID = re.compile(r"\b(?:AKID|IKID)[A-Za-z0-9_-]{8,}")
_SIGNED = re.compile(r"\b(q-(?:ak|sign-time|key-time|signature|header-list|url-param-list)=)[^&\s\"'<]*", re.IGNORECASE)
_TC3 = re.compile(r"\b((?:Credential|Signature)=)[^,\s\"'<]+")
_WORDS = "secret|token|password|passwd|signature|credential|authorization|urikey|privatekey|accesskey"
_ELEMENT = re.compile(rf"<(\w*(?:{_WORDS})\w*)>[^<]+</\1>", re.IGNORECASE)
_JSON = re.compile(rf"(\"\w*(?:{_WORDS})\w*\"\s*:\s*)\"(?:[^\"\\]|\\.)*\"", re.IGNORECASE)
_PARAMETER = re.compile(rf"([?&;][\w-]*(?:{_WORDS})[\w-]*=)[^&\s\"'<]*", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://)(?:[^/\s\"'<@]*@)?([^\s\"'<?]*)(?:\?[^\s\"'<]*)?")
"""Addresses, such as those of callbacks, lose their user and their query."""
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])\d{8,12}(?![0-9A-Za-z])")
"""APPIDs, UINs and numbers of applications; times in answers are dates, so no such number is lost."""


class Leak(Exception):
    """A secret is still in a text that was scrubbed."""


class Scrub:
    """Scrubs texts of one account.

    `secrets` are the keys and tokens in use; `names` are texts to replace by others, such as the bucket by a nameless
    one, and go first.
    """

    def __init__(self, secrets: Iterable[str], names: Mapping[str, str]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        self._secrets = sorted(forms, key=len, reverse=True)
        self._names = {name: other for name, other in names.items() if name}

    def __call__(self, text: str) -> str:
        """The text without what may not leave the account. Raises Leak rather than give one that holds a secret."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        for name, other in self._names.items():
            text = re.sub(rf"(?<![0-9A-Za-z]){re.escape(name)}(?![0-9A-Za-z])", other, text)
        text = _KEY_ID.sub(HIDDEN, text)
        text = _ADDRESS.sub(r"\g<1>\g<2>", text)
        for pattern in (_SIGNED, _TC3, _PARAMETER):
            text = pattern.sub(rf"\g<1>{HIDDEN}", text)
        text = _ELEMENT.sub(rf"<\g<1>>{HIDDEN}</\g<1>>", text)
        text = _JSON.sub(rf'\g<1>"{HIDDEN}"', text)
        text = _ACCOUNT.sub(NAMELESS, text)
        if any(secret in text for secret in self._secrets):
            raise Leak("a secret is left in an exchange that was to be recorded; it is not written")
        return text


def _forms(secret: str) -> Iterable[str]:
    """A secret as it may stand in a text: as it is, quoted for an address, and in base64."""
    yield secret
    yield quote(secret, safe="")
    yield base64.b64encode(secret.encode()).decode()
