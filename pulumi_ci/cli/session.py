"""What the commands that work on live objects share: one session, made of options, environment and a stack's config."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pulumi_ci.api.settings import settings
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.provider.project import UNKNOWN as SEALED
from pulumi_ci.provider.project import config_around
from pulumi_ci.provider.session import session as shared

_CREDENTIALS = ("ci:secretId", "ci:secretKey", "ci:securityToken")


def session(
    stack_config: Mapping[str, str] | None = None,
    endpoint: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Session:
    """The session of a command.

    `endpoint` wins over PULUMI_CI_ENDPOINT, and the environment over `stack_config`, which maps full keys such as
    `ci:endpoint` to their values. Raises CiError for a setting that makes no sense.
    """
    given = {**environ, "PULUMI_CI_ENDPOINT": endpoint} if endpoint else environ
    return shared(settings((stack_config or {}).get, given))


def stack_config(stack: str, folder: Path) -> dict[str, str]:
    """The plain values of namespace `ci` that a stack's config sets for the project in a folder, by full key.

    What is encrypted is left out, and of keys that belong together all of them. Raises CiError for a broken file.
    """
    _, config = config_around(folder / "Pulumi.yaml", stack, required=False)
    mine = {key: value for key, value in config.items() if key.startswith("ci:")}
    sealed = {key for key, value in mine.items() if SEALED in value}
    left_out = {*sealed, *(_CREDENTIALS if sealed & {*_CREDENTIALS} else ())}
    return {key: value for key, value in mine.items() if key not in left_out}
