"""pytest plugin: the fixture `ci_emulator`, for this project's tests and for those of its users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pulumi_ci.emulator.choices import Choices
    from pulumi_ci.emulator.server import Server


@pytest.fixture
def ci_emulator_choices() -> Choices | None:
    """What `ci_emulator` does where the documents are silent; override it, for instance with `Choices.read(path)`."""
    return None


@pytest.fixture
def ci_emulator(ci_emulator_choices: Choices | None) -> Iterator[Server]:
    """A running, empty emulator: `.url`, `.secret_id`, `.secret_key`, `.environment`, `.emulator`.

    `ci_emulator.emulator.faults.add("empty", status=404, method="GET")` makes calls go wrong: lost connections, errors,
    gateways that answer nothing, stale and swapped answers, other spellings, answers that are too slow, too deep or too
    large. `pulumi_ci.emulator.Fault` explains every effect.
    """
    from pulumi_ci.emulator.app import Emulator
    from pulumi_ci.emulator.server import Server  # only here: a run that does not use it pays nothing

    server = Server(Emulator(choices=ci_emulator_choices))
    with server:
        yield server
    server.emulator.close()
