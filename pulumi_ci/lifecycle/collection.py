"""Objects with an id of the server: templates and workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from pulumi_ci.api.client import Place
from pulumi_ci.api.errors import CiError, NotFound, Target
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Occupied, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values, changes
from pulumi_ci.lifecycle.observe import to_send
from pulumi_ci.model.api import Collection
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element


class CollectionLifecycle(Lifecycle):
    """POST, PUT of the whole body, DELETE; one list of a bucket serves all readers."""

    api: Collection

    def create(self, inputs: Values, adopt: str | None = None) -> Stored:
        place = self.place(inputs)
        if adopt and adopt not in ("never", "identical", "match"):
            return self._adopt(place, adopt, inputs)
        key = str(inputs[self.api.key])
        taken = self._matching(self.session.rows.all(self._key(place), lambda: self._list(place)), key)
        if taken and (self.api.unique or adopt or self._made(inputs, key)):
            chosen = self._choose(inputs, taken, key, adopt)
            if chosen is not None:
                return self._adopt(place, chosen, inputs)
        body = xml.write(xml.encode(self.kind, inputs, self.api.form))

        def look() -> str | None:
            found = self._matching(self._list(place, {self.api.key: key}), key)
            same = [id for id, row in found.items() if id not in taken and self.ours(inputs, self._values(row))]
            return same[0] if same else None

        answer, id = self.make(
            lambda: self.send(place, "create", "POST", self.api.path, body=body, about=key, again=False), look
        )
        if answer is not None:
            texts = [] if answer.root is None else xml.find_texts(answer.root, f"{self.api.one}/{self.api.id}")
            id = texts[0] if texts else look()
        if id is None:
            raise CiError(f"{Target(self.kind.__name__, str(place), key)}: create answered without {self.api.id}")
        return self._made_with(place, id, inputs)

    def _made_with(self, place: Place, id: str, inputs: Values) -> Stored:
        row = self.read_back(lambda: self._fresh(place, id), id)
        values = None if row is None else self._values(row)
        pause = self.api.pause
        if pause and values is not None and values.get(pause.field) != inputs.get(pause.field):
            self._toggle(place, id, str(inputs.get(pause.field)))
            values[pause.field] = inputs.get(pause.field)
            self.session.rows.wrote(self._key(place), id)
        return self.created(f"{place}/{id}", inputs, values)

    def _made(self, inputs: Values, key: str) -> bool:
        return self.session.made(self.kind, inputs, key)

    def _choose(self, inputs: Values, taken: Mapping[str, Element], key: str, adopt: str | None) -> str | None:
        same = [id for id, row in taken.items() if self.ours(inputs, self._values(row))]
        candidates = same or list(taken)
        if not self.api.unique and adopt is None and not same:
            return None  # a second object of this name is allowed, and none of them is ours
        if len(candidates) > 1:
            raise Occupied(
                f"{self.kind.__name__} {key} exists {len(candidates)} times in {self.place(inputs)}: "
                f"{', '.join(candidates)}. Pass adopt=<one of the ids> to take one over, or choose another name"
            )
        self.may_adopt(inputs, self._values(taken[candidates[0]]), key, candidates[0], adopt)
        return candidates[0]

    def _adopt(self, place: Place, id: str, inputs: Values) -> Stored:
        row = self._fresh(place, id)
        if row is None:
            raise CiError(f"{self.kind.__name__}: there is no {id} in {place} to adopt")
        live = self._values(row)
        if self.ours(inputs, live):
            return self.created(f"{place}/{id}", inputs, live)
        return Stored(f"{place}/{id}", inputs, self.update(f"{place}/{id}", {}, inputs))

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, local = self.locate(id)
        row = self.session.rows.get(self._key(place), local, lambda: self._list(place))
        if row is None:  # a list may lose a row between two pages, so only `ids=` says that it is gone
            row = self._fresh(place, local)
        return None if row is None else self.observed(id, outs, self._values(row))

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, local = self.locate(id)
        row = self._fresh(place, local)
        if row is None:
            self._gone(place, local, "update")
        before, carried = xml.decode(self.kind, row, self.api.form)
        with self._paused(place, local, before, news) as state_only:
            if not state_only:
                values = to_send(self.kind, news, olds.get("filled") or {})
                body = xml.write(xml.encode(self.kind, values, self.api.form, carried))
                self.send(place, "update", "PUT", f"{self.api.path}/{local}", body=body, about=local)
        self.session.rows.wrote(self._key(place), local)
        row = self.read_back(lambda: self._fresh(place, local), id)
        live = None if row is None else self._values(row)
        pause = self.api.pause
        if pause and live is not None and live.get(pause.field) != news.get(pause.field):
            self._toggle(place, local, str(news.get(pause.field)))
            self.session.rows.wrote(self._key(place), local)
            live[pause.field] = news.get(pause.field)
        filled = dict(olds.get("filled") or {}) if live is None else self.refilled(id, olds, before, news, live)
        return self.outs(news, live or {}, filled)

    def delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, local = self.locate(id)
        pause = self.api.pause
        try:
            if pause and outs.get(pause.field) != pause.paused:
                self._toggle(place, local, pause.paused)
            try:
                self.send(place, "delete", "DELETE", f"{self.api.path}/{local}", about=local)
            except NotFound:
                raise
            except CiError:
                if pause and outs.get(pause.field) == pause.running:
                    self._reactivate(place, local)
                raise
        except NotFound:
            log.info("%s %s: gone already", self.kind.__name__, id)
        finally:
            self.session.rows.wrote(self._key(place), local)

    # -- pausing ------------------------------------------------------------------------------------------------

    @contextmanager
    def _paused(self, place: Place, id: str, before: Values, news: Values) -> Iterator[bool]:
        """Pauses a running object around a PUT and activates it again if the PUT fails.

        Yields whether nothing but its state differs, so that no PUT is needed.
        """
        pause = self.api.pause
        if pause is None:
            yield False
            return
        differing = {str(change.path[0]) for change in changes(self.kind, before, {**news})}
        if differing == {pause.field}:
            yield True
            return
        was_running = before.get(pause.field) == pause.running
        if was_running:
            self._toggle(place, id, pause.paused)
        try:
            yield False
        except BaseException:
            if was_running:
                self._reactivate(place, id)
            raise

    def _toggle(self, place: Place, id: str, state: str) -> None:
        pause = self.api.pause
        assert pause is not None
        word = pause.activate if state == pause.running else pause.pause
        self.send(place, word, "PUT", f"{self.api.path}/{id}", {word: ""}, about=id)

    def _reactivate(self, place: Place, id: str) -> None:
        pause = self.api.pause
        assert pause is not None
        try:
            self._toggle(place, id, pause.running)
        except CiError as error:
            log.error("%s %s in %s was left paused: %s", self.kind.__name__, id, place, error)

    # -- reading ------------------------------------------------------------------------------------------------

    def _key(self, place: Place) -> tuple[str, str]:
        return str(place), self.kind.slug

    def _values(self, row: Element) -> Values:
        return xml.decode(self.kind, row, self.api.form)[0]

    def _matching(self, rows: Mapping[str, Element], key: str) -> dict[str, Element]:
        wire = self.kind.fields()[self.api.key].wire
        assert wire is not None
        return {id: row for id, row in rows.items() if (row.findtext("/".join(wire)) or "").strip() == key}

    def _list(self, place: Place, more: Mapping[str, str] | None = None) -> dict[str, Element]:
        rows: dict[str, Element] = {}
        for number in range(1, 10_000):
            page = {"pageNumber": str(number), "pageSize": str(self.api.page_size)}
            answer = self.send(place, "list", "GET", self.api.path, {**self.api.query, **(more or {}), **page})
            items = items_of(answer, self.api.many)
            rows.update({(item.findtext(self.api.id) or "").strip(): item for item in items})
            total, size = _count(answer.root, "TotalCount"), _count(answer.root, "PageSize") or len(items)
            if not items or (number * size >= total if total is not None else len(items) < size):
                return rows
        raise CiError(f"{self.kind.__name__} in {place}: the list does not end")

    def _by_ids(self, place: Place, ids: Sequence[str]) -> dict[str, Element]:
        answer = self.send(place, "read", "GET", self.api.path, {"ids": ",".join(ids)}, about=",".join(ids))
        return {(item.findtext(self.api.id) or "").strip(): item for item in items_of(answer, self.api.many)}

    def _fresh(self, place: Place, id: str) -> Element | None:
        """The object as it is now, by its id; also renews its row."""
        try:
            row = self._by_ids(place, [id]).get(id)
        except NotFound:
            row = None
        self.session.rows.wrote(self._key(place), id, row)
        return row

    def _gone(self, place: Place, id: str, operation: str) -> NoReturn:
        target = Target(self.kind.__name__, str(place), id)
        hint = "It was deleted outside; run `pulumi up --refresh` to make it again"
        raise NotFound(target, operation, "NotFound", "the object is gone", 404, "", hint)


def _count(root: Element | None, name: str) -> int | None:
    text = None if root is None else root.findtext(name)
    return int(text) if text and text.strip().isdigit() else None
