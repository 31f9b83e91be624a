"""Host names of the API's families."""

from __future__ import annotations

from pulumi_ci.model.api import Host


def host_name(family: Host, bucket: str, region: str) -> str:
    """The real host of a call; the endpoint setting changes where bytes go, never this. Source: 000, 002, 066."""
    prefix = "" if family == "ci-region" else f"{bucket}."
    return f"{prefix}{'ci' if family == 'ci-region' else family}.{region}.myqcloud.com"


def service_host(service: str) -> str:
    """The real host of a JSON API such as `vod`. Source: vod-CreateProcessImageAsyncTemplate."""
    return f"{service}.intl.tencentcloudapi.com"
