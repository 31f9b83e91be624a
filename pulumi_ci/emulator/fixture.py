"""pytest plugin: the fixture `ci_emulator`, for this project's tests and for those of its users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pulumi_ci.emulator.server import Server


@pytest.fixture
def ci_emulator() -> Iterator[Server]:
    """A running, empty emulator: `.url`, `.secret_id`, `.secret_key`, `.environment`, `.emulator`.

    `ci_emulator.emulator.faults.add("empty", status=404, method="GET")` makes calls go wrong: lost connections, errors,
    gateways that answer nothing, stale and swapped answers, other spellings, answers that are too slow, too deep or too
    large. `pulumi_ci.emulator.Fault` explains every effect.
    """
    from pulumi_ci.emulator.server import Server  # only here: a run that does not use it pays nothing

    server = Server()
    with server:
        yield server
    server.emulator.close()
