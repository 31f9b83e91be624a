"""Objects named by the user, all in one list of the bucket: image styles."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import (
    AccessDenied,
    ApiError,
    CannotTell,
    CiError,
    NotBound,
    NotFound,
    RateLimited,
    ServerFault,
    Target,
)
from pulumi_ci.api.evidence import Tally, ids_of
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.api import Call, Named
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element


class NamedLifecycle(Lifecycle):
    """PUT makes and overwrites; whether it does overwrite is not documented, so an update reads back."""

    api: Named

    def create(self, inputs: Values, adopt: str | None = None) -> Stored:
        place, name = self.place(inputs), str(inputs[self.api.key])
        existing = self._rows(place).get(name)
        if existing is not None:
            live = self._values(existing)
            self.may_adopt(inputs, live, name, name, adopt)
            self.took_over(f"{place}/{name}")
            if self.same(inputs, live):
                return self.created(f"{place}/{name}", inputs, live)
            return Stored(f"{place}/{name}", inputs, self.update(f"{place}/{name}", {}, inputs))

        def look() -> str | None:
            self.session.rows.drop(self.key(place))
            row = self._rows(place).get(name)
            return name if row is not None and self.same(inputs, self._values(row)) else None

        put = self.api.put
        advice = "The next run says so if it is there, and adopt='identical' takes it over"
        self.make(lambda: self._call(place, put, "create", name, self._body(inputs), again=False), look, advice)
        return self.created(f"{place}/{name}", inputs, self._reread(place, name))

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, name = self.locate(id)
        row = self.session.rows.get(self.key(place), name, lambda: self._list(place))
        if row is None:  # the list counts nothing, so only a question for this one tells
            row = self._asked(place, name)
        return None if row is None else self.observed(id, outs, self._values(row))

    def present(self, place: Place) -> Mapping[str, Values]:
        return {f"{place}/{name}": self._values(row) for name, row in self._rows(place).items()}

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, name = self.locate(id)
        try:
            self._call(place, self.api.put, "update", name, self._body(news))
            live = self._reread(place, name)
            stale = live is not None and not self.same(news, live)
        except (AccessDenied, NotBound, NotFound, RateLimited, ServerFault):
            raise
        except ApiError as error:
            log.info("%s: a PUT does not overwrite here (%s)", id, error.code)
            live, stale = None, True
        if stale:
            live = self._delete_and_add(place, name, news)
        return self.outs(news, live, self.filled_in(olds, live or {}))

    def destroy(self, id: str, outs: Mapping[str, Any]) -> None:
        place, name = self.locate(id)
        try:
            body = self._naming(self.api.delete_root, name)
            answer = self._call(place, self.api.delete, "delete", name, body, missing=self.api.missing)
            if answer.root is not None and self._asked(place, name) is not None:  # a good answer is empty: 032
                target = Target(self.kind.__name__, str(place), name)
                raise CannotTell(target, "delete", f"the answer is <{answer.root.tag}>, and {name} is still there")
        except NotFound:
            log.info("%s %s: gone already", self.kind.__name__, id)
        finally:
            self.session.rows.drop(self.key(place))

    def _delete_and_add(self, place: Place, name: str, news: Values) -> Values | None:
        """Puts the new body in the place of the old one, and the old one back if that fails."""
        before = self._rows(place).get(name)
        self.destroy(f"{place}/{name}", {})
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
        return self.session.rows.whole(self.key(place), lambda: self._list(place))

    def _list(self, place: Place) -> Iterator[dict[str, Element]]:
        yield from self._shown(place, self._call(place, self.api.read, "list"))

    def _shown(self, place: Place, answer: Answer) -> Iterator[dict[str, Element]]:
        """The objects of an answer by name. Raises CannotTell in the end when one is nameless or there twice."""
        names, tally = ids_of(answer.root, self.api.many, "/".join(self._wire)), Tally()
        yield {name: item for name, item in zip(names, items_of(answer, self.api.many), strict=True) if name}
        tally.add(names, len(names))
        tally.check(Target(self.kind.__name__, str(place)))

    def _asked(self, place: Place, name: str) -> Element | None:
        """The object of that name, asked for by it; None when the service says that there is none. Source: 031."""
        body = self._naming(self.api.read_root, name)
        try:
            answer = self._call(place, self.api.read, "read", name, body, missing=self.api.missing)
        except NotFound:
            return None
        return {n: item for page in self._shown(place, answer) for n, item in page.items()}.get(name)

    def _naming(self, root: str, name: str) -> bytes:
        """A body that holds a name alone."""
        element = ET.Element(root)
        ET.SubElement(element, self._wire[-1]).text = name
        return xml.write(element)

    @property
    def _wire(self) -> tuple[str, ...]:
        wire = self.kind.fields()[self.api.key].wire
        assert wire is not None
        return wire

    def _call(
        self,
        place: Place,
        call: Call,
        operation: str,
        about: str = "",
        body: bytes | None = None,
        again: bool = True,
        missing: tuple[str, ...] = (),
    ) -> Answer:
        query, root = {call.query: ""} if call.query else {}, self.api.root
        words = (place, operation, call.method, call.path, query, body)
        return self.send(*words, about=about, again=again, root=root, missing=missing)

    def _body(self, values: Values) -> bytes:
        return xml.write(xml.encode(self.kind, values, self.api.form))

    def _values(self, row: Element) -> Values:
        return xml.decode(self.kind, row, self.api.form)[0]
