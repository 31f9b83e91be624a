"""Experiments with workflows, none of which ever runs: nobody puts objects into their folder. Source: 100-103, 202."""

from __future__ import annotations

from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.limits import limit
from pulumi_ci.probe.site import Reply, Site, known

_INPUT = "Topology/Nodes/Start/Input"


@experiment(
    *("workflow_state", "toggle_answer", "put_active_workflow", "delete_active_workflow"),
    does="makes a workflow, activates it, updates and deletes it while it is active",
)
def active(site: Site) -> Answers:
    """What state a workflow begins with, and what may be done to an active one."""
    label, template = "active", _template(site)
    reply = known(_make(site, label, template))
    id = site.made[-1][1]
    state = reply.text("MediaWorkflow/State") or _state(site, id)
    yield "workflow_state", state if state in ("Active", "Paused") else Unclear(f"it begins with the state {state!r}")
    word = "paused" if state == "Active" else "active"
    toggled = site.must("PUT", f"/workflow/{id}", {word: ""})
    if (now := _state(site, id)) != word.capitalize():
        raise Unclear(f"after ?{word} the state is {now!r}")
    shape = None if toggled.root is None else toggled.root.find("MediaWorkflow") is not None
    unclear = Unclear("the answer has a body without a MediaWorkflow")
    yield "toggle_answer", "empty" if shape is None else "workflow" if shape else unclear
    _activate(site, id)
    put = site.ask("PUT", f"/workflow/{id}", body=_flow(site, label, template, state="Active"))
    yield "put_active_workflow", _refused(put)
    _activate(site, id)
    gone = site.ask("DELETE", f"/workflow/{id}")
    yield "delete_active_workflow", _refused(gone)


@experiment("workflow_queues", does="makes workflows with and without a queue")
def queues(site: Site) -> Answers:
    """What becomes of a queue that is left out."""
    template, own = _template(site), site.queue()
    if not own:
        raise Unclear("the bucket shows no media queue; is media processing switched on?")
    reply = _make(site, "no-queue", template, queue="")
    if not reply.ok:
        known(_make(site, "queue", template, queue=own))
        yield "workflow_queues", "require"
        return
    filled = reply.text(f"MediaWorkflow/{_INPUT}/QueueId")
    yield "workflow_queues", "fill" if filled else "as-sent"


@experiment("workflow_events", does="makes a workflow with a callback to an address that does not exist")
def events(site: Site) -> Answers:
    """Whether a list shows an event that was not asked for."""
    known(_make(site, "events", _template(site), notify=bodies.NOTIFY))
    row = site.one("/workflow", "MediaWorkflowList", site.made[-1][1])
    shown = {part.strip() for part in (row.findtext(f"{_INPUT}/NotifyConfig/Event") or "").split(",")}
    if "TaskFinish" not in shown:
        raise Unclear(f"the list shows the events {', '.join(sorted(shown)) or 'none'}")
    yield "workflow_events", "start-added" if "WorkflowStart" in shown else "as-sent"


@experiment("node_names", does="makes workflows with nodes named by type and freely")
def node_names(site: Site) -> Answers:
    """Whether a node's name must begin with its type."""
    template = _template(site)
    known(_make(site, "prefixed", template))
    yield "node_names", "free" if _make(site, "free", template, node="Thumb512").ok else "prefixed"


@experiment("references", does="makes workflows that name a template that exists, and one that does not")
def references(site: Site) -> Answers:
    """Whether what a workflow names must exist."""
    known(_make(site, "there", _template(site)))
    reply = _make(site, "nowhere", site.nobody("t1"))
    yield "references", "free" if reply.ok else "checked"


@experiment("workflow_limit", does="makes workflows until one is refused", needs=("limits",))
def workflows(site: Site) -> Answers:
    """How many workflows a bucket may have."""
    template = _template(site)
    there = site.must("GET", "/workflow", {"pageSize": "1"}).text("TotalCount")
    yield "workflow_limit", limit(site, lambda label: _make(site, label, template), "WorkFlowNumLimit", there)


def _template(site: Site) -> str:
    known(site.template(bodies.snapshot(site.name("flow"))))
    return site.made[-1][1]


def _make(
    site: Site, label: str, template: str, *, queue: str | None = None, node: str = "Snapshot_1", notify: str = ""
) -> Reply:
    return site.workflow(_flow(site, label, template, queue=queue, node=node, notify=notify, state=""))


def _flow(
    site: Site,
    label: str,
    template: str,
    *,
    state: str,
    queue: str | None = None,
    node: str = "Snapshot_1",
    notify: str = "",
) -> str:
    """The body; `queue` None = the bucket's own, so that it is no reason for a refusal."""
    own = site.queue() if queue is None else queue
    return bodies.flow(
        site.name(label),
        site.folder,
        site.place.bucket,
        site.place.region,
        template=template,
        queue=own,
        state=state,
        node=node,
        notify=notify,
    )


def _state(site: Site, id: str) -> str:
    return (site.one("/workflow", "MediaWorkflowList", id).findtext("State") or "").strip()


def _activate(site: Site, id: str) -> None:
    if _state(site, id) != "Active":
        site.must("PUT", f"/workflow/{id}", {"active": ""})
        if (state := _state(site, id)) != "Active":
            raise Unclear(f"a workflow that was activated is {state!r}")


def _refused(reply: Reply) -> str | Unclear:
    if not reply.ok and reply.code != "ActiveWorkflowForbiddenUpdate":
        return Unclear(reply.refusal)
    return "allow" if reply.ok else "refuse"


EXPERIMENTS = (active, queues, events, node_names, references, workflows)
