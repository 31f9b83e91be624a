"""Ids come from programs, states and files; what is no id of the kind is refused before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter
from world import BUCKET, REGION, World

from pulumi_ci.api.call import Place
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import CiError
from pulumi_ci.api.hosts import address, host_name, service_host
from pulumi_ci.environment.drift import drift
from pulumi_ci.environment.stack import recorded
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.model.api import Action, Collection, Host, JsonCollection, Named, Switch
from pulumi_ci.model.kind import Kind, kind_of, kinds

GOOD = {"region": REGION, "bucket": BUCKET, "sub_app_id": "1500000000"}
BAD_PLACES = {
    "region": ["Beijing", "ap", "ap-beijing.evil.example", "ap-beijing#", "ap-beijing?a=b", "ap-beijing@evil.example"],
    "bucket": [
        *("evil.example#b-1", "evil.example?b-1250000000", "evil.example\\b-1250000000", "a@evil.example", "media"),
        *(
            "media-1250000000.evil.example",
            "Media-1250000000",
            "media-1250000000 ",
            "media-1250000000\n",
            "\tb-12500000",
        ),
        *("media-١٢٥٠٠٠٠٠٠٠", "m\x00-1250000000", "media-1250000000%2f", "é-1250000000", "b:1250000000", "-1250000000"),
    ],
    "sub_app_id": ["-1", "1.5", "0x1", "٣", "²", "01", "1e3", " 1", "a"],
}
BAD_OBJECTS = [
    *("t1/../t2", "t1?ids=t2", "t1#", "t1@evil.example", "t1\\t2", "t1%2ft2", "t1&x=y", "t 1", " t1", "t1\n", "t1/"),
    *("t1\r\nHost: x", "t1\x00", "t1\x7f", "t1\x1b[2J", "..", ".", "té", "t\u202e1", "t1\u2028", "", "<t1>", "t1;"),
    *("t1,t2", '"t1"', "-1"),
]  # fmt: skip
BAD_NAMES = ["a b", "a/b", "a!b", "a?b", "a&b", "a|b", "a<b", "a\nb", " a", "a\x00", "a\x1b[2J", "a\x7f", "", "a/"]
BAD_NUMBERS = [*BAD_OBJECTS, "t1", "-1", "1.0", "٣", "²", "01", "1e3"]


class Nobody(BaseAdapter):
    """Stands where the network is; nobody may come so far."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Fails the test."""
        raise AssertionError(f"sent to {request.url}")

    def close(self) -> None:
        """Holds nothing."""


@pytest.fixture
def world() -> World:
    world = World()
    world.client = Client(world.settings, sleep=world.slept.append, adapter=Nobody)
    return world


def objects(kind: type[Kind]) -> tuple[str, list[str]]:
    """A last part that is right, and those that are not."""
    if isinstance(kind.api, JsonCollection):
        return "20001", BAD_NUMBERS
    if isinstance(kind.api, Named):
        return "thumb", BAD_NAMES
    return "t1460606b9752148c4ab182f55163ba7cd", BAD_OBJECTS


def bad_ids(kind: type[Kind]) -> list[str]:
    """One part spoilt at a time, and too few or too many of them."""
    right, wrong = objects(kind)
    place = [GOOD[name] for name in kind.scope]
    last = [] if isinstance(kind.api, Switch) else [right]
    found = [
        "/".join([*place[:n], bad, *place[n + 1 :], *last])
        for n, name in enumerate(kind.scope)
        for bad in BAD_PLACES[name]
    ]
    found += ["/".join([*place, bad]) for bad in (["t1", "", "/"] if isinstance(kind.api, Switch) else wrong)]
    found += ["", "/", "//", "t1", "evil.example#b-1", "/".join(place) if last else place[0]]
    return list(dict.fromkeys(found))


KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))


@KINDS
@pytest.mark.parametrize("operation", ["read", "update", "delete"])
def test_what_is_no_id_of_the_kind_is_refused_before_anything_is_sent(
    world: World, kind: type[Kind], operation: str
) -> None:
    lifecycle = world.lifecycle(kind)
    if isinstance(kind.api, Action) and operation == "update":
        return  # sends nothing
    calls: dict[str, Callable[[str], Any]] = {
        "read": lambda id: lifecycle.read(id, {}),
        "update": lambda id: lifecycle.update(id, {}, {}),
        "delete": lambda id: lifecycle.delete(id, {"original": {}, "on_delete": "restore"}),
    }
    for id in bad_ids(kind):
        with pytest.raises(CiError, match="does not have the form") as caught:
            calls[operation](id)
        assert kind.__name__ in str(caught.value)
        assert str(caught.value).isprintable(), "what stands in an id never reaches a terminal raw"


@KINDS
def test_what_is_an_id_of_the_kind_is_taken(kind: type[Kind]) -> None:
    with World() as world:
        place = [GOOD[name] for name in kind.scope]
        last = [] if isinstance(kind.api, Switch) else [objects(kind)[0]]
        found, local = world.lifecycle(kind).locate("/".join([*place, *last]))
        assert (str(found), local) == ("/".join(place), "".join(last))
        if "sub_app_id" in kind.scope:
            assert world.lifecycle(kind).locate("0/20001") == (Place(sub_app_id="0"), "20001")
            assert world.lifecycle(kind).locate("1500000000.0/20001") == (Place(sub_app_id="1500000000"), "20001")


@pytest.mark.parametrize(
    "id",
    [
        # as the pages print them: 168, 101, 072, 104 and its `=`, 106, 199, and mps-ProcessImage
        *("t1460606b9752148c4ab182f55163ba7cd", "t1460606bgfdg2148c4ab182f55163ba7bj"),
        *("web6ac56c1ef54dbfa44d7f4103203be9", "p2242ab62c7c94486915508540933a2c6"),
        *("i6fc78ca77d6011eba0ac5254008618d9=", "i166ee19017b011eda8a5525400c540df"),
        *("b3deffea2f84911ec9cb15254008618d9", "3pg2p4jEfbFHYo2rgB0Kzl0esg4NeBItcZyllxO4HNJXdNeRUhk9GjDMjCj1auPv"),
    ],
)
def test_ids_of_the_service_are_taken(id: str) -> None:
    with World() as world:
        for slug in ("snapshot-template", "workflow", "media-queue", "batch-job", "workflow-execution"):
            assert world.lifecycle(kind_of(slug)).locate(f"{REGION}/{BUCKET}/{id}")[1] == id


@KINDS
def test_what_is_no_id_is_not_taken_over(world: World, kind: type[Kind]) -> None:
    if not isinstance(kind.api, (Collection, JsonCollection, Action)):
        return  # their `adopt` is compared and never sent
    for bad in objects(kind)[1]:
        if bad:
            failures = check(kind, {}, {"adopt": bad, LOGICAL_NAME: "a/b/c"}, world.settings, Claims())[1]
            assert [str(f.path[0]) for f in failures if f.path == ("adopt",)] == ["adopt"], bad
            with pytest.raises(CiError):
                world.lifecycle(kind).create({"region": REGION, "bucket": BUCKET, "name": "a"}, bad)


@pytest.mark.parametrize("bad", [bad for bad in BAD_OBJECTS if bad])
def test_a_queue_id_that_is_none_is_a_failure(world: World, bad: str) -> None:
    queue = kind_of("speech-queue")
    failures = check(queue, {}, {"name": "a", "queue_id": bad}, world.settings, Claims())[1]
    assert [failure.path for failure in failures] == [("queue_id",)]
    with pytest.raises(CiError):
        world.lifecycle(queue).create({"region": REGION, "bucket": BUCKET, "name": "a", "queue_id": bad})


def test_a_state_with_such_an_id_is_told_and_reaches_nobody(world: World) -> None:
    kind = kind_of("snapshot-template")
    inputs = {"region": REGION, "bucket": BUCKET, "name": "a", "count": 3}
    entry = {
        "urn": f"urn:pulumi:dev::shop::{kind.token()}::a",
        "type": kind.token(),
        "custom": True,
        "id": f"{REGION}/evil.example#b-1/t1",
        "inputs": inputs,
        "outputs": inputs,
    }
    document = {"version": 3, "deployment": {"manifest": {}, "resources": [entry]}}
    report = drift(recorded(document), world.session())
    [failure] = report.failures(unmanaged=True)
    assert "does not have the form" in str(failure.error)


def test_a_live_object_with_a_strange_name_hides_no_other() -> None:
    """The console, or a newer service, may allow more than we do."""
    with World() as world:
        for name in ("fine", "not fine"):
            body = f"<AddStyle><StyleName>{name}</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
            world.emulator.edit(BUCKET, REGION, "style", id=name, name=name, xml=body)
        found = world.lifecycle(kind_of("image-style")).list(Place(REGION, BUCKET))
        assert [stored.inputs["style_name"] for stored in found] == ["fine", "not fine"]


# -- hosts ----------------------------------------------------------------------------------------------------------


CI_HOST = f"{BUCKET}.ci.{REGION}.myqcloud.com"
FAMILIES: tuple[Host, ...] = ("pic", "ci", "ci-region")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("bucket", "region"),
    [
        *((bucket, REGION) for bucket in BAD_PLACES["bucket"]),
        *((BUCKET, region) for region in BAD_PLACES["region"]),
        *(("", REGION), (BUCKET, "")),
    ],
)
def test_a_host_is_made_of_checked_parts_only(family: Host, bucket: str, region: str) -> None:
    if family == "ci-region" and region == REGION:
        assert host_name(family, bucket, region) == f"ci.{REGION}.myqcloud.com", "no bucket in it"
        return
    with pytest.raises(CiError, match="no host"):
        host_name(family, bucket, region)


@pytest.mark.parametrize(
    ("host", "target"),
    [
        *(("evil.example", "/"), ("evil.example#.myqcloud.com", "/"), ("a@evil.example", "/"), ("", "/"), ("a", "/")),
        *((CI_HOST, "@evil.example/"),),
        *((CI_HOST, ".evil.example/"),),
        *((f"{CI_HOST}.evil.example", "/"), ("evil.example/.myqcloud.com", "/")),
        *(("evil.example?.myqcloud.com", "/"), ("evil.example\\.myqcloud.com", "/"), ("myqcloud.com:8080", "/")),
        *((CI_HOST, target) for target in ("", "//evil.example/", "/a#b", "/a\\b", "/a b", "/a\r\nHost: x", "/é")),
        *((CI_HOST, target) for target in ("/template/..", "/template/../x", "/./x", "/template/..?x")),
    ],
)
def test_nothing_is_sent_to_another_host(host: str, target: str) -> None:
    with pytest.raises(CiError, match="does not lead to"):
        address(host, target)


def test_the_hosts_of_the_service_are_reached() -> None:
    for host in (*(host_name(family, BUCKET, REGION) for family in FAMILIES), service_host("vod"), service_host("mps")):
        assert address(host, "/template?ids=t1&a=..") == f"https://{host}/template?ids=t1&a=.."
