"""The same set in two regions: one provider each, and a component that declares the set once."""

import os

import pulumi

import pulumi_ci as ci
from pulumi_ci import image
from pulumi_ci import workflow as wf

# Without keys in the environment the program talks to the emulator: `pulumi-ci emulator start`.
emulator = "TENCENTCLOUD_SECRET_ID" not in os.environ


class Previews(pulumi.ComponentResource):
    """A bucket whose videos get previews, and whose pictures get a style. It lives where its provider says."""

    def __init__(self, name: str, region: str, bucket: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("example:ci:Previews", name, opts=opts)
        binding = ci.BucketBinding(f"{name}-binding", opts=pulumi.ResourceOptions(parent=self))
        bound = pulumi.ResourceOptions(parent=self, depends_on=[binding])
        card = ci.ImageStyle(
            f"{name}-card",
            style_name="card",
            style_body=image.Mogr2().thumbnail(640, 360, "cover").quality(85).format("webp"),
            opts=bound,
        )
        queue = ci.MediaQueue(f"{name}-queue", name="media", on_delete="restore", opts=bound)
        thumbs = ci.SnapshotTemplate(f"{name}-thumbs", mode="Average", count=6, width=640, opts=bound)
        results = wf.Output(region=region, bucket=bucket, object="previews/${InputName}-${Number}.jpg")
        workflow = ci.Workflow(
            f"{name}-previews",
            **wf.pipeline(
                wf.Start(
                    object_prefix="videos/",
                    queue_id=queue.queue_id,
                    next=[wf.Snapshot("thumbs", template_id=thumbs.template_id, output=results)],
                )
            ),
            opts=bound,
        )
        self.found = {
            "region": card.region,
            "bucket": card.bucket,
            "style": card.style_name,
            "thumbs": thumbs.name,
            "workflow": workflow.workflow_id,
        }
        self.register_outputs(self.found)


for name, place in pulumi.Config().require_object("places").items():
    cloud = ci.Provider(name, region=place["region"], bucket=place["bucket"], emulator=emulator)
    previews = Previews(
        name, region=place["region"], bucket=place["bucket"], opts=pulumi.ResourceOptions(provider=cloud)
    )
    pulumi.export(name, previews.found)
