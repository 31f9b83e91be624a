"""A whole probe: the journal, the experiments and the kinds in their order, and the clearing up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.emulator.choices import Choices
from pulumi_ci.probe import (
    kinds,
    mps,
    queues,
    rates,
    refusals,
    runs,
    settings,
    signatures,
    styles,
    switches,
    templates,
    vod,
    workflows,
)
from pulumi_ci.probe.clean import Cleaned, clean
from pulumi_ci.probe.experiment import Experiment
from pulumi_ci.probe.finding import Finding, Unclear, reason
from pulumi_ci.probe.leftovers import others, tidy
from pulumi_ci.probe.site import Site

Tell = Callable[[str], None]
FIRST: tuple[Experiment, ...] = (
    *(*refusals.EXPERIMENTS, *templates.EXPERIMENTS, *workflows.EXPERIMENTS, *styles.EXPERIMENTS),
    *(
        *queues.EXPERIMENTS,
        *runs.EXPERIMENTS,
        *vod.EXPERIMENTS,
        *mps.EXPERIMENTS,
        *rates.EXPERIMENTS,
        *signatures.EXPERIMENTS,
    ),
)
"""Played before the kinds."""
LAST: tuple[Experiment, ...] = (*switches.EXPERIMENTS, *refusals.LAST)
"""Played after them: what unbinds the bucket, and what looks back."""
_UNBOUND = ("MediaBucketUnBinded", "PicBucketUnBinded")


@dataclass
class Result:
    """What a probe found."""

    choices: list[Finding] = field(default_factory=list)
    kinds: list[Finding] = field(default_factory=list)
    defaults: list[Finding] = field(default_factory=list)
    cleaned: Cleaned = field(default_factory=Cleaned)

    @property
    def told(self) -> dict[str, Any]:
        """The choices that were seen, as the emulator takes them."""
        return {finding.about: finding.seen for finding in self.choices if finding.seen is not None}


def probe(site: Site, tell: Tell = lambda text: None, shield: Callable[[], None] = lambda: None) -> Result:
    """Plays everything that is allowed, and clears up whatever happens.

    `tell` hears what is being done; `shield` is called before the clearing up, which nothing should end. Raises CiError
    when the probe cannot begin, or must not.
    """
    result = Result()
    _sure(lambda: _look(site))
    site.journal.begin()
    try:
        try:
            _sure(lambda: _prepare(site))
            _play(site, result, tell)
        finally:
            shield()
    finally:
        tell("clearing up")
        result.cleaned = clean(site, site.journal.prefix)
        for trouble in result.cleaned.troubles:
            tell(trouble)
    return result


def _look(site: Site) -> None:
    """Refuses a bucket in which nothing could be made."""
    site.about = "first look"
    if settings.shown(site, "binding") != "on" and not site.allowed.switches:
        reply = site.ask("GET", "/template", {"pageSize": "1"})
        if reply.code in _UNBOUND:
            raise CiError(f"{site.place} is not bound to CI; bind it, or allow --switches. {reply.refusal}")


def _sure(step: Callable[[], None]) -> None:
    """Takes a step without which nothing can be done. Raises CiError where its answers do not tell."""
    try:
        step()
    except Unclear as unclear:
        raise CiError(str(unclear)) from None


def _prepare(site: Site) -> None:
    """Binds a bucket whose settings may be changed, and refuses one that others use."""
    if site.allowed.switches:
        bound = settings.shown(site, "binding")
        if bound != "on":
            site.journal.opened({"binding": bound})
            site.must("PUT", host="pic")
        if not site.allowed.force:
            _refuse_what_is_in_use(site)


def _play(site: Site, result: Result, tell: Tell) -> None:
    for one in FIRST:
        result.choices += _played(site, one, tell)
    for kind in kinds.every():
        site.about = kind.__name__
        tell(kind.__name__)
        found, defaults = kinds.play(site, kind)
        result.kinds.append(found)
        result.defaults += defaults
    for one in LAST:
        result.choices += _played(site, one, tell)


def _refuse_what_is_in_use(site: Site) -> None:
    there = others(site)
    there += [f"{name}, which is on" for name in settings.SWITCHES if settings.is_on(name, settings.shown(site, name))]
    if there:
        more = f" and {len(there) - 5} more" if len(there) > 5 else ""
        raise CiError(
            f"{site.place} has {', '.join(there[:5])}{more}. --switches unbinds the bucket for a while and changes its "
            "protection and queues, which others may need. Take a bucket without objects, or allow it with --force"
        )


def _played(site: Site, one: Experiment, tell: Tell) -> Iterable[Finding]:
    """One finding for each choice of an experiment."""
    site.about = one.choices[0]
    seen: dict[str, Any] = {}
    untold = site.allowed.refusal(one.needs)
    if not untold:
        tell(", ".join(one.choices))
        try:
            with closing(one.play(site)) as answers:
                seen.update(answers)
        except Exception as error:  # an answer that nobody foresaw must not end the probe
            untold = reason(error)
        tidy(site)
    for choice in one.choices:
        value = seen.get(choice, Unclear(untold or "the experiment did not get there"))
        yield _finding(choice, value)


def _finding(choice: str, value: Any) -> Finding:
    """What came of a choice; a value that the emulator cannot take tells nothing."""
    assumed = Choices()
    if not isinstance(value, Unclear):
        try:
            assumed.changed({choice: value})
        except ValueError as error:
            value = Unclear(str(error))
    unclear = isinstance(value, Unclear)
    return Finding(choice, getattr(assumed, choice), None if unclear else value, str(value) if unclear else "")
