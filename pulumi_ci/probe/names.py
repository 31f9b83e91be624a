"""The names of what a probe makes: a fixed part that nobody else uses, and a random part for each run."""

from __future__ import annotations

import re
import secrets

FIXED = "pulumi-ci-probe-"
"""How the name of everything that any probe makes begins."""
_PREFIX = re.compile(rf"{re.escape(FIXED)}[0-9a-f]{{8}}-")


def new_prefix() -> str:
    """The prefix of one run, such as `pulumi-ci-probe-1f0a9c3e-`."""
    return f"{FIXED}{secrets.token_hex(4)}-"


def is_prefix(text: str) -> bool:
    """Whether a text is the prefix of a run."""
    return _PREFIX.fullmatch(text) is not None


def is_probes(name: str, prefix: str = "") -> bool:
    """Whether an object of that name was made by the run with that prefix, or by any run when none is given."""
    return name.startswith(prefix) if prefix else _PREFIX.match(name) is not None
