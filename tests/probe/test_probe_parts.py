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
from pulumi_ci.model.kind import kind_of
from pulumi_ci.probe import journal
from pulumi_ci.probe.defaults import Defaults
from pulumi_ci.probe.journal import Journal
from pulumi_ci.probe.names import is_prefix, is_probes, new_prefix
from pulumi_ci.probe.plan import EVERY
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
