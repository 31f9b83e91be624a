"""Which lifecycle a kind has, by the words of its API."""

from __future__ import annotations

from pulumi_ci.lifecycle.adopted import AdoptedLifecycle
from pulumi_ci.lifecycle.json_action import JsonActionLifecycle
from pulumi_ci.lifecycle.json_collection import JsonCollectionLifecycle
from pulumi_ci.lifecycle.lifecycle import Lifecycle, Session
from pulumi_ci.lifecycle.named import NamedLifecycle
from pulumi_ci.lifecycle.switch import SwitchLifecycle
from pulumi_ci.lifecycle.xml_action import XmlActionLifecycle
from pulumi_ci.lifecycle.xml_collection import XmlCollectionLifecycle
from pulumi_ci.model.api import Adopted, Collection, JsonAction, JsonCollection, Named, Switch, XmlAction
from pulumi_ci.model.kind import Kind

_CLASSES: dict[type, type[Lifecycle]] = {
    Collection: XmlCollectionLifecycle,
    JsonCollection: JsonCollectionLifecycle,
    Named: NamedLifecycle,
    Adopted: AdoptedLifecycle,
    Switch: SwitchLifecycle,
    XmlAction: XmlActionLifecycle,
    JsonAction: JsonActionLifecycle,
}


def lifecycle_class(kind: type[Kind]) -> type[Lifecycle]:
    """The class of the kind's lifecycle."""
    return _CLASSES[type(kind.api)]


def lifecycle(kind: type[Kind], session: Session) -> Lifecycle:
    """The lifecycle of a kind within a session."""
    return lifecycle_class(kind)(kind, session)
