"""Drift: what was changed by hand, told from the recorded state of a stack and the live objects, read in batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import ApiError, CiError, MissingCredentials
from pulumi_ci.environment.found import Found, kinds_in
from pulumi_ci.environment.ignore import Rule, What
from pulumi_ci.environment.naming import name_in_place
from pulumi_ci.environment.stack import Recorded, Stack
from pulumi_ci.lifecycle.inventory import inventory
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session, Stored
from pulumi_ci.lifecycle.meaning import Values, changes
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Adopted, Switch
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.node import Field
from pulumi_ci.model.path import Path, reach, show
from pulumi_ci.model.shape import Block, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import holds_unknown

SECRET = "(secret)"  # noqa: S105
"""Stands in a report for every secret value."""
Status = Literal["in sync", "changed", "missing", "failed", "ignored"]
"""What became of a resource; `ignored` = rules left out all that was found of it."""


@dataclass(frozen=True)
class Difference:
    """One property that differs; None stands for absence, and every secret for `SECRET`."""

    path: str
    intended: Any
    """What the last update was asked for: the inputs in the state."""
    recorded: Any
    """What the state says was there: the outputs. It differs from `intended` when a refresh has recorded drift."""
    live: Any
    secret: bool = False
    """Whether a secret stands there, or below."""
    was_recorded: bool = False
    """Whether an earlier refresh has recorded that it differs."""


@dataclass(frozen=True)
class Failure:
    """Why something could not be read."""

    error: CiError

    @property
    def code(self) -> str:
        """The code of the API; "" when it gave none."""
        return self.error.code if isinstance(self.error, ApiError) else ""

    @property
    def request_id(self) -> str:
        """The id of the request that was refused; "" when none was answered."""
        return self.error.request_id if isinstance(self.error, ApiError) else ""


@dataclass(frozen=True)
class Managed:
    """One resource of the stack, compared."""

    found: Recorded
    status: Status
    differences: tuple[Difference, ...] = ()
    stale: tuple[Difference, ...] = ()
    """What an earlier refresh recorded, and somebody has put right since."""
    not_comparable: tuple[str, ...] = ()
    """Paths of secrets that the state keeps encrypted."""
    failure: Failure | None = None


@dataclass(frozen=True)
class Unlisted:
    """A kind of which nobody knows what a place holds besides the stack's own."""

    kind: type[Kind]
    place: str
    failure: Failure


@dataclass(frozen=True)
class Ignored:
    """A finding that a rule left out."""

    rule: Rule
    what: What
    kind: type[Kind]
    name: str
    id: str
    path: str | None = None


@dataclass(frozen=True)
class Report:
    """Everything that was found."""

    stack: Stack
    managed: tuple[Managed, ...]
    """By place, kind and name."""
    unmanaged: tuple[Found, ...] | None
    """Objects in the same places that the stack does not hold; None when nobody looked."""
    unlisted: tuple[Unlisted, ...] = ()
    runs: int = 0
    """Resources that are runs: they are what they were when they started, so they have no drift."""
    ignored: tuple[Ignored, ...] = ()
    unused: tuple[Rule, ...] = ()
    """Rules that left out nothing."""

    def having(self, status: Status) -> list[Managed]:
        """The resources with that status."""
        return [one for one in self.managed if one.status == status]

    @property
    def coverage(self) -> float | None:
        """Managed objects among all that were found, in per cent; None when that is not known."""
        if self.unmanaged is None or self.unlisted or not self.managed:
            return None
        return 100 * len(self.managed) / (len(self.managed) + len(self.unmanaged))

    def failures(self, unmanaged: bool = False) -> list[Failure]:
        """Why resources could not be read; with `unmanaged` also why kinds could not be listed."""
        found = [one.failure for one in self.managed if one.failure is not None]
        return [*found, *(one.failure for one in self.unlisted if unmanaged)]


def drift(
    stack: Stack,
    session: Session,
    unmanaged: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Compares every resource with its live object, exactly as `pulumi refresh` would see it, and writes nothing.

    With `unmanaged`, it also looks for the other objects in the places of these resources. What cannot be read is part
    of the report, and the rest goes on. `progress` is told how many of how many steps are done. Raises
    MissingCredentials.
    """
    return _Drift(stack, session, unmanaged, progress).report()


class _Drift:
    """One pass over the places of a stack, kind by kind, so that one list serves all that is asked of a kind."""

    def __init__(self, stack: Stack, session: Session, unmanaged: bool, progress: Callable[[int, int], None]) -> None:
        self.stack, self.session, self.look, self.progress = stack, session, unmanaged, progress
        self.managed: list[Managed] = []
        self.unmanaged: list[Found] = []
        self.unlisted: list[Unlisted] = []

    def report(self) -> Report:
        lasting = [one for one in self.stack.found if not isinstance(one.kind.api, Action)]
        groups: dict[str, tuple[Place, dict[type[Kind], list[Recorded]]]] = {}
        for one in lasting:
            try:
                place, _ = lifecycle(one.kind, self.session).locate(one.stored.id)
            except CiError as error:
                self.managed.append(Managed(one, "failed", failure=Failure(error)))
                continue
            groups.setdefault(str(place), (place, {}))[1].setdefault(one.kind, []).append(one)
        work = [
            (place, kind, mine.get(kind, []))
            for _, (place, mine) in sorted(groups.items())
            for kind in sorted({*mine, *self._others(place)}, key=lambda kind: kind.__name__)
        ]
        total, done = sum(len(mine) or 1 for _, _, mine in work), 0
        self.progress(done, total)
        for place, kind, mine in work:
            for _ in self._kind(place, kind, sorted(mine, key=lambda one: one.name)):
                done += 1
                self.progress(done, total)
        return Report(
            self.stack,
            tuple(self.managed),
            tuple(self.unmanaged) if self.look else None,
            tuple(self.unlisted),
            len(self.stack.found) - len(lasting),
        )

    def _others(self, place: Place) -> list[type[Kind]]:
        """The kinds whose objects may stand in a place without being the stack's own; queues stand there always."""
        found = kinds_in(place) if self.look else []
        return [kind for kind in found if not isinstance(kind.api, (Adopted, Action))]

    def _kind(self, place: Place, kind: type[Kind], mine: list[Recorded]) -> Iterator[None]:
        """Looks at one kind in a place, step by step. The list comes first: a read of what is gone drops rows."""
        process, shared = lifecycle(kind, self.session), None
        one_alone = isinstance(kind.api, Switch) and mine
        if not one_alone and kind in self._others(place):
            shared = self._list(place, kind, {one.stored.id for one in mine})
        for one in mine:
            found = Managed(one, "failed", failure=shared) if shared else self._read(process, one)
            if found.failure and getattr(found.failure.error, "operation", "") == "list":
                shared = found.failure  # every other one would ask for the same list
            self.managed.append(found)
            yield
        if not mine:
            yield

    def _list(self, place: Place, kind: type[Kind], mine: Collection[str]) -> Failure | None:
        try:
            rows = inventory(kind, self.session, place)
        except MissingCredentials:
            raise
        except CiError as error:
            self.unlisted.append(Unlisted(kind, str(place), Failure(error)))
            return Failure(error)
        known = {*mine, *(id for slug, id in self.stack.leaving if slug == kind.slug)}
        self.unmanaged += [Found(kind, stored) for stored in rows if stored.id not in known]
        return None

    def _read(self, process: Lifecycle, one: Recorded) -> Managed:
        try:
            live = process.read(one.stored.id, one.stored.outs)
        except MissingCredentials:
            raise
        except CiError as error:
            return Managed(one, "failed", failure=Failure(error))
        return Managed(one, "missing") if live is None else compared(one, live)


# -- comparing --------------------------------------------------------------------------------------------------


def compared(one: Recorded, live: Stored) -> Managed:
    """A resource beside its live object, as `read` gave it in the terms of the recorded outputs."""
    kind, intended, now = one.kind, one.stored.inputs, live.inputs
    recorded = {name: one.stored.outs[name] for name in kind.inputs() if one.stored.outs.get(name) is not None}
    sides = [_Side(one, values) for values in (intended, recorded, now)]
    moved = _places(kind, intended, now)
    sealed = [path for path in moved if holds_unknown(reach(intended, path)) and reach(now, path) is not None]
    noted = [
        path
        for path in _places(kind, intended, recorded)
        if not holds_unknown([reach(intended, path), reach(recorded, path)])
    ]

    def difference(path: Path) -> Difference:
        before, then, after = (side.shown(path) for side in sides)
        return Difference(show(path), before, then, after, _holds_secret([before, then, after]), path in noted)

    differences = tuple(difference(path) for path in moved if path not in sealed)
    stale = tuple(difference(path) for path in noted if path not in moved)
    status: Status = "changed" if differences else "in sync"
    return Managed(one, status, differences, stale, tuple(map(show, sealed)))


def _places(kind: type[Kind], old: Values, new: Values) -> list[Path]:
    """Where two sets of values differ, as paths that lead somewhere in at least one of them."""
    found: dict[Path, None] = {}
    for change in changes(kind, old, new):
        path = _ordered(kind.fields(), change.path)
        while len(path) > 1 and reach(old, path) is None and reach(new, path) is None:
            path = path[:-1]  # inside a content that has another form when it is compared
        found[path] = None
    return list(found)


def _ordered(fields: Mapping[str, Field], path: Path) -> Path:
    """The path as far as it has a meaning: positions in a list without order have none."""
    shape: Shape | None = None
    for index, step in enumerate(path):
        if isinstance(shape, ListOf) and any(isinstance(mark, marks.Unordered) for mark in shape.marks):
            return path[:index]
        shape = (
            shape.item if isinstance(shape, (ListOf, MapOf)) else fields[str(step)].shape if step in fields else None
        )
        fields = _fields_of(shape) if isinstance(shape, Block) else {}
    return path


def _fields_of(shape: Block) -> dict[str, Field]:
    return {name: field for node in shape.nodes for name, field in node.fields().items()}


class _Side:
    """Values of which no secret is shown: neither one that the state marks, nor one that the declaration does."""

    def __init__(self, one: Recorded, values: Values) -> None:
        self.values = values
        self.hidden = _hidden(one.kind.fields(), values, one.secrets)

    def shown(self, path: Path) -> Any:
        """What stands at a path, without its secrets."""
        if reach(self.values, path) is None:
            return None
        covered = (reach(self.hidden, path[:end]) for end in range(1, len(path) + 1))
        return next((SECRET for value in covered if value == SECRET), reach(self.hidden, path))


def _hidden(fields: Mapping[str, Field], values: Mapping[str, Any], secrets: Collection[Path]) -> Values:
    found = {}
    for name, value in values.items():
        field = fields.get(name)
        inside = [path[1:] for path in secrets if path and path[0] == name]
        secret = field is not None and field.has(marks.Secret)
        found[name] = SECRET if secret else _hide(None if field is None else field.shape, value, inside)
    return found


def _hide(shape: Shape | None, value: Any, secrets: Collection[Path]) -> Any:
    """In lists and maps a secret covers its place in every entry, since entries may have moved."""
    if () in secrets:
        return SECRET
    if isinstance(shape, Block) and isinstance(value, Mapping):
        node = shape.node_for(value)
        return _hidden(_fields_of(shape) if node is None else node.fields(), value, secrets)
    below = [path[1:] for path in secrets]
    if isinstance(shape, ListOf) and isinstance(value, list):
        return [_hide(shape.item, item, below) for item in value]
    if isinstance(shape, MapOf) and isinstance(value, Mapping):
        return {key: _hide(shape.item, item, below) for key, item in value.items()}
    return SECRET if secrets else value


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        value = list(value.values())
    return any(map(_holds_secret, value)) if isinstance(value, list) else value == SECRET


# -- what is meant to be ----------------------------------------------------------------------------------------


def without(report: Report, rules: Iterable[Rule]) -> Report:
    """The report without the findings that rules leave out, which it lists instead; it names rules without effect."""
    rules = tuple(rules)
    ignored: list[Ignored] = []

    def is_left_out(what: What, found: Found, path: str | None = None) -> bool:
        names = {found.name, name_in_place(found), found.local} - {""}
        matching = [rule for rule in rules if rule.matches(what, found.kind, names, path)]
        used.update(matching)
        if matching:
            name = found.name or name_in_place(found)
            ignored.append(Ignored(matching[0], what, found.kind, name, found.stored.id, path))
        return bool(matching)

    used: set[Rule] = set()
    managed = []
    for one in report.managed:
        if one.status == "missing" and is_left_out("missing", one.found):
            one = replace(one, status="ignored")
        elif one.status == "changed":
            kept = tuple(d for d in one.differences if not is_left_out("changed", one.found, d.path))
            one = replace(one, status="changed" if kept else "ignored", differences=kept)
        managed.append(one)
    unmanaged = report.unmanaged
    if unmanaged is not None:
        unmanaged = tuple(found for found in unmanaged if not is_left_out("unmanaged", found))
    idle = tuple(rule for rule in rules if rule not in used and (rule.what != "unmanaged" or unmanaged is not None))
    return replace(
        report, managed=tuple(managed), unmanaged=unmanaged, ignored=(*report.ignored, *ignored), unused=idle
    )
