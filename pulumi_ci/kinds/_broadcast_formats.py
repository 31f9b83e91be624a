"""Broadcast formats: which profiles of XAVC and ProRes have which picture sizes, frame rates and bit rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Rate = int | str

_F2: tuple[Rate, ...] = (25, "30000/1001")
_F3: tuple[Rate, ...] = (25, "24000/1001", "30000/1001")
_F5: tuple[Rate, ...] = (25, 50, "24000/1001", "30000/1001", "60000/1001")
_P2: tuple[Rate, ...] = (50, "60000/1001")
_FILM: tuple[Rate, ...] = ("24000/1001", "30000/1001")
_ONE: tuple[Rate, ...] = ("60000/1001",)


@dataclass(frozen=True)
class Format:
    """A picture size and scan mode with its frame rates; each has its bit rates in Kbps."""

    width: int
    height: int
    interlaced: bool
    bitrates: Mapping[Rate, tuple[int, ...] | range]
    """By frame rate; nothing where the profile fixes the bit rate."""


def _formats(sizes: str, interlaced: bool, rates: tuple[Rate, ...], bitrates: str = "") -> Iterator[Format]:
    """`sizes` as `1920x1080 3840x2160`; `bitrates` as `93000 185000/370000`, in the order of the frame rates."""
    choices = [tuple(map(int, words.split("/"))) for words in bitrates.split()] or [()] * len(rates)
    for size in sizes.split():
        width, height = map(int, size.split("x"))
        yield Format(width, height, interlaced, dict(zip(rates, choices, strict=True)))


_UHD = "3840x2160 4096x2160"
_TO_50 = "25000/35000/50000"
_TO_200 = "100000/140000/200000"

XAVC: Mapping[str, tuple[Format, ...]] = {
    "XAVC-HD_intra_420_10bit_class50": (
        *_formats("1440x1080", True, _F2),
        *_formats("1440x1080", False, _F3),
    ),
    "XAVC-HD_intra_422_10bit_class100": (
        *_formats("1280x720", False, _P2),
        *_formats("1920x1080", True, _F2),
        *_formats("1920x1080", False, _F5),
    ),
    "XAVC-HD_intra_422_10bit_class200": (
        *_formats("1920x1080", True, _F2),
        *_formats("1920x1080", False, _F5),
    ),
    "XAVC-4K_intra_422_10bit_class100": tuple(_formats("2048x1080", False, _F5)),
    "XAVC-4K_intra_422_10bit_class300": tuple(_formats(_UHD, False, _F5)),
    "XAVC-4K_intra_422_10bit_class480": tuple(_formats(_UHD, False, _F5)),
    "XAVC-4K_intra_422_10bit": (
        *_formats("2048x1080", False, _F5, "93000 185000 89000 111000 222000"),
        *_formats(_UHD, False, _F5, "250000/400000 500000/800000 240000/384000 300000/480000 600000/960000"),
    ),
    "XAVC-HD_422_10bit": (
        *_formats("1280x720", False, _P2, "50000 50000"),
        *_formats("1920x1080", True, _F2, f"{_TO_50} {_TO_50}"),
        *_formats("1920x1080", False, _F5, f"{_TO_50} 35000/50000 {_TO_50} {_TO_50} 35000/50000"),
    ),
    "XAVC-4K_422_10bit": tuple(
        _formats("3840x2160", False, _F5, f"{_TO_200} 140000/200000 {_TO_200} {_TO_200} 140000/200000")
    ),
    "XAVC-4K_420_8bit": tuple(_formats("3840x2160", False, _F5, "188000 300000 188000 188000 300000")),
}
"""Formats of each XAVC profile. Source: 171."""

ProResProfile = Literal[
    "ProRes_422_Proxy",
    "ProRes_422_LT",
    "ProRes_422",
    "ProRes_422_HQ",
    "ProRes_4444",
    "ProRes_4444_XQ",
    "ProRes_4444_alpha",
    "ProRes_4444_XQ_alpha",
]
PRORES_PROFILES: tuple[str, ...] = get_args(ProResProfile)
PRORES_BITRATES = range(2000, 3000001)
_LARGE = "2048x1080 2048x1556 3840x2160 4096x2160 5120x2700 6144x3240 8192x4320"

PRORES: tuple[Format, ...] = tuple(
    Format(found.width, found.height, found.interlaced, dict.fromkeys(found.bitrates, PRORES_BITRATES))
    for found in (
        *_formats("720x486", False, _FILM),
        *_formats("720x486", True, _ONE),
        *_formats("720x576", False, (25,)),
        *_formats("720x576", True, (50,)),
        *_formats("960x720 1280x720 1920x1080", False, _F5),
        *_formats("1280x1080", False, _FILM),
        *_formats("1280x1080", True, _ONE),
        *_formats("1440x1080", False, ("24000/1001", 25, "30000/1001")),
        *_formats("1440x1080 1920x1080", True, _P2),
        *_formats(_LARGE, False, _F5),
    )
)
"""Formats of every ProRes profile. Source: 171."""


def formats(profile: str) -> tuple[Format, ...]:
    """The formats of a profile of either codec; none for a profile that neither has."""
    return XAVC.get(profile, PRORES if profile in PRORES_PROFILES else ())
