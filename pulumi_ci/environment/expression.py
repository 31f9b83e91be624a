"""What an environment file writes as `${...}`: references to other resources, and variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PLACE = "ci"
"""`${ci.region}`, `${ci.bucket}` and `${ci.sub_app_id}` are where the environment lives; no resource is called so."""

NAME = r"[^\W\d][\w-]*"
"""What a resource or a variable may be called."""

_MARKED = re.compile(r"\$(\$\{)|\$\{([^{}]*)\}")
_INSIDE = re.compile(rf"\s*({NAME})(?:\.({NAME}))?\s*")


@dataclass(frozen=True)
class Reference:
    """An output of another resource of the environment: `${thumbs.template_id}`."""

    resource: str
    output: str

    def __str__(self) -> str:
        return f"${{{self.resource}.{self.output}}}"


@dataclass(frozen=True)
class Variable:
    """A value that each environment has its own of: `${callback_url}`, or `${ci.bucket}` of the place."""

    name: str

    def __str__(self) -> str:
        return f"${{{self.name}}}"


@dataclass(frozen=True)
class Text:
    """A text with references and variables in between."""

    parts: tuple[str | Reference | Variable, ...]

    def __str__(self) -> str:
        return "".join(_escaped(part) if isinstance(part, str) else str(part) for part in self.parts)


Expression = Reference | Variable | Text


class BadExpression(ValueError):
    """What stands between `${` and `}` is no reference and no variable."""


def parse(text: str) -> str | Expression:
    """The meaning of a text of an environment file. Raises BadExpression; `$${` stands for `${` itself."""
    parts: list[str | Reference | Variable] = []
    rest = 0
    for found in _MARKED.finditer(text):
        parts += [text[rest : found.start()], "${" if found[1] else _inside(found[2])]
        rest = found.end()
    parts.append(text[rest:])
    if any("${" in str(part) for part in parts[::2]):
        raise BadExpression("holds ${ without a closing }; write $${ for the characters themselves")
    return text_of(parts)


def text_of(parts: list[str | Reference | Variable]) -> str | Expression:
    """The simplest thing that these parts are: a text, one expression, or a text with expressions in it."""
    joined: list[str | Reference | Variable] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    if not joined:
        return ""
    return joined[0] if len(joined) == 1 else Text(tuple(joined))


def plain_text(value: Any) -> str:
    """A plain value as a part of a text: a flag as YAML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _inside(text: str) -> Reference | Variable:
    found = _INSIDE.fullmatch(text)
    if found is None:
        raise BadExpression(
            f"${{{text}}} is neither ${{resource.output}} nor ${{variable}}; a wildcard of the service itself is "
            f"written $${{{text}}}"
        )
    if found[2] is None:
        return Variable(found[1])
    return Variable(f"{PLACE}.{found[2]}") if found[1] == PLACE else Reference(found[1], found[2])


def _escaped(text: str) -> str:
    return text.replace("${", "$${")


def render(value: Any) -> Any:
    """A value as an environment file writes it: expressions as texts, `${` escaped in plain ones."""
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, Mapping):
        return {key: render(item) for key, item in value.items()}
    return [render(item) for item in value] if isinstance(value, (list, tuple)) else value


def parts(value: Any) -> Iterator[Reference | Variable]:
    """Every reference and variable anywhere in a value."""
    if isinstance(value, (Reference, Variable)):
        yield value
    elif isinstance(value, Text):
        yield from (part for part in value.parts if not isinstance(part, str))
    elif isinstance(value, (Mapping, list, tuple)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from parts(item)


def resolve(value: Any, known: Callable[[Reference | Variable], Any], join: Callable[[list[Any]], Any]) -> Any:
    """The value with everything `known` in the place of its expressions; `join` makes one text of several parts."""
    if isinstance(value, (Reference, Variable)):
        return known(value)
    if isinstance(value, Text):
        return join([part if isinstance(part, str) else known(part) for part in value.parts])
    if isinstance(value, Mapping):
        return {key: resolve(item, known, join) for key, item in value.items()}
    return [resolve(item, known, join) for item in value] if isinstance(value, (list, tuple)) else value
