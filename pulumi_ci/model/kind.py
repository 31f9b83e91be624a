"""Kinds of resources: declarations, registered by their class name and slug."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pulumi_ci.model.api import Api, JsonCollection, Named, Switch
from pulumi_ci.model.marks import AutoName, Control, Immutable, Matches, Wire
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Leaf

RegionName = Matches(r"[a-z]{2,4}(-[a-z0-9]+)+", "a region", "ap-beijing")
BucketName = Matches(
    r"[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?-[0-9]{8,12}", "a bucket name with its APPID", "media-1250000000"
)
ObjectId = Matches(r"[A-Za-z0-9][A-Za-z0-9._~:=+-]*", "an id of the service", "t1460606b9752148c4ab182f55163ba7cd")
"""Ids become parts of addresses. Those of the pages are letters and digits, with `-` and `=` for runs."""
_OBJECT_ID = Leaf((str,), (), (ObjectId,))

_by_slug: dict[str, type[Kind]] = {}


class Kind(Node):
    """A kind of resource: a node with the words of its API. Subclasses that set `slug` are registered."""

    slug: ClassVar[str]
    """Name in ids, schema files and the frozen pickle: kebab case, never changed once released."""
    module: ClassVar[str] = "ci"
    """Module of the type token: `ci`, `vod` or `mps`."""
    api: ClassVar[Api]
    scope: ClassVar[Mapping[str, str]]
    """Fields that say where the object lives: the first parts of its id, never changed in place. Each with the part
    that stands in the id when the field is left out; "" = it is required."""
    pages: ClassVar[tuple[int | str, ...]]
    """Seed pages that describe it."""

    adopt: Annotated[str | None, Wire(None), Control()] = None
    """What to do when the object exists already: `never` take it over, and fail (the default; `ci:adopt` changes it);
    take it over when it is `identical`, or when its name is a `match`; or the id of the one to take over."""

    @classmethod
    def __pydantic_init_subclass__(cls, **keywords: Any) -> None:
        super().__pydantic_init_subclass__(**keywords)
        if "slug" in cls.__dict__:
            other = _by_slug.get(cls.slug)
            if other is not None and other.__qualname__ != cls.__qualname__:
                raise TypeError(f"{cls.__name__}: the slug {cls.slug!r} is taken by {other.__name__}")
            _by_slug[cls.slug] = cls

    @classmethod
    def token(cls) -> str:
        """Pulumi's type token, fixed for ever: `pulumi-python:dynamic/ci:SnapshotTemplate`."""
        return f"pulumi-python:dynamic/{cls.module}:{cls.__name__}"

    @classmethod
    def id_parts(cls, id: str) -> list[str]:
        """The parts of a resource id: one for each field of the scope, and the server's id or the object's name, which
        may hold slashes and which a setting of a bucket lacks.
        """
        return id.split("/", len(cls.scope))

    @classmethod
    def plain_id(cls, id: str) -> str:
        """The id with its numbers written as whole ones: the engine hands numbers over as floats, so those in ids of
        earlier releases have a `.0`.
        """
        parts = cls.id_parts(id)
        numeric = [name for name in cls.scope if cls.fields()[name].leaf.numeric]
        for number, (name, part) in enumerate(zip(cls.scope, parts, strict=False)):
            if name in numeric and _number(part.removesuffix(".0")):
                parts[number] = part.removesuffix(".0")
        return "/".join(parts)

    @classmethod
    def id_failure(cls, id: str) -> str | None:
        """Why a text is not the id of a resource of this kind, in one line, or None."""
        names = [*cls.scope, *([] if isinstance(cls.api, Switch) else ["id or name"])]
        form = "/".join(f"<{name}>" for name in names)
        parts = cls.id_parts(id)
        if len(parts) != len(names):
            return f"{id!r} does not have the form {form}"
        for name, part in zip(names, parts, strict=True):
            reason = cls._scope_failure(name, part) if name in cls.scope else cls.local_failure(part)
            if reason:
                return f"{id!r} does not have the form {form}: {reason}"
        return None

    @classmethod
    def local_failure(cls, last: str) -> str | None:
        """Why a text is not the last part of an id of this kind, in one line, or None."""
        if isinstance(cls.api, JsonCollection):
            return None if _number(last) else f"{last!r} is not a number"
        if isinstance(cls.api, Named):
            return cls.fields()[cls.api.key].leaf.failure(last)
        return _OBJECT_ID.failure(last)

    @classmethod
    def _scope_failure(cls, name: str, part: str) -> str | None:
        if part == cls.scope[name]:
            return None if part else f"the {name} is missing"
        leaf = cls.fields()[name].leaf
        return leaf.failure(_number(part) if leaf.numeric and _number(part) else part)

    @classmethod
    def server_id(cls, id: str) -> str | int:
        """The last part of a resource id: the server's own, a number where the API has numbers, or the object's name;
        "" for a setting of a bucket.
        """
        last = "".join(cls.id_parts(id)[len(cls.scope) :])
        return int(last) if isinstance(cls.api, JsonCollection) and last.isdecimal() else last

    @classmethod
    @functools.cache
    def inputs(cls) -> Mapping[str, Field]:
        """The fields a user may set, by name."""
        return {name: field for name, field in cls.fields().items() if field.is_input}

    @classmethod
    @functools.cache
    def outputs(cls) -> Mapping[str, Field]:
        """The fields the server sets, by name."""
        return {name: field for name, field in cls.fields().items() if not field.is_input}

    @classmethod
    @functools.cache
    def auto_named(cls) -> Field | None:
        """The field that gets a made name when the user gives none."""
        return next((field for field in cls.inputs().values() if field.has(AutoName)), None)


class BucketKind(Kind):
    """A kind of resource that lives in a bucket, as everything of CI does."""

    scope: ClassVar[Mapping[str, str]] = {"region": "", "bucket": ""}

    region: Annotated[str | None, Wire(None), Immutable(), RegionName] = None
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: Annotated[str | None, Wire(None), Immutable(), BucketName] = None
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""


def _number(text: str) -> int | None:
    """The number that a part of an id is, written as ids write it: no sign, no zero before it."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,19}", text) else None


@functools.cache
def _import_all() -> None:
    package = importlib.import_module("pulumi_ci.kinds")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"pulumi_ci.kinds.{module.name}")


def kinds() -> Mapping[str, type[Kind]]:
    """Every registered kind by slug, in order of the class names."""
    _import_all()
    shipped = {slug: kind for slug, kind in _by_slug.items() if kind.__module__.startswith("pulumi_ci.kinds.")}
    return dict(sorted(shipped.items(), key=lambda entry: entry[1].__name__))


def kind_of(slug: str) -> type[Kind]:
    """The kind with that slug, from its own file alone. Raises KeyError with the known slugs when there is none."""
    if slug not in _by_slug:
        name = f"pulumi_ci.kinds.{slug.replace('-', '_')}"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)
    if slug not in _by_slug:
        raise KeyError(f"no kind has the slug {slug!r}; known are {', '.join(kinds())}")
    return _by_slug[slug]
