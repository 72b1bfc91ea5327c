"""A card's evidence as it is drawn: what is claimed, what holds, and a place for the name of each line."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import myths
from activations.spec import Array

# A name's half width and half height, and its distance from its line, as shares of the panel.
_WIDE, _HIGH, _AWAY = 0.13, 0.035, 0.05
_DENSE = 600  # points that a line has at least, to see what it covers
_ROOM = 0.16  # above and below the lines, as a share of their height


@lru_cache(maxsize=64)
def drawn(name: str) -> dict[str, Array]:
    """The card's arrays by name: the lines ``claimed`` and ``true``, and where ``claimed_word`` and ``true_word`` are
    written."""
    found = myths.evidence(name, CATALOGUE)
    lines = {"claimed": found.claimed, "true": found.true}
    picture = {f"{line}.x": found.x for line in lines} | {f"{line}.y": height for line, height in lines.items()}
    taken: list[tuple[float, float]] = []
    for line in lines:
        taken.append(_free(picture, f"{line}.y", taken))
        picture |= {f"{line}_word.{axis}": np.array([at]) for axis, at in zip("xy", taken[-1], strict=True)}
    return picture


def extent(picture: dict[str, Array]) -> tuple[float, float]:
    """The height of the panel; it is the same before the answer as after it."""
    both = np.concatenate([picture["claimed.y"], picture["true.y"]])
    low, high = float(np.nanmin(both)), float(np.nanmax(both))
    page = _ROOM * (high - low) or 0.5
    return low - page, high + page


def _free(picture: dict[str, Array], line: str, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Beside the line, where its name covers least of either line and of another name, and is nearest to its own."""
    x, (low, high) = picture["true.x"], extent(picture)
    left, width = float(np.nanmin(x)), float(np.nanmax(x) - np.nanmin(x))
    across = _filled((x - left) / width)
    up = {name: _filled((picture[name] - low) / (high - low)) for name in ("claimed.y", "true.y")}
    names = [((at - left) / width, (height - low) / (high - low)) for at, height in taken]
    other = next(name for name in up if name != line)

    def cost(spot: tuple[float, float]) -> float:
        # A name that covers nothing costs less than 1: it should be near its own line and not near the other one.
        near = _far(spot, across, up[line]) - min(_far(spot, across, up[other]), 0.3)
        return _covered(spot, across, up, names) + near / 3

    best = min(_spots(across, up[line]), key=cost)
    return left + best[0] * width, low + best[1] * (high - low)


def _filled(points: Array) -> Array:
    """The line with points between its points where these are few: a steep one leaves wide gaps."""
    shares = np.linspace(0, 1, max(1, _DENSE // len(points)), endpoint=False)
    return np.append((points[:-1, None] + shares * np.diff(points)[:, None]).ravel(), points[-1])


def _spots(across: Array, height: Array) -> list[tuple[float, float]]:
    """Places above and below the line, as shares of the panel, that lie within it."""
    spots = []
    for at in np.linspace(_WIDE, 1 - _WIDE, 21):
        near = height[(np.abs(across - at) < _WIDE) & np.isfinite(height)]
        if len(near):
            spots += [(float(at), float(near.max() + _AWAY)), (float(at), float(near.min() - _AWAY))]
            spots += [(float(at), float(np.median(near) + side * _AWAY)) for side in (-2, -1, 1, 2)]
    return [spot for spot in spots if _HIGH < spot[1] < 1 - _HIGH]


def _covered(
    spot: tuple[float, float], across: Array, lines: dict[str, Array], names: list[tuple[float, float]]
) -> float:
    """How much stands where a name at ``spot`` would be; one that is free costs nothing."""
    beside = np.abs(across - spot[0]) < _WIDE
    hit = sum(int((np.abs(line[beside] - spot[1]) < _HIGH).sum()) for line in lines.values())
    names_hit = sum(abs(at - spot[0]) < 2 * _WIDE and abs(up - spot[1]) < 2 * _HIGH for at, up in names)
    return float(hit + 1000 * names_hit)


def _far(spot: tuple[float, float], across: Array, line: Array) -> float:
    """The distance of a name's middle from a line."""
    return float(np.nanmin(np.hypot(across - spot[0], line - spot[1])))
