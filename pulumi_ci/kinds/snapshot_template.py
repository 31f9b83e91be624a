"""Snapshot templates: screenshots and sprite sheets of a video."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Pixels, Seconds, StyleBody, Template, template
from pulumi_ci.model.marks import Range, ServerDefault, Wire
from pulumi_ci.model.node import Node, rule


class SpriteSnapshotConfig(Node):
    """How the screenshots are laid out on one sheet."""

    cell_width: Annotated[int | None, Range(8, 4096, unit="px")] = None
    """Width of a cell; the screenshot's own when left out."""
    cell_height: Annotated[int | None, Range(8, 4096, unit="px")] = None
    """Height of a cell; the screenshot's own when left out."""
    padding: Annotated[int | None, Range(0, 1024, unit="px"), ServerDefault(0)] = None
    """Space inside a cell."""
    margin: Annotated[int | None, Range(0, 1024, unit="px"), ServerDefault(0)] = None
    """Space around a cell."""
    color: str
    """Background in FFmpeg's colour syntax, such as `White`."""
    columns: Annotated[int, Range(1, 10000)]
    """Screenshots in a row."""
    lines: Annotated[int, Range(1, 10000)]
    """Rows on a sheet."""


class SnapshotBody(Node):
    """Which screenshots are taken, and how. Source: 118, 168."""

    mode: Annotated[Literal["Interval", "Average", "KeyFrame"] | None, ServerDefault("Interval")] = None
    """Every `time_interval` seconds, spread evenly, or at key frames."""
    start: Annotated[float | None, Seconds, ServerDefault(0)] = None
    """Where to start, in seconds from the beginning, to the millisecond."""
    time_interval: Annotated[float | None, Range(gt=0, le=3600, unit="seconds")] = None
    """Time between two screenshots in mode Interval; every frame when left out."""
    count: Annotated[int, Range(gt=0, le=10000)]
    """How many screenshots."""
    width: Annotated[int | None, Pixels] = None
    """Width of a screenshot; alone, the height scales with it."""
    height: Annotated[int | None, Pixels] = None
    """Height of a screenshot; alone, the width scales with it."""
    ci_param: Annotated[str | None, Wire("CIParam"), StyleBody] = None
    """Image processing of each screenshot, such as `imageMogr2/format/png`."""
    is_check_count: Annotated[bool | None, ServerDefault(False)] = None
    """In mode Interval with a video too short for `count`: spread them evenly instead."""
    is_check_black: Annotated[bool | None, ServerDefault(False)] = None
    """Skip black frames at the start."""
    black_level: Annotated[int | None, Range(30, 100, unit="%")] = None
    """Share of black pixels that makes a frame black; needs `is_check_black` and `start` 0."""
    pixel_black_threshold: Annotated[int | None, Range(0, 255)] = None
    """Brightness up to which a pixel counts as black; needs `is_check_black`."""
    snapshot_out_mode: Annotated[
        Literal["OnlySnapshot", "OnlySprite", "SnapshotAndSprite"] | None, ServerDefault("OnlySnapshot")
    ] = None
    """Screenshots, a sprite sheet, or both."""
    sprite_snapshot_config: SpriteSnapshotConfig | None = None
    """Layout of the sprite sheet."""

    @rule("black_level", "is_check_black", "start")
    def _black_level_takes_effect(level: int | None, check: bool | None, start: float | None) -> str | None:
        """`black_level` has an effect only with `is_check_black` true and `start` 0."""
        if level is not None and not (check and not start):
            return "has an effect only with is_check_black true and start 0"
        return None

    @rule("pixel_black_threshold", "is_check_black")
    def _threshold_takes_effect(threshold: int | None, check: bool | None) -> str | None:
        """`pixel_black_threshold` has an effect only with `is_check_black` true."""
        return "has an effect only with is_check_black true" if threshold is not None and not check else None

    @rule("sprite_snapshot_config", "snapshot_out_mode")
    def _sprite_takes_effect(sprite: Node | None, mode: str | None) -> str | None:
        """`sprite_snapshot_config` has an effect only with `snapshot_out_mode` OnlySprite or SnapshotAndSprite."""
        if sprite is not None and mode in (None, "OnlySnapshot"):
            return "has an effect only with snapshot_out_mode OnlySprite or SnapshotAndSprite"
        return None


class SnapshotTemplate(SnapshotBody, Template):
    """A recipe for screenshots of a video, single or as a sprite sheet."""

    slug = "snapshot-template"
    pages = (168, 183, 178, 179)
    api = template("Snapshot", body="Snapshot")
