"""The drift matrix holds whole: every place seen, every update whole, nothing left to do, however the cloud answers."""

from __future__ import annotations

import pytest
from generate import covering, full, on_the_wire
from matrix import APPEARED, BLOCK, CHANGED, CHOICES, COLUMNS, PROGRAM, REMOVED, Matrix, Row, bodies, table

from pulumi_ci.model.kind import Kind

BODIES = pytest.mark.parametrize("kind", bodies(), ids=lambda kind: kind.slug)


@BODIES
@pytest.mark.parametrize("choices", CHOICES)
def test_everything_is_seen_and_repaired(kind: type[Kind], choices: str) -> None:
    row = Matrix(kind, CHOICES[choices]).run()
    assert row.misses == []
    assert row.held == row.tried
    assert all(row.tried[column] for column in (CHANGED, REMOVED, PROGRAM))


@BODIES
def test_examples_cover_every_leaf_with_other_values_than_defaults(kind: type[Kind]) -> None:
    covered = {outline for values in full(kind) for outline in covering(kind, values)}
    assert sorted(on_the_wire(kind) - covered) == [], f"give examples of {kind.slug} in pulumi_ci/kinds/examples"


def test_a_miss_shows() -> None:
    row = Row("Thing")
    row.note(CHANGED, "a.b", "")
    row.note(CHANGED, "a.c", "not seen")
    assert row.misses == ["Thing: changed value seen: a.c: not seen"]
    assert "1/2" in table([row]).splitlines()[2]


def test_the_matrix_sees_a_blind_reader() -> None:
    """Where no edit reaches the cloud, nothing is seen: the figures are not empty."""
    from elements import Edit

    from pulumi_ci.lifecycle.lifecycle import Stored
    from pulumi_ci.model.kind import kind_of

    kind = kind_of("snapshot-template")

    class Blind(Matrix):
        """Forgets every edit before the reading."""

        def _edit(self, stored: Stored, edit: Edit) -> None:
            assert edit.set or edit.remove

    row = Blind(kind).run()
    assert row.held[CHANGED] == row.held[REMOVED] == row.held[APPEARED] == row.held[BLOCK] == 0
    assert row.tried[CHANGED] > 15
    assert set(row.tried) == set(COLUMNS)
