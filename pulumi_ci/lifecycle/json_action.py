"""Runs of a JSON API, which no call lists or cancels: whether an unanswered start was carried out stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, NoAnswer, NotFound, NotSent, ServerFault, Target
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.lifecycle.action import ActionLifecycle
from pulumi_ci.lifecycle.journal import digest
from pulumi_ci.lifecycle.lifecycle import log
from pulumi_ci.lifecycle.meaning import Values, changes
from pulumi_ci.lifecycle.observe import hide
from pulumi_ci.model.api import JsonAction
from pulumi_ci.model.path import show
from pulumi_ci.wire import json
from pulumi_ci.wire.json import Object


class JsonActionLifecycle(ActionLifecycle):
    """A start is sent once. A run that the service has forgotten keeps the last state that was seen."""

    api: JsonAction

    def start(self, place: Place, inputs: Values) -> tuple[str, Values | None]:
        key = digest(self.kind, inputs)
        if self.begun(inputs, key) is not None:
            raise CiError(
                f"{Target(self.kind.__name__, str(place))}: an interrupted run may have started it, and this API has "
                "no list to look it up in. Look in the web console; when it is there, take it over with adopt=<its "
                "id>, and else change `triggers` to start it"
            )
        self.begin(inputs, key)
        try:
            return self._started(place, inputs)
        except CiError:
            self.forget(inputs, key)  # the error says what to do, so the next run need not ask again
            raise

    def _started(self, place: Place, inputs: Values) -> tuple[str, Values | None]:
        target = Target(self.kind.__name__, str(place))
        try:
            answer = self._call(place, "start", self.api.start, json.encode(self.kind, inputs), again=False)
        except NotSent:
            raise
        except (NoAnswer, ServerFault) as error:
            raise CiError(
                f"{error}. Whether it was started is not known: this API has no list to look it up in, and no token "
                "that keeps a second start from being a second run. So it is not started again by itself. Look in the "
                "web console; when it is there, take it over with adopt=<its id>, and else run the program again"
            ) from None
        id = str(answer.get(self.api.id) or "")
        if not id:
            raise CiError(
                f"{target}: the start was answered without {self.api.id}, so whether it was started is not known. Look "
                "in the web console; when it is there, take it over with adopt=<its id>, and else run the program again"
            )
        log.info("%s %s/%s: started", self.kind.__name__, place, id)
        said: list[NotFound] = []

        def seen() -> Values | None:
            try:
                return self._read(place, id)
            except NotFound as error:
                said.append(error)
                return None

        values, is_missing = self.read_made(seen, id)
        other = [] if values is None else self._otherwise(inputs, values)
        if is_missing or other:
            which = f"a task with another {', '.join(other)}" if other else f"which it does not know ({said[-1]})"
            raise CiError(
                f"{target}: the start was answered with {id}, {which}. Which task was started is not known: look in "
                "the web console, and take it over with adopt=<its id>"
            )
        return id, values

    def _otherwise(self, inputs: Values, values: Values) -> list[str]:
        """Where a task shows something else than it was started with; what it does not show does not count."""
        sent = hide(self.kind, {name: inputs[name] for name in self.api.same if name in inputs})
        shown = hide(self.kind, {name: values[name] for name in sent if name in values})
        differing = changes(self.kind, shown, sent)
        return [show(change.path) for change in differing if change.old is not None and change.new is not None]

    def look(self, place: Place, id: str) -> Values | None:
        try:
            return self._read(place, id)
        except NotFound:
            return None

    def _read(self, place: Place, id: str) -> Values:
        """The task as it is now. Raises NotFound when the service does not know it."""

        def lacks(content: Mapping[str, Any]) -> str:
            told = self.api.state in json.decode(self.kind, content)[0]
            return "" if told else f"a task without a {self.api.state}"

        return json.decode(
            self.kind, self._call(place, "read", self.api.read, {self.api.id: id}, about=id, lacks=lacks)
        )[0]

    def _call(
        self,
        place: Place,
        operation: str,
        action: str,
        parameters: Mapping[str, Any],
        about: str = "",
        again: bool = True,
        lacks: Callable[[Mapping[str, Any]], str] = lambda content: "",
    ) -> Object:
        target = Target(self.kind.__name__, str(place), about)
        api = self.api
        missing = api.missing if operation == "read" else ()
        request = JsonCall(
            target, operation, api.service, api.version, action, parameters, again, place.region, lacks, missing
        )
        return self.session.client.call(request)
