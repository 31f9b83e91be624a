"""Fixtures of the acceptance tests: the engine, and projects that talk to an emulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from acceptance.stack import Project
from acceptance.strange import StrangeServer, served
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine, ensure


class NewProject(Protocol):
    """Makes a project in a fresh folder."""

    def __call__(self, **words: Any) -> Project: ...


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine, found or made."""
    return ensure()


@pytest.fixture(scope="module")
def module_emulator() -> Iterator[Server]:
    """An emulator that the tests of a module share."""
    with Server() as server:
        yield server
    server.emulator.close()


@pytest.fixture
def strange_server() -> Iterator[StrangeServer]:
    """An empty emulator behind something that can misbehave."""
    with served() as server:
        yield server


@pytest.fixture
def new_project(engine: Engine, tmp_path: Path, ci_emulator: Server) -> NewProject:
    """Makes projects on the emulator of the test."""

    def make(**words: Any) -> Project:
        number = len(list(tmp_path.iterdir()))
        return Project(engine, tmp_path / f"project{number}", words.pop("server", ci_emulator), **words)

    return make


@pytest.fixture
def project(new_project: NewProject) -> Project:
    """One project on the emulator of the test."""
    return new_project()
