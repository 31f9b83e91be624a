"""`pulumi-ci explain KIND`: the reference of a kind in the terminal, or of one of its properties."""

from __future__ import annotations

import difflib
import re

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pulumi_ci.model.kind import kinds
from pulumi_ci.model.reference import Property, Reference, Section, describe, select


@click.command()
@click.argument("what", metavar="[KIND[.PATH]]", required=False)
def explain(what: str | None) -> None:
    """Shows what a kind is, and its properties.

    One property, as in `Workflow.nodes.Snapshot.output`, or all kinds when none is named.
    """
    known = {kind.__name__: kind for kind in kinds().values()}
    if what is None:
        for kind in known.values():
            click.echo(f"{kind.__name__:26}{_plain(describe(kind).summary)}")
        return
    modules = {kind.module for kind in known.values()}
    name, _, path = re.sub(rf"^({'|'.join(modules)})\.", "", what).partition(".")
    match = next((known[other] for other in known if name.lower() in (other.lower(), known[other].slug)), None)
    if match is None:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise click.UsageError(f"no kind is called {name!r}.{hint} Known are {', '.join(known)}.")
    reference = describe(match)
    if path:
        try:
            reference = select(reference, path)
        except KeyError as error:
            raise click.UsageError(f"{match.__name__}.{path}: {error.args[0]}") from None
    console = Console()
    _show(console, reference)


def _show(console: Console, reference: Reference) -> None:
    if reference.facts:
        _print(console, Text(f"{reference.name}\n", "bold"))
        _print(console, _styled(f"{reference.doc}\n"))
        _facts(console, reference.facts)
    first, *others = reference.sections
    _properties(console, first)
    for section in others:
        where = ", ".join([section.title, *list(section.places)[1:]])
        types = section.places.get(section.path, [])
        entries = f" in entries of type {', '.join(types)}" if len(types) > 1 else ""
        _print(console, Text.assemble("\n", (where, "bold underline"), (entries, "dim")))
        _print(console, Padding(_styled(f"{section.doc}\n"), (0, 0, 0, 2)))
        _properties(console, section)
    if reference.outputs:
        _print(console, Text("\nOutputs\n", "bold underline"))
        for found in reference.outputs:
            _property(console, found)
    for example in reference.examples[:1]:
        _print(console, Text.assemble("\n", (f"Example {example.name}", "bold underline"), "\n"))
        console.print(Text(example.program), soft_wrap=True)
    if reference.examples[1:]:
        others_named = ", ".join(example.name for example in reference.examples[1:])
        _print(console, Text(f"More in schema/reference/{reference.slug}.md: {others_named}", "dim"))


def _facts(console: Console, facts: tuple[tuple[str, str], ...]) -> None:
    grid = Table.grid(padding=(0, 2))
    for word, fact in facts:
        if console.is_terminal:
            grid.add_row(Text(word, "dim"), _styled(fact))
        else:
            _print(console, _styled(f"{word:9}{fact}"))
    if console.is_terminal:
        console.print(grid)
    _print(console, Text())


def _properties(console: Console, section: Section) -> None:
    for found in section.properties:
        _property(console, found)
    if section.rules:
        _print(console, Text("\nRules", "bold"))
        for rule in section.rules:
            _print(console, Padding(_styled(f"- {rule}"), (0, 0, 0, 4)))


def _property(console: Console, found: Property) -> None:
    notes = ", ".join(found.behaviour)
    behaviour = (f"  [{notes}]" if notes else "", "dim")
    _print(console, Text.assemble((found.path, "bold"), ": ", _styled(found.values), behaviour))
    _print(console, Padding(_styled(found.doc), (0, 0, 0, 4)))


def _print(console: Console, what: Text | Padding) -> None:
    """Wraps at the width of a terminal, and nowhere for a program that reads."""
    if isinstance(what, Padding) and not console.is_terminal:
        console.print(Text(" " * what.left), what.renderable, sep="", soft_wrap=True)
    else:
        console.print(what, soft_wrap=not console.is_terminal)


def _styled(text: str) -> Text:
    """The text with its code, which stands in backticks, in a colour."""
    parts = re.split(r"`([^`]*)`", text)
    return Text.assemble(*((part, "cyan" if odd % 2 else "") for odd, part in enumerate(parts)))


def _plain(text: str) -> str:
    return text.replace("`", "")
