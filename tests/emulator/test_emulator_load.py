"""The load that `make emulator-load` makes: it fills a bucket, finds its pages, and shows what came of it."""

from __future__ import annotations

import itertools

import pytest

from benchmarks.emulator_load import Bucket, Rate, bucket, table
from benchmarks.servers import Ours
from benchmarks.traffic import drive


@pytest.mark.parametrize("closing", [False, True])
def test_each_request_is_answered(closing: bool) -> None:
    server = Ours(closing=closing)
    try:
        assert len(drive(server.address, server.create, iter(range(7)), 3).waits) == 7
        for request in (server.list, server.get):
            assert drive(server.address, request, itertools.count(), 2, 0.1).rate > 0
        with pytest.raises(ValueError, match="TemplateNameDuplicate"):
            drive(server.address, server.create, iter([0]))
    finally:
        server.stop()


def test_a_full_bucket_is_measured() -> None:
    found = bucket("file", 20)
    assert (found.store, found.n) == ("file", 20)
    assert min(found.fill, found.first_page, found.last_page, found.by_id) > 0


def test_the_table_has_a_row_for_each() -> None:
    rates = [Rate(name, "list", 4, rate, rate / 50) for name, rate in (("ours", 200.0), ("moto", 50.0))]
    shown = table(rates, [Bucket("memory", 1000, 2.0, 0.9, 1.0, 0.5, 72 * 2**20)]).splitlines()
    assert [line.split() for line in shown if line.startswith(("list", "memory"))] == [
        ["list", "4", "200", "50", "4.0"],
        ["memory", "1000", "2.0", "500", "0.90", "1.00", "0.50", "72"],
    ]
