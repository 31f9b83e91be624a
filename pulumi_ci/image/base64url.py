"""URL-safe Base64 without padding: the spelling of texts, addresses, fonts and colours in a rule."""

from __future__ import annotations

import base64
import re


def encode(clear: str) -> str:
    """The UTF-8 bytes of `clear`."""
    return canonical(clear.encode())


def canonical(data: bytes) -> str:
    """The one spelling of `data`."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of `text`, padded or not; ValueError when it is empty or goes beyond the URL-safe alphabet."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", text):
        raise ValueError(text)
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
