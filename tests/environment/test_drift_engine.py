"""Drift of a stack that the real engine made: by its name, from its export, and from the file of its backend."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from acceptance.stack import BUCKET, REGION, STACK, Project, Resource

from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.engine import ensure

pytestmark = pytest.mark.engine

HLS = {
    "container": {"format": "hls"},
    "video": {"codec": "H.264"},
    "trans_config": {"hls_encrypt": {"is_hls_encrypt": True, "uri_key": "planted"}},
}


def drift(project: Project, source: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pulumi_ci.cli.main", "drift", source, "--format", "json"]
    environ = {**project.environ, **environ}
    return subprocess.run(words, cwd=project.work, env=environ, input=stdin, capture_output=True, text=True)


def test_a_stack_its_export_and_its_file_say_the_same(tmp_path: Path, ci_emulator: Server) -> None:
    project = Project(ensure(), tmp_path / "project", ci_emulator)
    project.declare(
        Resource("snapshot-template", "thumbs", {"count": 3, "width": 640}, {"protect": False}),
        Resource("transcode-template", "hls", HLS),
        Resource("image-style", "card", {"style_name": "card", "style_body": "imageMogr2/rotate/90"}),
        Resource("media-queue", "queue", {"name": "media"}),
    )
    project.up()
    quiet = drift(project, f"stack:{STACK}")
    assert (quiet.returncode, quiet.stderr) == (exit_codes.OK, "")
    assert json.loads(quiet.stdout)["summary"]["in_sync"] == 4

    local = {name: str(item["id"]).rsplit("/", 1)[-1] for name, item in project.state().items()}
    edits: list[tuple[str, dict[str, Any]]] = [
        ("template", {"id": local["thumbs"], "set": {"Snapshot/Width": "320"}}),
        ("template", {"id": local["hls"], "set": {"TransConfig/HlsEncrypt/UriKey": "otherplanted"}}),
        ("style", {"name": "card", "delete": True}),
    ]
    for kind, change in edits:
        ci_emulator.emulator.edit(BUCKET, REGION, kind, **change)
    found = drift(project, f"stack:{STACK}")
    assert (found.returncode, found.stderr) == (exit_codes.DIFFERENCE, "")
    assert "planted" not in found.stdout
    report = json.loads(found.stdout)
    paths = {one["name"]: [d["path"] for d in one["differences"]] for one in report["changed"]}
    assert paths == {"thumbs": ["width"], "hls": ["trans_config.hls_encrypt.uri_key"]}
    assert [one["name"] for one in report["missing"]] == ["card"]
    assert (report["unmanaged"], report["summary"]["coverage"]) == ([], 100)

    clear = _only_json(project.export("--show-secrets"))
    assert drift(project, "-", clear, PATH="").stdout == found.stdout
    assert json.loads(drift(project, "-", _only_json(project.export())).stdout)["summary"]["not_comparable"] == 1
    (file,) = (project.folder / "state").rglob(f"{STACK}.json")
    kept = json.loads(drift(project, str(file)).stdout)
    assert [one["name"] for one in kept["changed"]] == ["thumbs"]

    sealed = drift(project, f"stack:{STACK}", PULUMI_CONFIG_PASSPHRASE="")
    assert (sealed.returncode, sealed.stdout) == (exit_codes.USAGE, "")
    assert "the state of the stack dev cannot be read" in sealed.stderr
    assert "passphrase" in sealed.stderr
    unknown = drift(project, "stack:none")
    assert unknown.returncode == exit_codes.USAGE
    assert "no stack named 'none'" in unknown.stderr


def _only_json(said: str) -> str:
    return said[: said.rindex("}") + 1]
