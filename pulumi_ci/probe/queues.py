"""Experiments with queues, which only read. Source: 045-087."""

from __future__ import annotations

from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.search import largest
from pulumi_ci.probe.site import Site

_DOCUMENTED = {"/queue": "text", "/picqueue": "text", "/ai_queue": "text", "/asrqueue": "block", "/docqueue": "block"}
"""Shape of NonExistPIDs by service, as its page shows it."""
_MANY = 64


@experiment("queue_ids_max", does="reads queues that do not exist")
def ids(site: Site) -> Answers:
    """How many queues may be read at once."""

    def accepts(number: int) -> bool:
        wanted = ",".join(site.nobody(f"p{index:02x}")[:33] for index in range(number))
        return site.ask("GET", "/queue", {"queueIds": wanted}).ok

    found = largest(accepts, 1, _MANY, 10)
    if found is None:
        raise Unclear("a read of one queue that does not exist is refused")
    yield "queue_ids_max", 0 if found == _MANY else found


@experiment("queue_by_id", does="reads a queue for speed transcoding")
def by_id(site: Site) -> Answers:
    """Whether a read by id keeps to a category."""
    speed = site.queue(category="SpeedTranscoding")
    if not speed:
        raise Unclear("the bucket shows no queue for speed transcoding")
    reply = site.must("GET", "/queue", {"queueIds": speed})
    if reply.text("QueueList/QueueId") == speed:
        yield "queue_by_id", "any-category"
    elif reply.root is not None and reply.root.find("NonExistPIDs") is not None:
        yield "queue_by_id", "category"
    else:
        raise Unclear("the answer neither has the queue nor says that it does not exist")


@experiment("missing_queues", does="reads queues that do not exist, of each service")
def missing(site: Site) -> Answers:
    """In which shape the ids of queues that do not exist come back."""
    shapes, reasons = dict[str, str](), list[str]()
    for path in _DOCUMENTED:
        reply = site.ask("GET", path, {"queueIds": site.nobody("p")})
        found = reply.root.find("NonExistPIDs") if reply.root is not None else None
        if found is None:
            reasons.append(f"{path}: {reply.refusal or 'the answer has no NonExistPIDs'}")
        else:
            shapes[path] = "block" if found.find("QueueID") is not None else "text"
    documented = {path: _DOCUMENTED[path] for path in shapes}
    both = set(documented.values()) == {"text", "block"}
    if both and shapes == documented:
        yield "missing_queues", "documented"
    elif both and len(set(shapes.values())) == 1:
        yield "missing_queues", next(iter(shapes.values()))
    else:
        raise Unclear("; ".join([*(f"{path} shows {shape}" for path, shape in shapes.items()), *reasons]))


@experiment("speech_category", does="reads the speech queue")
def speech(site: Site) -> Answers:
    """What category a speech queue shows."""
    reply = site.must("GET", "/asrqueue")
    if not reply.text("QueueList/QueueId"):
        raise Unclear("the bucket shows no speech queue; is speech recognition switched on?")
    yield "speech_category", reply.text("QueueList/Category")


EXPERIMENTS = (ids, by_id, missing, speech)
