"""The largest number that a service accepts, found with few questions."""

from __future__ import annotations

from collections.abc import Callable


def largest(accepts: Callable[[int], bool], low: int, high: int, guess: int) -> int | None:
    """The largest number from `low` to `high` that is accepted; None when `low` is not, `high` when all are.

    All numbers up to the largest are taken to be accepted, and none beyond. `guess` is tried first.
    """
    least, beyond = low - 1, high + 1  # the largest accepted so far, the smallest refused so far
    tries = [guess, guess + 1, high, low]
    while beyond - least > 1:
        number = next((n for n in tries if least < n < beyond), (least + beyond) // 2)
        if accepts(number):
            least = number
        else:
            beyond = number
    return None if least < low else least
