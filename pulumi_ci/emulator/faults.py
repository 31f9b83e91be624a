"""Faults on request: which calls go wrong, how often, and how."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from pulumi_ci.emulator.routing import Call

Effect = Literal["error", "throttle", "delay", "refuse", "reset", "timeout", "drop", "truncate", "garbage", "mislabel"]


@dataclass
class Fault:
    """One rule. Which calls match, which of those it strikes, and what then happens."""

    effect: Effect
    """`error`: an error body; `throttle`: 503 SlowDown, in JSON RequestLimitExceeded; `delay`: nothing but `delay`;
    `refuse`: the connection is refused (a socket that was accepted is reset); `reset`: the connection is reset and
    nothing is done; `timeout`: no answer comes, and nothing is done; `drop`: the call is done and the connection closed
    without an answer; `truncate`: the call is done and half of the answer sent; `garbage`: the call is done and `body`
    answered in the place of what it should; `mislabel`: the call is done and the right answer has another
    Content-Type."""
    method: str = ""
    """Method; "" = any."""
    path: str = ""
    """Pattern looked for in path and query, such as `^/template` or `[?]paused`; "" = any."""
    action: str = ""
    """Action of a JSON call; "" = any."""
    family: Literal["", "ci", "pic", "cos", "vod", "mps"] = ""
    """Family of hosts; "" = any."""
    bucket: str = ""
    """Bucket; "" = any."""
    nth: int = 0
    """Strikes the nth matching call only, from 1. 0 = any."""
    since: int = 0
    """Strikes from the matching call of this number on, from 1. 0 = from the first."""
    every: int = 0
    """Strikes every nth matching call. 0 = all."""
    times: int = 0
    """Strikes so often, then never again. 0 = without end."""
    status: int = 500
    """HTTP status of `error`; 200 puts the error into an answer that says it went well."""
    code: str = "InternalError"
    """Code of `error`."""
    message: str = "a fault on request"
    """Message of `error`."""
    commit: bool = False
    """Whether `error`, `throttle`, `reset` or `timeout` comes after the call has been done."""
    body: str = "<html><body>captive portal</body>"
    """Content of `garbage`."""
    content_type: str = "text/html"
    """Content-Type of `garbage` and `mislabel`."""
    delay: float = 0.0
    """Seconds before anything else happens."""
    seen: int = 0
    """Calls that matched so far."""
    struck: int = 0
    """Calls that it struck so far."""

    def __post_init__(self) -> None:
        re.compile(self.path)
        if self.effect == "throttle":
            self.status, self.code, self.message = 503, "SlowDown", "too many requests"

    @property
    def answers(self) -> bool:
        """Whether any answer comes."""
        return self.effect not in ("refuse", "reset", "timeout", "drop")

    @property
    def undone(self) -> bool:
        """Whether the call is lost before it is done."""
        return self.effect == "refuse" or (self.effect in ("reset", "timeout") and not self.commit)

    def strikes(self, call: Call) -> bool:
        """Counts the call when it matches, and says whether the fault strikes it."""
        if self.method not in ("", call.method) or self.family not in ("", call.family):
            return False
        if self.action not in ("", call.action):
            return False
        if self.bucket not in ("", call.bucket) or not re.search(self.path, call.target):
            return False
        self.seen += 1
        if (self.nth and self.seen != self.nth) or self.seen < self.since or (self.every and self.seen % self.every):
            return False
        if self.times and self.struck >= self.times:
            return False
        self.struck += 1
        return True


class Faults:
    """The rules in force; the first that strikes a call decides."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, effect: Effect | Fault, **words: Any) -> Fault:
        """Adds a rule, `add("error", method="POST", status=500)`. Raises ValueError for a rule that makes no sense."""
        fault = effect if isinstance(effect, Fault) else self.read({"effect": effect, **words})
        with self._lock:
            self._rules.append(fault)
        return fault

    @staticmethod
    def read(words: Mapping[str, Any]) -> Fault:
        """A rule from plain data."""
        unknown = sorted(words.keys() - set(Fault.__dataclass_fields__))
        if unknown:
            raise ValueError(f"a fault has no {', '.join(unknown)}; it has {', '.join(Fault.__dataclass_fields__)}")
        try:
            return TypeAdapter(Fault).validate_python(dict(words))
        except (ValidationError, re.error) as error:
            raise ValueError(f"the fault {dict(words)} makes no sense: {error}") from None

    def clear(self) -> None:
        """Removes all rules."""
        with self._lock:
            self._rules.clear()

    def all(self) -> list[Fault]:
        """The rules in force, with their counts."""
        with self._lock:
            return list(self._rules)

    def strike(self, call: Call) -> Fault | None:
        """The rule that strikes this call; every rule counts it."""
        with self._lock:
            return next((fault for fault in [f for f in self._rules if f.strikes(call)]), None)
