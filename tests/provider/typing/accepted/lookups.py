"""What a program finds has types, and can be given to resources."""

import pulumi_ci as ci
from pulumi_ci import vod

queue: ci.MediaQueueResult = ci.find_media_queue(category="SpeedTranscoding", bucket="media-1250000000")
ids: list[str] = [template.template_id for template in ci.list_snapshot_templates(region="ap-beijing")]
count: int = ci.find_snapshot_template(name="thumbs", is_check_black=True).count
width: int | None = ci.find_snapshot_template(template_id=ids[0]).width
number: int = vod.find_process_image_async_template(name="small", sub_app_id=1).definition
services = ci.find_bucket_services()
sites: list[str] = [] if services.hotlink is None else services.hotlink.url
ci.Workflow(
    "flow",
    dependencies={"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    nodes={"Start": {"type": "Start", "object_prefix": "in/", "queue_id": queue.queue_id}},
)
