"""Workflows as one SVG that loads nothing and runs nothing, readable on light and on dark ground."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from rich.cells import cell_len

from pulumi_ci.graph.family import FAMILIES, OTHER, Family
from pulumi_ci.graph.graph import Graph, Node
from pulumi_ci.graph.layout import Box, Layout, Route, layout

_CELL = 7.3
"""Width of a character of 12 px in the widest of the usual monospaced fonts."""
_LINE = 18
_PADDING = 12
_MARGIN = 24
_TITLE = 32
_LONGEST = 44
"""Cells of a line; longer ones are cut in the middle, and whole in the text that shows when one points at the box."""
_STYLE = """text { font: 12px ui-monospace, Menlo, Consolas, monospace; white-space: pre; fill: #0f172a }
.title { font-size: 15px; font-weight: 600 }
.name { font-weight: 600 }
.label, .legend { fill: #475569 }
.fault { fill: #b91c1c }
.ground { fill: #ffffff }
.edge { fill: none; stroke: #94a3b8; stroke-width: 1.5 }
.back { stroke: #dc2626; stroke-dasharray: 5 4 }
.head { fill: #94a3b8 }
"""
_DARK = """text { fill: #e2e8f0 }
.label, .legend { fill: #94a3b8 }
.fault { fill: #fca5a5 }
.ground { fill: #0d1117 }
.edge { stroke: #64748b }
.back { stroke: #f87171 }
.head { fill: #64748b }
"""


def as_svg(graphs: Iterable[Graph]) -> str:
    """The workflows one below the other, each under its title, and what the colours mean."""
    drawn = [(graph, layout(graph, {name: _size(node) for name, node in graph.nodes.items()})) for graph in graphs]
    used = [family for family in (*FAMILIES, OTHER) if any(_has(graph, family) for graph, _ in drawn)]
    top = float(_MARGIN)
    parts = []
    for graph, placed in drawn:
        title = f'<text class="title" x="{_MARGIN}" y="{_px(top + 15)}">{escape(graph.title)}</text>'
        parts += [title, f'<g transform="translate({_MARGIN} {_px(top + _TITLE)})">', *_drawing(graph, placed), "</g>"]
        top += _TITLE + placed.height + _MARGIN
    legend, wide = _legend(used, top)
    widths = [wide, *(placed.width for _, placed in drawn)]
    widths += [cell_len(graph.title) * _CELL * 15 / 12 for graph, _ in drawn]
    width, height = math.ceil(max(widths) + 2 * _MARGIN), math.ceil(top + _LINE + _MARGIN)
    title = escape(", ".join(graph.title for graph, _ in drawn))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            f"<title>{title}</title>",
            f"<style>\n{_STYLE}{_colours(used, dark=False)}"
            f"@media (prefers-color-scheme: dark) {{\n{_DARK}{_colours(used, dark=True)}}}\n</style>",
            '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            'markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker>',
            f'<rect class="ground" width="{width}" height="{height}"/>',
            *parts,
            *legend,
            "</svg>\n",
        ]
    )


def _has(graph: Graph, family: Family) -> bool:
    return any(node.family is family for node in graph.nodes.values())


def _colours(families: Iterable[Family], dark: bool) -> str:
    pairs = [(family.slug, family.dark if dark else family.light) for family in families]
    return "".join(f".{slug} {{ fill: {fill}; stroke: {line} }}\n" for slug, (fill, line) in pairs)


def _legend(families: Iterable[Family], top: float) -> tuple[list[str], float]:
    """The names of the families beside their colours, and how wide they are."""
    parts, left = [], 0.0
    for family in families:
        parts.append(f'<rect class="{family.slug}" x="{_px(_MARGIN + left)}" y="{_px(top)}" width="12" height="12"/>')
        x = _px(_MARGIN + left + 18)
        parts.append(f'<text class="legend" x="{x}" y="{_px(top + 10)}">{escape(family.title)}</text>')
        left += 18 + cell_len(family.title) * _CELL + 20
    return parts, left


# -- one workflow -----------------------------------------------------------------------------------------------


def _drawing(graph: Graph, placed: Layout) -> Iterator[str]:
    for route in placed.routes:
        classes = "edge back" if route.back or not route.points else "edge"
        yield f'<path class="{classes}" marker-end="url(#head)" d="{_path(route, placed.boxes)}"/>'
    for name, node in graph.nodes.items():
        yield from _box(node, placed.boxes[name])


def _path(route: Route, boxes: Mapping[str, Box]) -> str:
    """Straight through columns, and in a curve from one to the next that leaves and arrives level."""
    if not route.points:
        box = boxes[route.source]
        x, y = box.x + box.width - 16, box.y + box.height
        return f"M{_px(x)} {_px(y)}v5q0 6 -6 6h-12q-6 0 -6 -6v-5"
    pieces = []
    for (x, y), (next_x, next_y) in zip(route.points[::2], route.points[1::2], strict=True):
        middle, end = _px((x + next_x) / 2), f"{_px(next_x)} {_px(next_y)}"
        pieces.append(f"{_px(x)} {_px(y)}C{middle} {_px(y)} {middle} {_px(next_y)} {end}")
    return f"M{'L'.join(pieces)}"


def _box(node: Node, box: Box) -> Iterator[str]:
    yield "<g>"
    yield f"<title>{escape(_whole(node))}</title>"
    yield (
        f'<rect class="{node.family.slug}" x="{_px(box.x)}" y="{_px(box.y)}" width="{_px(box.width)}" '
        f'height="{_px(box.height)}" rx="6"/>'
    )
    left, y = box.x + _PADDING, box.y + _PADDING + 11
    yield f'<text class="name" x="{_px(left)}" y="{_px(y)}">{escape(_cut(node.label))}</text>'
    indent = _indent(node) * _CELL
    for label, value in node.facts:
        y += _LINE
        yield f'<text class="label" x="{_px(left)}" y="{_px(y)}">{escape(label)}</text>'
        yield f'<text x="{_px(left + indent)}" y="{_px(y)}">{escape(_cut(value))}</text>'
    for fault in node.faults:
        y += _LINE
        yield f'<text class="fault" x="{_px(left)}" y="{_px(y)}">{escape(_cut(fault))}</text>'
    yield "</g>"


def _whole(node: Node) -> str:
    return "\n".join([node.label, *(f"{label}: {value}" for label, value in node.facts), *node.faults])


def _size(node: Node) -> tuple[float, float]:
    indent = _indent(node)
    cells = [cell_len(_cut(text)) for text in (node.label, *node.faults)]
    cells += [indent + cell_len(_cut(value)) for _, value in node.facts]
    lines = 1 + len(node.facts) + len(node.faults)
    return max(cells) * _CELL + 2 * _PADDING, (lines - 1) * _LINE + 14 + 2 * _PADDING


def _indent(node: Node) -> int:
    """Cells before the values of a box."""
    return max((len(label) + 2 for label, _ in node.facts), default=0)


def _cut(text: str) -> str:
    """The text in at most `_LONGEST` cells."""
    if cell_len(text) <= _LONGEST:
        return text
    head, tail = text, text
    while cell_len(head) > _LONGEST // 2 - 1:
        head = head[:-1]
    while cell_len(tail) > _LONGEST // 2:
        tail = tail[1:]
    return f"{head}…{tail}"


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
