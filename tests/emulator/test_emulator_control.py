"""Who may steer the emulator: programs of this machine, and no page that a browser shows."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import BUCKET, REGION

from pulumi_ci.cli.emulator import emulator as command
from pulumi_ci.emulator import Server

JSON = "Content-Type: application/json"
EVIL = "https://evil.example"
CALLS = [("GET", "requests"), ("POST", "reset"), ("POST", "faults"), ("DELETE", "faults"), ("POST", "choices")]
every_call = pytest.mark.parametrize(("method", "path"), CALLS)


def control(server: Server, method: str, path: str, *headers: str, body: str = "", host: str = "") -> tuple[int, Any]:
    """Status and JSON of one raw request to the control; `{url}` in a header is the emulator's own address."""
    lines = [
        f"{method} /_emulator/{path} HTTP/1.1",
        f"Host: {host or f'127.0.0.1:{server.port}'}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(header.format(url=server.url) for header in headers),
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", body]).encode())
        found = b""
        while got := connection.recv(65536):
            found += got
    head, _, rest = found.partition(b"\r\n\r\n")
    assert b"Access-Control" not in head, "no page may read it"
    return int(head.split()[1]), json.loads(rest) if b"application/json" in head else rest


@pytest.fixture
def filled(ci_emulator: Server) -> Server:
    """An emulator that holds a style and a fault."""
    style = "<AddStyle><StyleName>a</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
    ci_emulator.emulator.edit(BUCKET, REGION, "style", name="a", xml=style)
    ci_emulator.emulator.faults.add("throttle", nth=9)
    return ci_emulator


def assert_untouched(server: Server) -> None:
    assert len(server.emulator.objects) == len(server.emulator.faults.all()) == 1
    assert server.emulator.choices.throttle == "off"


@every_call
@pytest.mark.parametrize(
    "header",
    [
        f"Origin: {EVIL}",
        "Origin: null",
        "Origin: {url}.evil.example",
        "Origin: http://localhost:1",
        "Origin: https://127.0.0.1",
        f"Referer: {EVIL}/a/page.html",
        "Referer: {url}.evil.example/",
        "Referer: {url}@evil.example/",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ],
)
def test_other_sites_are_refused(filled: Server, method: str, path: str, header: str) -> None:
    status, answer = control(filled, method, path, header, JSON, body='{"effect": "reset", "throttle": "documented"}')
    assert status == 403
    assert "another site" in answer["error"]
    assert_untouched(filled)


@pytest.mark.parametrize(
    "type",
    [
        "",
        "Content-Type: text/plain",
        "Content-Type: text/plain; application/json",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=a",
        "Content-Type: application/jsonp",
        "X-Content-Type: application/json",
    ],
)
@pytest.mark.parametrize(
    ("path", "body"),
    [("reset", ""), ("reset", "{}"), ("faults", '{"effect": "reset"}'), ("choices", '{"throttle": "documented"}')],
)
def test_only_json_changes_anything(filled: Server, path: str, body: str, type: str) -> None:
    status, answer = control(filled, "POST", path, *([type] if type else []), body=body)
    assert status == 415
    assert "Content-Type: application/json" in answer["error"]
    assert_untouched(filled)


@pytest.mark.parametrize(
    "type", [JSON, "content-type: APPLICATION/JSON; charset=utf-8", "Content-Type:application/json "]
)
@pytest.mark.parametrize(
    "site", ["", "Origin: {url}", "Referer: {url}/", "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin"]
)
def test_programs_of_this_machine_may(filled: Server, type: str, site: str) -> None:
    more = [type, *([site] if site else [])]
    status, answer = control(filled, "POST", "faults", *more, body='{"effect": "reset"}')
    assert (status, len(answer)) == (200, 2)
    assert control(filled, "POST", "reset", *more) == (200, {})
    assert filled.emulator.objects == []


def test_reading_needs_no_type(filled: Server) -> None:
    status, answer = control(filled, "GET", "objects")
    assert (status, len(answer)) == (200, 1)
    assert control(filled, "DELETE", "requests") == (200, {})


@every_call
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "2130706433", ""]
)
def test_names_that_lead_here_are_refused(filled: Server, method: str, path: str, host: str) -> None:
    """A page may have a name that is made to lead to this machine (DNS rebinding); its Origin is then its own."""
    name = host or "[::ffff:127.0.0.1]"
    status, answer = control(filled, method, path, f"Origin: http://{name}", JSON, body="{}", host=name)
    assert status >= 400
    assert b"InvalidHost" in answer or b"Authorization" in answer
    assert_untouched(filled)


def test_the_command_may(filled: Server) -> None:
    run = CliRunner().invoke(command, ["objects", "--port", str(filled.port)])
    assert (run.exit_code, [item["name"] for item in json.loads(run.output)]) == (0, ["a"])
    change = {"bucket": BUCKET, "region": REGION, "kind": "style", "name": "a", "delete": True}
    run = CliRunner().invoke(command, ["edit", "--port", str(filled.port), json.dumps(change)])
    assert (run.exit_code, json.loads(run.output)) == (0, {})
    run = CliRunner().invoke(command, ["reset", "--port", str(filled.port)])
    assert run.exit_code == 0, run.output
    assert filled.emulator.faults.all() == []
