"""Calls that are refused for sure, for the form of codes and the status of each. Source: 201."""

from __future__ import annotations

from pulumi_ci.emulator.errors import CODES
from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, decided, experiment
from pulumi_ci.probe.site import Site, known


@experiment("error_code", does="sends calls that are refused, such as the delete of a template that does not exist")
def refusals(site: Site) -> Answers:
    """Whether codes come as names or as numbers."""
    site.ask("DELETE", f"/template/{site.nobody('t1')}")
    site.ask("DELETE", f"/workflow/{site.nobody('w')}")
    queue = "<Request><Name>nobody</Name><State>Active</State><NotifyConfig><State>Off</State></NotifyConfig></Request>"
    site.ask("PUT", f"/queue/{site.nobody('p')}", body=queue)
    site.ask("POST", "/template")
    site.ask("POST", "/template", body="<Request><Tag>")
    site.ask("GET", "/template", {"pageNumber": "none"})
    body = bodies.snapshot(site.name("twice"))
    known(site.template(body))
    site.template(body)
    numbered = {given.isdecimal() for name, (given, _) in site.codes.items() if CODES.get(name, (0, 0))[0] > 0}
    one = next(iter(numbered)) if len(numbered) == 1 else None
    yield "error_code", decided(one, {True: "number", False: "name"}, "codes come in several forms, or none came")


@experiment("statuses", does="")
def statuses(site: Site) -> Answers:
    """HTTP status by code, of every refusal so far, where it is another one than the emulator's."""
    known_codes = {name: status for name, (_, status) in site.codes.items()}
    yield "statuses", {name: status for name, status in sorted(known_codes.items()) if status != _assumed(name)}


def _assumed(name: str) -> int | None:
    found = CODES.get(name)
    return None if found is None else found[1]


EXPERIMENTS = (refusals,)
LAST = (statuses,)
"""What can be told when everything else has been played."""
