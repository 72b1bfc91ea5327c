"""A function as a small curve in its own colour: beside its name on the map, and on the tiles of the wall."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

import numpy as np

from activations import CATALOGUE
from pages.shared import figures

_WIDE, _HIGH, _MARGIN = 280, 180, 20
_SPAN = 3.2  # of x on each side of 0, at least
_STEP = 8  # from point to point across, a whole number as all are: forty pictures come with each page
_POINTS = (_WIDE - 2 * _MARGIN) // _STEP + 1


@lru_cache(maxsize=128)
def address(slug: str, width: float = 2.2) -> str:
    """The picture as a data URI, 28 by 18 in shape; ``width`` is that of the line at this size.

    It shows f over [-3.2, 3.2], or further where a kink lies outside: a hard sigmoid looked like a straight line.
    """
    activation = CATALOGUE[slug]
    span = max([_SPAN, *(1.5 * abs(kink) for kink in activation.kinks_at())])
    x = np.linspace(-span, span, _POINTS)
    y = activation(x)
    low, high = min(float(y.min()), -0.4), max(float(y.max()), 1.0)
    up = np.rint(_MARGIN + (high - y) / (high - low) * (_HIGH - 2 * _MARGIN)).astype(int)
    jump = np.zeros(_POINTS, dtype=bool)
    for kink in activation.kinks_at():
        sides = activation.sides(kink)
        # The pen is lifted on the way to the first point that is not left of the jump.
        jump |= (np.arange(_POINTS) == np.searchsorted(x, kink)) & (abs(sides.value_right - sides.value_left) > 1e-9)
    # After an m, each pair of numbers is a line that goes on from the last point.
    steps = [f"{'m' if lift else ''}{_STEP} {rise}" for rise, lift in zip(np.diff(up), jump[1:], strict=True)]
    d = f"m{_MARGIN} {up[0]} {' '.join(steps)}".replace(" -", "-")
    stroke = f"fill='none' stroke='{figures.colour(slug)}' stroke-width='{10 * width:g}' stroke-linejoin='round'"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDE} {_HIGH}'><path d='{d}' {stroke}/></svg>"
    return "data:image/svg+xml," + quote(svg, safe="/:=' ")
