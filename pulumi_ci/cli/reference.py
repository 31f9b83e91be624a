"""The reference pages of all kinds in Markdown, and their index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pulumi_ci.model.kind import kinds
from pulumi_ci.model.reference import Property, Reference, Section, describe

_INDEX = """# Reference

One page for each kind of resource, written by `pulumi-ci schema` from the same declarations that check your programs;
`pulumi-ci explain KIND` shows the same in a terminal.

{table}

## How to read a page

- Properties are arguments of the constructor. Blocks inside are dicts, or the typed dicts that an IDE shows:
  `video={{"codec": "H.264"}}`. Paths write `[]` for the items of a list and `<name>` for a key of your own.
- *When left out* says what holds without the property. A plain default is what the service assumes, and is not sent;
  setting it changes nothing.
- *A change* is made in place, replaces the object by another one, or starts a run again.
- The place (`region` and `bucket`) usually comes from the stack's config or from a `ci.Provider`.
- Ids of other objects are best taken from the resources themselves: `template_id=thumbs.template_id`.
- Every rule is checked in the preview, before anything is sent; what *should* hold is a warning.
- *Pages* are the numbers of the vendor's documents that the declaration was made from.
"""


def pages() -> dict[str, str]:
    """Every page by its file name, the index as `README.md`."""
    found = [describe(kind) for kind in kinds().values()]
    files = {reference.name: f"{reference.slug}.md" for reference in found}
    rows = ((f"[{r.name}]({files[r.name]})", f"`{r.constructor}`", _inline(r.summary)) for r in found)
    index = _INDEX.format(table="\n".join(_table(("Kind", "Python", "What it is"), rows)))
    return {"README.md": index, **{files[reference.name]: _page(reference, files) for reference in found}}


def _page(reference: Reference, files: dict[str, str]) -> str:
    parts = [f"# {reference.name}", _inline(reference.doc)]
    if reference.examples:
        parts.append(_code(reference.examples[0].program))
    parts.append("\n".join(_table(("", ""), reference.facts)))
    parts.append("## Properties")
    parts += _body(reference.sections[0], files)
    for section in reference.sections[1:]:
        if not section.output:
            parts += _section(section, files)
    if reference.outputs:
        parts += ["## Outputs", "\n".join(_outputs(reference.outputs))]
    for section in reference.sections[1:]:
        if section.output:
            parts += [f"### {_code_title(section)}", _inline(section.doc), "\n".join(_outputs(section.properties))]
    if reference.examples[1:]:
        parts.append("## More examples")
    for example in reference.examples[1:]:
        parts += [f"### Example {example.name}", _code(example.program)]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, files: dict[str, str]) -> Iterator[str]:
    yield f"### {_code_title(section)}"
    yield _inline(section.doc)
    others = [f"`{place}`" for place in list(section.places)[1:]]
    if others:
        yield f"Also at {', '.join(others)}."
    types = section.places.get(section.path, [])
    if len(types) > 1:
        yield f"In entries of type {', '.join(f'`{name}`' for name in types)}."
    yield from _body(section, files)


def _body(section: Section, files: dict[str, str]) -> Iterator[str]:
    header = ("Property", "Takes", "When left out", "A change", "Description")
    yield "\n".join(_table(header, (_row(entry, files) for entry in section.properties)))
    if section.rules:
        yield "Rules:"
        yield "\n".join(f"- {_inline(rule)}" for rule in section.rules)


def _row(entry: Property, files: dict[str, str]) -> tuple[str, ...]:
    left_out = f"**{entry.left_out}**" if entry.left_out == "required" else _inline(entry.left_out)
    notes = "".join(f" *{note[0].upper()}{note[1:]}.*" for note in entry.notes)
    target = entry.reference
    reference = f" Id of a [{target}]({files[target]})." if target else ""
    return (f"`{entry.name}`", _takes(entry), left_out, entry.change, f"{_inline(entry.doc)}{reference}{notes}")


def _takes(entry: Property) -> str:
    if len(entry.contents) == 1:
        return f"[{entry.values}](#{anchor(_title(entry.contents[0]))})"
    links = [f"[{title.rpartition(' ')[2]}](#{anchor(_title(title))})" for title in entry.contents]
    return _inline(entry.values) + (f", by `type`: {', '.join(links)}" if links else "")


def _outputs(found: Iterable[Property]) -> list[str]:
    return _table(("Output", "Is", "Description"), ((f"`{p.name}`", _takes(p), _inline(p.doc)) for p in found))


def _title(title: str) -> str:
    path, of_type, name = title.partition(" of type ")
    return f"`{path}`{of_type}{name}"


def _code_title(section: Section) -> str:
    return _title(section.title)


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _code(text: str) -> str:
    return f"```python\n{text}```"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [header, ("---",) * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def _inline(text: str) -> str:
    """Text as Markdown, in which only code between backticks is markup."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*<\[])|(?<!\w)(_)", r"\\\1\2", part) for part in parts)
