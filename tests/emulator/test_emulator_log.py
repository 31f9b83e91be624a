"""The log of requests holds the latest, and never more than it may."""

from __future__ import annotations

from pulumi_ci.emulator.log import Log, Request


def request(path: str, size: int = 0) -> Request:
    return Request(
        at=0.0,
        **dict.fromkeys(("method", "host", "family", "region", "bucket", "action", "query", "body", "fault"), ""),
        path=path,
        body_length=0,
        status=200,
        answer="x" * size,
        answer_length=size,
    )


def paths(log: Log) -> list[str]:
    return [found.path for found in log.all()]


def test_the_oldest_go_by_number() -> None:
    log = Log(kept=2)
    for path in ("/1", "/2", "/3"):
        log.add(request(path))
    assert paths(log) == ["/2", "/3"]


def test_the_oldest_go_by_size_and_the_latest_stays() -> None:
    log = Log(kept_bytes=10)
    for path, size in (("/1", 4), ("/2", 6), ("/3", 1), ("/4", 1)):
        log.add(request(path, size))
    assert paths(log) == ["/2", "/3", "/4"]
    log.add(request("/5", 100))
    assert paths(log) == ["/5"]
    log.clear()
    log.add(request("/6", 10))
    assert paths(log) == ["/6"]
