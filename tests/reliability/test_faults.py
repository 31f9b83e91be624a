"""The fault matrix holds: every operation ends well or with a clear error, and the next run leaves nothing behind."""

from __future__ import annotations

import pytest

from pulumi_ci.model.kind import Kind, kinds
from reliability.matrix import TROUBLES, Case, Matrix, Row, table

KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))


@KINDS
def test_every_fault_is_survived_or_told_and_healed(kind: type[Kind]) -> None:
    row = Matrix(kind).run()
    assert row.misses == []
    assert row.total["error"] == row.total["healed"]
    assert row.total["cases"] == sum(row.total[result] for result in ("unharmed", "retried", "error"))
    assert row.total["cases"] == 0 or len(row.counts) >= len(TROUBLES)


def test_a_miss_shows() -> None:
    row = Row("Thing")
    row.note(Case("create", 1, "throttled"), ("retried",))
    row.note(Case("create", 2, "throttled", lasting=True), ("error",), "a twin")
    assert row.misses == ["Thing: create, call 2 and later: throttled: a twin"]
    assert row.total == {"cases": 2, "retried": 1, "error": 1}
    assert "1/1/0" in table([row])
