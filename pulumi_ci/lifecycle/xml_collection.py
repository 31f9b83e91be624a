"""Templates and workflows: objects with an id of the server, in XML."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import ApiError, CannotTell, CiError, NotFound, Target
from pulumi_ci.api.evidence import about, ids_of
from pulumi_ci.lifecycle.collection import CollectionLifecycle
from pulumi_ci.lifecycle.lifecycle import items_of, log
from pulumi_ci.lifecycle.meaning import Values, changes
from pulumi_ci.model.api import Collection
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element


class XmlCollectionLifecycle(CollectionLifecycle):
    """POST, PUT, DELETE and GET on one path. Some objects may have to be paused for a change."""

    api: Collection

    def decode(self, row: Element) -> tuple[Values, xml.Carried]:
        return xml.decode(self.kind, row, self.api.form)

    @functools.cached_property
    def _key_path(self) -> str:
        wire = self.kind.fields()[self.api.key].wire
        assert wire is not None
        return "/".join(wire)

    def key_of(self, row: Element) -> str:
        return (row.findtext(self._key_path) or "").strip()

    def pages(self, place: Place, key: str = "") -> Iterator[dict[str, Element]]:
        return self.listed(place, {**self.api.query, **({self.api.key: key} if key else {})})

    def row(self, place: Place, id: str) -> Element | None:
        lacks = about(id, self.api.many, self.api.id, self.api.absent)
        answer = self.send(place, "read", "GET", self.api.path, {"ids": id}, about=id, lacks=lacks)
        ids = ids_of(answer.root, self.api.many, self.api.id)
        row = dict(zip(ids, items_of(answer, self.api.many), strict=True)).get(id)
        if row is not None:
            self._check_kind(place, id, row)
        return row

    def _check_kind(self, place: Place, id: str, row: Element) -> None:
        """Refuses an object of another kind: an id of any kind of template reads one."""
        for name, text in self.api.form.constants.items():
            shown = (row.findtext(name) or "").strip()
            if shown and shown != text:
                target = Target(self.kind.__name__, str(place), id)
                raise CiError(f"{target}: this is an object of another kind, {name} {shown} instead of {text}")

    def post(self, place: Place, inputs: Values, key: str) -> str:
        body = xml.write(xml.encode(self.kind, inputs, self.api.form))

        def lacks(root: Element | None) -> str:
            item = None if root is None else root.find(self.api.one)
            if item is None or not item.findtext(self.api.id) or self.key_of(item) == key:
                return ""
            return f"the answer to a create of {self.key_of(item) or 'something without a name'}"

        answer = self.send(place, "create", "POST", self.api.path, body=body, about=key, again=False, lacks=lacks)
        texts = [] if answer.root is None else xml.find_texts(answer.root, f"{self.api.one}/{self.api.id}")
        return texts[0] if texts else ""

    def is_written(self, id: str, before: Values, news: Values) -> bool:
        """Not where nothing but the state differs, which has calls of its own."""
        pause = self.api.pause
        if pause is None:
            return True
        fields = self.kind.inputs().items()
        sent = {name: news[name] for name, field in fields if name in news and field.wire is not None}
        return {str(change.path[0]) for change in changes(self.kind, before, sent)} != {pause.field}

    def put(self, place: Place, id: str, values: Values, carried: xml.Carried, seen: Values) -> bool:
        body = xml.write(xml.encode(self.kind, values, self.api.form, carried))
        answers: list[Answer] = []

        def send() -> None:
            answers.append(self.send(place, "update", "PUT", self.at(id), body=body, about=id))

        was_paused = self._paused_if_refused(place, id, send)
        pause = self.api.pause
        if was_paused and pause and values.get(pause.field) == pause.running:
            self._activate(place, id)
        return id in ids_of(answers[-1].root, self.api.one, self.api.id)

    def remove(self, place: Place, id: str, outs: Mapping[str, Any]) -> None:
        def delete() -> None:
            self._check_gone(place, id, self.send(place, "delete", "DELETE", self.at(id), about=id))

        self._paused_if_refused(place, id, delete)

    def passing(self) -> str:
        return self.api.pause.field if self.api.pause else ""

    def _check_gone(self, place: Place, id: str, answer: Answer) -> None:
        """Looks after a delete whose answer does not name what was deleted. Source: 102, 178."""
        named = answer.root is not None and (answer.root.findtext(self.api.id) or "").strip() == id
        if not named and self.row(place, id) is not None:
            target = Target(self.kind.__name__, str(place), id)
            raise CannotTell(target, "delete", f"the answer does not name {id}, which is still there")

    def settle(self, place: Place, id: str, wanted: Values, live: Values | None) -> None:
        pause = self.api.pause
        if pause and (live is None or live.get(pause.field) != wanted.get(pause.field)):
            self._toggle(place, id, str(wanted.get(pause.field)))
            self._check_state(place, id, str(wanted.get(pause.field)))
            if live is not None:
                live[pause.field] = wanted.get(pause.field)

    def _check_state(self, place: Place, id: str, state: str) -> None:
        """Reads an object after a toggle, whose answer shows nothing. Raises CiError when it is not in that state."""
        pause = self.api.pause
        assert pause is not None
        live = self.patiently(lambda: self._live(place, id), lambda live: (live or {}).get(pause.field) == state)
        found = (live or {}).get(pause.field)
        if found != state:
            target = Target(self.kind.__name__, str(place), id)
            raise CiError(f"{target}: was asked to be {state}, but is {found or 'gone'}. Run again, which asks again")

    # -- pausing ------------------------------------------------------------------------------------------------

    def _paused_if_refused(self, place: Place, id: str, change: Callable[[], object]) -> bool:
        """Makes a change; an object is paused for it only when the service refuses the change because it runs.

        Returns whether it was paused. When the change fails after that, the object is made to run again.
        """
        pause = self.api.pause
        if not self._is_refused(change):
            return False
        assert pause is not None
        try:
            self._toggle(place, id, pause.paused)
            if self._is_refused(change):  # a first try whose answer was lost had made it run again
                self._toggle(place, id, pause.paused)
                change()
        except NotFound:
            raise
        except BaseException:
            with suppress(CiError):
                self._activate(place, id)
            raise
        return True

    def _is_refused(self, change: Callable[[], object]) -> bool:
        """Whether the service refuses a change of an object that runs. Any other refusal is raised."""
        try:
            change()
        except ApiError as error:
            if self.api.pause is None or error.code not in self.api.pause.refusals:
                raise
            return True
        return False

    def _toggle(self, place: Place, id: str, state: str) -> None:
        pause = self.api.pause
        assert pause is not None
        word = pause.activate if state == pause.running else pause.pause
        self.send(place, word, "PUT", self.at(id), {word: ""}, about=id)

    def _activate(self, place: Place, id: str) -> None:
        """Makes an object run that was paused for a change."""
        pause = self.api.pause
        assert pause is not None
        try:
            self._toggle(place, id, pause.running)
        except CiError as error:
            log.error("%s %s in %s was left paused: %s", self.kind.__name__, id, place, error)
            raise
