"""css/hues.css: what each of the 360 hues sets. Made by `python -m aqyn.ui.hues`, and held to it by a
test."""

from __future__ import annotations

import sys
from pathlib import Path

from aqyn.ui.colour import clipped, contrast, oklch, shown, widest_chroma

FILE = Path(__file__).parent / "static" / "ui" / "css" / "hues.css"
HEAD = """\
/* Made by `python -m aqyn.ui.hues`. Every hue, and what it needs otherwise than base.css has it:
   --deep  lightness of the loud colour in the light theme, lowered until it reads on every ground;
   --loud  its chroma, and --gold that of the light in the dark theme: as much as an sRGB screen can show. */
"""

# The grounds of the light theme that base.css has: lightness, chroma, and how far from the hue.
_GROUNDS = ((0.975, 0.009, 34), (0.945, 0.017, 34), (0.995, 0.004, 34), (0.93, 0.035, 34), (0.915, 0.045, 0))
_ENOUGH = 4.8


def deep(hue: int) -> float:
    """The greatest lightness up to 0.5 at which the loud colour reads on every ground of the light theme."""
    lightness = 0.5
    while _worst(lightness, hue) < _ENOUGH:
        lightness = round(lightness - 0.002, 3)
    return lightness


def css() -> str:
    """The whole file."""
    rules = []
    for hue in range(360):
        lightness = deep(hue)
        values = {
            "--h": (str(hue), ""),
            "--deep": (_short(lightness), ".5"),
            "--loud": (_short(widest_chroma(lightness, hue, 0.175)), ".175"),
            "--gold": (_short(widest_chroma(0.865, hue + 34, 0.118)), ".118"),
        }
        said = ";".join(f"{name}:{value}" for name, (value, usual) in values.items() if value != usual)
        rules.append(f'[data-hue="{hue}"]{{{said}}}\n')
    return HEAD + "@layer tokens {\n" + "".join(rules) + "}\n"


def _worst(lightness: float, hue: int) -> float:
    loud = shown(lightness, 0.175, hue)
    grounds = [(light, chroma, hue + turn) for light, chroma, turn in _GROUNDS]
    return min(contrast(loud, g) for ground in grounds for g in (shown(*ground), clipped(oklch(*ground))))


def _short(value: float) -> str:
    """A number below 1 to three places, cut and not rounded, so that a chroma stays within the gamut."""
    return f"{int(value * 1000 + 1e-6) / 1000:.3f}".removeprefix("0").rstrip("0")


if __name__ == "__main__":
    FILE.write_text(css(), "utf-8")
    sys.stdout.write(f"{FILE.name}: 360 hues, {FILE.stat().st_size} bytes\n")
