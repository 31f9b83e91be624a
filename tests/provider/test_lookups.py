"""What a program finds with look-ups, what it is told when it does not, and what they cost."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi
import pytest
from world import BUCKET, REGION, Wire

import pulumi_ci as ci
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import AccessDenied, InvalidInput, MissingCredentials
from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import Server
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.lifecycle.observe import SECRET
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.api import Adopted
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of
from pulumi_ci.provider import door, lookups
from pulumi_ci.provider.lookups import ManyMatches, NoMatch

SCOPE = {"region": REGION, "bucket": BUCKET}
LISTED = [*lookups.listed("ci"), *lookups.listed("vod")]
SERVICES = lookups.services("ci")
SNAPSHOT = kind_of("snapshot-template")


@pytest.fixture
def stack(ci_emulator: Server) -> Iterator[Server]:
    """A stack's config that names a bucket and sends all calls to an emulator."""
    configure(stack_config(ci_emulator))
    ci_emulator.emulator.choices = dataclasses.replace(ci_emulator.emulator.choices, references="free")
    yield ci_emulator
    configure({})


def configure(config: Mapping[str, str]) -> None:
    pulumi.runtime.set_all_config({f"ci:{key}": value for key, value in config.items()})


def make(server: Server, kind: type[Kind], properties: Mapping[str, Any]) -> str:
    """Puts an object into the cloud, as somebody else would; its resource id."""
    words: dict[str, Any] = {"secret_id": server.secret_id, "secret_key": server.secret_key, "paced": False}
    settings = Settings(endpoint="http://emulator", **words)
    session = Session(Client(settings, adapter=lambda: Wire(server.emulator)), Rows())
    scope = SCOPE if "bucket" in kind.scope else {}
    return lifecycle(kind, session).create({**scope, **properties}).id


def example(kind: type[Kind]) -> dict[str, Any]:
    left_out = {*kind.scope, getattr(kind.api, "id_field", "")}
    words = {name: value for name, value in next(iter(examples(kind.slug).values())).items() if name not in left_out}
    auto = {} if "name" in words or "name" not in kind.inputs() else {"name": "made-up"}
    return {**{n: f.default for n, f in kind.inputs().items() if f.default is not None}, **auto, **words}


def calls(server: Server) -> int:
    return len(server.emulator.requests)


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.slug)
def test_every_kind_is_found_by_its_id_and_listed(stack: Server, kind: type[Kind]) -> None:
    id = make(stack, kind, example(kind))
    find, every = (door.find(kind.module, name(kind)) for name in (lookups.finder_name, lookups.lister_name))
    found = find(id=id)
    assert type(found) is door.find(kind.module, lookups.result_name(kind))
    assert found in every()
    assert len(every()) == 1 or isinstance(kind.api, Adopted)
    id_field = getattr(kind.api, "id_field", "")
    if id_field:
        assert str(getattr(found, id_field)) == id.rsplit("/", 1)[-1]
        assert find(**{id_field: getattr(found, id_field)}) == found
    for name, value in example(kind).items():
        if name in lookups.result_fields(kind) and not isinstance(value, (dict, list)):
            assert getattr(found, name) == value
            assert find(**{name: value}) == found


def test_values_that_apply_are_shown_and_none_where_nothing_does(stack: Server) -> None:
    make(stack, SNAPSHOT, {"name": "thumbs", "count": 3})
    found = ci.find_snapshot_template(name="thumbs")
    assert (found.mode, found.start, found.is_check_black, found.width) == ("Interval", 0, False, None)
    assert (found.region, found.bucket, found.count) == (REGION, BUCKET, 3)
    assert found.create_time
    assert ci.find_snapshot_template(mode="Interval") == found, "a default is found like any value"


def test_results_are_read_only_and_show_no_secret(stack: Server) -> None:
    transcode = kind_of("transcode-template")
    make(stack, transcode, {**examples(transcode.slug)["full"], "name": "safe"})
    found = ci.find_transcode_template(name="safe")
    assert found.trans_config is not None
    assert found.trans_config["hls_encrypt"]["uri_key"] == SECRET
    assert "demo-hls-key" not in repr(found)
    with pytest.raises(AttributeError):
        found.name = "other"  # type: ignore[misc]


def test_many_objects_cost_a_call_a_hundred_and_a_second_look_up_none(stack: Server) -> None:
    for number in range(250):
        make(stack, SNAPSHOT, {"name": f"s{number}", "count": 1})
    before = calls(stack)
    assert len(ci.list_snapshot_templates()) == 250
    assert calls(stack) - before == 3
    assert ci.find_snapshot_template(name="s249").count == 1
    assert len(ci.list_snapshot_templates(bucket=BUCKET)) == 250
    assert calls(stack) - before == 3


def test_arguments_win_over_the_stack_and_places_are_apart(stack: Server) -> None:
    make(stack, SNAPSHOT, {"name": "thumbs", "count": 1})
    assert ci.list_snapshot_templates(bucket="other-1250000000") == []
    assert ci.list_snapshot_templates(region="ap-shanghai") == []
    configure({**stack_config(stack), "bucket": "other-1250000000"})
    assert [found.name for found in ci.list_snapshot_templates(bucket=BUCKET)] == ["thumbs"]


def stack_config(server: Server) -> dict[str, str]:
    account = {"secretId": server.secret_id, "secretKey": server.secret_key}
    return {"endpoint": server.url, "pace": "off", "retrySeconds": "0", **SCOPE, **account}


def test_a_queue_is_the_ordinary_one_unless_something_else_is_asked_for(stack: Server) -> None:
    assert ci.find_media_queue().category == "Transcoding"
    speed = ci.find_media_queue(category="SpeedTranscoding")
    assert speed.category == "SpeedTranscoding"
    assert ci.find_media_queue(queue_id=speed.queue_id) == speed
    assert {queue.category for queue in ci.list_media_queues()} == {"Transcoding", "SpeedTranscoding"}


def test_services_say_what_is_on(stack: Server) -> None:
    make(stack, kind_of("hotlink"), {"type": "white", "url": ["www.example.com"]})
    before = calls(stack)
    found = ci.find_bucket_services()
    assert calls(stack) - before == len(SERVICES)
    assert found.hotlink == ci.HotlinkResult(f"{REGION}/{BUCKET}", REGION, BUCKET, "white", ["www.example.com"])
    assert found.origin_protection is None
    assert [field.name for field in dataclasses.fields(found)] == [kind.slug.replace("-", "_") for kind in SERVICES]


# -- what is told -----------------------------------------------------------------------------------------------------


def test_nothing_found_says_what_there_is(stack: Server) -> None:
    with pytest.raises(NoMatch, match="in ap-beijing/media-1250000000: there is no SnapshotTemplate at all"):
        ci.find_snapshot_template(name="thumbs")
    made = make(stack, SNAPSHOT, {"name": "thumbs", "count": 1})
    id = made.rsplit("/", 1)[-1]
    with pytest.raises(NoMatch) as told:
        ci.find_snapshot_template(name="thumps", region="ap-shanghai", bucket="other-1250000000")
    assert "other-1250000000" in str(told.value)
    configure({**stack_config(stack), "timeout": "29"})
    with pytest.raises(NoMatch) as told:
        ci.find_snapshot_template(name="thumps", count=1)
    text = str(told.value)
    assert "no SnapshotTemplate" in text
    assert "has name 'thumps' and count 1. Did you mean name 'thumbs'?" in text
    assert f"thumbs ({id})" in text


def test_several_found_are_named(stack: Server) -> None:
    for number in range(12):
        make(stack, SNAPSHOT, {"name": f"s{number}", "count": 1})
    with pytest.raises(ManyMatches, match=r"12 objects match count 1: s\d+ \(t\w+\), .*, \.\.\.\. Give more fields"):
        ci.find_snapshot_template(count=1)
    with pytest.raises(ManyMatches, match="12 objects match: s"):
        ci.find_snapshot_template()


def test_a_service_that_is_off_has_no_queue(stack: Server) -> None:
    stack.emulator.faults.add("error", path="/queue", status=404, code="MediaBucketUnBinded")
    with pytest.raises(NoMatch, match="is the service switched on for the bucket"):
        ci.find_media_queue()


@pytest.mark.parametrize(
    ("call", "words", "told"),
    [
        ("find_media_queue", {"categry": "Transcoding"}, "no 'categry'; did you mean 'category'"),
        ("find_media_queue", {"adopt": "never"}, "no 'adopt'; it takes .*queue_id"),
        ("list_media_queues", {"name": "a"}, "no 'name'; it takes region, bucket"),
    ],
)
def test_wrong_arguments(call: str, words: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        getattr(ci, call)(**words)


def test_an_output_is_no_argument() -> None:
    async def program() -> None:  # an output belongs to a running loop
        with pytest.raises(TypeError, match=r"an Output as 'category': .* plain values"):
            ci.find_media_queue(category=pulumi.Output.from_input("a"))  # type: ignore[arg-type]

    asyncio.run(program())


def test_a_place_is_needed_and_checked() -> None:
    with pytest.raises(InvalidInput, match=r"bucket is required: .* `pulumi config set ci:bucket"):
        ci.list_image_styles(region=REGION)
    with pytest.raises(InvalidInput, match="bucket 'media' is not a bucket name"):
        ci.list_image_styles(region=REGION, bucket="media")


def test_missing_credentials_are_told(stack: Server) -> None:
    configure({"endpoint": stack.url, **SCOPE})
    with pytest.raises(MissingCredentials, match="TENCENTCLOUD_SECRET_ID"):
        ci.list_image_styles()


def test_a_refusal_is_an_error(stack: Server) -> None:
    stack.emulator.faults.add("error", path="/template", status=403, code="AccessDenied")
    with pytest.raises(AccessDenied):
        ci.list_snapshot_templates()


def test_what_is_no_list_has_no_look_up() -> None:
    for name in (
        "find_hotlink",
        "list_batch_jobs",
        "list_hotlinks",
        "find_nothing",
        "BatchJobResult",
        "find_",
        "Result",
    ):
        assert not hasattr(ci, name), name
    assert not hasattr(ci, "find_process_image_async_template")
