"""The drift matrix: every leaf, element and block changed behind the program's back, and every leaf in the program.

For each kind with a body, from its declaration alone: full examples with other values than defaults are created in the
emulated cloud; then each place is edited there, read, compared and repaired, and each leaf is changed in the program
and updated. Run as a script it prints one row a kind, with the peer's figures in the last one.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

sys.path[:0] = [str(File(__file__).parents[1]), str(File(__file__).parent)]

from elements import Edit, element, joined, make, without, written  # noqa: E402
from generate import Outline, Place, Values, candidates, full, passes, places, put  # noqa: E402
from world import World  # noqa: E402

from pulumi_ci.emulator import Choices  # noqa: E402
from pulumi_ci.lifecycle.diff import diff  # noqa: E402
from pulumi_ci.lifecycle.lifecycle import Stored  # noqa: E402
from pulumi_ci.lifecycle.observe import to_send  # noqa: E402
from pulumi_ci.model import marks  # noqa: E402
from pulumi_ci.model.api import Adopted, Collection, Form, JsonCollection, Named, Switch  # noqa: E402
from pulumi_ci.model.kind import Kind, kinds  # noqa: E402
from pulumi_ci.model.path import Path, reach, show  # noqa: E402
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape  # noqa: E402
from pulumi_ci.wire import xml  # noqa: E402

CHANGED, APPEARED, REMOVED, BLOCK, PROGRAM, WHOLE, QUIET = COLUMNS = (
    "changed value seen",
    "undeclared value seen",
    "removed element seen",
    "removed block seen",
    "changed in program",
    "updates sent whole",
    "quiet afterwards",
)
PEER = {CHANGED: "201/215", REMOVED: "177/215", BLOCK: "0/27", WHOLE: "72/215", QUIET: "2 kinds not"}
"""What the Terraform provider reaches with its 14 template kinds."""
FREE = Choices(references="free")
CHOICES = {
    "as-sent, nested": FREE,
    "with-defaults, flat": dataclasses.replace(FREE, unset="with-defaults", answer_form="flat"),
    "empty-elements, nested": dataclasses.replace(FREE, unset="empty-elements"),
}
"""Ways in which the real service may answer; the matrix holds under each."""
_EMPTY = re.compile(r"<(\w+)></\1>")


@dataclass
class Row:
    """What was tried of one kind and what held, by column; `misses` says what did not."""

    kind: str
    tried: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def note(self, column: str, what: str, miss: str) -> None:
        """Counts one try; an empty `miss` says that it held."""
        self.tried[column] += 1
        self.held[column] += not miss
        if miss:
            self.misses.append(f"{self.kind}: {column}: {what}: {miss}")


class Matrix:
    """All tries of one kind in a cloud of its own."""

    def __init__(self, kind: type[Kind], choices: Choices = FREE) -> None:
        self.kind, self.row = kind, Row(kind.__name__)
        self.world = World(choices)
        self.form: Form = kind.api.form or Form()  # a JSON object nests as its fields say
        self._buckets = 0
        self._done: set[tuple[str, Outline]] = set()

    def run(self) -> Row:
        """Everything, for every full example."""
        with self.world:
            for example in full(self.kind):
                self._example({name: value for name, value in example.items() if self._is_kept(name)})
        return self.row

    def _is_kept(self, name: str) -> bool:
        scope = (*self.kind.scope, getattr(self.kind.api, "id_field", None))
        return name not in scope

    # -- objects ------------------------------------------------------------------------------------------------

    def _create(self, values: Values) -> tuple[Stored, str]:
        """The object in a bucket of its own, and the body that made it."""
        self._buckets += 1
        there = {"bucket": f"m{self._buckets}-1250000000", "sub_app_id": self._buckets}
        own = {name: value for name, value in there.items() if name in self.kind.scope}
        inputs = self.world.inputs(self.kind, {**values, **own})
        self.world.emulator.forget_requests()
        stored = self.world.lifecycle(self.kind).create(inputs)
        return stored, _masked(self._written()[0], stored.id)

    def _written(self) -> list[str]:
        """The bodies of all writes so far."""
        sent = self.world.sent("PUT", "POST")
        return [request.body for request in sent if request.body and not request.action.startswith("Describe")]

    def _edit(self, stored: Stored, edit: Edit) -> None:
        make(self.world.emulator, self.kind, stored.id, edit)

    # -- edits on the server ------------------------------------------------------------------------------------

    def _example(self, values: Values) -> None:
        stored, body = self._create(values)
        for place in places(self.kind, stored.inputs):
            if self.kind.fields()[str(place.path[0])].wire is None or not self._is_last(stored.inputs, place.path):
                continue
            if isinstance(place.shape, Leaf):
                self._leaf(stored, body, place)
            elif isinstance(place.shape, (Block, Raw)) or (isinstance(place.shape, (ListOf, MapOf)) and place.field):
                self._removed(BLOCK if _holds_blocks(place.shape) else REMOVED, stored, body, place)
        if self.form.body:
            everything = {path[:1] for path, _ in _differences({}, stored.inputs) if self._inside(path)}
            self._drift(BLOCK, "the body", stored, body, Edit(remove=(self.form.body,)), everything)

    def _is_last(self, values: Values, path: Path) -> bool:
        """Whether it stands in the last items of its lists: without an earlier one all later ones would move up."""
        lists = (path[:end] for end, step in enumerate(path) if isinstance(step, int))
        return all(path[len(at)] == len(reach(values, at)) - 1 for at in lists)

    def _first(self, column: str, place: Place) -> bool:
        """Whether this is the first try of its kind; one for each place in the declaration is enough."""
        first = (column, place.outline) not in self._done
        self._done.add((column, place.outline))
        return first

    def _inside(self, path: Path) -> bool:
        field = self.kind.fields()[str(path[0])]
        return field.wire is not None and not field.beside

    def _leaf(self, stored: Stored, body: str, place: Place) -> None:
        old = reach(stored.inputs, place.path)
        assert isinstance(place.shape, Leaf)
        others = [value for value in candidates(place.shape, old) if value not in self._siblings(stored.inputs, place)]
        if self._is_key(place):
            self._renamed(stored, body, place, f"{old}x")
        elif not self._is_tag(place):  # another type is another class, so a tag is tried with its whole entry
            text = xml.text_of(others[0]) if others else "Bogus"
            if self._first(CHANGED, place):
                edit = written(self.kind, stored.inputs, place, text)
                self._drift(CHANGED, show(place.path), stored, body, edit, {place.path})
            self._removed(REMOVED, stored, body, place)
            self._appeared(stored, place)
        self._in_program(stored, place)

    def _siblings(self, values: Values, place: Place) -> list[Any]:
        """The items of the same list."""
        return list(reach(values, place.path[:-1])) if isinstance(place.path[-1], int) else []

    def _is_key(self, place: Place) -> bool:
        return isinstance(self.kind.api, Named) and place.path == (self.kind.api.key,)

    def _is_tag(self, place: Place) -> bool:
        """Whether the leaf tells the classes of a map's entries apart."""
        return len(place.outline) > 1 and place.outline[-1] == "type" and place.outline[-2].startswith("{")

    def _renamed(self, stored: Stored, body: str, place: Place, name: str) -> None:
        """The name of a Named kind is its identity, so one renamed outside is gone."""
        self._edit(stored, written(self.kind, stored.inputs, place, name))
        seen = self.world.lifecycle(self.kind).read(stored.id, stored.outs)
        self.row.note(CHANGED, show(place.path), "" if seen is None else "an object of another name was read")
        again, put = self.world.lifecycle(self.kind).create(stored.inputs), self.world.sent("PUT")[-1].body
        self.row.note(
            WHOLE,
            show(place.path),
            "" if _masked(put, stored.id) == body and again == stored else "not made again as it was",
        )

    def _removed(self, column: str, stored: Stored, body: str, place: Place) -> None:
        value, path = reach(stored.inputs, place.path), place.path
        if _is_off(place.field, place.shape, value) or not self._first(column, place):
            return
        if place.path[-1] == 0:
            path = place.path[:-1]  # an empty list is an absent one
        edit = without(self.kind, stored.inputs, place)
        path = self._outermost(stored.inputs, path)
        self._drift(column, f"{show(place.path)} = {value!r:.40}", stored, body, edit, {path})

    def _outermost(self, values: Values, path: Path) -> Path:
        """What goes away with the place: a block that nothing is left in is an absent one."""
        spots = {place.path: place for place in places(self.kind, values)}
        while len(path) > 1:
            parent = spots[path[:-1]]
            lone = list(reach(values, parent.path)) == [path[-1]]
            named = parent.field is not None and not parent.field.has(marks.Presence)
            if not lone or not (named or isinstance(parent.shape, Raw)):
                break
            path = parent.path
        return path

    def _drift(self, column: str, what: str, stored: Stored, body: str, edit: Edit, expected: set[Path]) -> None:
        self._edit(stored, edit)
        seen = self.world.lifecycle(self.kind).read(stored.id, stored.outs)
        if seen is None:
            self.row.note(column, what, "the object was taken for gone")
            return
        miss = self._wrong_paths(seen.inputs, stored.inputs, expected)
        if miss and self.world.choices.unset == "with-defaults":  # the block is there, since it shows its defaults
            below = {p.path for p in places(self.kind, stored.inputs) if _is_leaf(p) and _below(p.path, expected)}
            miss = self._wrong_paths(seen.inputs, stored.inputs, below)
        self.row.note(column, what, miss)
        self._update(what, seen, stored.inputs, body)

    def _wrong_paths(self, old: Values, new: Values, expected: set[Path]) -> str:
        """Why the change is not exactly the expected one, in our own diff and in what the engine compares; or ""."""
        shown = {path for path, _ in _differences(old, new)}
        found = {change.path for change in diff(self.kind, old, new).changes}
        if shown != expected:
            return f"the engine shows {_listed(shown)}, not {_listed(expected)}"
        pairs = [{self._ordered(path) for path in paths} for paths in (found, expected)]
        covered = all(any(_related(path, other) for other in pairs[1 - n]) for n in (0, 1) for path in pairs[n])
        return "" if covered else f"the diff has {_listed(found)}"  # it may name a block where the engine names leaves

    def _ordered(self, path: Path) -> Path:
        """The path without places in lists that have no order."""
        node: Shape | None = None
        fields = self.kind.fields()
        for index, step in enumerate(path):
            if isinstance(node, (ListOf, MapOf)) and index:
                if isinstance(node, ListOf) and _unordered(node):
                    return path[:index]
                node = node.item
            elif str(step) in fields:
                node = fields[str(step)].shape
            if isinstance(node, Block):
                fields = {name: f for inner in node.nodes for name, f in inner.fields().items()}
        return path[:-1] if isinstance(node, ListOf) and _unordered(node) else path

    def _update(self, what: str, olds: Stored, news: Values, body: str) -> Stored:
        """Updates, and notes whether the whole body was sent and nothing is left to do."""
        self.world.emulator.forget_requests()
        outs = self.world.lifecycle(self.kind).update(olds.id, olds.outs, news)
        sent = self._written()
        only_state = isinstance(self.kind.api, Collection) and not sent and self._only_state(olds.inputs, news)
        if not only_state:
            masked, wanted = [_masked(text, olds.id) for text in sent], body
            if self.world.choices.unset == "empty-elements":  # empty ones that nobody declared are carried through
                masked, wanted = [_EMPTY.sub("", text) for text in masked], _EMPTY.sub("", wanted)
            self.row.note(WHOLE, what, "" if masked == [wanted] else f"sent {masked}, not {wanted}")
        after = self.world.lifecycle(self.kind).read(olds.id, outs)
        left = "it is gone" if after is None else _listed({p for p, _ in _differences(after.inputs, news)})
        if after is not None and diff(self.kind, after.inputs, news):
            left += " (in the diff)"
        self.row.note(QUIET, what, left)
        return Stored(olds.id, news, outs)

    def _only_state(self, old: Values, new: Values) -> bool:
        pause = self.kind.api.pause if isinstance(self.kind.api, Collection) else None
        return pause is not None and {c.path for c in diff(self.kind, old, new).changes} == {(pause.field,)}

    # -- values that the program does not declare ---------------------------------------------------------------

    def _appeared(self, full_one: Stored, place: Place) -> None:
        """The same place, not declared: an edit on the server that fills it must be seen."""
        spot = place.path[:-1] if isinstance(place.path[-1], int) else place.path
        if place.holder.default is not None or (APPEARED, place.outline) in self._done:
            return  # a default is always declared
        base = self._undeclared(full_one.inputs, spot)
        if base is None:
            return
        self._first(APPEARED, place)
        values, top = base
        stored, body = self._create({name: value for name, value in values.items() if self._is_kept(name)})
        sent = to_send(self.kind, stored.inputs, stored.outs.get("filled") or {})
        if sent != stored.inputs:  # what the server filled in goes back to it
            _, body = self._create({name: value for name, value in sent.items() if self._is_kept(name)})
        value = reach(full_one.inputs, spot)
        text = ",".join(map(xml.text_of, value)) if isinstance(value, list) else xml.text_of(value)
        if isinstance(value, list) and isinstance(place.holder.shape, ListOf):
            shared = joined(place.holder.shape)
            text = shared.separator.join(map(xml.text_of, value)) if shared else xml.text_of(value[0])
        first = place.path if spot == place.path else (*spot, 0)
        edit = Edit(set={element(self.kind, full_one.inputs, first): text})
        self._drift(APPEARED, show(spot), stored, body, edit, {top})

    def _undeclared(self, values: Values, path: Path) -> tuple[Values, Path] | None:
        """The values without that place, or without the closest block around it that may be left out; and which."""
        for end in range(len(path), 0, -1):
            if isinstance(path[end - 1], int) or reach(values, path[:end]) is None:
                continue
            top = self._outermost(values, path[:end])
            bare = put(values, top, None)
            if passes(self.kind, bare):
                return bare, top
        return None

    # -- changes in the program ---------------------------------------------------------------------------------

    def _in_program(self, stored: Stored, place: Place) -> None:
        news = self._changed(stored.inputs, place) if (PROGRAM, place.outline) not in self._done else None
        if news is None:
            return
        self._first(PROGRAM, place)
        what = f"{show(place.path)} in the program"
        miss = self._wrong_paths(stored.inputs, news, {place.path})
        replaces = diff(self.kind, stored.inputs, news).replaces
        immutable = self.kind.fields()[str(place.path[0])].has(marks.Immutable)
        if bool(replaces) != immutable:
            miss = f"{place.path[0]} {'does not replace' if immutable else 'replaces'}"
        self.row.note(PROGRAM, what, miss)
        if immutable:
            return
        _, body = self._create({name: value for name, value in news.items() if self._is_kept(name)})
        changed = self._update(what, stored, news, body)
        _, back = self._create({name: value for name, value in stored.inputs.items() if self._is_kept(name)})
        self._update(f"{what}, and back", changed, stored.inputs, back)

    def _changed(self, values: Values, place: Place) -> Values | None:
        """Right values that differ in this leaf alone."""
        assert isinstance(place.shape, Leaf)
        old = reach(values, place.path)
        pool = [reach(values, other.path) for other in places(self.kind, values) if other.outline == place.outline]
        found = (put(values, place.path, value) for value in [*candidates(place.shape, old), *pool] if value != old)
        return next((tried for tried in found if passes(self.kind, tried)), None)


def _unordered(shape: ListOf) -> bool:
    return any(isinstance(mark, marks.Unordered) for mark in shape.marks)


def _masked(body: str, id: str) -> str:
    """The body without the object's own id, which some queues repeat in it."""
    if body.startswith("{"):
        return json.dumps(
            _on({name: value for name, value in json.loads(body).items() if name not in ("Definition", "SubAppId")})
        )
    local = id.split("/", 2)[2:]
    return body.replace(f">{local[0]}</QueueI", ">ID</QueueI") if local else body


def _is_off(field: Any, shape: Shape, value: Any) -> bool:
    """Whether it is a feature that is switched off, or a block of nothing else: that equals its absence."""
    switched = field.mark(marks.Switched) if field is not None else None
    if switched or not isinstance(shape, Block) or not isinstance(value, dict):
        return bool(switched and switched.is_off(value))
    inner = shape.nodes[0].fields()
    return bool(value) and all(
        name in inner and _is_off(inner[name], inner[name].shape, v) for name, v in value.items()
    )


def _on(value: Any) -> Any:
    """The JSON value without features that are off and without empty texts, which an update says by name."""
    if not isinstance(value, dict):
        return value
    inner = {name: _on(item) for name, item in value.items()}
    off = {"Switch": "OFF"}
    return {name: item for name, item in sorted(inner.items()) if item not in ("", {}, off)}


def _is_leaf(place: Place) -> bool:
    """Whether the engine shows the place as one value: scalars and whole lists of them."""
    return (isinstance(place.shape, Leaf) and not isinstance(place.path[-1], int)) or (
        isinstance(place.shape, ListOf) and isinstance(place.shape.item, Leaf)
    )


def _related(one: Path, other: Path) -> bool:
    return one[: len(other)] == other or other[: len(one)] == one


def _below(path: Path, tops: set[Path]) -> bool:
    return any(path[: len(top)] == top for top in tops)


def _holds_blocks(shape: Shape) -> bool:
    return isinstance(shape, (Block, MapOf, Raw)) or (isinstance(shape, ListOf) and isinstance(shape.item, Block))


def _differences(old: Any, new: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Where two trees differ, as the engine compares them: spelling counts, lists go by position."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before, after = (side[index] if index < len(side) else None for side in (old, new))
            yield from _differences(before, after, (*path, index))
    elif old != new or type(old) is not type(new):
        yield path, (old, new)


def _listed(paths: set[Path]) -> str:
    return ", ".join(sorted(map(show, paths)))


def bodies() -> list[type[Kind]]:
    """The kinds that have a body and can be read."""
    return [
        kind
        for kind in kinds().values()
        if isinstance(kind.api, (Collection, JsonCollection, Named, Adopted))
        or (isinstance(kind.api, Switch) and kind.api.form is not None and kind.api.read is not None)
    ]


def table(rows: list[Row]) -> str:
    """The matrix as text, with a row of totals and one of the peer's."""
    total = Row("all")
    for row in rows:
        total.tried.update(row.tried)
        total.held.update(row.held)
    lines = [["kind", *COLUMNS]]
    for row in [*rows, total]:
        cells = (f"{row.held[column]}/{row.tried[column]}" if row.tried[column] else "-" for column in COLUMNS)
        lines.append([row.kind, *cells])
    lines.append(["peer, 14 kinds", *(PEER.get(column, "-") for column in COLUMNS)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([texts[0], "-" * len(texts[0]), *texts[1:]])


def main() -> int:
    """Prints the matrix for each way of answering. Exit status 1 when anything was missed."""
    missed = False
    for name, choices in CHOICES.items():
        rows = [Matrix(kind, choices).run() for kind in bodies()]
        print(f"\nThe cloud answers {name}:\n{table(rows)}")  # noqa: T201
        for miss in (miss for row in rows for miss in row.misses):
            print(miss)  # noqa: T201
            missed = True
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
