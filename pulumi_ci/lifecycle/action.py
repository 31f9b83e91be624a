"""Runs: started once, watched on request, never changed; whoever is done with one cancels or forgets it."""

from __future__ import annotations

import abc
import itertools
from collections.abc import Mapping
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, NoAnswer, NotFound, RateLimited, ServerFault
from pulumi_ci.api.settings import ADOPT
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Stored, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.api import Action
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.printable import printable

_PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds between the first looks at a run that is waited for; the last one goes on."""


class ActionLifecycle(Lifecycle):
    """A run is what it was when it was started: reading renews its state and results, and finds no drift."""

    api: Action

    # -- what the API says --------------------------------------------------------------------------------------

    @abc.abstractmethod
    def start(self, place: Place, inputs: Values) -> tuple[str, Values | None]:
        """The id of a new run, and what is known of it. Raises CiError when none was started, or nobody knows."""

    @abc.abstractmethod
    def look(self, place: Place, id: str) -> Values | None:
        """The run as it is now; None when the service does not know it."""

    def cancel(self, place: Place, id: str) -> bool:
        """Cancels a run that goes on, or returns False where no call does. May raise NotFound."""
        return False

    # -- what follows from it -----------------------------------------------------------------------------------

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place = self.place(inputs)
        if adopt and adopt not in ADOPT:
            place, adopt = self.locate(f"{place}/{adopt}")
            live = self.look(place, adopt)
            if live is None:
                raise CiError(f"{self.kind.__name__}: there is no {adopt} in {place} to take over")
            id = adopt
        else:
            id, live = self.start(place, inputs)
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
        live = self.look(place, local)
        if live is None and inputs:
            log.warning("%s %s: the service no longer knows the run; its last state is kept", self.kind.__name__, id)
            return Stored(id, inputs, dict(outs))
        if live is None:
            return None
        if not inputs:  # looked up by its id: the service alone says what was asked for
            return self.observed(id, outs, live)
        return Stored(id, inputs, self.outs(inputs, live, {}))

    def present(self, place: Place) -> Mapping[str, Values]:
        return {}  # a run is over some day, so it is part of no inventory

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        return self.outs(news, olds, {})

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, local = self.locate(id)
        if self._has_ended(outs):
            return
        live = self.look(place, local)
        if live is None or self._has_ended(live):
            return
        try:
            cancelled = self.cancel(place, local)
        except NotFound:
            return
        if not cancelled:
            log.warning("%s %s: still runs, and no call cancels it; it is forgotten", self.kind.__name__, id)
            return
        log.info("%s %s: cancelled", self.kind.__name__, id)

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
                live = self.look(place, id) or live
            except (RateLimited, ServerFault, NoAnswer) as error:
                log.warning("%s; waiting goes on", error)
            except CiError as error:
                log.warning("%s; waiting ends here", error)
                break
        return live

    def _has_ended(self, values: Mapping[str, Any]) -> bool:
        return values.get(self.api.state) in self.api.ends


def verdict(kind: type[Kind], outs: Mapping[str, Any]) -> str | None:
    """Why a run that was waited for is no success, with what to do; None when it is one."""
    api = kind.api
    assert isinstance(api, Action)
    state = outs.get(api.state)
    failed = [part for part in (outs, *(outs.get(api.parts) or ())) if part.get(api.failure)]
    if state == api.success and not failed:
        return None
    said = "; ".join(" ".join(str(part[name]) for name in api.reasons if part.get(name)) for part in failed or [outs])
    told = printable(f"{state} ({said})" if said and state in api.ends else str(state or "in a state nobody told"))
    if state in api.ends:
        return f"the run ended as {told}. Mend its cause, and change `triggers` to run it again"
    return (
        f"the run has not ended; it was {told} when last seen. It goes on, and stays in the state: "
        "`pulumi up --refresh` looks again, and `wait_seconds` is how long a start waits"
    )
