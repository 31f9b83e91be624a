"""The cloud on loopback: an emulator of the API, for tests, for examples and for trying things out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_ci.emulator.app import Emulator
    from pulumi_ci.emulator.choices import Choices
    from pulumi_ci.emulator.faults import Fault
    from pulumi_ci.emulator.log import Request
    from pulumi_ci.emulator.server import Server, serve
    from pulumi_ci.emulator.signature import SECRET_ID, SECRET_KEY, Account

__all__ = ["SECRET_ID", "SECRET_KEY", "Account", "Choices", "Emulator", "Fault", "Request", "Server", "serve"]

_HOMES = {
    "Account": "signature",
    "Choices": "choices",
    "Emulator": "app",
    "Fault": "faults",
    "Request": "log",
    "SECRET_ID": "signature",
    "SECRET_KEY": "signature",
    "Server": "server",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    # Loaded at first use, because pytest imports this package for its plugin in every run.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
