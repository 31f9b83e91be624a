"""Image-processing rules: build a style body from typed stages, read one back, compare two.

body = str(image.Mogr2().thumbnail(width=640).format("webp") | image.TextWatermark("(c) ACME"))
"""

from pulumi_ci.image.finding import Finding, InvalidRule
from pulumi_ci.image.mogr2 import Mogr2
from pulumi_ci.image.parse import normal_form, parse, validate
from pulumi_ci.image.pipeline import Pipeline, Stage
from pulumi_ci.image.view2 import View2
from pulumi_ci.image.vocabulary import Font, Format, Gravity, ViewFormat
from pulumi_ci.image.watermark import BlindWatermark, ImageWatermark, TextWatermark

__all__ = [
    "BlindWatermark",
    "Finding",
    "Font",
    "Format",
    "Gravity",
    "ImageWatermark",
    "InvalidRule",
    "Mogr2",
    "Pipeline",
    "Stage",
    "TextWatermark",
    "View2",
    "ViewFormat",
    "normal_form",
    "parse",
    "validate",
]
