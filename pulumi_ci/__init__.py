"""Tencent Cloud Infinite (CI) as code: dynamic Pulumi resources, drift detection and promotion.

The one public door: a resource class for every kind, look-ups (`find_<kind>`, `list_<kind>s`), `Provider`, `load`
for environment files, and the modules `image`, `workflow`, `vod` (the kinds of Video on Demand) and `mps` (those of
Media Processing Service). Names are loaded when they are first used, because every provider process imports this
package.
"""

from __future__ import annotations

import importlib
from typing import Any

_NAMES = {"Provider": "pulumi_ci.provider.instance", "load": "pulumi_ci.environment.load"}
_MODULES = ("image", "mps", "vod", "workflow")


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return __dir__()
    if name in _MODULES:
        return importlib.import_module(f"pulumi_ci.{name}")
    if name in _NAMES:
        return getattr(importlib.import_module(_NAMES[name]), name)
    if name[:1].isupper() or name.startswith(("find_", "list_")):
        found = importlib.import_module("pulumi_ci.provider.door").find("ci", name)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    kinds = importlib.import_module("pulumi_ci.provider.door").names("ci")
    return sorted([*kinds, *_NAMES, *_MODULES])
