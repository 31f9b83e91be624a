"""What each public module offers of the kinds: a resource class, look-ups and the classes of their results."""

from __future__ import annotations

from typing import Any

from pulumi_ci.provider import resources


def find(module: str, name: str) -> Any:
    """What a module (`ci`, `mps`, `vod`) offers under a name, loading no other kind; None when it offers nothing."""
    return resources.find(module, name) or _lookups().find(module, name)


def names(module: str) -> list[str]:
    """All names that a module offers of the kinds."""
    return [*resources.names(module), *_lookups().names(module)]


def _lookups() -> Any:
    from pulumi_ci.provider import lookups  # brings the client, which a program that only declares does without

    return lookups
