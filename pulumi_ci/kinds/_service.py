"""What the services of a bucket share: one call each to switch on, to list and to switch off. Source: 061-081."""

from __future__ import annotations

from typing import Annotated

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Switch
from pulumi_ci.model.marks import Computed


def service(path: str, listed: str, *, on: bool = True, off: bool = True, console: str = "") -> Switch:
    """The calls of a service with its own path; `on` and `off` say which of them are known to exist."""
    return Switch(
        on=Call("POST", path) if on else None,
        off=Call("DELETE", path) if off else None,
        read=Call("GET", path),
        listed=listed,
        host="ci",
        opens="service",
        console=console,
    )


class Service(SwitchedKind):
    """A service of a bucket."""

    create_time: Annotated[str | None, Computed()] = None
    """When it was switched on, such as `2024-01-02T09:00:00+0800`."""
