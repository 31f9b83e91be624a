"""The experiment with rates: more calls in a second than the pages allow. Source: 030."""

from __future__ import annotations

from pulumi_ci.api.errors import RateLimited
from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import Site

_WRITES, _ROUNDS = 3, 5


@experiment("throttle", does="deletes a style that does not exist, three times in a second")
def rates(site: Site) -> Answers:
    """Whether more than one write a second is refused; calls that came more slowly tell nothing, and are repeated."""
    body = f"<DeleteStyle><StyleName>{site.name('rates')}</StyleName></DeleteStyle>"
    for _ in range(_ROUNDS):
        began = site.clock()
        try:
            for _ in range(_WRITES):
                site.ask("DELETE", query={"style": ""}, body=body, host="pic", client=site.impatient)
        except RateLimited:
            yield "throttle", "documented"
            return
        if site.clock() - began < 1:
            yield "throttle", "off"
            return
    raise Unclear(f"{_WRITES} calls take longer than a second from here")


EXPERIMENTS = (rates,)
