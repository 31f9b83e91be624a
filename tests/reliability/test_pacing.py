"""Rates under contention: threads share one pace, processes do not; both get through, and nobody starves."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from world import REGION, Wire

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import Target
from pulumi_ci.api.pace import Pace
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Choices, Emulator
from reliability.virtual_time import VirtualTime

BUCKETS = [f"{name}-1250000000" for name in ("one", "two", "three")]
STYLE = "<AddStyle><StyleName>{}</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"


class Distant(Wire):
    """A network on whose way calls take up to a tenth of a second, each another time."""

    def __init__(self, app: Any, sleep: Callable[[float], None], chance: Callable[[], float]) -> None:
        super().__init__(app)
        self._sleep, self._chance = sleep, chance

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The answer, after a while."""
        self._sleep(self._chance() / 10)
        return super().send(request, *words, **more)


class Rig:
    """An emulator in virtual time, and processes whose clients talk to it."""

    def __init__(self, throttle: bool, distant: bool = False) -> None:
        self.distant = distant
        self.time = VirtualTime()
        choices = Choices(throttle="documented" if throttle else "off")
        self.emulator = Emulator(choices=choices, clock=self.time.clock)
        self.paces: list[Pace] = []

    def process(self) -> Client:
        """A client with a pace of its own; its threads share it."""
        self.paces.append(Pace(self.time.clock, self.time.sleep))
        given = Settings(endpoint="http://emulator", secret_id=SECRET_ID, secret_key=SECRET_KEY)
        chance = random.Random(len(self.paces)).random
        sleep, far = self.time.sleep, self.distant
        adapter = (lambda: Distant(self.emulator, sleep, chance)) if far else (lambda: Wire(self.emulator))
        return Client(given, pace=self.paces[-1], sleep=sleep, chance=chance, adapter=adapter)

    def times(self, writes: bool, done: bool = True) -> dict[str, list[float]]:
        """When calls arrived by bucket: those that were done, or all."""
        found: dict[str, list[float]] = defaultdict(list)
        for request in self.emulator.requests:
            if (request.method != "GET") == writes and (request.status == 200 or not done):
                found[request.bucket].append(request.at)
        return found

    def refused(self) -> list[float]:
        """When calls arrived that were throttled."""
        return [request.at for request in self.emulator.requests if "SlowDown" in request.answer]


@pytest.fixture(params=[False, True], ids=["free", "throttling"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    made = Rig(request.param)
    yield made
    made.emulator.close()


def write(bucket: str, name: str) -> Request:
    target, place = Target("ImageStyle", bucket, name), Place(REGION, bucket)
    return Request(target, "update", "PUT", "pic", place, query={"style": ""}, body=STYLE.format(name).encode())


def read(bucket: str) -> Request:
    return Request(Target("ImageStyle", bucket), "list", "GET", "pic", Place(REGION, bucket), query={"style": ""})


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= time < start + 0.99 for time in times) for start in times)


def name_in(body: str) -> str:
    return body.split("StyleName>")[1].removesuffix("</")


def styles(rig: Rig) -> Counter[str]:
    return Counter(item.bucket for item in rig.emulator.objects if item.kind == "style")


def test_four_threads_never_exceed_the_rate_of_any_bucket(rig: Rig) -> None:
    client = rig.process()

    def work(number: int) -> None:
        for turn in range(10):
            for bucket in BUCKETS:
                client.send(write(bucket, f"s{number}-{turn}"))
                client.send(read(bucket))

    rig.time.run(*(lambda n=n: work(n) for n in range(4)))
    assert rig.refused() == []
    assert styles(rig) == dict.fromkeys(BUCKETS, 40)
    assert {bucket: most_in_a_second(times) for bucket, times in rig.times(writes=True).items()} == dict.fromkeys(
        BUCKETS, 1
    )
    assert all(most_in_a_second(times) <= 10 for times in rig.times(writes=False).values())


def test_a_busy_bucket_starves_no_other_one_and_no_thread(rig: Rig) -> None:
    """One bucket has four times the work; each bucket goes on at its own rate, each thread at its turn."""
    client = rig.process()
    done: list[str] = []

    def work(bucket: str, name: str) -> None:
        for turn in range(12):
            client.send(write(bucket, f"{name}-{turn}"))
            done.append(name)

    busy, idle, _ = BUCKETS
    rig.time.run(*(lambda n=n: work(busy, f"b{n}") for n in range(3)), lambda: work(idle, "i"))
    times = rig.times(writes=True)
    assert times[idle][-1] - times[idle][0] == pytest.approx(11), "as fast as if it were alone"
    assert times[busy][-1] - times[busy][0] == pytest.approx(35)
    for end in range(36):
        counts = [[name for name in done if name != "i"][:end].count(f"b{n}") for n in range(3)]
        assert max(counts) - min(counts) <= 2


def test_two_processes_slow_down_until_both_succeed() -> None:
    """Neither knows of the other, so together they are too fast; throttled answers teach both, for a while."""
    rig = Rig(throttle=True, distant=True)
    one, two = rig.process(), rig.process()

    def work(client: Client, name: str, turns: int) -> None:
        for _ in range(turns):
            for bucket in BUCKETS[:2]:
                client.send(write(bucket, name))

    rig.time.run(lambda: work(one, "one", 60), lambda: work(two, "two", 120))
    done = [(name_in(r.body), r.bucket, r.at) for r in rig.emulator.requests if r.status == 200]
    assert Counter((name, bucket) for name, bucket, _ in done) == {
        (name, bucket): turns for bucket in BUCKETS[:2] for name, turns in (("one", 60), ("two", 120))
    }
    assert all(most_in_a_second(times) == 1 for times in rig.times(writes=True).values())
    refused = [name_in(r.body) for r in rig.emulator.requests if "SlowDown" in r.answer]
    assert set(refused) == {"one", "two"}, "both were told to slow down"
    assert len(refused) < len(done) / 4, "and did"
    for bucket in BUCKETS[:2]:
        mine = {name: [at for who, where, at in done if (who, where) == (name, bucket)] for name in ("one", "two")}
        alone = [at for at in mine["two"] if at > mine["one"][-1]]
        gaps = [later - earlier for earlier, later in itertools.pairwise(mine["two"])]
        assert max(gaps) > 2, "it went slower than its rate"
        assert min(gaps[-20:]) < 1.2, "and came back to it when it was alone"
        assert (alone[-1] - alone[0]) / (len(alone) - 1) < 2
    rig.emulator.close()
