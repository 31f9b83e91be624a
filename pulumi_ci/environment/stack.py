"""The recorded state of a stack: our resources in what `pulumi stack export` prints, with secrets kept apart."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

from pulumi_ci.api.errors import CiError
from pulumi_ci.engine import find
from pulumi_ci.environment.environment import Options
from pulumi_ci.environment.found import Found
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.upgrade import upgraded
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Node
from pulumi_ci.model.order import comes_after
from pulumi_ci.model.path import Path
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape
from pulumi_ci.model.unknown import UNKNOWN

VERSIONS = (3, 4)
"""Versions of a deployment that are understood; they differ in nothing that is read here."""
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - Pulumi's own mark of a secret value
_STACK = "pulumi:pulumi:Stack"
_DEFAULT_PROVIDER = "pulumi:providers:pulumi-python::default"
_EXPORT = "give what `pulumi stack export` prints, or the state file of a backend"


@dataclass(frozen=True)
class Recorded(Found):
    """One resource as a state records it. A secret that the state keeps encrypted is UNKNOWN."""

    urn: str = ""


@dataclass(frozen=True)
class Stack:
    """What a state says of our resources."""

    project: str
    name: str
    found: tuple[Recorded, ...]
    unknown: tuple[tuple[str, str], ...] = ()
    """Type and logical name of resources whose kind this version does not know."""
    leaving: frozenset[tuple[str, str]] = frozenset()
    """Slug and id of objects that the stack has replaced or removed and has still to delete."""
    others: tuple[str, ...] = ()
    """URNs of all other resources but the stack itself and the default provider of ours."""
    kept: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The stack's outputs as the state keeps them, secrets under their mark."""

    def outputs(self) -> dict[str, tuple[Any, bool]]:
        """The stack's outputs, each with whether it is secret. Raises CiError for a secret that cannot be read."""
        found: dict[str, tuple[Any, bool]] = {}
        for key, value in self.kept.items():
            secrets = set[Path]()
            found[key] = _opened(value, (key,), secrets, "the outputs of the stack"), bool(secrets)
        return found


def parse(text: str, name: str) -> Mapping[str, Any]:
    """The document in a text; `name` says where it came from. Raises CiError for what is no JSON object."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise CiError(f"{name} is nested too deeply for a state; {_EXPORT}") from None
    except ValueError as error:
        raise CiError(f"{name} is no JSON: {error}; {_EXPORT}") from None
    if not isinstance(document, Mapping):
        raise CiError(f"{name} is no state, since it holds no JSON object; {_EXPORT}")
    return document


def exported(stack: str, folder: File, environ: Mapping[str, str] = os.environ) -> Mapping[str, Any]:
    """The state of a stack, its secrets in clear, as Pulumi prints it for the project in `folder`.

    Raises CiError when there is no Pulumi command, or when it fails; the text says what it said.
    """
    engine = find(environ)
    if engine is None:
        raise CiError(
            "there is no Pulumi command: run `pulumi-ci engine install`, or export the stack where there is one "
            "and give its state as a file"
        )
    if not folder.is_dir():
        raise CiError(f"there is no folder {folder}; name the project's")
    path = os.pathsep.join([str(engine.bin), environ.get("PATH") or os.defpath])
    words = ["--stack", stack, "--show-secrets", "--non-interactive", "--color", "never"]
    done = subprocess.run(  # noqa: S603 - the engine's own path; the name of the stack is one word
        [str(engine.command), "stack", "export", *words],
        cwd=folder,
        env={**environ, "PATH": path, "PULUMI_SKIP_UPDATE_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()).removeprefix("error: ")
        raise CiError(f"the state of the stack {stack} cannot be read: pulumi said: {said or 'nothing'}")
    return parse(done.stdout, f"the state of the stack {stack}")


def recorded(document: Mapping[str, Any]) -> Stack:
    """Our resources in an exported state, a bare deployment, or the checkpoint that a backend keeps.

    Left out are resources of others, those that are only looked up, and those that are still to be deleted. Raises
    CiError for a document that is no state.
    """
    resources = _resources(_deployment(document))
    by_token = {kind.token(): kind for kind in kinds().values()}
    ours = re.compile("|".join(rf"pulumi-python:dynamic/{module}:\w+" for module in _modules()))
    mine: list[tuple[type[Kind], Mapping[str, Any]]] = []
    unknown: list[tuple[str, str]] = []
    leaving: set[tuple[str, str]] = set()
    others: list[str] = []
    outputs: Any = None
    for item in resources.values():
        kind, type = by_token.get(item["type"]), item["type"]
        if kind is None and ours.fullmatch(type):
            unknown.append((type, _logical(item["urn"])))
        elif kind is not None and item.get("delete"):
            leaving.add((kind.slug, kind.plain_id(str(item.get("id")))))
        elif kind is not None and not item.get("external"):
            mine.append((kind, item))
        if item["type"] == _STACK:
            outputs = item.get("outputs")
        elif _DEFAULT_PROVIDER not in item["urn"]:
            others.append(item["urn"])
    names = _names(mine, resources)
    project, name = next((_home(urn) for urn in resources), ("", ""))
    found = tuple(_found(kind, item, names, resources) for kind, item in mine)
    ours_by_urn = {one.urn for one in found}
    strange = tuple(urn for urn in others if urn not in ours_by_urn)
    kept = outputs if isinstance(outputs, Mapping) else {}
    return Stack(project, name, found, tuple(unknown), frozenset(leaving), strange, kept)


# -- the document -----------------------------------------------------------------------------------------------


def _deployment(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The deployment in a document, whichever of the three forms it has."""
    version = document.get("version", VERSIONS[0])
    if version not in VERSIONS:
        raise CiError(f"the state has version {version!r}; understood are {', '.join(map(str, VERSIONS))}")
    deployment: Any = document
    if "deployment" in document:
        deployment = document["deployment"]
    elif "checkpoint" in document:
        checkpoint = document["checkpoint"]
        deployment = checkpoint.get("latest") if isinstance(checkpoint, Mapping) else checkpoint
    elif "resources" not in document and "manifest" not in document:
        raise CiError(f"the state holds no deployment; {_EXPORT}")
    deployment = {} if deployment is None else deployment  # a stack that was never updated
    if not isinstance(deployment, Mapping):
        raise CiError(f"the deployment of the state is no JSON object; {_EXPORT}")
    return deployment


def _resources(deployment: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Every resource by its URN; one that is to be deleted has the URN of its successor, and a key of its own."""
    items = deployment.get("resources")
    items = [] if items is None else items
    if not isinstance(items, list):
        raise CiError(f"the resources of the state are no list; {_EXPORT}")
    found: dict[str, Mapping[str, Any]] = {}
    for number, item in enumerate(items):
        if not isinstance(item, Mapping) or not all(isinstance(item.get(key), str) for key in ("urn", "type")):
            raise CiError(f"resource {number} of the state has no urn and type; {_EXPORT}")
        found[f"{item['urn']}#{number}" if item.get("delete") else item["urn"]] = item
    return found


def _modules() -> set[str]:
    return {kind.module for kind in kinds().values()}


def _home(urn: str) -> tuple[str, str]:
    """Project and stack of a URN."""
    parts = [*urn.removeprefix("urn:pulumi:").split("::"), "", ""]
    return parts[1], parts[0]


def _logical(urn: str) -> str:
    return urn.split("::", 3)[-1]


# -- one resource -----------------------------------------------------------------------------------------------


def _found(
    kind: type[Kind], item: Mapping[str, Any], names: Mapping[str, str], resources: Mapping[str, Mapping[str, Any]]
) -> Recorded:
    urn, secrets = item["urn"], set[Path]()
    inputs, outs = (
        _values(kind, item.get(part), secrets, f"{names[urn]} in the state") for part in ("inputs", "outputs")
    )
    options = Options(
        depends_on=tuple(sorted(_depends(kind, item, inputs, names, resources))),
        protect=item.get("protect") is True,
        retain_on_delete=item.get("retainOnDelete") is True,
    )
    stored = Stored(kind.plain_id(str(item.get("id") or "")), inputs, upgraded(kind, outs))
    return Recorded(kind, stored, names[urn], options, frozenset(secrets), urn=urn)


def _values(kind: type[Kind], given: Any, secrets: set[Path], where: str) -> Values:
    if given is not None and not isinstance(given, Mapping):
        raise CiError(f"{where}: its properties are no JSON object")
    opened = {
        key: _opened(value, (key,), secrets, where) for key, value in (given or {}).items() if not key.startswith("__")
    }
    return _typed(kind.fields(), opened)


def _opened(value: Any, path: Path, secrets: set[Path], where: str) -> Any:
    """The value with its secrets in clear, or UNKNOWN where they are encrypted; their paths are added."""
    if isinstance(value, Mapping):
        if value.get(_SIGNATURE) != _SECRET:
            return {key: _opened(item, (*path, key), secrets, where) for key, item in value.items()}
        secrets.add(path)
        if "plaintext" not in value:
            return UNKNOWN
        try:
            return _opened(json.loads(value["plaintext"]), path, secrets, where)
        except (TypeError, ValueError):
            raise CiError(f"{where}: the secret at {path[0]} has a plaintext that is no JSON") from None
    if isinstance(value, list):
        return [_opened(item, (*path, index), secrets, where) for index, item in enumerate(value)]
    return value


def _typed(fields: Mapping[str, Any], values: Mapping[str, Any]) -> Values:
    """The values with whole floats as the integers that the declaration means."""
    return {key: _number(fields[key].shape, value) if key in fields else value for key, value in values.items()}


def _number(shape: Shape, value: Any) -> Any:
    if isinstance(shape, Leaf):
        return shape.coerce(value)
    if isinstance(shape, ListOf) and isinstance(value, list):
        return [_number(shape.item, item) for item in value]
    if isinstance(shape, MapOf) and isinstance(value, Mapping):
        return {key: _number(shape.item, item) for key, item in value.items()}
    if isinstance(shape, Block) and isinstance(value, Mapping):
        node: type[Node] | None = shape.node_for(value)
        return dict(value) if node is None else _typed(node.fields(), value)
    return value


def _depends(
    kind: type[Kind],
    item: Mapping[str, Any],
    inputs: Values,
    names: Mapping[str, str],
    resources: Mapping[str, Mapping[str, Any]],
) -> Iterator[str]:
    """The names of what it depends on, but for those whose id stands in the properties that depend on them, and for
    the binding and services of its bucket, on which it depends unasked.
    """
    by_property = item.get("propertyDependencies") or {}
    for urn in item.get("dependencies") or ():
        if urn in names and not _is_needed(kind, item, resources[urn]):
            properties = [inputs.get(key) for key, urns in by_property.items() if urn in (urns or ())]
            local = str(resources[urn].get("id")).rsplit("/", 1)[-1]
            if local not in {text for value in properties for text in _texts(value)}:
                yield names[urn]


def _is_needed(kind: type[Kind], item: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` is the binding or a service of the bucket of a resource."""
    found = next((found for found in kinds().values() if found.token() == other["type"]), None)
    if found is None or not comes_after(kind, found):
        return False
    scope = len(kind.scope)
    return kind.id_parts(str(item.get("id")))[:scope] == found.id_parts(str(other.get("id")))[:scope]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)


# -- names ------------------------------------------------------------------------------------------------------


def _names(
    mine: Iterable[tuple[type[Kind], Mapping[str, Any]]], resources: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """A name by URN: the logical one. Where several of a kind share it, their components stand before it."""
    names = {item["urn"]: _logical(item["urn"]) for _, item in mine}
    kind_of = {item["urn"]: kind.slug for kind, item in mine}
    above = {urn: _ancestors(urn, resources) for urn in names}
    for depth in range(max(map(len, above.values()), default=0)):
        counted = Counter((kind_of[urn], name) for urn, name in names.items())
        for urn, name in names.items():
            if counted[kind_of[urn], name] > 1 and depth < len(above[urn]):
                names[urn] = f"{above[urn][depth]}/{name}"
    taken = Counter[tuple[str, str]]()
    for urn, name in names.items():
        taken[kind_of[urn], name] += 1
        if (number := taken[kind_of[urn], name]) > 1:
            names[urn] = f"{name}-{number}"
    return names


def _ancestors(urn: str, resources: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The logical names of the components around a resource, the closest first."""
    found: list[str] = []
    parent = str(resources[urn].get("parent"))
    while parent in resources and resources[parent]["type"] != _STACK and len(found) < len(resources):
        found.append(_logical(parent))
        parent = str(resources[parent].get("parent"))
    return found
