"""Faults on request: which calls go wrong, how often, and how."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from pulumi_ci.emulator.routing import Call

# fmt: off
Effect = Literal[
    "refuse", "reset", "timeout", "drop", "truncate",
    "error", "error-inside", "throttle", "empty", "envelope", "garbage",
    "mislabel", "anonymous", "swap", "stale",
    "rows", "count", "spelling", "unknown", "syntax", "nest",
    "delay", "drip", "bloat",
]
# fmt: on
FORMS: dict[str, tuple[str, ...]] = {
    "rows": ("twice", "reversed"),
    "spelling": ("upper", "title", "decimal", "zeros", "plus"),
    "syntax": ("escaped", "comments", "instructions", "bom"),
    "drip": ("body", "headers"),
    "bloat": ("plain", "gzip"),
}
"""The forms of an effect that has several, the usual one first."""
_AMOUNTS = {"nest": 2_000, "drip": 1, "bloat": 64}


@dataclass
class Fault:
    """One rule. Which calls match, which of those it strikes, and what then happens.

    It is plain data: `emulator.faults.add("stale", seconds=3, path="^/template")`, or the same words as JSON for
    `POST /_emulator/faults`.
    """

    effect: Effect
    """What happens to a call that is struck.

    No answer, or half of one: `refuse`: the connection is refused (a socket that was accepted is reset); `reset`: the
    connection is reset and nothing is done; `timeout`: no answer comes, and nothing is done; `drop`: the call is done
    and the connection closed without an answer; `truncate`: the call is done and half of the answer sent.

    Another answer, with `commit` after the call has been done: `error`: an error body; `error-inside`: HTTP 200 with
    the error inside `<Response>`, as JSON services have it; `throttle`: 503 SlowDown, in JSON RequestLimitExceeded;
    `empty`: HTTP `status` without body and request id, as a gateway answers; `envelope`: HTTP 200 with the request id
    and nothing else. `garbage`: the call is done and `body` answered in the place of what it should.

    The right answer, but: `mislabel`: with another Content-Type; `anonymous`: without request id, in headers and body;
    `swap`: with that of another call of the same route: of one that comes within `seconds` and gets this one's in turn,
    else of the latest before, so that a page of a list may be the one before it again. `stale`: a read sees everything
    as it was before the last writes, which it does not see for `seconds`, or for `reads` reads that the rule strikes;
    writes from before the rule are seen.

    The right answer changed: `rows`: each row `twice`, or the rows `reversed`; `count`: `text` as TotalCount;
    `spelling`: booleans and switches as TRUE and ON (`upper`) or True and On (`title`), numbers as 640.0 (`decimal`),
    0640 (`zeros`) or +640 (`plus`), but no names and ids; `unknown`: elements that no page has, in every block, in
    every row and at the root; `syntax`: the same content as CDATA, in JSON as escapes (`escaped`), with `comments` or
    processing `instructions` inside texts, which JSON does not have, or behind a byte order mark (`bom`); `nest`: an
    unknown element, nested `amount` times, in every block.

    The right answer slowly, or too much of it: `delay`: nothing but `delay`; `drip`: `amount` bytes a second, of the
    `body` or of the `headers` too, until the client leaves; `bloat`: `amount` MiB of blanks behind it, `plain` or in
    `gzip`."""
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
    """HTTP status of `error` and `empty`; 200 puts the error into an answer that says it went well."""
    code: str = "InternalError"
    """Code of `error`."""
    message: str = "a fault on request"
    """Message of `error`."""
    commit: bool = False
    """Whether an effect that has this word comes after the call has been done; a call that is refused then says so."""
    body: str = "<html><body>captive portal</body>"
    """Content of `garbage`."""
    content_type: str = "text/html"
    """Content-Type of `garbage` and `mislabel`."""
    delay: float = 0.0
    """Seconds before anything else happens."""
    form: str = ""
    """Which form the effect takes, for those that have several; "" = the first that is named above."""
    text: str = "-1"
    """TotalCount of `count`, such as `0`, `-1` or `²`; "" = none. In JSON it is a number where it can be one."""
    amount: int = 0
    """Levels of `nest`, bytes a second of `drip`, MiB of `bloat`; 0 = 2,000, 1 and 64."""
    seconds: float = 0.0
    """How long `stale` does not show a write, by the emulator's clock; how long `swap` waits for another call."""
    reads: int = 0
    """How many reads `stale` does not show a write to."""
    begun: int = 0
    """Writes of the cloud before the rule was added; `stale` shows them."""
    seen: int = 0
    """Calls that matched so far."""
    struck: int = 0
    """Calls that it struck so far."""

    def __post_init__(self) -> None:
        re.compile(self.path)
        forms = FORMS.get(self.effect, ("",))
        self.form = self.form or forms[0]
        if self.form not in forms:
            raise ValueError(f"{self.effect} has no form {self.form!r}; it has {', '.join(forms) or 'none'}")
        if self.effect == "stale" and self.seconds <= 0 and self.reads <= 0:
            raise ValueError("stale needs the seconds, or the reads, for which a write is not shown")
        if self.amount < 0:
            raise ValueError(f"amount {self.amount}: a number from 1, or 0 for the usual one")
        self.amount = self.amount or _AMOUNTS.get(self.effect, 0)
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

    def __init__(self, written: Callable[[], int] = lambda: 0) -> None:
        self._written = written
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, effect: Effect | Fault, **words: Any) -> Fault:
        """Adds a rule, `add("error", method="POST", status=500)`. Raises ValueError for a rule that makes no sense."""
        fault = effect if isinstance(effect, Fault) else self.read({"effect": effect, **words})
        fault.begun = self._written()
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
