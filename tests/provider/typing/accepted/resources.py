"""Right uses of the resource classes: plain values, outputs at any leaf, options, lookups."""

import pulumi

import pulumi_ci as ci

binding = ci.BucketBinding("binding")
hotlink = ci.Hotlink("hotlink", type="white", url=["example.com", pulumi.Output.from_input("example.org")])
style = ci.ImageStyle("style", style_body="imageMogr2/thumbnail/50x", opts=pulumi.ResourceOptions(protect=True))
snapshot = ci.SnapshotTemplate(
    "thumbs",
    count=3,
    mode="Average",
    sprite_snapshot_config={"color": "White", "columns": 3, "lines": pulumi.Output.from_input(2)},
    snapshot_out_mode="OnlySprite",
)
transcode = ci.TranscodeTemplate(
    "hls",
    container={"format": "hls", "clip_config": {"duration": 5}},
    video={"codec": "H.264", "bitrate": "auto", "fps": 25},
    audio={"samplerate": 44100},
    audio_mix=[{"audio_source": "https://h.example.com/a.mp3", "effect_config": {"enable_bgm_fade": True}}],
)
queue = ci.MediaQueue("queue", name="mine", on_delete="restore", adopt="match")
name: pulumi.Output[str] = snapshot.name
id: pulumi.Output[str] = snapshot.template_id
queue_id: pulumi.Output[str] = queue.queue_id
existing: ci.SnapshotTemplate = ci.SnapshotTemplate.get("existing", "ap-beijing/media-1250000000/t1")
beijing = ci.Provider("beijing", region="ap-beijing", secret_key=pulumi.Output.secret("k"), secret_id="i")
