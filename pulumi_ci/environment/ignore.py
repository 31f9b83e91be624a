"""Rules that say which drift is meant to be: read from a file, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, Literal, get_args

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from pulumi_ci.api.errors import CiError
from pulumi_ci.environment import yaml
from pulumi_ci.environment.yaml import InvalidFile, Problem
from pulumi_ci.model.check import nearest
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.path import Path

What = Literal["changed", "missing", "unmanaged"]
"""What can be found of an object."""
DEFAULT_FILE = ".pulumi-ci-ignore.yaml"
"""The file in the current folder that is used without being named."""
_KEYS = ("kind", "name", "path", "what", "reason")


@dataclass(frozen=True)
class Rule:
    """Findings to leave out: all that match each pattern given. In patterns `*` stands for any text, `?` for one
    character.
    """

    reason: str
    line: int
    kind: str | None = None
    name: str | None = None
    """Of the logical name, the name or the id of an object."""
    path: str | None = None
    """Of the printed path of a property; what has none, such as a missing object, never matches."""
    what: What | None = None

    def matches(self, what: What, kind: type[Kind], names: Collection[str], path: str | None = None) -> bool:
        """Whether a finding is left out."""
        return (
            self.what in (None, what)
            and _fits(self.kind, _kind_names(kind))
            and _fits(self.name, names)
            and _fits(self.path, () if path is None else (path,))
        )


def read(path: File) -> tuple[Rule, ...]:
    """The rules in a file. Raises InvalidFile with the place of every mistake, CiError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CiError(f"{path} is no text in UTF-8: {error.reason} at byte {error.start}") from None
    except OSError as error:
        raise CiError(f"{path} cannot be read: {error.strerror}") from None
    return parse(text, str(path))


def parse(text: str, name: str) -> tuple[Rule, ...]:
    """The rules in a text, a mapping with the list `ignore`; `name` stands before each problem."""
    document = yaml.parse(text, name, "ignore")
    problems: list[Problem] = []

    def say(path: Path, reason: str) -> None:
        problems.append(Problem(*yaml.position(document, path), reason))

    for key in document:
        if key != "ignore":
            say((key,), f"{key!r} is no section of a file of rules; it has `ignore:` alone")
    items = document.get("ignore")
    if not isinstance(items, CommentedSeq):
        say(("ignore",), "ignore must be a list of rules, such as `- {name: thumbs, reason: why it is meant to be}`")
        items = ()
    rules = []
    for index, item in enumerate(items):
        wrong = list(_mistakes(item))
        for key, reason in wrong:
            say(("ignore", index, *((key,) if key else ())), reason)
        if not wrong:
            line, _ = yaml.position(document, ("ignore", index))
            rules.append(Rule(line=line, **{key: str(value) for key, value in item.items()}))  # type: ignore[arg-type]
    if problems:
        raise InvalidFile(name, problems)
    return tuple(rules)


def _mistakes(item: Any) -> list[tuple[str, str]]:
    """What is wrong with a rule: the key ("" = the rule itself) and why."""
    if not isinstance(item, CommentedMap):
        return [("", f"a rule is a mapping of {', '.join(_KEYS)}")]
    found = [(key, f"{key!r} is nothing a rule has{nearest(key, _KEYS)}") for key in item if key not in _KEYS]
    for key in _KEYS:
        if key in item and (not isinstance(item[key], str) or not item[key].strip()):
            found.append((key, f"{key} must be a text that is not empty"))
    if "reason" not in item:
        found.append(("", "the rule has no reason; say why this is meant to be"))
    if not {"kind", "name", "path"} & set(item):
        found.append(("", "the rule would leave out everything; give at least one of kind, name and path"))
    what = item.get("what")
    if what is not None and what not in get_args(What):
        found.append(("what", f"what is {what!r}; allowed are {', '.join(get_args(What))}"))
    elif what in ("missing", "unmanaged") and "path" in item:
        found.append(("path", f"what is {what} has no path"))
    kind = item.get("kind")
    known = [name for each in kinds().values() for name in _kind_names(each)]
    if isinstance(kind, str) and kind.strip() and not any(_fits(kind, (name,)) for name in known):
        found.append(("kind", f"no kind is called {kind!r}{nearest(kind, known)}"))
    return found


def _kind_names(kind: type[Kind]) -> tuple[str, str]:
    return kind.__name__, f"{kind.module}:{kind.__name__}"


def _fits(pattern: str | None, texts: Collection[str]) -> bool:
    if pattern is None:
        return True
    parts = ({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    matcher = re.compile("".join(parts), re.DOTALL)
    return any(matcher.fullmatch(text) for text in texts)
