"""A cloud whose reads lag behind its writes: after a write, reads answer for a while as they did before it."""

from __future__ import annotations

import io
from typing import Any

import requests
from world import Wire, World

from pulumi_ci.api.client import Client


def again(answer: requests.Response, body: bytes) -> requests.Response:
    """An answer that was given before: the client reads it to its end and closes it."""
    answer.raw = io.BytesIO(body)
    return answer


class Lagging(Wire):
    """Answers a GET as it was answered before the last write, until so many seconds have been slept since."""

    def __init__(self, world: World, seconds: float) -> None:
        super().__init__(world.emulator)
        self._slept, self._seconds = world.slept, seconds
        self._wrote: float | None = None
        self._seen: dict[str, tuple[requests.Response, bytes]] = {}

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        """The application's answer, or the one of before the last write."""
        target, now = str(request.url), sum(self._slept)
        if request.method != "GET":
            self._wrote = now
            return super().send(request, *words, **more)
        if target not in self._seen or self._wrote is None or now >= self._wrote + self._seconds:
            answer = super().send(request, *words, **more)
            self._seen[target] = answer, answer.raw.read()
        return again(*self._seen[target])


def lag(world: World, seconds: float) -> None:
    """From now on reads of this world lag behind its writes by so many seconds."""
    lagging = Lagging(world, seconds)
    world.client = Client(world.settings, sleep=world.slept.append, adapter=lambda: lagging)
