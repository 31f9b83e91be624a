"""Garbage in: properties, states and answers of any content make check failures and errors of ours, never a crash.

HYPOTHESIS_CASES is the number of cases of each test; `make fuzz` sets it high.
"""

from __future__ import annotations

import contextlib
import copy
import math
import os
import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pulumi import output
from world import BUCKET, REGION, Wire, World

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import CiError, Target
from pulumi_ci.api.evidence import lists_in_json
from pulumi_ci.api.json_call import JsonCall, understand
from pulumi_ci.api.rows import Rows
from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.model.api import Form, Host, JsonAction, JsonCollection
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.provider.dynamic import KindProvider
from pulumi_ci.wire import json as wire_json
from pulumi_ci.wire import xml

CASES = int(os.environ.get("HYPOTHESIS_CASES", "500"))
FUZZ = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=CASES <= 500,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SLUGS = list(kinds())

# -- property bags ----------------------------------------------------------------------------------------------------

UNKNOWN_OUTPUT: Any = output.Unknown()  # type: ignore[no-untyped-call]
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "secret"}
TEXTS = (
    "",
    " ",
    "\0",
    "\ud800",
    "x" * 100_000,
    "On",
    "true",
    "1e400",
    "-1",
    "NaN",
    "]]>",
    "&",
    "<a/>",
    "媒体",
    "a,b",
    "a/b",
)
NUMBERS = (0, -1, 7, 2**63, 10**400, 0.5, -0.0, 1e308, math.nan, math.inf, -math.inf)


class Dice(random.Random):
    """Throws values of any type and depth."""

    def text(self) -> str:
        return self.choice((*TEXTS, "".join(chr(self.randrange(0x3000)) for _ in range(self.randrange(6)))))

    def leaf(self) -> Any:
        others = (
            None,
            True,
            False,
            output.UNKNOWN,
            UNKNOWN_OUTPUT,
            dict(SECRET),
            b"x",
            (1, "a"),
            self.text(),
            self.text(),
        )
        return self.choice((*others, *NUMBERS))

    def value(self, names: list[str], depth: int = 3) -> Any:
        kind = self.randrange(8 if depth else 5)
        if kind < 5:
            return self.leaf()
        if kind == 7:
            return self.nested()
        items = [self.value(names, depth - 1) for _ in range(self.randrange(4))]
        return items if kind == 5 else {self.name(names): item for item in items}

    def name(self, names: list[str]) -> str:
        return self.choice(names) if self.random() < 0.8 else self.text()[:9]

    def nested(self) -> Any:
        """As deep as the engine's messages may be."""
        value: Any = self.leaf()
        for level in range(self.randrange(40)):
            value = [value] if level % 2 else {"nodes": value}
        return value

    def bag(self, slug: str) -> dict[str, Any]:
        """An example with some properties replaced at any depth, or nonsense altogether."""
        names = [*kind_of(slug).fields(), "type", "adopt", "logical_name", "filled", "original", "unread", "__provider"]
        bag: dict[str, Any] = {"logical_name": "p/s/n"}
        if self.random() < 0.8:
            bag |= copy.deepcopy(self.choice(list(examples(slug).values())))
        for _ in range(self.randrange(4)):
            holder: Any = bag
            for _ in range(self.randrange(5)):
                inner = [value for value in (holder.values() if isinstance(holder, dict) else holder) if _holds(value)]
                holder = self.choice(inner) if inner else holder
            if isinstance(holder, list):
                holder[self.randrange(len(holder))] = self.value(names)
            else:
                holder[self.choice([*holder, self.name(names)])] = self.value(names)
        return bag


def _holds(value: Any) -> bool:
    return isinstance(value, (dict, list)) and bool(value)


DICE = st.integers(0, 2**64).map(Dice)


class Rig:
    """Providers whose cloud answers at once."""

    def __init__(self) -> None:
        self.world = World(Choices(references="free"))
        self.session = Session(self.world.client, Rows(), lambda _: None)

    def provider(self, slug: str) -> KindProvider:
        claims, journal = (
            Claims(),
            self.session.journal,
        )  # of a run of its own: the names that dice give often come twice
        return KindProvider(slug, connect=lambda _: self.session, claims=claims, journal=journal)


RIG = Rig()
PLACE = {"region": REGION, "bucket": BUCKET}


@given(dice=DICE)
@FUZZ
def test_check_finds_failures_and_never_crashes(dice: Dice) -> None:
    slug = dice.choice(SLUGS)
    result = RIG.provider(slug).check(dice.choice(({}, dice.bag(slug))), dice.bag(slug))
    assert all(failure.property is not None and failure.reason for failure in result.failures)


@given(dice=DICE)
@FUZZ
def test_diff_of_anything_is_an_answer(dice: Dice) -> None:
    """States may be of any age, and the news have passed a check, or not."""
    slug = dice.choice(SLUGS)
    found = RIG.provider(slug).diff("id", dice.bag(slug), dice.bag(slug))
    assert found.changes in (None, False)


@given(dice=DICE)
@FUZZ
def test_read_of_any_state_is_an_answer_or_an_error_of_ours(dice: Dice) -> None:
    slug = dice.choice(SLUGS)
    id = dice.choice([f"{REGION}/{BUCKET}", f"{REGION}/{BUCKET}/a", "0/30001", f"{REGION}/a", dice.text()])
    with contextlib.suppress(CiError):
        RIG.provider(slug).read(id, dice.bag(slug))


@given(dice=DICE)
@FUZZ
def test_what_check_lets_pass_can_be_sent(dice: Dice) -> None:
    """Right properties are made, read, and gone again, whatever their texts hold; the cloud may refuse them."""
    slug = dice.choice(SLUGS)
    provider = RIG.provider(slug)
    result = provider.check({}, {**_placed(provider), **dice.bag(slug), "wait": None})
    if result.failures or _unknown(result.inputs):
        return
    with contextlib.suppress(CiError):
        made = provider.create(result.inputs)
        assert made.id is not None
        seen = provider.read(made.id, dict(made.outs or {}))
        provider.delete(made.id, dict(seen.outs or made.outs or {}))


def _placed(provider: KindProvider) -> dict[str, Any]:
    return {name: value for name, value in PLACE.items() if name in provider.kind.scope}


def _unknown(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_unknown, value.values()))
    return (
        any(map(_unknown, value))
        if isinstance(value, list)
        else value == output.UNKNOWN or isinstance(value, output.Unknown)
    )


# -- texts of the wire ------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            "<Response>",
            "</Response>",
            "<a",
            ">",
            "/>",
            "</",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml ",
            "?>",
            "&",
            ";",
        ),
        *(
            "&lt;",
            "&#0;",
            "&#x110000;",
            "<!DOCTYPE a",
            "<!ENTITY b 'c'>",
            "[",
            "]",
            "encoding='utf-16'",
            'version="1.0"',
        ),
        *("<a xmlns:b='c'>", "<b:c/>", "\0", "\ufeff", "\ud7ff", "x", "{", "}", '"', ":", ",", "null", "1e999", "NaN"),
        *("<TemplateList>", "</TemplateList>", "<Snapshot>", "</Snapshot>", "<Tag>", "<Count>", "-5s", "</Count>"),
    ]
)
_MARKUP = st.lists(_PIECES, max_size=25).map("".join)
_BYTES = st.one_of(
    st.binary(max_size=60),
    _MARKUP.map(lambda text: text.encode("utf-8", "surrogatepass")),
    _MARKUP.map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.sampled_from(["<a>", "[", '{"a":', "9", "<a/>", "&", "<!--"]).map(lambda text: text.encode() * 20_000),
    st.just(2_000).map(lambda depth: b"<a>" * depth + b"</a>" * depth),
)


@given(data=_BYTES)
@FUZZ
def test_xml_is_an_element_or_malformed(data: bytes) -> None:
    try:
        root = xml.parse(data)
    except xml.MalformedAnswer:
        return
    assert isinstance(root.tag, str)
    assert b"<!DOCTYPE" not in data.replace(b"\0", b"").split(b"<Response")[0] or b"<!--" in data or b"CDATA" in data


@given(
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]),
    before=st.sampled_from(["", "<!-- a -->", "<!--" + "x" * 9_000 + "-->", "<?pi a?>", "\n\n"]),
    doctype=st.sampled_from(["<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'b'>", "<!DOCTYPE a [<!ENTITY b 'c'>]>"]),
)
@settings(FUZZ, max_examples=100)
def test_a_doctype_is_refused_wherever_it_stands(encoding: str, before: str, doctype: str) -> None:
    declared = "" if encoding in ("utf-8", "utf-16") else f"<?xml version='1.0' encoding='{encoding}'?>"
    with pytest.raises(xml.MalformedAnswer):
        xml.parse(f"{declared}{before}{doctype}<a>1</a>".encode(encoding))


@given(data=_BYTES)
@FUZZ
def test_json_is_an_object_or_malformed(data: bytes) -> None:
    try:
        found = wire_json.parse(data)
    except wire_json.MalformedAnswer:
        return
    assert isinstance(found, dict)


@given(data=_BYTES, status=st.sampled_from([200, 204, 301, 400, 403, 404, 429, 500, 503]))
@FUZZ
def test_any_answer_is_understood_or_an_error_of_ours(data: bytes, status: int) -> None:
    target = Target("Thing", "here")
    json_request = JsonCall(target, "read", "vod", "2018-07-17", "Describe", {}, lacks=lists_in_json("List"))
    client = Client(RIG.world.settings, sleep=lambda _: None, adapter=lambda: Wire(_always(status, data)))
    request = Request(target, "read", "PUT", "ci", Place(REGION, BUCKET), again=False)
    for ask in (lambda: client.send(request), lambda: understand(json_request, status, data)):
        with contextlib.suppress(CiError):
            ask()


def _always(status: int, data: bytes) -> Any:
    def app(environ: Any, start: Any) -> list[bytes]:
        start(f"{status} Whatever", [])
        return [data]

    return app


def _json(dice: Dice, depth: int = 3) -> Any:
    kind = dice.randrange(6 if depth else 3)
    if kind < 3:
        return dice.choice((None, True, False, *NUMBERS, dice.text()))
    items = [_json(dice, depth - 1) for _ in range(dice.randrange(4))]
    return {dice.choice(("Type", "Switch", "Name", dice.text()[:5])): item for item in items} if kind > 3 else items


@given(dice=DICE)
@FUZZ
def test_any_object_is_decoded(dice: Dice) -> None:
    """What the service shows may have any content; it shows as drift, and can be compared."""
    slug = dice.choice(SLUGS)
    values = _decoded(kind_of(slug), dice)
    assert RIG.provider(slug).diff("id", values, values).changes in (None, False)


def _decoded(kind: type[Kind], dice: Dice) -> dict[str, Any]:
    names = [
        *(wire for field in kind.fields().values() for wire in field.wire or ()),
        "Type",
        "Other",
        "Nodes",
        "Start",
    ]
    if isinstance(kind.api, (JsonCollection, JsonAction)):
        return wire_json.decode(kind, {dice.choice(names): _json(dice) for _ in range(6)})[0]

    def element(depth: int) -> str:
        name = dice.choice(names)
        inner = "".join(element(depth - 1) for _ in range(dice.randrange(4))) if depth else ""
        return f"<{name}>{inner or dice.choice(WIRE_TEXTS)}</{name}>"

    root = xml.parse(f"<Item>{''.join(element(3) for _ in range(5))}</Item>")
    return xml.decode(kind, root, kind.api.form or Form())[0]


WIRE_TEXTS = ("", "1", "-1.5", "true", "5s", "1e9", "x", "a,b", "9" * 20, "nan", "inf", "9" * 5_000)


# -- the emulator -----------------------------------------------------------------------------------------------------

HOSTS: tuple[Host, ...] = ("ci", "pic", "ci-region")
PATHS = (
    *("/", "/template", "/template/t1", "/workflow", "/workflow/w1", "/queue", "/queue/p1", "/triggerworkflow"),
    *("/workflowexecution", "/inventorytriggerjob", "/inventorytriggerjob/b1", "/mediabucket", "/ImageSearchBucket"),
)
QUERIES = (
    *("ids", "style", "style-name", "hotlink", "unbind", "origin-protect", "pageNumber", "pageSize", "name", "active"),
    *("paused", "states", "size", "nextToken", "workflowId", "object", "cancel", "queueIds", "startCreationTime", "x"),
)
BODIES = (
    *(
        "<Request/>",
        "<AddStyle/>",
        "<Hotlink/>",
        "<DeleteStyle/>",
        "<GetStyle/>",
        "<Hotlink><Type>off</Type></Hotlink>",
    ),
    *(f"<Request><Tag>{tag}</Tag><Name>a</Name><{tag}>@</{tag}></Request>" for tag in ("Snapshot", "Watermark", "X")),
    "<Request><Tag>Transcode</Tag><Name>a</Name><Container><Format>@</Format></Container><Video>@</Video></Request>",
    "<Request><Name>@</Name><State>Active</State><NotifyConfig>@<State>On</State></NotifyConfig></Request>",
    "<Request><MediaWorkflow><Name>a</Name><Topology><Dependencies><Start>@</Start></Dependencies>"
    "<Nodes><Start><Type>Start</Type><Input><ObjectPrefix>@</ObjectPrefix></Input></Start>@</Nodes></Topology>"
    "</MediaWorkflow></Request>",
    "<Request><Name>@</Name><Type>@</Type><Input>@</Input><Operation>@</Operation></Request>",
    "<AddStyle><StyleName>@</StyleName><StyleBody>@</StyleBody></AddStyle>",
)
ACTIONS = (
    *("CreateProcessImageAsyncTemplate", "DescribeProcessImageAsyncTemplates", "ModifyProcessImageAsyncTemplate"),
    *("DeleteProcessImageAsyncTemplate", "ProcessImage", "DescribeImageTaskDetail", "Other"),
)
PARAMETERS = (
    *("Definition", "Definitions", "Name", "Comment", "ProcessImageConfigure", "SubAppId", "Offset", "Limit", "TaskId"),
    *("InputInfo", "OutputStorage", "ImageTask", "X"),
)


@given(dice=DICE, data=_BYTES)
@FUZZ
def test_the_emulator_answers_garbage_with_a_refusal(dice: Dice, data: bytes) -> None:
    """Rightly signed, so that it gets further than the door: 4xx or 501, and never an error of its own."""
    text = dice.choice(BODIES)
    while "@" in text:
        text = text.replace("@", dice.choice(("", "x", "<Type>Start</Type>", "<A/>", "End", "1", "&lt;", "Job")), 1)
    body = dice.choice((None, data, text.encode(), text.encode()))
    method, family = dice.choice(("GET", "PUT", "POST", "DELETE", "PATCH")), dice.choice(HOSTS)
    query = {
        dice.choice(QUERIES): dice.choice(("", "1", "0", "-1", "a", "²", "x" * 300)) for _ in range(dice.randrange(3))
    }
    target = Target("Thing", "here")
    request = Request(
        target, "try", method, family, Place(REGION, BUCKET), dice.choice(PATHS), query, body, again=False
    )
    with contextlib.suppress(CiError):
        RIG.world.client.send(request)
    assert RIG.world.emulator.requests[-1].status in (200, *range(400, 500), 501), RIG.world.emulator.requests[-1]


@given(dice=DICE)
@FUZZ
def test_the_emulated_json_services_answer_garbage_with_a_refusal(dice: Dice) -> None:
    parameters = {dice.choice(PARAMETERS): _json(dice) for _ in range(dice.randrange(5))}
    if not _is_sendable(parameters):
        return
    service, version = dice.choice((("vod", "2018-07-17"), ("mps", "2019-06-12")))
    call = JsonCall(Target("Thing", "here"), "try", service, version, dice.choice(ACTIONS), parameters, again=False)
    with contextlib.suppress(CiError):
        RIG.world.client.call(call)
    assert "InternalError" not in RIG.world.emulator.requests[-1].answer, RIG.world.emulator.requests[-1]


def _is_sendable(value: Any) -> bool:
    try:
        return bool(wire_json.write(value))
    except ValueError:
        return False
