"""Nothing but what is required."""

import pulumi_ci as ci

ci.BucketBinding("a")
ci.OriginProtection("b", bucket="other-1250000000", region="ap-shanghai")
ci.GuetzliCompression("c", None)
ci.WatermarkTemplate(
    "d",
    type="Text",
    pos="TopLeft",
    loc_mode="Absolute",
    dx=1,
    dy=2.5,
    text={"font_size": 10, "font_type": "arial.ttf", "font_color": "0xFFFFFF", "transparency": 5, "text": "a"},
)
