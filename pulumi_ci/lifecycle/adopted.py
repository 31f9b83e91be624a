"""Objects that exist already: queues, taken over and never made or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, NoAnswer, NotFound, NotSent, ServerFault, Target
from pulumi_ci.api.evidence import about, ids_of
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.observe import fill, hide, to_send
from pulumi_ci.model.api import Adopted
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element


class AdoptedLifecycle(Lifecycle):
    """Takes an object over, remembers how it was, and leaves or restores it in the end."""

    api: Adopted
    delete_before_replace = True
    keeps_original = True

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place = self.place(inputs)
        id, row = self._find(place, inputs)
        original, carried = xml.decode(self.kind, row, self.api.form)
        self.unclaimed(f"{place}/{id}")
        begun = self.begun(inputs, id)
        kept = {name: value for name, value in original.items() if name in self.kind.inputs()}
        if begun is not None:  # what is there now may be what a run that was killed had put there
            kept = dict(begun.note["original"])
        self.begin(inputs, id, original=hide(self.kind, kept))
        filled = fill(self.kind, inputs, original)
        sent = to_send(self.kind, inputs, filled)
        try:
            confirmed = self._put(place, id, sent, carried)
        except CiError as error:
            if isinstance(error, NoAnswer | ServerFault) and not isinstance(error, NotSent):
                self._undo(place, id, original, carried)
            elif begun is None:
                self.forget(inputs, id)
            raise
        differs = not self.same(sent, original)
        before = self._values(row)
        seen = self.read_after(id, lambda: self._live(place, id), before, differs=differs, confirmed=confirmed)
        live = seen or original
        return Stored(f"{place}/{id}", inputs, self.outs(inputs, live, fill(self.kind, inputs, live), kept))

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, local = self.locate(id)
        row = self.session.rows.get(self.key(place), local, lambda: self._list(place))
        if row is None:
            row = self._fresh(place, local)
        return None if row is None else self.observed(id, outs, self._values(row))

    def present(self, place: Place) -> Mapping[str, Values]:
        rows = self.session.rows.whole(self.key(place), lambda: self._list(place))
        return {f"{place}/{id}": self._values(row) for id, row in rows.items()}

    def observed(self, id: str, outs: Mapping[str, Any], live: Mapping[str, Any]) -> Stored:
        if not self.declared(outs) and live.get(self.api.select) != self.api.select_default:
            outs = {**outs, self.api.select: live.get(self.api.select)}  # nothing else says which of them it is
        return super().observed(id, outs, live)

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, local = self.locate(id)
        row = self._fresh(place, local)
        if row is None:
            target = Target(self.kind.__name__, str(place), local)
            hint = "The service was switched off outside; switch it on and run `pulumi up --refresh`"
            raise NotFound(target, "update", "NotFound", "the object is gone", 404, "", hint)
        before, carried = xml.decode(self.kind, row, self.api.form)
        filled = self.filled_in(olds, before)
        sent = to_send(self.kind, news, filled)
        confirmed, differs = self._put(place, local, sent, carried), not self.same(sent, before)
        was = self._values(row)
        live = self.read_after(id, lambda: self._live(place, local), was, differs=differs, confirmed=confirmed)
        if live is not None:
            filled = self.refilled(id, filled, before, news, live)
        return self.outs(news, live, filled, olds.get("original"))

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        original = outs.get("original")
        if outs.get("on_delete") != "restore" or not isinstance(original, Mapping):
            log.info("%s %s: left as it is", self.kind.__name__, id)
            return
        place, local = self.locate(id)
        try:
            row = self._fresh(place, local)
            if row is not None:
                live, carried = xml.decode(self.kind, row, self.api.form)
                needed = [name for name, field in self.kind.inputs().items() if field.required]
                stays = {name: live[name] for name in needed if original.get(name) is None and name in live}
                if stays:  # a speech queue begins without a name, and no update may leave it without one
                    log.info("%s %s: had no %s at first, it stays as it is", self.kind.__name__, id, ", ".join(stays))
                self._put(place, local, {**original, **stays}, carried)
        except NotFound:
            log.info("%s %s: gone already", self.kind.__name__, id)

    def _undo(self, place: Place, id: str, original: Values, carried: xml.Carried) -> None:
        """Makes it what it was, since the next run takes what it finds for the original."""
        try:
            self._put(place, id, original, carried)
        except CiError as error:
            log.error(
                "%s %s in %s may have been changed; it was %s: %s", self.kind.__name__, id, place, original, error
            )

    def _put(self, place: Place, id: str, values: Values, carried: xml.Carried) -> bool:
        """Sends an update; whether the answer shows the queue."""
        form = self.api.form
        if self.api.id_in_body:
            form = replace(form, constants={**form.constants, self.api.id_in_body: id})
        body = xml.write(xml.encode(self.kind, values, form, carried))
        try:
            answer = self.send(place, "update", "PUT", self.at(id), body=body, about=id)
        finally:
            self.session.rows.wrote(self.key(place), id)
        return id in ids_of(answer.root, self.api.one, self.api.id)

    def _find(self, place: Place, inputs: Mapping[str, Any]) -> tuple[str, Element]:
        wanted = inputs.get(self.api.id_field)
        if wanted is not None:
            place, wanted = self.locate(f"{place}/{wanted}")
            row = self._fresh(place, wanted)
            if row is None:
                raise CiError(f"{self.kind.__name__}: there is no {wanted} in {place}; is the service switched on?")
            return wanted, row
        rows = self.session.rows.whole(self.key(place), lambda: self._list(place))
        matching, which = rows, ""
        if self.api.select:
            category = str(inputs.get(self.api.select) or self.api.select_default)
            matching = {id: row for id, row in rows.items() if _text(row, self.api.select_element) == category}
            which = f" of {self.api.select} {category}"
        named = {id: row for id, row in matching.items() if _text(row, "Name") == inputs.get("name")}
        chosen = matching if len(matching) == 1 else named
        if len(chosen) != 1:
            found = ", ".join(f"{id} ({_text(row, 'Name')})" for id, row in matching.items()) or "none"
            raise CiError(
                f"{self.kind.__name__}: {place} has {len(matching)}{which}: {found}. "
                + (f"Pass {self.api.id_field}" if matching else "Switch the service on for the bucket first")
            )
        return next(iter(chosen.items()))

    def _list(self, place: Place) -> Iterator[dict[str, Element]]:
        return self.listed(place, self.api.query)

    def _fresh(self, place: Place, id: str) -> Element | None:
        query = {**self.api.query, "queueIds": id}
        lacks = about(id, self.api.many, self.api.id, self.api.absent)
        try:
            answer = self.send(place, "read", "GET", self.api.path, query, about=id, lacks=lacks)
            items = items_of(answer, self.api.many)
        except NotFound:
            items = []
        row = next((item for item in items if _text(item, self.api.id) == id), None)
        self.session.rows.wrote(self.key(place), id, row)
        return row

    def _live(self, place: Place, id: str) -> Values | None:
        row = self._fresh(place, id)
        return None if row is None else self._values(row)

    def _values(self, row: Element) -> Values:
        values = xml.decode(self.kind, row, self.api.form)[0]
        return {**values, self.api.select: _text(row, self.api.select_element)} if self.api.select else values


def _text(row: Element, path: str) -> str:
    return (row.findtext(path) or "").strip()
