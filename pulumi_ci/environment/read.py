"""Reads environment files: resources and variables in YAML, by the conventions of Pulumi YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError
from pathlib import Path as File
from typing import Any, get_args

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarbool import ScalarBoolean

from pulumi_ci.environment import yaml
from pulumi_ci.environment.environment import (
    CONFIG_KEYS,
    OPTIONS,
    Environment,
    Options,
    Resource,
    Setting,
    Type,
    from_text,
    kinds_by_type,
    outputs_of,
)
from pulumi_ci.environment.expression import NAME, PLACE, BadExpression, Reference, Variable, parse, parts
from pulumi_ci.environment.yaml import InvalidFile, Problem
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model import marks
from pulumi_ci.model.check import check, nearest
from pulumi_ci.model.path import Path, show
from pulumi_ci.model.unknown import UNKNOWN

_SECTIONS = ("config", "resources")
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


Ask = Callable[[str], tuple[Any, bool]]
"""Gives the value of a variable, or of a part of the place that the file uses (`ci.bucket`), and whether it is secret.
The value is UNKNOWN where only a run of the program knows it, and None where there is none."""


def read(path: File, values: Mapping[str, Any] | Ask | None = None) -> Environment:
    """The environment in a file. `values` are those of its variables, and `ci.region`, `ci.bucket` of its place.

    A mapping may leave variables out; who can be asked must know all. Raises InvalidFile with every problem.
    """
    return reads(contents(path), str(path), values)


def contents(path: File) -> str:
    """The text of a file. Raises InvalidFile when it cannot be read, or is no UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(str(path), [Problem(1, 1, f"is no UTF-8: byte {error.start + 1} is wrong")]) from None
    except OSError as error:
        raise InvalidFile(str(path), [Problem(1, 1, f"cannot be read: {error.strerror}")]) from None


def reads(text: str, name: str, values: Mapping[str, Any] | Ask | None = None) -> Environment:
    """The environment in a text; `name` stands before each problem."""
    return _Reader(yaml.parse(text, name), name, values or {}).environment()


class _Reader:
    """Reads one document and gathers its problems."""

    def __init__(self, document: CommentedMap, name: str, values: Mapping[str, Any] | Ask) -> None:
        self.document, self.name = document, name
        self.ask = None if isinstance(values, Mapping) else values
        self.values = dict(values) if isinstance(values, Mapping) else {}
        self.problems: list[Problem] = []

    def environment(self) -> Environment:
        for key in self.document:
            if key not in _SECTIONS:
                self.say((key,), f"{key!r} is no section of a file{nearest(key, _SECTIONS)}", key=True)
        config = {
            str(key): self.setting(str(key), value)
            for key, value in self.section("config")
            if self.named(("config",), key)
        }
        self.check_values(config)
        resources = {
            key: found
            for key, value in self.section("resources")
            if self.named(("resources",), key) and (found := self.resource(key, value)) is not None
        }
        if "resources" not in self.document:
            self.problems.append(Problem(1, 1, "has no `resources:`"))
        environment = Environment(resources, config, self.values)
        self.connect(environment)
        self.check_properties(environment)
        if self.problems:
            raise InvalidFile(self.name, self.problems)
        return environment

    def say(self, path: Path, reason: str, key: bool = False) -> None:
        self.problems.append(Problem(*yaml.position(self.document, path, key), reason))

    def section(self, name: str) -> Iterator[tuple[Any, Any]]:
        value = self.document.get(name)
        if value is None:
            return
        if not isinstance(value, CommentedMap):
            self.say((name,), f"{name} must be a mapping by name")
            return
        yield from value.items()

    def named(self, path: Path, name: Any) -> bool:
        if name == PLACE:
            reason = f"the name {PLACE!r} stands for the place of the environment; choose another one"
        elif not isinstance(name, str) or not re.fullmatch(NAME, name):
            reason = f"the name {name!r} must begin with a letter or _ and hold letters, digits, _ and -"
        else:
            return True
        self.say((*path, name), reason, key=True)
        return False

    # -- variables ----------------------------------------------------------------------------------------------

    def setting(self, name: str, value: Any) -> Setting:
        path = ("config", name)
        if isinstance(value, str) and value in get_args(Type):
            return Setting(str(value))  # type: ignore[arg-type]  # the short form: just the type
        if not isinstance(value, CommentedMap):
            self.say(path, f"{name} must be a type ({', '.join(get_args(Type))}), or a mapping with type and default")
            return Setting()
        for key in value:
            if key not in ("type", "default", "secret"):
                hint = nearest(key, ("type", "default", "secret"))
                self.say((*path, key), f"{key!r} is nothing a variable has{hint}", key=True)
        type = _plain(value.get("type", "string"))
        default, secret = _plain(value.get("default")), _plain(value.get("secret", False))
        if type not in get_args(Type):
            self.say((*path, "type"), f"{type!r} is none of {', '.join(get_args(Type))}{nearest(type, get_args(Type))}")
            return Setting()
        if default is not None and not _is(type, default):
            self.say((*path, "default"), f"{default!r} is no {type}")
        if not isinstance(secret, bool):
            self.say((*path, "secret"), f"{secret!r} is neither true nor false")
        return Setting(type, default, secret is True)

    def check_values(self, config: dict[str, Setting]) -> None:
        """Brings the given values into the types of their variables: a command line knows texts only."""
        for name, setting in config.items():
            given, secret = (self.values.get(name), False) if self.ask is None else self.ask(name)
            if secret:
                config[name] = setting = replace(setting, secret=True)
            value = given if given is UNKNOWN or given is None else _as(setting.type, given)
            if given is not None and value is None:
                shown = "the secret value given" if setting.secret else repr(given)
                self.say(("config", name), f"{shown} is no {setting.type}", key=True)
            elif value is None and setting.default is None and self.ask is not None:
                command = f"pulumi config set{' --secret' if setting.secret else ''} {name} ..."
                self.say(("config", name), f"{name} has no value; `{command}` sets one", key=True)
            if value is not None:
                self.values[name] = value

    # -- resources ----------------------------------------------------------------------------------------------

    def resource(self, name: str, value: Any) -> Resource | None:
        path: Path = ("resources", name)
        if not isinstance(value, CommentedMap):
            self.say(path, f"{name} must be a mapping with type and properties")
            return None
        for key in value:
            if key not in (known := ("type", "properties", "options")):
                self.say((*path, key), f"{key!r} is nothing a resource has{nearest(key, known)}", key=True)
        options = self.options((*path, "options"), value.get("options"))
        properties = self.properties((*path, "properties"), value.get("properties"))
        type = value.get("type")
        kind = kinds_by_type().get(str(type))
        if kind is None:
            if type is None:
                self.say(path, f"{name} has no type")
            else:
                self.say((*path, "type"), f"there is no type {type!r}{nearest(type, kinds_by_type())}")
            return None
        return Resource(name, kind, properties, options)

    def options(self, path: Path, value: Any) -> Options:
        if value is None:
            return Options()
        if not isinstance(value, CommentedMap):
            self.say(path, f"options must be a mapping of {', '.join(OPTIONS)}")
            return Options()
        found: dict[str, Any] = {}
        for key, item in ((key, _plain(item)) for key, item in value.items()):
            if key not in OPTIONS:
                self.say((*path, key), f"{key!r} is no option of a resource{nearest(key, OPTIONS)}", key=True)
            elif key == "dependsOn":
                found["depends_on"] = tuple(self.depended((*path, key), item))
            elif isinstance(item, bool):
                found[OPTIONS[key]] = item
            else:
                self.say((*path, key), f"{key} must be true or false")
        return Options(**found)

    def depended(self, path: Path, value: Any) -> Iterator[str]:
        if not isinstance(value, CommentedSeq):
            self.say(path, "dependsOn must be a list such as [${thumbs}]")
            return
        for index, item in enumerate(value):
            named = re.fullmatch(rf"\$\{{({NAME})\}}", str(item))
            if named is None:
                self.say((*path, index), f"{item!r} names no resource; write ${{thumbs}}")
            elif named[1] not in self.names:
                self.say((*path, index), f"there is no resource {named[1]!r}{nearest(named[1], self.names)}")
            else:
                yield named[1]

    @property
    def names(self) -> list[str]:
        value = self.document.get("resources")
        return [str(name) for name in value] if isinstance(value, CommentedMap) else []

    def properties(self, path: Path, value: Any) -> Values:
        if value is None:
            return {}
        if not isinstance(value, CommentedMap):
            self.say(path, "properties must be a mapping")
            return {}
        found = self.value(path, value)
        assert isinstance(found, dict)
        return found

    def value(self, path: Path, value: Any) -> Any:
        if isinstance(value, CommentedMap):
            for key in value:
                if not isinstance(key, str):
                    self.say((*path, key), f"the key {key!r} is no text; put it into quotes", key=True)
            return {str(key): self.value((*path, key), item) for key, item in value.items() if isinstance(key, str)}
        if isinstance(value, CommentedSeq):
            return [self.value((*path, index), item) for index, item in enumerate(value)]
        if isinstance(value, str):
            try:
                return parse(str(value))
            except BadExpression as error:
                self.say(path, str(error))
                return UNKNOWN
        return _plain(value)

    # -- what belongs together ----------------------------------------------------------------------------------

    def connect(self, environment: Environment) -> None:
        """Looks for dangling references, unknown variables and cycles."""
        for name, resource in environment.resources.items():
            for path, part in _placed(resource.properties, ("resources", name, "properties")):
                if isinstance(part, Variable):
                    self.variable(path, part, environment)
                else:
                    self.reference(path, part, environment)
        try:
            environment.order()
        except CycleError as error:
            names = error.args[1]
            self.say(("resources", names[0]), f"depends on itself: {' -> '.join(reversed(names))}")

    def variable(self, path: Path, part: Variable, environment: Environment) -> None:
        if part.name in CONFIG_KEYS:
            self.place(path, part)
            return
        if part.name in environment.config:
            return
        hint = nearest(part.name, [*environment.config, *environment.resources, *CONFIG_KEYS])
        if part.name in environment.resources:
            hint = f"; it is a resource, of which an output is meant: ${{{part.name}.{_id_of(environment, part.name)}}}"
        self.say(path, f"there is no variable {part.name!r}{hint or f'; the text itself is written ${part}'}")

    def place(self, path: Path, part: Variable) -> None:
        """Asks for a part of the place; each use of one that is not known is told."""
        if self.ask is not None and part.name not in self.values:
            value, _ = self.ask(part.name)
            if value is None:
                self.say(path, f"{part} is not known; `pulumi config set {CONFIG_KEYS[part.name]} ...` sets it")
            else:
                self.values[part.name] = value

    def reference(self, path: Path, part: Reference, environment: Environment) -> None:
        target = environment.resources.get(part.resource)
        if target is None:
            if part.resource not in self.names:
                self.say(path, f"there is no resource {part.resource!r}{nearest(part.resource, self.names)}")
            return
        outputs = outputs_of(target.kind)
        if part.output not in outputs:
            self.say(path, f"{part.resource} has no output {part.output!r}{nearest(part.output, outputs)}")

    def check_properties(self, environment: Environment) -> None:
        hidden = {name: UNKNOWN for name in environment.values if (s := environment.config.get(name)) and s.secret}
        shown = replace(environment, values={**environment.values, **hidden})  # a reason would print what is secret
        for name, resource in environment.resources.items():
            auto = tuple(field.name for field in resource.kind.inputs().values() if field.has(marks.AutoName))
            for failure in check(resource.kind, shown.known(resource), ignored=auto)[1]:
                self.say(
                    ("resources", name, "properties", *failure.path), f"{name}.{show(failure.path)}: {failure.reason}"
                )


def _id_of(environment: Environment, name: str) -> str:
    return outputs_of(environment.resources[name].kind)[0]


def _placed(value: Any, path: Path) -> Iterator[tuple[Path, Reference | Variable]]:
    if isinstance(value, (Mapping, list)):
        for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _placed(item, (*path, step))
    else:
        yield from ((path, part) for part in parts(value))


def _plain(value: Any) -> Any:
    """The value without what the reader of YAML adds to it."""
    if isinstance(value, ScalarBoolean):
        return bool(value)
    for plain in (bool, int, float, str):
        if isinstance(value, plain):
            return plain(value)
    return value


def _is(type: str, value: Any) -> bool:
    return isinstance(value, _TYPES[type]) and (type == "boolean" or not isinstance(value, bool))


def _as(type: Type, value: Any) -> Any:
    """The value as the type wants it, from a text where need be; None when it does not fit."""
    if _is(type, value):
        return _plain(value)
    if not isinstance(value, str):
        return str(value) if type == "string" and isinstance(value, (int, float)) else None
    return from_text(type, value)
