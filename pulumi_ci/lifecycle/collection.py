"""Objects with an id of the server: what their lifecycle is, whatever the API is written in."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import AlreadyExists, CannotTell, CiError, NotFound, Target
from pulumi_ci.api.evidence import whole
from pulumi_ci.api.rows import Row
from pulumi_ci.api.settings import ADOPT
from pulumi_ci.lifecycle.lifecycle import ADVICE, Lifecycle, Occupied, Stored, log
from pulumi_ci.lifecycle.meaning import Values, changes
from pulumi_ci.lifecycle.observe import observe, to_send

GIVE_WAY_LOOKS = 10
"""How often, a second apart, it is looked whether another run gives way."""
_TAKEN = (
    "The name belongs to another object of the bucket, perhaps of another kind. To give it to this one, first run "
    "`pulumi up` with a program in which the other one has another name or is left out; two that swap their names need "
    "a third name in between"
)


@contextmanager
def _told_about_names() -> Iterator[None]:
    """Adds what to do to the refusal of a name that is taken."""
    try:
        yield
    except AlreadyExists as error:
        said = (error.target, error.operation, error.code, error.message, error.status, error.request_id)
        raise AlreadyExists(*said, _TAKEN) from None


class CollectionLifecycle(Lifecycle):
    """Create, update of the whole object, delete; one list of a place serves all readers."""

    # -- what the API says --------------------------------------------------------------------------------------

    @abc.abstractmethod
    def decode(self, row: Row) -> tuple[Values, Any]:
        """The values of an object, and what the declaration does not know of it, to be sent back in an update."""

    @abc.abstractmethod
    def key_of(self, row: Row) -> str:
        """The text that a lost create is found again by."""

    @abc.abstractmethod
    def pages(self, place: Place, key: str = "") -> Iterator[dict[str, Row]]:
        """All objects by id, page by page; with a key at least those that have it."""

    @abc.abstractmethod
    def row(self, place: Place, id: str) -> Row | None:
        """One object by its id; None when the answer names it as missing. May also raise NotFound and CannotTell."""

    @abc.abstractmethod
    def post(self, place: Place, inputs: Values, key: str) -> str:
        """Sends a create once; the new id, or "" when the answer has none. Raises CannotTell when the answer shows
        another object than the one that was asked for.
        """

    @abc.abstractmethod
    def put(self, place: Place, id: str, values: Values, carried: Any, seen: Values) -> bool:
        """Sends an update of the whole object, in which a refresh would have `seen` these values.

        Returns whether the answer confirms it, by showing the object where the pages say that it does.
        """

    @abc.abstractmethod
    def remove(self, place: Place, id: str, outs: Mapping[str, Any]) -> None:
        """Sends a delete. May raise NotFound."""

    def is_own(self, id: str, live: Values) -> bool:
        """Whether an object is the account's own, and no preset of the system."""
        return True

    def is_written(self, id: str, before: Values, news: Values) -> bool:
        """Whether an update sends the whole object. Raises CiError for an object that nobody can change."""
        return True

    def passing(self) -> str:
        """The field that an update may change to and fro before it is done; "" = there is none."""
        return ""

    def settle(self, place: Place, id: str, wanted: Values, live: Values | None) -> None:
        """Brings an object just written into the state that a write cannot give it, and notes so in `live`."""

    # -- what follows from it -----------------------------------------------------------------------------------

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place = self.place(inputs)
        if adopt and adopt not in ADOPT:
            return self._adopt(place, adopt, inputs)
        key = str(inputs[self.api.key])
        named = self._of_key(place, key)
        taken = {id: row for id, row in named.items() if not self.was_removed(f"{place}/{id}")}
        if taken:
            chosen = self._choose(inputs, taken, key, adopt)
            if chosen is not None:
                return self._adopt(place, chosen, inputs)

        def look() -> str | None:
            found = {id: row for id, row in self._found(place, key).items() if id not in named}
            same = [id for id, row in found.items() if self.ours(inputs, self._values(row))]
            return same[0] if same else None

        patient = self.sought_patiently(look)

        def sought(said: str) -> str:
            found = self.sought(patient, said, ADVICE)
            if found is None:
                raise CiError(f"{target}: {said}, and no such object is there. {ADVICE}")
            return found

        target = Target(self.kind.__name__, str(place), key)
        # Where a second one of the name is refused, a look that comes too early does no harm.
        early = look if self.api.unique else patient
        with _told_about_names():
            made, found = self.make(inputs, key, lambda: self.post(place, inputs, key), early, ADVICE)
        id = found or made or sought(f"create was answered without {self.api.id}")
        row, is_missing = self.read_made(lambda: self._fresh(place, id), id)
        if is_missing or (row is not None and self.key_of(row) != key):  # the answer to another create came back
            which = "does not exist" if row is None else f"is {self.key_of(row) or 'without a name'}"
            id = sought(f"create was answered with {id}, which {which}")
            row = self.read_back(lambda: self._fresh(place, id), id)
        if not self.api.unique:
            self._alone(place, id, key, inputs, taken)
        live = None if row is None else self._values(row)
        try:
            self.settle(place, id, inputs, live)
        except CiError as error:  # it is there, and must not be forgotten for this
            log.error("%s %s in %s was made, but: %s", self.kind.__name__, id, place, error)
        return self.created(f"{place}/{id}", inputs, live)

    def _of_key(self, place: Place, key: str) -> dict[str, Row]:
        """The objects that have a key, by id: out of the list that all share, or asked for where that is not whole."""
        try:
            return self.session.rows.named(self.key(place), key, lambda: self.pages(place), self.key_of)
        except CannotTell:
            return self._found(place, key)

    def _found(self, place: Place, key: str) -> dict[str, Row]:
        """The objects that have a key now, by id."""
        rows = whole(lambda: self.pages(place, key))
        return {id: row for id, row in rows.items() if self.key_of(row) == key}

    def _alone(self, place: Place, id: str, key: str, inputs: Values, before: Mapping[str, Row]) -> None:
        """Looks again after a create: of two runs that make an object of one name at the same time, one stays.

        A run that sees no other object is done. Of two that see each other the one with the smaller id waits until the
        other one has removed its own; if that does not happen, the other was done already. Whoever gives way removes
        what it made and raises Occupied.
        """

        def rivals() -> list[str]:
            return [other for other in self._found(place, key) if other not in (*before, id)]

        found = self.read_back(rivals, f"{place}/{id}") or []
        for _ in range(GIVE_WAY_LOOKS if found and id < min(found) else 0):
            self.session.sleep(1)
            found = rivals()
            if not found:
                break
        if found:
            self.remove(place, id, inputs)
            self.session.rows.wrote(self.key(place), id)
            self.forget(inputs, key)
            raise Occupied(
                f"{self.kind.__name__} {key} in {place}: another run made {', '.join(found)} of the same name at the "
                f"same time, so this run removed its own ({id}) again. Run again to see how to take over what exists"
            )

    def _choose(self, inputs: Values, taken: Mapping[str, Row], key: str, adopt: str | None) -> str | None:
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
        place, id = self.locate(f"{place}/{id}")
        row = self._fresh(place, id)
        if row is None:
            raise CiError(f"{self.kind.__name__}: there is no {id} in {place} to adopt")
        live = self._values(row)
        self.unclaimed(f"{place}/{id}")
        if self.ours(inputs, live):
            return self.created(f"{place}/{id}", inputs, live)
        return Stored(f"{place}/{id}", inputs, self.update(f"{place}/{id}", {}, inputs))

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, local = self.locate(id)
        row = self.session.rows.get(self.key(place), local, lambda: self.pages(place))
        if row is None:  # a list may lose a row between two pages, so only a read by id says that it is gone
            row = self._fresh(place, local)
        return None if row is None else self.observed(id, outs, self._values(row))

    def present(self, place: Place) -> Mapping[str, Values]:
        rows = self.session.rows.whole(self.key(place), lambda: self.pages(place))
        found = {id: self._values(row) for id, row in rows.items()}
        return {f"{place}/{id}": values for id, values in found.items() if self.is_own(id, values)}

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, local = self.locate(id)
        row = self._fresh(place, local)
        if row is None:
            self._gone(place, local, "update")
        before, carried = self.decode(row)
        filled = self.filled_in(olds, before)
        values, seen = to_send(self.kind, news, filled), observe(self.kind, news, before, filled)
        is_written = self.is_written(local, before, values)
        confirmed = False
        if is_written:
            with _told_about_names():
                confirmed = self.put(place, local, values, carried, seen)
        self.session.rows.wrote(self.key(place), local)
        live = self.read_after(
            id,
            lambda: self._live(place, local),
            before,
            differs=is_written and bool(changes(self.kind, seen, news)),
            passing=self.passing(),
            confirmed=confirmed,
        )
        self.settle(place, local, news, live)
        if live is not None:
            filled = self.refilled(id, filled, before, news, live)
        return self.outs(news, live, filled)

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, local = self.locate(id)
        try:
            self.remove(place, local, outs)
        except NotFound:
            log.info("%s %s: gone already", self.kind.__name__, id)
        finally:
            self.session.rows.wrote(self.key(place), local)
        self.removed(id)

    def _values(self, row: Row) -> Values:
        return self.decode(row)[0]

    def _live(self, place: Place, id: str) -> Values | None:
        row = self._fresh(place, id)
        return None if row is None else self._values(row)

    def _fresh(self, place: Place, id: str) -> Row | None:
        """The object as it is now, by its id; also renews its row."""
        try:
            row = self.row(place, id)
        except NotFound:
            row = None
        self.session.rows.wrote(self.key(place), id, row)
        return row

    def _gone(self, place: Place, id: str, operation: str) -> NoReturn:
        target = Target(self.kind.__name__, str(place), id)
        hint = "It was deleted outside; run `pulumi up --refresh` to make it again"
        raise NotFound(target, operation, "NotFound", "the object is gone", 404, "", hint)
