"""Experiments with media templates. Source: 165-195, 201."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, decided, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.leftovers import remove
from pulumi_ci.probe.limits import limit
from pulumi_ci.probe.search import largest
from pulumi_ci.probe.site import Site, known
from pulumi_ci.wire import xml

_LONGEST = 300
_HUGE = 100_000


@experiment("answer_form", "unset", does="makes a Transcode template and reads it")
def forms(site: Site) -> Answers:
    """Where an answer has the blocks of a flat request, and what a list shows beside what was sent."""
    name = site.name("forms")
    body = bodies.transcode(name)
    reply = known(site.template(body))
    found = [
        form
        for form, path in (("nested", "TransTpl/Container"), ("flat", "Container"))
        if reply.root is not None and reply.root.find(f"Template/{path}") is not None
    ]
    yield "answer_form", found[0] if len(found) == 1 else Unclear(f"the answer has Container in {len(found)} places")
    row = site.one("/template", "TemplateList", site.made[-1][1]).find("TransTpl")
    if row is None:
        raise Unclear("the list shows the template without a TransTpl")
    sent = {path for path, _ in _leaves(xml.parse(body))}
    added = [text for path, text in _leaves(row) if path not in sent]
    yield "unset", "with-defaults" if any(added) else "empty-elements" if added else "as-sent"


@experiment("put_template", "update_envelope", does="makes a Snapshot template and updates it")
def update(site: Site) -> Answers:
    """Whether an update keeps what it does not send, and what its answer holds."""
    name = site.name("update")
    known(site.template(bodies.snapshot(name, "<Width>320</Width>")))
    id = site.made[-1][1]
    reply = site.must("PUT", f"/template/{id}", body=bodies.snapshot(name))
    row = site.one("/template", "TemplateList", id)
    kept = (row.findtext("Snapshot/Mode") == "Average", row.findtext("Snapshot/Width") == "320")
    among = {(False, False): "replace", (True, True): "merge"}
    yield "put_template", decided(kept, among, "kept of an update are Mode, Width")
    if reply.text("Template/TemplateId") != id:
        raise Unclear("the answer to an update does not hold the template")
    there = bool(reply.text("Template/BucketId")), bool(reply.text("Template/Category"))
    yield "update_envelope", decided(there, {(True, True): "full", (False, False): "sparse"}, "BucketId, Category")


@experiment("name_scope", does="makes a Snapshot and an Animation template of one name")
def scope(site: Site) -> Answers:
    """Whether two templates of different tags may have one name."""
    name = site.name("scope")
    known(site.template(bodies.snapshot(name)))
    other = site.template(bodies.animation(name))
    if other.ok and site.template(bodies.snapshot(name)).ok:
        raise Unclear("two templates of one tag may have the same name")
    if not other.ok and other.code != "TemplateNameDuplicate":
        raise Unclear(other.refusal)
    yield "name_scope", "bucket+tag" if other.ok else "bucket"


@experiment("name_limit", does=f"makes about ten templates with names of up to {_LONGEST} characters, one at a time")
def longest_name(site: Site) -> Answers:
    """How long the name of a template may be."""

    def accepts(length: int) -> bool:
        reply = site.template(bodies.snapshot(site.name("").ljust(length, "n")))
        if reply.ok:
            remove(site, *site.made.pop())
        elif reply.code in ("CreatedTemplateNumLimit", "TemplateNameDuplicate", "MediaBucketUnBinded"):
            raise Unclear(reply.refusal)
        return reply.ok

    least = len(site.name("")) + 1
    found = largest(accepts, least, _LONGEST, 64)
    if found is None:
        raise Unclear(f"a name of {least} characters is refused")
    yield "name_limit", 0 if found == _LONGEST else found


@experiment("page_size_max", does="reads lists of templates")
def page(site: Site) -> Answers:
    """To what a page is cut."""
    size = site.must("GET", "/template", {"pageSize": str(_HUGE)}).text("PageSize")
    if not size.isdecimal() or int(size) == _HUGE:
        raise Unclear(f"a list with pageSize={_HUGE} says PageSize {size!r}; how many rows it would show is not known")
    yield "page_size_max", int(size)


@experiment("template_limit", does="makes templates until one is refused", needs=("limits",))
def templates(site: Site) -> Answers:
    """How many templates a bucket may have."""
    there = site.must("GET", "/template", {"pageSize": "1"}).text("TotalCount")
    make = lambda label: site.template(bodies.snapshot(site.name(label)))  # noqa: E731
    yield "template_limit", limit(site, make, "CreatedTemplateNumLimit", there)


def _leaves(element: xml.Element, path: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        here = f"{path}/{child.tag}"
        if len(child):
            yield from _leaves(child, here)
        else:
            yield here, (child.text or "").strip()


EXPERIMENTS = (forms, update, scope, longest_name, page, templates)
