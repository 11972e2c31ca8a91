"""Codes as a camera sees them: turned, askew, blurred, noisy, unevenly lit. Grey, one byte a pixel."""

from __future__ import annotations

import numpy as np
import segno

QUIET = 4


def code(text: str, *, error: str = "m", version: int | None = None) -> np.ndarray:
    """The code's modules with their quiet zone: 1 where it is dark."""
    made = segno.make(text, error=error, version=version, micro=False, boost_error=False)
    return np.pad(np.array([list(row) for row in made.matrix], dtype=np.uint8), QUIET)


def corners(side: float, middle: tuple[float, float], turn: float = 0.0, lean: float = 0.0) -> np.ndarray:
    """The four corners of a square of this side, turned by degrees; `lean` makes one edge shorter."""
    half = side / 2
    square = np.array([[-half, -half], [half, -half], [half, half], [-half, half]], dtype=float)
    square[0, 0] *= 1 - lean
    square[1, 0] *= 1 - lean
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return square @ spin.T + np.array(middle)


def photograph(
    modules: np.ndarray,
    where: np.ndarray,
    *,
    size: tuple[int, int] = (640, 640),
    blur: int = 0,
    noise: float = 0.0,
    shade: float = 0.0,
    paper: int = 235,
    ink: int = 25,
    seed: int = 1,
) -> np.ndarray:
    """The code laid on `where`, the corners of its quiet zone, in a picture of `size` (width, height).

    `blur`: pixels; `noise`: deviation in grey steps; `shade`: how much darker the far corner is, 0 to 1.
    """
    width, height = size
    side = modules.shape[0]
    to_code = _homography(where, np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=float))
    # Three by three looks for each pixel, as light falls on all of it.
    total = np.zeros((height, width))
    for dy in (1 / 6, 3 / 6, 5 / 6):
        for dx in (1 / 6, 3 / 6, 5 / 6):
            x, y = np.meshgrid(np.arange(width) + dx, np.arange(height) + dy)
            u, v, w = np.einsum("ij,jkl->ikl", to_code, np.stack([x, y, np.ones_like(x)]))
            column, row = np.floor(u / w).astype(int), np.floor(v / w).astype(int)
            within = (column >= 0) & (row >= 0) & (column < side) & (row < side)
            dark = np.zeros_like(total, dtype=bool)
            dark[within] = modules[row[within], column[within]] == 1
            total += np.where(dark, ink, np.where(within, paper, 120))
    picture = total / 9
    for _pass in range(blur):
        picture = sum(np.roll(np.roll(picture, dy, 0), dx, 1) for dy in (-1, 0, 1) for dx in (-1, 0, 1)) / 9
    far = (np.arange(width)[None, :] / width + np.arange(height)[:, None] / height) / 2
    picture = picture * (1 - shade * far)
    picture = picture + np.random.default_rng(seed).normal(0, noise, picture.shape) if noise else picture
    return np.clip(picture, 0, 255).astype(np.uint8)


def _homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(right)), 1).reshape(3, 3)
