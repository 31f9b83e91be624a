"""Promotion into a file: only what differs is rewritten, and the file is whole at every moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from pulumi_ci.environment.apply_file import apply_file
from pulumi_ci.environment.compare import compare
from pulumi_ci.environment.environment import Environment
from pulumi_ci.environment.plan import Plan, Refused
from pulumi_ci.environment.planning import make
from pulumi_ci.environment.read import read, reads

TARGET = """\
# Thumbnails of the shop. Ask the media team before you change them.
config:
  to: {type: string}  # one for each stack
resources:
  # small ones
  small:
    type: ci:SnapshotTemplate
    properties:
      count: 3     # the first three seconds
      width: 640

  queue:
    type: ci:MediaQueue
    properties: {name: q, notify_config: {state: "On", event: [TaskFinish], type: Url, url: "${to}"}}
  old:
    type: ci:SnapshotTemplate
    properties: {name: old, count: 1}
"""
SOURCE = """\
config:
  where: {type: string}
  prefix: {type: string}
resources:
  queue:
    type: ci:MediaQueue
    properties:
      name: q
      notify_config: {state: "On", event: [TaskFinish, WorkflowFinish], type: Url, url: "${where}"}
  small:
    type: ci:SnapshotTemplate
    properties: {width: 800, count: 3, height: 450}
  publish:
    type: ci:Workflow
    properties:
      name: publish
      dependencies: {Start: [Snapshot_1], Snapshot_1: [End]}
      nodes:
        Start: {type: Start, object_prefix: "${prefix}"}
        Snapshot_1:
          type: Snapshot
          template_id: ${small.template_id}
          output: {region: "${ci.region}", bucket: "${ci.bucket}", object: "$${InputName}-$${Number}.jpg"}
"""
EDITED = """\
# Thumbnails of the shop. Ask the media team before you change them.
config:
  to: {type: string}  # one for each stack
  prefix:
    type: string
resources:
  # small ones
  small:
    type: ci:SnapshotTemplate
    properties:
      count: 3     # the first three seconds
      width: 800

      height: 450
  queue:
    type: ci:MediaQueue
    properties: {name: q, notify_config: {state: "On", event: [TaskFinish, WorkflowFinish], type: Url, url: "${to}"}}
  publish:
    type: ci:Workflow
    properties:
      name: publish
      dependencies:
        Start:
          - Snapshot_1
        Snapshot_1:
          - End
      nodes:
        Start:
          type: Start
          object_prefix: ${prefix}
        Snapshot_1:
          type: Snapshot
          template_id: ${small.template_id}
          output:
            region: ${ci.region}
            bucket: ${ci.bucket}
            object: $${InputName}-$${Number}.jpg
"""
VALUES = {"ci.region": "ap-shanghai", "ci.bucket": "prod-1250000000", "prefix": "in/"}


@pytest.fixture
def source() -> Environment:
    return reads(SOURCE, "source.yaml", {"where": "https://dev.example.com", "prefix": "in/"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "target.yaml"
    path.write_text(TARGET)
    return path


def planned(source: Environment, file: Path, prune: bool = True) -> Plan:
    target = read(file, {"to": "https://prod.example.com"})
    return make(("source", str(file)), source, target, compare(source, target), prune=prune, values=VALUES)


def test_comments_and_order_stay(source: Environment, file: Path) -> None:
    plan = planned(source, file)
    assert [step.action for step in plan.steps] == ["update", "update", "create", "delete"]
    assert len(apply_file(plan, file, read(file))) == 4
    assert file.read_text() == EDITED
    assert not compare(source, read(file))
    assert apply_file(plan, file, read(file)) == ()
    assert file.read_text() == EDITED


LIVE = """\
config:
  media_queue_callback_url: string
resources:
  bucket-binding: {type: ci:BucketBinding}
  media-queue:
    type: ci:MediaQueue
    properties:
      name: q
      state: Active
      notify_config:
        {state: "On", event: [WorkflowFinish, TaskFinish, WorkflowStart], type: Url, url: "${media_queue_callback_url}"}
"""
OWN = """\
config:
  to: string
resources:
  binding: {type: ci:BucketBinding}
  queue:
    type: ci:MediaQueue
    properties:
      name: q
      category: Transcoding
      notify_config: {state: "On", event: [TaskFinish, WorkflowFinish], type: Url, url: "${to}"}
      on_delete: restore
"""


def test_what_a_bucket_has_once_may_have_any_name_and_defaults_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN)
    plan = planned(reads(LIVE, "live.yaml"), file)
    (step,) = plan.steps
    assert (step.action, step.name) == ("update", "queue")
    assert {change.path[:2] for change in step.changes} == {("notify_config", "event")}
    apply_file(plan, file, read(file))
    edited = OWN.replace("[TaskFinish, WorkflowFinish]", "[TaskFinish, WorkflowFinish, WorkflowStart]")
    assert yaml.safe_load(file.read_text()) == yaml.safe_load(edited)


def test_without_prune_nothing_goes(source: Environment, file: Path) -> None:
    plan = planned(source, file, prune=False)
    apply_file(plan, file, read(file))
    assert "old" in read(file).resources
    assert plan.kept == ("old",)


def test_a_file_that_moved_is_refused_and_stays(source: Environment, file: Path) -> None:
    plan = planned(source, file)
    text = TARGET.replace("width: 640", "width: 320")
    file.write_text(text)
    with pytest.raises(Refused, match="small: changed"):
        apply_file(plan, file, read(file))
    assert file.read_text() == text


def test_a_comment_is_no_change(source: Environment, file: Path) -> None:
    plan = planned(source, file)
    file.write_text(TARGET.replace("# small ones", "# really small ones"))
    apply_file(plan, file, read(file))
    assert "# really small ones" in file.read_text()


def test_what_would_not_be_right_is_not_written(source: Environment, file: Path) -> None:
    plan = planned(source, file)
    broken = replace(plan, steps=tuple(replace(s, properties={**s.properties, "count": 0}) for s in plan.steps[:1]))
    with pytest.raises(Exception, match=r"small\.count"):
        apply_file(broken, file, read(file))
    assert file.read_text() == TARGET
    assert list(file.parent.iterdir()) == [file]
