"""States as Pulumi exports them, of objects that the provider's own lifecycles made in an emulated cloud."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

sys.path[:0] = [str(File(__file__).parents[1] / "conformance")]

from elements import Edit, make, written  # noqa: E402
from generate import candidates, full, places  # noqa: E402
from world import World  # noqa: E402

from pulumi_ci.environment.drift import Report, drift  # noqa: E402
from pulumi_ci.environment.stack import recorded  # noqa: E402
from pulumi_ci.lifecycle.lifecycle import Stored  # noqa: E402
from pulumi_ci.model.kind import Kind, kind_of  # noqa: E402
from pulumi_ci.model.path import Path, reach  # noqa: E402
from pulumi_ci.state import frozen  # noqa: E402

__all__ = ["STACK", "Edit", "State", "Values", "candidates", "entry", "full", "make", "places", "secret", "written"]

Values = dict[str, Any]
STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
MARK = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


@dataclass
class State:
    """A stack that grows, and the cloud that its resources live in."""

    world: World
    resources: list[Values] = field(default_factory=lambda: [{"urn": STACK, "type": "pulumi:pulumi:Stack"}])

    def add(self, slug: str, name: str, secrets: Iterable[Path] = (), /, **properties: Any) -> Stored:
        """Makes an object and records it, with secrets at these paths."""
        kind = kind_of(slug)
        inputs = self.world.inputs(kind, {"logical_name": f"shop/dev/{name}", **properties})
        stored = self.world.lifecycle(kind).create(inputs, "match")
        self.resources.append(entry(kind, name, stored, secrets))
        return stored

    def document(self, sealed: bool = False) -> Values:
        """What `pulumi stack export` prints, with `--show-secrets` unless sealed."""
        document = {"version": 3, "deployment": {"manifest": {}, "resources": self.resources}}
        text = json.dumps(document)
        found: Values = json.loads(text, object_hook=_sealed if sealed else None)
        return found

    def report(self, sealed: bool = False, unmanaged: bool = True) -> Report:
        """The drift of the stack, found by a process of its own."""
        return drift(recorded(self.document(sealed)), self.world.session(), unmanaged)


def entry(kind: type[Kind], name: str, stored: Stored, secrets: Iterable[Path] = (), **more: Any) -> Values:
    """One resource of a state."""
    urn = f"urn:pulumi:dev::shop::{kind.token()}::{name}"
    bag = {"__provider": frozen(kind.slug)}
    values = [{**_guarded(part, secrets), **bag} for part in (stored.inputs, stored.outs)]
    words = {"custom": True, "id": stored.id, "type": kind.token(), "parent": STACK}
    return {"urn": urn, **words, "inputs": values[0], "outputs": values[1], **more}


def secret(value: Any) -> Values:
    """A secret as an export with its secrets in clear shows it."""
    return {**MARK, "plaintext": json.dumps(value)}


def _guarded(values: Mapping[str, Any], secrets: Iterable[Path]) -> Values:
    copied: Values = json.loads(json.dumps(values))
    for *above, last in secrets:
        holder: Any = reach(copied, tuple(above))
        if reach(holder, (last,)) is not None:
            holder[last] = secret(holder[last])
    return copied


def _sealed(item: Values) -> Values:
    return {**MARK, "ciphertext": "v1:sealed"} if "plaintext" in item and set(item) > set(MARK) else item
