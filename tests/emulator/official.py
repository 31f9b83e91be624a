"""The official clients of the JSON services, sent to the emulator: real host names, and a plain HTTP proxy."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Server

Act = Callable[..., Any]


def client(
    make: Callable[..., Any],
    server: Server,
    host: str,
    region: str = "",
    key: str = SECRET_KEY,
    token: str | None = None,
) -> Any:
    """A client class of the SDK, made for `host` such as `vod`."""
    proxied = HttpProfile(protocol="http", endpoint=f"{host}.tencentcloudapi.com", proxy=server.url)
    return make(Credential(SECRET_ID, key, token), region, ClientProfile(httpProfile=proxied))


def acting(make: Callable[..., Any], models: ModuleType, **usual: Any) -> Act:
    """Calls an action by its name with its parameters and gives the answer as plain data.

    `usual` and the further words of a call are those of `client`.
    """

    def call(action: str, parameters: dict[str, Any], **words: Any) -> Any:
        request = getattr(models, f"{action}Request")()
        request.from_json_string(json.dumps(parameters))
        return json.loads(getattr(client(make, **{**usual, **words}), action)(request).to_json_string())

    return call


def code(act: Act, action: str, parameters: dict[str, Any], **words: Any) -> str:
    """The code of the error that it ends with."""
    with pytest.raises(TencentCloudSDKException) as raised:
        act(action, parameters, **words)
    return str(raised.value.get_code())
