"""Experiments with tasks of Media Processing Service. Source: mps-ProcessImage."""

from __future__ import annotations

from typing import get_args, get_type_hints

from pulumi_ci.emulator.choices import Choices
from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import MPS, Site, known

_READ = "DescribeImageTaskDetail"
_PATIENCE = 120
"""Reads of a task before it is given up."""


@experiment("mps_missing", does="reads an MPS task that does not exist", needs=("mps",))
def missing(site: Site) -> Answers:
    """With which code a read of a task that does not exist is refused."""
    reply = site.act(MPS, _READ, {"TaskId": site.nobody("m")})
    if reply.code not in get_args(get_type_hints(Choices)["mps_missing"]):
        raise Unclear(reply.refusal or "the read is not refused")
    yield "mps_missing", reply.code


@experiment("mps_failure", does="starts an MPS task for an image that does not exist", needs=("mps", "runs"))
def failure(site: Site) -> Answers:
    """Where a task that failed says so."""
    place = {"Bucket": site.place.bucket, "Region": site.place.region, "Object": f"/{site.folder}nothing.png"}
    task = {
        "InputInfo": {"Type": "COS", "CosInputInfo": place},
        "OutputDir": f"/{site.folder}",
        "ImageTask": {"EncodeConfig": {"Format": "PNG"}},
    }
    id = known(site.act(MPS, "ProcessImage", task)).content.get("TaskId")
    for reads in range(_PATIENCE):
        site.sleep(1 if reads else 0)
        seen = known(site.act(MPS, _READ, {"TaskId": id})).content
        if seen.get("Status") == "FINISH":
            break
    else:
        raise Unclear(f"the task is still {seen.get('Status')} after {_PATIENCE} reads")
    parts = [part for part in seen.get("ImageProcessTaskResultSet") or [] if isinstance(part, dict)]
    if seen.get("ErrCode") or seen.get("ErrMsg"):
        yield "mps_failure", "task"
    elif any(part.get("ErrMsg") or part.get("Status") == "FAIL" for part in parts):
        yield "mps_failure", "part"
    else:
        raise Unclear("the task did not fail")


EXPERIMENTS = (missing, failure)
