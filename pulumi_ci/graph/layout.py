"""Where the boxes and edges of a graph go: columns from left to right, laid out by grandalf."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from grandalf.graphs import Edge, Vertex, graph_core
from grandalf.layouts import SugiyamaLayout, VertexViewer

from pulumi_ci.graph.graph import Graph

COLUMN_GAP = 64
ROW_GAP = 16
_LANE = 6
"""What an edge takes of the columns that it passes."""
_ASIDE = 6
"""How far below its lane an edge runs that leads back, so that it does not cover one that leads forward."""


@dataclass(frozen=True)
class Box:
    """Where a node stands, in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Route:
    """The way of an edge: points in pairs, one where it enters a gap between columns and one where it leaves it. None
    for an edge from a node to itself.
    """

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    back: bool
    """Whether it leads against the direction of all others, from the left of a box to the right of another one."""


@dataclass(frozen=True)
class Layout:
    """A drawing from (0, 0) to (width, height)."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    width: float
    height: float


@dataclass
class _Place:
    """A box, or an edge that passes a column, before columns have widths."""

    column: int
    middle: float
    height: float


def layout(graph: Graph, sizes: Mapping[str, tuple[float, float]]) -> Layout:
    """Places boxes of these widths and heights; all of one column get its width. The same graph is always laid out
    in the same way.
    """
    back = {(step.parent, step.node) for step in graph.walk() if step.how == "back"}
    forward = {
        edge: (edge[1], edge[0]) if edge in back else edge for edge in graph.edges if edge[0] != edge[1]
    }  # without circles
    places: dict[str, _Place] = {}
    lanes: dict[tuple[str, str], list[_Place]] = {}
    top = 0.0
    for part in _parts(graph, list(forward.values())):
        edges = [edge for edge in dict.fromkeys(forward.values()) if edge[0] in part]
        found, passed = _placed(part, edges, sizes)
        all_places = [*found.values(), *(place for way in passed.values() for place in way)]
        highest = min(place.middle - place.height / 2 for place in all_places)
        for place in all_places:
            place.middle += top - highest
        top = max(place.middle + place.height / 2 for place in all_places) + 2 * ROW_GAP
        places |= found
        lanes |= passed
    widths = [0.0] * (1 + max((place.column for place in places.values()), default=0))
    for name, place in places.items():
        widths[place.column] = max(widths[place.column], sizes[name][0])
    lefts = [0.0, *accumulate(width + COLUMN_GAP for width in widths)]

    def ends(place: _Place) -> tuple[tuple[float, float], tuple[float, float]]:
        left = lefts[place.column]
        return (left, place.middle), (left + widths[place.column], place.middle)

    boxes = {
        name: Box(lefts[place.column], place.middle - place.height / 2, widths[place.column], place.height)
        for name, place in places.items()
    }
    routes = []
    for source, target in graph.edges:
        points: list[tuple[float, float]] = []
        if source != target:
            first, last = forward[source, target]
            way = [places[first], *lanes.get((first, last), ()), places[last]]
            points = [point for one, other in pairwise(way) for point in (ends(one)[1], ends(other)[0])]
        turned = (source, target) in back and source != target
        if turned:
            points = [(x, y + _ASIDE) for x, y in reversed(points)]
        routes.append(Route(source, target, tuple(points), turned))
    return Layout(boxes, tuple(routes), lefts[-1] - COLUMN_GAP, max(0.0, top - 2 * ROW_GAP))


def _parts(graph: Graph, edges: list[tuple[str, str]]) -> list[list[str]]:
    """The nodes that hang together, each list in the order of a walk."""
    order = [step.node for step in graph.walk() if step.how == "first"]
    part = {name: {name} for name in order}
    for source, target in edges:
        if part[source] is not part[target]:
            part[source] |= part[target]
            for name in part[target]:
                part[name] = part[source]
    firsts = dict.fromkeys(min(part[name], key=order.index) for name in order)
    return [[name for name in order if name in part[first]] for first in firsts]


def _placed(
    names: list[str], edges: list[tuple[str, str]], sizes: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, _Place], dict[tuple[str, str], list[_Place]]]:
    """Columns and heights of connected nodes without circles, and of edges in the columns that they pass."""
    vertices = {name: Vertex(name) for name in names}
    for name, vertex in vertices.items():
        vertex.view = VertexViewer(w=sizes[name][1], h=1)  # grandalf draws downwards
    drawn = {edge: Edge(vertices[edge[0]], vertices[edge[1]]) for edge in edges}
    sugiyama = SugiyamaLayout(graph_core(list(vertices.values()), list(drawn.values())))
    sugiyama.xspace = ROW_GAP
    sugiyama.init_all(inverted_edges=[])
    passing = {
        edge: [way[rank] for rank in sorted(way)[1:-1]]
        for edge, one in drawn.items()
        if (way := sugiyama.ctrls.get(one))
    }
    for way in passing.values():
        for lane in way:
            lane.view.w = _LANE
    sugiyama.draw(8)

    def place(vertex: Vertex) -> _Place:
        return _Place(sugiyama.grx[vertex].rank, vertex.view.xy[0], vertex.view.w)

    found = {name: place(vertex) for name, vertex in vertices.items()}
    passed = {edge: [place(lane) for lane in way] for edge, way in passing.items()}
    _spread([*found.values(), *(one for way in passed.values() for one in way)])
    return found, passed


def _spread(places: list[_Place]) -> None:
    """Moves down what stands in the way of another one: in some graphs grandalf lets boxes overlap."""
    below: dict[int, float] = {}
    for place in sorted(places, key=lambda place: place.middle):
        half = place.height / 2
        place.middle = max(place.middle, below.get(place.column, -math.inf) + half)
        below[place.column] = place.middle + half + ROW_GAP
