"""Templates of asynchronous image processing in Video on Demand. Source: vod-*ProcessImageAsyncTemplate*."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, JsonRoute, utc_text
from pulumi_ci.emulator.store import Place, Stored
from pulumi_ci.emulator.table import fits

KIND = "vod-template"
_VERSION = "2018-07-17"
_FIRST = 30000
_PRESETS_BELOW = 10000
_AT_ONCE = 100


def create(cloud: Cloud, call: Call) -> Answer:
    """Makes a template with a new number."""
    place, sent = _place(call), call.content
    if not isinstance(sent.get("ProcessImageConfigure"), dict):
        raise CloudError("MissingParameter", "ProcessImageConfigure is required")
    _check(cloud, sent)
    limit = cloud.choices.vod_template_limit
    if 0 < limit <= cloud.store.count(place, KIND):
        raise CloudError("LimitExceeded.TooMuchTemplate", f"an application may have {limit} templates")
    id = str(_FIRST + cloud.store.next(KIND))
    _put(cloud, place, id, {name: value for name, value in sent.items() if name != "SubAppId"})
    return Answer.json(call, {"Definition": int(id)})


def modify(cloud: Cloud, call: Call) -> Answer:
    """Changes what was sent of a template."""
    place, sent = _place(call), call.content
    item = _existing(cloud, call)
    _check(cloud, sent)
    body = json.loads(item.xml)
    for name in ("Name", "Comment"):
        if name in sent and (sent[name] or cloud.choices.vod_empty_text == "clears"):
            body[name] = sent[name]
    configure = sent.get("ProcessImageConfigure")
    if configure is not None:
        merge = cloud.choices.vod_modify == "merge"
        body["ProcessImageConfigure"] = _merged(body["ProcessImageConfigure"], configure) if merge else configure
    _put(cloud, place, item.id, body)
    return Answer.json(call, {})


def delete(cloud: Cloud, call: Call) -> Answer:
    """Removes a template."""
    cloud.store.delete(_existing(cloud, call))
    return Answer.json(call, {})


def read(cloud: Cloud, call: Call) -> Answer:
    """Templates by their numbers, or a page of all; presets of the system are never shown."""
    place, sent = _place(call), call.content
    definitions = sent.get("Definitions") or []
    if not isinstance(definitions, list) or len(definitions) > _AT_ONCE:
        raise CloudError("InvalidParameter", f"Definitions: a list of at most {_AT_ONCE} numbers")
    if definitions:
        found = [cloud.store.get(place, KIND, str(definition)) for definition in definitions]
        if cloud.choices.vod_missing == "error" and None in found:
            raise CloudError("ResourceNotFound.TemplateNotExist", "there is no such template")
        items = [item for item in found if item is not None]
        total = len(items)
    else:
        offset, limit = _number(sent, "Offset", 0), _number(sent, "Limit", 10)
        if limit > _AT_ONCE:
            raise CloudError("InvalidParameter", f"Limit {limit}: at most {_AT_ONCE}")
        items = cloud.store.find(place, KIND, limit=limit, offset=offset)
        total = cloud.store.count(place, KIND)
    return Answer.json(call, {"TotalCount": total, "ProcessImageAsyncTemplateSet": [_shown(item) for item in items]})


def _put(cloud: Cloud, place: Place, id: str, body: Mapping[str, Any]) -> Stored:
    return cloud.put(place, KIND, id, json.dumps(body, ensure_ascii=False), name=str(body.get("Name") or ""))


def _place(call: Call) -> Place:
    return Place("", str(_number(call.content, "SubAppId", 0)))


def _number(sent: Mapping[str, Any], name: str, default: int) -> int:
    value = sent.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CloudError("InvalidParameter", f"{name} {value!r}: a whole number from 0")
    return value


def _existing(cloud: Cloud, call: Call) -> Stored:
    definition = _number(call.content, "Definition", -1) if "Definition" in call.content else None
    if definition is None:
        raise CloudError("MissingParameter", "Definition is required")
    item = cloud.store.get(_place(call), KIND, str(definition))
    if item is None and definition < _PRESETS_BELOW:
        raise CloudError("UnauthorizedOperation", f"template {definition} is a preset of the system")
    if item is None:
        raise CloudError("ResourceNotFound.TemplateNotExist", f"there is no template {definition}")
    return item


def _check(cloud: Cloud, sent: Mapping[str, Any]) -> None:
    for name, most in (("Name", 64), ("Comment", 256)):
        text = sent.get(name, "")
        if not isinstance(text, str) or len(text) > most:
            raise CloudError(f"InvalidParameterValue.{name}", f"{name}: a text of at most {most} characters")
    if sent.get("ProcessImageConfigure") is not None:
        strict = cloud.choices.unknown_keys == "refuse"
        fits(sent["ProcessImageConfigure"], tree.data("vod.yaml"), "ProcessImageConfigure", strict)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {name: (old[name], value) for name, value in new.items() if name in old}
    inner = {n: _merged(a, b) for n, (a, b) in both.items() if isinstance(a, dict) and isinstance(b, dict)}
    return {**old, **new, **inner}


def _shown(item: Stored) -> dict[str, Any]:
    """What was sent, with null for every object that was not."""
    body = json.loads(item.xml)
    table = tree.data("vod.yaml")
    configure = {**dict.fromkeys(table), **body["ProcessImageConfigure"]}
    if configure["EnhanceConfig"] is not None:
        configure["EnhanceConfig"] = {**dict.fromkeys(table["EnhanceConfig"]), **configure["EnhanceConfig"]}
    return {
        "Definition": int(item.id),
        "Type": "Custom",
        "Name": body.get("Name") or "",
        "Comment": body.get("Comment") or "",
        "CreateTime": utc_text(item.created),
        "UpdateTime": utc_text(item.updated),
        "ProcessImageConfigure": configure,
    }


_WHOLE = ("SubAppId", "Name", "Comment", "ProcessImageConfigure")
ROUTES = (
    JsonRoute("vod", "CreateProcessImageAsyncTemplate", _VERSION, create, _WHOLE),
    JsonRoute("vod", "ModifyProcessImageAsyncTemplate", _VERSION, modify, ("Definition", *_WHOLE)),
    JsonRoute("vod", "DeleteProcessImageAsyncTemplate", _VERSION, delete, ("SubAppId", "Definition")),
    JsonRoute(
        "vod", "DescribeProcessImageAsyncTemplates", _VERSION, read, ("SubAppId", "Definitions", "Offset", "Limit")
    ),
)
