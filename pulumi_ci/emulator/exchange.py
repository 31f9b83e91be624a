"""Answers that go to the wrong call: those of two calls of a route exchanged, or the one before repeated."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass
class _Waiting(Generic[A]):
    own: A
    other: A | None = None


class Exchange(Generic[A]):
    """The latest answer of each route, and the calls that wait for another one to exchange answers with."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._latest: dict[Hashable, A] = {}
        self._waiting: dict[Hashable, _Waiting[A]] = {}

    def note(self, route: Hashable, answer: A) -> None:
        """Keeps an answer that went to its own call."""
        with self._changed:
            self._latest[route] = answer

    def swapped(self, route: Hashable, answer: A, seconds: float) -> A:
        """Another call's answer: of one that waits, or comes within `seconds`; else the latest; else its own."""
        with self._changed:
            partner = self._waiting.pop(route, None)
            if partner is not None:
                partner.other = answer
                self._changed.notify_all()
                return partner.own
            mine = _Waiting(answer)
            if seconds > 0:
                self._waiting[route] = mine
                if not self._changed.wait_for(lambda: mine.other is not None, seconds):
                    del self._waiting[route]
            before = self._latest.get(route, answer)
            self._latest[route] = answer
            return before if mine.other is None else mine.other

    def clear(self) -> None:
        """Forgets the latest answers."""
        with self._changed:
            self._latest.clear()
