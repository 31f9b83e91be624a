"""How a cost grows with the number of resources."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping


def exponent(costs: Mapping[int, float]) -> float | None:
    """The k of cost = c * N^k, by least squares over the logarithms; None for fewer than two sizes or a cost of 0."""
    points = [(math.log(n), math.log(cost)) for n, cost in costs.items() if cost > 0]
    if len(points) < max(2, len(costs)):
        return None
    return statistics.linear_regression(*zip(*points, strict=True)).slope
