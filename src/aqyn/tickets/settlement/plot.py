"""The hall as one picture: for each type its places as teeth.

Lit ones came, dim ones were sold, outlined ones stayed empty.
"""

from __future__ import annotations

TEETH = 48


def hall(came: int, sold: int, places: int, *, n: int = TEETH) -> str:
    """One row of `n` teeth as SVG. `places`: all there were; of these `sold`, of these `came`."""
    whole = max(places, sold, 1)
    lit, taken = _teeth(came, whole, n), _teeth(sold, whole, n)
    parts = (("lit", 0, lit), ("sold", lit, max(lit, taken)), ("left", max(lit, taken), n))
    paths = "".join(f'<path class="{name}" d="{_row(start, stop)}"/>' for name, start, stop in parts)
    return f'<svg class="hall-row" viewBox="0 0 {n * 20} 20" aria-hidden="true">{paths}</svg>'


def _teeth(count: int, whole: int, n: int) -> int:
    """Rounded; something is never shown as nothing, nor less than all as all."""
    teeth = round(count / whole * n)
    if count and not teeth:
        return 1
    return n - 1 if count < whole and teeth == n else teeth


def _row(start: int, stop: int) -> str:
    return "".join(f"M{place * 20 + 2} 17l8-14 8 14z" for place in range(start, stop))
