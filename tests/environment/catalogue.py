"""An environment with every example of every kind."""

from __future__ import annotations

from pulumi_ci.environment.environment import Environment, Resource
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kinds


def catalogue() -> Environment:
    """Every example under the name `<slug>-<example>`, in the order of the kinds."""
    found = [
        Resource(f"{slug}-{name}", kind, dict(properties))
        for slug, kind in kinds().items()
        for name, properties in examples(slug).items()
    ]
    return Environment({resource.name: resource for resource in found})
