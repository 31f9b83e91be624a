"""Runs of a JSON API, which no call lists or cancels: whether an unanswered start was carried out stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, MissingCredentials, NoAnswer, NotFound, NotSent, ServerFault, Target
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
            answer = self._call(place, "start", self.api.start, json.encode(self.kind, inputs), again=False)
        except (NotSent, MissingCredentials):
            self.forget(inputs, key)
            raise
        except (NoAnswer, ServerFault) as error:
            self.forget(inputs, key)  # the error says what to do, and that it is for the user to say
            raise CiError(
                f"{error}. Whether it was started is not known: this API has no list to look it up in, and no token "
                "that keeps a second start from being a second run. So it is not started again by itself. Look in the "
                "web console; when it is there, take it over with adopt=<its id>, and else run the program again"
            ) from None
        except CiError:
            self.forget(inputs, key)
            raise
        id = str(answer.get(self.api.id) or "")
        if not id:
            raise CiError(
                f"{Target(self.kind.__name__, str(place))}: the start was answered without {self.api.id}. Look in the "
                "web console before you start it again"
            )
        log.info("%s %s/%s: started", self.kind.__name__, place, id)
        values = self.read_back(lambda: self.look(place, id), id)
        if values is not None and (other := self._otherwise(inputs, values)):
            raise CiError(
                f"{Target(self.kind.__name__, str(place))}: the start was answered with {id}, a task with another "
                f"{', '.join(other)}. Which task was started is not known: look in the web console, and take it over "
                "with adopt=<its id>"
            )
        return id, values

    def _otherwise(self, inputs: Values, values: Values) -> list[str]:
        """Where a task shows something else than it was started with; what it does not show does not count."""
        sent = hide(self.kind, {name: inputs[name] for name in self.api.same if name in inputs})
        shown = hide(self.kind, {name: values[name] for name in sent if name in values})
        differing = changes(self.kind, shown, sent)
        return [show(change.path) for change in differing if change.old is not None and change.new is not None]

    def look(self, place: Place, id: str) -> Values | None:
        def lacks(content: Mapping[str, Any]) -> str:
            told = self.api.state in json.decode(self.kind, content)[0]
            return "" if told else f"a task without a {self.api.state}"

        try:
            row = self._call(place, "read", self.api.read, {self.api.id: id}, about=id, lacks=lacks)
        except NotFound:
            return None
        return json.decode(self.kind, row)[0]

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
