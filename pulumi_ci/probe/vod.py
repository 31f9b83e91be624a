"""Experiments with templates of Video on Demand. Source: vod-CreateProcessImageAsyncTemplate and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.limits import limit
from pulumi_ci.probe.site import VOD, Site, known

_PNG = {"EncodeConfig": {"Format": "PNG"}}
_DENOISE = {"Denoise": {"Switch": "ON", "Type": "weak"}}
_READ = "DescribeProcessImageAsyncTemplates"
_SET = "ProcessImageAsyncTemplateSet"
_NOBODY = 2_000_000_000


@experiment("vod_modify", "vod_empty_text", does="makes a VOD template and modifies it", needs=("vod",))
def modify(site: Site) -> Answers:
    """Whether a Modify keeps what it does not send, and what an empty text does."""
    configure = {**_PNG, "EnhanceConfig": _DENOISE}
    known(site.vod_template(site.name("modify"), Comment="a probe", ProcessImageConfigure=configure))
    definition = int(site.made[-1][1])
    change = {"Definition": definition, "Comment": "", "ProcessImageConfigure": {"EncodeConfig": {"Format": "JPEG"}}}
    known(site.act(VOD, "ModifyProcessImageAsyncTemplate", change))
    row = _one(site, definition)
    now = row.get("ProcessImageConfigure") or {}
    if (now.get("EncodeConfig") or {}).get("Format") != "JPEG":
        raise Unclear("a format that was modified is not shown")
    kept = ((now.get("EnhanceConfig") or {}).get("Denoise") or {}).get("Switch") == "ON"
    yield "vod_modify", "merge" if kept else "replace"
    yield "vod_empty_text", "ignored" if row.get("Comment") else "clears"


@experiment("vod_missing", does="reads a VOD template that does not exist", needs=("vod",))
def missing(site: Site) -> Answers:
    """How a read of a template that does not exist is answered."""
    reply = site.act(VOD, _READ, {"Definitions": [_NOBODY]})
    if not reply.ok and not reply.code.startswith("ResourceNotFound"):
        raise Unclear(reply.refusal)
    if reply.ok and reply.content.get(_SET, "") not in ([], None):
        raise Unclear(f"the answer has {_SET} {reply.content.get(_SET)!r}")
    yield "vod_missing", "empty" if reply.ok else "error"


@experiment("unknown_keys", does="makes a VOD template with a key that no page has", needs=("vod",))
def unknown(site: Site) -> Answers:
    """Whether a key that no page has is refused."""
    known(site.vod_template(site.name("known"), ProcessImageConfigure=_PNG))
    reply = site.vod_template(site.name("unknown"), ProcessImageConfigure={**_PNG, "PulumiCiProbe": {"Switch": "ON"}})
    if not reply.ok and reply.code.partition(".")[0] not in ("UnknownParameter", "InvalidParameter"):
        raise Unclear(reply.refusal)
    yield "unknown_keys", "take" if reply.ok else "refuse"


@experiment("vod_template_limit", does="makes VOD templates until one is refused", needs=("vod", "limits"))
def templates(site: Site) -> Answers:
    """How many templates an application may have."""
    there = known(site.act(VOD, _READ, {"Limit": 1})).content.get("TotalCount")
    make = lambda label: site.vod_template(site.name(label), ProcessImageConfigure=_PNG)  # noqa: E731
    yield "vod_template_limit", limit(site, make, "LimitExceeded.TooMuchTemplate", str(there))


def _one(site: Site, definition: int) -> Mapping[str, Any]:
    found = known(site.act(VOD, _READ, {"Definitions": [definition]})).content.get(_SET) or []
    if not found:
        raise Unclear(f"a read of template {definition} does not show it")
    row: Mapping[str, Any] = found[0]
    return row


EXPERIMENTS = (modify, missing, unknown, templates)
