"""Objects named by the user, all in one list of the bucket: image styles."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import AccessDenied, ApiError, CiError, NotFound, RateLimited, ServerFault
from pulumi_ci.lifecycle.lifecycle import ADVICE, Lifecycle, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.api import Call, Named
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element


class NamedLifecycle(Lifecycle):
    """PUT makes and overwrites; whether it does overwrite is not documented, so an update reads back."""

    api: Named

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place, name = self.place(inputs), str(inputs[self.api.key])
        existing = self._rows(place).get(name)
        if existing is not None:
            live = self._values(existing)
            self.unclaimed(f"{place}/{name}")
            self.may_adopt(inputs, live, name, name, adopt)
            if self.same(inputs, live):
                return self.created(f"{place}/{name}", inputs, live)
            return Stored(f"{place}/{name}", inputs, self.update(f"{place}/{name}", {}, inputs))

        def look() -> str | None:
            self.session.rows.drop(self.key(place))
            row = self._rows(place).get(name)
            return name if row is not None and self.same(inputs, self._values(row)) else None

        put = self.api.put
        body = self._body(inputs)
        self.make(inputs, name, lambda: self._call(place, put, "create", name, body, again=False), look, ADVICE)
        return self.created(f"{place}/{name}", inputs, self._reread(place, name))

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, name = self.locate(id)
        row = self._rows(place).get(name)
        return None if row is None else self.observed(id, outs, self._values(row))

    def present(self, place: Place) -> Mapping[str, Values]:
        return {f"{place}/{name}": self._values(row) for name, row in self._rows(place).items()}

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, name = self.locate(id)
        try:
            self._call(place, self.api.put, "update", name, self._body(news))
            live = self._reread(place, name)
            stale = live is not None and not self.same(news, live)
        except (AccessDenied, NotFound, RateLimited, ServerFault):
            raise
        except ApiError as error:
            log.info("%s: a PUT does not overwrite here (%s)", id, error.code)
            live, stale = None, True
        if stale:
            live = self._delete_and_add(place, name, news)
        return self.outs(news, live, self.filled_in(olds, live or {}))

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, name = self.locate(id)
        root = ET.Element(self.api.delete_root)
        wire = self.kind.fields()[self.api.key].wire
        assert wire is not None
        ET.SubElement(root, wire[-1]).text = name
        try:
            self._call(place, self.api.delete, "delete", name, xml.write(root))
        except NotFound:
            log.info("%s %s: gone already", self.kind.__name__, id)
        finally:
            self.session.rows.drop(self.key(place))

    def _delete_and_add(self, place: Place, name: str, news: Values) -> Values | None:
        """Puts the new body in the place of the old one, and the old one back if that fails."""
        before = self._rows(place).get(name)
        self._delete(f"{place}/{name}", {})
        try:
            self._call(place, self.api.put, "update", name, self._body(news))
        except CiError:
            if before is not None:
                self._put_back(place, name, {**news, **self._values(before)})
            raise
        return self._reread(place, name)

    def _put_back(self, place: Place, name: str, old: Values) -> None:
        try:
            self._call(place, self.api.put, "put back", name, self._body(old))
        except CiError as error:
            log.error("%s %s in %s is gone; the next update makes it again: %s", self.kind.__name__, name, place, error)

    def _reread(self, place: Place, name: str) -> Values | None:
        self.session.rows.drop(self.key(place))
        row = self.read_back(lambda: self._rows(place).get(name), f"{place}/{name}")
        return None if row is None else self._values(row)

    def _rows(self, place: Place) -> dict[str, Element]:
        return self.session.rows.all(self.key(place), lambda: self._list(place))

    def _list(self, place: Place) -> list[dict[str, Element]]:
        wire = self.kind.fields()[self.api.key].wire
        assert wire is not None
        items = items_of(self._call(place, self.api.read, "list"), self.api.many)
        return [{(item.findtext("/".join(wire)) or "").strip(): item for item in items}]

    def _call(
        self, place: Place, call: Call, operation: str, about: str = "", body: bytes | None = None, again: bool = True
    ) -> Any:
        query = {call.query: ""} if call.query else {}
        root = self.api.root
        return self.send(place, operation, call.method, call.path, query, body, about=about, again=again, root=root)

    def _body(self, values: Values) -> bytes:
        return xml.write(xml.encode(self.kind, values, self.api.form))

    def _values(self, row: Element) -> Values:
        return xml.decode(self.kind, row, self.api.form)[0]
