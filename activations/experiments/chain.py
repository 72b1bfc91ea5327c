"""A stack of one-unit layers a_l = f(w a_{l-1} + b) and the gradient that comes back through it.

By the chain rule da_L/da_m is the product of the factors w f'(z_l) over l = m+1 .. L (Rumelhart, Hinton & Williams,
Nature 323, 1986). Magnitudes are kept as base-10 logarithms, so that nothing underflows before the mathematics does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from activations.spec import Activation, Array, Param

_REAL = (-math.inf, math.inf)
DEPTH = Param("depth", "L", 30, 1, 50, 1, domain=(1, math.inf))
WEIGHT = Param("w", "w", 1.0, -8.0, 8.0, 0.1, domain=_REAL)
BIAS = Param("b", "b", 0.0, -8.0, 8.0, 0.1, domain=_REAL)
INPUT = Param("input", "x_0", 1.0, -6.0, 6.0, 0.05, domain=_REAL)
PARAMS = (DEPTH, WEIGHT, BIAS, INPUT)


@dataclass(frozen=True)
class Chain:
    """Arrays of shape (depth, *grid), layer 1 first; ``activation`` has depth + 1 rows, row 0 being the input.

    ``log_back[n]`` is log10 |da_L/da_{L-n}| after n = 0 .. depth layers of travel back, -inf for an exact zero.
    """

    weight: Array
    pre_activation: Array
    activation: Array
    slope: Array
    factor: Array
    forward: Array
    backward: Array
    log_back: Array

    @property
    def first_weight_gradient(self) -> Array:
        """da_L/dw_1, the derivative with respect to the weight of layer 1 only: x0 f'(z_1) times the later factors."""
        later = self.backward[1] if len(self.backward) > 1 else np.ones_like(self.backward[0])
        return np.asarray(self.activation[0] * self.slope[0] * later)


def run(act: Activation, depth: int, weight: ArrayLike, bias: ArrayLike, x0: ArrayLike, **params: float) -> Chain:
    """Send ``x0`` through ``depth`` equal layers; weight, bias and x0 broadcast to one grid.

    ``forward[l-1]`` = da_l/dx0, ``backward[l-1]`` = da_L/da_{l-1}. Raises ValueError if depth < 1.
    """
    if depth < 1:
        raise ValueError(f"depth must be at least 1, got {depth}")
    w, b, a = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(weight, bias, x0))
    activation, z, slope = [a], [], []
    settings = act.checked(params)
    with np.errstate(divide="ignore", over="ignore"):
        for _ in range(depth):
            z.append(w * activation[-1] + b)
            activation.append(act.f(z[-1], **settings))
            slope.append(act.df(z[-1], **settings))
        slopes = np.array(slope)
        factor = w * slopes
        log_factor = np.log10(np.abs(factor))
        forward, backward = np.cumprod(factor, axis=0), np.cumprod(factor[::-1], axis=0)[::-1]
    log_back = np.concatenate([np.zeros((1, *w.shape)), np.cumsum(log_factor[::-1], axis=0)])
    return Chain(w, np.array(z), np.array(activation), slopes, factor, forward, backward, log_back)


# The largest magnitude that still rounds to zero is half the smallest subnormal.
UNDERFLOW = {"float16": -25 * math.log10(2), "bfloat16": -134 * math.log10(2), "float32": -150 * math.log10(2)}


def lost_after(log_back: Array, kind: str) -> int | None:
    """How many layers back the gradient is first rounded to exactly zero when stored as ``kind``; None if never."""
    lost = np.flatnonzero(log_back <= UNDERFLOW[kind])
    return int(lost[0]) if len(lost) else None
