"""Objects named by the user, all in one list of the bucket: image styles.

A live style is deleted for one reason alone: the service has said, by a code of its pages, that the name is taken.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import ApiError, CannotTell, CiError, NotFound, Target
from pulumi_ci.api.evidence import Tally, ids_of
from pulumi_ci.lifecycle.lifecycle import ADVICE, Lifecycle, Occupied, Stored, items_of, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.names import stem_of
from pulumi_ci.model.api import Call, Named
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element

_WAY_OUT = (
    "If the service should take no change of a style that exists, set delete_before_replace=True in the resource's "
    "options and run `pulumi up --replace <its URN>`"
)
CONTEST_SECONDS = 1.0
"""How long after a create under a name of the user's it is read again: two runs that add one name at once both succeed,
and the last one has it. Made names are nobody else's."""


class NamedLifecycle(Lifecycle):
    """PUT makes and overwrites; whether it does overwrite is not documented, so an update reads back."""

    api: Named

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place, name = self.place(inputs), str(inputs[self.api.key])
        id = f"{place}/{name}"
        existing = self._existing(place, name)
        if existing is not None:
            live = self._values(existing)
            self.unclaimed(id)
            self.may_adopt(inputs, live, name, name, adopt)
            if self.same(inputs, live):
                return self.created(id, inputs, live)
            return Stored(id, inputs, self.update(id, {}, inputs))

        def look() -> str | None:
            self.session.rows.drop(self.key(place))
            row = self._rows(place).get(name)
            return name if row is not None and self.same(inputs, self._values(row)) else None

        self.make(inputs, name, lambda: self._put(place, name, "create", inputs, again=False), look, ADVICE)
        if stem_of(self.kind, name) is None:
            self.session.sleep(CONTEST_SECONDS)
        shown = self.read_back(lambda: self._live(place, name), id)
        if shown is not None and not self.same(inputs, shown):
            raise Occupied(
                f"{self.kind.__name__} {name} in {place}: was added, but the list now shows {shown}: another run added "
                "the same name at the same time and has it, or the service keeps something else. Choose another name, "
                "or take it over with adopt='match'"
            )
        return self.created(id, inputs, shown)

    def _existing(self, place: Place, name: str) -> Element | None:
        """The style as the list shows it; one that this run deleted may be there for a while."""
        if not self.was_removed(f"{place}/{name}"):
            return self._rows(place).get(name)
        return self.patiently(lambda: self._fresh(place).get(name), lambda row: row is None)

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
        row = self._rows(place).get(name)
        before = None if row is None else self._values(row)
        try:
            self._put(place, name, "update", news)
        except ApiError as error:
            if error.code in self.api.exists:
                log.info("%s: a PUT does not overwrite here (%s)", id, error.code)
                self._delete_and_add(place, name, news, before)
            elif type(error) is ApiError:
                said = (error.target, error.operation, error.code, error.message, error.status, error.request_id)
                raise ApiError(*said, f"The live style is as it was. {_WAY_OUT}") from None
            else:
                raise
        live = self._written(place, name, news, before)
        return self.outs(news, live, self.filled_in(olds, live or {}))

    def _written(self, place: Place, name: str, news: Values, before: Values | None) -> Values | None:
        """The values after an update. Raises CiError when the list goes on to show those from before it."""

        def is_new(rows: dict[str, Element]) -> bool:
            return name in rows and self.same(news, self._values(rows[name]))

        rows = self.read_back(lambda: self.patiently(lambda: self._fresh(place), is_new), f"{place}/{name}")
        if rows is None:
            return None
        live = self._values(rows[name]) if name in rows else None
        if live is not None and (is_new(rows) or before is None or not self.same(before, live)):
            if not is_new(rows):
                log.warning("%s %s: asked for %s, but the list shows %s", self.kind.__name__, name, news, live)
            return live
        raise CiError(
            f"{Target(self.kind.__name__, str(place), name)}: the service took the new body, but after "
            f"{self.session.patience:g} s its list still shows {live or 'no such name'}. Run `pulumi up` again, which "
            f"sends the body again; where lists take longer, give ci:patience more seconds. {_WAY_OUT}"
        )

    def _delete_and_add(self, place: Place, name: str, news: Values, before: Values | None) -> None:
        """Puts the new body in the place of the old one, and the old one back if that fails."""

        def add() -> ApiError | None:
            try:
                self._put(place, name, "update", news)
            except ApiError as error:
                if error.code not in self.api.exists:
                    raise
                return error  # the name may be taken for a moment after the delete
            return None

        try:
            self._remove(place, name)
            refused = self.patiently(add, lambda error: error is None)
            if refused is not None:
                raise refused
        except CiError as error:
            if before is not None:
                self._put_back(place, name, {**news, **before}, error)
            raise

    def _put_back(self, place: Place, name: str, old: Values, cause: CiError) -> None:
        """Adds the old body again. Raises CiError with both errors when that fails as well."""
        try:
            self._put(place, name, "put back", old)
        except CiError as error:
            if isinstance(error, ApiError) and error.code in self.api.exists:
                return  # it was not deleted after all
            text = (
                f"{cause}. It was deleted before that, and putting it back failed as well: {error}. So "
                f"{self.kind.__name__} {name} is gone from {place}, where it was {old}. Run `pulumi up` again, which "
                "makes it anew"
            )
            log.error("%s", text)
            raise CiError(text) from None

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, name = self.locate(id)
        self._remove(place, name)
        self.removed(id)

    def _live(self, place: Place, name: str) -> Values | None:
        row = self._fresh(place).get(name)
        return None if row is None else self._values(row)

    def _fresh(self, place: Place) -> dict[str, Element]:
        self.session.rows.drop(self.key(place))
        return self._rows(place)

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

    def _put(self, place: Place, name: str, operation: str, values: Values, again: bool = True) -> None:
        body = xml.write(xml.encode(self.kind, values, self.api.form))
        try:
            self._call(place, self.api.put, operation, name, body, again=again)
        finally:
            self.session.rows.drop(self.key(place))

    def _remove(self, place: Place, name: str) -> None:
        body = self._naming(self.api.delete_root, name)
        try:
            answer = self._call(place, self.api.delete, "delete", name, body, missing=self.api.missing)
            if answer.root is not None and self._asked(place, name) is not None:  # a good answer is empty: 032
                target = Target(self.kind.__name__, str(place), name)
                raise CannotTell(target, "delete", f"the answer is <{answer.root.tag}>, and {name} is still there")
        except NotFound:
            log.info("%s %s/%s: gone already", self.kind.__name__, place, name)
        finally:
            self.session.rows.drop(self.key(place))

    def _values(self, row: Element) -> Values:
        return xml.decode(self.kind, row, self.api.form)[0]
