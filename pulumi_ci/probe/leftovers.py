"""What a probe made: how it is found by its name, and how one object is removed. Nothing else is ever removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pulumi_ci.probe.finding import Unclear, reason
from pulumi_ci.probe.names import is_probes as made_by_a_probe
from pulumi_ci.probe.site import VOD, Reply, Site, known

_GONE = ("TemplateNotFound", "ResourceNotFound", "-60967")
_PAGE = 100
_PATIENCE = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each further look: a list may lag behind a delete."""


class Leftover(NamedTuple):
    """One object: its kind, id and name."""

    kind: str
    id: str
    name: str


def remove(site: Site, kind: str, id: str) -> None:
    """Removes one object; one that is gone already is no error. Raises CiError or Unclear when it stays."""
    if kind == "style":
        body = f"<DeleteStyle><StyleName>{id}</StyleName></DeleteStyle>"
        reply = site.ask("DELETE", query={"style": ""}, body=body, host="pic")
    elif kind == "vod-template":
        reply = site.act(VOD, "DeleteProcessImageAsyncTemplate", {"Definition": int(id)})
    elif kind == "job":
        reply = site.ask("PUT", f"/inventorytriggerjob/{id}", {"cancel": ""})
    else:
        reply = site.ask("DELETE", f"/{kind}/{id}")
        if kind == "workflow" and reply.code == "ActiveWorkflowForbiddenUpdate":
            site.must("PUT", f"/workflow/{id}", {"paused": ""})
            reply = site.ask("DELETE", f"/workflow/{id}")
    if not reply.ok and reply.code not in _GONE and not reply.code.startswith("ResourceNotFound"):
        raise Unclear(reply.refusal)


def tidy(site: Site) -> None:
    """Removes what the last experiment made; what stays in spite of it is removed in the end."""
    while site.made:
        kind, id = site.made.pop()
        try:
            remove(site, kind, id)
        except Exception:  # noqa: S112 - said in the end, when it still stays
            continue


def find(site: Site, is_probes: Callable[[str], bool]) -> tuple[list[Leftover], list[str]]:
    """Every object whose name is a probe's, workflows before the templates that they name; and what went wrong.

    Batch jobs count while they go on: what ended stays in the history, and no call removes it.
    """
    found: list[Leftover] = []
    troubles: list[str] = []
    for kind, rows in _lists(site):
        try:
            found += [Leftover(kind, id, name) for id, name in rows(site) if is_probes(name)]
        except Exception as error:
            troubles.append(f"the {kind}s could not be listed: {reason(error)}")
    return found, troubles


def clear(site: Site, is_probes: Callable[[str], bool]) -> tuple[list[Leftover], list[str]]:
    """Removes every object whose name is a probe's. What was removed, and what went wrong in words."""
    removed: list[Leftover] = []
    found: list[Leftover] = []
    for seconds in _PATIENCE:
        site.sleep(seconds)
        found, troubles = find(site, is_probes)
        for one in found:
            try:
                remove(site, one.kind, one.id)
            except Exception as error:
                troubles.append(f"{one.kind} {one.name} could not be removed: {reason(error)}")
                continue
            removed += [one] if one not in removed else []
        if not found or troubles:
            return removed, troubles
    return removed, [f"{one.kind} {one.name} is still listed after it was removed" for one in found]


def others(site: Site) -> list[str]:
    """Objects in the bucket that no probe made, in words; they may be somebody's living setup.

    Raises Unclear when a list cannot be read.
    """
    found, troubles = find(site, lambda name: not made_by_a_probe(name))
    if troubles:
        raise Unclear(troubles[0])
    return [f"{one.kind} {one.name}" for one in found if one.kind != "vod-template"]


def _lists(site: Site) -> Iterator[tuple[str, Callable[[Site], Iterable[tuple[str, str]]]]]:
    """The kinds that a probe may have made, with what gives id and name of each object there is."""
    yield "workflow", lambda site: _rows(site, "/workflow", "MediaWorkflowList", "WorkflowId")
    yield "template", lambda site: _rows(site, "/template", "TemplateList", "TemplateId")
    yield "style", _styles
    if site.allowed.sub_app_id is not None:
        yield "vod-template", _definitions
    if site.allowed.runs:
        yield "job", _jobs


def _styles(site: Site) -> Iterator[tuple[str, str]]:
    root = site.must("GET", query={"style": ""}, host="pic").root
    for rule in root.findall("StyleRule") if root is not None else ():
        name = (rule.findtext("StyleName") or "").strip()
        yield name, name


def _rows(site: Site, path: str, item: str, id: str) -> Iterator[tuple[str, str]]:
    """Id and name of every object in a list. No filter by name: what it means is not certain."""
    for number in range(1, 10_000):
        reply = site.must("GET", path, {"pageNumber": str(number), "pageSize": str(_PAGE)})
        items = reply.root.findall(item) if reply.root is not None else []
        for row in items:
            yield (row.findtext(id) or "").strip(), (row.findtext("Name") or "").strip()
        total, size = reply.text("TotalCount"), reply.text("PageSize")
        if not total.isdecimal():
            raise Unclear(f"GET {path}: the list has no TotalCount")
        if not items or number * (int(size) if size.isdecimal() and int(size) else len(items)) >= int(total):
            return


def _definitions(site: Site) -> Iterator[tuple[str, str]]:
    seen = 0
    while True:
        reply = known(site.act(VOD, "DescribeProcessImageAsyncTemplates", {"Offset": seen, "Limit": _PAGE}))
        items = reply.content.get("ProcessImageAsyncTemplateSet") or []
        for item in items:
            yield str(item.get("Definition") or ""), str(item.get("Name") or "")
        seen += len(items)
        if not items or seen >= int(reply.content.get("TotalCount") or 0):
            return


def _jobs(site: Site) -> Iterator[tuple[str, str]]:
    """Batch jobs that go on."""
    token = ""
    while True:
        query = {"states": "Submitted,Running", "size": str(_PAGE), **({"nextToken": token} if token else {})}
        reply: Reply = site.must("GET", "/inventorytriggerjob", query)
        for row in reply.root.findall("JobsDetail") if reply.root is not None else ():
            yield (row.findtext("JobId") or "").strip(), (row.findtext("Name") or "").strip()
        token = reply.text("NextToken")
        if not token:
            return
