"""Outputs that another release stored, brought step by step to what this one reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.kind import Kind

STATE_VERSION = 1
"""Version of what `outs` holds; raised, with a step in UPGRADES, when an older state needs another reading."""

MARK: Values = {"state_version": STATE_VERSION} if STATE_VERSION > 1 else {}
"""What says so in `outs`. 1 goes without saying: each property of each resource costs the engine time at every step."""

Step = Callable[[type[Kind], Values], Values]
"""From the outputs of a kind in one version to those in the next."""

UPGRADES: Mapping[int, Step] = {}
"""The steps by the version that they begin with; none, since 1 is the first version that was released."""


def upgraded(
    kind: type[Kind], outs: Values, steps: Mapping[int, Step] = UPGRADES, version: int = STATE_VERSION
) -> Values:
    """The stored outputs of a resource as this release would have stored them; {} of one that is only looked up.

    Raises CiError for what a newer release stored.
    """
    if not outs:
        return outs
    stored: Any = outs.get("state_version", 1)
    if stored > version:
        raise CiError(
            f"{kind.__name__}: a newer release of pulumi_ci wrote this state (its version is {stored:g}, this release "
            f"reads up to {version}); upgrade with `pip install --upgrade pulumi-ci` and run again"
        )
    for number in range(int(stored), version):
        outs = {**steps[number](kind, outs), "state_version": number + 1}
    return outs
