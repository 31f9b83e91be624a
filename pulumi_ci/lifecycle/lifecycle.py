"""What every lifecycle has in common: ids, outputs, the look before a create, and clearing up unclear answers."""

from __future__ import annotations

import abc
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pulumi_ci.api.call import Answer, Place, Request
from pulumi_ci.api.errors import (
    AlreadyExists,
    CannotTell,
    CiError,
    MissingCredentials,
    NoAnswer,
    NotFound,
    NotSent,
    ServerFault,
    Target,
)
from pulumi_ci.api.evidence import Lacks, Tally, count, ids_of
from pulumi_ci.api.rows import Rows
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.journal import Journal, Record, create_key
from pulumi_ci.lifecycle.meaning import Change, Values, alike, changes
from pulumi_ci.lifecycle.names import LOGICAL_NAME, owner_of, stem_of, title
from pulumi_ci.lifecycle.observe import fill, observe, to_send
from pulumi_ci.lifecycle.upgrade import MARK
from pulumi_ci.model import marks
from pulumi_ci.model.api import Host
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.path import show
from pulumi_ci.model.printable import logger
from pulumi_ci.wire.xml import Element, scalar_of

if TYPE_CHECKING:
    from pulumi_ci.api.client import Client

log = logger("pulumi_ci")
A = TypeVar("A")
_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between the first looks at what was written; the last one goes on."""

ADVICE = (
    "The next run from this checkout takes it over if it is there and identical; any other run says so, and takes it "
    "over with adopt='identical'"
)
"""What to do about a create of which nobody knows whether it was carried out."""


class Occupied(CiError):
    """`create` found an object where its own should go; the text says which and how to take it over."""


@dataclass(frozen=True)
class Stored:
    """One resource as the engine stores it: its id, its inputs and its outputs."""

    id: str
    inputs: Values
    outs: Values


Inventory = list[Stored]
"""The objects of a kind in a place."""


@dataclass(frozen=True)
class Session:
    """What lifecycles share within a process: the client, the batched reads, the journal and the claims."""

    client: Client
    rows: Rows
    sleep: Callable[[float], None] = time.sleep
    adopt: str = "never"
    journal: Journal = field(default_factory=Journal)
    """What runs of this checkout began and no state is known to hold."""
    claims: Claims = field(default_factory=Claims)
    """Which resource of this run has which object."""
    clock: Callable[[], float] = time.monotonic
    """Seconds, for limits on waiting."""
    patience: float = 10
    """How long a read may show what was there before a write until that is believed, in seconds."""
    removed: set[tuple[str, str]] = field(default_factory=set)
    """Slug and id of every object that this run removed: a read that lags behind may still show it."""


class Lifecycle(abc.ABC):
    """Creates, reads, updates and deletes the objects of one kind."""

    api: Any
    delete_before_replace: ClassVar[bool] = False
    """Whether a replacement must delete the old one first, because both would be the same object."""
    keeps_original: ClassVar[bool] = False
    """Whether its outputs hold what was there before it, as `original`, to be put back; that may hold secrets."""

    def __init__(self, kind: type[Kind], session: Session) -> None:
        self.kind, self.session = kind, session
        self.api = kind.api

    def create(self, inputs: Values, adopt: str | None = None) -> Stored:
        """Makes the object, or takes an existing one over as `adopt` allows. Raises CiError, and then made nothing."""
        stored = self._create(inputs, adopt)
        if not self._deletes_first(inputs):
            self.recorded(stored.id, inputs)
        return stored

    @abc.abstractmethod
    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        """As `create`."""

    def _deletes_first(self, inputs: Values) -> bool:
        """Whether a forced replacement deletes the old object first, so that what a create finds cannot be that one.

        Such a replacement tells `check` and `create` nothing of the old object. Only where it goes first may a record
        of the journal outlive its create: else the replacement would take the old object for that of a killed run.
        """
        auto = self.kind.auto_named()
        made = auto is not None and stem_of(self.kind, str(inputs.get(auto.name))) is not None
        return made or self.delete_before_replace

    def recorded(self, id: str, stored: Mapping[str, Any]) -> None:
        """Notes that the state holds an object, so that nothing of its create is left to be found out."""
        self.session.journal.end("create", self.kind.slug, create_key(self.kind, id, stored), owner_of(stored))

    def read(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        """The object as it is now, in the terms of `outs`; None when it is gone, which takes proof: `api.evidence`.

        Raises CiError when that cannot be told.
        """
        self.recorded(id, outs)
        try:
            return self.look_up(id, outs)
        except NotFound:
            return None

    @abc.abstractmethod
    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        """As `read`; may also raise NotFound for an object that is gone."""

    def list(self, place: Place) -> Inventory:
        """The account's own objects in a place, each as `read` shows one of which nothing is recorded; by id.

        None of a kind that no call lists: runs, and switches that nothing reads. Raises NotBound where the service is
        off, and CannotTell for a list that is not whole.
        """
        found = self.present(place)
        return sorted((self.observed(id, {}, live) for id, live in found.items()), key=lambda stored: stored.id)

    @abc.abstractmethod
    def present(self, place: Place) -> Mapping[str, Values]:
        """The live values of the account's own objects in a place, by resource id. Raises as `list` does."""

    @abc.abstractmethod
    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        """Changes the object in place and returns its outputs. Raises CiError, and then the old state still holds."""

    def delete(self, id: str, outs: Mapping[str, Any]) -> None:
        """Removes the object; one that is gone already is a success."""
        self.recorded(id, outs)
        self._delete(id, outs)

    @abc.abstractmethod
    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        """As `delete`."""

    # -- ids and calls ------------------------------------------------------------------------------------------

    def place(self, values: Mapping[str, Any]) -> Place:
        """Where an object with these inputs lives."""
        scope, fields = self.kind.scope.items(), self.kind.fields()
        found = {name: values[name] if not otherwise else values.get(name) or otherwise for name, otherwise in scope}
        return Place(**{name: str(fields[name].leaf.coerce(value)) for name, value in found.items()})

    def locate(self, id: str) -> tuple[Place, str]:
        """The place and the last part of a resource id. Raises CiError for what is no id of the kind."""
        id = self.kind.plain_id(id)
        if failure := self.kind.id_failure(id):
            raise CiError(f"{self.kind.__name__}: the id {failure}")
        return self._place_of(id), "".join(self.kind.id_parts(id)[len(self.kind.scope) :])

    def _place_of(self, id: str) -> Place:
        return Place(**dict(zip(self.kind.scope, self.kind.id_parts(self.kind.plain_id(id)), strict=False)))

    def at(self, id: str) -> str:
        """The path of one object. Raises CiError for an id that would lead elsewhere, also of an answer."""
        if failure := self.kind.local_failure(id):
            raise CiError(f"{self.kind.__name__}: the id {failure}")
        return f"{self.api.path}/{id}"

    def scope(self, place: Place) -> Values:
        """The scope fields that say where `place` is."""
        fields, texts = self.kind.fields(), {name: getattr(place, name) for name in self.kind.scope}
        left_out = {name for name, otherwise in self.kind.scope.items() if otherwise and texts[name] == otherwise}
        return {name: scalar_of(fields[name].leaf, text) for name, text in texts.items() if name not in left_out}

    def send(
        self,
        place: Place,
        operation: str,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        *,
        about: str = "",
        again: bool = True,
        host: Host | None = None,
        root: str = "Response",
        lacks: Lacks = lambda root: "",
        missing: Sequence[str] | None = None,
    ) -> Answer:
        """Sends one call of this kind. The good answer to a GET has this `root`; one to a write may be empty.

        `missing` are codes that say that the object is not there. By default those of the kind, in a call about an
        object that has no body: what has one may name other objects, and the code be about these.
        """
        target = Target(self.kind.__name__, str(place), about)
        family, expected = host or self.api.host, root if method == "GET" else ""
        if missing is None:
            missing = getattr(self.api, "missing", ()) if about and body is None and method != "POST" else ()
        request = Request(
            target, operation, method, family, place, path, query or {}, body, again, expected, lacks, missing
        )
        return self.session.client.send(request)

    def key(self, place: Place) -> tuple[str, str]:
        """What the batched reads of this kind in a place are kept under."""
        return str(place), self.kind.slug

    def listed(
        self,
        place: Place,
        query: Mapping[str, str],
        path: str = "",
        many: str = "",
        id: str = "",
        host: Host | None = None,
    ) -> Iterator[dict[str, Element]]:
        """The pages of the list call, each with its objects by id; the server says how large they are.

        Raises CannotTell in the end when they are not all, or not each there once.
        """
        many, id, tally = many or self.api.many, id or self.api.id, Tally()
        for number in range(1, 10_000):
            page = {"pageNumber": str(number), "pageSize": str(getattr(self.api, "page_size", 100))}
            answer = self.send(place, "list", "GET", path or self.api.path, {**query, **page}, host=host)
            ids = ids_of(answer.root, many, id)
            total, size = count(answer.root, "TotalCount"), count(answer.root, "PageSize") or len(ids)
            tally.add(ids, total)
            yield {id: item for id, item in zip(ids, items_of(answer, many), strict=True) if id}
            if not ids or total is None or number * size >= total:
                tally.check(Target(self.kind.__name__, str(place)))
                return
        raise CiError(f"{self.kind.__name__} in {place}: the list does not end")

    # -- values -------------------------------------------------------------------------------------------------

    def outs(
        self, inputs: Mapping[str, Any], live: Mapping[str, Any] | None, filled: Mapping[str, Any], original: Any = None
    ) -> Values:
        """What is stored: the inputs 1:1, computed values under their own names, and what the server filled in.

        Without a read-back it is `unread`: what the next read shows besides the inputs is what the server filled in.
        """
        found: Values = dict(inputs)
        if live is None:
            live, found["unread"] = {}, True
        found.update({name: live[name] for name in self.kind.outputs() if live.get(name) is not None})
        found.update(MARK)
        if filled:
            found["filled"] = dict(filled)
        if original is not None:
            found["original"] = original
        return found

    def declared(self, outs: Mapping[str, Any]) -> Values:
        """The inputs among stored outputs."""
        return {name: outs[name] for name in (*self.kind.inputs(), LOGICAL_NAME) if outs.get(name) is not None}

    def observed(self, id: str, outs: Mapping[str, Any], live: Mapping[str, Any]) -> Stored:
        """The stored form of a live object; `outs` may be empty for a resource that is only looked up."""
        filled, declared = self.filled_in(outs, live), self.declared(outs)
        if not self.kind.scope.keys() <= declared.keys():
            declared = {**self.scope(self._place_of(id)), **declared}
        inputs = observe(self.kind, declared, live, filled)
        if outs.get(LOGICAL_NAME) is not None:
            inputs[LOGICAL_NAME] = outs[LOGICAL_NAME]
        return Stored(id, inputs, self.outs(inputs, live, filled, outs.get("original")))

    def created(self, id: str, inputs: Values, live: Values | None, original: Any = None) -> Stored:
        """The stored form of an object just made; `live` is None when it could not be read back."""
        self.session.removed.discard((self.kind.slug, id))
        filled = {} if live is None else fill(self.kind, inputs, live)
        self._warn_of_wrong_defaults(id, filled)
        return Stored(id, inputs, self.outs(inputs, live, filled, original))

    def filled_in(self, outs: Mapping[str, Any], live: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the server had filled in when it was written; what is live now tells, if nobody has read it since."""
        if outs.get("unread"):
            return fill(self.kind, self.declared(outs), live)
        filled = outs.get("filled")
        return filled if isinstance(filled, Mapping) else {}

    def refilled(
        self, id: str, filled: Mapping[str, Any], before: Values, news: Values, live: Values
    ) -> dict[str, Any]:
        """What the server filled in after an update: what it had filled in before, and what came with the update.

        A value that should have gone away but is still there is none of these: it stays drift, with a warning.
        """
        was_there = fill(self.kind, news, before)
        now = fill(self.kind, news, live)
        kept = {p: value for p, value in now.items() if p in filled or p not in was_there or was_there[p] != value}
        if stuck := sorted(set(now) - set(kept)):
            log.warning("%s %s: the update did not remove %s", self.kind.__name__, id, ", ".join(stuck))
        return kept

    def _warn_of_wrong_defaults(self, id: str, filled: Mapping[str, Any]) -> None:
        for name, declared in self.kind.inputs().items():
            if name in filled and declared.has(marks.ServerDefault):
                said = (self.kind.__name__, id, name, declared.server_default, filled[name])
                log.warning("%s %s: %s should default to %r, but the server filled in %r", *said)

    # -- creating -----------------------------------------------------------------------------------------------

    def same(self, inputs: Mapping[str, Any], live: Mapping[str, Any]) -> bool:
        """Whether a live object is what the inputs ask for."""
        return not self._changes(inputs, live)

    def ours(self, inputs: Mapping[str, Any], live: Mapping[str, Any]) -> bool:
        """Whether a live object holds all that the inputs ask for; what the server filled in besides does not count."""
        return not any(change.new is not None for change in self._changes(inputs, live))

    def _changes(self, inputs: Mapping[str, Any], live: Mapping[str, Any]) -> Sequence[Change]:
        return changes(self.kind, observe(self.kind, inputs, live, {}), inputs)

    def may_adopt(self, inputs: Values, live: Values, key: str, id: str, adopt: str | None) -> bool:
        """Whether an object that exists is taken over. Raises Occupied, with what to do, when it is not."""
        policy = adopt or self.session.adopt
        wanted = to_send(self.kind, inputs, fill(self.kind, inputs, live))  # what the service chose is no difference
        identical = self.same(wanted, live)
        if policy == "match" or (policy == "identical" and identical) or policy == id:
            return True
        begun = self.begun(inputs, key)
        if begun is not None and begun.made(live.get("create_time")) and self.ours(inputs, live):
            log.warning("%s %s: taken over; an interrupted run had made it", self.kind.__name__, id)
            return True
        likeness = "identical to" if identical else f"different from ({self._differences(wanted, live)})"
        raise Occupied(
            f"{self.kind.__name__} {key or 'setting'} exists already in {self.place(inputs)} with id {id}, {likeness} "
            f"what the program asks for. To take it over, pass adopt={id!r} or adopt='match' "
            "(adopt='identical' takes over identical ones only), or set ci:adopt for the stack; to replace a resource "
            "of this name, set delete_before_replace=True in its options"
        )

    def _differences(self, inputs: Mapping[str, Any], live: Mapping[str, Any]) -> str:
        names = [show(change.path) for change in self._changes(inputs, live)]
        return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")

    def begun(self, inputs: Values, key: str) -> Record | None:
        """What the journal has of a create of the object with that key, by a run that was killed or never knew."""
        return self.session.journal.find("create", self.kind.slug, self._create_key(inputs, key), owner_of(inputs))

    def begin(self, inputs: Values, key: str, **note: Any) -> None:
        """Notes in the journal that a create of the object with that key begins."""
        place, owner = self._create_key(inputs, key), owner_of(inputs)
        self.session.journal.begin("create", self.kind.slug, place, owner, **note)

    def forget(self, inputs: Values, key: str) -> None:
        """Notes in the journal that a create did nothing."""
        self.session.journal.end("create", self.kind.slug, self._create_key(inputs, key), owner_of(inputs))

    def _create_key(self, inputs: Values, key: str) -> str:
        return f"{self.place(inputs)}/{key}" if key else str(self.place(inputs))

    def make(
        self,
        inputs: Values,
        key: str,
        send: Callable[[], A],
        look: Callable[[], str | None],
        advice: str = "",
        **note: Any,
    ) -> tuple[A | None, str | None]:
        """Sends a create that must not be sent twice; after an unclear answer it looks for the object first.

        Returns the answer, or the id of the object that a lost answer had made. `advice` is for the user of a create
        of which nobody knows whether it was carried out. The journal has a record with the `note` until a later run
        sees the object in the state.
        """
        self.begin(inputs, key, **note)
        unclear = False
        try:
            for attempt in range(4):
                try:
                    return send(), None
                except (NoAnswer, ServerFault, AlreadyExists) as error:
                    unclear |= not isinstance(error, AlreadyExists | NotSent)
                    found = self.sought(look, str(error), advice)
                    if found is not None and not (isinstance(error, AlreadyExists) and attempt == 0):
                        return None, found
                    if isinstance(error, CannotTell):  # the service did do something, so it is not asked for it again
                        raise CiError(f"{error}. No such object was found. {advice}".rstrip(". ")) from None
                    if isinstance(error, AlreadyExists) or attempt == 3:
                        raise
                    self.session.sleep(min(0.5 * 2**attempt, 4))
        except CiError:
            if not unclear:
                self.forget(inputs, key)
            raise
        raise AssertionError("unreachable")

    def sought(self, look: Callable[[], str | None], said: str, advice: str) -> str | None:
        """What `look` finds. Raises CiError with what was said before when looking fails as well."""
        try:
            return look()
        except CiError as error:
            text = f"{said}. It may be there all the same, but looking for it failed too: {error}. {advice}"
            raise CiError(text.rstrip(". ")) from None

    def unclaimed(self, id: str) -> None:
        """Raises CiError when a resource of this run has the object of that id: no other one may take it over."""
        holder = self.session.claims.holder(self.kind, id)
        if holder is not None:
            raise Occupied(
                f"{self.kind.__name__} {id} is the object of {title(holder)} in this program; keep one of them"
            )

    def patiently(self, look: Callable[[], A], is_it: Callable[[A], bool]) -> A:
        """What `look` finds once it is what is awaited, or found last when patience ends: reads lag behind writes."""
        began, slept = self.session.clock(), 0.0
        for pause in itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1])):
            found = look()
            left = self.session.patience - max(slept, self.session.clock() - began)
            if is_it(found) or left <= 0:
                break
            self.session.sleep(min(pause, left))
            slept += min(pause, left)
        return found

    def sought_patiently(self, look: Callable[[], str | None]) -> Callable[[], str | None]:
        """A look for something new that takes its absence for true only when patience has ended."""
        return lambda: self.patiently(look, lambda id: id is not None)

    def was_removed(self, id: str) -> bool:
        """Whether this run removed the object, so that it is not there even if a read still shows it."""
        return (self.kind.slug, id) in self.session.removed

    def read_after(
        self,
        id: str,
        look: Callable[[], Values | None],
        before: Values | None,
        *,
        differs: bool = True,
        passing: str = "",
        confirmed: bool | None = None,
    ) -> Values | None:
        """The values after a write; None when they could not be read.

        A read that still shows the values from `before` a write in which something `differs` says nothing yet,
        whatever it shows of a field that the write itself changes to and fro (`passing`). Raises CiError when that is
        all that can be seen in the end, unless the answer to the write had `confirmed` it by showing the object; None
        where such answers show none.
        """

        def is_new(live: Values | None) -> bool:
            if passing and live is not None and before is not None:
                live = {**live, passing: before.get(passing)}
            return not differs or not alike(live, before)

        try:
            live = self.patiently(look, is_new)
        except MissingCredentials:
            raise
        except CiError as error:
            if differs and confirmed is False:
                raise CiError(f"{error}. The answer to the change before it did not show the object either") from None
            log.warning("%s %s: written, but reading it back failed: %s", self.kind.__name__, id, error)
            return None
        if not confirmed and not is_new(live):
            raise CiError(
                f"{self.kind.__name__} {id}: the answer to the change does not show the object, and after "
                f"{self.session.patience:g} s it still is as it was before. Run again, which sends the change again; "
                "where reads take longer, give ci:patience more seconds"
            )
        return live

    def read_made(self, look: Callable[[], A | None], id: str) -> tuple[A | None, bool]:
        """What was just made, and whether the service says, for as long as patience goes, that it is not there.

        A read that fails says nothing of the kind: then it is None, which is no reason to think that it is missing.
        """
        try:
            found = self.patiently(look, lambda seen: seen is not None)
        except MissingCredentials:
            raise
        except CiError as error:
            log.warning("%s %s: made, but reading it back failed: %s", self.kind.__name__, id, error)
            return None, False
        return found, found is None

    def removed(self, id: str) -> None:
        """Notes that an object is gone by this run's own hand."""
        self.session.removed.add((self.kind.slug, id))

    def read_back(self, read: Callable[[], A | None], id: str) -> A | None:
        """The object after a write, or None: a failed read-back never fails the write."""
        try:
            return read()
        except MissingCredentials:
            raise
        except CiError as error:
            log.warning("%s %s: written, but reading it back failed: %s", self.kind.__name__, id, error)
            return None


def items_of(answer: Answer, path: str) -> list[Element]:
    """The elements at `path` below the root of an answer."""
    return [] if answer.root is None else answer.root.findall(path)
