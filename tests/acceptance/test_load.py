"""One environment file serves all environments, each with the config of its stack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from acceptance.stack import Project
from pulumi_ci.emulator import Server
from pulumi_ci.engine import Engine

pytestmark = pytest.mark.engine
MEDIA = Path(__file__).parents[1] / "environment" / "good" / "media.yaml"


def test_one_file_serves_two_environments(engine: Engine, tmp_path: Path, ci_emulator: Server) -> None:
    project = Project(engine, tmp_path / "site", ci_emulator, name="site", init=False)
    shutil.copy(MEDIA, project.work / "media.yaml")
    project.program(
        "import pulumi\nimport pulumi_ci as ci\n\n"
        'made = ci.load("media.yaml")\npulumi.export("thumbs", made["thumbs"].template_id)\n'
    )
    places = {"dev": "dev-1250000000", "prod": "prod-1250000000"}
    for stack, bucket in places.items():
        project.run("stack", "init", stack)
        settings = {"callback_url": f"https://{stack}.example.com/ci", "quick": "false", "ci:bucket": bucket}
        settings |= {"ci:region": "ap-beijing", "width": "640" if stack == "dev" else "1280"}
        for key, value in settings.items():
            project.run("config", "set", key, value)
        project.run("config", "set", "--secret", "hls_key", f"the-key-of-{stack}")
        project.up("--stack", stack)
        project.quiet("--stack", stack)
    for stack, bucket in places.items():
        held = {item.name: item for item in ci_emulator.emulator.objects if item.bucket == bucket}
        thumbs = next(item for name, item in held.items() if name.startswith("thumbs-"))
        watch = held["watch"]
        assert f"<Width>{'640' if stack == 'dev' else '1280'}</Width>" in thumbs.xml
        assert f"<TemplateId>{thumbs.id}</TemplateId>" in watch.xml
        assert f"https://{stack}.example.com/ci" in watch.xml
        assert f"<Bucket>{bucket}</Bucket>" in watch.xml
        assert f"the-key-of-{stack}" not in project.export("--stack", stack)
