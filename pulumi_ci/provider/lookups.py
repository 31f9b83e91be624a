"""Look-ups for programs: `find_<kind>` and `list_<kind>s` read what is there already, in the program's own process."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import inspect
import os
import re
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, InvalidInput
from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings, settings
from pulumi_ci.lifecycle.inventory import inventory
from pulumi_ci.lifecycle.lifecycle import Session, Stored
from pulumi_ci.lifecycle.meaning import Values, same
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.api import Adopted, Collection, JsonCollection, Named, Switch
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.leaves import mapped
from pulumi_ci.model.node import Failure, Field
from pulumi_ci.provider.session import session

SERVICES = "BucketServicesResult"
"""Name of what `find_bucket_services` returns."""
_MOST_NAMED = 10
_rows: WeakKeyDictionary[pulumi.Resource, dict[Settings, Rows]] = WeakKeyDictionary()
"""Batched reads by the stack that a run of a program makes: the next run in the same process reads again."""


class NoMatch(CiError):
    """A look-up found nothing; the text says what there is."""


class ManyMatches(CiError):
    """A look-up found several where one was asked for; the text says which."""


# -- what a module offers ---------------------------------------------------------------------------------------------


def listed(module: str) -> list[type[Kind]]:
    """The kinds of a module of which a place holds a list of objects."""
    found = (Collection, JsonCollection, Named, Adopted)
    return [kind for kind in kinds().values() if kind.module == module and isinstance(kind.api, found)]


def services(module: str) -> list[type[Kind]]:
    """The kinds of a module that are on or off for a bucket, and that a call can read."""
    return [kind for kind in kinds().values() if kind.module == module and _is_service(kind)]


def names(module: str) -> list[str]:
    """The names of all look-ups of a module, and of the classes of their results."""
    found = [name for kind in listed(module) for name in (finder_name(kind), lister_name(kind))]
    found += [result_name(kind) for kind in (*listed(module), *services(module))]
    return [*found, SERVICES, find_bucket_services.__name__] if services(module) else found


def find(module: str, name: str) -> Any:
    """The look-up or class of a result of that name, loading no other kind; None when there is none."""
    if module == "ci" and name == find_bucket_services.__name__:
        return find_bucket_services
    if module == "ci" and name == SERVICES:
        return _services_class()
    for pattern, make in ((r"find_(\w+)", _finder), (r"list_(\w+)s", _lister), (r"(\w+)Result", result_class)):
        match = re.fullmatch(pattern, name)
        if match:
            slug = re.sub(r"(?<!^)(?=[A-Z])", "-", match[1]).replace("_", "-").lower()
            try:
                kind = kind_of(slug)
            except KeyError:
                return None
            offered = listed(module) + services(module) if make is result_class else listed(module)
            return make(kind) if kind in offered else None
    return None


def finder_name(kind: type[Kind]) -> str:
    """Such as `find_snapshot_template`."""
    return f"find_{_snake(kind)}"


def lister_name(kind: type[Kind]) -> str:
    """Such as `list_snapshot_templates`."""
    return f"list_{_snake(kind)}s"


def result_name(kind: type[Kind]) -> str:
    """Such as `SnapshotTemplateResult`."""
    return f"{kind.__name__}Result"


def result_fields(kind: type[Kind]) -> dict[str, Field | None]:
    """The attributes of a result, with what is declared of them: ids first, and nothing that steers a resource."""
    api = kind.api
    kept = {*kind.scope, getattr(api, "select", "")}
    ids = dict.fromkeys(name for name in ("id", getattr(api, "id_field", "")) if name)
    fields = {name: field for name, field in kind.fields().items() if field.wire is not None or name in kept}
    return {**{name: kind.fields().get(name) for name in ids}, **fields}


@functools.cache
def result_class(kind: type[Kind]) -> type[Any]:
    """The class of what a look-up of that kind finds: read only, and every property an attribute."""
    members = [(name, Any, dataclasses.field(default=None)) for name in result_fields(kind)]
    return _result(kind.module, result_name(kind), members, f"{inspect.cleandoc(kind.__doc__ or '')}")


def _result(module: str, name: str, members: list[tuple[str, Any, Any]], about: str) -> type[Any]:
    home = "pulumi_ci" if module == "ci" else f"pulumi_ci.{module}"
    namespace = {"__doc__": about, "__module__": home}
    return dataclasses.make_dataclass(name, members, frozen=True, namespace=namespace)


def _snake(kind: type[Kind]) -> str:
    return kind.slug.replace("-", "_")


def _is_service(kind: type[Kind]) -> bool:
    return isinstance(kind.api, Switch) and kind.api.read is not None


# -- looking up -------------------------------------------------------------------------------------------------------


@functools.cache
def _lister(kind: type[Kind]) -> Callable[..., list[Any]]:
    def look_up(**where: Any) -> list[Any]:
        _refuse(look_up.__name__, where, kind.scope)
        return _listed(look_up.__name__, kind, where)[1]

    about = f"Every {kind.__name__} in a place, by id. Raises CiError when the call fails."
    return _named(look_up, kind, lister_name(kind), tuple(kind.scope), about)


@functools.cache
def _finder(kind: type[Kind]) -> Callable[..., Any]:
    fields = result_fields(kind)

    def look_up(**given: Any) -> Any:
        called = look_up.__name__
        _refuse(called, given, fields)
        wanted = {name: value for name, value in given.items() if value is not None and name not in kind.scope}
        place, found = _listed(called, kind, given)
        matching = [one for one in found if all(_equals(fields[n], getattr(one, n), v) for n, v in wanted.items())]
        select = getattr(kind.api, "select", "")
        if len(matching) > 1 and select and select not in wanted:
            assert isinstance(kind.api, Adopted)
            usual = kind.api.select_default
            matching = [one for one in matching if getattr(one, select) == usual] or matching
        if len(matching) != 1:
            raise _trouble(f"{called} in {place}", kind, wanted, found, matching)
        return matching[0]

    about = f"The one {kind.__name__} whose fields equal those given. Raises NoMatch or ManyMatches."
    if isinstance(kind.api, Adopted) and kind.api.select:
        about += f" Of several that match, the one of {kind.api.select} {kind.api.select_default}, if none is given."
    return _named(look_up, kind, finder_name(kind), (*kind.scope, *(n for n in fields if n not in kind.scope)), about)


def find_bucket_services(*, region: str | None = None, bucket: str | None = None) -> Any:
    """The services and settings of a bucket, an attribute for each: what is on as it is, None what is off.

    Costs one call each. Raises CiError when a call fails.
    """
    where = {"region": region, "bucket": bucket}
    called = find_bucket_services.__name__
    _refuse(called, where, where)
    found = {_snake(kind): next(iter(_listed(called, kind, where)[1]), None) for kind in services("ci")}
    return _services_class()(**found)


@functools.cache
def _services_class() -> type[Any]:
    members = [(_snake(kind), Any, dataclasses.field(default=None)) for kind in services("ci")]
    return _result("ci", SERVICES, members, "The services and settings of a bucket; None what is off.")


def _named(call: Any, kind: type[Kind], name: str, parameters: tuple[str, ...], about: str) -> Callable[..., Any]:
    call.__name__ = call.__qualname__ = name
    call.__module__ = "pulumi_ci" if kind.module == "ci" else f"pulumi_ci.{kind.module}"
    call.__doc__ = about
    keyword = inspect.Parameter.KEYWORD_ONLY
    call.__signature__ = inspect.Signature([inspect.Parameter(n, keyword, default=None) for n in parameters])
    made: Callable[..., Any] = call
    return made


def _refuse(called: str, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Raises TypeError for a name that does not exist, and for a value that is not known while the program runs."""
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(known)}"
            raise TypeError(f"{called}() has no {name!r}; {hint}")
        if isinstance(value, pulumi.Output):
            raise TypeError(
                f"{called}() got an Output as {name!r}: a look-up reads while the program runs, so it takes plain "
                "values. For an object that this stack makes, use the resource itself"
            )


def _listed(called: str, kind: type[Kind], where: Mapping[str, Any]) -> tuple[Place, list[Any]]:
    """The place that the arguments or the stack's settings name, and what it holds of a kind."""
    in_force = settings(pulumi.runtime.get_config, os.environ)
    scope: Values = {}
    failures: list[Failure] = []
    for name, otherwise in kind.scope.items():
        value = where.get(name) if where.get(name) is not None else getattr(in_force, name, None)
        failure = None if value is None else kind.fields()[name].leaf.failure(value)
        if value is None and not otherwise:
            failure = f"is required: give it, or set it for the stack with `pulumi config set ci:{name} ...`"
        if failure:
            failures.append(Failure((name,), failure))
        scope[name] = value
    if failures:
        raise InvalidInput(called, failures)
    used = _session(in_force)
    place = lifecycle(kind, used).place(scope)
    return place, [_found(kind, stored) for stored in inventory(kind, used, place)]


def _session(in_force: Settings) -> Session:
    shared, run = session(in_force), pulumi.runtime.get_root_resource()
    if run is None:
        return shared
    return dataclasses.replace(shared, rows=_rows.setdefault(run, {}).setdefault(in_force, Rows()))


def _found(kind: type[Kind], stored: Stored) -> Any:
    """An object as a program sees it, with the values that apply where the server holds none."""
    values = mapped(kind, stored.outs, lambda field, value: field.server_default if value is None else value)
    select = getattr(kind.api, "select", "")
    if select and isinstance(kind.api, Adopted):
        values.setdefault(select, kind.api.select_default)
    id_field = getattr(kind.api, "id_field", "")
    if id_field:
        values[id_field] = kind.server_id(stored.id)
    values["id"] = stored.id
    return result_class(kind)(**{name: values.get(name) for name in result_fields(kind)})


# -- finding exactly one ----------------------------------------------------------------------------------------------


def _equals(field: Field | None, value: Any, wanted: Any) -> bool:
    return bool(value == wanted) if field is None else same(field.shape, value, wanted)


def _trouble(at: str, kind: type[Kind], wanted: Values, found: list[Any], matching: list[Any]) -> CiError:
    asked = " and ".join(f"{name} {value!r}" for name, value in wanted.items())
    if matching:
        about = f"{at}: {len(matching)} objects match{f' {asked}' if asked else ''}"
        return ManyMatches(f"{about}: {_shown(kind, matching)}. Give more fields, so that one is left")
    if not found:
        hint = "; is the service switched on for the bucket?" if isinstance(kind.api, Adopted) else ""
        return NoMatch(f"{at}: there is no {kind.__name__} at all{hint}")
    near = [hint for name, value in wanted.items() if (hint := _near(name, value, found))]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return NoMatch(f"{at}: no {kind.__name__} has {asked}.{meant} There are {len(found)}: {_shown(kind, found)}")


def _near(name: str, value: Any, found: list[Any]) -> str:
    there = dict.fromkeys(str(getattr(one, name)) for one in found if getattr(one, name) is not None)
    near = difflib.get_close_matches(str(value), there, 1)
    return f"{name} {near[0]!r}" if near and near[0] != str(value) else ""


def _shown(kind: type[Kind], found: list[Any]) -> str:
    key = getattr(kind.api, "key", "name")
    told = [f"{getattr(one, key)} ({one.id.rsplit('/', 1)[-1]})" for one in found[:_MOST_NAMED]]
    return ", ".join(told) + (", ..." if len(found) > _MOST_NAMED else "")
