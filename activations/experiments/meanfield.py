"""How lengths and gradients travel through a stack of infinitely wide random layers z = W f(z'), by quadrature.

With weights of variance g²/n, n inputs a unit and no biases, every pre-activation is Gaussian. Its variance q becomes
g² E f(√q Z)² in the next layer, and the square of a gradient's norm is multiplied by χ = g² E f'(√q Z)² on its way back
(Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, arXiv:1611.01232). The input has mean square 1.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from activations.spec import Activation, Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_REACH = 9  # standard deviations; beyond them lies 2e-19 of the bell
_BENDS = 2.0 ** np.arange(-2, 6)  # sizes of pre-activations at which functions turn from one shape to another
_SMALLEST, _LARGEST = -69.0, 69.0  # log q, beyond which every function of the catalogue is its own limit
_LENGTHS = np.linspace(_SMALLEST, _LARGEST, 1105)
_LEAST, _MOST = 2.0**-4, 2.0**8  # gains between which the critical one is looked for


def moments(activation: Activation, q: ArrayLike) -> tuple[Array, Array]:
    """E f(√q Z)² and E f'(√q Z)² for a standard normal Z, each of the shape of ``q`` > 0."""
    size = np.sqrt(np.asarray(q, dtype=np.float64))[..., None]
    turns = np.array([*-_BENDS, *_BENDS, *activation.kinks_at()])
    whole = np.broadcast_to(np.arange(-_REACH, _REACH + 1.0), (*size.shape[:-1], 2 * _REACH + 1))
    edges = np.sort(np.concatenate([whole, np.clip(turns / size, -_REACH, _REACH)], axis=-1), axis=-1)
    half = np.diff(edges)[..., None] / 2
    z = edges[..., :-1, None] + half * (1 + _NODES)
    bell = half * _WEIGHTS * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    found = (activation(z * size[..., None]), activation.derivative(z * size[..., None]))
    mean, slope = (np.sum(bell * values * values, axis=(-2, -1)) for values in found)
    return np.asarray(mean), np.asarray(slope)


def fading(activation: Activation, gains: ArrayLike, depth: int) -> Array:
    """log10 of what 1, L, 2, … ``depth`` layers leave of a gradient, shape (gains, depth); -inf for an exact zero."""
    squared = np.asarray(gains, dtype=np.float64) ** 2
    q, factors = squared, []
    for _ in range(depth):
        mean, slope = moments(activation, q)
        factors.append(squared * slope)
        q = np.clip(squared * mean, math.exp(_SMALLEST), math.exp(_LARGEST))
    with np.errstate(divide="ignore"):
        return np.cumsum(np.log10(np.stack(factors, axis=-1)) / 2, axis=-1)


def factor(activation: Activation, gain: float) -> float:
    """√χ deep inside: by what a layer multiplies a gradient's norm once lengths have settled, or run away."""
    squared = gain * gain
    with np.errstate(divide="ignore"):
        growth = np.log(squared * _shape(activation))
    start = 2 * math.log(gain)
    upward = squared * _per_length(activation, start) > 1
    ahead = np.flatnonzero((start < _LENGTHS) == upward)
    turned = [k for k in (ahead if upward else ahead[::-1]) if (growth[k] > 0) != upward]
    if not turned:
        end = _LARGEST if upward else _SMALLEST
    else:
        step = -1 if upward else 1
        before = _LENGTHS[turned[0] + step]
        near = max(start, before) if upward else min(start, before)
        far = _LENGTHS[turned[0]]

        def grows(s: float) -> float:
            return math.log(squared * _per_length(activation, s))

        # Where both ends rest but for their last digits, the sign of neither says on which side of it the rest lies.
        end = brentq(grows, near, far, xtol=1e-13) if grows(near) * grows(far) <= 0 else far
    return gain * math.sqrt(float(moments(activation, math.exp(end))[1]))


def critical(activation: Activation) -> float:
    """The gain below which gradients fade and from which on they do not; NaN if there is none."""
    low, high = _LEAST, _MOST
    if not factor(activation, low) < 1 <= factor(activation, high):
        return math.nan
    while high - low > 1e-9 * low:
        middle = math.sqrt(low * high)
        low, high = (low, middle) if factor(activation, middle) >= 1 else (middle, high)
    return high


def _per_length(activation: Activation, log_length: float) -> float:
    """E f(√q Z)² / q."""
    return float(moments(activation, math.exp(log_length))[0]) * math.exp(-log_length)


@lru_cache(maxsize=64)
def _shape(activation: Activation) -> Array:
    return np.asarray(moments(activation, np.exp(_LENGTHS))[0] * np.exp(-_LENGTHS))
