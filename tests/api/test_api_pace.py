"""Calls keep to the documented rates over all threads; time is an argument."""

from __future__ import annotations

import itertools
import threading

import pytest
from canned import Canned, request, settings

from pulumi_ci.api.call import Place
from pulumi_ci.api.client import Client
from pulumi_ci.api.pace import RATES, Pace


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.starts: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.starts.append(self.now + seconds)


def test_four_threads_share_one_rate() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    ready = threading.Barrier(4)

    def work() -> None:
        ready.wait(10)
        for _ in range(5):
            pace.wait("styles", 10)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(time.starts) == pytest.approx([100 + n / 10 for n in range(1, 20)])


def test_keys_do_not_wait_for_each_other() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    for key in ("a", "b", "c"):
        pace.wait(key, 1)
    assert time.starts == []


def test_a_pause_is_not_repaid() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    pace.wait("a", 1)
    time.now += 60
    for _ in range(3):
        pace.wait("a", 1)
    assert time.starts == pytest.approx([161.0, 162.0])


def gaps(pace: Pace, time: Time, calls: int, rate: float | None = 10) -> list[float]:
    """Seconds between the starts of calls that are all answered."""
    found = []
    for _ in range(calls):
        time.now = pace.wait("a", rate)
        found.append(time.now)
        pace.faster("a")
    return [later - earlier for earlier, later in itertools.pairwise(found)]


def test_a_throttled_answer_halves_the_pace_and_good_ones_bring_it_back() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    assert gaps(pace, time, 3) == pytest.approx([0.1, 0.1])
    pace.slower("a", pace.wait("a", 10))
    found = gaps(pace, time, 12)
    assert found[0] == pytest.approx(0.2)
    assert found == sorted(found, reverse=True)
    assert found[-2:] == pytest.approx([0.1, 0.1])


def test_calls_that_are_throttled_together_count_once_and_nobody_stops() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    starts = [pace.wait("a", 10) for _ in range(4)]
    time.now = starts[-1]
    for start in starts:
        pace.slower("a", start)
    time.now += 60
    assert gaps(pace, time, 2) == pytest.approx([0.2])
    for _ in range(50):
        time.now = pace.wait("a", 10)
        pace.slower("a", time.now)
        time.now += 60
    assert gaps(pace, time, 2) == pytest.approx([0.8])


def test_a_key_without_a_rate_gets_one_when_it_is_throttled() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    assert gaps(pace, time, 3, None) == [0, 0]
    pace.slower("a", pace.wait("a", None))
    assert gaps(pace, time, 12, None)[0] == pytest.approx(0.1)
    assert gaps(pace, time, 3, None) == [0, 0]


def test_the_client_slows_down_when_it_is_throttled() -> None:
    from canned import Reply

    time = Time()
    canned = Canned([Reply(), Reply(429, b"", {"x-ci-request-id": "r"}), Reply()])
    slept: list[float] = []
    client = Client(settings(paced=True), pace=Pace(time.clock, time.sleep), sleep=slept.append, adapter=lambda: canned)
    for _ in range(4):
        client.send(request("PUT", host="pic"))
        time.now = time.starts[-1] if time.starts else time.now
    assert time.starts == pytest.approx([101, 102, 104, 105.78], abs=0.01)
    assert len(slept) == 1


def test_rates_are_the_documented_ones() -> None:
    assert RATES == {("pic", True): 1.0, ("pic", False): 10.0}


def starts(**words: object) -> list[float]:
    """When the calls of a client begin, after the first of each class: writes and reads of styles in two buckets."""
    time = Time()
    canned = Canned()
    client = Client(
        settings(paced=True, **words), pace=Pace(time.clock, time.sleep), sleep=time.sleep, adapter=lambda: canned
    )
    for bucket in ("one-1250000000", "two-1250000000"):
        for method in ("PUT", "GET", "PUT", "DELETE", "GET"):
            client.send(request(method, host="pic", path="/", place=Place("ap-beijing", bucket), query={"style": ""}))
    assert len(canned.asked) == 10
    return sorted(time.starts)


def test_the_client_paces_styles_by_bucket_and_class() -> None:
    assert starts() == pytest.approx([100.1, 100.1, 101, 101, 102, 102])


def test_other_hosts_are_not_paced() -> None:
    time = Time()
    canned = Canned()
    client = Client(settings(paced=True), pace=Pace(time.clock, time.sleep), adapter=lambda: canned)
    for _ in range(5):
        client.send(request())
    assert time.starts == []


def test_pace_can_be_switched_off() -> None:
    time = Time()
    canned = Canned()
    client = Client(settings(paced=False), pace=Pace(time.clock, time.sleep), adapter=lambda: canned)
    for _ in range(5):
        client.send(request("PUT", host="pic"))
    assert time.starts == []


def test_a_second_try_is_paced_too() -> None:
    from canned import Reply

    time = Time()
    canned = Canned([Reply(503, b""), Reply()])
    slept: list[float] = []
    client = Client(settings(paced=True), pace=Pace(time.clock, time.sleep), sleep=slept.append, adapter=lambda: canned)
    client.send(request("PUT", host="pic"))
    assert (len(slept), time.starts) == (1, [101.0])
