"""Image-processing rules: build a style body from typed stages, read one back, compare two.

body = str(image.Mogr2().thumbnail(width=640).format("webp") | image.TextWatermark("(c) ACME"))
"""

from .finding import Finding, InvalidRule
from .mogr2 import Mogr2
from .parse import normal_form, parse, validate
from .pipeline import Pipeline, Stage
from .view2 import View2
from .vocabulary import Font, Format, Gravity, ViewFormat
from .watermark import BlindWatermark, ImageWatermark, TextWatermark

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
