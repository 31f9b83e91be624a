"""Experiments with runs: batch jobs for no object, an execution for one that is not there. Source: 104-199."""

from __future__ import annotations

from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import Site, known

_JOBS = "/inventorytriggerjob"
_ENDS = ("Success", "Failed", "Cancel")
_BURST = 8
"""Reads at once, before the others, which are a second apart."""
_PATIENCE = 120
"""Reads of a run before it is given up."""


@experiment(
    "run_ends", "run_length", "run_end", does="starts two batch jobs for a folder without objects", needs=("runs",)
)
def ends(site: Site) -> Answers:
    """When a run ends, and how: the first is read until it ends, the second once, after that time."""
    id, state = _start(site, "first")
    if state in _ENDS:
        yield "run_ends", "at-once"
        yield "run_length", Unclear("runs end at once")
        yield "run_end", _end(state)
        return
    began, reads = site.clock(), 0
    while state not in _ENDS:
        if reads == _PATIENCE:
            raise Unclear(f"the run is still {state} after {site.clock() - began:g} seconds")
        site.sleep(0 if reads < _BURST else 1)
        state, reads = _state(site, id), reads + 1
    took = site.clock() - began
    yield "run_end", _end(state)
    other, _ = _start(site, "second")
    site.sleep(took + 1)
    by_time = _state(site, other) in _ENDS
    if not by_time:
        site.ask("PUT", f"{_JOBS}/{other}", {"cancel": ""})
    yield "run_ends", "after-seconds" if by_time else "after-reads"
    yield "run_length", max(round(took), 1) if by_time else reads - 1


@experiment("instance_id", does="runs a workflow for an object that is not there", needs=("runs",))
def instance(site: Site) -> Answers:
    """Whether the id that a start answers is the one that reads know."""
    known(site.template(bodies.snapshot(site.name("run"))))
    template = site.made[-1][1]
    flow = bodies.flow(
        site.name("run"),
        site.folder,
        site.place.bucket,
        site.place.region,
        template=template,
        queue=site.queue(),
        state="Paused",
        node="Snapshot_1",
        notify="",
    )
    known(site.workflow(flow))
    workflow = site.made[-1][1]
    query = {"workflowId": workflow, "object": f"{site.folder}nothing.mp4", "name": site.name("run")}
    answered = site.must("POST", "/triggerworkflow", query).text("InstanceId")
    shown = site.must("GET", "/workflowexecution", {"workflowId": workflow}).text("WorkflowExecutionList/RunId")
    for reads in range(_PATIENCE):  # no call cancels it
        site.sleep(0 if reads < _BURST else 1)
        if site.must("GET", f"/workflowexecution/{shown}").text("WorkflowExecution/State") in _ENDS:
            break
    if answered.rstrip("=") != shown.rstrip("="):
        raise Unclear(f"the start answers {answered}, the list shows {shown}")
    yield "instance_id", "run-id" if answered == shown else "padded"


@experiment("missing_job", does="reads a batch job that does not exist")
def missing(site: Site) -> Answers:
    """How a read of a batch job that does not exist is answered."""
    reply = site.ask("GET", f"{_JOBS}/{site.nobody('b')}")
    if not reply.ok and reply.code != "ResourceNotFound":
        raise Unclear(reply.refusal)
    if reply.ok and not reply.text("NonExistJobIds"):
        raise Unclear("the answer has no NonExistJobIds")
    yield "missing_job", "listed" if reply.ok else "error"


def _start(site: Site, label: str) -> tuple[str, str]:
    queue = site.queue()
    if not queue:
        raise Unclear("the bucket shows no media queue; is media processing switched on?")
    reply = site.must("POST", _JOBS, body=bodies.job(site.name(label), site.folder, queue))
    return reply.text("JobsDetail/JobId"), reply.text("JobsDetail/State")


def _state(site: Site, id: str) -> str:
    return site.must("GET", f"{_JOBS}/{id}").text("JobsDetail/State")


def _end(state: str) -> str | Unclear:
    return state if state in ("Success", "Failed") else Unclear(f"a run that nobody cancelled ended as {state}")


EXPERIMENTS = (ends, instance, missing)
