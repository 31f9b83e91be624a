"""A Pulumi project as its files tell it: where the program is, and the config that a stack gives it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pulumi_ci.api.errors import CiError

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Pulumi's text for an unknown value, `pulumi.runtime.rpc.UNKNOWN`, without importing Pulumi into the command line."""


@dataclass(frozen=True)
class Project:
    """A Python program, and what Pulumi would tell it."""

    name: str
    stack: str
    root: str
    """Folder of Pulumi.yaml."""
    program: str
    """The file that is run."""
    python: str
    """The interpreter that runs it."""
    config: Mapping[str, str] = field(default_factory=dict)
    """By full key, such as `ci:region`; what is encrypted is UNKNOWN."""
    secrets: tuple[str, ...] = ()
    """Keys whose value is encrypted, or has a part that is."""


def project(path: Path, stack: str | None = None, settings: Iterable[str] = ()) -> Project:
    """The project at `path`: a folder in or below one, or a program file, which needs no project.

    `stack` is the name of a stack; left out, it is that of the only config file, or `dev`. `settings` are further
    config, each `key=value`. Raises CiError for what cannot be run.
    """
    path = path.absolute()
    if path.is_file() and path.suffix != ".py":
        raise CiError(f"{path} is neither a project folder nor a Python program")
    if not path.exists():
        raise CiError(f"there is no {path}; name a project folder or a program file")
    file = _above(path)
    if file is None and path.is_dir():
        raise CiError(f"there is no Pulumi.yaml in {path} or above; name a project folder or a program file")
    root = path.parent if file is None else file.parent
    declared = {} if file is None else _mapping(file)
    runtime = declared.get("runtime", "python")
    language, options = (runtime, {}) if isinstance(runtime, str) else (runtime.get("name"), runtime.get("options"))
    if language != "python":
        raise CiError(f"{file} has the runtime {language}; only Python programs can be validated")
    name, stack, found = _config(root, declared, stack, settings)
    return Project(
        name=name,
        stack=stack,
        root=str(root),
        program=str(path if path.is_file() else _program(root, declared.get("main"))),
        python=_python(root, (options or {}).get("virtualenv")),
        config=found,
        secrets=tuple(key for key, value in found.items() if UNKNOWN in value),
    )


def config_around(
    path: Path, stack: str | None = None, settings: Iterable[str] = (), *, required: bool = True
) -> tuple[str, Mapping[str, str]]:
    """The name of the project that a file belongs to, and the config that a stack gives it, as `project` tells them.

    A file in no project has the name of its folder, and the config in `settings` alone. Raises CiError, also for a
    stack without a file beside those that have one, when it is `required`.
    """
    file = _above(path.absolute().parent)
    root = path.absolute().parent if file is None else file.parent
    name, _, found = _config(root, {} if file is None else _mapping(file), stack, settings, required)
    return name, found


def _config(
    root: Path, declared: Mapping[str, Any], stack: str | None, settings: Iterable[str], required: bool = True
) -> tuple[str, str, dict[str, str]]:
    """The names of the project and the stack, and the config by full key."""
    name = str(declared.get("name") or root.name)
    values = {key: _declared(value) for key, value in (declared.get("config") or {}).items()}
    stack, of_stack = _stack(root / (declared.get("stackConfigDir") or ""), stack, required)
    values.update(of_stack)
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not key or not equals:
            raise CiError(f"{setting!r} sets no config; write key=value, such as ci:region=ap-beijing")
        values[_full(key, name)] = value
    return name, stack, {_full(key, name): _text(value) for key, value in values.items() if value is not None}


def _above(path: Path) -> Path | None:
    folders = [path, *path.parents]
    files = (folder / name for folder in folders for name in ("Pulumi.yaml", "Pulumi.yml"))
    return next((file for file in files if file.is_file()), None)


def _mapping(file: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CiError(f"{file} is no YAML: {error}") from error
    if not isinstance(content or {}, dict):
        raise CiError(f"{file} holds no mapping")
    return content or {}


def _stack(folder: Path, name: str | None, required: bool) -> tuple[str, dict[str, Any]]:
    """The name of the stack, and the config in its file."""
    files = sorted([*folder.glob("Pulumi.*.yaml"), *folder.glob("Pulumi.*.yml")])
    known = {file.stem.removeprefix("Pulumi."): file for file in files}
    if name is None:
        if len(known) > 1:
            raise CiError(f"{folder} has config of several stacks: choose one with --stack {'|'.join(known)}")
        name = next(iter(known), "dev")
    name = name.rpartition("/")[2]
    if required and known and name not in known:
        raise CiError(f"{folder} has no config of a stack {name}; there is that of {', '.join(known)}")
    config = (_mapping(known[name]).get("config") or {}) if name in known else {}
    if not isinstance(config, dict):
        raise CiError(f"the config in {known[name]} is no mapping")
    return name, config


def _declared(entry: Any) -> Any:
    """What Pulumi.yaml itself says of a key: a value, or a description with a value or a default."""
    return entry.get("value", entry.get("default")) if isinstance(entry, Mapping) else entry


def _full(key: str, name: str) -> str:
    return key if ":" in key else f"{name}:{key}"


def _text(value: Any) -> str:
    value = _sealed(value)
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _sealed(value: Any) -> Any:
    """The value with all that is encrypted made unknown."""
    if isinstance(value, Mapping):
        return UNKNOWN if set(value) == {"secure"} else {str(key): _sealed(item) for key, item in value.items()}
    return [_sealed(item) for item in value] if isinstance(value, list) else value


def _program(root: Path, main: str | None) -> Path:
    place = root / (main or "")
    file = place / "__main__.py" if place.is_dir() else place
    if not file.is_file():
        raise CiError(f"there is no program {file}" + (f": {main} is the `main` of Pulumi.yaml" if main else ""))
    return file


def _python(root: Path, virtualenv: str | None) -> str:
    """The interpreter of the project's virtual environment, where it names one; else the one that runs now."""
    if virtualenv is None:
        return sys.executable
    python = root / virtualenv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        raise CiError(f"there is no {python}, the Python that Pulumi.yaml names; `pulumi install` makes it")
    return str(python)
