"""Image styles. Source: 030-032."""

from __future__ import annotations

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Answer, Call, Cloud, Route, tree_of


def add(cloud: Cloud, call: Call) -> Answer:
    """Adds a style, or overwrites the one of that name."""
    body = tree.parse(call.body, "AddStyle")
    tree.require(body, ("StyleName", "StyleBody"))
    name = tree.text(body, "StyleName")
    exists = cloud.store.get(call.place, "style", name) is not None
    if exists and cloud.choices.style_put != "overwrite":
        code = "TemplateNameDuplicate" if cloud.choices.style_put == "reject" else "InvalidArgument"
        raise CloudError(code, f"the style {name} exists already")
    if not exists and cloud.store.count(call.place, "style") >= cloud.choices.style_limit:
        raise CloudError("-60957", f"a bucket may have {cloud.choices.style_limit} styles")
    cloud.put(call.place, "style", name, body, name=name)
    return Answer()


def read(cloud: Cloud, call: Call) -> Answer:
    """All styles of the bucket, or those named in the body or in `style-name`."""
    names = [call.parameter("style-name")] if call.parameter("style-name") else []
    if call.body.strip():
        names += [(n.text or "").strip() for n in tree.parse(call.body, "GetStyle").findall("StyleName")]
    styles = [item for item in cloud.store.find(call.place, "style") if not names or item.name in names]
    if names and not styles and cloud.choices.style_missing == "error":
        raise CloudError("-60967", f"no style is named {', '.join(names)}")
    root = tree.make("StyleList")
    for item in styles:
        body = tree_of(item)
        leaves = [tree.make(name, body.findtext(name) or "") for name in ("StyleName", "StyleBody")]
        root.append(tree.make("StyleRule", *leaves))
    return Answer(root)


def delete(cloud: Cloud, call: Call) -> Answer:
    """Removes the style named in the body."""
    body = tree.parse(call.body, "DeleteStyle")
    tree.require(body, ("StyleName",))
    item = cloud.store.get(call.place, "style", tree.text(body, "StyleName"))
    if item is not None:
        cloud.store.delete(item)
    elif cloud.choices.style_delete_missing == "error":
        raise CloudError("-60967", f"no style is named {tree.text(body, 'StyleName')}")
    return Answer()


ROUTES = (
    Route("pic", "PUT", "/", add, "style"),
    Route("pic", "GET", "/", read, "style", ("style-name",)),
    Route("pic", "DELETE", "/", delete, "style"),
)
