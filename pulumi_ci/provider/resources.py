"""Resource classes of all kinds, made from their declarations; `pulumi_ci/__init__.pyi` shows them to type checkers."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, ClassVar

import pulumi

from pulumi_ci import image
from pulumi_ci.lifecycle.check import LOGICAL_NAME
from pulumi_ci.lifecycle.registry import lifecycle_class
from pulumi_ci.model import marks
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.node import Field, Node
from pulumi_ci.model.shape import Block, Leaf, ListOf, MapOf, Shape
from pulumi_ci.state import frozen


class CiResource(pulumi.CustomResource):
    """A resource of this package. Its outputs are attributes named as its properties."""

    kind: ClassVar[type[Kind]]

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **properties: Any) -> None:
        unexpected = [name for name in properties if name.startswith("__")]
        if unexpected:
            raise TypeError(f"{type(self).__name__} has no property {unexpected[0]}")
        given: dict[str, Any] = dict.fromkeys([*self.kind.fields(), "filled"])
        for name, value in properties.items():
            field = self.kind.fields().get(name)
            given[name] = _plain(value) if field is None else _guard(field, field.shape, value)
        given["original"] = None
        given["__provider"] = frozen(self.kind.slug)
        given[LOGICAL_NAME] = _logical_name(resource_name, opts)
        defaults = pulumi.ResourceOptions(
            additional_secret_outputs=["original"],
            delete_before_replace=True if lifecycle_class(self.kind).delete_before_replace else None,
        )
        super().__init__(self.kind.token(), resource_name, given, pulumi.ResourceOptions.merge(defaults, opts))

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Any:
        """An existing object, looked up by its id `<region>/<bucket>/<id or name>`; it is not managed."""
        found = cls.__new__(cls)
        given: dict[str, Any] = {**dict.fromkeys([*cls.kind.fields(), "filled", "original"])}
        given["__provider"] = frozen(cls.kind.slug)
        options = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        pulumi.CustomResource.__init__(found, cls.kind.token(), resource_name, given, options)
        return found


def _local_id(self: CiResource) -> pulumi.Output[str]:
    """The server's id of the object. Derived from `.id`, which stays known while an update is previewed."""
    return self.id.apply(lambda id: id.split("/", 2)[2])


def _logical_name(name: str, opts: pulumi.ResourceOptions | None) -> pulumi.Input[str]:
    """`project/stack/name`, with the parent's URN between them when there is one: two components may reuse a name."""
    here = f"{pulumi.get_project()}/{pulumi.get_stack()}"
    if opts is None or opts.parent is None:
        return f"{here}/{name}"
    return opts.parent.urn.apply(lambda urn: f"{here}/{urn}/{name}")


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
    if isinstance(shape, Leaf):
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
    return str(value) if isinstance(value, (image.Pipeline, image.Stage)) else value


def _class_of(kind: type[Kind]) -> type[CiResource]:
    members: dict[str, Any] = {"kind": kind, "__module__": "pulumi_ci", "__doc__": _documentation(kind)}
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


def _documentation(kind: type[Kind]) -> str:
    lines = [inspect.cleandoc(kind.__doc__ or ""), "", "Properties:"]
    lines += [f"  {name}: {' '.join(field.doc.split())}" for name, field in kind.inputs().items()]
    return "\n".join(lines)


RESOURCES: Mapping[str, type[CiResource]] = {kind.__name__: _class_of(kind) for kind in kinds().values()}
"""The resource class of every kind, by its name."""
