"""Runs: started once, watched on request, never changed; whoever is done with one cancels or forgets it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from pulumi_ci.api.client import Answer, Place
from pulumi_ci.api.errors import CiError, NoAnswer, NotFound, RateLimited, ServerFault, Target
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values, same
from pulumi_ci.model.api import Action
from pulumi_ci.model.kind import Kind
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element

_PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds between the first looks at a run that is waited for; the last one goes on."""
_NOT_YET = "-"
"""What answers hold for a time that has not come."""


class ActionLifecycle(Lifecycle):
    """A run is what it was when it was started: reading renews its state and results, and finds no drift."""

    api: Action

    def create(self, inputs: Values, adopt: str | None = None) -> Stored:
        place = self.place(inputs)
        if adopt and adopt not in ("never", "identical", "match"):
            live = self._look(place, adopt)
            if live is None:
                raise CiError(f"{self.kind.__name__}: there is no {adopt} in {place} to take over")
            id = adopt
        else:
            id, live = self._started(place, inputs)
        if inputs.get("wait") and not self._has_ended(live or {}):
            live = self._awaited(place, id, float(inputs["wait_seconds"]), live)
        outs = self.outs(inputs, live or {}, {})
        if inputs.get("wait") and (trouble := verdict(self.kind, outs)):
            log.error("%s %s: %s", self.kind.__name__, id, trouble)
        return Stored(f"{place}/{id}", inputs, outs)

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, local = self.locate(id)
        inputs = self.declared(outs)
        if self._has_ended(outs):
            return Stored(id, inputs, dict(outs))
        live = self._look(place, local)
        if live is None and inputs:
            log.warning("%s %s: the service no longer knows the run; its last state is kept", self.kind.__name__, id)
            return Stored(id, inputs, dict(outs))
        if live is None:
            return None
        if not inputs:  # looked up by its id: the service alone says what was asked for
            return self.observed(id, outs, live)
        return Stored(id, inputs, self.outs(inputs, live, {}))

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        return self.outs(news, olds, {})

    def destroy(self, id: str, outs: Mapping[str, Any]) -> None:
        place, local = self.locate(id)
        if self._has_ended(outs):
            return
        live = self._look(place, local)
        if live is None or self._has_ended(live):
            return
        if not self.api.cancel:
            log.warning("%s %s: still runs, and no call cancels it; it is forgotten", self.kind.__name__, id)
            return
        try:
            self.send(place, "cancel", "PUT", f"{self.api.path}/{local}", {self.api.cancel: ""}, about=local)
        except NotFound:
            return
        log.info("%s %s: cancelled", self.kind.__name__, id)

    # -- starting -----------------------------------------------------------------------------------------------

    def _started(self, place: Place, inputs: Values) -> tuple[str, Values | None]:
        """The id of a new run, and what is known of it."""
        before = self._alike(place, inputs)

        def look() -> str | None:
            try:
                found = {id: values for id, values in self._alike(place, inputs).items() if id not in before}
            except CiError as error:
                raise CiError(
                    f"{error}. Before that the run may have been started: look in the web console, and take it over "
                    "with adopt=<its id> when it is there"
                ) from None
            ours = [id for id, values in found.items() if self.ours(inputs, values)]
            return next(iter([*ours, *found]), None)

        about = str(next((inputs[name] for name in self.api.same.values() if name in inputs), ""))
        if self.api.same:
            answer, lost = self.make(lambda: self._start(place, inputs, about), look)
        else:
            answer, lost = self._start(place, inputs, about), None
        id, values = (lost, None) if answer is None else self._answered(answer)
        id = id or look()
        if id is None:
            raise CiError(
                f"{Target(self.kind.__name__, str(place), about)}: the start was answered without an id, and no new "
                "run is in the list. Look in the web console before you start it again"
            )
        log.info("%s %s/%s: started", self.kind.__name__, place, id)
        return (id, values) if values is not None else self._first_look(place, id, look)

    def _first_look(self, place: Place, id: str, look: Callable[[], str | None]) -> tuple[str, Values | None]:
        values = self.read_back(lambda: self._look(place, id), id)
        if values is None and self.api.answered and (listed := self.read_back(look, id)):
            id = listed  # the answer to the start named it otherwise than the list does
        return id, values

    def _start(self, place: Place, inputs: Values, about: str) -> Answer:
        query = {key: xml.text_of(inputs[name]) for key, name in self.api.parameters.items() if name in inputs}
        body = None if self.api.parameters else xml.write(xml.encode(self.kind, inputs, self.api.form))
        call = self.api.start
        try:
            return self.send(place, "start", call.method, call.path, query, body, about=about, again=False)
        except (NoAnswer, ServerFault) as error:
            if self.api.same:
                raise
            raise CiError(
                f"{error}. Whether it was started is not known, and this API has no list to look it up in, so it is "
                "not started again by itself"
            ) from None

    def _answered(self, answer: Answer) -> tuple[str | None, Values | None]:
        """The id in the answer to a start, and the run where it is shown."""
        if self.api.answered:
            texts = [] if answer.root is None else xml.find_texts(answer.root, self.api.answered)
            return (texts[0].removesuffix(self.api.padding) if texts else None), None
        items = items_of(answer, self.api.one)
        return (
            ((items[0].findtext(self.api.id) or "").strip() or None, self._values(items[0])) if items else (None, None)
        )

    def _alike(self, place: Place, inputs: Mapping[str, Any]) -> dict[str, Values]:
        """The newest runs that were started with the same words, by id, newest first."""
        if not self.api.same:
            return {}
        fields = self.kind.fields()
        wanted = {name: inputs[name] for name in self.api.same.values()}
        query = {key: xml.text_of(wanted[name]) for key, name in self.api.same.items()}
        answer = self.send(place, "list", "GET", self.api.path, {**query, **self.api.newest})
        rows = {(row.findtext(self.api.id) or "").strip(): self._values(row) for row in items_of(answer, self.api.many)}
        return {
            id: values
            for id, values in rows.items()
            if all(same(fields[name].shape, value, values.get(name)) for name, value in wanted.items())
        }

    # -- watching -----------------------------------------------------------------------------------------------

    def _awaited(self, place: Place, id: str, limit: float, live: Values | None) -> Values | None:
        """The run at its end, or as it was when the time ran out. Never raises: the run is there and must be kept."""
        began, slept, said = self.session.clock(), 0.0, ""
        for pause in itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1])):
            state = str((live or {}).get(self.api.state) or "unknown")
            if state != said:
                log.info("%s %s/%s: %s", self.kind.__name__, place, id, state)
                said = state
            left = limit - max(slept, self.session.clock() - began)
            if self._has_ended(live or {}) or left <= 0:
                break
            self.session.sleep(min(pause, left))
            slept += min(pause, left)
            try:
                live = self._look(place, id) or live
            except (RateLimited, ServerFault, NoAnswer) as error:
                log.warning("%s; waiting goes on", error)
            except CiError as error:
                log.warning("%s; waiting ends here", error)
                break
        return live

    def _has_ended(self, values: Mapping[str, Any]) -> bool:
        return values.get(self.api.state) in self.api.ends

    # -- reading ------------------------------------------------------------------------------------------------

    def _look(self, place: Place, id: str) -> Values | None:
        """The run as it is now; None when the service does not know it."""
        try:
            answer = self.send(place, "read", "GET", f"{self.api.path}/{id}", about=id)
        except NotFound:
            return None
        items = items_of(answer, self.api.one)
        return self._values(items[0]) if items else None

    def _values(self, row: Element) -> Values:
        values = xml.decode(self.kind, row, self.api.form)[0]
        return {name: value for name, value in values.items() if value != _NOT_YET}


def verdict(kind: type[Kind], outs: Mapping[str, Any]) -> str | None:
    """Why a run that was waited for is no success, with what to do; None when it is one."""
    api = kind.api
    assert isinstance(api, Action)
    state = outs.get(api.state)
    if state == api.success:
        return None
    said = " ".join(str(outs[name]) for name in ("code", "message") if outs.get(name))
    told = f"{state} ({said})" if said and state in api.ends else str(state or "in a state nobody told")
    if state in api.ends:
        return f"the run ended as {told}. Mend its cause, and change `triggers` to run it again"
    return (
        f"the run has not ended; it was {told} when last seen. It goes on, and stays in the state: "
        "`pulumi up --refresh` looks again, and `wait_seconds` is how long a start waits"
    )
