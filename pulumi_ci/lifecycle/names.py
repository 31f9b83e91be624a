"""Names made for resources that were given none: readable, and the same in preview, up and the run after a crash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pulumi_ci.lifecycle.observe import hide
from pulumi_ci.model import marks
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field

LOGICAL_NAME = "logical_name"
"""Input and output that says which resource of which stack it is: `project/stack/name`, with the parent's URN before
the name where there is one."""


def title(logical: str) -> str:
    """The name that the program gives a resource, of its logical name."""
    return logical.rsplit("/", 1)[-1]


def owner_of(values: Mapping[str, Any]) -> str:
    """The logical name in inputs or outputs; "" where they hold none, or it is not known yet."""
    name = values.get(LOGICAL_NAME)
    return name if isinstance(name, str) else ""


def make(kind: type[Kind], field: Field, logical: str, inputs: Mapping[str, Any]) -> str:
    """The name for a resource with that logical name and these inputs."""
    mark = field.mark(marks.AutoName)
    assert mark is not None, field.name
    hashed = json.dumps(hide(kind, inputs), sort_keys=True, default=str)
    text = "\n".join([kind.slug, logical, hashed])
    return f"{_stem(kind, mark, logical)}{mark.separator}{_digits(text)}"


def stem_of(kind: type[Kind], name: str, logical: str | None = None) -> str | None:
    """What stands before the digits of a made name; None for a name that nobody here made.

    With the logical name only a name that was made for it counts; without, any name that ends as made ones do.
    """
    auto = kind.auto_named()
    mark = None if auto is None else auto.mark(marks.AutoName)
    found = mark and re.fullmatch(rf"(.+){re.escape(mark.separator)}([0-9a-f]{{7}})", name)
    if not mark or not found or not re.search("[a-f]", found[2]):
        return None
    return found[1] if logical is None or found[1] == _stem(kind, mark, logical) else None


def _stem(kind: type[Kind], mark: marks.AutoName, logical: str) -> str:
    last = logical.rsplit("/", 1)[-1]
    stem = re.sub(r"[^A-Za-z0-9]+", mark.separator, last).strip(mark.separator) or kind.slug.split("-")[0]
    return stem[: mark.longest - 8]


def _digits(text: str) -> str:
    """Seven hex digits, a letter among them, so that no date or number looks like them."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    windows = (digest[start : start + 7] for start in range(len(digest) - 6))
    return next((window for window in windows if re.search("[a-f]", window)), "a" + digest[:6])
