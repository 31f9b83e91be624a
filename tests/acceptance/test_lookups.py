"""Programs that look up what is there already: in a preview, in an update, and without an answer."""

from __future__ import annotations

import json

import pytest

from acceptance.stack import Project, objects
from pulumi_ci.emulator import Server

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi, pulumi_ci as ci

queue = ci.find_media_queue(category="Transcoding")
output = {"region": queue.region, "bucket": queue.bucket, "object": "out/${RunId}/${Number}.${Ext}"}
thumbs = ci.SnapshotTemplate("thumbs", count=3)
flow = ci.Workflow(
    "flow",
    dependencies={"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    nodes={
        "Start": {"type": "Start", "object_prefix": "in/", "queue_id": queue.queue_id},
        "Snapshot_a": {"type": "Snapshot", "template_id": thumbs.template_id, "output": output},
    },
)
pulumi.export("queue", queue.queue_id)
pulumi.export("before", len(ci.list_snapshot_templates()))
"""


def test_what_is_found_goes_into_a_resource(project: Project, ci_emulator: Server) -> None:
    project.program(PROGRAM)
    preview = project.run("preview")
    assert [call.query for call in preview.sent("GET", "/queue")] == ["category=CateAll&pageNumber=1&pageSize=100"]
    assert preview.sent("POST") == []
    project.up()
    outputs = json.loads(project.run("stack", "output", "--json").said.strip())
    workflow = next(item for item in objects(ci_emulator) if item.kind == "workflow")
    assert f"<QueueId>{outputs['queue']}</QueueId>" in workflow.xml
    assert outputs["before"] == 0, "a look-up sees what was there when the program ran"
    project.program(PROGRAM.replace("pulumi.export", "ci.find_snapshot_template(count=3); pulumi.export", 1))
    project.up()
    project.destroy()


def test_a_look_up_that_fails_ends_the_run_with_its_reason(project: Project, ci_emulator: Server) -> None:
    project.program(PROGRAM.replace('category="Transcoding"', 'name="queue-9"'))
    said = project.run("preview", code=None).flat()
    assert "find_media_queue in ap-beijing/media-1250000000: no MediaQueue has name 'queue-9'. Did you mean" in said
    without = {"TENCENTCLOUD_SECRET_ID": None, "TENCENTCLOUD_SECRET_KEY": None}
    project.program(PROGRAM)
    failed = project.run("preview", code=None, environ=without)
    assert failed.code != 0
    assert "no credentials: tried the environment" in failed.flat()
    assert objects(ci_emulator) == []
