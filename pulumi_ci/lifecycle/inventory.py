"""What a place holds of a kind, also where the service of the bucket is off: then that is proven first."""

from __future__ import annotations

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import NotBound
from pulumi_ci.lifecycle.lifecycle import Inventory, Session, log
from pulumi_ci.lifecycle.registry import lifecycle
from pulumi_ci.model.kind import Kind, kind_of

_BINDING = "bucket-binding"
_SERVICES = {
    "/template": "media-service",
    "/workflow": "media-service",
    "/queue": "media-service",
    "/asrqueue": "speech-service",
    "/ai_queue": "ai-recognition-service",
    "/docqueue": "document-service",
}
"""By the path of a kind's calls, the service that a bucket needs for them besides its binding. Source: 061-081."""


def inventory(kind: type[Kind], session: Session, place: Place) -> Inventory:
    """The account's own objects of a kind in a place, as `Lifecycle.list` gives them.

    The refusal "not bound" alone proves nothing. Where the binding or the kind's service says as well that it is off,
    nothing is in use there. Raises CiError.
    """
    try:
        return lifecycle(kind, session).list(place)
    except NotBound as error:
        for slug in filter(None, (_BINDING, _SERVICES.get(getattr(kind.api, "path", "")))):
            if slug != kind.slug and not lifecycle(kind_of(slug), session).list(place):
                log.info("%s in %s: none, since its %s is off (%s)", kind.__name__, place, slug, error.code)
                return []
        raise
