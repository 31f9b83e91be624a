"""`pulumi-ci explain KIND`: what a kind is, its properties and how each behaves."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pulumi_ci.model import marks
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Field, Node, blocks
from pulumi_ci.model.shape import Leaf, ListOf, MapOf, Raw


@click.command()
@click.argument("kind", required=False)
def explain(kind: str | None) -> None:
    """Shows the properties of KIND, or all kinds when none is given."""
    known = {found.__name__: found for found in kinds().values()}
    console = Console()
    if kind is None:
        for name, found in known.items():
            click.echo(f"{name:26}{_first_line(found)}")
        return
    match = next((name for name, found in known.items() if kind.lower() in (name.lower(), found.slug)), None)
    if match is None:
        close = difflib.get_close_matches(kind, known, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise click.UsageError(f"no kind is called {kind!r}.{hint} Known are {', '.join(known)}.")
    _show(console, known[match])


def _show(console: Console, kind: type[Kind]) -> None:
    console.print(Text(f"{kind.__name__}\n{inspect.cleandoc(kind.__doc__ or '')}\n"))
    tail = "" if type(kind.api).__name__ == "Switch" else f"/<{getattr(kind.api, 'id_field', None) or 'name'}>"
    form = "/".join(f"<{name}>" for name in kind.scope)
    console.print(Text(f"type      {kind.token()}\nid        {form}{tail}"))
    console.print(Text(f"lifecycle {type(kind.api).__name__}\npages     {', '.join(str(p) for p in kind.pages)}\n"))
    for path, field in properties(kind):
        notes = _notes(field)
        console.print(Text.assemble((path, "bold"), f": {_values(field)}", (f"  [{notes}]" if notes else "", "dim")))
        console.print(Padding(Text(" ".join(field.doc.split())), (0, 0, 0, 4)))


def properties(node: type[Node], at: str = "") -> Iterator[tuple[str, Field]]:
    """Every property of a kind with its path, blocks before their contents."""
    for field in node.fields().values():
        many = "[]" if isinstance(field.shape, ListOf) else ".<name>" if isinstance(field.shape, MapOf) else ""
        yield f"{at}{field.name}{many}", field
        nodes = blocks(field.shape)
        for block in nodes:
            chosen = f"({block.fields()['type'].leaf.choices[0]})" if len(nodes) > 1 else ""
            yield from properties(block, f"{at}{field.name}{many}{chosen}.")


def _values(field: Field) -> str:
    shape = field.shape.item if isinstance(field.shape, (ListOf, MapOf)) else field.shape
    inner = shape.item if isinstance(shape, ListOf) else shape
    words = inner.describe() if isinstance(inner, (Leaf, Raw)) else "a block"
    return f"list of {words}" if isinstance(field.shape, ListOf) else words


def _notes(field: Field) -> str:
    notes = ["set by the server"] if not field.is_input else []
    if field.required and not field.has(marks.AutoName):
        notes.append("required")
    if field.has(marks.AutoName):
        notes.append("made up when left out")
    if field.has(marks.Immutable):
        notes.append("a change replaces")
    if field.server_default is not None:
        default = field.server_default
        notes.append(f"default {str(default).lower() if isinstance(default, bool) else default}")
    if field.default is not None:
        notes.append(f"default {field.default}")
    if field.has(marks.Secret):
        notes.append("secret")
    if field.has(marks.Unordered):
        notes.append("order does not matter")
    reference = field.mark(marks.Reference)
    if reference:
        notes.append(f"id of a {reference.kind}")
    return ", ".join(notes)


def _first_line(kind: type[Kind]) -> str:
    return inspect.cleandoc(kind.__doc__ or "").splitlines()[0]
