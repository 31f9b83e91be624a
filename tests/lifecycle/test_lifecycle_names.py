"""Names that are made: the same in preview, up and the run after a crash, and another one where both must exist."""

from __future__ import annotations

import re
from typing import Any

import pytest
from world import World

from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.unknown import UNKNOWN

SNAPSHOT, STYLE, TRANSCODE = (kind_of(slug) for slug in ("snapshot-template", "image-style", "transcode-template"))
KEYED = {"name": "t", "container": {"format": "hls"}, "video": {"codec": "H.264"}}


def named(
    properties: dict[str, Any], olds: dict[str, Any] | None = None, logical: Any = "p/s/thumbs", **words: Any
) -> Any:
    """The name that `check` gives in a fresh process."""
    kind = words.get("kind", SNAPSHOT)
    with World() as world:
        news = {**properties, LOGICAL_NAME: logical}
        inputs, failures = check(kind, olds or {}, news, world.settings, Claims())
    assert failures == []
    assert logical is UNKNOWN or inputs[LOGICAL_NAME] == logical, "the state says whose object it is"
    return inputs[getattr(kind.api, "key", "name")]


def test_the_same_in_every_process_and_readable() -> None:
    name = named({"count": 3})
    assert re.fullmatch(r"thumbs-[0-9a-f]{7}", name)
    assert name == named({"count": 3}) == named({"count": 3.0})


def test_it_depends_on_everything_but_spelling() -> None:
    names = {
        named({"count": 3}),
        named({"count": 4}),
        named({"count": 3, "width": 640}),
        named({"count": 3}, logical="p/s/other"),
        named({"count": 3}, logical="p/s2/thumbs"),
        named({"count": 3}, logical="p2/s/thumbs"),
        named({"count": 3, "bucket": "other-1250000000"}),
        named({"count": 3, "region": "ap-shanghai"}),
    }
    assert len(names) == 8


def test_secrets_do_not_go_into_the_hash() -> None:
    def with_key(key: str, on: bool = True) -> Any:
        encrypt = {"hls_encrypt": {"is_hls_encrypt": on, "uri_key": key}}
        properties = {name: value for name, value in KEYED.items() if name != "name"}
        return named({**properties, "trans_config": encrypt}, kind=TRANSCODE)

    assert with_key("one") == with_key("two")
    assert with_key("one") != with_key("one", on=False)


@pytest.mark.parametrize(
    ("logical", "stem"),
    [
        ("p/s/my thumbs!", "my-thumbs"),
        ("p/s/缩略图", "snapshot"),
        ("p/s/urn:pulumi:s::p::type::parent/child", "child"),
        ("p/s/" + "x" * 100, "x" * 56),
    ],
)
def test_odd_logical_names(logical: str, stem: str) -> None:
    name = named({"count": 3}, logical=logical)
    assert name[:-8] == stem
    assert len(name) <= 64
    assert SNAPSHOT.fields()["name"].leaf.failure(name) is None


def test_the_separator_is_that_of_the_kind() -> None:
    assert re.fullmatch(r"thumbs_[0-9a-f]{7}", named({"style_body": "imageMogr2/thumbnail/50x"}, kind=STYLE))


def test_kept_on_update_and_new_on_a_move() -> None:
    olds = {"name": "thumbs-0000000", "count": 3, "region": "ap-beijing", "bucket": "media-1250000000"}
    assert named({"count": 9}, olds) == "thumbs-0000000"
    for place in ({"bucket": "other-1250000000"}, {"region": "ap-shanghai"}):
        assert named({"count": 3, **place}, olds) == named({"count": 3, **place}) != "thumbs-0000000"


def test_a_given_name_wins() -> None:
    assert named({"count": 3, "name": "mine"}, {"name": "thumbs-0000000"}) == "mine"


def test_unknown_while_an_input_is() -> None:
    assert named({"count": UNKNOWN}) is UNKNOWN
    assert named({"count": 3}, logical=UNKNOWN) is UNKNOWN
    assert named({"count": UNKNOWN}, {"name": "kept", "region": "ap-beijing", "bucket": "media-1250000000"}) == "kept"


def test_a_forced_replacement_keeps_the_name() -> None:
    """The engine asks `check` with empty olds only, and deletes the old object first: the name is free again."""
    first = named({"count": 3})
    olds = {"name": first, "count": 3, "region": "ap-beijing", "bucket": "media-1250000000"}
    assert named({"count": 3}, olds) == first
    assert named({"count": 3}, {}) == first


def test_without_a_logical_name_a_name_is_required() -> None:
    with World() as world:
        _, failures = check(SNAPSHOT, {}, {"count": 3}, world.settings, Claims())
    assert [(failure.path, "is required" in failure.reason) for failure in failures] == [(("name",), True)]
