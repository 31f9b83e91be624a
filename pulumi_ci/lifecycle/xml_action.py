"""Runs of the XML API, whose list tells whether a start without an answer was carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_ci.api import evidence
from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import CannotTell, CiError, NotFound, Target
from pulumi_ci.lifecycle.action import ActionLifecycle
from pulumi_ci.lifecycle.journal import digest
from pulumi_ci.lifecycle.lifecycle import items_of, log
from pulumi_ci.lifecycle.meaning import Values, same
from pulumi_ci.model.api import XmlAction
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element

_NOT_YET = "-"
"""What answers hold for a time that has not come."""


class XmlActionLifecycle(ActionLifecycle):
    """After an unclear answer to a start, a new run of the same words is looked for in the list."""

    api: XmlAction

    # -- starting -----------------------------------------------------------------------------------------------

    def start(self, place: Place, inputs: Values) -> tuple[str, Values | None]:
        before, _ = self._alike(place, inputs)
        key = digest(self.kind, inputs)
        if (begun := self.begun(inputs, key)) is not None:
            ours = [id for id, run in before.items() if id not in begun.note["before"] and self.ours(inputs, run)]
            if ours:
                log.warning(
                    "%s %s/%s: taken over; an interrupted run had started it", self.kind.__name__, place, ours[0]
                )
                return ours[0], before[ours[0]]
        about = str(next((inputs[name] for name in self.api.same.values() if name in inputs), ""))
        target = Target(self.kind.__name__, str(place), about)

        def seen() -> tuple[str | None, bool]:
            alike, is_told = self._alike(place, inputs)
            found = {id: values for id, values in alike.items() if id not in before}
            ours = [id for id, values in found.items() if self.ours(inputs, values)]
            return next(iter([*ours, *found]), None), is_told

        def look() -> str | None:
            try:
                id, is_told = self.patiently(seen, lambda found: found[0] is not None)
                if id is None and not is_told:
                    raise CannotTell(target, "list", "an answer without runs and without a NextToken")
            except CiError as error:
                raise CiError(
                    f"{error}. Before that the run may have been started: look in the web console, and take it over "
                    "with adopt=<its id> when it is there"
                ) from None
            return id

        answer, lost = self.make(inputs, key, lambda: self._start(place, inputs, about), look, before=[*before])
        id, values = (lost, None) if answer is None else self._answered(answer)
        id = id or look()
        if id is None:
            raise CiError(
                f"{target}: the start was answered without an id, and no new run is in the list. Look in the web "
                "console before you start it again"
            )
        log.info("%s %s/%s: started", self.kind.__name__, place, id)
        return (id, values) if values is not None else self._first_look(place, id, inputs, look)

    def _first_look(
        self, place: Place, id: str, inputs: Values, look: Callable[[], str | None]
    ) -> tuple[str, Values | None]:
        values, is_missing = self.read_made(lambda: self.look(place, id), id)
        if values is not None and not self._is_alike(inputs, values):  # the answer to another start came back
            values, is_missing = None, True
        if (is_missing or (values is None and self.api.answered)) and (listed := self.read_back(look, id)):
            id = listed  # the answer to the start named it otherwise than the list does
        return id, values

    def _start(self, place: Place, inputs: Values, about: str) -> Answer:
        query = {key: xml.text_of(inputs[name]) for key, name in self.api.parameters.items() if name in inputs}
        body = None if self.api.parameters else xml.write(xml.encode(self.kind, inputs, self.api.form))
        call = self.api.start

        def lacks(root: Element | None) -> str:
            item = None if root is None or self.api.answered else root.find(self.api.one)
            if item is None or self._is_alike(inputs, self._values(item)):
                return ""
            return "the answer to another start"

        return self.send(place, "start", call.method, call.path, query, body, about=about, again=False, lacks=lacks)

    def _is_alike(self, inputs: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        """Whether a run was started with the words of these inputs."""
        fields = self.kind.fields()
        return all(same(fields[name].shape, inputs[name], values.get(name)) for name in self.api.same.values())

    def _answered(self, answer: Answer) -> tuple[str | None, Values | None]:
        """The id in the answer to a start, and the run where it is shown."""
        if self.api.answered:
            texts = [] if answer.root is None else xml.find_texts(answer.root, self.api.answered)
            return (texts[0].removesuffix(self.api.padding) if texts else None), None
        items = items_of(answer, self.api.one)
        return (
            ((items[0].findtext(self.api.id) or "").strip() or None, self._values(items[0])) if items else (None, None)
        )

    def _alike(self, place: Place, inputs: Mapping[str, Any]) -> tuple[dict[str, Values], bool]:
        """The newest runs that were started with the same words, by id, newest first, and whether the list tells
        that there are no others: it shows some run, or its NextToken. It counts nothing. Source: 107, 200.
        """
        query = {key: xml.text_of(inputs[name]) for key, name in self.api.same.items()}
        answer = self.send(place, "list", "GET", self.api.path, {**query, **self.api.newest})
        rows = {(row.findtext(self.api.id) or "").strip(): self._values(row) for row in items_of(answer, self.api.many)}
        is_told = bool(rows.keys() - {""}) or (answer.root is not None and answer.root.find("NextToken") is not None)
        return {id: values for id, values in rows.items() if id and self._is_alike(inputs, values)}, is_told

    # -- reading ------------------------------------------------------------------------------------------------

    def look(self, place: Place, id: str) -> Values | None:
        lacks = evidence.about(id, self.api.one, self.api.id, self.api.absent)
        try:
            answer = self.send(place, "read", "GET", self.at(id), about=id, lacks=lacks)
        except NotFound:
            return None
        items = items_of(answer, self.api.one)
        return self._values(items[0]) if items else None

    def _values(self, row: Element) -> Values:
        values = xml.decode(self.kind, row, self.api.form)[0]
        return {name: value for name, value in values.items() if value != _NOT_YET}

    def cancel(self, place: Place, id: str) -> bool:
        if self.api.cancel:
            self.send(place, "cancel", "PUT", self.at(id), {self.api.cancel: ""}, about=id)
        return bool(self.api.cancel)
