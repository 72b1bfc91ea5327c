"""How much of a gradient is left on its way back through a stack, at many settings at once, and the search for a target."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from activations.experiments.chain import BIAS, DEPTH, INPUT, PARAMS, UNDERFLOW, WEIGHT, Chain, run
from activations.spec import Activation, Array

DEEPEST = int(DEPTH.high)
_CLOSE = 1e-9  # decades within which a gradient counts as the target
_SEARCHED = 481  # places at which the search for an input looks first
_CUTS, _ROUNDS = 65, 3  # places per round and rounds to close in on what it found: 10**-7 of a step of the slider
_ENDS = np.cumsum([len(param.grid) for param in PARAMS]).tolist()
SPANS = {param.name: slice(end - len(param.grid), end) for param, end in zip(PARAMS, _ENDS, strict=True)}


@dataclass(frozen=True)
class Setting:
    """Where the sliders of a stack stand."""

    depth: int = int(DEPTH.default)
    w: float = WEIGHT.default
    b: float = BIAS.default
    input: float = INPUT.default

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Setting:
        """The setting of sliders by name; names of other sliders are passed over."""
        return cls(int(values[DEPTH.name]), *(float(values[param.name]) for param in PARAMS[1:]))


@dataclass(frozen=True)
class Fading:
    """One row a setting; in decades, -inf standing for an exact zero.

    ``depth`` and ``first`` = log10 |da_L/dw_1| have shape (settings,); ``back`` = log10 |da_L/da_{L-n}| after
    n = 0 .. layers of travel back and ``forward`` = a_n have shape (settings, layers + 1), NaN beyond the depth.
    """

    depth: NDArray[np.int_]
    back: Array
    forward: Array
    first: Array

    @property
    def left(self) -> Array:
        """log10 |da_L/dx0|, shape (settings,)."""
        return np.asarray(self.back[np.arange(len(self.depth)), self.depth])

    @property
    def died(self) -> Array:
        """The fewest layers of travel back after which the gradient is exactly 0; NaN where it never is."""
        return _first(self.back == -math.inf)

    def lost(self, kind: str) -> Array:
        """The fewest layers of travel back after which the number format ``kind`` holds 0; NaN where it never does."""
        return _first(self.back <= UNDERFLOW[kind])


def _first(holds: NDArray[np.bool_]) -> Array:
    return np.where(holds.any(axis=1), holds.argmax(axis=1), math.nan)


def at(act: Activation, where: Setting) -> Fading:
    """The single row of one setting."""
    chain = run(act, where.depth, [where.w], where.b, where.input)
    return _cut(chain, np.array([where.depth]))


def along(act: Activation, where: Setting) -> Fading:
    """One row for each position of each slider, the others standing where ``where`` says; ``SPANS`` has the rows.

    Everything is computed in one pass through the deepest stack.
    """
    columns = settings(where)
    chain = run(act, DEEPEST, *columns[1:])
    return _cut(chain, columns[0].astype(int))


def settings(where: Setting) -> Array:
    """The depth, w, b and x0 of each row of ``along``, shape (4, rows)."""
    stand = np.array([[where.depth], [where.w], [where.b], [where.input]], dtype=np.float64)
    columns = stand.repeat(max(span.stop for span in SPANS.values()), axis=1)
    for row, param in enumerate(PARAMS):
        columns[row, SPANS[param.name]] = param.grid
    return columns


def _cut(chain: Chain, depth: NDArray[np.int_]) -> Fading:
    """Stacks of these depths cut from deeper ones, one a column: their products are ratios of partial products."""
    most = int(depth.max())
    log_factor = chain.log_factor[:most]
    alive = np.isfinite(log_factor)
    total, zeros = (_partial(part) for part in (np.where(alive, log_factor, 0.0), ~alive))
    row = np.arange(len(depth))
    start = depth[:, None] - np.arange(most + 1)
    beyond, start = start < 0, np.maximum(start, 0)
    back = total[row, depth][:, None] - np.take_along_axis(total, start, axis=1)
    back[zeros[row, depth][:, None] > np.take_along_axis(zeros, start, axis=1)] = -math.inf
    back[beyond] = math.nan
    forward = np.where(beyond, math.nan, chain.activation[: most + 1].T)
    with np.errstate(divide="ignore"):
        entering = np.log10(np.abs(chain.activation[0] * chain.slope[0]))
    return Fading(depth, back, forward, entering + back[row, depth - 1])


def _partial(rows: Array) -> Array:
    """Sums over the first 0, 1, 2 .. layers; (layers, settings) becomes (settings, layers + 1)."""
    sums = np.cumsum(rows, axis=0).T
    return np.concatenate([np.zeros((len(sums), 1), dtype=sums.dtype), sums], axis=1)


def depth_reaching(act: Activation, log_target: float, where: Setting) -> int | None:
    """The first depth up to the slider's end at which |da_L/dx0| is at or below 10**log_target; None if none is."""
    ahead = run(act, DEEPEST, where.w, where.b, where.input).log_ahead[1:]
    below = np.flatnonzero(ahead <= log_target + _CLOSE)
    return int(below[0]) + 1 if len(below) else None


def input_reaching(act: Activation, log_target: float, where: Setting) -> float | None:
    """The x0 nearest to 0 within the slider's range at which |da_L/dx0| is 10**log_target; None if there is none."""

    def excess(x0: Array) -> Array:
        return np.asarray(run(act, where.depth, where.w, where.b, x0).log_factor.sum(axis=0) - log_target)

    grid = np.linspace(INPUT.low, INPUT.high, _SEARCHED)
    height = excess(grid)
    roots = grid[np.abs(height) <= _CLOSE]
    finite = np.isfinite(height[:-1]) & np.isfinite(height[1:])
    crossing = np.flatnonzero(finite & (np.sign(height[:-1]) * np.sign(height[1:]) < 0))
    if len(crossing):
        roots = np.concatenate([roots, _refined(excess, grid[crossing], grid[crossing + 1])])
    return float(roots[np.argmin(np.abs(roots))]) if len(roots) else None


def _refined(excess: Callable[[Array], Array], low: Array, high: Array) -> Array:
    """The zeros of ``excess`` between each ``low`` and ``high``; those it jumps over are left out."""
    row = np.arange(len(low))
    for _ in range(_ROUNDS):
        points = np.linspace(low, high, _CUTS, axis=1)
        height = excess(points)
        # The first sub-interval over whose end the sign of the start is lost.
        end = np.argmax(np.sign(height) != np.sign(height[:, :1]), axis=1)
        low, high = points[row, end - 1], points[row, end]
    with np.errstate(invalid="ignore"):
        rise = height[row, end] - height[row, end - 1]
        root = low - height[row, end - 1] * (high - low) / rise
    return np.asarray(root[np.abs(excess(root)) <= _CLOSE])
