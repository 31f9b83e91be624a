"""Writes `pulumi_ci/__init__.pyi`, `mps.pyi` and `vod.pyi`: what an IDE and a type checker see of the kinds."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, JsonCollection
from pulumi_ci.model.kind import BucketKind, Kind, kinds
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape
from pulumi_ci.provider import lookups

PACKAGE = Path(__file__).parent.parent

_HEAD = '''"""Generated from the declarations by `pulumi-ci stubs`; do not edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union

import pulumi
from typing_extensions import NotRequired, TypedDict
'''
_DOOR = """
from pulumi_ci import image as image
from pulumi_ci import mps as mps
from pulumi_ci import vod as vod
from pulumi_ci import workflow as workflow
from pulumi_ci.environment.load import load as load
from pulumi_ci.provider.instance import Provider as Provider
"""


def stubs() -> dict[Path, str]:
    """The text of each stub file, by where it belongs."""
    others = {PACKAGE / f"{module}.pyi": _module(module, _HEAD) for module in ("mps", "vod")}
    return {PACKAGE / "__init__.pyi": _module("ci", _HEAD + _DOOR), **others}


def _module(module: str, head: str) -> str:
    found = [kind for kind in kinds().values() if kind.module == module]
    names = _block_names(found)
    parts = [head, *(_block(node, name, names) for node, name in names.items())]
    parts += [_resource(kind, names) for kind in found]
    listed, services = lookups.listed(module), lookups.services(module)
    parts += [_result(kind) for kind in (*listed, *services)]
    parts += [text for kind in listed for text in (_finder(kind), _lister(kind))]
    if services:
        parts += [_services(services), _function(lookups.find_bucket_services, {}, BucketKind, lookups.SERVICES)]
    return "\n".join(parts)


def _block_names(found: list[type[Kind]]) -> dict[type[Node], str]:
    """A name for every block: its own where that is the only one, with its kind's before it where not."""
    owners: dict[type[Node], type[Kind]] = {}
    for kind in found:
        for node in _nodes(kind):
            if node not in owners or node.__module__ == kind.__module__:
                owners[node] = kind  # the kind in whose file it stands, where there is one
    plain = [node.__name__ for node in owners]
    return {
        node: f"{node.__name__ if plain.count(node.__name__) == 1 else kind.__name__ + node.__name__}Args"
        for node, kind in owners.items()
    }


def _nodes(node: type[Node]) -> Iterator[type[Node]]:
    for field in node.fields().values():
        for block in blocks(field.shape):
            yield from _nodes(block)
            yield block


def _type(shape: Shape, names: dict[type[Node], str]) -> str:
    if isinstance(shape, Leaf):
        options = [scalar.__name__ for scalar in shape.types]
        if "int" in options and "float" in options:
            options.remove("int")
        if shape.choices:
            options.append(f"Literal[{', '.join(repr(choice) for choice in shape.choices)}]")
        inner = options[0] if len(options) == 1 else f"Union[{', '.join(options)}]"
        if shape.mark(marks.Grammar):
            inner = f"Union[{inner}, image.Pipeline, image.Stage]"
        return f"pulumi.Input[{inner}]"
    if isinstance(shape, ListOf):
        return f"pulumi.Input[Sequence[{_type(shape.item, names)}]]"
    if isinstance(shape, MapOf):
        many = isinstance(shape.item, Block) and len(shape.item.nodes) > 1  # a builder writes these, with its own types
        return f"pulumi.Input[Mapping[str, {'Any' if many else _type(shape.item, names)}]]"
    if isinstance(shape, Raw):
        return "pulumi.Input[Mapping[str, Any]]"
    options = [names[node] for node in shape.nodes]
    inner = options[0] if len(options) == 1 else f"Union[{', '.join(options)}]"
    return f"pulumi.Input[{inner}]"


def _block(node: type[Node], name: str, names: dict[type[Node], str]) -> str:
    lines = [f"class {name}(TypedDict):", _quoted(inspect.cleandoc(node.__doc__ or ""), 1)]
    for field in node.fields().values():
        if field.is_input:
            kind = _type(field.shape, names)
            lines.append(f"    {field.name}: {kind if field.needed else f'NotRequired[{kind}]'}")
            lines.append(_quoted(field.doc, 1))
    return "\n".join(lines) + "\n"


def _resource(kind: type[Kind], names: dict[type[Node], str]) -> str:
    fields = list(kind.inputs().values())
    lines = [f"class {kind.__name__}(pulumi.CustomResource):", _quoted(inspect.cleandoc(kind.__doc__ or ""), 1)]
    id_field = getattr(kind.api, "id_field", None)
    for field in kind.fields().values():
        if field.name != id_field and not field.has(marks.Control):
            lines.append(f"    {field.name}: pulumi.Output[{_output(field)}]")
    if id_field is not None:
        text = _output(kind.fields()[id_field]) if isinstance(kind.api, JsonCollection) else "str"
        lines += ["    @property", f"    def {id_field}(self) -> pulumi.Output[{text}]:"]
        lines.append(_quoted("The server's id, known in previews of updates too.", 2))
    lines += ["    def __init__(", "        self,", "        resource_name: str,"]
    lines += ["        opts: pulumi.ResourceOptions | None = None,", "        *,"]
    for field in sorted(fields, key=lambda field: not field.needed):
        kind_of_field = _type(field.shape, names)
        lines.append(f"        {field.name}: {kind_of_field if field.needed else f'{kind_of_field} | None = None'},")
    lines.append("    ) -> None:")
    words = "\n".join(f"{field.name}: {' '.join(field.doc.split())}" for field in fields)
    lines.append(_quoted(words, 2))
    lines += ["    @classmethod"]
    lines += ["    def get(", "        cls, resource_name: str, id: pulumi.Input[str],"]
    lines += ["        opts: pulumi.ResourceOptions | None = None", f"    ) -> {kind.__name__}:"]
    form = "/".join(f"<{name}>" for name in kind.scope)
    lines.append(_quoted(f"An existing object by its id `{form}/<id or name>`; it is not managed.", 2))
    return "\n".join(lines) + "\n"


def _result(kind: type[Kind]) -> str:
    about = (
        f"{inspect.cleandoc(kind.__doc__ or '')}\n\nAs found: with the defaults that apply, and None for what is unset."
    )
    lines = ["@dataclass(frozen=True)", f"class {lookups.result_name(kind)}:", _quoted(about, 1)]
    for name, field in lookups.result_fields(kind).items():
        lines.append(f"    {name}: {_found_type(kind, name, field)}")
        lines.append(_quoted(_found_words(kind, name, field), 1))
    return "\n".join(lines) + "\n"


def _services(kinds: list[type[Kind]]) -> str:
    lines = ["@dataclass(frozen=True)", f"class {lookups.SERVICES}:"]
    lines.append(_quoted("The services and settings of a bucket; None what is off.", 1))
    lines += [f"    {kind.slug.replace('-', '_')}: {lookups.result_name(kind)} | None" for kind in kinds]
    return "\n".join(lines) + "\n"


def _finder(kind: type[Kind]) -> str:
    fields = {name: field for name, field in lookups.result_fields(kind).items() if name not in kind.scope}
    asked = {name: _found_type(kind, name, None) if f is None else _plain(f.shape, True) for name, f in fields.items()}
    call = lookups.find(kind.module, lookups.finder_name(kind))
    return _function(call, asked, kind, lookups.result_name(kind))


def _lister(kind: type[Kind]) -> str:
    call = lookups.find(kind.module, lookups.lister_name(kind))
    return _function(call, {}, kind, f"list[{lookups.result_name(kind)}]")


def _function(call: Callable[..., Any], asked: dict[str, str], kind: type[Kind], result: str) -> str:
    asked = {**{name: _plain(kind.fields()[name].shape, True) for name in kind.scope}, **asked}
    lines = [f"def {call.__name__}(", "    *,", *(f"    {name}: {text} | None = None," for name, text in asked.items())]
    return "\n".join([*lines, f") -> {result}:", _quoted(inspect.cleandoc(call.__doc__ or ""), 1)]) + "\n"


def _found_type(kind: type[Kind], name: str, field: Field | None) -> str:
    if name == "id" or name == getattr(kind.api, "id_field", ""):
        return "int" if name != "id" and isinstance(kind.api, JsonCollection) else "str"
    assert field is not None, name
    # A queue may begin without what its declaration asks for; every other object was made with it.
    there = field.required and not isinstance(kind.api, Adopted)
    applies = there or field.server_default is not None or name == getattr(kind.api, "select", "")
    here = name in kind.scope and not kind.scope[name]
    return _plain(field.shape, False) + ("" if applies or here else " | None")


def _found_words(kind: type[Kind], name: str, field: Field | None) -> str:
    if name == "id":
        return f"`{'/'.join(f'<{name}>' for name in kind.scope)}/<id or name>`, as `get` takes it."
    return "The server's id." if field is None else field.doc


def _plain(shape: Shape, narrow: bool) -> str:
    """The type of a plain value; `narrow` for what a user writes, since a server may answer with other choices."""
    if isinstance(shape, ListOf):
        return f"{'Sequence' if narrow else 'list'}[{_plain(shape.item, narrow)}]"
    if not isinstance(shape, Leaf):
        return "Mapping[str, Any]" if narrow else "dict[str, Any]"
    options = [scalar.__name__ for scalar in shape.types]
    if narrow and shape.choices:
        options.append(f"Literal[{', '.join(repr(choice) for choice in shape.choices)}]")
    elif shape.choices:
        options += [type(choice).__name__ for choice in shape.choices]
    if "float" in options:
        options = [option for option in options if option != "int"]
    options = list(dict.fromkeys(options))
    return options[0] if len(options) == 1 else f"Union[{', '.join(options)}]"


def _output(field: Field) -> str:
    if isinstance(field.shape, Leaf) and len(field.shape.types) == 1 and not field.shape.choices:
        return field.shape.types[0].__name__
    return "str" if isinstance(field.shape, Leaf) and not field.shape.types else "Any"


def _quoted(text: str, level: int) -> str:
    indent = "    " * level
    lines: list[str] = []
    for line in text.splitlines():
        lines += textwrap.wrap(line, 110 - len(indent), subsequent_indent="  ") or [""]
    body = f"\n{indent}".join(lines).replace("\\", "\\\\")
    return f'{indent}"""{body}"""'
