"""Validates an environment file with the config of a stack: every mistake with its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.environment import yaml
from pulumi_ci.environment.environment import CONFIG_KEYS, Environment
from pulumi_ci.environment.read import contents, reads
from pulumi_ci.model.check import check, warnings
from pulumi_ci.model.path import show
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.project import UNKNOWN as SEALED
from pulumi_ci.provider.project import config_around
from pulumi_ci.provider.validate import Mistake, Report


def validate(path: Path, stack: str | None = None, settings: Iterable[str] = ()) -> Report:
    """What is wrong with a file, given the config of a stack of the project around it, and `settings` (`key=value`).

    Without `stack` a variable that has no value is unknown; with it that is a mistake. Raises CiError when there is no
    such file, stack or setting.
    """
    if not path.is_file():
        raise CiError(f"there is no file {path}")
    project, config = config_around(path, stack, settings)

    def ask(name: str) -> tuple[Any, bool]:
        value = config.get(CONFIG_KEYS.get(name, f"{project}:{name}"))
        if value is not None and SEALED in value:
            return UNKNOWN, True
        return UNKNOWN if value is None and stack is None else value, False

    file = str(path.absolute())
    try:
        text = contents(path)
        environment = reads(text, str(path), ask)
    except yaml.InvalidFile as error:
        found = (Mistake(p.reason, type="environment", file=file, line=p.line, column=p.column) for p in error.problems)
        return Report(0, tuple(found), ())
    return Report(len(environment.resources), (), tuple(_warnings(environment, text, file)))


def _warnings(environment: Environment, text: str, file: str) -> Iterable[Mistake]:
    document = yaml.parse(text, file)
    for name, resource in environment.resources.items():
        checked, _ = check(resource.kind, environment.known(resource))
        for warning in warnings(resource.kind, checked):
            line, column = yaml.position(document, ("resources", name, "properties", *warning.path))
            yield Mistake(warning.reason, show(warning.path), resource.kind.__name__, name, file, line, column)
