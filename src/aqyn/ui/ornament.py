"""The felt carpet (сырмақ) of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, floor, hypot, pi, sin, sqrt
from xml.sax.saxutils import escape


def fold(wave: Sequence[float], n: int) -> list[float]:
    """The mean loudness of `n` equal parts of the wave, stretched to 0…1; all 0.5 where it never changes."""
    values = list(wave) or [0]
    step = len(values) / n
    means = []
    for i in range(n):
        part = values[floor(i * step) : max(floor((i + 1) * step), floor(i * step) + 1)]
        means.append(sum(part) / len(part))
    low, high = min(means), max(means)
    return [(m - low) / (high - low) for m in means] if high > low else [0.5] * n


def _n(v: float) -> str:
    return f"{v:.1f}".removesuffix(".0")


def _horn(reach: float, radius: float, thick: float, neck: float, turns: float) -> str:
    cx, cy, p = neck + radius, -reach, []
    bend = min(radius * 0.8 + neck, cx)
    p += [(0.0, cy - radius + bend + thick * 1.2), (0.0, cy - radius + bend)]
    for i in range(1, 5):
        t = (i / 4) * pi / 2
        p.append((bend - bend * cos(t), cy - radius + bend - bend * sin(t)))
    steps = round(turns * 14)
    for i in range(1, steps + 1):
        t = (i / steps) * turns
        r = radius - 2 * thick * max(0, t - 0.12)
        a = -pi / 2 + t * 2 * pi
        p.append((cx + r * cos(a), cy + r * sin(a)))
    d = f"M{_n(p[0][0])} {_n(p[0][1])}"
    for i in range(len(p) - 1):
        a_, b, c, e = p[max(0, i - 1)], p[i], p[i + 1], p[min(len(p) - 1, i + 2)]
        d += (
            f"C{_n(b[0] + (c[0] - a_[0]) / 6)} {_n(b[1] + (c[1] - a_[1]) / 6)} "
            f"{_n(c[0] - (e[0] - b[0]) / 6)} {_n(c[1] - (e[1] - b[1]) / 6)} {_n(c[0])} {_n(c[1])}"
        )
    return d


def ornament(
    wave: Sequence[float],
    *,
    prefix: str = "o",
    detail: int = 2,
    border: bool = True,
    title: str = "",
    hue: int | None = None,
) -> str:
    """The carpet as SVG."""
    a, b, c, e, f = fold(wave, 5)
    w, gap, top = 36, 14, 404 if border else 412
    turns = lambda r: max(0.5, 0.12 + (r - w * 0.62) / (2 * w))  # noqa: E731
    neck_c, neck = 12 + 10 * f, 13 + 20 * a
    rc, r1 = 40 + 24 * c, 74 + 34 * e
    half = sqrt(0.5)
    while True:
        A = (top - rc - w / 2) / half - neck_c - rc
        room = (
            hypot((A - neck_c - rc) * half - neck - r1, (A + neck_c + rc) * half - (top - r1 - w / 2))
            - r1
            - rc
            - w
        )
        if room >= gap:
            break
        if r1 > 52:
            r1 -= 1
        else:
            rc -= 1
    T = top - 2 * r1 - 1.5 * w - gap - 16 * (1 - b)
    neck2 = 12 + 10 * b
    r2 = min(62, (T - neck2 - 0.707 * (w + gap)) / 3.414)
    d1 = top - r1 - w / 2
    quarter = "".join(
        f'<path d="{d}"/><path d="{d}" transform="scale(-1 1)"/>'
        for d in (_horn(d1, r1, w, neck, turns(r1)), _horn(T - r2, r2, w, neck2, turns(r2)))
    )
    corner = _horn(0, rc, w, neck_c, turns(rc))
    quarter += (
        f'<path d="M0 0V{_n(-d1)}"/><g transform="rotate(45) translate(0 {_n(-A)})"><path d="{corner}"/>'
        f'<path d="{corner}" transform="scale(-1 1)"/></g>'
    )
    four = "".join(f'<use href="#{prefix}q" transform="rotate({r})"/>' for r in (0, 90, 180, 270))
    layer = (
        '<g fill="none" stroke="var(--felt-{}, {})" stroke-width="{}" stroke-linecap="round" stroke-linejoin="round">'
        + four
        + "</g>"
    )
    label = f'role="img" aria-label="{escape(title, {chr(34): "&quot;"})}"' if title else 'aria-hidden="true"'
    return (
        f'<svg class="ornament" viewBox="-500 -500 1000 1000" {label}><defs><g id="{prefix}q">{quarter}</g></defs>'
        '<rect x="-500" y="-500" width="1000" height="1000" fill="var(--felt-ground)"/>'
        + layer.format("cord", "#200", w + 11)
        + layer.format("figure", "#fed", w)
        + "</svg>"
    )
