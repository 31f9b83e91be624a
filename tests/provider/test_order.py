"""What a program declares after the binding or a service of a bucket is made after it, without being told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulumi
import pytest
from environment.registered import by_name, registered

import pulumi_ci as ci

HERE = {"ci:region": "ap-beijing", "ci:bucket": "media-1250000000"}
ELSEWHERE = {"region": "ap-shanghai", "bucket": "other-1250000000"}


def style(name: str, opts: pulumi.ResourceOptions | None = None, **place: Any) -> ci.ImageStyle:
    return ci.ImageStyle(name, opts, style_body="imageMogr2/rotate/90", **place)


def before(declare: Callable[[], Any], config: Mapping[str, str] | None = None) -> dict[str, set[str]]:
    """What each resource of a program depends on, by logical name."""
    found = registered(declare, HERE if config is None else config)
    return {name: set(one.depends_on) for name, one in by_name(found).items()}


def test_what_follows_the_binding_of_its_bucket_depends_on_it() -> None:
    def program() -> None:
        ci.SnapshotTemplate("early", count=3)
        ci.BucketBinding("binding")
        style("style")
        ci.SnapshotTemplate("thumbs", count=3)
        ci.MediaQueue("queue", name="media")
        ci.Hotlink("hotlink", type="white", url=["a.example"])
        ci.MediaService("service")

    found = before(program)
    assert found.pop("early") == set(), "what comes before it does not"
    assert found.pop("binding") == set()
    assert found == {name: {"binding"} for name in found}


def test_what_a_service_makes_possible_depends_on_it_and_settings_do_not() -> None:
    def program() -> None:
        ci.BucketBinding("binding")
        ci.MediaService("media")
        ci.SpeechService("speech")
        ci.OriginProtection("origin")
        ci.MediaQueue("queue", name="media")
        ci.SnapshotTemplate("thumbs", count=3)
        ci.WorkflowExecution("run", workflow_id="w1", object="in/a.mp4")

    found = before(program)
    assert found["media"] == found["speech"] == found["origin"] == {"binding"}
    assert found["queue"] == found["thumbs"] == found["run"] == {"binding", "media", "speech"}


def test_a_service_without_a_binding_is_enough() -> None:
    def program() -> None:
        ci.MediaService("media")
        ci.SnapshotTemplate("thumbs", count=3)
        ci.Hotlink("hotlink", type="white", url=["a.example"])

    assert before(program) == {"media": set(), "thumbs": {"media"}, "hotlink": set()}


def test_another_bucket_is_another_bucket() -> None:
    def program() -> None:
        ci.BucketBinding("here")
        ci.BucketBinding("there", region="ap-shanghai", bucket="other-1250000000")
        ci.BucketBinding("half", region="ap-shanghai")
        style("a")
        style("b", None, **ELSEWHERE)
        style("c", region="ap-shanghai")
        style("d", bucket="third-1250000000")
        ci.vod.ProcessImageAsyncTemplate("vod", encode_config={"format": "JPEG"})

    found = before(program)
    assert [found[name] for name in "abcd"] == [{"here"}, {"there"}, {"half"}, set()]
    assert found["vod"] == set()


def test_the_stack_names_the_same_bucket_as_an_argument() -> None:
    def program() -> None:
        ci.BucketBinding("binding", region="ap-beijing", bucket="media-1250000000")
        style("style")

    assert before(program)["style"] == {"binding"}


def test_an_explicit_provider_says_where_its_resources_are() -> None:
    def program() -> None:
        there = ci.Provider("there", region="ap-shanghai", bucket="other-1250000000")
        under = pulumi.ResourceOptions(provider=there)
        ci.BucketBinding("here")
        ci.BucketBinding("there", opts=under)
        style("a")
        style("b", opts=under)
        style("c", opts=under, region="ap-beijing", bucket="media-1250000000")
        style("d", opts=pulumi.ResourceOptions(providers=[there]))
        component = pulumi.ComponentResource("site:index:Part", "part", None, pulumi.ResourceOptions(providers=[there]))
        style("e", opts=pulumi.ResourceOptions(parent=component))

    found = before(program)
    assert [found[name] for name in "abcde"] == [{"here"}, {"there"}, {"here"}, {"there"}, {"there"}]


def test_one_output_is_one_bucket_and_an_output_of_the_binding_needs_nothing() -> None:
    def program() -> None:
        bucket = pulumi.Output.from_input("made-1250000000")
        binding = ci.BucketBinding("binding", bucket=bucket)
        style("same", bucket=bucket)
        style("of the binding", bucket=binding.bucket)
        style("another", bucket=pulumi.Output.from_input("made-1250000000"))

    found = before(program)
    assert found["same"] == found["of the binding"] == {"binding"}
    assert found["another"] == set(), "nobody knows where that is while the program runs"


def test_what_the_program_says_itself_stays() -> None:
    def program() -> None:
        first = style("first")
        ci.BucketBinding("binding", opts=pulumi.ResourceOptions(depends_on=first))
        opts = pulumi.ResourceOptions(depends_on=[first], aliases=[pulumi.Alias(name="before")])
        style("style", opts=opts)

    assert before(program) == {"first": set(), "binding": {"first"}, "style": {"first", "binding"}}


def test_components_and_parents_of_any_kind_work() -> None:
    def program() -> None:
        outer = pulumi.ComponentResource("site:index:Outer", "outer")
        inner = pulumi.ComponentResource("site:index:Inner", "inner", None, pulumi.ResourceOptions(parent=outer))
        binding = ci.BucketBinding("binding", opts=pulumi.ResourceOptions(parent=inner))
        style("sibling", opts=pulumi.ResourceOptions(parent=inner))
        style("child", opts=pulumi.ResourceOptions(parent=binding))
        style("outside")

    found = before(program)
    assert found["sibling"] == found["child"] == found["outside"] == {"binding"}


@pytest.mark.parametrize("deep", [False, True])
def test_a_binding_that_waits_for_a_component_is_waited_for_by_none_of_its_parts(deep: bool) -> None:
    """Pulumi waits for all that a component holds, also for what it gets later."""

    def program() -> None:
        part = pulumi.ComponentResource("site:index:Part", "part")
        inner = pulumi.ComponentResource("site:index:Part", "inner", None, pulumi.ResourceOptions(parent=part))
        ci.BucketBinding("binding", opts=pulumi.ResourceOptions(depends_on=[part]))
        style("inside", opts=pulumi.ResourceOptions(parent=inner if deep else part))
        style("outside")

    assert before(program) == {"binding": {"inside"}, "inside": set(), "outside": {"binding"}}


def test_one_run_knows_nothing_of_another() -> None:
    assert before(lambda: ci.BucketBinding("binding")) == {"binding": set()}
    assert before(lambda: style("style")) == {"style": set()}


def test_a_looked_up_binding_is_nobodys_reason_to_wait() -> None:
    def program() -> None:
        ci.BucketBinding.get("binding", "ap-beijing/media-1250000000")
        style("style")

    assert before(program)["style"] == set()
