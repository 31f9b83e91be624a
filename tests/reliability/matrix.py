"""The fault matrix: every kind, every call of its life, every fault, once and lasting; what is left is compared.

Each case is a cloud of its own. A fault strikes the nth call of one operation, or that call and all later ones. The
operation ends well, or with an error that says what the cloud said; then the next run comes without a fault and takes
the advice of the error. In the end the store of the cloud is to be the one of a run without faults. Run as a script it
prints one row a kind.
"""

from __future__ import annotations

import functools
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "conformance")]

import requests  # noqa: E402
from generate import EXAMPLES, Values, candidates, places, put  # noqa: E402
from world import Wire, World  # noqa: E402

from pulumi_ci.api.client import Client  # noqa: E402
from pulumi_ci.api.errors import CiError  # noqa: E402
from pulumi_ci.emulator import SECRET_KEY, Choices, Fault  # noqa: E402
from pulumi_ci.lifecycle.diff import diff  # noqa: E402
from pulumi_ci.lifecycle.lifecycle import Stored  # noqa: E402
from pulumi_ci.model import marks  # noqa: E402
from pulumi_ci.model.api import Adopted, JsonAction, JsonCollection, Switch  # noqa: E402
from pulumi_ci.model.check import check  # noqa: E402
from pulumi_ci.model.kind import Kind, kinds  # noqa: E402
from pulumi_ci.model.path import reach  # noqa: E402
from pulumi_ci.model.shape import Leaf  # noqa: E402

OPERATIONS = ("create", "read", "update", "delete")
CHOICES = Choices(references="free", run_ends="after-seconds")
NOON = 1_700_000_000.0
"""The time in every cloud, so that all answers are the same."""


@dataclass(frozen=True)
class Trouble:
    """One fault: the rule of the emulator for calls in XML and in JSON, and what an error must repeat of it."""

    xml: Mapping[str, Any]
    json: Mapping[str, Any]
    says: tuple[str, ...] = ()
    """Words of the answer that stand in the error, of an XML call and of a JSON call."""

    def fault(self, kind: type[Kind], call: int, lasting: bool) -> Fault:
        """The rule for the nth call of a kind, or for that and all later ones."""
        fault = Fault(**(self.json if is_json(kind) else self.xml))
        fault.nth, fault.since = (0, call) if lasting else (call, 0)
        return fault


def _same(effect: str, says: str = "", **words: Any) -> Trouble:
    rule = {"effect": effect, **words}
    return Trouble(rule, rule, (says, says) if says else ())


def _error(status: int, code: str, json_code: str = "", **words: Any) -> Trouble:
    rule = {"effect": "error", "status": status, **words}
    return Trouble({**rule, "code": code}, {**rule, "code": json_code or code}, (code, json_code or code))


def _answer(text: str, json_text: str) -> Trouble:
    return Trouble(
        {"effect": "garbage", "body": text, "content_type": "application/xml"},
        {"effect": "garbage", "body": json_text, "content_type": "application/json"},
    )


TROUBLES: dict[str, Trouble] = {
    "connection refused": _same("refuse"),
    "reset before the commit": _same("reset"),
    "reset after the commit": _same("reset", commit=True),
    "answer dropped": _same("drop"),
    "time-out before the commit": _same("timeout"),
    "time-out after the commit": _same("timeout", commit=True),
    "500 before the commit": _error(500, "InternalError"),
    "500 after the commit": _error(500, "InternalError", commit=True),
    "503": _error(503, "ServiceUnavailable"),
    "throttled": Trouble({"effect": "throttle"}, {"effect": "throttle"}, ("SlowDown", "RequestLimitExceeded")),
    "throttled in a good answer": _error(200, "SlowDown", "RequestLimitExceeded"),
    "truncated": _same("truncate"),
    "malformed": _answer("<Response><RequestId>r</Request>", '{"Response": {"RequestId": "r"'),
    "nothing": _answer("", ""),
    "well-formed page": _answer("<html><body>portal</body></html>", '{"error": "portal"}'),
    "the other format": _answer('{"message": "moved", "code": 1}', "<Response></Response>"),
    "wrong content type": _same("mislabel", content_type="text/plain; charset=latin-1"),
    "token expired": _error(403, "ExpiredToken", "AuthFailure.TokenFailure"),
    "clock skewed": _error(403, "RequestTimeTooSkewed", "AuthFailure.SignatureExpire"),
    "signature expired": _error(403, "SignatureExpired", "AuthFailure.SignatureFailure"),
}
LASTING = (
    *("connection refused", "answer dropped", "500 after the commit", "throttled", "well-formed page"),
    *("the other format", "token expired"),
)
"""Faults that are also tried from the nth call on to the end of the operation."""
MEDDLING = ("vanished", "changed by another")
"""What somebody else does to the object right before the nth call."""


@dataclass(frozen=True)
class Case:
    """One cell's try: which call of which operation is struck by what, and whether it goes on."""

    operation: str
    call: int
    trouble: str
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.operation}, call {self.call}{' and later' if self.lasting else ''}: {self.trouble}"


@dataclass
class Row:
    """What became of the cases of one kind, by trouble: `unharmed`, `retried`, `error`, `healed` and `miss`."""

    kind: str
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def note(self, case: Case, results: tuple[str, ...], miss: str = "") -> None:
        """Counts one case; a `miss` says what is wrong with it."""
        self.counts.setdefault(case.trouble, Counter()).update(["cases", *results])
        if miss:
            self.misses.append(f"{self.kind}: {case}: {miss}")

    @property
    def total(self) -> Counter[str]:
        """All troubles together."""
        return sum(self.counts.values(), Counter())


class Meddling(Wire):
    """Lets somebody else act right before the nth call."""

    def __init__(self, app: Any, number: int, act: Callable[[], None]) -> None:
        super().__init__(app)
        self._left, self._act = number, act

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer, after whatever happened before it."""
        self._left -= 1
        if self._left == 0:
            self._act()
        return super().send(request, *words, **more)


class Cloud(World):
    """A world in which it is always noon, with the one object of a case."""

    def __init__(self, kind: type[Kind]) -> None:
        super().__init__(CHOICES)
        self.kind = kind
        self.emulator.frozen = NOON
        self.stored: Stored | None = None

    def __enter__(self) -> Cloud:
        return self

    def run(self, operation: str, inputs: Values, adopt: str | None = None) -> None:
        """One operation in a process of its own; keeps what the engine would keep."""
        lifecycle = self.lifecycle(self.kind)
        if operation == "create":
            self.stored = lifecycle.create(inputs, adopt)
            return
        assert self.stored is not None
        if operation == "read":
            self.stored = lifecycle.read(self.stored.id, self.stored.outs)
        elif operation == "update":
            outs = lifecycle.update(self.stored.id, self.stored.outs, inputs)
            self.stored = Stored(self.stored.id, inputs, outs)
        else:
            lifecycle.delete(self.stored.id, self.stored.outs)
            self.stored = None

    def state(self) -> list[tuple[str, ...]]:
        """Everything that is stored, but for the ids that the cloud gave."""
        return sorted((i.kind, i.name, i.xml.replace(i.id, "ID") if i.id else i.xml) for i in self.emulator.objects)


def is_json(kind: type[Kind]) -> bool:
    """Whether the kind's API is in JSON."""
    return isinstance(kind.api, (JsonCollection, JsonAction))


@functools.cache
def _inputs(kind: type[Kind]) -> tuple[Values, Values | None]:
    """Inputs of an object, with a made name where there is one, and others that an update brings."""
    examples = EXAMPLES[kind.slug]
    values, _ = check(kind, examples.get("minimal", next(iter(examples.values()))))
    auto = {name for name, field in kind.inputs().items() if field.has(marks.AutoName)}
    dropped = {*kind.scope, *auto, getattr(kind.api, "id_field", "")}
    values = {name: value for name, value in values.items() if name not in dropped}
    with World() as world:
        inputs = world.inputs(kind, values)
    return inputs, _changed(kind, inputs)


def _changed(kind: type[Kind], inputs: Values) -> Values | None:
    for place in places(kind, inputs):
        field = kind.fields()[str(place.path[0])]
        fixed = field.has(marks.Immutable) or field.has(marks.Fixed) or field.has(marks.AutoName) or field.wire is None
        if not isinstance(place.shape, Leaf) or fixed:
            continue
        for value in candidates(place.shape, reach(inputs, place.path)):
            tried = put(inputs, place.path, value)
            if not check(kind, tried)[1] and diff(kind, inputs, tried):
                return tried
    return None


class Matrix:
    """All cases of one kind."""

    def __init__(self, kind: type[Kind]) -> None:
        self.kind, self.row = kind, Row(kind.__name__)
        self.inputs, self.news = _inputs(kind)

    def run(self) -> Row:
        """Everything."""
        if isinstance(self.kind.api, Switch) and self.kind.api.on is None:
            return self.row  # nothing but the web console makes it
        for operation in OPERATIONS:
            if operation != "update" or self.news is not None:
                self._operation(operation)
        return self.row

    def _operation(self, operation: str) -> None:
        with Cloud(self.kind) as good:
            self._prepare(good, operation)
            begin = good.state()
            good.emulator.forget_requests()
            good.run(operation, self._wanted(operation))
            for case in _cases(operation, len(good.emulator.requests)):
                if case.trouble == "changed by another" and self.news is None:
                    continue
                with Cloud(self.kind) as cloud:
                    self._prepare(cloud, operation)
                    self._case(cloud, case, begin, good)

    def _prepare(self, cloud: Cloud, operation: str) -> None:
        cloud.inputs(self.kind, self._logical())
        if operation != "create":
            cloud.run("create", self.inputs)
        elif isinstance(self.kind.api, Adopted):  # queues exist at the first look
            lifecycle = cloud.lifecycle(self.kind)
            lifecycle.list(lifecycle.place(self.inputs))

    def _logical(self) -> Values:
        """What `check` is given, so that this run knows its made name as its own."""
        auto = {name for name, field in self.kind.inputs().items() if field.has(marks.AutoName)}
        return {name: value for name, value in self.inputs.items() if name not in auto}

    def _wanted(self, operation: str) -> Values:
        return self.news if operation == "update" and self.news is not None else self.inputs

    # -- one case -----------------------------------------------------------------------------------------------

    def _case(self, cloud: Cloud, case: Case, begin: object, good: Cloud) -> None:
        olds = cloud.stored
        cloud.emulator.forget_requests()
        if case.trouble in MEDDLING:
            self._meddle(cloud, case)
        else:
            cloud.emulator.faults.add(TROUBLES[case.trouble].fault(self.kind, case.call, case.lasting))
        try:
            cloud.run(case.operation, self._wanted(case.operation))
        except CiError as error:
            self._failed(cloud, case, error, olds, begin, good)
            return
        except Exception as error:
            self.row.note(case, (), f"{type(error).__name__}: {error}")
            return
        many = len(cloud.emulator.requests) > len(good.emulator.requests)
        if case.trouble == "vanished" and case.operation == "update":
            self._again(cloud, case, "")  # it may have vanished after the write: a refresh sees it
        self.row.note(case, ("retried" if many else "unharmed",), self._wrong(cloud, case, good))

    def _wrong(self, cloud: Cloud, case: Case, good: Cloud) -> str:
        """What is not as it would be without the fault, or ""."""
        cloud.emulator.faults.clear()
        states = [cloud.state(), good.state()]
        if case.trouble in MEDDLING and case.operation == "delete":  # what is off may have another content
            states = [[item[:2] for item in state] for state in states]
        if states[0] != states[1]:
            return f"the cloud holds {states[0]}, not {states[1]}"
        if cloud.stored is None or good.stored is None:
            return "" if cloud.stored is good.stored else "the state lost or kept it wrongly"
        if cloud.stored.outs.get("original") != good.stored.outs.get("original") and not case.lasting:
            return f"the original is {cloud.stored.outs.get('original')}, not {good.stored.outs.get('original')}"
        seen = cloud.lifecycle(self.kind).read(cloud.stored.id, cloud.stored.outs)
        if seen is None or diff(self.kind, seen.inputs, cloud.stored.inputs):
            return "what the state says is not what is there"
        return ""

    def _failed(
        self, cloud: Cloud, case: Case, error: CiError, olds: Stored | None, begin: object, good: Cloud
    ) -> None:
        miss = self._unclear(cloud, case, str(error))
        lasting = case.lasting or case.trouble in MEDDLING
        if not miss and not lasting and cloud.state() not in (begin, good.state()):
            miss = f"after the error the cloud holds {cloud.state()}"
        cloud.emulator.faults.clear()
        cloud.stored = olds
        try:
            self._again(cloud, case, str(error))
        except CiError as second:
            self.row.note(case, ("error",), miss or f"the next run fails: {second} (the first: {error})")
            return
        self.row.note(case, ("error", "healed"), miss or self._wrong(cloud, case, good))

    def _unclear(self, cloud: Cloud, case: Case, text: str) -> str:
        """What the error lacks, or has too much, or ""."""
        struck = [request for request in cloud.emulator.requests if request.fault or case.trouble in MEDDLING]
        says = TROUBLES[case.trouble].says[is_json(self.kind) :][:1] if case.trouble in TROUBLES else ()
        wanted = [self.kind.__name__, *says]
        if says:
            wanted.append("[request id ")
            if "request id none" in text:
                return f"no request id in {text!r}"
        lacking = [word for word in wanted if word not in text]
        if lacking or not struck:
            return f"{lacking} is not in {text!r}"
        return f"a key stands in {text!r}" if SECRET_KEY in text else ""

    def _again(self, cloud: Cloud, case: Case, said: str) -> None:
        """The next run, as the engine and the error would have it."""
        client = Client(cloud.settings, sleep=cloud.slept.append, adapter=lambda: Wire(cloud.emulator))
        cloud.client = client
        wanted = self._wanted(case.operation)
        if case.operation == "create":
            cloud.run("create", wanted, self._advised(cloud, said))
            return
        if case.trouble == "vanished":
            cloud.run("read", wanted)
        if cloud.stored is None and case.operation == "update":
            cloud.run("create", wanted)
        elif cloud.stored is not None:
            cloud.run(case.operation, wanted)

    def _advised(self, cloud: Cloud, said: str) -> str | None:
        """The `adopt` that the error asks for, where that is more than to run again."""
        runs = [item.id for item in cloud.emulator.objects if item.kind in ("job", "execution", "mps-task")]
        if "adopt=<its id>" in said and runs:
            return runs[-1]
        blind = isinstance(self.kind.api, Switch) and self.kind.api.read is None
        return "match" if blind else "identical" if "adopt='identical'" in said else None

    def _meddle(self, cloud: Cloud, case: Case) -> None:
        stored = cloud.stored
        assert stored is not None
        other = cloud.lifecycle(self.kind)  # keeps the client of now, which nobody meddles with

        def act() -> None:
            if case.trouble == "vanished":
                other.delete(stored.id, {**stored.outs, "on_delete": "leave"})
            else:
                other.update(stored.id, stored.outs, self.news or stored.inputs)

        adapter = functools.partial(Meddling, cloud.emulator, case.call, act)
        cloud.client = Client(cloud.settings, sleep=cloud.slept.append, adapter=adapter)


def _cases(operation: str, calls: int) -> Iterator[Case]:
    for call in range(1, calls + 1):
        for trouble in TROUBLES:
            yield Case(operation, call, trouble)
        for trouble in LASTING:
            yield Case(operation, call, trouble, lasting=True)
        if operation in ("update", "delete"):
            for trouble in MEDDLING:
                yield Case(operation, call, trouble)


def table(rows: list[Row]) -> str:
    """One line a kind, one column a trouble: retried/error/healed; the last column has the cases and the misses."""
    names = [*TROUBLES, *MEDDLING]
    lines = [f"{number:2} = {name}" for number, name in enumerate(names, 1)]
    lines += ["", "retried/errors/healed errors; the rest of the cases took no harm at all", ""]
    lines.append(f"{'kind':28}" + "".join(f"{number:>12}" for number in range(1, len(names) + 1)) + "    cases misses")
    whole = _all(rows)
    for row in [*rows, whole]:
        cells = [row.counts.get(name, Counter()) for name in names]
        texts = [f"{c['retried']}/{c['error']}/{c['healed']}" if c else "-" for c in cells]
        lines.append(
            f"{row.kind:28}" + "".join(f"{t:>12}" for t in texts) + f"{row.total['cases']:9}{len(row.misses):7}"
        )
    sums = ", ".join(
        f"{whole.total[result]} {result}" for result in ("cases", "unharmed", "retried", "error", "healed")
    )
    lines += ["", f"{len(rows)} kinds: {sums}, {len(whole.misses)} missed"]
    return "\n".join(lines)


def _all(rows: list[Row]) -> Row:
    whole = Row("all", misses=[miss for row in rows for miss in row.misses])
    for row in rows:
        for trouble, counts in row.counts.items():
            whole.counts[trouble] = whole.counts.get(trouble, Counter()) + counts
    return whole


def main() -> int:
    """Prints the matrix, and what was missed; 1 when anything was."""
    logging.disable(logging.CRITICAL)
    rows = [Matrix(kind).run() for kind in kinds().values()]
    sys.stdout.write(table([row for row in rows if row.counts]) + "\n")
    for miss in (miss for row in rows for miss in row.misses):
        sys.stdout.write(miss + "\n")
    return int(any(row.misses for row in rows))


if __name__ == "__main__":
    sys.exit(main())
