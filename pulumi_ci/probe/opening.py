"""Makes the site of a probe: its clients, its journal, and the recorder when exchanges are kept."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from requests.adapters import BaseAdapter, HTTPAdapter

from pulumi_ci.api.call import Place
from pulumi_ci.api.client import Client
from pulumi_ci.api.credentials import credentials
from pulumi_ci.api.errors import CiError
from pulumi_ci.api.settings import Settings
from pulumi_ci.model.kind import BucketName, RegionName
from pulumi_ci.probe.allowed import Allowed
from pulumi_ci.probe.journal import Journal
from pulumi_ci.probe.names import new_prefix
from pulumi_ci.probe.record import Recorder, Recording
from pulumi_ci.probe.scrub import NAMELESS, Scrub
from pulumi_ci.probe.site import Site


def journal_path(place: Place) -> Path:
    """The file that outlives a killed probe, where the user names none."""
    return Path(f".pulumi-ci-probe.{place.region}.{place.bucket}.json")


def opened(
    used: Settings,
    place: Place,
    allowed: Allowed,
    journal: Path | None = None,
    *,
    record: Path | None = None,
    adapter: Callable[[], BaseAdapter] = lambda: HTTPAdapter(max_retries=0),
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Site:
    """The site of one probe of a bucket. Raises CiError for a place that is none, and without keys to record."""
    for what, text, form in (("bucket", place.bucket, BucketName), ("region", place.region, RegionName)):
        if not re.fullmatch(form.pattern, text):
            raise CiError(f"{text!r} is not {form.words}, such as {form.example}; give another --{what}")
    source = credentials(used)
    recorders: list[Recorder] = []

    def recorded() -> BaseAdapter:
        return Recording(adapter(), recorders[0]) if recorders else adapter()

    client = Client(used, source=source, sleep=sleep, adapter=recorded)
    impatient = Client(replace(used, paced=False, retry_seconds=0), source=source, sleep=sleep, adapter=recorded)
    path = journal or journal_path(place)
    kept = Journal(path, new_prefix(), place.region, place.bucket, allowed.sub_app_id, allowed.runs)
    site = Site(client, impatient, place, kept, allowed, clock, sleep)
    if record is not None:
        keys = source.keys()
        names = {place.bucket: f"probe-{NAMELESS}"}
        names |= {str(allowed.sub_app_id): NAMELESS} if allowed.sub_app_id else {}
        scrub = Scrub((keys.secret_id, keys.secret_key, keys.token), names)
        recorders.append(Recorder(record, scrub, lambda: site.about))
    return site
