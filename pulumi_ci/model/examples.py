"""The examples of a kind: right properties by name, which documentation shows and every test of a kind starts from."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml


@functools.cache
def examples(slug: str) -> dict[str, dict[str, Any]]:
    """Complete and right properties by name: `minimal` the fewest possible, `full` as many as go together; no more
    than an empty mapping when the kind has none. The caller must not change them. Source: kinds/examples/<slug>.yaml.
    """
    file = resources.files("pulumi_ci.kinds") / "examples" / f"{slug}.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
