"""Every video that is uploaded below `in/` becomes an adaptive stream, a download, screenshots, covers and a text."""

import os

import pulumi

import pulumi_ci as ci
from pulumi_ci import workflow as wf

config = pulumi.Config("ci")
region, bucket = config.require("region"), config.require("bucket")

# Without keys in the environment the program talks to the emulator: `pulumi-ci emulator start`.
emulator = "TENCENTCLOUD_SECRET_ID" not in os.environ
cloud = ci.Provider("cloud", region=region, bucket=bucket, emulator=emulator)
binding = ci.BucketBinding("binding", opts=pulumi.ResourceOptions(provider=cloud))
bound = pulumi.ResourceOptions(provider=cloud, depends_on=[binding])

# The services make the queues, which the program then takes over; destroying it gives them their old settings back.
media = ci.MediaService("media", opts=bound)
speech = ci.SpeechService("speech", opts=bound)
media_queue = ci.MediaQueue(
    "media-queue",
    name="videos",
    on_delete="restore",
    opts=pulumi.ResourceOptions(provider=cloud, depends_on=[media]),
)
speech_queue = ci.SpeechQueue(
    "speech-queue",
    name="speech",
    on_delete="restore",
    opts=pulumi.ResourceOptions(provider=cloud, depends_on=[speech]),
)

logo = ci.WatermarkTemplate(
    "logo",
    type="Image",
    pos="TopRight",
    loc_mode="Relativity",
    dx=2,
    dy=2,
    image={
        "url": f"http://{bucket}.cos.{region}.myqcloud.com/brand/logo.png",
        "mode": "Proportion",
        "width": 10,
        "transparency": 80,
    },
    opts=bound,
)
download = ci.TranscodeTemplate(
    "download",
    container={"format": "mp4"},
    video={"codec": "H.264", "width": 1280, "crf": 24},
    audio={"codec": "aac", "samplerate": 44100, "bitrate": 128},
    trans_config={"is_check_reso": True, "reso_adj_method": 1},
    opts=bound,
)
sheet = ci.SnapshotTemplate(
    "sheet",
    mode="Average",
    count=25,
    width=320,
    snapshot_out_mode="SnapshotAndSprite",
    sprite_snapshot_config={"color": "White", "columns": 5, "lines": 5},
    opts=bound,
)
covers = ci.SmartCoverTemplate("covers", format="jpg", width=1280, count=3, delete_duplicates=True, opts=bound)
teaser = ci.AnimationTemplate(
    "teaser",
    container={"format": "webp"},
    video={"codec": "webp", "width": 480, "fps": 10, "animate_frames_per_second": 10, "quality": 75},
    time_interval={"start": 0, "duration": 5},
    opts=bound,
)
# For batch jobs: the workflow's own node of speech recognition takes no template.
subtitles = ci.SpeechRecognitionTemplate(
    "subtitles",
    engine_model_type="16k_zh_video",
    channel_num=1,
    res_text_format=2,
    filter_modal=1,
    output_file_type="srt",
    opts=bound,
)

# Width in pixels and bit rate in kbit/s of each stream that a player may choose.
ladder = {"1080p": (1920, 4500), "720p": (1280, 2000), "480p": (854, 900)}
renditions = {
    name: ci.TranscodeTemplate(
        f"hls-{name}",
        container={"format": "hls", "clip_config": {"duration": 6}},
        video={"codec": "H.264", "width": width, "bitrate": bitrate},
        audio={"codec": "aac", "samplerate": 44100, "bitrate": 128},
        opts=bound,
    )
    for name, (width, bitrate) in ladder.items()
}


def output(key: str, sprite_key: str | None = None) -> wf.Output:
    """The results of one run stand together, below `out/`."""
    sprites = None if sprite_key is None else f"out/${{RunId}}/{sprite_key}"
    return wf.Output(region=region, bucket=bucket, object=f"out/${{RunId}}/{key}", sprite_object=sprites)


publish = ci.Workflow(
    "publish",
    **wf.pipeline(
        wf.Start(
            object_prefix="in/",
            queue_id=media_queue.queue_id,
            speech_recognition_queue_id=speech_queue.queue_id,
            ext_filter=wf.ExtFilter(state="On", video=True, custom=True, custom_exts=["mxf"]),
            notify_config=wf.NotifyConfig(
                state="On",
                type="Url",
                url="https://hooks.example.com/ci",
                event=["TaskFinish", "WorkflowFinish"],
                result_format="JSON",
            ),
            next=[
                wf.adaptive_stream(
                    "hls",
                    output=output("master.m3u8"),
                    streams=[
                        wf.Stream(
                            name,
                            template_id=rendition.template_id,
                            object=f"out/${{RunId}}/{name}/video.m3u8",
                            watermark_template_id=[logo.template_id],
                        )
                        for name, rendition in renditions.items()
                    ],
                ),
                wf.Transcode(
                    "download",
                    template_id=download.template_id,
                    watermark_template_id=[logo.template_id],
                    output=output("download.${Ext}"),
                    next=[wf.Animation("teaser", template_id=teaser.template_id, output=output("teaser.${Ext}"))],
                ),
                wf.Snapshot(
                    "sheet",
                    template_id=sheet.template_id,
                    output=output("shot-${Number}.jpg", sprite_key="sheet-${Number}.jpg"),
                ),
                wf.SmartCover("covers", template_id=covers.template_id, output=output("cover-${Number}.jpg")),
                wf.SpeechRecognition("speech", output=output("speech.txt")),
            ],
        )
    ),
    opts=bound,
)

pulumi.export("workflow", publish.workflow_id)
pulumi.export("nodes", publish.dependencies)
pulumi.export("queues", {"media": media_queue.queue_id, "speech": speech_queue.queue_id})
pulumi.export("renditions", {name: rendition.template_id for name, rendition in renditions.items()})
pulumi.export("subtitles", subtitles.name)
