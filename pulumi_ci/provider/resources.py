"""Resource classes of all kinds, made from their declarations; `pulumi_ci/__init__.pyi` shows them to type checkers."""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from pulumi_ci.lifecycle.action import verdict
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.lifecycle.registry import lifecycle_class
from pulumi_ci.model import marks
from pulumi_ci.model.api import Action, Switch
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Raw, Shape
from pulumi_ci.provider import order
from pulumi_ci.state import frozen


class CiResource(pulumi.CustomResource):
    """A resource of this package. Its outputs are attributes named as its properties."""

    kind: ClassVar[type[Kind]]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> pulumi.Output[Any]:
            """Any property; the classes that programs import have them one by one."""

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **properties: Any) -> None:
        unexpected = [name for name in properties if name.startswith("__")]
        if unexpected:
            raise TypeError(f"{type(self).__name__} has no property {unexpected[0]}")
        seen = self.kind.fields() if opts is not None and _elsewhere(opts) else _answered(self.kind)
        given: dict[str, Any] = dict.fromkeys(seen)
        for name, value in properties.items():
            field = self.kind.fields().get(name)
            given[name] = _plain(value) if field is None else _guard(field, field.shape, value)
        given["__provider"] = frozen(self.kind.slug)
        given[LOGICAL_NAME] = _logical_name(resource_name, opts)
        defaults = pulumi.ResourceOptions(
            additional_secret_outputs=["original"] if lifecycle_class(self.kind).keeps_original else None,
            delete_before_replace=_deleted_first(self.kind, given) or None,
            depends_on=order.needed(self.kind, given, opts) or None,
        )
        super().__init__(self.kind.token(), resource_name, given, pulumi.ResourceOptions.merge(defaults, opts))
        order.declared(self, self.kind, given, opts)
        if isinstance(self.kind.api, Action):
            _fail_with(self, resource_name, given.get("wait"))

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Any:
        """An existing object, looked up by its id, such as `<region>/<bucket>/<id or name>`; it is not managed."""
        found = cls.__new__(cls)
        given: dict[str, Any] = dict.fromkeys(cls.kind.fields())
        given["__provider"] = frozen(cls.kind.slug)
        options = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        pulumi.CustomResource.__init__(found, cls.kind.token(), resource_name, given, options)
        return found


class _Undeclared:
    """An input that the program leaves out: known to be None. An Output of its own costs 50 microseconds each."""

    def __get__(self, instance: CiResource | None, owner: type[CiResource]) -> Any:
        return self if instance is None else instance.urn.apply(lambda urn: None)


class _OfId:
    """A part of the id, such as the bucket, where the program leaves it to the stack's config."""

    def __init__(self, position: int) -> None:
        self._position = position

    def __get__(self, instance: CiResource | None, owner: type[CiResource]) -> Any:
        return self if instance is None else instance.id.apply(lambda id: owner.kind.id_parts(id)[self._position])


@functools.cache
def _of_id(kind: type[Kind]) -> Mapping[str, int]:
    """The properties that are parts of the id, with their places in it.

    Pulumi's SDK waits for the outputs of a program in a time that grows with the square of their number, so the two
    that every object of a bucket would have are worth leaving out. Of settings, which are few, they are wanted at
    once: other resources take their bucket from them.
    """
    if isinstance(kind.api, Switch):
        return {}
    return {name: place for place, (name, otherwise) in enumerate(kind.scope.items()) if not otherwise}


@functools.cache
def _answered(kind: type[Kind]) -> tuple[str, ...]:
    """The properties that have a value although nobody gave one, and that the id does not tell."""
    filled_in = {
        name for name, field in kind.inputs().items() if field.default is not None or field.has(marks.AutoName)
    }
    known = {*filled_in, *kind.scope, *kind.outputs()} - {*_of_id(kind)}
    return tuple(name for name in kind.fields() if name in known)


def _elsewhere(opts: pulumi.ResourceOptions) -> bool:
    """Whether properties that the program leaves out may come from elsewhere: the state, or a transform."""
    return bool(opts.id or opts.ignore_changes or opts.transforms or opts.transformations)


def _deleted_first(kind: type[Kind], given: Mapping[str, Any]) -> bool:
    """Whether a replacement deletes the old object before it makes the new one.

    A forced replacement (`--replace`, taint) tells `check` and `create` nothing of the old object. Its successor gets
    the same made name, so it would be found and taken over, as after a crash, and then be deleted as the old one.
    """
    if isinstance(kind.api, Action):
        return False  # a second run of the same name is what was asked for
    auto = kind.auto_named()
    return lifecycle_class(kind).delete_before_replace or (auto is not None and given[auto.name] is None)


def _fail_with(run: CiResource, resource_name: str, wait: pulumi.Input[bool | None]) -> None:
    """Lets the program fail when a run that it waits for is no success.

    `create` cannot: the engine would forget the run, and start it again the next time.
    """
    if pulumi.runtime.is_dry_run():
        return
    words = {name: getattr(run, name) for name in run.kind.outputs()}

    def judge(known: dict[str, Any]) -> None:
        trouble = verdict(run.kind, known) if known.pop("wait") else None
        if trouble:
            raise pulumi.RunError(f"{run.kind.__name__} {resource_name}: {trouble}")

    pulumi.Output.all(wait=wait, **words).apply(judge)


def _local_id(self: CiResource) -> pulumi.Output[Any]:
    """The server's id of the object. Derived from `.id`, which stays known while an update is previewed."""
    return self.id.apply(self.kind.server_id)


def _logical_name(name: str, opts: pulumi.ResourceOptions | None) -> pulumi.Input[str]:
    """`project/stack/name`, with the parent's URN between them when there is one: two components may reuse a name."""
    here = f"{pulumi.get_project()}/{pulumi.get_stack()}"
    if opts is None or opts.parent is None:
        return f"{here}/{name}"
    return pulumi.Output.from_input(_below(opts.parent, here, name))


async def _below(parent: pulumi.Resource, here: str, name: str) -> str:
    """Awaited, not applied: what follows from a component's URN depends on all its children, and so on itself."""
    return f"{here}/{await parent.urn.future()}/{name}"


def _guard(field: Field | None, shape: Shape, value: Any) -> Any:
    """The value as Pulumi takes it, with every secret leaf marked as one."""
    value = _plain(value)
    if value is None:
        return None
    if field is not None and field.has(marks.Secret):
        return pulumi.Output.secret(value)
    if isinstance(value, pulumi.Output):
        return pulumi.Output.secret(value) if _has_secret(shape, set()) else value
    if isinstance(shape, ListOf) and isinstance(value, (list, tuple)):
        return [_guard(None, shape.item, item) for item in value]
    if isinstance(shape, MapOf) and isinstance(value, Mapping):
        return {key: _guard(None, shape.item, item) for key, item in value.items()}
    if isinstance(shape, Block) and isinstance(value, Mapping):
        fields: dict[str, Field] = {}
        for node in shape.nodes if not isinstance(value.get("type"), str) else filter(None, [shape.node_for(value)]):
            fields.update(node.fields())
        return {
            key: _guard(fields[key], fields[key].shape, item) if key in fields else _plain(item)
            for key, item in value.items()
        }
    return value


def _has_secret(shape: Shape, seen: set[type[Node]]) -> bool:
    if isinstance(shape, (Leaf, Raw)):
        return False
    if isinstance(shape, (ListOf, MapOf)):
        return _has_secret(shape.item, seen)
    fresh = [node for node in shape.nodes if node not in seen]
    seen.update(fresh)
    return any(
        field.has(marks.Secret) or _has_secret(field.shape, seen) for node in fresh for field in node.fields().values()
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return value.model_dump(exclude_none=True)
    rules = sys.modules.get("pulumi_ci.image.pipeline")  # not loaded where nobody can have made one
    return str(value) if rules and isinstance(value, (rules.Pipeline, rules.Stage)) else value


def _class_of(kind: type[Kind]) -> type[CiResource]:
    home = "pulumi_ci" if kind.module == "ci" else f"pulumi_ci.{kind.module}"
    of_id = {name: _OfId(place) for name, place in _of_id(kind).items()}
    undeclared = {name: _Undeclared() for name in kind.inputs() if name not in (*_answered(kind), *of_id)}
    members: dict[str, Any] = {**undeclared, **of_id, "kind": kind, "__module__": home, "__doc__": _Documentation()}
    id_field = getattr(kind.api, "id_field", None)
    if id_field is not None:
        members[id_field] = property(_local_id, lambda self, value: None)
    made: type[CiResource] = type(kind.__name__, (CiResource,), members)
    optional = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in kind.inputs()]
    made.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("resource_name", inspect.Parameter.POSITIONAL_OR_KEYWORD),
            inspect.Parameter("opts", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None),
            *optional,
        ]
    )
    return made


class _Documentation:
    """The docstring of a resource class, put together when somebody reads it."""

    def __get__(self, instance: CiResource | None, owner: type[CiResource]) -> str:
        return _documentation(owner.kind)


def _documentation(kind: type[Kind]) -> str:
    lines = [inspect.cleandoc(kind.__doc__ or ""), "", "Properties:"]
    lines += [f"  {name}: {' '.join(field.doc.split())}" for name, field in kind.inputs().items()]
    return "\n".join(lines)


@functools.cache
def resource_class(kind: type[Kind]) -> type[CiResource]:
    """The resource class of a kind, made when it is first asked for."""
    return _class_of(kind)


def find(module: str, name: str) -> type[CiResource] | None:
    """The resource class of that name in a module (`ci`, `mps`, `vod`), loading no other kind; None if it has none."""
    slug = re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
    try:
        kind = kind_of(slug)
    except KeyError:
        return None
    return resource_class(kind) if (kind.module, kind.__name__) == (module, name) else None


def names(module: str) -> list[str]:
    """The names of all resource classes of a module."""
    return [kind.__name__ for kind in kinds().values() if kind.module == module]
