"""Colour from one number: OKLCH to sRGB, and the contrast between two colours.

OKLab is Björn Ottosson's (https://bottosson.github.io/posts/oklab/), as CSS Color 4 has it; contrast is
WCAG 2.2's.
"""

from __future__ import annotations

from math import cos, radians, sin

RGB = tuple[float, float, float]


def oklch(lightness: float, chroma: float, hue: float) -> RGB:
    """Linear sRGB of an OKLCH colour; parts outside 0…1 where the screen cannot show it. `hue` in degrees."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def in_gamut(colour: RGB) -> bool:
    """Whether an sRGB screen can show it."""
    return all(-1e-4 <= part <= 1 + 1e-4 for part in colour)


def clipped(colour: RGB) -> RGB:
    """Each part cut to 0…1: what browsers that do not map the gamut show."""
    r, g, b = (min(1.0, max(0.0, part)) for part in colour)
    return r, g, b


def widest_chroma(lightness: float, hue: float, most: float = 0.4) -> float:
    """The largest chroma up to `most` that an sRGB screen can show at this lightness and hue."""
    if in_gamut(oklch(lightness, most, hue)):
        return most
    low, high = 0.0, most
    while high - low > 1e-4:
        middle = (low + high) / 2
        if in_gamut(oklch(lightness, middle, hue)):
            low = middle
        else:
            high = middle
    return low


def shown(lightness: float, chroma: float, hue: float) -> RGB:
    """Linear sRGB with the chroma lowered until the screen can show it: lightness and hue are kept (CSS
    Color 4)."""
    return clipped(oklch(lightness, widest_chroma(lightness, hue, chroma), hue))


def hex_colour(lightness: float, chroma: float, hue: float) -> str:
    """The colour as `#rrggbb`, for files that stand outside a page."""
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in shown(lightness, chroma, hue))


def contrast(one: RGB, other: RGB) -> float:
    """WCAG contrast of two linear sRGB colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: RGB) -> float:
    r, g, b = colour
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
