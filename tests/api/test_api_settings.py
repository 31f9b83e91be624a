"""Where settings and credentials come from, in which order, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from canned import Canned, request

from pulumi_ci.api.client import Client
from pulumi_ci.api.credentials import Fixed, Keys, Missing, Vendor, credentials
from pulumi_ci.api.errors import CiError, MissingCredentials
from pulumi_ci.api.settings import Settings, settings

CONFIG = {"ci:secretId": "config-id", "ci:secretKey": "config-key", "ci:securityToken": "config-token"}
ENVIRON = {"TENCENTCLOUD_SECRET_ID": "env-id", "TENCENTCLOUD_SECRET_KEY": "env-key"}
Keyed = tuple[str, str, str]

SOURCES: dict[str, tuple[dict[str, str], dict[str, str], Keyed]] = {
    "environment wins": ({**CONFIG}, {**ENVIRON}, ("env-id", "env-key", "")),
    "its token": ({}, {**ENVIRON, "TENCENTCLOUD_TOKEN": "env-token"}, ("env-id", "env-key", "env-token")),
    "its other token": ({}, {**ENVIRON, "TENCENTCLOUD_SECURITY_TOKEN": "env-t2"}, ("env-id", "env-key", "env-t2")),
    "config": ({**CONFIG}, {}, ("config-id", "config-key", "config-token")),
    "a stray token joins no foreign keys": (
        {**CONFIG},
        {"TENCENTCLOUD_TOKEN": "stray"},
        ("config-id", "config-key", "config-token"),
    ),
    "empty variables count as none": (
        {**CONFIG},
        {"TENCENTCLOUD_SECRET_ID": "", "TENCENTCLOUD_SECRET_KEY": ""},
        ("config-id", "config-key", "config-token"),
    ),
    "none": ({}, {}, ("", "", "")),
}


@pytest.mark.parametrize("name", SOURCES)
def test_credentials_come_from(name: str) -> None:
    config, environ, expected = SOURCES[name]
    found = settings(config.get, environ)
    assert (found.secret_id, found.secret_key, found.token) == expected
    source = credentials(found)
    if expected[0]:
        keys = source.keys()
        assert (keys.secret_id, keys.secret_key, keys.token) == expected
        assert not any(part and part in repr(keys) + repr(found) + str(found) for part in expected)
    else:
        assert isinstance(source, Missing)


HALVES: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "id in the environment": ({**CONFIG}, {"TENCENTCLOUD_SECRET_ID": "a"}, "TENCENTCLOUD_SECRET_KEY is not set"),
    "key in the environment": ({**CONFIG}, {"TENCENTCLOUD_SECRET_KEY": "a"}, "TENCENTCLOUD_SECRET_ID is not set"),
    "id in config": ({"ci:secretId": "a"}, {}, "ci:secretKey is not set"),
    "key in config": ({"ci:secretKey": "a"}, {}, "ci:secretId is not set"),
}


@pytest.mark.parametrize("name", HALVES)
def test_half_a_pair_is_refused(name: str) -> None:
    config, environ, text = HALVES[name]
    with pytest.raises(CiError, match=text):
        settings(config.get, environ)


def test_missing_credentials_fail_at_the_first_call_and_name_the_sources() -> None:
    canned = Canned()
    with pytest.raises(MissingCredentials) as caught:
        Client(Settings(), adapter=lambda: canned).send(request())
    for word in ("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "provider's", "ci:secretId", "ci:credentials"):
        assert word in str(caught.value)
    assert canned.asked == []


def test_a_vendor_source_is_used_only_when_asked_for() -> None:
    assert isinstance(credentials(settings({"ci:credentials": "profile"}.get, {})), Vendor)
    assert isinstance(credentials(settings({"ci:credentials": "profile"}.get, ENVIRON)), Fixed)
    assert isinstance(credentials(settings(lambda key: None, {})), Missing)


def test_keys_are_asked_for_before_every_call() -> None:
    class Source:
        """Temporary keys that are renewed."""

        def __init__(self) -> None:
            self.calls = 0

        def keys(self) -> Keys:
            """The next ones."""
            self.calls += 1
            return Keys(f"id{self.calls}", f"key{self.calls}", f"token{self.calls}")

    canned = Canned()
    client = Client(Settings(paced=False), source=Source(), adapter=lambda: canned)
    for _ in range(2):
        client.send(request())
    assert [sent.headers["x-ci-security-token"] for sent in canned.asked] == ["token1", "token2"]
    assert "q-ak=id2" in str(canned.asked[1].headers["Authorization"])


VALUES: dict[str, tuple[dict[str, str], dict[str, str], str, object]] = {
    "region": ({"ci:region": "ap-beijing"}, {}, "region", "ap-beijing"),
    "bucket": ({"ci:bucket": "b-1250000000"}, {}, "bucket", "b-1250000000"),
    "endpoint": ({"ci:endpoint": "http://h:1/"}, {}, "endpoint", "http://h:1"),
    "endpoint of the environment": (
        {"ci:endpoint": "http://h"},
        {"PULUMI_CI_ENDPOINT": "http://e"},
        "endpoint",
        "http://e",
    ),
    "no endpoint": ({}, {}, "endpoint", None),
    "adopt": ({"ci:adopt": "identical"}, {}, "adopt", "identical"),
    "adopt never": ({}, {}, "adopt", "never"),
    "paced": ({}, {}, "paced", True),
    "not paced": ({"ci:pace": "off"}, {}, "paced", False),
    "not paced by the environment": ({}, {"PULUMI_CI_PACE": "off"}, "paced", False),
    "retry": ({"ci:retrySeconds": "5"}, {}, "retry_seconds", 5.0),
    "patience": ({"ci:patience": "0"}, {}, "patience", 0.0),
    "patience of the environment": ({"ci:patience": "0"}, {"PULUMI_CI_PATIENCE": "2.5"}, "patience", 2.5),
    "retry of the environment": ({"ci:retrySeconds": "5"}, {"PULUMI_CI_RETRY_SECONDS": "7"}, "retry_seconds", 7.0),
    "timeout": ({"ci:timeout": "2.5"}, {}, "timeout", 2.5),
    "default timeout": ({}, {}, "timeout", 30),
    "answers with a request id": ({}, {}, "anonymous", False),
    "answers without one": ({"ci:requestIds": "optional"}, {}, "anonymous", True),
    "request ids of the environment": (
        {"ci:requestIds": "optional"},
        {"PULUMI_CI_REQUEST_IDS": "required"},
        "anonymous",
        False,
    ),
    "vendor source": ({"ci:credentials": "cvm"}, {}, "credentials", "cvm"),
}


@pytest.mark.parametrize("name", VALUES)
def test_setting(name: str) -> None:
    config, environ, attribute, expected = VALUES[name]
    assert getattr(settings(config.get, environ), attribute) == expected


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("ci:adopt", "always", "never, identical, match"),
        ("ci:pace", "slow", "on, off"),
        ("ci:requestIds", "no", "required, optional"),
        ("ci:credentials", "env", "profile, cvm, oidc"),
        ("ci:endpoint", "127.0.0.1:8780", "http://127.0.0.1:8780"),
        ("ci:retrySeconds", "soon", "seconds from 0 to 3600"),
        ("ci:retrySeconds", "-1", "seconds from 0 to 3600"),
        ("ci:region", "evil.example#", "ap-beijing"),
        ("ci:region", "ap-beijing ", "a region"),
        ("ci:bucket", "evil.example#b-1", "media-1250000000"),
        ("ci:bucket", "media", "a bucket name with its APPID"),
        ("ci:patience", "long", "seconds from 0 to 3600"),
        ("ci:patience", "3601", "seconds from 0 to 3600"),
        ("ci:timeout", "99999", "seconds above 0 to 3600"),
        ("ci:timeout", "nan", "seconds above 0 to 3600"),
        ("ci:timeout", "0", "seconds above 0 to 3600"),
    ],
)
def test_a_wrong_setting_is_refused(key: str, value: str, text: str) -> None:
    with pytest.raises(CiError, match=text) as caught:
        settings({key: value}.get, {})
    assert key in str(caught.value)
    assert value in str(caught.value)


def test_a_profile_without_a_default_section_is_missing_credentials(tmp_path: Path) -> None:
    """The SDK raises AttributeError for such a file; a process of its own, because it looks in the home directory."""
    import subprocess
    import sys

    (tmp_path / ".tencentcloud").mkdir()
    (tmp_path / ".tencentcloud" / "credentials").write_text("[other]\nsecret_id = a\nsecret_key = b\n")
    program = (
        "from pulumi_ci.api.credentials import Vendor\n"
        "from pulumi_ci.api.errors import MissingCredentials\n"
        "try:\n    Vendor('profile').keys()\nexcept MissingCredentials as error:\n    print(error)"
    )
    environ = {"HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, timeout=60)
    assert "credentials source profile" in done.stdout, done.stderr


def test_a_profile_gives_its_keys(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / ".tencentcloud").mkdir()
    (tmp_path / ".tencentcloud" / "credentials").write_text("[default]\nsecret_id = file-id\nsecret_key = file-key\n")
    program = (
        "from pulumi_ci.api.credentials import Vendor\nkeys = Vendor('profile').keys()\n"
        "print(keys.secret_id, keys.secret_key, repr(keys.token), keys)"
    )
    environ = {"HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "file-id file-key '' Keys()", done.stderr
