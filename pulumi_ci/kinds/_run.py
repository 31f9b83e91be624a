"""What all runs have in common: what makes them run again, and whether their end is waited for."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.model.kind import Kind
from pulumi_ci.model.marks import Control, Immutable, Matches, Range, Wire

RunName = Matches(
    r"[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff-]{1,128}",
    "1 to 128 Chinese characters, Latin letters, digits, _ and -",
    "all-1",
)
"""The alphabet of the names of jobs. Source: 104, 196."""


class Run(Kind):
    """Something that is started once. Nothing changes a run, so any change of its inputs starts another one."""

    triggers: Annotated[dict[str, str] | None, Wire(None), Immutable()] = None
    """Texts of your own, such as a version; when one of them changes, it is run again."""
    wait: Annotated[bool, Wire(None), Control()] = False
    """Whether creating it lasts until the run has ended; the program then fails when the run did, or the time is up."""
    wait_seconds: Annotated[int, Wire(None), Control(), Range(1, 86400, unit="seconds")] = 3600
    """How long `wait` waits."""
