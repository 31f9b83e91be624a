"""How many objects a service takes before it refuses one more."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import Reply, Site


def limit(site: Site, make: Callable[[str], Reply], code: str, there: str) -> int:
    """The number of objects at which one more is refused with that code.

    `make` makes one, `there` is how many the list shows before. Raises Unclear after as many as the user allows.
    """
    if not there.isdecimal():
        raise Unclear("the list does not say how many there are")
    for number in range(site.allowed.limits):
        reply = make(f"limit-{number}")
        if reply.code == code:
            return int(there) + number
        if not reply.ok:
            raise Unclear(reply.refusal)
    raise Unclear(f"none up to {int(there) + site.allowed.limits}; --limits with a larger number looks further")
