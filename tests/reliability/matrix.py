"""The fault matrix: every kind, every call of its life, every fault, once and lasting; what is left is compared.

Each case is a cloud of its own. A fault strikes the nth call of one operation, or that call and all later ones. The
operation ends well, or with an error that says what the cloud said; then the next run comes without a fault and takes
the advice of the error. In the end the store of the cloud is to be the one of a run without faults.

A miss is a case in which more was lost than time: another store in the end, an object that left the state while it
exists, a delete that ended well and left something, the id of somebody else's object in the state, an object that an
update deleted on its way, an error that is not ours or lacks what the cloud said, or an error where the service may do
what it did. Run as a script it prints one row a fault and one a kind.

`drip` needs a socket, and time, so it is not here.
"""

from __future__ import annotations

import functools
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "conformance")]

from generate import EXAMPLES, Values, candidates, places, put  # noqa: E402
from world import Late, Wire, World  # noqa: E402

from pulumi_ci.api.client import Client  # noqa: E402
from pulumi_ci.api.errors import CiError  # noqa: E402
from pulumi_ci.emulator import SECRET_KEY, Choices, Fault, Request  # noqa: E402
from pulumi_ci.emulator.distort import UNKNOWN, UNKNOWN_BLOCK  # noqa: E402
from pulumi_ci.emulator.store import Stored as Item  # noqa: E402
from pulumi_ci.lifecycle.diff import diff  # noqa: E402
from pulumi_ci.lifecycle.lifecycle import Stored  # noqa: E402
from pulumi_ci.lifecycle.names import LOGICAL_NAME  # noqa: E402
from pulumi_ci.model import marks  # noqa: E402
from pulumi_ci.model.api import Adopted, JsonAction, JsonCollection, Switch  # noqa: E402
from pulumi_ci.model.check import check  # noqa: E402
from pulumi_ci.model.kind import Kind, kinds  # noqa: E402
from pulumi_ci.model.path import reach  # noqa: E402
from pulumi_ci.model.shape import Leaf  # noqa: E402

OPERATIONS = ("create", "read", "update", "delete")
CHOICES = Choices(references="free", run_ends="after-seconds", unknown_keys="take")
NOON = 1_700_000_000.0
"""The time in every cloud, so that all answers are the same."""


OTHER = {"bucket": "other-1250000000", "sub_app_id": 7, "region": "ap-shanghai"}
"""Where the twin lives of an object whose answers are swapped, by the most exact field that its kind has."""
NAMED = r"<(\w*Id|\w*Name)>[^<]|\"(\w*Id|\w*Name|Definition)\""
"""What an answer has that says whose it is."""


@dataclass(frozen=True)
class Trouble:
    """One fault: the rule of the emulator for calls in XML and in JSON, and what an error must repeat of it."""

    xml: Mapping[str, Any]
    json: Mapping[str, Any] | None
    """None where JSON has no such thing."""
    says: tuple[str, ...] = ()
    """Words of the answer that stand in the error, of an XML call and of a JSON call."""
    answers: str = ""
    """Pattern of the answers that it can change; "" = all."""
    is_legitimate: bool = False
    """Whether the service may do so: then no operation may fail for it."""

    def fault(self, kind: type[Kind], call: int, lasting: bool) -> Fault:
        """The rule for the nth call of a kind, or for that and all later ones."""
        rule = self.json if is_json(kind) else self.xml
        assert rule is not None
        fault = Fault(**rule)
        fault.nth, fault.since = (0, call) if lasting else (call, 0)
        return fault

    def fits(self, kind: type[Kind]) -> bool:
        """Whether it can be told from a good answer at all, and is known in the format of the kind."""
        nameless = isinstance(kind.api, Switch) and not kind.api.listed
        return (self.json is not None or not is_json(kind)) and not (self.answers == NAMED and nameless)

    def strikes(self, calls: list[Request], call: int) -> bool:
        """Whether it can change the nth of the calls that a run without faults makes."""
        request = calls[call - 1]
        if self.xml["effect"] == "stale":  # there is something to be missed
            return is_read(request) and not all(is_read(before) for before in calls[: call - 1])
        if self.xml["effect"] in ("rows", "count") and not is_read(request):
            return False
        if self.xml["effect"] == "envelope" and not self.xml.get("commit") and not _has_content(request):
            return False  # that is all that a good answer would have
        return bool(re.search(self.answers, request.answer))


def is_read(request: Request) -> bool:
    """Whether the call asks and changes nothing."""
    return request.method == "GET" or request.action.startswith("Describe")


def _has_content(request: Request) -> bool:
    """Whether the answer has more than the request id."""
    bare = re.sub(r'<RequestId>[^<]*</RequestId>|"RequestId": "[^"]*"', "", request.answer)
    return bare not in ("", "<Response></Response>", '{"Response": {}}')


def _same(effect: str, says: str = "", **words: Any) -> Trouble:
    rule = {"effect": effect, **words}
    return Trouble(rule, rule, (says, says) if says else ())


def _error(status: int, code: str, json_code: str = "", effect: str = "error", **words: Any) -> Trouble:
    rule = {"effect": effect, "status": status, **words}
    return Trouble({**rule, "code": code}, {**rule, "code": json_code or code}, (code, json_code or code))


def _answer(text: str, json_text: str) -> Trouble:
    return Trouble(
        {"effect": "garbage", "body": text, "content_type": "application/xml"},
        {"effect": "garbage", "body": json_text, "content_type": "application/json"},
    )


def _count(text: str) -> Trouble:
    rule = {"effect": "count", "text": text}
    return Trouble(rule, rule, answers="TotalCount")


def _odd(effect: str, form: str = "", answers: str = r"<\w|\{", in_json: bool = True, **words: Any) -> Trouble:
    """The same content in another form, which the service may choose."""
    rule = {"effect": effect, "form": form, **words}
    return Trouble(rule, rule if in_json else None, answers=answers, is_legitimate=True)


BOOLEANS = r"(?i)>(true|false|on|off)<|: ?(true|false|\"on\"|\"off\")"
NUMBERS = r">-?\d+(\.\d+)?<|: -?\d"
TROUBLES: dict[str, Trouble] = {
    "connection refused": _same("refuse"),
    "reset before the commit": _same("reset"),
    "reset after the commit": _same("reset", commit=True),
    "answer dropped": _same("drop"),
    "time-out before the commit": _same("timeout"),
    "time-out after the commit": _same("timeout", commit=True),
    "400": _error(400, "InvalidArgument", "InvalidParameterValue"),
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
    "empty 404 before the commit": _same("empty", status=404),
    "empty 404 after the commit": _same("empty", status=404, commit=True),
    "empty 200 before the commit": _same("empty", status=200),
    "empty 200 after the commit": _same("empty", status=200, commit=True),
    "empty 408 after the commit": _same("empty", status=408, commit=True),
    "envelope alone, before the commit": _same("envelope"),
    "envelope alone, after the commit": _same("envelope", commit=True),
    "error inside 200, before the commit": _error(200, "InvalidArgument", "InvalidParameterValue", "error-inside"),
    "error inside 200, after the commit": _error(200, "InternalError", "", "error-inside", commit=True),
    "no request id": _same("anonymous"),
    "swapped answers": Trouble({"effect": "swap"}, {"effect": "swap"}, answers=NAMED),
    "stale read": Trouble({"effect": "stale", "reads": 2}, {"effect": "stale", "reads": 2}, is_legitimate=True),
    "rows twice": Trouble({"effect": "rows"}, {"effect": "rows"}, answers='List>|Set"'),
    "TotalCount 0": _count("0"),
    "TotalCount -1": _count("-1"),
    "TotalCount ²": _count("²"),
    "TotalCount of 5,000 digits": _count("9" * 5_000),
    "TotalCount too large": _count("1000000"),
    "TotalCount missing": _count(""),
    "booleans as TRUE and ON": _odd("spelling", "upper", BOOLEANS),
    "booleans as True and On": _odd("spelling", "title", BOOLEANS),
    "numbers as 1.0": _odd("spelling", "decimal", NUMBERS),
    "numbers as 01": _odd("spelling", "zeros", NUMBERS, in_json=False),
    "numbers as +1": _odd("spelling", "plus", NUMBERS, in_json=False),
    "unknown elements": _odd("unknown"),
    "CDATA and escapes": _odd("syntax", "escaped"),
    "comments in texts": _odd("syntax", "comments", in_json=False),
    "instructions in texts": _odd("syntax", "instructions", in_json=False),
    "byte order mark": _odd("syntax", "bom"),
    "deep nesting": Trouble({"effect": "nest"}, {"effect": "nest"}, answers=r"<\w|\{"),
    "over-large": _same("bloat", amount=17),  # more than the 16 MiB that no answer needs
}
LASTING = (
    *("connection refused", "answer dropped", "500 after the commit", "throttled", "well-formed page"),
    *("the other format", "token expired", "empty 404 before the commit", "empty 200 before the commit"),
    *("envelope alone, before the commit", "error inside 200, before the commit", "no request id", "stale read"),
    *("booleans as TRUE and ON", "unknown elements"),
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
    """What became of the cases of one kind, by trouble: `unharmed`, `retried`, `error` and `healed`, and any `miss`."""

    kind: str
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def note(self, case: Case, results: tuple[str, ...], miss: str = "") -> None:
        """Counts one case; a `miss` says what is wrong with it."""
        self.counts.setdefault(case.trouble, Counter()).update(["cases", *results, *(["miss"] if miss else [])])
        if miss:
            self.misses.append(f"{self.kind}: {case}: {miss}")

    @property
    def total(self) -> Counter[str]:
        """All troubles together."""
        return sum(self.counts.values(), Counter())


class Cloud(World):
    """A world in which it is always noon, with the one object of a case."""

    def __init__(self, kind: type[Kind]) -> None:
        super().__init__(CHOICES)
        self.kind = kind
        self.emulator.frozen = NOON
        self.stored: Stored | None = None
        self.twin: str = ""
        """Last part of the id of the like object elsewhere, if there is one."""
        self._elsewhere: set[tuple[str, str]] = set()

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

    def add_twin(self, operation: str, inputs: Values, wanted: Values) -> None:
        """Does the operation to a like object elsewhere, so that its answers are the ones before."""
        mine, before = self.stored, self._places()
        self.run("create", inputs)
        self._elsewhere = self._places() - before
        assert self.stored is not None
        self.twin = self.stored.id.rpartition("/")[2]
        if operation != "create":
            self.run(operation, wanted)
        self.stored = mine

    def _places(self) -> set[tuple[str, str]]:
        return {(item.region, item.bucket) for item in self.emulator.objects}

    def own(self) -> list[Item]:
        """Everything that is stored, but for the twin and what belongs to it."""
        return [item for item in self.emulator.objects if (item.region, item.bucket) not in self._elsewhere]

    def state(self) -> list[tuple[str, ...]]:
        """What is stored, but for the ids that the cloud gave, and for unknown content that was carried through."""
        return sorted((i.kind, i.name, _known(i.xml.replace(i.id, "ID") if i.id else i.xml)) for i in self.own())


def _known(text: str) -> str:
    for name in (UNKNOWN, UNKNOWN_BLOCK):
        text = re.sub(
            rf'<{name}>.*?</{name}>|, "{name}": ("1"|\{{[^{{}}]*\}})|"{name}": ("1"|\{{[^{{}}]*\}}), ', "", text
        )
    return text


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
    """All cases of one kind, each in a cloud of its own."""

    def __init__(self, kind: type[Kind], cloud: Callable[[type[Kind]], Cloud] = Cloud) -> None:
        self.kind, self.row, self._cloud = kind, Row(kind.__name__), cloud
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
            begin = self._prepare(good, operation)
            good.run(operation, self._wanted(operation))
            for case in self.cases(operation, good.emulator.requests):
                with self._cloud(self.kind) as cloud:
                    self._prepare(cloud, operation)
                    self._case(cloud, case, begin, good)

    def cases(self, operation: str, calls: list[Request]) -> Iterator[Case]:
        """What is tried with an operation that makes these calls when nothing goes wrong."""
        fitting = {name: trouble for name, trouble in TROUBLES.items() if trouble.fits(self.kind)}
        for call in range(1, len(calls) + 1):
            struck = [name for name, trouble in fitting.items() if trouble.strikes(calls, call)]
            for name in struck:
                yield Case(operation, call, name)
            for name in LASTING:
                if name in struck:
                    yield Case(operation, call, name, lasting=True)
            for name in MEDDLING:
                if operation in ("update", "delete") and (name == "vanished" or self.news is not None):
                    yield Case(operation, call, name)

    def calls(self, operation: str) -> list[Request]:
        """The calls of an operation in which nothing goes wrong."""
        with Cloud(self.kind) as good:
            self._prepare(good, operation)
            good.run(operation, self._wanted(operation))
            return good.emulator.requests

    def _prepare(self, cloud: Cloud, operation: str) -> list[tuple[str, ...]]:
        """Makes what the operation needs, and gives what is stored then."""
        cloud.inputs(self.kind, self._logical())
        if operation != "create":
            cloud.run("create", self.inputs)
        elif isinstance(self.kind.api, Adopted):  # queues exist at the first look
            lifecycle = cloud.lifecycle(self.kind)
            lifecycle.list(lifecycle.place(self.inputs))
        cloud.emulator.forget_requests()
        return cloud.state()

    def _logical(self) -> Values:
        """What `check` is given, so that this run knows its made name as its own."""
        auto = self._auto()
        return {name: value for name, value in self.inputs.items() if name not in auto}

    def _auto(self) -> set[str]:
        return {name for name, field in self.kind.inputs().items() if field.has(marks.AutoName)}

    def _wanted(self, operation: str) -> Values:
        return self.news if operation == "update" and self.news is not None else self.inputs

    def _add_twin(self, cloud: Cloud, operation: str) -> None:
        where = next(name for name in OTHER if name in self.kind.scope)
        inputs = cloud.inputs(self.kind, {**self._logical(), where: OTHER[where], LOGICAL_NAME: "project/stack/twin"})
        kept = {name: inputs[name] for name in (where, *self._auto()) if name in inputs}
        cloud.add_twin(operation, inputs, {**self._wanted(operation), **kept})
        cloud.emulator.forget_requests()

    # -- one case -----------------------------------------------------------------------------------------------

    def _case(self, cloud: Cloud, case: Case, begin: list[tuple[str, ...]], good: Cloud) -> None:
        olds, fault = cloud.stored, None
        if case.trouble in MEDDLING:
            self._meddle(cloud, case)
        else:
            trouble = TROUBLES[case.trouble]
            if trouble.xml["effect"] == "swap":
                self._add_twin(cloud, case.operation)
            fault = cloud.emulator.faults.add(trouble.fault(self.kind, case.call, case.lasting))
        try:
            cloud.run(case.operation, self._wanted(case.operation))
        except CiError as error:
            self._failed(cloud, case, error, olds, begin, good)
            return
        except Exception as error:
            self.row.note(case, (), _not_ours(error))
            return
        many = len(cloud.emulator.requests) > len(good.emulator.requests)
        miss = "the fault never struck" if fault and not fault.struck else self._lost(cloud, case, good)
        if case.trouble == "vanished" and case.operation == "update":
            self._again(cloud, case, "")  # it may have vanished after the write: a refresh sees it
        self.row.note(case, ("retried" if many else "unharmed",), miss or self._wrong(cloud, case, good))

    def _lost(self, cloud: Cloud, case: Case, good: Cloud) -> str:
        """What an operation that ended well lost on its way, or ""."""
        cloud.emulator.faults.clear()
        if case.trouble in MEDDLING:
            return ""
        if case.operation == "read" and cloud.stored is None and good.stored is not None:
            return "the object left the state while it exists"
        if case.operation == "delete" and cloud.state() != good.state():
            return f"the delete ended well and left {cloud.state()}, not {good.state()}"
        if case.operation == "update" and len(_deletes(cloud)) > len(_deletes(good)):
            return f"the update deleted the object on its way: {_deletes(cloud)}"
        if cloud.stored is not None and cloud.twin and cloud.stored.id.rpartition("/")[2] == cloud.twin:
            return f"the state holds the id of another object, {cloud.stored.id}"
        return ""

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
        try:
            seen = cloud.lifecycle(self.kind).read(cloud.stored.id, cloud.stored.outs)
        except Exception as error:
            return f"what the state holds cannot be read: {_not_ours(error)}"
        if seen is None or diff(self.kind, seen.inputs, cloud.stored.inputs):
            return "what the state says is not what is there"
        return ""

    def _failed(
        self,
        cloud: Cloud,
        case: Case,
        error: CiError,
        olds: Stored | None,
        begin: list[tuple[str, ...]],
        good: Cloud,
    ) -> None:
        miss = self._unclear(cloud, case, str(error))
        lasting = case.lasting or case.trouble in MEDDLING
        if not miss and not lasting and cloud.state() not in (begin, good.state()):
            miss = f"after the error the cloud holds {cloud.state()}"
        if case.trouble in TROUBLES and TROUBLES[case.trouble].is_legitimate:
            miss = f"an error, though the service may do so: {error}"
        cloud.emulator.faults.clear()
        cloud.stored = olds
        try:
            self._again(cloud, case, str(error))
        except CiError as second:
            self.row.note(case, ("error",), miss or f"the next run fails: {second} (the first: {error})")
            return
        except Exception as second:
            self.row.note(case, ("error",), miss or f"the next run fails: {_not_ours(second)} (the first: {error})")
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
        runs = [item.id for item in cloud.own() if item.kind in ("job", "execution", "mps-task")]
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
                left = {"on_delete": "leave"} if isinstance(self.kind.api, Adopted) else {}
                other.delete(stored.id, {**stored.outs, **left})
            else:
                other.update(stored.id, stored.outs, self.news or stored.inputs)

        adapter = functools.partial(Late, cloud.emulator, case.call, act)
        cloud.client = Client(cloud.settings, sleep=cloud.slept.append, adapter=adapter)


def _not_ours(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _deletes(cloud: Cloud) -> list[str]:
    """The deletes among the calls of an operation."""
    calls = cloud.emulator.requests
    return [f"{c.method} {c.path} {c.action}" for c in calls if c.method == "DELETE" or c.action.startswith("Delete")]


def table(rows: list[Row]) -> str:
    """One line a trouble and one a kind: retried/errors/healed errors, unharmed, all cases, and the misses of them."""
    whole = Counter[str]()
    by_trouble: dict[str, Counter[str]] = {name: Counter() for name in (*TROUBLES, *MEDDLING)}
    for row in rows:
        for trouble, counts in row.counts.items():
            by_trouble[trouble] += counts
            whole += counts
    head = f"{'retried/errors/healed':>26}{'unharmed':>10}{'cases':>8}{'misses':>8}"
    lines = [f"{'trouble':40}{head}", *(_line(name, counts) for name, counts in by_trouble.items()), ""]
    lines += [f"{'kind':40}{head}", *(_line(row.kind, row.total) for row in rows), _line("all", whole), ""]
    sums = ", ".join(f"{whole[result]} {result}" for result in ("cases", "unharmed", "retried", "error", "healed"))
    return "\n".join([*lines, f"{len(rows)} kinds: {sums}, {whole['miss']} missed"])


def _line(name: str, counts: Counter[str]) -> str:
    ended = f"{counts['retried']}/{counts['error']}/{counts['healed']}"
    return f"{name:40}{ended:>26}{counts['unharmed']:>10}{counts['cases']:>8}{counts['miss']:>8}"


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
