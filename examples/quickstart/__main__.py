"""A bucket bound to CI: hotlink protection, two styles, the queue's settings, three templates, one workflow."""

import os

import pulumi

import pulumi_ci as ci
from pulumi_ci import image
from pulumi_ci import workflow as wf

config = pulumi.Config("ci")
region, bucket = config.require("region"), config.require("bucket")

# Without keys in the environment the program talks to the emulator: `pulumi-ci emulator start`.
emulator = "TENCENTCLOUD_SECRET_ID" not in os.environ
cloud = ci.Provider("cloud", region=region, bucket=bucket, emulator=emulator)
here = pulumi.ResourceOptions(provider=cloud)

binding = ci.BucketBinding("binding", opts=here)
bound = pulumi.ResourceOptions(provider=cloud, depends_on=[binding])

hotlink = ci.Hotlink("hotlink", type="white", url=["www.example.com", "shop.example.com"], opts=bound)

card = ci.ImageStyle(
    "card",
    style_name="card",
    style_body=image.Mogr2().thumbnail(width=640).quality(85).format("webp"),
    opts=bound,
)
avatar = ci.ImageStyle(
    "avatar",
    style_name="avatar",
    style_body=image.Mogr2().scrop(200, 200) | image.TextWatermark("(c) ACME", font_size=14),
    opts=bound,
)

queue = ci.MediaQueue(
    "queue",
    name="media",
    notify_config={
        "state": "On",
        "type": "Url",
        "url": "https://hooks.example.com/ci",
        "event": ["TaskFinish", "WorkflowFinish"],
    },
    on_delete="restore",
    opts=bound,
)

thumbs = ci.SnapshotTemplate("thumbs", mode="Interval", time_interval=10, count=6, width=640, opts=bound)
logo = ci.WatermarkTemplate(
    "logo",
    type="Text",
    pos="TopRight",
    loc_mode="Absolute",
    dx=16,
    dy=16,
    text={
        "font_size": 24,
        "font_type": "simhei.ttf",
        "font_color": "0xFFFFFF",
        "transparency": 60,
        "text": "ACME",
    },
    opts=bound,
)
hls = ci.TranscodeTemplate(
    "hls",
    container={"format": "hls", "clip_config": {"duration": 6}},
    video={"codec": "H.264", "width": 1280, "bitrate": 1500},
    audio={"codec": "aac", "samplerate": 44100, "bitrate": 128},
    opts=bound,
)


def output(key: str) -> wf.Output:
    """Results go beside the input, below `out/`."""
    return wf.Output(region=region, bucket=bucket, object=f"out/${{RunId}}/{key}")


publish = ci.Workflow(
    "publish",
    **wf.pipeline(
        wf.Start(
            object_prefix="in/",
            queue_id=queue.queue_id,
            next=[
                wf.Snapshot("thumbs", template_id=thumbs.template_id, output=output("${Number}.jpg")),
                wf.Transcode(
                    "hls",
                    template_id=hls.template_id,
                    watermark_template_id=[logo.template_id],
                    output=output("index.${Ext}"),
                    next=[wf.SmartCover("cover", output=output("cover-${Number}.jpg"))],
                ),
            ],
        )
    ),
    opts=bound,
)

pulumi.export(
    "card", pulumi.Output.concat("https://", bucket, ".pic.", region, ".myqcloud.com/photo.jpg!", card.style_name)
)
pulumi.export("queue", queue.queue_id)
pulumi.export("templates", {"thumbs": thumbs.template_id, "hls": hls.template_id, "logo": logo.template_id})
pulumi.export("workflow", publish.workflow_id)
