"""A recipe for the images of a VOD application, and one image that MPS processes when its version changes."""

import os

import pulumi

import pulumi_ci as ci

config = pulumi.Config("ci")
region, bucket = config.require("region"), config.require("bucket")

# Without keys in the environment the program talks to the emulator: `pulumi-ci emulator start`.
emulator = "TENCENTCLOUD_SECRET_ID" not in os.environ
cloud = ci.Provider("cloud", region=region, bucket=bucket, sub_app_id=config.require_int("subAppId"), emulator=emulator)
there = pulumi.ResourceOptions(provider=cloud)

# A template is an object: it is made, changed in place, and deleted. VOD applies it when it is told its number.
catalogue = ci.vod.ProcessImageAsyncTemplate(
    "catalogue",
    comment="twice as large, without noise, on nothing",
    encode_config={"format": "WebP", "quality": 90},
    enhance_config={
        "advanced_super_resolution": {"type": "super", "mode": "percent", "percent": 2},
        "denoise": {"type": "strong"},
        "sharp_enhance": {"intensity": 0.4},
    },
    ai_cut_out_config={"type": "foreground"},
    opts=there,
)

# A task runs once. It is billed, and runs again when one of its properties changes, such as a trigger.
poster = ci.mps.ProcessImage(
    "poster",
    input_info={
        "type": "COS",
        "cos_input_info": {"bucket": bucket, "region": region, "object": "/in/poster.png"},
    },
    output_dir="/out/",
    encode_config={"format": "JPEG", "quality": 85},
    enhance_config={"super_resolution": {"type": "hq"}, "face_enhance": {"intensity": 0.3}},
    erase_config={"image_erase_logo": {"detect_types": ["logo"]}},
    triggers={"version": "1"},
    wait=True,
    wait_seconds=600,
    opts=there,
)

pulumi.export("template", {"definition": catalogue.definition, "application": catalogue.sub_app_id})
pulumi.export("name", catalogue.name)
pulumi.export("task", poster.task_id)
pulumi.export("status", poster.status)
pulumi.export("results", poster.results)
