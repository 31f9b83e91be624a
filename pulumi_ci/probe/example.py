"""The examples of a kind, made to fit the bucket that is probed: its names, its queues, templates that exist there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pulumi_ci.api.errors import ApiError
from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.check import check
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model import marks
from pulumi_ci.model.api import Adopted, Switch
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kinds
from pulumi_ci.model.leaves import mapped
from pulumi_ci.model.node import Field
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.pruned import pruned
from pulumi_ci.probe.site import Site

_BUCKET = re.compile(r"\b[a-z0-9]+-1250000000\b")


def life_of(site: Site, kind: type[Kind]) -> Lifecycle:
    """The lifecycle of a kind, which remembers nothing of earlier calls."""
    return lifecycle(kind, Session(site.client, Rows(), site.sleep))


def playable(kind: type[Kind]) -> list[Values]:
    """The examples of a kind, as far as they need nothing from elsewhere."""
    found = [*examples(kind.slug).values()]
    return [pruned(kind, one) for one in found] if kind.slug == "workflow" else found


@contextmanager
def fitted(site: Site, kind: type[Kind], example: Mapping[str, Any], name: str) -> Iterator[Values]:
    """The checked inputs of an example in the bucket, with a name; what it refers to is there meanwhile.

    Raises CiError or Unclear when it does not fit.
    """
    found: dict[str, str] = {}
    made: list[tuple[Lifecycle, str, Values]] = []

    def referred(name: str, category: str) -> str:
        """Id of an object of the kind of that name."""
        other = next(kind for kind in kinds().values() if kind.__name__ == name)
        if isinstance(other.api, Adopted):
            id = site.queue(other.api.path, category)
            if not id:
                raise Unclear(f"the bucket shows no {name}")
            return id
        if name not in found:
            with fitted(site, other, playable(other)[0], site.fresh()) as inputs:
                life = life_of(site, other)
                try:
                    stored = life.create(inputs)
                except ApiError as error:
                    raise Unclear(f"a {name} for it could not be made: {error}") from None
                made.append((life, stored.id, stored.outs))
                found[name] = str(other.server_id(stored.id))
        return found[name]

    def change(field: Field, value: Any) -> Any:
        reference = field.mark(marks.Reference)
        if value is None:
            return None
        if reference is not None:
            id = referred(reference.kind, "SpeedTranscoding" if field.name.startswith("speed_") else "")
            return [id] if isinstance(value, list) else id
        if field.name == "region":
            return site.place.region
        return _BUCKET.sub(site.place.bucket, value) if isinstance(value, str) else value

    try:
        own = {name: value for name, value in example.items() if name not in _elsewhere(kind)}
        inputs, failures = check(
            kind, {}, {**mapped(kind, own, change), **_own(site, kind, name)}, _place(site), Claims()
        )
        if failures:
            raise Unclear(f"the example does not fit: {failures[0].path} {failures[0].reason}")
        yield inputs
    finally:
        for life, id, outs in reversed(made):
            life.delete(id, outs)


def _elsewhere(kind: type[Kind]) -> set[str]:
    """Fields that name a place or one object."""
    api = kind.api
    return {*kind.scope, getattr(api, "id_field", ""), api.select if isinstance(api, Adopted) else ""}


def _own(site: Site, kind: type[Kind], name: str) -> Values:
    """Values that no example can know: the name of what is made, objects that are not there, and that nothing stays."""
    values: Values = {key: name for key, field in kind.inputs().items() if field.has(marks.AutoName)}
    if isinstance(kind.api, Switch):
        values["on_delete"] = "off"
    if kind.slug == "batch-job":
        values["input"] = {"prefix": site.folder}
    elif kind.slug == "workflow-execution":
        values["object"] = f"{site.folder}nothing.mp4"
    elif kind.slug == "process-image":
        info = {"bucket": site.place.bucket, "region": site.place.region, "object": f"/{site.folder}nothing.png"}
        values["input_info"] = {"type": "COS", "cos_input_info": info}
    return values


def _place(site: Site) -> Settings:
    return Settings(region=site.place.region, bucket=site.place.bucket, sub_app_id=site.allowed.sub_app_id or None)
