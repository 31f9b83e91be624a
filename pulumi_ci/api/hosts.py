"""Host names of the API's families."""

from __future__ import annotations

import re

from pulumi_ci.api.errors import CiError
from pulumi_ci.model.api import Host
from pulumi_ci.model.kind import BucketName, RegionName

_XML, _JSON = ".myqcloud.com", ".intl.tencentcloudapi.com"
"""How the hosts of the two families end; nothing is signed for another one."""
_HOST = re.compile(rf"([a-z0-9-]+\.)+[a-z0-9-]+{re.escape(_XML)}|[a-z0-9-]+{re.escape(_JSON)}")
_TARGET = re.compile(r"(?!//|.*/\.{1,2}([/?]|$))/[!-\"$-\[\]-~]*")
"""Path and query: what is printable in ASCII but for `#` and backslash, and no step upwards."""


def host_name(family: Host, bucket: str, region: str) -> str:
    """The real host of a call; the endpoint setting changes where bytes go, never this. Source: 000, 002, 066.

    Raises CiError for a region or bucket of which no host can be made: what is sent there is signed.
    """
    parts = {"region": (RegionName, region)} if family == "ci-region" else {}
    parts = parts or {"region": (RegionName, region), "bucket": (BucketName, bucket)}
    for name, (mark, part) in parts.items():
        if not re.fullmatch(mark.pattern, part):
            raise CiError(f"there is no host of {name} {part!r}: it is not {mark.words}, such as {mark.example}")
    prefix = "" if family == "ci-region" else f"{bucket}."
    return f"{prefix}{'ci' if family == 'ci-region' else family}.{region}{_XML}"


def service_host(service: str) -> str:
    """The real host of a JSON API such as `vod`. Source: vod-CreateProcessImageAsyncTemplate."""
    return f"{service}{_JSON}"


def address(host: str, target: str) -> str:
    """The URL of a call, whose `target` is path and query. Raises CiError when it may lead anywhere else."""
    if not _HOST.fullmatch(host) or not _TARGET.fullmatch(target):
        raise CiError(f"{target!r} at {host!r} does not lead to a host of the service for certain; nothing was sent")
    return f"https://{host}{target}"
