"""Workflows as a Mermaid flowchart, as pages in Markdown show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pulumi_ci.graph.family import START, Family
from pulumi_ci.graph.graph import Graph
from pulumi_ci.kinds._workflow_edges import END

_PLAIN = re.compile(r"(?<!\$)\$(?=\{)|[^\W_]|(?<=[^\W_])_+(?=[^\W_])|[ /{},()+@=-]|\.(?! )")
"""What means nothing to Mermaid, nor to the Markdown within its labels."""


def as_mermaid(graphs: Iterable[Graph]) -> str:
    """One flowchart, in which each workflow is a frame."""
    return "\n".join(_lines(graphs)) + "\n"


def _lines(graphs: Iterable[Graph]) -> Iterator[str]:
    yield "flowchart LR"
    used: dict[str, Family] = {}
    number = 0
    for count, graph in enumerate(graphs, 1):
        yield f'  subgraph w{count}["{_escaped(graph.title)}"]'
        ids = {}
        for name, node in graph.nodes.items():
            number += 1
            ids[name] = f"n{number}"
            used[node.family.slug] = node.family
            facts = [_escaped(f"{label} {value}") for label, value in node.facts]
            text = "<br/>".join([_escaped(node.label), *facts, *map(_escaped, node.faults)])
            opening, closing = {START: ("([", "])"), END: ("((", "))")}.get(name, ("[", "]"))
            yield f'    {ids[name]}{opening}"{text}"{closing}:::{node.family.slug}'
        yield from (f"    {ids[source]} --> {ids[target]}" for source, target in graph.edges)
        yield "  end"
    for slug, family in used.items():
        fill, line = family.light
        yield f"  classDef {slug} fill:{fill},stroke:{line},color:#0f172a"


def _escaped(text: str) -> str:
    """The text with Mermaid's codes for all characters that could mean something."""
    pieces = []
    at = 0
    while at < len(text):
        plain = _PLAIN.match(text, at) if at or text[0].isalnum() else None
        pieces.append(plain[0] if plain else f"#{ord(text[at])};")
        at = plain.end() if plain else at + 1
    return "".join(pieces)
