"""Experiments with image styles. Source: 030-032, 201."""

from __future__ import annotations

from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.limits import limit
from pulumi_ci.probe.site import Reply, Site, known

_MISSING = "-60967"
_TAKEN = ("TemplateNameDuplicate", "1112")
"""The one code of 201 for a name that is taken."""


@experiment("style_put", does="adds a style twice")
def again(site: Site) -> Answers:
    """What becomes of a style that is added again."""
    name = site.name("again")
    known(site.style(name, bodies.RULE))
    reply = site.style(name, bodies.OTHER_RULE)
    now = _styles(site).get(name)
    if reply.ok and now != bodies.OTHER_RULE:
        raise Unclear(f"a style that was added again says {now!r}; the answer was a good one")
    yield "style_put", "overwrite" if reply.ok else "reject" if reply.code in _TAKEN else "reject-plain"


@experiment("style_missing", does="reads a style that does not exist")
def missing(site: Site) -> Answers:
    """How a query for a style that does not exist is answered."""
    reply = _of_nobody(site, "GET", "GetStyle")
    if reply.ok and (reply.root is None or reply.root.tag != "StyleList" or len(reply.root)):
        raise Unclear("the answer is a list that is not empty, or no list")
    yield "style_missing", "empty" if reply.ok else "error"


@experiment("style_delete_missing", does="deletes a style that does not exist")
def delete_missing(site: Site) -> Answers:
    """Whether deleting a style that does not exist is an error."""
    reply = _of_nobody(site, "DELETE", "DeleteStyle")
    yield "style_delete_missing", "ok" if reply.ok else "error"


@experiment("style_limit", does="adds styles until one is refused; one a second", needs=("limits",))
def styles(site: Site) -> Answers:
    """How many styles a bucket may have."""
    there = len(_styles(site))
    make = lambda label: site.style(site.name(label), bodies.RULE)  # noqa: E731
    yield "style_limit", limit(site, make, "-60957", str(there))


def _styles(site: Site) -> dict[str, str]:
    root = site.must("GET", query={"style": ""}, host="pic").root
    rules = root.findall("StyleRule") if root is not None else []
    return {rule.findtext("StyleName") or "": rule.findtext("StyleBody") or "" for rule in rules}


def _of_nobody(site: Site, method: str, root: str) -> Reply:
    """The reply to a call for a style that does not exist: a good one, or the one code for it."""
    body = f"<{root}><StyleName>{site.name('nobody')}</StyleName></{root}>"
    reply = site.ask(method, query={"style": ""}, body=body, host="pic")
    if not reply.ok and reply.code != _MISSING:
        raise Unclear(reply.refusal)
    return reply


EXPERIMENTS = (again, missing, delete_missing, styles)
