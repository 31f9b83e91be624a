"""Declares the resources of an environment file in a Pulumi program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path as File
from typing import Any

import pulumi
from pulumi.runtime import get_config, is_config_secret
from pulumi.runtime.rpc import UNKNOWN as SEALED

from pulumi_ci.api.errors import CiError
from pulumi_ci.environment.environment import CONFIG_KEYS, Environment, Options
from pulumi_ci.environment.expression import PLACE, Reference, Variable, plain_text, resolve
from pulumi_ci.environment.read import read
from pulumi_ci.model.check import nearest
from pulumi_ci.model.unknown import UNKNOWN
from pulumi_ci.provider.instance import Provider, provider_of
from pulumi_ci.provider.resources import CiResource, resource_class


def load(
    path: str | File, config: Mapping[str, pulumi.Input[Any]] | None = None, opts: pulumi.ResourceOptions | None = None
) -> Mapping[str, CiResource]:
    """Declares the resources of an environment file and returns them by name, in the order of the file.

    `path` is that of any file that a program opens: relative to the folder in which Pulumi runs it.

    Each variable of the file takes its value from `config`, else from the project's config of the stack
    (`pulumi config set callback_url ...`), else from its default. What the file or the stack calls secret stays a
    secret. `${ci.region}`, `${ci.bucket}` and `${ci.sub_app_id}` come from `config` (under `ci.region`, ...), else from
    the `Provider` that `opts` names, else from the stack's `ci:region`, `ci:bucket` and `ci:subAppId`.

    References become outputs of the resources they name. `opts` holds for every resource, beside its own options.

    Raises InvalidFile with every problem of the file, each with line and column, before the first resource is
    registered; and CiError for a `config` that names no variable of the file.
    """
    values = _Values(config or {}, opts)
    environment = read(File(path), values.ask)
    values.refuse_unused(environment, str(path))
    return declare(environment, lambda part: values.of(part, environment), opts)


def declare(
    environment: Environment, value: Callable[[Variable], Any], opts: pulumi.ResourceOptions | None = None
) -> Mapping[str, CiResource]:
    """Declares the resources of an environment and returns them by name, in its order; `value` knows the variables."""
    made: dict[str, CiResource] = {}

    def known(part: Reference | Variable) -> Any:
        return getattr(made[part.resource], part.output) if isinstance(part, Reference) else value(part)

    for resource in environment.order():
        properties = resolve(resource.properties, known, _join)
        options = pulumi.ResourceOptions.merge(opts, _options(resource.options, made))
        made[resource.name] = resource_class(resource.kind)(resource.name, options, **properties)
    return {name: made[name] for name in environment.resources}


class _Values:
    """The values of variables, where a program finds them."""

    def __init__(self, given: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}
        self.stack = pulumi.Config()
        provider = provider_of(opts)
        place = provider.place if isinstance(provider, Provider) else {}
        self.place = {f"{PLACE}.{part}": value for part, value in place.items()}
        self.outputs: dict[str, pulumi.Output[Any]] = {}
        """What only a run knows."""

    def ask(self, name: str) -> tuple[Any, bool]:
        """The value as `read` wants it, and whether the stack keeps it as a secret."""
        value = self.given.get(name, self.place.get(name))
        if isinstance(value, pulumi.Output):
            self.outputs[name] = value
            return UNKNOWN, False
        if value is not None:
            return value, False
        project, _, key = CONFIG_KEYS.get(name, self.stack.full_key(name)).partition(":")
        value = get_config(f"{project}:{key}")
        if value == SEALED:
            self.outputs[name] = pulumi.Config(project).require_secret(key)
            return UNKNOWN, True
        return value, is_config_secret(f"{project}:{key}")

    def of(self, part: Variable, environment: Environment) -> Any:
        """The value as a property takes it."""
        value = self.outputs.get(part.name)
        value = environment.value(part) if value is None else value
        setting = environment.config.get(part.name)
        return pulumi.Output.secret(value) if setting is not None and setting.secret else value

    def refuse_unused(self, environment: Environment, path: str) -> None:
        """Raises CiError for given values that no variable takes."""
        names = [*environment.config, *CONFIG_KEYS]
        for name in self.given:
            if name not in names:
                raise CiError(f"{path} declares no variable {name!r}{nearest(name, names)}")


def _options(options: Options, made: Mapping[str, CiResource]) -> pulumi.ResourceOptions:
    """Options of the file as those of Pulumi; what is left out stays as `opts` or the resource class has it."""
    return pulumi.ResourceOptions(
        depends_on=[made[name] for name in options.depends_on] or None,
        protect=options.protect or None,
        retain_on_delete=options.retain_on_delete or None,
        delete_before_replace=options.delete_before_replace or None,
    )


def _join(items: list[Any]) -> Any:
    """One text of several parts, an output when one of them is."""
    if not any(isinstance(item, pulumi.Output) for item in items):
        return "".join(map(plain_text, items))
    return pulumi.Output.all(*items).apply(lambda known: "".join(map(plain_text, known)))
