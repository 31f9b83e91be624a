"""Planted secrets: in no exported state, in no file of the backend, in no log of any logger, in no output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acceptance.conftest import NewProject
from acceptance.stack import BUCKET, REGION, Project
from pulumi_ci.emulator import Account, Emulator, Server

pytestmark = pytest.mark.engine

ID, KEY, TOKEN = "AKIDplantedIdplantedIdplantedId00000", "plantedKeyplantedKeyplantedKey00", "plantedTokenplantedToken"
URI_KEY = "plantedUriKeyplantedUriKey"
SIGNATURE = re.compile(r"q-signature|q-key-time|[Aa]uthorization: ?q-|sign_?key", re.IGNORECASE)

EVERYTHING_LOGGED = """
import logging, os
logging.basicConfig(level=logging.DEBUG, filename=os.environ["EVERY_LOG"], format="%(process)d %(name)s %(message)s")
logging.getLogger("acceptance").debug("logging is on")
"""
PROGRAM = """
import pulumi, pulumi_ci as ci
settings = pulumi.Config("planted")
key = settings.require("uriKey")
options = None
if settings.get("id"):
    other = ci.Provider(
        "other", region="{region}", bucket="{bucket}", secret_id=settings.get("id"), secret_key=settings.get("key"),
        security_token=settings.get("token"),
    )
    options = pulumi.ResourceOptions(provider=other)
ci.BucketBinding("binding", options)
ci.ImageStyle("style", options, style_body="imageMogr2/thumbnail/1x")
thumbs = ci.SnapshotTemplate("thumbs", options, count=int(settings.get("count") or 3))
ci.TranscodeTemplate(
    "hls", options, container={{"format": "hls"}}, video={{"codec": "H.264"}},
    trans_config={{"hls_encrypt": {{"is_hls_encrypt": True, "uri_key": key}}}},
)
ci.MediaQueue("queue", options, name="media", on_delete="restore")
"""


class Places:
    """Everything that a run may have written secrets into."""

    def __init__(self, project: Project, log: Path) -> None:
        self.project, self.log = project, log
        self.texts: dict[str, str] = {}

    def collect(self) -> dict[str, str]:
        """All texts by where they were found."""
        self.texts["stack export"] = self.project.export()
        self.texts["logs"] = self.log.read_text()
        for file in (self.project.folder / "state").rglob("*"):
            if file.is_file():
                self.texts[f"backend {file.name}"] = file.read_bytes().decode("utf-8", "replace")
        return self.texts

    def holding(self, secret: str) -> list[str]:
        """Where the secret stands."""
        return [where for where, text in self.texts.items() if secret in text]


@pytest.fixture(params=["environment", "provider"])
def places(request: pytest.FixtureRequest, new_project: NewProject, tmp_path: Path) -> Places:
    """A stack run with planted credentials: up, a change, refresh, errors; all that it left behind."""
    explicit = request.param == "provider"
    emulator = Emulator(accounts=[Account(ID, KEY, TOKEN)])
    server = Server(emulator)
    with server:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(EVERYTHING_LOGGED)
        keys = {"TENCENTCLOUD_SECRET_ID": ID, "TENCENTCLOUD_SECRET_KEY": KEY, "TENCENTCLOUD_TOKEN": TOKEN}
        environ: dict[str, str | None] = {name: None if explicit else value for name, value in keys.items()}
        environ |= {"PYTHONPATH": str(tmp_path / "site"), "EVERY_LOG": str(tmp_path / "log")}
        project = new_project(server=server, environ=environ)
        project.program(PROGRAM.format(region=REGION, bucket=BUCKET))
        found = Places(project, tmp_path / "log")
        project.run("config", "set", "--secret", "planted:uriKey", URI_KEY)
        if explicit:
            for name, value in (("id", ID), ("key", KEY), ("token", TOKEN)):
                project.run("config", "set", "--secret", f"planted:{name}", value)
        found.texts["up"] = project.up().said
        live = next(item for item in emulator.objects if item.name.startswith("hls-"))
        emulator.edit(BUCKET, REGION, "template", id=live.id, set={"TransConfig/HlsEncrypt/UriKey": "elsewhere"})
        found.texts["preview"] = project.run("preview", "--refresh", "--diff").said
        found.texts["up --refresh"] = project.up("--refresh").said
        project.run("config", "set", "planted:count", "4")
        for effect, words in (("error", {"status": 403, "code": "AccessDenied"}), ("garbage", {}), ("reset", {})):
            emulator.faults.add(effect, **words)  # type: ignore[arg-type]
            failed = project.up(code=None)
            assert failed.code != 0
            found.texts[f"up with {effect}"] = failed.said
            emulator.faults.clear()
        assert f"<UriKey>{URI_KEY}</UriKey>" in next(item.xml for item in emulator.objects if item.id == live.id)
        found.collect()
        found.texts["destroy"] = project.destroy().said
    emulator.close()
    return found


def test_no_secret_leaks(places: Places) -> None:
    assert "logging is on" in places.log.read_text()
    assert "urllib3" in places.log.read_text(), "the provider's own process was not logged"
    for secret in (KEY, TOKEN, ID, URI_KEY):
        assert places.holding(secret) == []
    assert [where for where, text in places.texts.items() if SIGNATURE.search(text)] == []
