"""What all settings and services of a bucket have in common that are on or off."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.model.kind import BucketKind
from pulumi_ci.model.marks import ServerDefault, Wire


class SwitchedKind(BucketKind):
    """Something of a bucket that is on or off."""

    on_delete: Annotated[Literal["off", "leave"] | None, Wire(None), ServerDefault("off")] = None
    """What destroying the resource does: switch it off, if this resource switched it on, or leave it as it is."""
