"""`load` declares the resources of an environment file in a Pulumi program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest

import pulumi_ci as ci
from environment.registered import SECRET, by_name, registered
from pulumi_ci.api.errors import CiError
from pulumi_ci.environment.yaml import InvalidFile

MEDIA = Path(__file__).parent / "good" / "media.yaml"
CONFIG = {
    "site:callback_url": "https://dev.example.com/ci",
    "site:quick": "true",
    "site:hls_key": "a-key",
    "ci:region": "ap-beijing",
    "ci:bucket": "media-1250000000",
}


def load(path: Path = MEDIA, **words: Any) -> Callable[[], object]:
    return lambda: ci.load(str(path), **words)


def write(folder: Path, text: str) -> Path:
    path = folder / "media.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_references_variables_and_options_reach_the_engine() -> None:
    found = by_name(registered(load(), CONFIG))
    watch, hls, thumbs = found["watch"], found["hls-720"], found["thumbs"]
    nodes = watch.inputs["nodes"]
    assert nodes["Start"]["notify_config"]["url"] == "https://dev.example.com/ci"
    assert nodes["Snapshot_a"]["template_id"].isdigit()
    assert nodes["Snapshot_a"]["template_id"] != nodes["Transcode_b"]["template_id"]
    assert nodes["Snapshot_a"]["output"] == {
        "region": "ap-beijing",
        "bucket": "media-1250000000",
        "object": "out/${RunId}/${Number}.${Ext}",
    }
    assert watch.depends_on == {"binding", "thumbs", "hls-720"}
    assert watch.options == {"protect": True, "retain": False, "first": False}
    assert (thumbs.inputs["width"], thumbs.options["retain"], thumbs.options["first"]) == (640, True, True)
    source = "https://media-1250000000.cos.ap-beijing.myqcloud.com/a-640.mp3"
    assert hls.inputs["audio_mix"][0]["audio_source"] == source


LATE = """
resources:
  card: {type: ci:ImageStyle, properties: {style_body: imageMogr2/rotate/90}}
  media: {type: ci:MediaService, options: {dependsOn: ["${binding}"]}}
  south: {type: ci:ImageStyle, properties: {bucket: south-1250000000, style_body: imageMogr2/rotate/90}}
  binding: {type: ci:BucketBinding}
"""


def test_a_file_may_have_its_binding_anywhere(tmp_path: Path) -> None:
    found = by_name(registered(load(write(tmp_path, LATE)), CONFIG))
    assert {name: set(one.depends_on) for name, one in found.items()} == {
        "binding": set(),
        "media": {"binding"},
        "card": {"binding", "media"},
        "south": set(),
    }


def test_a_binding_that_a_file_puts_last_is_last(tmp_path: Path) -> None:
    told = LATE.replace("BucketBinding}", 'BucketBinding, options: {dependsOn: ["${card}"]}}')
    found = by_name(registered(load(write(tmp_path, told)), CONFIG))
    assert {name: set(found[name].depends_on) for name in ("binding", "card")} == {"binding": {"card"}, "card": set()}


def test_resources_come_in_the_order_of_the_file() -> None:
    made: list[Any] = []
    registered(lambda: made.append(ci.load(MEDIA)), CONFIG)
    assert list(made[0]) == ["binding", "watch", "thumbs", "hls-720"]
    assert type(made[0]["thumbs"]) is ci.SnapshotTemplate


TEXT = """
config: {url: string, width: {type: integer, default: 640}}
resources:
  a: {type: ci:SnapshotTemplate, properties: {count: 3, width: "${width}", name: "${url}-${width}"}}
"""


@pytest.mark.parametrize(
    ("secrets", "given", "name"),
    [
        ((), dict, "open-640"),
        (("site:url",), dict, f"{SECRET}open-640"),
        ((), lambda: {"url": "given", "width": 700}, "given-700"),
        ((), lambda: {"url": pulumi.Output.from_input("later"), "width": "700"}, "later-700"),
        ((), lambda: {"url": pulumi.Output.secret("hidden"), "width": None}, f"{SECRET}hidden-640"),
    ],
)
def test_where_values_come_from(
    tmp_path: Path, secrets: tuple[str, ...], given: Callable[[], dict[str, Any]], name: str
) -> None:
    path = write(tmp_path, TEXT)
    (found,) = registered(lambda: ci.load(path, given()), {"site:url": "open"}, secrets)
    assert found.inputs["name"] == name


def test_what_a_file_calls_secret_stays_one(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.replace("url: string", "url: {secret: true}"))
    for words in ({}, {"config": {"url": "open"}}):
        (found,) = registered(load(path, **words), {"site:url": "open"})
        assert found.inputs["name"] == f"{SECRET}open-640"


def test_the_place_is_that_of_the_provider(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "resources:\n  a: {type: ci:SnapshotTemplate, properties: {count: 3, name: '${ci.bucket}-${ci.region}'}}\n",
    )
    stack = {"ci:bucket": "media-1250000000", "ci:region": "ap-beijing"}

    def below(provider: bool, parent: bool = False, config: dict[str, str] | None = None) -> str:
        def declare() -> None:
            opts = None
            if provider:
                opts = pulumi.ResourceOptions(provider=ci.Provider("there", bucket="other-1250000000"))
            if parent:
                given = pulumi.ResourceOptions(providers=[opts.provider] if opts and opts.provider else [])
                component = pulumi.ComponentResource("site:index:Media", "site", None, given)
                opts = pulumi.ResourceOptions(parent=component)
            ci.load(path, config, opts)

        (found,) = registered(declare, stack)
        assert found.provider == ("there" if provider else "")
        return str(found.inputs["name"])

    assert below(provider=False) == "media-1250000000-ap-beijing"
    assert below(provider=True) == "other-1250000000-ap-beijing"
    assert below(provider=True, parent=True) == "other-1250000000-ap-beijing"
    assert below(provider=True, config={"ci.bucket": "given-1250000000"}) == "given-1250000000-ap-beijing"


def test_all_missing_values_are_told_at_once_and_nothing_is_registered() -> None:
    found: list[Any] = []

    def declare() -> None:
        with pytest.raises(InvalidFile) as refused:
            ci.load(MEDIA)
        found.extend(str(refused.value).splitlines())

    assert registered(declare, {"site:width": "wide", "ci:region": "ap-beijing"}, preview=True) == []
    assert [line.removeprefix(f"{MEDIA}:") for line in found] == [
        "3:3: callback_url has no value; `pulumi config set callback_url ...` sets one",
        "4:3: 'wide' is no integer",
        "5:3: quick has no value; `pulumi config set quick ...` sets one",
        "6:3: hls_key has no value; `pulumi config set --secret hls_key ...` sets one",
        "23:52: ${ci.bucket} is not known; `pulumi config set ci:bucket ...` sets it",
        "27:52: ${ci.bucket} is not known; `pulumi config set ci:bucket ...` sets it",
        "44:26: ${ci.bucket} is not known; `pulumi config set ci:bucket ...` sets it",
    ]


def test_a_value_for_no_variable_is_refused() -> None:
    def declare() -> None:
        with pytest.raises(CiError, match="declares no variable 'callback'; did you mean callback_url"):
            ci.load(MEDIA, {"callback": "x"})

    assert registered(declare, CONFIG) == []


def test_in_a_preview_ids_are_unknown() -> None:
    def declare() -> None:
        ci.load(MEDIA, {"callback_url": "https://example.com/ci"})

    found = by_name(registered(declare, CONFIG, preview=True))
    assert set(found) == {"binding", "watch", "thumbs", "hls-720"}
