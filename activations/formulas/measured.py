"""What is measured of a formula at given a and b: on a grid of the window, and for standard normal inputs.

Nothing here is proved. An extreme between two grid points is taken at the top of the parabola through the nearer one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from activations.formulas.jets import evaluate
from activations.formulas.parsing import PARAMETERS, Expression
from activations.formulas.switches import HUGE, KINDS, WINDOW, places
from activations.spec import Array

GRID = np.linspace(*WINDOW, 301)
ALMOST = 1e-9  # what counts as 0, beside the largest value or slope
_STEP = float(GRID[1] - GRID[0])
_REACH = 14.0  # of the normal integral, in standard deviations
_NODE, _WEIGHT = np.polynomial.legendre.leggauss(10)
_LARGEST_REST = 1e-6  # share of the outermost pieces in an integral beyond which it has not converged


@dataclass(frozen=True)
class Measured:
    """Numbers of one formula at one setting; NaN where there is none.

    ``low`` and ``high`` are the smallest and largest value, ``steepest`` the largest slope in magnitude, each with its
    place ``at``; they are infinite beside a pole. ``ends`` are the slopes at both ends of the window. ``rises``: f
    never falls. ``odd``: f(-x) = -f(x). ``flat``: f' is 0 at every negative x. ``whole``: f is defined on the whole
    grid. ``mean`` is E f(Z) for a standard normal Z, ``forward`` the gain 1/√E f(Z)² and ``backward`` 1/√E f'(Z)².
    """

    low: float
    at_low: float
    high: float
    at_high: float
    steepest: float
    at_steepest: float
    ends: tuple[float, float]
    rises: bool
    odd: bool
    flat: bool
    whole: bool
    mean: float
    forward: float
    backward: float


def measure(expression: Expression, a: Array, b: Array) -> list[Measured]:
    """What is measured at each of n settings, the values of a and b being of shape (n,)."""
    settings = {name: np.asarray(each, dtype=np.float64) for name, each in zip(PARAMETERS, (a, b), strict=True)}
    return list(_measured(expression, settings))


def _measured(expression: Expression, settings: dict[str, Array]) -> Iterator[Measured]:
    columns = {name: each[:, None] for name, each in settings.items()}
    rows = len(settings["a"])
    shape = (rows, len(GRID))
    f, df, ddf = (np.broadcast_to(each, shape) for each in evaluate(expression, GRID[None, :], columns, 3))
    f, df = (np.where(np.isfinite(each), each, math.nan) for each in (f, df))
    with np.errstate(all="ignore"):
        found = places(expression, settings["a"], settings["b"])
        size = np.nanmax(np.abs(np.column_stack([f, np.zeros(rows)])), axis=1)
        steepness = np.nanmax(np.abs(np.column_stack([df, np.zeros(rows)])), axis=1)
        falls = (df < -ALMOST * (1 + steepness[:, None])).any(axis=1)
        sides = np.where(found.left[0] - found.right[0] > ALMOST * (1 + size[:, None]), 1, 0)
        falls = falls | np.any(sides > 0, axis=1)
        turned = np.where(np.isnan(f) & np.isnan(f[:, ::-1]), 0.0, np.abs(f + f[:, ::-1]))
        odd = (turned <= ALMOST * (1 + size[:, None])).all(axis=1)
        flat = (df[:, GRID < 0] == 0).all(axis=1)
        beside = np.dstack([found.left[0], found.right[0]])
        extremes = [_extreme(sign * f, _top(sign * df, sign * ddf), sign * beside, found.x) for sign in (-1.0, 1.0)]
        slopes = np.abs(np.dstack([found.left[1], found.right[1]]))
        steepest = _extreme(np.abs(df), _top(*_differences(np.abs(df))), slopes, found.x)
        mean, forward, backward = _normal(
            expression, columns, found.x, np.any(found.kinds == KINDS.index("pole"), axis=1)
        )
    whole = np.all(np.isfinite(f), axis=1).tolist()
    for row in range(rows):
        yield Measured(
            low=0.0 - extremes[0][0][row], at_low=extremes[0][1][row],
            high=extremes[1][0][row], at_high=extremes[1][1][row],
            steepest=steepest[0][row], at_steepest=steepest[1][row],
            ends=(float(df[row, 0]), float(df[row, -1])),
            rises=not bool(falls[row]), odd=bool(odd[row]), flat=bool(flat[row]), whole=whole[row],
            mean=mean[row], forward=forward[row], backward=backward[row],
        )  # fmt: skip


def _top(slope: Array, bend: Array) -> tuple[Array, Array]:
    """From each point to the top of the parabola with this slope and bend, if that is near: how far along and up."""
    along = np.where(bend < 0, -slope / bend, 0.0)
    along = np.where(np.abs(along) <= _STEP, along, 0.0)
    return along, slope * along / 2


def _differences(heights: Array) -> tuple[Array, Array]:
    """Slope and bend of the parabola through each point of the grid and its neighbours."""
    slope, bend = np.zeros_like(heights), np.zeros_like(heights)
    before, here, after = heights[:, :-2], heights[:, 1:-1], heights[:, 2:]
    slope[:, 1:-1] = (after - before) / (2 * _STEP)
    bend[:, 1:-1] = (after - 2 * here + before) / _STEP**2
    # Of a corner no parabola is the top.
    return slope, np.where(np.abs(bend) * _STEP < np.nan_to_num(heights).max(axis=1, keepdims=True), bend, 0.0)


def _extreme(heights: Array, top: tuple[Array, Array], sides: Array, at: Array) -> tuple[list[float], list[float]]:
    """The largest height and its place at each setting, on the grid, at a top near it and beside each place."""
    # A parabola that reaches over a kink is none.
    smooth = (np.abs(GRID[:, None] - at[:, None, :]) > 1.01 * _STEP).all(axis=2)
    along, up = (np.where(smooth, part, 0.0) for part in top)
    beside = sides.reshape(len(heights), -1)
    unbounded = np.where(np.abs(beside) > HUGE, np.copysign(math.inf, beside), beside)
    every = np.column_stack([heights + up, unbounded])
    x = np.column_stack([GRID + along, np.repeat(at, 2, axis=1)])
    known = np.where(np.isnan(every), -math.inf, every)
    first, rows = known.argmax(axis=1), np.arange(len(known))
    largest = known[rows, first]
    return np.where(largest == -math.inf, math.nan, largest).tolist(), x[rows, first].tolist()


def _normal(
    expression: Expression, columns: dict[str, Array], at: Array, poles: NDArray[np.bool_]
) -> tuple[list[float], ...]:
    """E f(Z), 1/√E f(Z)² and 1/√E f'(Z)²; NaN where f is not defined everywhere or an integral does not converge."""
    rows = len(at)
    edges = np.tile(np.arange(-_REACH, _REACH + 1), (rows, 1))
    edges = np.sort(np.column_stack([edges, np.clip(at, -_REACH, _REACH)]), axis=1)
    half = np.diff(edges, axis=1)[:, :, None] / 2
    z = edges[:, :-1, None] + half * (1 + _NODE)
    bell = half * _WEIGHT * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    f, df = evaluate(expression, z.reshape(rows, -1), columns, 2)
    results = []
    for integrand in (f, f * f, df * df):
        weighted = (bell.reshape(rows, -1) * integrand).reshape(z.shape).sum(axis=2)
        total = weighted.sum(axis=1)
        rest = np.abs(weighted[:, 0]) + np.abs(weighted[:, -1])
        converged = (
            np.isfinite(total) & (rest <= _LARGEST_REST * np.abs(weighted).sum(axis=1) + 1e-300) & np.logical_not(poles)
        )
        results.append(np.where(converged, total, math.nan))
    mean = np.where(np.abs(results[0]) < 1e-12, 0.0, results[0])
    gains = [np.where(each > 0, 1 / np.sqrt(each), math.nan) for each in results[1:]]
    return tuple(each.tolist() for each in (mean, *gains))
