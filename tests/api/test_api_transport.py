"""The environment changes neither who signs nor where calls go, and threads do not share connections."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from canned import Canned, request, settings

from pulumi_ci.api.client import Client
from pulumi_ci.api.hosts import host_name
from pulumi_ci.emulator import Server

PROGRAM = """
import os, sys
sys.path.insert(0, {here!r})
from canned import request
from pulumi_ci.api.client import Client
from pulumi_ci.api.settings import settings
found = settings(lambda key: {{"ci:pace": "off", "ci:retrySeconds": "0"}}.get(key), os.environ)
print(Client(found).send(request()).root.tag)
"""


def test_netrc_and_proxy_variables_are_ignored(ci_emulator: Server, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin somebody\npassword else\n")
    netrc.chmod(0o600)
    nobody = "http://127.0.0.1:1"
    environ = {
        **ci_emulator.environment,
        **dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"), nobody),
        "NETRC": str(netrc),
        "HOME": str(tmp_path),
        "REQUESTS_CA_BUNDLE": str(tmp_path / "none.pem"),
    }
    text = PROGRAM.format(here=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", text], env=environ, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("Response", "", 0)
    assert [r.status for r in ci_emulator.emulator.requests] == [200]


def test_each_thread_has_its_own_session() -> None:
    made: list[int] = []
    reached = threading.Barrier(4)

    def adapter() -> Canned:
        made.append(threading.get_ident())
        return Canned()

    client = Client(settings(), adapter=adapter)

    def work() -> None:
        reached.wait(10)
        for _ in range(3):
            client.send(request())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(set(made)) == 4
    assert len(made) == 4, "one adapter a thread"


def test_hosts() -> None:
    assert host_name("ci", "b-1250000000", "ap-x") == "b-1250000000.ci.ap-x.myqcloud.com"
    assert host_name("pic", "b-1250000000", "ap-x") == "b-1250000000.pic.ap-x.myqcloud.com"
    assert host_name("ci-region", "b-1250000000", "ap-x") == "ci.ap-x.myqcloud.com"


def test_the_real_host_is_reached_over_https_without_an_endpoint() -> None:
    canned = Canned()
    Client(settings(), adapter=lambda: canned).send(request(path="/queue", query={"category": "CateAll", "state": ""}))
    assert (
        str(canned.asked[0].url) == "https://media-1250000000.ci.ap-beijing.myqcloud.com/queue?category=CateAll&state"
    )
