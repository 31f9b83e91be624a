"""The parts of a probe by themselves: the search for a limit, names, the journal, defaults, the way over TLS."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import pytest
from probe_rig import BUCKET, PLACE, REGION, SETTINGS, Rig, rig
from probe_tls import ToLoopback, authority

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import CiError, NoAnswer, Target
from pulumi_ci.emulator import Choices
from pulumi_ci.model.check import check
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kind_of
from pulumi_ci.probe import journal
from pulumi_ci.probe.bare import bared
from pulumi_ci.probe.defaults import Defaults
from pulumi_ci.probe.journal import Journal
from pulumi_ci.probe.names import is_prefix, is_probes, new_prefix
from pulumi_ci.probe.plan import EVERY
from pulumi_ci.probe.pruned import pruned
from pulumi_ci.probe.search import largest


def test_every_choice_has_one_experiment() -> None:
    told = [choice for one in EVERY for choice in one.choices]
    assert sorted(told) == sorted(field.name for field in dataclasses.fields(Choices))


@pytest.mark.parametrize("most", range(21))
def test_the_largest_number_is_found_with_few_questions(most: int) -> None:
    for guess in (5, 10, 20):
        asked: list[int] = []

        def accepts(number: int, asked: list[int] = asked) -> bool:
            asked.append(number)
            return number <= most

        assert largest(accepts, 1, 20, guess) == (most or None)
        assert len(asked) == len(set(asked)) <= 9


def test_only_names_of_probes_are_theirs() -> None:
    prefix = new_prefix()
    assert is_prefix(prefix)
    assert is_probes(f"{prefix}a")
    assert is_probes(f"{prefix}a", prefix)
    assert not is_probes(f"{new_prefix()}a", prefix)
    for name in ("", "thumbs", "pulumi-ci-probe-", "pulumi-ci-probe-mine", f"x{prefix}a", "pulumi-ci-probe-1234567g-a"):
        assert not is_probes(name), name


def test_the_journal_is_on_the_disk_before_a_change(tmp_path: Path) -> None:
    kept = Journal(tmp_path / "a" / "j.json", new_prefix(), REGION, BUCKET, 7, True)
    kept.begin()
    assert kept.opened({"hotlink": "<Hotlink/>", "guetzli": "off"}) == ["hotlink", "guetzli"]
    assert kept.opened({"hotlink": "other"}) == [], "what it was at first counts"
    assert journal.read(kept.path) == kept
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    kept.closed("guetzli")
    assert journal.read(kept.path).settings == {"hotlink": "<Hotlink/>"}
    with pytest.raises(CiError, match="--clean"):
        Journal(kept.path, new_prefix(), REGION, BUCKET).begin()
    kept.end()
    assert [*kept.path.parent.iterdir()] == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"prefix": "", "region": "r", "bucket": "b"}', '{"x": 1}'])
def test_another_file_is_no_journal(tmp_path: Path, text: str) -> None:
    path = tmp_path / "j.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CiError, match="journal"):
        journal.read(path)


def test_a_default_is_told_when_the_server_shows_it() -> None:
    kind = kind_of("snapshot-template")
    seen = Defaults(kind)
    sprite = {"color": "White", "columns": 1, "lines": 1}
    declared = {"name": "a", "count": 1, "start": 0, "sprite_snapshot_config": sprite}
    live = {**declared, "mode": "Average", "is_check_count": False, "sprite_snapshot_config": {**sprite, "padding": 4}}
    seen.look(declared, live)
    found = {finding.about.removeprefix("SnapshotTemplate."): finding for finding in seen.findings()}
    assert {name: finding.verdict for name, finding in found.items()} == {
        "mode": "differs",
        "is_check_count": "agrees",
        "is_check_black": "could not tell",
        "snapshot_out_mode": "could not tell",
        "sprite_snapshot_config.padding": "differs",
        "sprite_snapshot_config.margin": "could not tell",
    }
    assert (found["mode"].assumed, found["mode"].seen) == ("Interval", "Average")
    assert found["sprite_snapshot_config.padding"].seen == 4
    seen.look(declared, {**live, "mode": "Interval", "is_check_black": False})
    again = {finding.about: finding.verdict for finding in seen.findings()}
    assert again["SnapshotTemplate.mode"] == "differs", "once seen to differ it differs"
    assert again["SnapshotTemplate.is_check_black"] == "agrees"


def test_a_default_is_told_of_a_block_that_was_not_sent() -> None:
    seen = Defaults(kind_of("animation-template"))
    seen.look({"name": "a", "container": {"format": "gif"}}, {"time_interval": {"start": 2}})
    found = {finding.about: finding.seen for finding in seen.findings()}
    assert found["AnimationTemplate.time_interval.start"] == 2


def test_bare_objects_leave_each_default_out_and_keep_their_blocks() -> None:
    kind = kind_of("snapshot-template")
    sprite = {"color": "White", "columns": 1, "lines": 1, "padding": 0, "margin": 4}
    inputs = {"region": REGION, "bucket": BUCKET, "name": "a", "count": 1, "mode": "Average", "is_check_black": True}
    inputs |= {"black_level": 30, "start": 0, "snapshot_out_mode": "OnlySprite", "sprite_snapshot_config": sprite}
    (one,) = bared(kind, inputs)
    assert one["sprite_snapshot_config"] == {"color": "White", "columns": 1, "lines": 1}
    assert inputs.keys() - one.keys() == {"mode", "start"}, "others are needed for what depends on them"
    assert sprite["padding"] == 0, "the example stays as it is"
    kind = kind_of("transcode-template")
    config = {"adj_dar_method": "crop", "is_check_reso": True}
    inputs = {"region": REGION, "bucket": BUCKET, "name": "a", "container": {"format": "mp4"}, "trans_config": config}
    assert [one["trans_config"] for one in bared(kind, inputs)] == [{"is_check_reso": True}, {"adj_dar_method": "crop"}]


def test_a_workflow_is_played_without_what_nobody_can_make() -> None:
    kind = kind_of("workflow")
    whole = examples("workflow")["every-type"]
    found = pruned(kind, whole)
    types = {node["type"] for node in found["nodes"].values()}
    everything = {node["type"] for node in whole["nodes"].values()}
    assert everything - types == {"SCF", "VideoEnhance", "MediaInfo", "Condition", "SegmentVideoBody"}
    assert found["dependencies"]["Segment_ts"] == ["End"], "what led to one of them ends there"
    assert "Transcode_2" not in found["nodes"], "only they led there"
    place = {"region": REGION, "bucket": BUCKET}
    assert check(kind, {**found, **place})[1] == []
    assert pruned(kind, examples("workflow")["full"]) == examples("workflow")["full"]


# -- the way over TLS -------------------------------------------------------------------------------------------------


def _look(found: Rig, place: Place, trusted: Path) -> None:
    client = Client(
        dataclasses.replace(SETTINGS, retry_seconds=0), adapter=lambda: ToLoopback(found.server.port, trusted)
    )
    client.send(Request(Target("test", ""), "read", "GET", "pic", place))


def test_certificates_are_checked_by_name_and_authority(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with rig(tmp_path, Choices()) as found:
        trusted = tmp_path / "authority.pem"
        _look(found, PLACE, trusted)
        assert found.server.names == [f"{BUCKET}.pic.{REGION}.myqcloud.com"]
        with pytest.raises(NoAnswer, match="CERTIFICATE_VERIFY_FAILED"):
            _look(found, Place(REGION, "other-1250000000"), trusted)
        with pytest.raises(NoAnswer, match="CERTIFICATE_VERIFY_FAILED"):
            _look(found, PLACE, authority(other, ["nobody.example"]).authority)
        assert len(found.emulator.requests) == 1
