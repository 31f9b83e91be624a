"""Calls beyond the documented rates are refused on request: a paced client never meets that, another gets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from world import BUCKET, REGION, Wire

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import Target
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.api.pace import Pace
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Choices, Emulator

TARGET = Target("ImageStyle", BUCKET, "")
PLACE = Place(REGION, BUCKET)
STYLE = b"<AddStyle><StyleName>a</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
WRITE = Request(TARGET, "create", "PUT", "pic", PLACE, query={"style": ""}, body=STYLE)
READ = Request(TARGET, "list", "GET", "pic", PLACE, query={"style": ""})
TEMPLATES = Request(TARGET, "list", "GET", "ci", PLACE, "/template")
ACTION = JsonCall(TARGET, "list", "vod", "2018-07-17", "DescribeProcessImageAsyncTemplates", {})
CLASSES = {
    "writes": (lambda client: client.send(WRITE), 1),
    "reads": (lambda client: client.send(READ), 10),
    "actions": (lambda client: client.call(ACTION), 20),
}
"""A call of each class, and how many of them a second may bring."""
every_class = pytest.mark.parametrize(("call", "rate"), CLASSES.values(), ids=list(CLASSES))


class Rig:
    """An emulator that throttles, and clients, in a time that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.emulator = Emulator(choices=Choices(throttle="documented"), clock=lambda: self.now)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def client(self, paced: bool) -> Client:
        given = Settings(endpoint="http://emulator", secret_id=SECRET_ID, secret_key=SECRET_KEY, paced=paced)
        pace = Pace(lambda: self.now, self.sleep)
        return Client(given, pace=pace, sleep=self.sleep, adapter=lambda: Wire(self.emulator))

    def refused(self) -> int:
        codes = ("SlowDown", "RequestLimitExceeded")
        return sum(any(code in request.answer for code in codes) for request in self.emulator.requests)


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    yield made
    made.emulator.close()


@every_class
def test_a_paced_client_is_never_refused(rig: Rig, call: Callable[[Client], object], rate: int) -> None:
    client, began = rig.client(paced=True), rig.now
    for _ in range(3 * rate):
        call(client)
    assert rig.refused() == 0
    assert rig.now - began == pytest.approx((3 * rate - 1) / rate), "and no slower than it may be"


@every_class
def test_another_client_is_refused_and_gets_through(rig: Rig, call: Callable[[Client], object], rate: int) -> None:
    client = rig.client(paced=False)
    for _ in range(rate):
        call(client)
    assert rig.refused() == 0
    for _ in range(2 * rate):
        call(client)
    assert rig.refused() > 0
    assert len(rig.emulator.requests) == 3 * rate + rig.refused()


def test_classes_and_buckets_do_not_share_a_rate(rig: Rig) -> None:
    client = rig.client(paced=False)
    elsewhere = Place(REGION, "other-1250000000")
    client.send(WRITE)
    client.send(READ)
    client.send(Request(TARGET, "create", "PUT", "pic", elsewhere, query={"style": ""}, body=STYLE))
    client.call(ACTION)
    for _ in range(50):
        client.send(TEMPLATES)
    assert rig.refused() == 0


def test_nothing_is_refused_unless_asked_for(rig: Rig) -> None:
    rig.emulator.choices = Choices()
    client = rig.client(paced=False)
    for _ in range(5):
        client.send(WRITE)
    assert rig.refused() == 0
