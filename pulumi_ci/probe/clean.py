"""Clears up after a probe, in the same run or in a later one: settings as they were, and no object of its prefix."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError
from pulumi_ci.probe import journal, settings
from pulumi_ci.probe.finding import reason
from pulumi_ci.probe.leftovers import Leftover, clear
from pulumi_ci.probe.names import is_probes
from pulumi_ci.probe.site import Site


@dataclass
class Cleaned:
    """What was cleared up, and what could not be."""

    removed: list[Leftover] = field(default_factory=list)
    put_back: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def clean(site: Site, prefix: str) -> Cleaned:
    """Clears up what the run with that prefix left; "" = what any probe left. The journal goes when nothing is left."""
    found = Cleaned()
    site.about = "clean"
    site.made.clear()
    noted = [*site.journal.settings]
    try:
        bind(site)
    except Exception as error:
        found.troubles.append(f"the bucket could not be bound: {reason(error)}")
    removed, troubles = clear(site, lambda name: is_probes(name, prefix))
    found.removed += removed
    found.troubles += [*troubles, *settings.restore(site)]
    found.put_back += [name for name in noted if name not in site.journal.settings]
    if not found.troubles:
        site.journal.end()
    return found


def resume(site: Site) -> Cleaned:
    """Clears up after a run that was killed: what its journal says, or what any probe left when there is none.

    Raises CiError when the file is no journal, or one of another bucket.
    """
    if not site.journal.path.exists():
        return clean(site, "")
    site.journal = journal.read(site.journal.path)
    found = Place(site.journal.region, site.journal.bucket)
    if found != site.place:
        raise CiError(f"{site.journal.path} is the journal of a probe of {found}; give another --journal")
    kept = site.journal.sub_app_id if site.allowed.sub_app_id is None else site.allowed.sub_app_id
    site.allowed = replace(site.allowed, sub_app_id=kept, runs=site.allowed.runs or site.journal.runs)
    return clean(site, site.journal.prefix)


def bind(site: Site) -> None:
    """Binds the bucket when the journal says that the probe had to do with its binding: the rest may need it."""
    if "binding" in site.journal.settings and settings.shown(site, "binding") != "on":
        site.must("PUT", host="pic")
