"""The fault matrix holds: every operation ends well or with a clear error, and the next run leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_ci.api.errors import CiError
from pulumi_ci.kinds.snapshot_template import SnapshotTemplate
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.api import Switch
from pulumi_ci.model.kind import Kind, kinds
from reliability.matrix import LASTING, MEDDLING, OPERATIONS, TROUBLES, Case, Cloud, Matrix, Row, table

KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
ALWAYS = {name for name, trouble in TROUBLES.items() if not trouble.answers and trouble.xml["effect"] != "stale"}
"""Troubles that strike whatever a kind answers; `envelope` where the answer has more, which some answer of each has."""


@KINDS
def test_every_fault_is_survived_or_told_and_healed(kind: type[Kind]) -> None:
    row = Matrix(kind).run()
    assert row.misses == []
    assert row.total["error"] == row.total["healed"]
    assert row.total["cases"] == sum(row.total[result] for result in ("unharmed", "retried", "error"))
    mute = isinstance(kind.api, Switch) and kind.api.read is None  # each of its answers is an envelope at best
    always = ALWAYS - {"envelope alone, before the commit"} if mute else ALWAYS
    assert row.total["cases"] == 0 or row.counts.keys() >= always


def test_every_fault_is_tried_somewhere() -> None:
    cases: list[Case] = []
    for kind in kinds().values():
        matrix = Matrix(kind)
        if getattr(kind.api, "on", "") is None:
            continue  # nothing but the web console makes it
        for operation in OPERATIONS:
            if operation != "update" or matrix.news is not None:
                cases += matrix.cases(operation, matrix.calls(operation))
    assert {case.trouble for case in cases} == {*TROUBLES, *MEDDLING}
    assert {case.trouble for case in cases if case.lasting} == set(LASTING)


def test_a_miss_shows() -> None:
    row = Row("Thing")
    row.note(Case("create", 1, "throttled"), ("retried",))
    row.note(Case("create", 2, "throttled", lasting=True), ("error",), "a twin")
    assert row.misses == ["Thing: create, call 2 and later: throttled: a twin"]
    assert row.total == {"cases": 2, "retried": 1, "error": 1, "miss": 1}
    assert "1/1/0" in table([row])


class Careless(Cloud):
    """A cloud of which a client takes every error for what it would like to hear."""

    def run(self, operation: str, inputs: dict[str, Any], adopt: str | None = None) -> None:
        """Ends well whatever happens, and deletes before it updates."""
        if not self.emulator.faults.all():
            super().run(operation, inputs, adopt)
            return
        lifecycle, old = self.lifecycle(self.kind), self.stored
        if operation == "update" and old is not None:
            lifecycle.delete(old.id, old.outs)
            self.stored = lifecycle.create(inputs)
            return
        try:
            super().run(operation, inputs, adopt)
        except CiError:
            self.stored = None
        if operation == "create" and self.twin and self.stored is not None:
            self.stored = Stored(f"ap-beijing/media-1250000000/{self.twin}", self.stored.inputs, self.stored.outs)


class Raw(Cloud):
    """A cloud of which a client has errors that nobody wrote a text for."""

    def run(self, operation: str, inputs: dict[str, Any], adopt: str | None = None) -> None:
        """Fails in its own way once there is a fault."""
        if self.emulator.faults.all():
            raise ValueError("invalid literal")
        super().run(operation, inputs, adopt)


@pytest.mark.parametrize(
    ("cloud", "case", "reason"),
    [
        (Careless, "read, call 1 and later: token expired", "the object left the state while it exists"),
        (Careless, "delete, call 1 and later: token expired", "the delete ended well and left [('template', "),
        (Careless, "create, call 1 and later: token expired", "the cloud holds []"),
        (Careless, "create, call 2: swapped answers", "the state holds the id of another object"),
        (Careless, "update, call 2: 503", "the update deleted the object on its way"),
        (Raw, "read, call 1: 503", "ValueError: invalid literal"),
    ],
)
def test_a_client_that_loses_things_is_caught(cloud: type[Cloud], case: str, reason: str) -> None:
    misses = Matrix(SnapshotTemplate, cloud).run().misses
    assert any(miss.startswith(f"SnapshotTemplate: {case}: {reason}") for miss in misses)


def test_an_error_for_what_the_service_may_do_is_caught() -> None:
    class Strict(Cloud):
        def run(self, operation: str, inputs: dict[str, Any], adopt: str | None = None) -> None:
            super().run(operation, inputs, adopt)
            if self.emulator.faults.all():
                raise CiError("I do not like that")

    misses = Matrix(SnapshotTemplate, Strict).run().misses
    wanted = (
        "SnapshotTemplate: read, call 1: byte order mark: an error, though the service may do so: I do not like that"
    )
    assert wanted in misses
