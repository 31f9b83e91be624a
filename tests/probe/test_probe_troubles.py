"""What a probe says and leaves when calls go wrong, when it is not allowed something, when others use the bucket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from probe_rig import EVERYTHING, PLACE, SETTINGS, bound, content, in_use, unbound
from world import Wire

from pulumi_ci.api.errors import AccessDenied, CiError
from pulumi_ci.emulator import Choices, Emulator
from pulumi_ci.probe.allowed import Allowed
from pulumi_ci.probe.clean import resume
from pulumi_ci.probe.opening import opened
from pulumi_ci.probe.run import Result, probe
from pulumi_ci.probe.signatures import UNSAFE
from pulumi_ci.probe.site import Site


@pytest.fixture
def cloud() -> Iterator[Emulator]:
    emulator = Emulator()
    yield emulator
    emulator.close()


def site_of(cloud: Emulator, folder: Path, allowed: Allowed = EVERYTHING, key: str = SETTINGS.secret_key) -> Site:
    used = replace(SETTINGS, endpoint="http://emulator", secret_key=key)
    sleep = lambda seconds: None  # noqa: E731
    return opened(used, PLACE, allowed, folder / "journal.json", adapter=lambda: Wire(cloud), sleep=sleep)


def untold(result: Result) -> dict[str, str]:
    return {finding.about: finding.reason for finding in result.choices if finding.seen is None}


def test_without_flags_nothing_is_changed_or_run(cloud: Emulator, tmp_path: Path) -> None:
    in_use(cloud)
    was = content(cloud)
    result = probe(site_of(cloud, tmp_path, Allowed()))
    assert untold(result) == {
        **dict.fromkeys(("template_limit", "workflow_limit", "style_limit"), "needs --limits"),
        **dict.fromkeys(("run_ends", "run_length", "run_end", "instance_id"), "needs --runs"),
        **dict.fromkeys(("vod_modify", "vod_empty_text", "vod_missing", "unknown_keys"), "needs --sub-app-id"),
        "vod_template_limit": "needs --sub-app-id and --limits",
        "mps_missing": "needs --mps",
        "mps_failure": "needs --mps and --runs",
        **dict.fromkeys(("hotlink_off", "bind_again", "unbinding_reads", "binding_required"), "needs --switches"),
        **dict.fromkeys(("signed_host", "signature_seconds"), UNSAFE),
    }
    settings = [one for one in cloud.requests if one.family == "pic" and "style" not in one.query]
    assert {one.method for one in settings} == {"GET"}
    assert not any("trigger" in one.path and one.method == "POST" for one in cloud.requests)
    assert {one.family for one in cloud.requests} == {"ci", "pic"}
    writes = [one for one in cloud.requests if one.method in ("PUT", "DELETE") and "queue" in one.path]
    assert [one.status for one in writes] == [404], "a queue that does not exist"
    assert {key: text for key, text in content(cloud).items() if key[2] != "queue"} == was


def test_a_bucket_in_use_is_not_unbound(cloud: Emulator, tmp_path: Path) -> None:
    in_use(cloud)
    was = content(cloud)
    with pytest.raises(CiError, match=r"workflow publish, template thumbs.* and 3 more.*--force"):
        probe(site_of(cloud, tmp_path, replace(EVERYTHING, force=False)))
    assert {one.method for one in cloud.requests if not one.action} == {"GET"}
    assert {one.action for one in cloud.requests if one.action} == {"DescribeProcessImageAsyncTemplates"}
    assert content(cloud) == was
    assert [*tmp_path.iterdir()] == []


def test_a_bucket_that_is_not_bound_is_told(cloud: Emulator, tmp_path: Path) -> None:
    unbound(cloud)
    cloud.choices = Choices(binding_required="on")
    with pytest.raises(CiError, match=r"not bound.*--switches"):
        probe(site_of(cloud, tmp_path, Allowed()))
    assert {one.method for one in cloud.requests} == {"GET"}


def test_wrong_keys_end_it_at_once(cloud: Emulator, tmp_path: Path) -> None:
    with pytest.raises(AccessDenied):
        probe(site_of(cloud, tmp_path, key="wrong"))
    assert len(cloud.requests) == 1
    assert [*tmp_path.iterdir()] == []


def test_a_service_that_fails_is_no_verdict(cloud: Emulator, tmp_path: Path) -> None:
    bound(cloud)
    cloud.faults.add("error", method="POST", path="^/workflow", status=500)
    result = probe(site_of(cloud, tmp_path))
    workflows = {"workflow_state", "toggle_answer", "put_active_workflow", "delete_active_workflow", "workflow_queues"}
    workflows |= {"workflow_events", "node_names", "references", "workflow_limit", "instance_id"}
    assert workflows <= untold(result).keys()
    assert all("InternalError" in untold(result)[name] for name in workflows)
    assert "AnimationTemplate" in {finding.about for finding in result.kinds if finding.verdict == "agrees"}
    assert result.cleaned.troubles == []


@pytest.mark.parametrize(
    "body",
    [
        "<Response><RequestId>r</RequestId></Response>",
        "<html><body>captive portal</body></html>",
        "",
        "<Response><TotalCount>²</TotalCount><PageSize>x</PageSize></Response>",
        '{"Response": {"RequestId": "r"}}',
        '{"Response": {"RequestId": "r", "TotalCount": "many", "ProcessImageAsyncTemplateSet": [1]}}',
    ],
)
def test_odd_answers_are_no_verdict_and_nothing_is_called_clean(cloud: Emulator, tmp_path: Path, body: str) -> None:
    bound(cloud)
    queues = [one for one in content(cloud) if one[2] == "queue"]
    cloud.faults.add(
        "garbage", path="^/template|^/workflow|[?]style", method="GET", body=body, content_type="application/xml"
    )
    cloud.faults.add("garbage", family="vod", body=body, content_type="application/json")
    cloud.faults.add("garbage", family="mps", body=body, content_type="application/json")
    site = site_of(cloud, tmp_path, replace(EVERYTHING, switches=False))
    result = probe(site)
    told = {"unset", "put_template", "page_size_max", "vod_modify", "vod_missing", "template_limit"}
    assert told & result.told.keys() == set()
    assert result.cleaned.troubles, "a list that could not be read proves nothing"
    assert site.journal.path.exists()
    cloud.faults.clear()
    assert resume(site_of(cloud, tmp_path)).troubles == []
    left = [one for one in content(cloud) if one[2] not in ("queue", "binding")]
    assert (left, queues) == ([], [])
    assert [*tmp_path.iterdir()] == []


def test_what_cannot_be_put_back_is_told_and_tried_again(cloud: Emulator, tmp_path: Path) -> None:
    in_use(cloud)
    was = content(cloud)
    cloud.faults.add("error", method="PUT", path="[?]hotlink", since=3, status=400, code="InvalidArgument")
    result = probe(site_of(cloud, tmp_path))
    assert len(result.cleaned.troubles) == 1
    assert result.cleaned.troubles[0].startswith("hotlink could not be put back to <Hotlink><Status>on</Status>")
    assert "hotlink_off" in untold(result)
    assert result.told["bind_again"] == "ok", "the rest goes on"
    cloud.faults.clear()
    cleaned = resume(site_of(cloud, tmp_path))
    assert (cleaned.put_back, cleaned.troubles) == (["hotlink"], [])
    assert {key: text for key, text in content(cloud).items() if key[2] != "queue"} == was


def test_what_cannot_be_removed_is_told_and_tried_again(cloud: Emulator, tmp_path: Path) -> None:
    bound(cloud)
    cloud.faults.add("error", method="DELETE", path="^/template", status=403, code="AccessDenied")
    result = probe(site_of(cloud, tmp_path, Allowed()))
    assert result.cleaned.troubles
    assert all(trouble.startswith("template pulumi-ci-probe-") for trouble in result.cleaned.troubles)
    cloud.faults.clear()
    with pytest.raises(CiError, match="--clean"):
        probe(site_of(cloud, tmp_path, Allowed()))
    cleaned = resume(site_of(cloud, tmp_path, Allowed()))
    assert cleaned.troubles == []
    assert len(cleaned.removed) == len(result.cleaned.troubles)
    assert resume(site_of(cloud, tmp_path, Allowed())).removed == []


def test_a_list_that_fails_keeps_nothing_else_from_being_removed(cloud: Emulator, tmp_path: Path) -> None:
    bound(cloud)
    cloud.faults.add("error", method="DELETE", path="^/template", status=400, code="InvalidArgument", times=2)
    cloud.faults.add("error", method="GET", path="^/workflow", status=400, code="InvalidArgument")
    result = probe(site_of(cloud, tmp_path, Allowed()))
    assert {one.kind for one in result.cleaned.removed} == {"template"}
    assert [trouble.partition(":")[0] for trouble in result.cleaned.troubles] == ["the workflows could not be listed"]


def test_the_journal_of_another_bucket_is_refused(cloud: Emulator, tmp_path: Path) -> None:
    site = site_of(cloud, tmp_path)
    site.journal.bucket = "other-1250000000"
    site.journal.begin()
    with pytest.raises(CiError, match="other-1250000000"):
        resume(site_of(cloud, tmp_path))
