"""The waveform and the felt teeth, as SVG made from numbers alone."""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.ui.carpet import fold


def waveform(wave: Sequence[int], *, n: int = 64, at: float = 0.0, width: int = 600, height: int = 56) -> str:
    """The recording as `n` rounded bars about a middle line; bars before the share `at` are in `.past`.

    Bars stand in time's order from the left, also on a right-to-left page: a recording has no script.
    """
    bars = fold(wave, n)
    pitch = width / n
    thick = pitch * 0.56
    past: list[str] = []
    rest: list[str] = []
    for i, loud in enumerate(bars):
        tall = max(thick, (0.08 + 0.92 * loud) * height)
        bar = (
            f'<rect x="{_n(i * pitch)}" y="{_n((height - tall) / 2)}" '
            f'width="{_n(thick)}" height="{_n(tall)}" rx="{_n(thick / 2)}"/>'
        )
        (past if (i + 0.5) / n < at else rest).append(bar)
    return (
        f'<svg class="wave" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f'<g class="past">{"".join(past)}</g><g class="rest">{"".join(rest)}</g></svg>'
    )


def teeth(share: float, *, n: int = 30) -> str:
    """A share from 0 to 1 as `n` teeth, lit as far as it goes; anything above nothing lights one tooth."""
    lit = round(max(0.0, min(1.0, share)) * n)
    if share > 0 and lit == 0:
        lit = 1
    if share < 1 and lit == n:
        lit = n - 1

    def row(start: int, stop: int) -> str:
        return "".join(f"M{i * 20} 18l10-16 10 16z" for i in range(start, stop))

    return (
        f'<svg class="teeth" viewBox="0 0 {n * 20} 20" aria-hidden="true">'
        f'<path class="dim" d="{row(lit, n)}"/><path class="lit" d="{row(0, lit)}"/></svg>'
    )


def _n(value: float) -> str:
    """A number as short as SVG takes it, to a tenth."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")
