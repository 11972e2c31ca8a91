"""The carpet as pixels, for the pictures of shared links, which take no SVG.

Every piece of felt is a distance: to a stroke's middle line, to a lozenge's edge, to a tooth's. What lies
nearer than half a thread is felt, and the pixel on the edge takes its share, so that nothing needs to be
drawn twice as large. The carpet looks the same turned by a quarter: one quarter is reckoned, and turned.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.ui.carpet import DIAGONAL, DYED, Carpet, Horns, Lozenge, Point, Stem, between, lay_out
from aqyn.ui.colour import hex_colour
from aqyn.ui.ornament import FELT

Plane = NDArray[np.floating[Any]]

WIDTH, HEIGHT, SIDE = 1200, 630, 534
STAGE = {"ground": (0.142, 0.016, 0), "spot": (0.245, 0.055, 0)}
FAR = np.float32(1e6)


@lru_cache(maxsize=64)
def share_picture(wave: tuple[float, ...], hue: int) -> bytes:
    """A PNG of 1200 by 630: the song's carpet in the pool of light. About half a second of work, then
    remembered."""
    stage = _stage(hue)
    top, left = (HEIGHT - SIDE) // 2, (WIDTH - SIDE) // 2
    stage[top : top + SIDE, left : left + SIDE] = _carpet(lay_out(wave), hue, SIDE)
    return png(np.clip(np.rint(stage), 0, 255).astype(np.uint8))


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Rows of RGB pixels as a PNG file (W3C PNG, third edition)."""
    height, width, _parts = pixels.shape
    # Each row is written as its difference from the one above: felt repeats itself downwards.
    above = np.vstack([np.zeros_like(pixels[:1]), pixels[:-1]])
    rows = np.concatenate([np.full((height, 1), 2, np.uint8), (pixels - above).reshape(height, -1)], axis=1)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 8))
        + chunk(b"IEND", b"")
    )


def _stage(hue: int) -> Plane:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = np.hypot((x - WIDTH / 2) / 640, (y - HEIGHT / 2) / 430)
    lit = np.clip(1 - away, 0, 1)[..., None]
    stage: Plane = _rgb(STAGE["ground"], hue) * (1 - lit) + _rgb(STAGE["spot"], hue) * lit
    return stage


def _carpet(carpet: Carpet, hue: int, side: int) -> Plane:
    colours = {name: _rgb(said, hue) for name, said in FELT.items()}
    scale = side / 1000
    half = side // 2
    at = (np.arange(half, dtype=np.float32) + 0.5) / scale
    # The upper right quarter; y grows downwards, as in the drawing.
    x, y = np.meshgrid(at, -at[::-1])
    strokes = _to_strokes(carpet, x, y)
    seeds = _to_seeds(carpet, x, y)
    thick = carpet.thick / 2
    quarter = np.broadcast_to(colours["ground"], (half, half, 3)).copy()

    def lay(colour: str, inside: Plane) -> None:
        share = np.clip(inside * scale + 0.5, 0, 1)[..., None]
        quarter[:] = quarter * (1 - share) + colours[colour] * share

    lay("field", _field(carpet, x, y))
    lay("echo", thick + 23 - strokes)
    lay("ground", thick + 20.5 - strokes)
    lay("figure", _teeth(carpet, x, y))
    edge = np.maximum(np.abs(x), np.abs(y))
    lay("figure", 2.5 - np.abs(edge - 438))
    lay("cord", 2 - np.abs(edge - 430))
    lay("cord", thick + 5.5 - strokes)
    lay("figure", thick - strokes)
    lay("cord", 2.5 - seeds)
    lay("figure", -2.5 - seeds)
    diamond = (np.abs(x) + np.abs(y)) * np.float32(DIAGONAL)
    rings = (carpet.heart + 25, carpet.heart + 18, carpet.heart, carpet.heart * 0.46)
    for colour, size in zip(("cord", "ground", "figure", "ground"), rings, strict=True):
        lay(colour, size * DIAGONAL - diamond)
    right = np.concatenate([quarter, np.rot90(quarter, -1)])
    return _lit(np.concatenate([np.rot90(right, 2), right], axis=1))


def _lit(pixels: Plane) -> Plane:
    """The light from above, as the drawing's radial gradient has it."""
    at = np.linspace(0, 1, len(pixels), dtype=np.float32)
    away = np.hypot(at[None] - 0.5, at[:, None] - 0.36) / 0.78
    white = np.clip(0.16 * (1 - away / 0.4), 0, 1)[..., None]
    black = np.clip(0.46 * (away - 0.4) / 0.6, 0, 0.46)[..., None]
    lit: Plane = (pixels * (1 - white) + 255 * white) * (1 - black)
    return lit


def _to_strokes(carpet: Carpet, x: Plane, y: Plane) -> Plane:
    """The distance of every point to the nearest middle line."""
    nearest = np.full_like(x, FAR)
    for limb in carpet.limbs:
        if isinstance(limb, Horns):
            lines = [[(side * px, py) for px, py in _smooth(limb.middle())] for side in limb.sides]
        else:
            lines = [_line(limb)]
        for line in lines:
            for quarter in range(4):
                points = np.array([_turned(point, limb.diagonal, quarter) for point in line], np.float32)
                # What ends left of the middle or below it by more than the cord's width is not seen here.
                if points[:, 0].max() > -70 and points[:, 1].min() < 70:
                    for start, stop in pairwise(points):
                        np.minimum(nearest, _to_segment(x, y, start, stop), out=nearest)
    return nearest


def _smooth(points: list[Point], steps: int = 3) -> list[Point]:
    """The same line as the drawing's, by way of `steps` points between each two."""
    line = points[:1]
    for i in range(len(points) - 1):
        curve = between(points, i)
        for t in (step / steps for step in range(1, steps + 1)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * at[axis] for w, at in zip(weights, curve, strict=True)) for axis in (0, 1))
            line.append((x, y))
    return line


def _line(stem: Stem) -> list[Point]:
    return [(stem.root[0], -stem.root[1]), (stem.tip[0], -stem.tip[1])]


def _turned(point: Point, diagonal: bool, quarter: int) -> Point:
    x, y = point
    if diagonal:
        x, y = (x - y) * DIAGONAL, (x + y) * DIAGONAL
    for _quarter in range(quarter):
        x, y = -y, x
    return x, y


def _to_segment(x: Plane, y: Plane, start: Plane, stop: Plane) -> Plane:
    dx, dy = stop - start
    length = max(float(dx * dx + dy * dy), 1e-9)
    share = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / length, 0, 1)
    away: Plane = np.hypot(x - start[0] - share * dx, y - start[1] - share * dy)
    return away


def _to_seeds(carpet: Carpet, x: Plane, y: Plane) -> Plane:
    """The distance of every point to the edge of the nearest lozenge, negative inside."""
    nearest = np.full_like(x, FAR)
    for seed in carpet.seeds:
        for side in seed.sides if seed.across else (1,):
            for quarter in range(4):
                cx, cy = _turned((side * seed.across, -seed.along), seed.diagonal, quarter)
                np.minimum(nearest, _to_lozenge(seed, x - cx, y - cy), out=nearest)
    return nearest


def _to_lozenge(seed: Lozenge, x: Plane, y: Plane) -> Plane:
    if seed.diagonal:
        away: Plane = np.maximum(np.abs(x), np.abs(y)) - np.float32(seed.size * DIAGONAL)
    else:
        away = (np.abs(x) + np.abs(y) - np.float32(seed.size)) * np.float32(DIAGONAL)
    return away


def _field(carpet: Carpet, x: Plane, y: Plane) -> Plane:
    across, along = np.abs(x), np.abs(y)
    if carpet.field == "lozenge":
        inside = (DYED - across - along) * DIAGONAL
    elif carpet.field == "corners":
        inside = np.minimum((across + along - 1.3 * DYED) * DIAGONAL, DYED - np.maximum(across, along))
    elif carpet.field == "cross":
        large, small = np.maximum(across, along), np.minimum(across, along)
        # The edge runs from (140, 0) to the corner.
        inside = (small * (DYED - 140) - (large - 140) * DYED) / np.hypot(DYED, DYED - 140)
        inside = np.minimum(inside, DYED - large)
    else:
        return np.full_like(x, -FAR)
    field: Plane = inside
    return field


def _teeth(carpet: Carpet, x: Plane, y: Plane) -> Plane:
    """How far inside the border's felt every point of the upper right quarter lies."""
    # Above the diagonal lies the upper side, below it the right one: the same teeth, turned by a quarter.
    upper = -y > x
    along, out = np.where(upper, x, -y), np.where(upper, -y, x)
    pitch = 432 / len(carpet.border)
    tooth = np.clip((along / pitch).astype(int), 0, len(carpet.border) - 1)
    slope = 1 - np.abs(2 * (along / pitch - tooth) - 1)
    loud = np.array(carpet.border, np.float32)[tooth]
    tall, short = 8 + 30 * loud, 4 + 13 * loud
    if carpet.edge == "teeth":
        inside = np.minimum(tall * slope - (out - 448), out - 448)
    elif carpet.edge == "hanging":
        inside = np.minimum(tall * slope - (490 - out), 490 - out)
    elif carpet.edge == "lozenges":
        inside = (4 + 8.5 * loud - np.abs(along - (tooth + 0.5) * pitch) - np.abs(out - 468)) * DIAGONAL
    else:
        inside = np.maximum(
            np.minimum(short * slope - (out - 448), out - 448),
            np.minimum(short * slope - (490 - out), 490 - out),
        )
    inside = np.where(along < 432, inside, -FAR)
    corner = (16 - np.abs(np.abs(x) - 466) - np.abs(np.abs(y) - 466)) * DIAGONAL
    felt: Plane = np.maximum(inside, corner)
    return felt


def _rgb(said: tuple[float, float, float], hue: int) -> Plane:
    lightness, chroma, turn = said
    text = hex_colour(lightness, chroma, hue + turn)
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], np.float32)
