"""A stack of one-unit layers a_l = f(w a_{l-1} + b) and the gradient that comes back through it.

By the chain rule da_L/da_m is the product of the factors w f'(z_l) over l = m+1 .. L (Rumelhart, Hinton & Williams,
Nature 323, 1986). Magnitudes are kept as base-10 logarithms, so that nothing underflows before the mathematics does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from activations.spec import Activation, Array, Param

_REAL = (-math.inf, math.inf)
DEPTH = Param("depth", "L", 30, 1, 50, 1, domain=(1, math.inf), whole=True)
WEIGHT = Param("w", "w", 1.0, -8.0, 8.0, 0.1, domain=_REAL)
BIAS = Param("b", "b", 0.0, -8.0, 8.0, 0.1, domain=_REAL)
INPUT = Param("input", "x_0", 1.0, -6.0, 6.0, 0.1, domain=_REAL)
PARAMS = (DEPTH, WEIGHT, BIAS, INPUT)
_STEEPEST = 1e4  # of a slope, beyond which it lies beside a pole


@dataclass(frozen=True)
class Chain:
    """Arrays of shape (depth, *grid), layer 1 first; ``output`` has depth + 1 rows, row 0 being the input."""

    pre_activation: Array
    output: Array
    slope: Array
    factor: Array

    def cut(self, depth: int) -> Chain:
        """The first ``depth`` layers."""
        return Chain(self.pre_activation[:depth], self.output[: depth + 1], self.slope[:depth], self.factor[:depth])

    @property
    def log_factor(self) -> Array:
        """log10 |w f'(z_l)|, shape (depth, *grid); -inf for an exact zero."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(np.abs(self.factor)))

    @property
    def log_back(self) -> Array:
        """log10 |da_L/da_{L-n}| after n = 0 .. depth layers of travel back, shape (depth + 1, *grid)."""
        return _summed(self.log_factor[::-1])

    @property
    def sign_back(self) -> Array:
        """The sign of da_L/da_{L-n}, shape (depth + 1, *grid); 0 for an exact zero."""
        one = np.ones((1, *self.factor.shape[1:]))
        return np.cumprod(np.concatenate([one, np.sign(self.factor[::-1])]), axis=0)

    @property
    def log_ahead(self) -> Array:
        """log10 |da_n/da_0| after n = 0 .. depth layers, shape (depth + 1, *grid)."""
        return _summed(self.log_factor)


def stackable(activation: Activation) -> bool:
    """Whether a deep stack of it can be computed at all: one whose slope has no bound soon leaves every float."""
    return bool(np.all(np.abs(activation.derivative(np.array([-1e300, 1e300]))) < 1e300))


@lru_cache(maxsize=256)
def computable(activation: Activation) -> bool:
    """Whether every stack that the sliders can set stays finite, of a function about which nothing is claimed."""
    lines = np.concatenate([np.linspace(-60, 60, 4801), -np.geomspace(60, 1e9, 60), np.geomspace(60, 1e9, 60)])
    if not (np.isfinite(activation(lines)).all() and (np.abs(activation.derivative(lines)) <= _STEEPEST).all()):
        return False
    ends = np.array([WEIGHT.low, WEIGHT.low / 2, WEIGHT.high / 2, WEIGHT.high])
    w, b, x = np.meshgrid(ends, [BIAS.low, 0.0, BIAS.high], [INPUT.low, 1.0, INPUT.high])
    outcome = run(activation, int(DEPTH.high), w, b, x)
    return bool(np.isfinite(outcome.output).all() and np.isfinite(outcome.slope).all())


def _summed(log_factor: Array) -> Array:
    return np.concatenate([np.zeros((1, *log_factor.shape[1:])), np.cumsum(log_factor, axis=0)])


def run(
    activation: Activation, depth: int, weight: ArrayLike, bias: ArrayLike, x0: ArrayLike, **params: float
) -> Chain:
    """Send ``x0`` through ``depth`` equal layers; weight, bias and x0 broadcast to one grid.

    Raises ValueError if depth < 1.
    """
    if depth < 1:
        raise ValueError(f"depth must be at least 1, got {depth}")
    w, b, a = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(weight, bias, x0))
    output, z = np.empty((depth + 1, *a.shape)), np.empty((depth, *a.shape))
    output[0] = a
    settings = activation.checked(params)
    with np.errstate(over="ignore", under="ignore"):
        for layer in range(depth):
            z[layer] = w * output[layer] + b
            output[layer + 1] = activation.f(z[layer], **settings)
        slope = np.asarray(activation.df(z, **settings))
    return Chain(z, output, slope, w * slope)


# Where subnormals are kept, the largest magnitude that still rounds to zero is half the smallest of them.
UNDERFLOW = {"float16": -25 * math.log10(2), "bfloat16": -134 * math.log10(2), "float32": -150 * math.log10(2)}
