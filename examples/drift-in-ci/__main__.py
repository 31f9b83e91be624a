"""A style, a template and a queue; `.github/workflows/drift.yml` looks every night whether somebody changed them."""

import pulumi

import pulumi_ci as ci
from pulumi_ci import image

binding = ci.BucketBinding("binding")
bound = pulumi.ResourceOptions(depends_on=[binding])

card = ci.ImageStyle(
    "card", style_name="card", style_body=image.Mogr2().thumbnail(width=640).quality(85).format("webp"), opts=bound
)
thumbs = ci.SnapshotTemplate("thumbs", mode="Interval", time_interval=10, count=6, width=640, opts=bound)
queue = ci.MediaQueue("queue", name="media", on_delete="restore", opts=bound)

pulumi.export("thumbs", thumbs.template_id)
pulumi.export("queue", queue.queue_id)
