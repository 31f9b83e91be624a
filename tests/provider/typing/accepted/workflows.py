"""Right uses of the workflow builder."""

import pulumi

import pulumi_ci as ci
from pulumi_ci import workflow as wf

thumbs = ci.SnapshotTemplate("thumbs", count=3)
out = wf.Output(region="ap-beijing", bucket="media-1250000000", object="out/${RunId}/${Number}.jpg")
flow = ci.Workflow(
    "publish",
    state="Paused",
    **wf.pipeline(
        wf.Start(object_prefix="in/", next=[wf.Snapshot("thumbs", template_id=thumbs.template_id, output=out)]),
    ),
)
id: pulumi.Output[str] = flow.workflow_id
