"""The pictures of a shop: styles written with `pulumi_ci.image`, and a bucket that gives out nothing but styles."""

import os

import pulumi

import pulumi_ci as ci
from pulumi_ci import image

config = pulumi.Config("ci")
region, bucket = config.require("region"), config.require("bucket")

# Without keys in the environment the program talks to the emulator: `pulumi-ci emulator start`.
emulator = "TENCENTCLOUD_SECRET_ID" not in os.environ
cloud = ci.Provider("cloud", region=region, bucket=bucket, emulator=emulator)
binding = ci.BucketBinding("binding", opts=pulumi.ResourceOptions(provider=cloud))
bound = pulumi.ResourceOptions(provider=cloud, depends_on=[binding])

# The address of a watermark is written in clear; the builder encodes it.
logo = image.ImageWatermark(
    f"http://{bucket}.cos.{region}.myqcloud.com/brand/logo.png",
    gravity="southeast",
    dx=20,
    dy=20,
    opacity=80,
    scale_by="width",
    permille=150,
)
upright = image.Mogr2().auto_orient()

styles: dict[str, image.Stage | image.Pipeline] = {
    # one stage: all that is done at once
    "card": upright.thumbnail(640, 480, "cover").quality(85).format("webp").strip(),
    "square": image.View2(1, width=400, height=400).quality(85).format("webp"),
    # pipes: one stage after the other, where the order matters
    "hero": upright.thumbnail(width=1920).quality(90) | logo | image.Mogr2().format("webp"),
    "avatar": image.Mogr2().scrop(200, 200) | image.Mogr2().iradius(99).format("png"),
    "proof": upright.thumbnail(1280, 1280, "shrink")
    | image.TextWatermark("(c) ACME, not for sale", font_size=28, color="#FFFFFF", opacity=40, tile=True, degree=30),
    "placeholder": image.Mogr2().thumbnail(width=40).blur(8, 4).quality(40).format("jpg").strip(),
}
made = {name: ci.ImageStyle(name, style_name=name, style_body=body, opts=bound) for name, body in styles.items()}
# A plain string does as well, and is checked as strictly. Without `style_name` the style is named after its resource.
banner = ci.ImageStyle("banner", style_body="imageMogr2/crop/1200x300/gravity/center/quality/80", opts=bound)

ci.Hotlink("hotlink", type="white", url=["www.example.com", "shop.example.com"], opts=bound)
ci.GuetzliCompression("guetzli", opts=bound)
# Last: from then on the originals cannot be fetched, so the styles must be there.
ci.OriginProtection(
    "originals", opts=pulumi.ResourceOptions(provider=cloud, depends_on=[binding, banner, *made.values()])
)


def address(style: ci.ImageStyle) -> pulumi.Output[str]:
    """A picture as this style shows it; `!` is the separator that a new bucket has."""
    return pulumi.Output.concat("https://", bucket, ".pic.", region, ".myqcloud.com/photo.jpg!", style.style_name)


pulumi.export("pictures", {name: address(style) for name, style in made.items()})
pulumi.export("banner", address(banner))
pulumi.export("bodies", {name: style.style_body for name, style in made.items()})
