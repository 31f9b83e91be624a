"""The life of each kind in the bucket: created from its examples, read, updated, deleted, and read again."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_ci.api.errors import AccessDenied, ApiError, RateLimited, ServerFault
from pulumi_ci.lifecycle.diff import diff
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Stored
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.api import Action, Adopted, JsonAction, JsonCollection, Switch
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.path import show
from pulumi_ci.probe.allowed import Need
from pulumi_ci.probe.bare import bared
from pulumi_ci.probe.defaults import Defaults
from pulumi_ci.probe.example import fitted, life_of, playable
from pulumi_ci.probe.finding import Finding, Unclear, reason
from pulumi_ci.probe.settings import changing, is_on, off, put_back, shown
from pulumi_ci.probe.site import Site

WHOLE = "created, read, updated, deleted"
"""What a kind is assumed to do."""
_PATIENCE = 120


def needs(kind: type[Kind]) -> tuple[Need, ...]:
    """What has to be allowed for playing a kind."""
    if isinstance(kind.api, (Switch, Adopted)):
        return ("switches",)
    if isinstance(kind.api, JsonAction):
        return ("mps", "runs")
    if isinstance(kind.api, JsonCollection):
        return ("vod",)
    return ("runs",) if isinstance(kind.api, Action) else ()


def play(site: Site, kind: type[Kind]) -> tuple[Finding, list[Finding]]:
    """What came of a kind, and of each of its defaults."""
    defaults = Defaults(kind)
    refusal = site.allowed.refusal(needs(kind))
    try:
        if refusal:
            raise Unclear(refusal)
        strange, untold = _played(site, kind, defaults)
    except Exception as error:  # an answer that nobody foresaw must not end the probe
        found = Finding(kind.__name__, WHOLE, None, reason(error))
    else:
        found = Finding(kind.__name__, WHOLE, "; ".join(strange) or WHOLE, "; ".join(untold))
    return found, [*defaults.findings()]


def every() -> list[type[Kind]]:
    """The kinds in the order in which they are played: what needs nothing first, the binding last."""
    return sorted(kinds().values(), key=lambda kind: (len(needs(kind)), kind.slug == "bucket-binding"))


def _played(site: Site, kind: type[Kind], defaults: Defaults) -> tuple[list[str], list[str]]:
    """What was strange, and what could not be told. Raises Unclear when that is everything."""
    if isinstance(kind.api, Switch):
        return _switch(site, kind, kind.api, defaults), []
    if isinstance(kind.api, Adopted):
        return _queue(site, kind, kind.api, defaults), []
    found, untold = list[str](), list[str]()
    played = playable(kind)[: 1 if isinstance(kind.api, Action) else None]
    for number, example in enumerate(played, 1):
        name = site.fresh()
        try:
            with fitted(site, kind, example, name) as inputs:
                found += _life(site, kind, inputs, name if number == 1 else "", defaults)
                for bare in () if isinstance(kind.api, Action) else bared(kind, inputs):
                    found += _life(site, kind, bare, "", defaults)
        except Unclear as unclear:
            untold.append(f"example {number}: {unclear}")
        except (AccessDenied, RateLimited, ServerFault):
            raise
        except ApiError as error:  # the declaration takes what the service does not
            found.append(f"example {number} is refused: {error}")
    if len(untold) == len(played):
        raise Unclear(untold[0])
    return found, untold


def _switch(site: Site, kind: type[Kind], api: Switch, defaults: Defaults) -> list[str]:
    if api.on is None or api.off is None or api.read is None:
        raise Unclear("no call switches it off again, or none shows it, so it is left alone")
    setting = api.on.path if api.listed else api.on.query or "binding"
    if api.listed and is_on(setting, shown(site, setting)):
        raise Unclear("the service is on, and is left on: switching it off might take its queues with it")
    name = site.fresh()
    with changing(site, setting) as before, fitted(site, kind, playable(kind)[0], name) as inputs:
        if is_on(setting, before[setting]):
            put_back(site, setting, off(setting))
        return _life(site, kind, inputs, name, defaults)


def _queue(site: Site, kind: type[Kind], api: Adopted, defaults: Defaults) -> list[str]:
    id = site.queue(api.path)
    if not id:
        raise Unclear("the bucket shows no such queue")
    setting = f"queue {api.path}/{id}"
    if "<Name>" not in shown(site, setting) or "<Name></Name>" in shown(site, setting):
        raise Unclear("the queue has no name yet, and no call could take one away again")
    name = site.fresh()
    with changing(site, setting), fitted(site, kind, playable(kind)[0], name) as inputs:
        return _life(site, kind, {**inputs, "queue_id": id, "on_delete": "restore"}, name, defaults)


def _life(site: Site, kind: type[Kind], inputs: Values, name: str, defaults: Defaults) -> list[str]:
    """What was strange in the life of one object; with a name it is updated to the kind's second example."""
    life, found = life_of(site, kind), list[str]()
    stored = life.create(inputs)
    try:
        found += _quiet(kind, "created", inputs, life.read(stored.id, stored.outs))
        defaults.look(inputs, _live(life, stored.id))
        for news in _next(site, kind, inputs, name):
            outs = life.update(stored.id, stored.outs, news)
            stored = Stored(stored.id, news, outs)
            found += _quiet(kind, "updated", news, life_of(site, kind).read(stored.id, outs))
            if isinstance(kind.api, Adopted):  # whose settings are made by updates alone
                defaults.look(news, _live(life_of(site, kind), stored.id))
        if isinstance(kind.api, Action):
            _until_ended(site, life, kind.api, stored)
    finally:
        life_of(site, kind).delete(stored.id, stored.outs)
    if not isinstance(kind.api, (Action, Adopted)) and life_of(site, kind).read(stored.id, stored.outs) is not None:
        found.append("deleted: it is still there")
    return found


def _next(site: Site, kind: type[Kind], inputs: Values, name: str) -> Iterator[Values]:
    """The second example, as an update of an object made from the first; nothing when it would be another object.

    Of a queue also what leaves its defaults out: there is no other object that could.
    """
    others = playable(kind)[1:2] if name and not isinstance(kind.api, Action) else []
    for example in others:
        with fitted(site, kind, example, name) as values:
            kept: Values = {name: inputs[name] for name in ("queue_id", "on_delete") if name in inputs}
            news: Values = {**values, **kept}
            differing = diff(kind, inputs, news)
            if differing.changes and not differing.replaces:
                yield news
                yield from bared(kind, news) if isinstance(kind.api, Adopted) else ()


def _live(life: Lifecycle, id: str) -> Values:
    """All that a read shows of an object, defaults too."""
    place, _ = life.locate(id)
    return life.present(place).get(id, {})


def _quiet(kind: type[Kind], when: str, inputs: Values, seen: Stored | None) -> list[str]:
    if seen is None:
        return [f"{when}: it is not there"]
    differing = [show(change.path) for change in diff(kind, inputs, seen.inputs).changes]
    return [f"{when}: differs in {', '.join(sorted(differing))}"] if differing else []


def _until_ended(site: Site, life: Lifecycle, api: Action, stored: Stored) -> None:
    for reads in range(_PATIENCE):
        site.sleep(1 if reads else 0)
        now = life.read(stored.id, stored.outs)
        if now is not None and now.outs.get(api.state) in api.ends:
            return
    raise Unclear(f"the run has not ended after {_PATIENCE} reads")
