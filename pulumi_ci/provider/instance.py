"""Explicit provider instances: a second region, bucket or account in one stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

_PACKAGE = "pulumi-python"
_ANY = "pulumi-python:dynamic:Resource"
"""A token of the package whose provider every resource has."""


def provider_of(opts: pulumi.ResourceOptions | None) -> pulumi.ProviderResource | None:
    """The explicit provider that resources with these options have, if any."""
    if opts is None:
        return None
    if opts.provider is not None:
        return opts.provider
    several = opts.providers or ()
    for provider in several.values() if isinstance(several, Mapping) else several:
        if provider.package == _PACKAGE:
            return provider
    return None if opts.parent is None else opts.parent.get_provider(_ANY)


class Provider(pulumi.ProviderResource):
    """Settings for the resources that name it in `opts=ResourceOptions(provider=...)`; each runs in its own process.

    `region`, `bucket` and `sub_app_id` are defaults of its resources. `endpoint` sends the calls elsewhere, to an
    emulator.
    `secret_id`, `secret_key` and `security_token` are kept as secrets in the state; credentials in the environment win
    over them. `adopt` is `never`, `identical` or `match`; `pace` is `on` or `off`; `credentials` asks for a vendor's
    source by name: `profile`, `cvm` or `oidc`; `request_ids` is `required`, or `optional` for a service that sends
    none. `emulator` sends the calls to a `pulumi-ci emulator start` on this machine, with its published keys.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        sub_app_id: pulumi.Input[int] | None = None,
        endpoint: pulumi.Input[str] | None = None,
        secret_id: pulumi.Input[str] | None = None,
        secret_key: pulumi.Input[str] | None = None,
        security_token: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        pace: pulumi.Input[str] | None = None,
        credentials: pulumi.Input[str] | None = None,
        request_ids: pulumi.Input[str] | None = None,
        emulator: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        if emulator:
            from pulumi_ci.emulator import SECRET_ID, SECRET_KEY
            from pulumi_ci.emulator.address import URL

            endpoint, secret_id, secret_key = endpoint or URL, SECRET_ID, SECRET_KEY
        self.place = {"region": region, "bucket": bucket, "sub_app_id": sub_app_id}
        """Where its resources live that say nothing else, as far as it was told."""
        secrets = {"secretId": secret_id, "secretKey": secret_key, "securityToken": security_token}
        plain: dict[str, Any] = {"region": region, "bucket": bucket, "endpoint": endpoint, "adopt": adopt}
        if sub_app_id is not None:
            plain["subAppId"] = pulumi.Output.from_input(sub_app_id).apply(lambda number: str(int(number)))
        plain |= {"pace": pace, "credentials": credentials, "requestIds": request_ids}
        given = {key: value for key, value in plain.items() if value is not None}
        given |= {key: pulumi.Output.secret(value) for key, value in secrets.items() if value is not None}
        properties = {f"ci:{key}": value for key, value in given.items()}
        super().__init__(_PACKAGE, resource_name, properties, opts)
