"""What is done with each kind, from cases.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from acceptance.stack import Resource
from pulumi_ci.model.kind import Kind, kind_of


@dataclass(frozen=True)
class Case:
    """The case of one kind."""

    slug: str
    properties: Mapping[str, Any]
    edit: Mapping[str, Any]
    drift: Mapping[str, str] | str
    change: Mapping[str, Any]
    changed: Mapping[str, str]

    @property
    def kind(self) -> type[Kind]:
        """The kind."""
        return kind_of(self.slug)

    @property
    def lifecycle(self) -> str:
        """Name of the class of its API: Collection, Named, Adopted or Switch."""
        return type(self.kind.api).__name__

    def resource(self, mark: str = "", **more: Any) -> Resource:
        """The resource as declared; `mark` is added to its name and to the names that it refers to."""
        text = json.dumps(self.properties)
        for slug in CASES:
            text = text.replace(f"${{{slug}.", f"${{{slug}{mark}.")
        return Resource(self.slug, f"{self.slug}{mark}", {**json.loads(text), **more})


def _cases() -> dict[str, Case]:
    given = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text())
    found = {}
    for slug, words in given.items():
        found[slug] = Case(
            slug, words["properties"], words["edit"], words["drift"], words.get("change", {}), words.get("changed", {})
        )
    return found


CASES: Mapping[str, Case] = _cases()
"""Every case by slug; what is referred to stands before what refers to it."""
