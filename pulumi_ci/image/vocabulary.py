"""The words a rule may contain, as types: editors complete them and the grammar reads them."""

from __future__ import annotations

from typing import Literal

Gravity = Literal["northwest", "north", "northeast", "west", "center", "east", "southwest", "south", "southeast"]
"""A field of the nine-field grid. Source: 011, 020, 021."""

Format = Literal["jpg", "bmp", "gif", "png", "webp", "yjpeg", "heif", "tpg", "avif", "svgc"]
"""Target format of imageMogr2. Source: 013, 036-041."""

ViewFormat = Literal["jpg", "bmp", "gif", "png", "webp"]
"""Target format of imageView2. Source: 026."""

Font = Literal[
    "simfang仿宋.ttf",
    "simhei黑体.ttf",
    "simkai楷体.ttf",
    "simsun宋体.ttc",
    "STHeiti Light华文黑体.ttc",
    "STHeiti Medium.ttc",
    "幼圆.TTF",
    "ahronbd.ttf",
    "arial.ttf",
    "ariblk.ttf",
    "Helvetica.dfont",
    "HelveticaNeue.dfont",
    "tahoma.ttf",
]
"""Font of a text watermark: seven for Chinese and English, five for English, and the default. Source: 029, 021."""
