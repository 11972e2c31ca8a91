"""The real stylesheets, read as text: every hue is legible in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aqyn.ui import hues
from aqyn.ui.colour import RGB, clipped, contrast, hex_colour, in_gamut, oklch, shown

CSS = Path(hues.__file__).parent / "static" / "ui" / "css"
BASE = (CSS / "base.css").read_text("utf-8")
HUES = (CSS / "hues.css").read_text("utf-8")

WORDS = ("text", "quiet", "light", "sung", "coming", "unlit", "warning", "wrong")
GROUNDS = ("ground", "surface", "raised", "spot")
THEMES = ("light", "dark")


def block(css: str, selector: str) -> str:
    return re.search(re.escape(selector) + r"\s*\{([^}]*)\}", css).group(1)


def numbers(block: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"--([\w-]+):\s*(\.?\d[\d.]*)\s*(?:;|$)", block)}


USUAL = numbers(block(BASE, ":root, [data-hue]"))
RULES = {
    int(hue): USUAL | numbers(body) for hue, body in re.findall(r'\[data-hue="(\d+)"\]\{([^}]*)\}', HUES)
}
TOKENS = {
    name: dict(zip(THEMES, pair, strict=True))
    for name, *pair in re.findall(
        r"--([\w-]+):\s*light-dark\(oklch\(([^/]*?)\), oklch\(([^/]*?)\)\);", block(BASE, ":root, [data-hue]")
    )
}


def parts(token: str, theme: str, hue: int) -> tuple[float, float, float]:
    values = RULES[hue] | {"warm": RULES[hue]["h"] + 34}
    said = re.sub(r"var\(--([\w-]+)\)", lambda found: str(values[found.group(1)]), TOKENS[token][theme])
    lightness, chroma, turn = map(float, said.split())
    return lightness, chroma, turn


def both_ways(token: str, theme: str, hue: int) -> tuple[RGB, RGB]:
    """As a browser shows it that maps the gamut, and as one does that only clips."""
    return shown(*parts(token, theme, hue)), clipped(oklch(*parts(token, theme, hue)))


def least(word: str, grounds: tuple[str, ...], theme: str) -> tuple[float, int, str]:
    return min(
        (contrast(ink, paper), hue, ground)
        for hue in RULES
        for ground in grounds
        for ink in both_ways(word, theme, hue)
        for paper in both_ways(ground, theme, hue)
    )


def test_every_hue_of_the_wheel_has_its_rule():
    assert list(RULES) == list(range(360))
    assert [rule["h"] for rule in RULES.values()] == list(range(360))


def test_the_file_of_hues_is_what_its_maker_makes():
    assert hues.css() == HUES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word", WORDS)
def test_words_read_on_every_ground_in_every_hue(word, theme):
    assert least(word, GROUNDS, theme) >= (4.5,)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word, ground", [("on-light", "light"), ("light", "chip"), ("text", "chip")])
def test_words_on_light_and_on_a_chosen_chip_read_in_every_hue(word, ground, theme):
    assert least(word, (ground,), theme) >= (4.5,)


@pytest.mark.parametrize("theme", THEMES)
def test_the_loud_colour_is_one_that_every_screen_can_show(theme):
    assert [hue for hue in RULES if not in_gamut(oklch(*parts("light", theme, hue)))] == []


def test_colours_agree_with_known_values():
    assert hex_colour(1, 0, 0) == "#ffffff"
    assert hex_colour(0, 0, 0) == "#000000"
    assert hex_colour(0.62796, 0.25768, 29.234) == "#ff0000"
    assert hex_colour(0.86644, 0.294827, 142.4953) == "#00ff00"
    assert hex_colour(0.45201, 0.313214, 264.052) == "#0000ff"
    assert round(contrast(shown(1, 0, 0), shown(0, 0, 0)), 2) == 21
