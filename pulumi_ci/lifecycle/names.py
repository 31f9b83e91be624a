"""Names made for resources that were given none: readable, and the same in preview, up and the run after a crash."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from typing import Any

from pulumi_ci.lifecycle.observe import hide
from pulumi_ci.model import marks
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field


class Names:
    """Makes names, and remembers within one process which it made and which a state already owns.

    Both memories only steer names apart: without them a forced replacement or the run after a crash meets its own
    object, and `create` refuses with an error instead of adopting.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: set[tuple[str, str]] = set()
        self._owned: set[tuple[str, str]] = set()

    def make(self, kind: type[Kind], field: Field, logical: str, inputs: Mapping[str, Any]) -> str:
        """The name for `logical`, a path of `project/stack/.../name`, and these inputs."""
        mark = field.mark(marks.AutoName)
        assert mark is not None, field.name
        last = logical.rsplit("/", 1)[-1]
        stem = re.sub(r"[^A-Za-z0-9]+", mark.separator, last).strip(mark.separator) or kind.slug.split("-")[0]
        stem = stem[: mark.longest - 8]
        told = json.dumps(hide(kind, inputs), sort_keys=True, default=str)
        for attempt in range(1000):
            text = "\n".join([kind.slug, logical, told, str(attempt) if attempt else ""])
            name = f"{stem}{mark.separator}{hashlib.sha256(text.encode()).hexdigest()[:7]}"
            with self._lock:
                if (_place(kind, inputs), name) not in self._owned:
                    self._made.add((_place(kind, inputs), name))
                    return name
        raise AssertionError("a thousand replacements in one run")

    def own(self, kind: type[Kind], inputs: Mapping[str, Any], name: str) -> None:
        """Notes that a resource in the state has this name, so that its replacement gets another one."""
        with self._lock:
            self._owned.add((_place(kind, inputs), name))

    def made(self, kind: type[Kind], inputs: Mapping[str, Any], name: str) -> bool:
        """Whether this process made the name for a resource that the state does not own yet."""
        key = (_place(kind, inputs), name)
        with self._lock:
            return key in self._made and key not in self._owned


def _place(kind: type[Kind], inputs: Mapping[str, Any]) -> str:
    return "/".join([kind.slug, *(str(inputs.get(name)) for name in kind.scope)])
