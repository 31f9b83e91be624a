"""Workflows as trees for a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from pulumi_ci.graph.graph import Graph, Node
from pulumi_ci.kinds._workflow_edges import END

_WIDEST = 10_000


def as_tree(graph: Graph) -> Tree:
    """The nodes below what leads to them. A node with several parents is shown below the first, and named below the
    others; End stands in the line of what it follows.
    """
    tree = Tree(Text(graph.title, "bold"), guide_style="dim", highlight=False)
    branches: dict[str | None, Tree] = {None: tree}
    ending = {source for source, target in graph.edges if target == END}
    for step in graph.walk():
        if step.node == END and step.parent is not None:
            continue
        below, node = branches[step.parent], graph.nodes[step.node]
        if step.how == "first":
            branches[step.node] = below.add(_line(node, step.node in ending))
        else:
            said = "leads back to it" if step.how == "back" else "see above"
            below.add(Text.assemble((node.label, _colour(node)), (f"  ({said})", "dim")))
    return tree


def as_text(graphs: list[Graph]) -> str:
    """The same as a text without styles, in lines that do not wrap."""
    console = Console(file=StringIO(), width=_WIDEST, color_system=None, force_terminal=False, legacy_windows=False)
    for graph in graphs:
        console.print(as_tree(graph))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def _line(node: Node, ends: bool) -> Text:
    parts: list[str | tuple[str, str]] = [(node.label, f"bold {_colour(node)}")]
    for label, value in node.facts:
        parts += [(f"  {label} ", "dim"), value]
    parts += [(f"  {fault}", "red") for fault in node.faults]
    return Text.assemble(*parts, (f"  -> {END}" if ends else "", "dim"))


def _colour(node: Node) -> str:
    return node.family.colour
