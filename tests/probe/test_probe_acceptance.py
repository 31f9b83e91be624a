"""The probe finds out what an emulated cloud does, whose choices are drawn at random, and leaves it as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from probe_rig import HOSTS, PLACE, Rig, bound, content, drawn, going_on, in_use, queues, rig, unbound

from pulumi_ci.emulator import Choices, Emulator
from pulumi_ci.probe.output import text_of
from pulumi_ci.probe.run import probe

LEAST = 40
"""Choices that have to be found."""


@pytest.mark.parametrize(("seed", "before"), [(1, unbound), (2, bound), (3, in_use)])
def test_it_finds_the_choices_of_a_cloud_and_leaves_nothing(
    tmp_path: Path, seed: int, before: Callable[[Emulator], None]
) -> None:
    choices = drawn(seed)
    with rig(tmp_path, choices) as found:
        before(found.emulator)
        shown = _queues(found, choices)  # the first look at queues makes them
        was = content(found.emulator)
        result = probe(found.site())
        seen = result.told
        right = {name for name, value in seen.items() if value == getattr(choices, name)}
        assert seen == {name: getattr(choices, name) for name in seen}, "none is wrong"
        assert len(right) >= LEAST, [finding for finding in result.choices if finding.seen is None]
        assert result.cleaned.troubles == []
        assert content(found.emulator) == was
        assert _queues(found, choices) == shown
        assert going_on(found.emulator) == []
        assert not found.journal.exists()
        assert set(found.server.names) == set(HOSTS), "every call went to a real host name"
        file = tmp_path / "choices.yaml"
        file.write_text(text_of(result, PLACE), encoding="utf-8")
        assert Choices.read(file) == Choices().changed(seen)


def _queues(found: Rig, choices: Choices) -> list[str]:
    """What is seen of the queues with these choices, whether the bucket is bound or not."""
    found.emulator.choices = dataclasses.replace(choices, binding_required="off")
    shown = queues(found.client())
    found.emulator.choices = choices
    return shown


def test_a_cloud_as_it_is_assumed_agrees_in_everything(tmp_path: Path) -> None:
    with rig(tmp_path, Choices()) as found:
        result = probe(found.site())
    everything = [*result.choices, *result.kinds, *result.defaults]
    assert [finding for finding in everything if finding.verdict == "differs"] == []
    untold = {finding.about for finding in result.kinds if finding.seen is None}
    assert untold == {"DocumentService", "ImageSearchService", "SpeechQueue"}, "what no call puts back is left alone"
