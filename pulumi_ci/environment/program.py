"""An environment as the Python program that declares it."""

from __future__ import annotations

import builtins
import keyword
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pulumi_ci.environment.environment import CONFIG_KEYS, Environment, Options, Resource, Setting
from pulumi_ci.environment.expression import PLACE, Reference, Text, Variable, parts
from pulumi_ci.model.api import JsonCollection
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.python import Group, Source, escaped, literal, quote_for, string
from pulumi_ci.model.shape import Leaf

_WIDTH = 88
"""Where a line is broken: what formatters assume when nobody tells them."""
_READERS = {"string": "", "integer": "_int", "number": "_float", "boolean": "_bool"}
_RESERVED = {"pulumi", "ci", "config", "place"}
_LOWER = ".apply(lambda flag: str(flag).lower())"


def program(environment: Environment) -> str:
    """A Python program that declares the environment's resources, each after those that it depends on.

    Variables come from the stack's config, as they do for `load` of the same environment as a file. The text is
    formatted as the usual formatters do, and always the same for the same environment.
    """
    return _Program(environment).text()


class _Program:
    """Gives everything a name of Python, then writes it down."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        found = parts([resource.properties for resource in environment.resources.values()])
        used = {part.name for part in found if isinstance(part, Variable)}
        self.place = [name for name in CONFIG_KEYS if name in used]
        wanted = [
            *((name, name.partition(".")[2]) for name in self.place),
            *((name, name) for name in environment.config),
        ]
        names = list(_identifiers([*(word for _, word in wanted), *environment.resources]))
        self.variables = dict(zip((name for name, _ in wanted), names, strict=False))
        self.resources = dict(zip(environment.resources, names[len(wanted) :], strict=True))

    def text(self) -> str:
        """The program."""
        sections = [*self.settings()]
        sections += [self.resource(resource) for resource in self.environment.order()]
        body = "\n\n".join(sections)
        imports = ["import pulumi"] if re.search(r"\bpulumi\.", body) else []
        imports += ["import pulumi_ci as ci"] if self.environment.resources else []
        return "\n".join(imports) + f"\n\n{body}\n" if sections else ""

    def settings(self) -> Iterator[str]:
        """Where the values of variables come from."""
        if self.place:
            lines = [f'place = pulumi.Config("{PLACE}")']
            for name in self.place:
                reader = "require" + _READERS[self.setting_of(Variable(name)).type]
                key = CONFIG_KEYS[name].partition(":")[2]
                lines.append(f'{self.variables[name]} = place.{reader}("{key}")')
            yield "\n".join(lines)
        if self.environment.config:
            lines = ["config = pulumi.Config()"]
            lines += [self.setting(name, setting) for name, setting in self.environment.config.items()]
            yield "\n".join(lines)

    def setting(self, name: str, setting: Setting) -> str:
        """How one variable is read."""
        reader = "get" if setting.default is not None else "require"
        reader += ("_secret" if setting.secret else "") + _READERS[setting.type]
        default = () if setting.default is None else (("", literal(setting.default)),)
        call = Group(f"config.{reader}(", (("", string(name)), *default), ")")
        return call.lines(_WIDTH, f"{self.variables[name]} = ")

    def resource(self, resource: Resource) -> str:
        """The declaration of one resource, its remarks before it."""
        remarks = [f"{path}: {note}" if path else note for path, note in sorted(resource.notes.items())]
        lines = [line for remark in remarks for line in textwrap.wrap(remark, _WIDTH - 2)]
        home = "" if resource.kind.module == "ci" else f"{resource.kind.module}."
        items: list[tuple[str, Source]] = [("", string(resource.name))]
        items += [(f"{key}=", self.value(value)) for key, value in resource.properties.items()]
        if options := self.options(resource.options):
            items.append(("opts=", options))
        call = Group(f"ci.{home}{resource.kind.__name__}(", tuple(items), ")")
        return "\n".join([*(f"# {line}" for line in lines), call.lines(_WIDTH, f"{self.resources[resource.name]} = ")])

    def options(self, options: Options) -> Group | None:
        """The options as Pulumi's, or None when there are none."""
        given: list[tuple[str, Source]] = []
        if options.depends_on:
            names = tuple(("", self.resources[name]) for name in options.depends_on)
            given.append(("depends_on=", Group("[", names, "]")))
        flags = ("protect", "retain_on_delete", "delete_before_replace")
        given += [(f"{flag}=", "True") for flag in flags if getattr(options, flag)]
        return Group("pulumi.ResourceOptions(", tuple(given), ")") if given else None

    # -- values -------------------------------------------------------------------------------------------------

    def value(self, value: Any) -> Source:
        """A value with names in the place of its expressions."""
        if isinstance(value, (Reference, Variable)):
            return self.name(value)
        if isinstance(value, Text):
            return self.joined(value)
        if isinstance(value, Mapping):
            return Group("{", tuple((f"{string(key)}: ", self.value(item)) for key, item in value.items()), "}")
        if isinstance(value, (list, tuple)):
            return Group("[", tuple(("", self.value(item)) for item in value), "]")
        return literal(value)

    def name(self, part: Reference | Variable) -> str:
        """What the program calls it."""
        if isinstance(part, Reference):
            return f"{self.resources[part.resource]}.{part.output}"
        return self.variables[part.name]

    def joined(self, text: Text) -> Source:
        """A text of several parts: an f-string, or an output when one of its parts is."""
        if not any(self.is_output(part) for part in text.parts if not isinstance(part, str)):
            return self.formatted(text)
        items = ((string(part) if isinstance(part, str) else self.as_text(part)) for part in text.parts)
        return Group("pulumi.Output.concat(", tuple(("", item) for item in items), ")")

    def formatted(self, text: Text) -> str:
        """An f-string."""
        plain = "".join(part for part in text.parts if isinstance(part, str))
        quote = quote_for(plain)
        inside = [
            escaped(part, quote).replace("{", "{{").replace("}", "}}")
            if isinstance(part, str)
            else f"{{{self.as_text(part) if self.is_flag(part) else self.name(part)}}}"
            for part in text.parts
        ]
        return f"f{quote}{''.join(inside)}{quote}"

    def is_output(self, part: Reference | Variable) -> bool:
        """Whether only a run knows it, or it is secret."""
        return isinstance(part, Reference) or self.setting_of(part).secret

    def is_flag(self, part: Reference | Variable) -> bool:
        """Whether it is true or false."""
        if isinstance(part, Variable):
            return self.setting_of(part).type == "boolean"
        return _types(self.environment.resources[part.resource].kind, part.output) == {bool}

    def as_text(self, part: Reference | Variable) -> str:
        """Its text, which is what goes into a longer one."""
        name = self.name(part)
        if self.is_output(part):
            return name if self.is_text(part) else f"{name}{_LOWER}" if self.is_flag(part) else f"{name}.apply(str)"
        return name if self.is_text(part) else f"str({name}).lower()" if self.is_flag(part) else f"str({name})"

    def is_text(self, part: Reference | Variable) -> bool:
        """Whether it is a text already."""
        if isinstance(part, Variable):
            return self.setting_of(part).type == "string"
        return _types(self.environment.resources[part.resource].kind, part.output) == {str}

    def setting_of(self, variable: Variable) -> Setting:
        """The declaration of a variable."""
        if variable.name == f"{PLACE}.sub_app_id":
            return Setting("integer")
        return self.environment.config.get(variable.name, Setting())


def _types(kind: type[Kind], output: str) -> set[type]:
    """The types that an output may have; empty when it is no plain value."""
    if output == "id" or (output == getattr(kind.api, "id_field", "") and not isinstance(kind.api, JsonCollection)):
        return {str}
    field = kind.fields().get(output)
    if field is None or not isinstance(field.shape, Leaf):
        return set()
    return {*field.shape.types, *map(type, field.shape.choices)}


def _identifiers(names: Iterable[str]) -> Iterator[str]:
    """An identifier for each name, all different, none of which hides a word of Python or of the program."""
    taken = {*_RESERVED, *dir(builtins), *keyword.kwlist, *keyword.softkwlist}
    for name in names:
        stem = unicodedata.normalize("NFKC", re.sub(r"\W", "_", name))
        stem = stem if stem.isidentifier() else f"_{stem}"
        found, number = stem, 1
        while found in taken:
            number += 1
            found = f"{stem}_{number}"
        taken.add(found)
        yield found
