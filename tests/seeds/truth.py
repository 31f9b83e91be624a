"""What outside truth has against a kind: a sentence for each word that it does not show, with the file to correct."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from outside import HERE, PAGES, Entry, Tables, bodies, declared, entries, loaded, parsed, shown, tables

from pulumi_ci.emulator import tree
from pulumi_ci.emulator.app import ACTIONS, ROUTES
from pulumi_ci.emulator.choices import Choices
from pulumi_ci.emulator.errors import CloudError
from pulumi_ci.emulator.routing import Call, Cloud
from pulumi_ci.emulator.store import Store
from pulumi_ci.emulator.templates import Form, forms
from pulumi_ci.model import api as words
from pulumi_ci.model.api import Adopted, Collection, JsonAction, JsonCollection, Named, Switch, XmlAction
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Leaf
from pulumi_ci.wire import xml

INDEX = "tests/seeds/index.yaml"
EMULATOR = "pulumi_ci/emulator"
Target = tuple[str, str, str]
"""Method, path with `*` for an id, and the query key without a value; of a JSON API `POST`, the action, and ""."""


def problems(kind: type[Kind]) -> list[str]:
    """Everything that no outside source bears out, one sentence each; empty when the kind is right."""
    checks = (_sources, _calls, _requests, _answers, _elements, _defaults, _choices, _emulated)
    return [f"{kind.__name__}: {problem}" for check in checks for problem in check(kind)]


def file_of(owner: type[Node]) -> str:
    """Where a class is declared."""
    return f"{owner.__module__.replace('.', '/')}.py"


def _add(what: str, entry: str) -> str:
    return f"add tests/seeds/<page>/{what} and its entry ({entry}) in {INDEX}"


# -- whether there is anything ----------------------------------------------------------------------------------------


def _sources(kind: type[Kind]) -> Iterator[str]:
    own = entries(kind)
    for page in kind.pages:
        number = f"{page:03d}" if isinstance(page, int) else page
        if number not in PAGES:
            yield f"names the page {number}, which has no title; add it to tests/seeds/pages.yaml"
    for entry in own:
        if entry["page"] not in PAGES:
            yield f"{entry['file']} is from page {entry['page']}, which has no title; add it to tests/seeds/pages.yaml"
    if not any(entry["role"] == "request" for entry in own):
        yield f"no page and no official SDK shows a request; {_add('01-request.xml', f'kind: {kind.slug}')}"
    answers = not isinstance(kind.api, Switch) or kind.api.read is not None
    if answers and not any(entry["role"] == "response" for entry in own):
        yield f"no page and no official SDK shows an answer; {_add('02-response.xml', f'kind: {kind.slug}')}"


# -- its calls --------------------------------------------------------------------------------------------------------


def targets(kind: type[Kind]) -> list[Target]:
    """Every call that a kind declares."""
    api = kind.api
    if isinstance(api, JsonCollection):
        return [("POST", action, "") for action in (api.create, api.read, api.update, api.delete)]
    if isinstance(api, JsonAction):
        return [("POST", action, "") for action in (api.start, api.read)]
    if isinstance(api, (Collection, Adopted)):
        found = [("GET", api.path, ""), ("PUT", f"{api.path}/*", "")]
        if isinstance(api, Collection):
            found += [("POST", api.path, ""), ("DELETE", f"{api.path}/*", "")]
            if api.pause:
                found += [("PUT", f"{api.path}/*", key) for key in (api.pause.activate, api.pause.pause)]
        return found
    if isinstance(api, XmlAction):
        found = [_target(api.start), ("GET", api.path, ""), ("GET", f"{api.path}/*", "")]
        return [*found, ("PUT", f"{api.path}/*", api.cancel)] if api.cancel else found
    calls = (api.put, api.delete, api.read) if isinstance(api, Named) else (api.on, api.off, api.read)
    return [_target(call) for call in calls if call is not None]


def _target(call: words.Call) -> Target:
    return call.method, call.path, call.query


def _printed(entry: Entry) -> Target:
    if "action" in entry:
        return entry["method"], entry["action"], ""
    path, _, query = entry["path"].partition("?")
    steps = ["*" if step.startswith("<") else step for step in path.split("/")]
    return entry["method"], "/".join(steps), "".join(key for key in query.split("&") if "=" not in key)


def _line(target: Target) -> str:
    method, path, key = target
    return f"{method} {path}{f'?{key}' if key else ''}".replace("*", "<id>")


def _calls(kind: type[Kind]) -> Iterator[str]:
    known = {_printed(entry) for entry in entries(kind, shared=True)}
    for target in targets(kind):
        if target not in known:
            yield (
                f"no page and no official SDK shows the call {_line(target)}; correct {file_of(kind)}, "
                f"or {_add('01-request.http', f'kind: {kind.slug}')}"
            )
    for entry in entries(kind):
        if entry["file"].endswith(".http"):
            yield from _head(kind, entry)


def _head(kind: type[Kind], entry: Entry) -> Iterator[str]:
    """A request without a body: its line is the one of the index, and its host the kind's own."""
    line, host, *_ = (HERE / entry["file"]).read_text(encoding="utf-8").splitlines()
    method, path, _ = line.split(" ")
    if method != entry["method"] or path.partition("?")[2] != entry["path"].partition("?")[2]:
        yield f"tests/seeds/{entry['file']} shows {method} {path}, and {INDEX} does not; correct one of them"
    if f".{_family(kind)}." not in host:
        yield f"tests/seeds/{entry['file']} has the {host}, not one of {_family(kind)}; correct {file_of(kind)}"


def _family(kind: type[Kind]) -> str:
    """The part of the host's name that tells the services apart."""
    host = str(getattr(kind.api, "host", ""))
    return host.removesuffix("-region")


# -- its bodies -------------------------------------------------------------------------------------------------------


def _bodies(
    kind: type[Kind], role: str, *operations: str, shared: bool = False
) -> Iterator[tuple[str, Entry, ET.Element]]:
    for entry in entries(kind, shared=shared):
        wanted = entry["role"] == role and (not operations or entry["operation"] in operations)
        if wanted and entry["file"].endswith(".xml"):
            yield f"tests/seeds/{entry['file']}", entry, parsed(entry["file"])


def _requests(kind: type[Kind]) -> Iterator[str]:
    api, form, correct = kind.api, kind.api.form, f"correct {file_of(kind)}"
    if isinstance(api, JsonCollection):
        yield from _json_requests(kind, api)
    if form is None:
        return
    whole = list(_bodies(kind, "request", "create", "update"))
    if not whole and not (isinstance(api, XmlAction) and api.parameters):
        yield f"no page and no official SDK shows a request body; {_add('01-request.xml', f'kind: {kind.slug}')}"
    for file, entry, root in whole:
        items = bodies(entry, kind, root)
        if not items:
            yield f"{file} has the root {root.tag}, not {form.root}; {correct}, or that file"
        for item in items:
            for name, text in form.constants.items():
                if item.findtext(name) != text:
                    yield f"{file} has {name} {item.findtext(name)}, not {text}; {correct}, or that file"
            if form.body and item.find(form.body) is None:
                yield f"{file} has no element {form.body}; {correct}, or that file"
    if isinstance(api, Named) and all(root.tag != api.delete_root for _, _, root in _bodies(kind, "request", "delete")):
        yield f"no request to delete has the root {api.delete_root}; {correct}, or {_add('01-request.xml', 'delete')}"
    if isinstance(api, Named) and all(root.tag != api.read_root for _, _, root in _bodies(kind, "request", "read")):
        yield f"no request to read has the root {api.read_root}; {correct}, or {_add('01-request.xml', 'read')}"
    if isinstance(api, Adopted) and api.id_in_body and all(root.find(api.id_in_body) is None for _, _, root in whole):
        yield f"no printed request has the element {api.id_in_body}; {correct}"


def _json_requests(kind: type[Kind], api: JsonCollection) -> Iterator[str]:
    """Parameters that are not fields: those of the place, and the ids of a read."""
    sent = [loaded(entry["file"]) for entry in entries(kind) if entry["role"] == "request"]
    for name in (*api.scope, api.ids):
        if not any(name in content for content in sent):
            yield f"no printed request has the parameter {name}; correct {file_of(kind)}"


def _answers(kind: type[Kind]) -> Iterator[str]:
    roots = [root for _, _, root in _bodies(kind, "response", shared=True)]
    for word, found in _answered(kind, roots):
        if not found:
            yield (
                f"no printed answer has {word}; correct {file_of(kind)}, "
                f"or {_add('02-response.xml', f'kind: {kind.slug}')}"
            )


def _answered(kind: type[Kind], roots: list[ET.Element]) -> Iterator[tuple[str, bool]]:
    """Every word of the kind's answers, and whether a printed one has it."""
    api, listed = kind.api, tables(kind)

    def has(path: str) -> tuple[str, bool]:
        return f"the element {path}", any(root.find(path) is not None for root in roots)

    def says(path: str, *texts: str) -> tuple[str, bool]:
        found = {root.findtext(path) for root in roots} | listed.values.get(tuple(path.split("/")[1:]), frozenset())
        return f"{' or '.join(texts)} in {path}", not found.isdisjoint(texts)

    if isinstance(api, (Collection, Adopted, XmlAction)) and api.absent:
        yield f"the element {api.absent}", has(api.absent)[1] or (api.absent,) in listed.elements
    if isinstance(api, (Collection, Adopted)):
        yield from (has(path) for path in (api.one, api.many, f"{api.one}/{api.id}", f"{api.many}/{api.id}"))
        if isinstance(api, Adopted) and api.select_element:
            yield has(f"{api.many}/{api.select_element}")
        if isinstance(api, Collection) and api.pause:
            yield from (says(f"{api.one}/State", text) for text in (api.pause.running, api.pause.paused))
    elif isinstance(api, Named):
        yield from ((f"the root {api.root}", any(root.tag == api.root for root in roots)), has(api.many))
    elif isinstance(api, XmlAction):
        yield from (has(path) for path in (api.one, api.many, f"{api.many}/{api.id}"))
        yield says(f"{api.many}/State", api.success)
        if api.answered:
            ids = [root.findtext(api.answered) or "" for root in roots]
            yield (
                f"an id in {api.answered} that ends in {api.padding!r}",
                any(id.endswith(api.padding) for id in ids if id),
            )
        else:
            yield has(f"{api.one}/{api.id}")
    elif isinstance(api, Switch) and api.read is not None:
        own = [root for root in roots if root.tag == api.root]
        yield f"the root {api.root}", bool(own)
        if api.listed:
            yield has(f"{api.listed}/BucketId")
        else:
            printed = {root.findtext(api.status) if api.status else root.text for root in own}
            told = printed | listed.values.get((api.status or api.root,), frozenset())
            yield from ((f"the status {word}", word in told) for word in (*api.ons, *api.offs))
    elif isinstance(api, (JsonCollection, JsonAction)):
        yield from _json_answered(kind, api)
    yield from _wrapped(kind)


def _wrapped(kind: type[Kind]) -> Iterator[tuple[str, bool]]:
    """The elements that hold the body of an answer, as far as no page prints it without one."""
    form = kind.api.form
    if form is not None and not isinstance(kind.api, Switch):
        items = [item for _, entry, root in _bodies(kind, "response") for item in bodies(entry, kind, root)]
        known = forms().get(form.constants.get("Tag", ""))
        for name in form.answers:
            listed = known is not None and known.answer == name
            if name:
                yield (
                    f"the element {name} around the body",
                    listed or any(item.find(name) is not None for item in items),
                )


def _json_answered(kind: type[Kind], api: JsonCollection | JsonAction) -> Iterator[tuple[str, bool]]:
    contents = [loaded(entry["file"])["Response"] for entry in entries(kind) if entry["role"] == "response"]
    if isinstance(api, JsonAction):
        yield f"the key {api.id}", any(api.id in content for content in contents)
        state = kind.fields()[api.state].wire or ()
        yield f"{api.success} in {'/'.join(state)}", api.success in tables(kind).values.get(state, ())
        return
    items = [item for content in contents for item in content.get(api.many, ())]
    (name,) = kind.fields()[api.own].wire or ("",)
    yield f"the key {api.many} with objects that have {api.id}", any(api.id in item for item in items)
    yield f"an object whose {name} is {api.own_value}", any(item.get(name) == api.own_value for item in items)


# -- its elements and defaults ----------------------------------------------------------------------------------------


def _elements(kind: type[Kind]) -> Iterator[str]:
    seen, listed = shown(kind), tables(kind)
    for steps, found in declared(kind).items():
        if steps not in seen and steps not in listed.elements:
            files = _table(kind, [*listed.files, *listed.names])
            yield (
                f"{found.property}: no outside source has the element {'/'.join(steps)}; "
                f"correct {file_of(found.field.owner)}, or add the element to {files}"
            )


def _defaults(kind: type[Kind]) -> Iterator[str]:
    listed, exceptions = tables(kind), loaded("deviations.yaml")["default"].get(kind.slug, {})
    for steps, found in declared(kind).items():
        name = "/".join(steps)
        right = _outside_default(listed, exceptions, name)
        where = f"correct {file_of(found.field.owner)}, or {_table(kind, listed.files)}"
        if name in exceptions and steps in listed.defaults:
            yield f"{name} has a default in a table; remove it from tests/seeds/deviations.yaml"
        if found.default is not None and xml.text_of(found.default) != right:
            said = f"is {right} in the outside table" if right is not None else "is in no outside table"
            yield f"{found.property}: the default {xml.text_of(found.default)} of the element {name} {said}; {where}"
        elif found.default is None and right is not None and _matters(found.field, right):
            yield f"{found.property}: the default {right} of the element {name} is not declared; {where}"


def _choices(kind: type[Kind]) -> Iterator[str]:
    listed, exceptions = tables(kind), loaded("deviations.yaml")["default"].get(kind.slug, {})
    for steps, found in declared(kind).items():
        leaf = found.field.shape if isinstance(found.field.shape, Leaf) and not found.key else None
        name = "/".join(steps)
        if leaf is not None and leaf.choices and not leaf.types and steps not in listed.values:
            yield f"{found.property}: no outside table lists the values of {name}; {_add_table(kind)}"
            continue
        right = {*listed.values.get(steps, ()), _outside_default(listed, exceptions, name)}
        for choice in leaf.choices if leaf is not None else ():
            if xml.text_of(choice) not in right:
                where = f"correct {file_of(found.field.owner)}, or {_table(kind, [*listed.files, *listed.names])}"
                yield f"{found.property}: {choice} is not a value of {name} in the outside table; {where}"


def _outside_default(listed: Tables, exceptions: Mapping[str, Mapping[str, object]], name: str) -> str | None:
    """The default of an element as the wire spells it, or None."""
    return xml.text_of(exceptions[name]["value"]) if name in exceptions else listed.defaults.get(tuple(name.split("/")))


def _matters(declared: Field, default: str) -> bool:
    """Whether a default has to be declared: not where the user has to give a value, where the declaration always sends
    that very value, and where there is no other.
    """
    leaf = declared.shape if isinstance(declared.shape, Leaf) else None
    alone = leaf is not None and not leaf.types and [xml.text_of(choice) for choice in leaf.choices] == [default]
    sent = declared.default is not None and xml.text_of(declared.default) == default
    return not (declared.required or sent or alone)


def _table(kind: type[Kind], files: list[str]) -> str:
    return " or ".join(files) if files else f"a table: {_add_table(kind)}"


def _add_table(kind: type[Kind]) -> str:
    return _add("03-table.yaml", f"kind: {kind.slug}, role: table")


# -- the emulator -----------------------------------------------------------------------------------------------------


def _emulated(kind: type[Kind]) -> Iterator[str]:
    api, correct = kind.api, f"correct {file_of(kind)}"
    for target in targets(kind):
        refusal = _refusal(kind, target)
        if refusal is not None:
            yield f"{_line(target)} is refused by the emulator: {refusal}; {correct}, or a service in {EMULATOR}"
    if isinstance(api, Collection) and "Tag" in api.form.constants:
        tag = api.form.constants["Tag"]
        known, wanted = forms().get(tag), Form(api.form.body, api.form.answers[0])
        if known is None:
            yield f"the emulator has no Tag {tag}; {correct}, or add the Tag to {EMULATOR}/templates.yaml"
        elif known != wanted:
            yield f"{EMULATOR}/templates.yaml has {known} for Tag {tag}, not {wanted}; {correct}, or that file"
        for name, listed in (
            ("required.yaml", tree.data("required.yaml")["templates"]),
            ("defaults.yaml", tree.data("defaults.yaml")),
        ):
            if tag not in listed:
                yield f"{EMULATOR}/{name} has no Tag {tag}; add what the page says, or an empty entry"
    for steps in declared(kind):
        if steps[-1].startswith("{"):
            yield from _type(steps[-1].strip("{}"))


def _type(type: str) -> Iterator[str]:
    if type not in tree.data("topology.yaml"):
        yield f"{EMULATOR}/topology.yaml has no type {type}; add it with the types that may follow it"
    if type not in tree.data("required.yaml")["nodes"] and type != "Start":  # workflows.py says what Start needs
        yield f"{EMULATOR}/required.yaml has no type {type}; add what it must hold, or []"


def _refusal(kind: type[Kind], target: Target) -> str | None:
    """Why the emulator does not take a call; None when it does. Lists are read, with the declared query."""
    api, (method, path, key) = kind.api, target
    if isinstance(api, (JsonCollection, JsonAction)):
        known = any(
            (route.family, route.action, route.version) == (api.service, path, api.version) for route in ACTIONS
        )
        return None if known else f"it has no action {path} of {api.service} {api.version}"
    query, body = _sent(kind, target)
    host = f"media-1250000000.{_family(kind)}.ap-beijing.myqcloud.com"
    call = Call.of(method, host, path.replace("*", "id"), query, {}, body, "id")
    route = next((route for route in ROUTES if route.matches(call) and route.key in ("", key)), None)
    if route is None:
        return f"it has no such route at {host}"
    cloud = Cloud(Store(), Choices(), lambda: 1.7e9, "seed")
    try:
        route.check(call)
        if body or (method == "GET" and "*" not in path):
            route.answer(cloud, call)
    except CloudError as error:
        return str(error)
    finally:
        cloud.store.close()
    return None


def _sent(kind: type[Kind], target: Target) -> tuple[str, bytes]:
    """The query of a call, and the body of one that always has the same."""
    api, (method, path, key) = kind.api, target
    query: dict[str, str] = {}
    if isinstance(api, (Collection, Adopted)) and (method, path) == ("GET", api.path):
        query = dict(api.query)
    elif isinstance(api, XmlAction) and (method, path) == ("GET", api.path):
        query = {**api.newest, **dict.fromkeys(api.same, "Job")}
    elif isinstance(api, XmlAction) and target == _target(api.start):
        query = dict.fromkeys(api.parameters, "a")
    off = api.off_body.encode() if isinstance(api, Switch) and api.off and target == _target(api.off) else b""
    return "&".join(filter(None, (key, *(f"{name}={value}" for name, value in query.items())))), off
