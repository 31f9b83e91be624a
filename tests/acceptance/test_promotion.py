"""From one environment to another with the real engine: to a file, to a stack, to a live bucket, and back again."""

from __future__ import annotations

import io
import json

import pytest
import yaml
from rich.console import Console

from acceptance import catalogue
from acceptance.command import ci
from acceptance.conftest import NewProject
from acceptance.stack import Project
from pulumi_ci.cli import demo_promote
from pulumi_ci.emulator import Server
from pulumi_ci.model.api import Action
from pulumi_ci.model.kind import kinds

pytestmark = pytest.mark.engine

DEV = {"ci:region": "ap-beijing", "ci:bucket": "dev-1250000000"}
PROD = {"ci:region": "ap-shanghai", "ci:bucket": "prod-1250000000"}
LIVE_DEV, LIVE_PROD = (f"live:{place['ci:region']}/{place['ci:bucket']}" for place in (DEV, PROD))
OLD = """\
config:
  hook: {type: string, secret: true}
  hls_key: {type: string, secret: true}
resources:
  binding: {type: ci:BucketBinding}
  queue:
    type: ci:MediaQueue
    properties:
      name: videos
      notify_config: {state: "On", event: [TaskFinish], type: Url, url: "${hook}"}
      on_delete: restore
    options: {dependsOn: ["${binding}"]}
  thumbs:
    type: ci:SnapshotTemplate
    properties: {count: 3, width: 640}
  logo:
    type: ci:ImageStyle
    properties: {style_name: logo, style_body: imageMogr2/thumbnail/64x}
  hls:
    type: ci:TranscodeTemplate
    properties:
      container: {format: hls}
      video: {codec: H.264}
      audio: {codec: aac}
      trans_config: {hls_encrypt: {is_hls_encrypt: true, uri_key: "${hls_key}"}}
    options: {protect: true}
  publish:
    type: ci:Workflow
    properties: &publish
      name: 发布
      dependencies: {Start: [Snapshot_a], Snapshot_a: [End]}
      nodes:
        Start: {type: Start, object_prefix: in/, queue_id: "${queue.queue_id}"}
        Snapshot_a:
          type: Snapshot
          template_id: ${thumbs.template_id}
          output: {region: "${ci.region}", bucket: "${ci.bucket}", object: "a/$${Number}.jpg"}
"""
NEW = (
    OLD.replace("count: 3", "count: 9")
    .replace("  logo:", "  poster:")
    .replace("style_name: logo", "style_name: poster")
    .replace("resources:", "  number: {type: integer, default: 5}\nresources:")
    + '  extra: {type: ci:SnapshotTemplate, properties: {name: extra, count: "${number}"}}\n'
)


def test_every_step_of_the_demo_holds() -> None:
    said = io.StringIO()
    assert demo_promote.run(console=Console(file=said, width=120)), said.getvalue()


def shop(project: Project, **files: str) -> None:
    """Makes a stack for each file, which declares what the file with its name says; dev and prod have their places."""
    project.program(
        "import pulumi\nimport pulumi_ci as ci\n\n"
        'made = ci.load(f"{pulumi.get_stack()}.yaml")\npulumi.export("thumbs", made["thumbs"].id)\n'
    )
    for stack, text in files.items():
        (project.work / f"{stack}.yaml").write_text(text)
        project.run("stack", "init", stack)
        place = DEV if stack == "dev" else PROD
        for key, value in place.items():
            project.run("config", "set", key, value, "--stack", stack)
        for key in ("hook", "hls_key"):
            project.run("config", "set", "--secret", key, f"https://{stack}.example.com/{key}", "--stack", stack)


def test_a_stack_is_promoted_without_its_program(new_project: NewProject, ci_emulator: Server) -> None:
    project = new_project(name="shop", init=False)
    shop(project, prod=OLD)
    project.up("--stack", "prod")
    for name, text in {"new": NEW, "other": NEW.replace("count: 9", "count: 7")}.items():
        (project.work / f"{name}.yaml").write_text(text)
        ci(project, "promote", f"{name}.yaml", "stack:prod", "--prune", "--plan", f"{name}.json", code=1)
    steps = {step["name"]: step["action"] for step in json.loads((project.work / "new.json").read_text())["steps"]}
    assert steps == {"extra": "create", "poster": "create", "thumbs": "update", "logo": "delete"}

    said = ci(project, "apply", "new.json", "--yes").said
    assert "Updating (prod)" in said
    assert "outputs stay as they were recorded" in said
    assert project.run("stack", "output", "thumbs", "--stack", "prod").said.startswith(PROD["ci:region"])
    state = project.export("--stack", "prod")
    assert not [key for key in ("hook", "hls_key") if f"prod.example.com/{key}" in state + said]
    held = {item.name: item for item in ci_emulator.emulator.objects if item.bucket == PROD["ci:bucket"]}
    assert "https://prod.example.com/hook" in held["videos"].xml
    assert "poster" in held
    assert "<Count>5</Count>" in held["extra"].xml
    assert "logo" not in held

    again = ci(project, "apply", "new.json", "--yes")
    assert "was done: create poster" in again.said
    assert again.calls == ()
    assert project.export("--stack", "prod") == state
    refused = ci(project, "apply", "other.json", "--yes", code=2)
    assert "has moved since the plan was made" in refused.said
    assert "thumbs: changed" in refused.said

    ci(project, "promote", "new.yaml", "prod.yaml@prod", "--prune", "--yes")
    project.quiet("--stack", "prod")
    assert ci(project, "compare", "stack:prod", "prod.yaml@prod").said.startswith("in sync")

    project.program(
        'import pulumi\nimport pulumi_ci as ci\n\nci.load("prod.yaml")\npulumi.ComponentResource("a:b:C", "c")\n'
    )
    project.up("--stack", "prod")
    (project.work / "prod.yaml").write_text(NEW.replace("count: 9", "count: 5"))
    ci(project, "promote", "prod.yaml", "stack:prod", "--plan", "late.json", code=1)
    refused = ci(project, "apply", "late.json", "--yes", code=2)
    assert "holds more than resources of an environment (urn:pulumi:prod::shop::a:b:C::c)" in refused.said
    assert refused.calls == ()


def test_a_stack_goes_into_a_live_bucket_which_is_then_taken_over(new_project: NewProject, ci_emulator: Server) -> None:
    project = new_project(name="shop", init=False)
    shop(project, dev=NEW)
    project.up("--stack", "dev")
    given = {"queue_callback_url": "https://prod.example.com/hook", "publish_object_prefix": "in/"}
    given["hls_uri_key"] = "https://prod.example.com/key"
    values = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
    ci(project, "promote", "stack:dev", LIVE_PROD, "--plan", "plan.json", *values, code=1)
    plan = (project.work / "plan.json").read_text()
    assert "dev.example.com" not in plan
    ci(project, "apply", "plan.json", "--yes", *values)
    assert ci(project, "compare", "stack:dev", LIVE_PROD).said.startswith("in sync")
    assert ci(project, "compare", LIVE_PROD, "stack:dev").said.startswith("in sync")

    objects = {
        bucket: [item for item in ci_emulator.emulator.objects if item.bucket == bucket]
        for bucket in (DEV["ci:bucket"], PROD["ci:bucket"])
    }
    ids = {item.id for item in objects[DEV["ci:bucket"]] if item.kind in ("template", "workflow", "queue")}
    assert len(ids) >= 3
    for item in objects[PROD["ci:bucket"]]:
        assert item.id not in ids
        assert not [word for word in (*ids, "dev-1250000000", "dev.example.com") if word in item.xml]
    project.quiet("--stack", "dev")

    project.run("stack", "init", "prod")
    taken = ("--file", "prod.yaml", "--values", "Pulumi.prod.yaml", "--project", "shop", "--force", *values)
    ci(project, "import", LIVE_PROD, *taken)
    project.run("config", "set", "--secret", "hls_uri_key", "https://prod.example.com/key", "--stack", "prod")
    files = ("--file", "import.json", "--generate-code=false", "--protect=false", "--yes")
    project.run("import", *files, "--stack", "prod")
    project.quiet("--stack", "prod")


def test_a_bucket_comes_back_byte_for_byte(new_project: NewProject, ci_emulator: Server) -> None:
    first = new_project(config=DEV)
    there = [slug for slug, kind in kinds().items() if set(kind.scope) == {"region", "bucket"}]
    first.declare(
        *(r for r in catalogue.resources() if r.slug in there and not isinstance(kinds()[r.slug].api, Action))
    )
    first.up()
    ci(first, "export", LIVE_DEV, "--to", "media.yaml", "--values", "values.yaml", "--project", "shop")
    text = (first.work / "media.yaml").read_text()
    assert text.count("    type: ci:") >= 25
    assert DEV["ci:bucket"] not in text

    second = new_project(name="shop", init=False)
    (second.work / "media.yaml").write_text(text)
    second.program('import pulumi_ci as ci\n\nci.load("media.yaml")\n')
    values = yaml.safe_load((first.work / "values.yaml").read_text())["config"]
    secrets = [name for name, one in yaml.safe_load(text)["config"].items() if one.get("secret")]
    second.config = {**values, **PROD, **{f"shop:{name}": "a-key" for name in secrets}}
    second.init()
    second.up()
    second.quiet()
    ci(second, "export", LIVE_PROD, "--to", "again.yaml", "--values", "values.yaml", "--project", "shop")
    assert (second.work / "again.yaml").read_text() == text
    assert yaml.safe_load((second.work / "values.yaml").read_text())["config"] == {**values, **PROD}
