"""What a place holds of a kind, also where the service of the bucket is off: then that is proven first."""

from __future__ import annotations

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import NotBound
from pulumi_ci.lifecycle.lifecycle import Inventory, Session, log
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.kind import Kind, kind_of

_HOLDERS = ("bucket-binding", "media-service")
"""What a bucket must have before other kinds can be there, and what tells by a status of its own whether it has."""


def inventory(kind: type[Kind], session: Session, place: Place) -> Inventory:
    """The account's own objects of a kind in a place, as `Lifecycle.list` gives them.

    The refusal "not bound" alone proves nothing. Where the binding or the service says as well that it is off, nothing
    is in use there. Raises CiError.
    """
    try:
        return lifecycle(kind, session).list(place)
    except NotBound as error:
        for slug in _HOLDERS:
            if slug != kind.slug and not lifecycle(kind_of(slug), session).list(place):
                log.info("%s in %s: none, since its %s is off (%s)", kind.__name__, place, slug, error.code)
                return []
        raise
