"""Tencent Cloud Infinite (CI) as code: dynamic Pulumi resources, drift detection and promotion.

The one public door: a resource class for every kind, `Provider`, and the modules `image`, `workflow` and `vod` (the
kinds of Video on Demand). Names are loaded when they are first used, because every provider process imports this
package.
"""

from __future__ import annotations

import importlib
from typing import Any

_NAMES = {"Provider": "pulumi_ci.provider.instance"}
_MODULES = ("image", "vod", "workflow")


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return __dir__()
    if name in _MODULES:
        return importlib.import_module(f"pulumi_ci.{name}")
    if name in _NAMES:
        return getattr(importlib.import_module(_NAMES[name]), name)
    if not name.startswith("_") and name[:1].isupper():
        found = importlib.import_module("pulumi_ci.provider.resources").find("ci", name)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    kinds = importlib.import_module("pulumi_ci.provider.resources").names("ci")
    return sorted([*kinds, *_NAMES, *_MODULES])
