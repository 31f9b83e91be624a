"""Media templates: one path for every Tag. Source: 165-195."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, listing, time_text, tree_of
from pulumi_ci.emulator.store import Place, Stored

KIND = "template"
_NAME = re.compile(r"[A-Za-z0-9_*\-\u3400-\u9fff\uf900-\ufaff]+")
_ENVELOPE = ("Tag", "Name", "TemplateId")


@dataclass(frozen=True)
class Form:
    """Where the body of a Tag stands: the element in requests ("" = beside the envelope) and the one in answers."""

    request: str
    answer: str


@functools.cache
def forms() -> dict[str, Form]:
    """The form of every Tag that the service knows. Source: templates.yaml, which no kind has a part in."""
    return {tag: Form(**form) for tag, form in tree.data("templates.yaml").items()}


def _checked(cloud: Cloud, call: Call, id: str, tag: str | None) -> ET.Element:
    body = tree.parse(call.body, "Request")
    tree.require(body, ("Tag", "Name"))
    given, name = tree.text(body, "Tag"), tree.text(body, "Name")
    if given not in forms():
        raise CloudError("InvalidArgument", f"Tag {given}: expected one of {', '.join(sorted(forms()))}")
    if tag is not None and given != tag:
        raise CloudError("InvalidArgument", f"Tag {given}: the template has the Tag {tag}")
    if not _NAME.fullmatch(name):
        raise CloudError("InvalidArgument", f"Name {name}: Chinese characters, letters, digits, _, - and * only")
    if 0 < cloud.choices.name_limit < len(name):
        raise CloudError("InvalidArgument", f"Name is longer than {cloud.choices.name_limit} characters")
    scope = given if cloud.choices.name_scope == "bucket+tag" else ""
    if any(item.id != id for item in cloud.store.find(call.place, KIND, name=name, tag=scope)):
        raise CloudError("TemplateNameDuplicate", f"a template named {name} exists already")
    return body


def _require(tag: str, body: ET.Element) -> None:
    form = forms()[tag]
    tree.require(body, (f"{form.request}/",) if form.request else ())
    tree.require(body, tree.data("required.yaml")["templates"][tag])


def create(cloud: Cloud, call: Call) -> Answer:
    """Makes a template with a new id."""
    body = _checked(cloud, call, "", None)
    tag = tree.text(body, "Tag")
    _require(tag, body)
    if 0 < cloud.choices.template_limit <= cloud.store.count(call.place, KIND):
        raise CloudError("CreatedTemplateNumLimit", f"a bucket may have {cloud.choices.template_limit} templates")
    id = cloud.new_id("t1", KIND)
    item = cloud.put(call.place, KIND, id, body, name=tree.text(body, "Name"), tag=tag)
    return Answer(tree.make("Response", _echo(cloud, item, "full")))


def update(cloud: Cloud, call: Call) -> Answer:
    """Replaces a template, all but its id and Tag."""
    item = _existing(cloud, call)
    body = _checked(cloud, call, item.id, item.tag)
    if cloud.choices.put_template == "merge":
        body = _merged(tree_of(item), body)
    _require(item.tag, body)
    item = cloud.put(call.place, KIND, item.id, body, name=tree.text(body, "Name"), tag=item.tag)
    return Answer(tree.make("Response", _echo(cloud, item, cloud.choices.update_envelope)))


def delete(cloud: Cloud, call: Call) -> Answer:
    """Removes a template, whether a workflow names it or not."""
    item = _existing(cloud, call)
    cloud.store.delete(item)
    return Answer(tree.make("Response", tree.make("RequestId", call.request_id), tree.make("TemplateId", item.id)))


def read(cloud: Cloud, call: Call) -> Answer:
    """Templates by ids, whatever their tag and category, or a page of those that the filters let pass."""
    tag = call.one_of("tag", "All", ("All", *forms()))
    category = call.one_of("category", "Custom", ("Custom", "Official"))
    return listing(
        cloud,
        call,
        KIND,
        functools.partial(_listed, cloud),
        lambda ids: [tree.make("NonExistTIDs", *(tree.make("TemplateId", id) for id in ids))] if ids else [],
        "" if tag == "All" else tag,
        nothing=category == "Official",  # presets of the system: there are none here
    )


def exists(cloud: Cloud, place: Place, id: str) -> bool:
    """Whether the bucket has a template with that id."""
    return cloud.store.get(place, KIND, id) is not None


def _existing(cloud: Cloud, call: Call) -> Stored:
    id = call.path.rpartition("/")[2]
    item = cloud.store.get(call.place, KIND, id)
    if item is None:
        raise CloudError("TemplateNotFound", f"the bucket has no template {id}")
    return item


def _merged(old: ET.Element, new: ET.Element) -> ET.Element:
    """`old` with the elements of `new` in it: blocks are merged, leaves and repeated elements replaced."""
    for name in dict.fromkeys(element.tag for element in new):
        before, after = old.findall(name), new.findall(name)
        if len(before) == len(after) == 1 and len(before[0]) and len(after[0]):
            _merged(before[0], after[0])
            continue
        for element in before:
            old.remove(element)
        old.extend(after)
    return old


def _echo(cloud: Cloud, item: Stored, envelope: str) -> ET.Element:
    root = tree.make("Template", *_head(item, envelope))
    content, flat = _content(item)
    if flat and cloud.choices.answer_form == "flat":
        root.extend(content)
    else:
        root.append(content)
    return _dated(root, item)


def _listed(cloud: Cloud, item: Stored) -> ET.Element:
    content, _ = _content(item)
    if cloud.choices.unset != "as-sent":
        tree.fill(content, tree.data("defaults.yaml").get(item.tag, {}), cloud.choices.unset)
    return _dated(tree.make("TemplateList", *_head(item, "full"), content), item)


def _head(item: Stored, envelope: str) -> list[ET.Element]:
    words = {"TemplateId": item.id, "Name": item.name, "Tag": item.tag}
    if item.tag == "SpeechRecognition":
        words["State"] = "Normal"
    if envelope == "full":
        words |= {"BucketId": item.bucket, "Category": "Custom"}
    return [tree.make(name, text) for name, text in words.items()]


def _dated(root: ET.Element, item: Stored) -> ET.Element:
    root.append(tree.make("CreateTime", time_text(item.created)))
    root.append(tree.make("UpdateTime", time_text(item.updated)))
    return root


def _content(item: Stored) -> tuple[ET.Element, bool]:
    """The element that holds the body in answers, and whether the request has it flat."""
    form = forms().get(item.tag, Form("", ""))
    body = tree_of(item)
    inner = body.find(form.request) if form.request else body
    found = list(inner) if inner is not None else []
    elements = [element for element in found if inner is not body or element.tag not in _ENVELOPE]
    return tree.make(form.answer or form.request or item.tag, *elements), not form.request


ROUTES = (
    Route("ci", "POST", "/template", create),
    Route("ci", "GET", "/template", read, parameters=("tag", "category", "ids", "name", "pageNumber", "pageSize")),
    Route("ci", "PUT", "/template/[^/]+", update),
    Route("ci", "DELETE", "/template/[^/]+", delete),
)
