"""An environment as a value: named resources that refer to each other, and the variables they depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

from pulumi_ci.api.call import Place
from pulumi_ci.environment.expression import PLACE, Reference, Variable, parts, plain_text, resolve
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.order import comes_after
from pulumi_ci.model.unknown import UNKNOWN

Type = Literal["string", "integer", "number", "boolean"]
OPTIONS = {
    "dependsOn": "depends_on",
    "protect": "protect",
    "retainOnDelete": "retain_on_delete",
    "deleteBeforeReplace": "delete_before_replace",
}
"""The options of a resource: as a file writes them, and as `Options` calls them."""


@dataclass(frozen=True)
class Setting:
    """A declared variable; without a default every environment must give it a value."""

    type: Type = "string"
    default: str | int | float | bool | None = None
    secret: bool = False


@dataclass(frozen=True)
class Options:
    """What Pulumi is told about a resource besides its properties."""

    depends_on: tuple[str, ...] = ()
    protect: bool = False
    retain_on_delete: bool = False
    delete_before_replace: bool = False


PARTS = ("region", "bucket", "sub_app_id")
"""The parts of a place, which `${ci.region}` and the like stand for."""
CONFIG_KEYS = {f"{PLACE}.region": "ci:region", f"{PLACE}.bucket": "ci:bucket", f"{PLACE}.sub_app_id": "ci:subAppId"}
"""Where a stack's config holds the parts of its place."""
PLAIN = Options()
"""Nothing but the properties."""


@dataclass(frozen=True)
class Resource:
    """One resource: what is wanted, with expressions at the leaves, and which live object it is, if one is known."""

    name: str
    kind: type[Kind]
    properties: Values
    options: Options = PLAIN
    id: str | None = None
    """Pulumi's id of the live object that it was read from."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Remarks by the printed path of a property; "" is the resource as a whole."""

    def depends_on(self) -> frozenset[str]:
        """The names of the resources that must exist before."""
        found = {part.resource for part in parts(self.properties) if isinstance(part, Reference)}
        return frozenset(found | set(self.options.depends_on))


@dataclass(frozen=True)
class Environment:
    """Resources by name, the variables they use, and the values of those that are known."""

    resources: Mapping[str, Resource]
    config: Mapping[str, Setting] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """By variable, those of the place included (`ci.region`, `ci.bucket`, `ci.sub_app_id`)."""
    secrets: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Values of secret variables where a state holds them in clear; never written, printed or compared."""
    live: bool = False
    """Whether it was read from the API, which does not know what only this provider acts on, such as `on_delete`."""

    @property
    def place(self) -> Place:
        """Where resources live that say nothing else; its parts may be empty."""
        return Place(**{part: str(self.values.get(f"{PLACE}.{part}") or "") for part in PARTS})

    def value(self, variable: Variable) -> Any:
        """The value of a variable, its default when it was given none; None when it has neither."""
        setting = self.config.get(variable.name)
        given = self.values.get(variable.name)
        if variable.name == f"{PLACE}.sub_app_id" and isinstance(given, str) and given.isdecimal():
            return int(given)  # a stack's config and an id hold texts only
        if setting is not None and isinstance(given, str) and setting.type != "string":
            known = from_text(setting.type, given)  # so does a command line
            return given if known is None else known
        return setting.default if given is None and setting is not None else given

    def known(self, resource: Resource, outputs: Mapping[Reference, Any] | None = None) -> Values:
        """The properties with values in the place of expressions; UNKNOWN where none is known."""
        found = {} if outputs is None else outputs

        def value(part: Reference | Variable) -> Any:
            known = found.get(part) if isinstance(part, Reference) else self.value(part)
            return UNKNOWN if known is None else known

        def join(texts: list[Any]) -> Any:
            return UNKNOWN if any(text is UNKNOWN for text in texts) else "".join(map(plain_text, texts))

        resolved: Values = resolve(resource.properties, value, join)
        return resolved

    def order(self) -> list[Resource]:
        """The resources, each after those that it depends on, and after the binding and services that it needs, unless
        these depend on it. Raises graphlib.CycleError.
        """
        told = {name: depends(resource) for name, resource in self.resources.items()}
        needed = {name: [*before, *self._needed(self.resources[name])] for name, before in told.items()}
        try:
            names = list(TopologicalSorter(needed).static_order())
        except CycleError:
            names = list(TopologicalSorter(told).static_order())
        return [self.resources[name] for name in names if name in self.resources]

    def _needed(self, resource: Resource) -> list[str]:
        """The binding and services that a resource needs in its bucket."""
        return [
            other.name
            for other in self.resources.values()
            if comes_after(resource.kind, other.kind)
            and all(other.properties.get(part) == resource.properties.get(part) for part in resource.kind.scope)
        ]


def from_text(type: Type, text: str) -> Any:
    """The value of that type that a text stands for; None when it stands for none."""
    if type == "boolean":
        return {"true": True, "false": False}.get(text.lower())
    try:
        return {"string": str, "integer": int, "number": float}[type](text)
    except ValueError:
        return None


def depends(resource: Resource) -> list[str]:
    """What a resource depends on, in a fixed order."""
    return sorted(resource.depends_on())


def type_name(kind: type[Kind]) -> str:
    """The type of a resource as a file writes it: `ci:SnapshotTemplate`."""
    return f"{kind.module}:{kind.__name__}"


def kinds_by_type() -> Mapping[str, type[Kind]]:
    """Every kind by its type in a file."""
    return {type_name(kind): kind for kind in kinds().values()}


def outputs_of(kind: type[Kind]) -> list[str]:
    """What `${resource.output}` may name: the id of the server, outputs and inputs."""
    own = getattr(kind.api, "id_field", None)
    return list(dict.fromkeys([*([own] if own else []), *kind.outputs(), *kind.inputs(), "id"]))
