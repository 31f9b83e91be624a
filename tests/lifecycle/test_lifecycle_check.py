# ruff: noqa: E501 - one case a line reads better as a table
"""`check` and `diff`: places filled in, unknowns skipped, numbers as meant, and every failure at once."""

from __future__ import annotations

from typing import Any

import pytest
from world import World

from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN

PLACE = {"region": "ap-beijing", "bucket": "media-1250000000"}
SNAPSHOT = {"name": "t", "count": 3}
TRANSCODE = {"name": "t", "container": {"format": "mp4"}, "video": {"codec": "H.264"}}


def checked(slug: str, news: dict[str, Any], settings: Settings | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    with World() as world:
        news = {LOGICAL_NAME: "p/s/thing", **news}
        inputs, failures = check(kind_of(slug), {}, news, settings or world.settings, Claims())
    assert len({failure.path for failure in failures}) == len(failures)
    assert inputs.pop(LOGICAL_NAME) == news[LOGICAL_NAME]
    return inputs, {show(failure.path): failure.reason for failure in failures}


def test_place_from_the_settings() -> None:
    assert checked("snapshot-template", SNAPSHOT) == ({**PLACE, **SNAPSHOT}, {})


def test_a_given_place_wins() -> None:
    given = {"region": "ap-shanghai", "bucket": "other-1250000000"}
    assert checked("snapshot-template", {**SNAPSHOT, **given}) == ({**given, **SNAPSHOT}, {})


def test_no_place_names_the_setting() -> None:
    _, failures = checked("snapshot-template", SNAPSHOT, Settings())
    assert failures.keys() == {"region", "bucket"}
    assert "pulumi config set ci:region" in failures["region"]
    assert "pulumi config set ci:bucket" in failures["bucket"]


def test_floats_become_the_numbers_that_were_meant() -> None:
    inputs, failures = checked("snapshot-template", {"count": 3.0, "width": 640.0, "start": 1.5, "time_interval": 2.0})
    assert failures == {}
    assert [(inputs[n], type(inputs[n])) for n in ("count", "width", "start", "time_interval")] == [
        *((3, int), (640, int), (1.5, float)),
        (2, int),
    ]
    _, failures = checked("snapshot-template", {"count": 3.5})
    assert failures.keys() == {"count"}


def test_unknown_values_pass_at_any_depth_and_stay() -> None:
    news = {"name": UNKNOWN, "container": UNKNOWN, "video": {"codec": UNKNOWN, "width": 640}, "audio_mix": [UNKNOWN]}
    inputs, failures = checked("transcode-template", news)
    assert failures == {}
    assert inputs == {**PLACE, **news}


def test_every_failure_at_once_with_its_path() -> None:
    _, failures = checked(
        "transcode-template",
        {
            "name": "bad name!",
            "container": {"format": "mp5"},
            "video": {"width": 129, "heigth": 10, "rotate": 360, "fps": "fast"},
            "audio": {"remove": "yes"},
            "audio_mix": [{"mix_mode": "Once"}, {"audio_source": "no address"}],
            "create_time": "now",
        },
    )
    assert failures.keys() == {
        *("name", "container.format", "video.width", "video.heigth", "video.rotate", "video.fps"),
        *("audio.remove", "audio_mix[0].audio_source", "audio_mix[1].audio_source", "create_time"),
    }
    assert "did you mean height?" in failures["video.heigth"]
    assert "did you mean mp4?" in failures["container.format"]
    assert "set by the server" in failures["create_time"]
    assert all("\n" not in reason for reason in failures.values())


@pytest.mark.parametrize(
    ("slug", "news", "path"),
    [
        ("watermark-template", {"type": "Bogus"}, "type"),
        ("watermark-template", {"pos": "Nowhere"}, "pos"),
        ("watermark-template", {"dx": -99999}, "dx"),
        ("watermark-template", {"text": {"font_size": 9999}}, "text.font_size"),
        ("watermark-template", {"text": {"font_color": "red"}}, "text.font_color"),
        ("watermark-template", {"text": {"transparency": 500}}, "text.transparency"),
        ("image-style", {"style_name": "bad name!"}, "style_name"),
        ("image-style", {"style_body": "imageMogr9/nonsense"}, "style_body"),
        ("hotlink", {"type": "banana"}, "type"),
    ],
)
def test_the_nonsense_that_the_peer_lets_through(slug: str, news: dict[str, Any], path: str) -> None:
    assert path in checked(slug, news)[1]


def test_empty_is_absent() -> None:
    inputs, failures = checked("transcode-template", {**TRANSCODE, "audio_mix": [], "trans_config": {}, "audio": None})
    assert (inputs, failures) == ({**PLACE, **TRANSCODE}, {})


def test_an_empty_block_that_would_mean_something_is_refused() -> None:
    _, failures = checked("transcode-template", {**TRANSCODE, "audio": {}})
    assert failures.keys() == {"audio"}


DIFFS: dict[str, tuple[str, dict[str, Any], dict[str, Any], set[str], tuple[str, ...]]] = {
    "nothing": ("snapshot-template", SNAPSHOT, SNAPSHOT, set(), ()),
    "a leaf": ("snapshot-template", SNAPSHOT, {**SNAPSHOT, "count": 4}, {"count"}, ()),
    "a number by another type": ("snapshot-template", {**SNAPSHOT, "start": 2}, {**SNAPSHOT, "start": 2.0}, set(), ()),
    "a default said": ("snapshot-template", SNAPSHOT, {**SNAPSHOT, "mode": "Interval", "start": 0}, set(), ()),
    "a removed key": ("snapshot-template", {**SNAPSHOT, "width": 640}, SNAPSHOT, {"width"}, ()),
    "an added key": ("snapshot-template", SNAPSHOT, {**SNAPSHOT, "width": 640}, {"width"}, ()),
    "another bucket": ("snapshot-template", {**SNAPSHOT, **PLACE}, {**SNAPSHOT, **PLACE, "bucket": "b-12345678"}, {"bucket"}, ("bucket",)),
    "unknown": ("snapshot-template", SNAPSHOT, {**SNAPSHOT, "count": UNKNOWN}, {"count"}, ()),
    "unknown on both sides": ("snapshot-template", {**SNAPSHOT, "count": UNKNOWN}, {**SNAPSHOT, "count": UNKNOWN}, {"count"}, ()),
    "unknown on both sides in a block": ("transcode-template", {"video": {"codec": UNKNOWN}}, {"video": {"codec": UNKNOWN}}, {"video.codec"}, ()),
    "unknown on both sides in a list": ("hotlink", {"url": ["a", UNKNOWN]}, {"url": ["a", UNKNOWN]}, {"url[0]"}, ()),
    "unknown in an immutable field": ("image-style", {"style_name": "a"}, {"style_name": UNKNOWN}, {"style_name"}, ("style_name",)),
    "outputs besides": ("snapshot-template", {**SNAPSHOT, "create_time": "x", "state_version": 2, "filled": {}}, SNAPSHOT, set(), ()),
    "adopt alone": ("snapshot-template", SNAPSHOT, {**SNAPSHOT, "adopt": "match"}, set(), ()),
    "order that means nothing": ("hotlink", {"url": ["a", "b"]}, {"url": ["b", "a"]}, set(), ()),
    "a nested leaf": ("transcode-template", TRANSCODE, {**TRANSCODE, "video": {"codec": "H.265"}}, {"video.codec"}, ()),
    "a whole block": ("transcode-template", TRANSCODE, {**TRANSCODE, "audio": {"codec": "aac"}}, {"audio"}, ()),
    "a block of defaults": ("transcode-template", TRANSCODE, {**TRANSCODE, "trans_config": {"is_check_reso": False}}, set(), ()),
    "a stream of defaults": ("transcode-template", TRANSCODE, {**TRANSCODE, "audio": {"remove": False}}, {"audio"}, ()),
    "an item of a list": (
        "transcode-template",
        {"audio_mix": [{"audio_source": "http://h/a"}, {"audio_source": "http://h/b"}]},
        {"audio_mix": [{"audio_source": "http://h/a"}, {"audio_source": "http://h/c"}]},
        {"audio_mix[1].audio_source"},
        (),
    ),
    "an address spelt otherwise": ("transcode-template", {"audio_mix": [{"audio_source": "http://h/a b"}]}, {"audio_mix": [{"audio_source": "http://h/a%20b"}]}, set(), ()),
    "a style spelt otherwise": ("image-style", {"style_body": "?imageMogr2/thumbnail/050x/"}, {"style_body": "imageMogr2/thumbnail/50x"}, set(), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFS)
def test_diff(name: str) -> None:
    slug, old, new, paths, replaces = DIFFS[name]
    found = diff(kind_of(slug), old, new)
    assert ({show(change.path) for change in found.changes}, found.replaces) == (paths, replaces)
    assert bool(found) == bool(paths)
