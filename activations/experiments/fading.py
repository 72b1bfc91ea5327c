"""How much of a gradient is left on its way back through a stack, at many settings at once; the search for a target."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.experiments.chain import BIAS, DEPTH, INPUT, PARAMS, UNDERFLOW, WEIGHT, Chain, run
from activations.spec import Activation, Array, Param

DEEPEST = int(DEPTH.high)
ACTIVATIONS, WEIGHTS = KINDS = "activations", "weights"  # what a gradient is taken with respect to
_CLOSE = 1e-9  # decades within which a gradient counts as the target
_MET = 1e-7  # the same for what the search has closed in on
_SEARCHED = 241  # places at which the search for an input looks first
_CUTS, _ROUNDS = 65, 2  # places a round, and rounds, to close in on what it found
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

    ``depth`` has shape (settings,); ``gradient`` = log10 |da_L/da_l| and ``forward`` = a_l at layers l = 0 .. layers
    have shape (settings, layers + 1), NaN beyond the depth. ``entering`` = log10 |da_l/dw_l| at layers 1, 2 … has shape
    (settings, 1) where only gradients with respect to activations were asked for, else (settings, layers).
    """

    depth: NDArray[np.int_]
    gradient: Array
    forward: Array
    entering: Array

    @property
    def left(self) -> Array:
        """log10 |da_L/dx0|, shape (settings,)."""
        return np.asarray(self.gradient[:, 0])

    @property
    def first(self) -> Array:
        """log10 |da_L/dw_1|, shape (settings,)."""
        return np.asarray(self.entering[:, 0] + self.gradient[:, 1])

    def at_layers(self, of: str) -> Array:
        """log10 of a gradient at layers 0 .. layers, shape (settings, layers + 1), NaN where there is none.

        ``of`` is "activations" for |da_L/da_l| or "weights" for |da_L/dw_l|, of which layer 0 has none.
        Raises ValueError for those if they were not asked for when the rows were computed.
        """
        if of == ACTIVATIONS:
            return self.gradient
        if self.entering.shape[1] != self.gradient.shape[1] - 1:
            raise ValueError("gradients with respect to weights were not asked for")
        none = np.full((len(self.depth), 1), math.nan)
        return np.concatenate([none, self.gradient[:, 1:] + self.entering], axis=1)

    def lost(self, kind: str) -> Array:
        """The fewest layers of travel back after which the number format ``kind`` holds 0; NaN where it never does."""
        holds = self.gradient[:, ::-1] <= UNDERFLOW[kind]
        last = self.gradient.shape[1] - 1 - holds.argmax(axis=1)
        return np.where(holds.any(axis=1), self.depth - last, math.nan)


def at(activation: Activation, where: Setting, of: str = ACTIVATIONS) -> Fading:
    """The single row of one setting; ``of`` as in ``Fading.at_layers``."""
    return _whole(run(activation, where.depth, [where.w], where.b, where.input), of)


def along(activation: Activation, where: Setting, of: str = ACTIVATIONS) -> Fading:
    """One row for each position of each slider, the others standing where ``where`` says; ``SPANS`` has the rows.

    Everything is computed in one pass through the deepest stack.
    """
    chain = run(activation, DEEPEST, *settings(where)[1:, len(DEPTH.grid) - 1 :])
    others = _whole(chain.cut(where.depth, slice(1, None)), of)
    parts = _shorter(chain.cut(DEEPEST, slice(0, 1)), of), _padded(others, of)
    return Fading(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Fading)))


def settings(where: Setting) -> Array:
    """The depth, w, b and x0 of each row of ``along``, shape (4, rows)."""
    stand = np.array([[where.depth], [where.w], [where.b], [where.input]], dtype=np.float64)
    columns = stand.repeat(max(span.stop for span in SPANS.values()), axis=1)
    for row, param in enumerate(PARAMS):
        columns[row, SPANS[param.name]] = param.grid
    return columns


def place(where: Setting, param: Param = WEIGHT) -> int:
    """A row of ``along`` in which all stands where ``where`` says: the one among those of the slider of ``param``."""
    return int(SPANS[param.name].start + np.argmin(np.abs(param.grid - getattr(where, param.name))))


def standing(rows: Fading, where: Setting) -> Fading:
    """That single row of what ``along`` has found there, as ``at`` would give it."""
    here = slice(place(where), place(where) + 1)
    layers = slice(where.depth + 1)
    # Copies: who keeps this row is not to keep all of them.
    lines = rows.gradient[here, layers].copy(), rows.forward[here, layers].copy()
    return Fading(rows.depth[here].copy(), *lines, rows.entering[here, : where.depth].copy())


def _whole(chain: Chain, of: str) -> Fading:
    """A row for each column of a chain."""
    back = chain.log_back.T
    return Fading(np.full(len(back), len(chain.factor)), back[:, ::-1], chain.output.T, _entering(chain, of))


def _shorter(chain: Chain, of: str) -> Fading:
    """A row for each depth up to that of a chain of one column: their products are ratios of its partial products."""
    most = len(chain.factor)
    log_factor = chain.log_factor[:, 0]
    alive = np.isfinite(log_factor)
    total, zeros = (np.concatenate([[0], np.cumsum(part)]) for part in (np.where(alive, log_factor, 0.0), ~alive))
    depth, layer = np.arange(1, most + 1), np.arange(most + 1)
    beyond = layer > depth[:, None]
    logs = np.where(zeros[depth, None] > zeros[layer], -math.inf, total[depth, None] - total[layer])
    logs[beyond] = math.nan
    forward = np.where(beyond, math.nan, chain.output[:, 0])
    return Fading(depth, logs, forward, _entering(chain, of).repeat(most, axis=0))


def _entering(chain: Chain, of: str) -> Array:
    """log10 |da_l/dw_l|, a row for each column of a chain; of the first layer alone unless weights are asked for."""
    layers = len(chain.slope) if of == WEIGHTS else 1
    with np.errstate(divide="ignore"):
        return np.asarray(np.log10(np.abs(chain.output[:layers] * chain.slope[:layers])).T)


def _padded(fading: Fading, of: str) -> Fading:
    """As wide as the deepest stack."""

    def wider(rows: Array, width: int) -> Array:
        return np.concatenate([rows, np.full((len(rows), width - rows.shape[1]), math.nan)], axis=1)

    entering = wider(fading.entering, DEEPEST if of == WEIGHTS else 1)
    gradient, forward = (wider(rows, DEEPEST + 1) for rows in (fading.gradient, fading.forward))
    return replace(fading, gradient=gradient, forward=forward, entering=entering)


@lru_cache(maxsize=2048)
def depth_reaching(activation: Activation, log_target: float, where: Setting) -> int | None:
    """The first depth up to the slider's end at which |da_L/dx0| is at or below 10**log_target; None if none is."""
    ahead = run(activation, DEEPEST, where.w, where.b, where.input).log_ahead[1:]
    below = np.flatnonzero(ahead <= log_target + _CLOSE)
    return int(below[0]) + 1 if len(below) else None


@lru_cache(maxsize=2048)
def input_reaching(activation: Activation, log_target: float, where: Setting) -> float | None:
    """The x0 nearest to 0 within the slider's range at which |da_L/dx0| is 10**log_target; None if there is none."""

    def excess(x0: Array) -> Array:
        return np.asarray(run(activation, where.depth, where.w, where.b, x0).log_factor.sum(axis=0) - log_target)

    grid = np.linspace(INPUT.low, INPUT.high, _SEARCHED)
    height = excess(grid)
    roots = grid[np.abs(height) <= _CLOSE]
    nearest = float(roots[np.argmin(np.abs(roots))]) if len(roots) else math.inf
    # A derivative of 0, whose logarithm is -inf, is below every target: it may be reached by a jump or continuously.
    crossing = np.flatnonzero(np.sign(height[:-1]) * np.sign(height[1:]) < 0)
    away = np.minimum(np.abs(grid[crossing]), np.abs(grid[crossing + 1]))
    for k in np.argsort(away, kind="stable"):
        if away[k] >= abs(nearest):
            break
        root = _refined(excess, grid[crossing[k]], grid[crossing[k] + 1])
        nearest = root if root is not None and abs(root) < abs(nearest) else nearest
    return nearest if math.isfinite(nearest) else None


def _refined(excess: Callable[[Array], Array], low: float, high: float) -> float | None:
    """The zero of ``excess`` between ``low`` and ``high``; None where it jumps over 0 without taking it."""
    for _ in range(_ROUNDS):
        points = np.linspace(low, high, _CUTS)
        height = excess(points)
        # The first point at which the sign of the start is lost.
        end = int(np.argmax(np.sign(height) != np.sign(height[0])))
        low, high = points[end - 1], points[end]
    below, above = height[end - 1], height[end]
    if np.isfinite(below) and np.isfinite(above):
        root = low - below * (high - low) / (above - below)
    else:
        root = low if np.isfinite(below) else high
    return float(root) if abs(float(excess(np.asarray(root)))) <= _MET else None
