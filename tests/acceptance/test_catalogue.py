"""One stack with every kind of the registry: up, drift seen and repaired, changes in place, replacements, destroy.

Nothing here knows a kind. Run with `-s` to see how many calls of the API each step made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from acceptance import catalogue
from acceptance.catalogue import Edit, PropertyPath, can_be_off, dotted, is_run, make, shown
from acceptance.stack import BUCKET, REGION, Outcome, Plan, Project, declared, leaves, names, objects
from pulumi_ci.emulator import Request, Server
from pulumi_ci.engine import Engine
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.kind import Kind, kinds

pytestmark = pytest.mark.engine

every_kind = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
RUNS = ("job", "execution", "mps-task")
"""What the emulator calls runs: no call deletes them."""
PER_KIND: Mapping[str, float] = {
    "up": 3.5,
    "preview": 0,
    "preview --refresh": 1,
    "drift": 1,
    "repair": 4,
    "preview of changes": 0,
    "changes": 2.5,
    "quiet again": 1,
    "preview of replacements": 0,
    "destroy": 1.5,
}
"""Most calls of the API for each kind, by step."""


@dataclass
class Story:
    """The life of the stack; each test looks at its part of it."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    state: dict[str, dict[str, Any]] = field(default_factory=dict)
    drifts: dict[str, tuple[Edit, PropertyPath] | None] = field(default_factory=dict)
    drift: Plan | None = None
    repaired: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: dict[str, tuple[PropertyPath, Any] | None] = field(default_factory=dict)
    change: Plan | None = None
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    replaced: dict[str, set[str]] = field(default_factory=dict)
    replacement: Plan | None = None
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def story(engine: Engine, tmp_path_factory: pytest.TempPathFactory, module_emulator: Server) -> Story:
    story, emulator = Story(), module_emulator.emulator
    project = Project(engine, Path(tmp_path_factory.mktemp("catalogue")), module_emulator)
    resources = {resource.slug: resource for resource in catalogue.resources()}
    quietly = ("preview", "--expect-no-changes", "--diff")
    project.declare(*resources.values())
    story.before = _left(module_emulator)

    story.outcomes["up"] = project.up()
    story.state = project.state()
    story.outcomes["preview"] = project.run(*quietly, code=None)
    story.outcomes["preview --refresh"] = project.run(*quietly, "--refresh", code=None)

    inputs = {slug: declared(story.state[slug]) for slug in resources}
    for slug, kind in kinds().items():
        story.drifts[slug] = found = None if is_run(kind) else catalogue.drift(kind, inputs[slug])
        if found or can_be_off(kind):
            edit = found[0] if found else Edit()
            make(emulator, kind, story.state[slug]["id"], edit, status="" if found else "off")
    story.drift = project.plan("--refresh")
    story.outcomes["drift"] = story.drift.outcome
    story.outcomes["repair"] = project.up("--refresh")
    story.repaired = project.state()

    for slug, kind in kinds().items():
        seen = story.drifts[slug]
        story.changes[slug] = catalogue.change(kind, inputs[slug], seen[1] if seen else ())
    edited = {slug: (dotted(found[0]), found[1]) for slug, found in story.changes.items() if found}
    project.declare(*(one.changed(dict([edited[slug]])) if slug in edited else one for slug, one in resources.items()))
    story.change = project.plan()
    story.outcomes["preview of changes"] = story.change.outcome
    story.outcomes["changes"] = project.up()
    story.changed = project.state()
    story.outcomes["quiet again"] = project.run(*quietly, "--refresh", code=None)

    news = []
    for slug, one in resources.items():
        changes, story.replaced[slug] = catalogue.replacement(kinds()[slug], declared(story.changed[slug]))
        news.append(one.changed({**dict([edited[slug]] if slug in edited else []), **changes}))
    project.declare(*news)
    story.replacement = project.plan()
    story.outcomes["preview of replacements"] = story.replacement.outcome
    story.outcomes["destroy"] = project.destroy()
    story.after = _left(module_emulator)
    print(f"\n{table(story.outcomes)}")  # noqa: T201
    return story


def _left(server: Server) -> set[str]:
    """What is in the cloud but for runs and what nothing can switch off; queues with their settings."""
    with pytest.raises(LookupError):
        server.emulator.edit(BUCKET, REGION, "queue", id="none")  # a bucket has its queues from the first look on
    stays = {k.api.on.path for k in kinds().values() if isinstance(k.api, Switch) and k.api.on and not k.api.off}
    kept = [item for item in objects(server, None) if item.kind not in RUNS and item.id not in stays]
    queues = [item for item in server.emulator.objects if item.kind == "queue"]
    return {*names(kept), *(f"{item.id}{leaf}" for item in queues for leaf in leaves(item.xml))}


def _class(call: Request) -> str:
    """A call with others of its sort: a read for reads, whatever the method."""
    return "read" if call.method == "GET" or call.action.startswith("Describe") else call.method


def table(outcomes: Mapping[str, Outcome]) -> str:
    """The calls of each step as text."""
    columns = ("read", "POST", "PUT", "DELETE")
    lines = [f"{f'{len(kinds())} kinds':26}" + "".join(f"{column:>8}" for column in (*columns, "all"))]
    for step, outcome in outcomes.items():
        found = Counter(map(_class, outcome.calls))
        lines.append(f"{step:26}" + "".join(f"{n:8}" for n in (*(found[c] for c in columns), len(outcome.calls))))
    return "\n".join(lines)


def test_previews_are_quiet(story: Story) -> None:
    for step in ("preview", "preview --refresh", "quiet again"):
        assert story.outcomes[step].code == 0, story.outcomes[step].said


@every_kind
def test_drift_shows_at_exactly_its_path(kind: type[Kind], story: Story) -> None:
    """Runs do not drift: what ran, ran. Image search cannot be read at all."""
    assert story.drift is not None
    found = [(step.op, dict(step.diff)) for step in story.drift.of(kind.slug)]
    edited = story.drifts[kind.slug]
    if edited is not None:
        assert found == [("update", shown(edited[1]))]
    elif can_be_off(kind):
        assert [op for op, _ in found] == ["create"]
    else:
        assert found == []
        assert is_run(kind) or (isinstance(kind.api, Switch) and kind.api.read is None)


@every_kind
def test_drift_is_repaired(kind: type[Kind], story: Story) -> None:
    assert declared(story.repaired[kind.slug]) == declared(story.state[kind.slug])
    if is_run(kind):
        assert story.repaired[kind.slug]["id"] == story.state[kind.slug]["id"], "it does not run again"


@every_kind
def test_change_in_place_shows_at_exactly_its_path(kind: type[Kind], story: Story) -> None:
    assert story.change is not None
    found = [(step.op, dict(step.diff)) for step in story.change.of(kind.slug)]
    wanted = story.changes[kind.slug]
    assert found == ([("update", shown(wanted[0]))] if wanted else [])
    assert story.changed[kind.slug]["id"] == story.repaired[kind.slug]["id"]
    in_place = [f for f in kind.inputs().values() if f.compared and f.wire and not f.has(*catalogue.STANDING)]
    assert bool(wanted) == bool(in_place)


@every_kind
def test_every_immutable_field_replaces(kind: type[Kind], story: Story) -> None:
    assert story.replacement is not None
    steps = story.replacement.of(kind.slug)
    assert {step.op for step in steps} >= {"replace"}
    reasons = {reason for step in steps for reason in step.replaces}
    assert reasons == story.replaced[kind.slug] or (not reasons and _follows_a_queue(kind))


def _follows_a_queue(kind: type[Kind]) -> bool:
    """Whether it goes before a queue that is deleted before its replacement; the engine gives no reasons then."""
    references = (f.mark(marks.Reference) for f in kind.inputs().values() if f.has(marks.Immutable))
    queues = {other.__name__ for other in kinds().values() if isinstance(other.api, Adopted)}
    return any(reference is not None and reference.kind in queues for reference in references)


@pytest.mark.parametrize("step", PER_KIND)
def test_calls_are_few(step: str, story: Story) -> None:
    assert len(story.outcomes[step].calls) <= PER_KIND[step] * len(kinds())


@pytest.mark.parametrize("step", ["preview --refresh", "drift", "quiet again"])
def test_refresh_reads_each_list_twice_at_most(step: str, story: Story) -> None:
    calls = story.outcomes[step].calls
    assert {_class(call) for call in calls} == {"read"}
    lists = Counter((call.host, call.path, call.query, call.action) for call in calls)
    assert max(lists.values()) <= 2


def test_destroy_leaves_what_was_there(story: Story) -> None:
    assert story.before - story.after == set()
    more = story.after - story.before
    assert all("/Queue/Name=" in setting for setting in more), "a queue that began without a name must keep one"
