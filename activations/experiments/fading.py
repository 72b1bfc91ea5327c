"""How the gradient changes on its way back through stacks of equal layers, and the search for a target."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.experiments.chain import BIAS, DEPTH, INPUT, PARAMS, UNDERFLOW, WEIGHT, Chain, run
from activations.spec import Activation, Array

DEEPEST = int(DEPTH.high)
ACTIVATIONS, WEIGHTS = KINDS = "activations", "weights"  # what a gradient is taken with respect to
_CLOSE = 1e-9  # decades within which a gradient counts as the target
_MET = 1e-7  # the same for what the search has closed in on
_SEARCHED = np.linspace(INPUT.low, INPUT.high, 241)  # inputs at which the search looks first
_CUTS, _ROUNDS = 65, 2  # places a round, and rounds, to close in on what it found


@dataclass(frozen=True)
class Stack:
    """A stack of equal layers and its input, as its sliders say it."""

    depth: int = int(DEPTH.default)
    w: float = WEIGHT.default
    b: float = BIAS.default
    input: float = INPUT.default

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Stack:
        """The stack of sliders by name; names of other sliders are passed over."""
        return cls(int(values[DEPTH.name]), *(float(values[param.name]) for param in PARAMS[1:]))


@dataclass(frozen=True)
class Fading:
    """One row a stack; in decades, -inf standing for an exact zero.

    ``depth`` has shape (stacks,). The others have shape (stacks, DEEPEST + 1), a column for each layer from 0, and NaN
    beyond the depth: ``gradient`` = log10 |da_L/da_l|, ``forward`` = a_l, and ``local`` = |da_l/dw_l|, which goes on
    beyond the depth.
    """

    depth: NDArray[np.int_]
    gradient: Array
    forward: Array
    local: Array

    def row(self, number: int) -> Fading:
        """One of the stacks; a copy, so that who keeps it does not keep all of them."""
        one = slice(number, number + 1)
        gradient, forward, local = (each[one].copy() for each in (self.gradient, self.forward, self.local))
        return Fading(self.depth[one].copy(), gradient, forward, local)

    @property
    def at_input(self) -> Array:
        """log10 |da_L/dx0|, shape (stacks,)."""
        return np.asarray(self.gradient[:, 0])

    @property
    def first_weight(self) -> Array:
        """log10 |da_L/dw_1|, shape (stacks,)."""
        with np.errstate(divide="ignore"):
            return np.asarray(self.gradient[:, 1] + np.log10(self.local[:, 1]))

    @property
    def weight_gradient(self) -> Array:
        """log10 |da_L/dw_l| at each layer, of which layer 0 has none."""
        with np.errstate(divide="ignore"):
            return np.asarray(self.gradient + np.log10(self.local))

    def at_layers(self, of: str) -> Array:
        """log10 of the gradient with respect to "activations" or "weights" at each layer."""
        return self.gradient if of == ACTIVATIONS else self.weight_gradient

    def underflow(self, kind: str) -> Array:
        """The fewest layers of travel back after which the number format ``kind`` holds 0; NaN where it never does."""
        zero = self.gradient[:, ::-1] <= UNDERFLOW[kind]
        layer = self.gradient.shape[1] - 1 - zero.argmax(axis=1)
        return np.where(zero.any(axis=1), self.depth - layer, math.nan)


def fade(activation: Activation, depth: ArrayLike, w: ArrayLike, b: ArrayLike, x0: ArrayLike) -> Fading:
    """One row for each stack of at most DEEPEST layers; the arguments broadcast to shape (stacks,)."""
    stacks = np.broadcast_arrays(*np.atleast_1d(depth, w, b, x0))
    depths, chain = stacks[0].astype(int), deepest(activation, *stacks[1:])
    layer = np.arange(DEEPEST + 1)
    beyond = layer > depths[:, None]
    log_factor = np.where(beyond[:, 1:].T, 0.0, chain.log_factor)
    gradient = np.zeros(beyond.shape)
    gradient[:, :-1] = np.cumsum(log_factor[::-1], axis=0)[::-1].T
    gradient[beyond] = math.nan
    # A layer's output moves with its weight by the output of the layer before it times the slope.
    local = np.full(beyond.shape, math.nan)
    local[:, 1:] = np.abs(chain.output[:-1] * chain.slope).T
    return Fading(depths, gradient, np.where(beyond, math.nan, chain.output.T), local)


def deepest(activation: Activation, w: ArrayLike, b: ArrayLike, x0: ArrayLike) -> Chain:
    """The chains of DEEPEST layers for w, b and x0 of one shape; they begin as every shallower chain does.

    Those of the last calls are kept, because another depth needs no other ones. They are not to be written to.
    """
    w, b, x0 = np.broadcast_arrays(w, b, x0)
    return _deepest(activation, w.shape, *(np.asarray(each, dtype=np.float64).tobytes() for each in (w, b, x0)))


@lru_cache(maxsize=32)
def _deepest(activation: Activation, shape: tuple[int, ...], *columns: bytes) -> Chain:
    return run(activation, DEEPEST, *(np.frombuffer(each).reshape(shape) for each in columns))


@lru_cache(maxsize=2048)
def depth_reaching(activation: Activation, log_target: float, stack: Stack) -> int | None:
    """The first depth up to the slider's end at which |da_L/dx0| is at or below 10**log_target; None if none is."""
    ahead = deepest(activation, stack.w, stack.b, stack.input).log_ahead[1:]
    below = np.flatnonzero(ahead <= log_target + _CLOSE)
    return int(below[0]) + 1 if len(below) else None


@lru_cache(maxsize=2048)
def input_reaching(activation: Activation, log_target: float, stack: Stack) -> float | None:
    """The x0 nearest to 0 within the slider's range at which |da_L/dx0| is 10**log_target; None if there is none."""

    def excess(x0: Array) -> Array:
        return np.asarray(run(activation, stack.depth, stack.w, stack.b, x0).log_factor.sum(axis=0) - log_target)

    grid = _SEARCHED
    height = deepest(activation, stack.w, stack.b, grid).cut(stack.depth).log_factor.sum(axis=0) - log_target
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
