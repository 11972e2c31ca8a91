"""The felt carpet (сырмақ) of a recording: the same song always gives the same one, no two songs alike.

Read this file as the drawing of a plan that the package `carpet` has laid out: strokes of felt, the cord
around them, the quilting down their middle, the toothed border, and the light from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from aqyn.ui.carpet import DYED, Carpet, Horns, Lozenge, Point, Stem, between, lay_out
from aqyn.ui.colour import hex_colour

FELT = {
    "ground": (0.365, 0.115, 0),
    "figure": (0.87, 0.055, 34),
    "cord": (0.19, 0.05, 0),
    "stitch": (0.56, 0.09, 12),
    "echo": (0.425, 0.11, 0),
    "field": (0.285, 0.1, 0),
}

# The wave of an artist who has no song yet: calm, rising, falling.
SILENCE = (30, 34, 40, 52, 61, 70, 64, 52, 44, 50, 63, 78, 84, 70, 48, 30)


def ornament(
    wave: Sequence[float],
    *,
    prefix: str = "o",
    detail: int = 2,
    border: bool = True,
    title: str = "",
    hue: int | None = None,
) -> str:
    """The carpet as SVG, a few kilobytes.

    `wave`: loudness in equal steps, any length and range. `prefix` begins every id inside, so that several
    stand in one page. `detail` 1 leaves out border, quilting and echo, for small sizes. With `hue` (0–359)
    the colours are written out and the file stands alone; without, they are the page's. Hidden from screen
    readers without `title`.
    """
    return _drawn(tuple(wave), prefix, detail, border and detail > 1, title, hue)


def sign(wave: Sequence[float], hue: int) -> str:
    """One pair of the song's great horns on its felt, as a file that stands alone: the favicon, legible at
    16 px."""
    thick = lay_out(tuple(wave)).thick + 14
    horns = Horns(False, 0, 82 + thick / 4, 26, thick)
    path = _curve(horns.middle())
    colours = {name: _colour(name, hue) for name in FELT}
    stem = f"M0 200V{_n(horns.radius * -0.2)}"
    strokes = f'<path d="{path}"/><path d="{path}" transform="scale(-1 1)"/><path d="{stem}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-256 -256 512 512">'
        f'<rect x="-256" y="-256" width="512" height="512" rx="96" fill="{colours["ground"]}"/>'
        f'<g transform="translate(0 20)">'
        f'<g fill="none" stroke="{colours["figure"]}" stroke-width="{_n(thick)}"'
        f' stroke-linecap="round" stroke-linejoin="round">{strokes}</g>'
        f'<path fill="{colours["figure"]}" d="{_rhomb(44, 0, -186)}"/></g></svg>'
    )


@lru_cache(maxsize=256)
def _drawn(
    wave: tuple[float, ...], prefix: str, detail: int, border: bool, title: str, hue: int | None
) -> str:
    carpet = lay_out(wave)
    colours = {name: _colour(name, hue) for name in FELT}
    reach = 500 if border else round(DYED)
    box = f"{-reach} {-reach} {2 * reach} {2 * reach}"
    label = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    ground = f'<rect x="{-reach}" y="{-reach}" width="{2 * reach}" height="{2 * reach}" fill="{{}}"/>'
    width = carpet.thick
    layers = [ground.format(colours["ground"]), _field(carpet, colours)]
    if detail > 1:
        layers += [
            _strokes(prefix, colours["echo"], width + 46),
            _strokes(prefix, colours["ground"], width + 41),
        ]
    if border:
        layers.append(_border(carpet, prefix, colours))
    layers += [
        _strokes(prefix, colours["cord"], width + 11),
        _strokes(prefix, colours["figure"], width),
        f'<g fill="{colours["figure"]}" stroke="{colours["cord"]}" stroke-width="5">{_four(prefix, "s")}</g>',
        _heart(carpet, colours),
    ]
    if detail > 1:
        layers.append(_strokes(prefix, colours["stitch"], 2.4, ' stroke-dasharray="1 8"'))
    layers.append(ground.format(f"url(#{prefix}l)"))
    xmlns = "" if hue is None else ' xmlns="http://www.w3.org/2000/svg"'
    return (
        f'<svg class="ornament"{xmlns} viewBox="{box}" {label}><defs>'
        f'<g id="{prefix}q">{"".join(map(_limb, carpet.limbs))}</g>'
        f'<g id="{prefix}s">{"".join(map(_lozenge, carpet.seeds))}</g>'
        + (f'<path id="{prefix}t" d="{_teeth(carpet)}"/>' if border else "")
        + f'<radialGradient id="{prefix}l" cx=".5" cy=".36" r=".78">'
        '<stop offset="0" stop-color="#fff" stop-opacity=".16"/>'
        '<stop offset=".4" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset=".4" stop-color="#000" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#000" stop-opacity=".46"/>'
        f"</radialGradient></defs>{''.join(layers)}</svg>"
    )


def _colour(name: str, hue: int | None) -> str:
    if hue is None:
        return f"var(--felt-{name})"
    lightness, chroma, turn = FELT[name]
    return hex_colour(lightness, chroma, hue + turn)


def _four(prefix: str, name: str) -> str:
    return "".join(
        f'<use href="#{prefix}{name}"' + (f' transform="rotate({turn})"' if turn else "") + "/>"
        for turn in (0, 90, 180, 270)
    )


def _strokes(prefix: str, colour: str, width: float, extra: str = "") -> str:
    return (
        f'<g fill="none" stroke="{colour}" stroke-width="{_n(width)}" stroke-linecap="round"'
        f' stroke-linejoin="round"{extra}>{_four(prefix, "q")}</g>'
    )


def _limb(limb: Horns | Stem) -> str:
    turned = ' transform="rotate(45)"' if limb.diagonal else ""
    if isinstance(limb, Stem):
        (x, y), (to_x, to_y) = limb.root, limb.tip
        return f'<path{turned} d="M{_n(x)} {_n(-y)}L{_n(to_x)} {_n(-to_y)}"/>'
    path = _curve(limb.middle())
    sides = "".join(
        f'<path d="{path}"' + (' transform="scale(-1 1)"' if side < 0 else "") + "/>" for side in limb.sides
    )
    return f"<g{turned}>{sides}</g>" if turned else sides


def _lozenge(seed: Lozenge) -> str:
    turned = ' transform="rotate(45)"' if seed.diagonal else ""
    sides = (1,) if seed.across == 0 else seed.sides
    return (
        f'<path{turned} d="{"".join(_rhomb(seed.size, side * seed.across, -seed.along) for side in sides)}"/>'
    )


def _rhomb(size: float, x: float = 0, y: float = 0) -> str:
    r = _n(size)
    return f"M{_n(x)} {_n(y - size)}l{r} {r}-{r} {r}-{r}-{r}z"


def _heart(carpet: Carpet, colours: dict[str, str]) -> str:
    size = carpet.heart
    rings = (("cord", size + 25), ("ground", size + 18), ("figure", size), ("ground", size * 0.46))
    return "".join(f'<path fill="{colours[name]}" d="{_rhomb(r)}"/>' for name, r in rings)


def _field(carpet: Carpet, colours: dict[str, str]) -> str:
    """The dyed ground under the horns: a lozenge, a square on its side, a cross or nothing."""
    r, near = round(DYED), round(DYED * 0.3)
    shape = {
        "plain": "",
        "lozenge": f"M0-{r}L{r} 0 0 {r}-{r} 0z",
        "cross": f"M-{r}-{r}L0-140 {r}-{r} 140 0 {r} {r} 0 140-{r} {r}-140 0z",
        "corners": f"M-{r}-{r}H-{near}L-{r}-{near}zM{r}-{r}V-{near}L{near}-{r}z"
        f"M{r} {r}H{near}L{r} {near}zM-{r} {r}V{near}L-{near} {r}z",
    }[carpet.field]
    return f'<path fill="{colours["field"]}" d="{shape}"/>' if shape else ""


def _border(carpet: Carpet, prefix: str, colours: dict[str, str]) -> str:
    return (
        f'<g fill="{colours["figure"]}">{_four(prefix, "t")}</g>'
        f'<path fill="none" stroke="{colours["figure"]}" stroke-width="5" d="M-438-438H438V438H-438Z"/>'
        f'<path fill="none" stroke="{colours["cord"]}" stroke-width="4" d="M-430-430H430V430H-430Z"/>'
    )


def _teeth(carpet: Carpet) -> str:
    """One side of the border: the whole song from the middle outwards, mirrored, and the corner's lozenge."""
    pitch = 432 / len(carpet.border)
    half = _n(pitch / 2)
    path = []
    for mirror in (1, -1):
        for i, loud in enumerate(carpet.border):
            x, tall = mirror * i * pitch, 8 + 30 * loud
            step = half if mirror > 0 else f"-{half}"
            if carpet.edge == "teeth":
                path.append(f"M{_n(x)}-448l{step}-{_n(tall)} {step} {_n(tall)}z")
            elif carpet.edge == "hanging":
                path.append(f"M{_n(x)}-490l{step} {_n(tall)} {step}-{_n(tall)}z")
            elif carpet.edge == "lozenges":
                size = 4 + 8.5 * loud
                path.append(_rhomb(size, x + mirror * pitch / 2, -468))
            else:
                short = 4 + 13 * loud
                path.append(f"M{_n(x)}-448l{step}-{_n(short)} {step} {_n(short)}z")
                path.append(f"M{_n(x)}-490l{step} {_n(short)} {step}-{_n(short)}z")
    return "".join(path) + _rhomb(16, 466, -466)


def _curve(points: list[Point]) -> str:
    """The points joined smoothly."""
    path = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for i in range(len(points) - 1):
        (x, y), *others = between(points, i)
        path += "c" + _joined(*(part for at in others for part in (at[0] - x, at[1] - y)))
    return path


def _joined(*values: float) -> str:
    """Numbers as close together as SVG lets them stand."""
    text = ""
    for value in values:
        said = _n(value)
        text += said if not text or said.startswith("-") else " " + said
    return text


def _n(value: float) -> str:
    """A number to a tenth, as short as SVG takes it."""
    said = f"{value:.1f}".removesuffix(".0")
    if said == "-0":
        return "0"
    return said.replace("0.", ".", 1) if said.startswith(("0.", "-0.")) else said
