"""What a probe would do, in words, before it does anything."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_ci.model.api import Adopted, JsonAction, Switch, XmlAction
from pulumi_ci.probe import kinds
from pulumi_ci.probe.allowed import FLAGS, Allowed
from pulumi_ci.probe.experiment import Experiment
from pulumi_ci.probe.names import FIXED
from pulumi_ci.probe.run import FIRST, LAST
from pulumi_ci.probe.site import Site

EVERY: tuple[Experiment, ...] = (*FIRST, *LAST)


def plan(site: Site) -> Iterator[str]:
    """Lines that say what is created, changed and may cost money with the user's flags, and what is left out."""
    allowed = site.allowed
    yield f"In {site.place}, under names that begin with {FIXED}, and removed again:"
    plain = [one for one in EVERY if one.does and not one.needs]
    yield from (f"  {one.does}" for one in plain)
    free = [kind.__name__ for kind in kinds.every() if not kinds.needs(kind)]
    yield f"  creates, reads, updates and deletes: {', '.join(free)}"
    yield "The documents bill runs, and none of these is one. No object in the bucket is read or written."
    yield from _switches(allowed)
    yield from _runs(allowed)
    yield from _rest(allowed)


def _switches(allowed: Allowed) -> Iterator[str]:
    if not allowed.switches:
        yield f"Left alone without {FLAGS['switches']}: the bucket's binding, protection, services and queues."
        return
    yield "CHANGED FOR A WHILE and put back: the bucket's own settings. Pictures and jobs may fail meanwhile:"
    yield "  binds the bucket for the time of the probe, when it is not bound"
    yield from (f"  {one.does}" for one in EVERY if "switches" in one.needs)
    names = [kind.__name__ for kind in kinds.every() if isinstance(kind.api, (Switch, Adopted))]
    yield f"  switches on and off, or changes: {', '.join(names)}"
    yield "  services that are on stay on, and what no call switches off again is not switched on"
    if allowed.force:
        yield "  ALSO WHEN THE BUCKET HAS OBJECTS OF OTHERS"
    else:
        yield "  it refuses when the bucket has templates, workflows or styles of others, or protection that is on"


def _runs(allowed: Allowed) -> Iterator[str]:
    if not allowed.runs:
        yield f"Left out without {FLAGS['runs']}: batch jobs, executions and MPS tasks."
        return
    yield "MAY BE BILLED: runs, all for objects that do not exist; they stay in the history of the service:"
    yield from (f"  {one.does}" for one in EVERY if "runs" in one.needs and not allowed.refusal(one.needs))
    names = [
        kind.__name__
        for kind in kinds.every()
        if isinstance(kind.api, (XmlAction, JsonAction)) and not allowed.refusal(kinds.needs(kind))
    ]
    yield f"  starts: {', '.join(names)}"


def _rest(allowed: Allowed) -> Iterator[str]:
    if allowed.limits:
        yield f"Up to {allowed.limits} objects of each kind at once:"
        yield from (f"  {one.does}" for one in EVERY if "limits" in one.needs and not allowed.refusal(one.needs))
    else:
        yield f"Left out without {FLAGS['limits']}: how many templates, workflows and styles there may be."
    if allowed.sub_app_id is None:
        yield f"Left out without {FLAGS['vod']}: Video on Demand."
    else:
        yield f"In the VOD application {allowed.sub_app_id or 'of the account (0)'}:"
        yield from (f"  {one.does}" for one in EVERY if one.needs == ("vod",))
    if not allowed.mps:
        yield f"Left out without {FLAGS['mps']}: Media Processing Service."
