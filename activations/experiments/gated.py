"""Gated linear units, products of two projections, and maxout, the largest of several affine pieces.

Dauphin et al. 2017, arXiv:1612.08083 (GLU); Shazeer 2020, arXiv:2002.05202 (ReGLU, GEGLU, SwiGLU); Goodfellow et al.
2013, arXiv:1302.4389 (maxout); the clamped unit is that of OpenAI's gpt-oss (2025, gpt_oss/torch/model.py).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, ndtr

from activations.spec import Activation, Array, Param

_LINE = (-math.inf, math.inf)
PIECES = 3
INPUT = Param("x", "x", 1.6, -3.0, 3.0, 0.1, domain=_LINE)
AFFINE = tuple(
    Param(f"{name}{i}", f"{name}_{i}", default, -2.0, 2.0, 0.1, domain=_LINE)
    for i, pair in enumerate(((-1.0, -0.5), (0.2, 0.4), (1.5, -1.0)), start=1)
    for name, default in zip("wb", pair, strict=True)
)
VALUE = Param("a", "a", 2.0, -4.0, 4.0, 0.1, domain=_LINE)
GATE = Param("b", "b", 1.0, -4.0, 4.0, 0.1, domain=_LINE)
GATED = {"glu": "sigmoid", "reglu": "relu", "geglu": "gelu", "swiglu": "swish"}
"""The function of the gate of each gated unit, by slug; SwiGLU's Swish has beta = 1."""
UP = Param("up", "u", 2.0, -10.0, 10.0, 0.25, domain=_LINE)
GATE_INPUT = Param("gate", "g", 2.0, -10.0, 10.0, 0.25, domain=_LINE)
LIMIT = Param("limit", "L", 7.0, 1.0, 10.0, 0.5, domain=(0.0, math.inf))
SLOPE = 1.702  # of gpt-oss's gate, which is then the sigmoid form of GELU
MEAN = Param("mean", "m", 0.0, -2.0, 1.0, 0.1, domain=_LINE)
THRESHOLD = Param("threshold", "t", 0.1, 0.0, 1.0, 0.01, domain=(0.0, math.inf))
SPARSE = ("relu", "relu_squared", "gelu", "swiglu")
"""What ``near_zero`` can tell of: three functions of one pre-activation, and SwiGLU."""
_MEETING = 1e-9  # of x: a piece that is the largest on less than this only touches the others where they meet


class Maxout(NamedTuple):
    """The largest of the affine pieces, its derivative, and its index; where two are equal, the first of them."""

    value: Array
    derivative: Array
    winner: NDArray[np.intp]


def maxout(x: ArrayLike, w: ArrayLike, b: ArrayLike) -> Maxout:
    """max_i (w_i x + b_i); ``w`` and ``b`` have the pieces along their last axis, the others broadcast with ``x``."""
    weights, shifts = np.broadcast_arrays(np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64))
    heights = weights * np.asarray(x, dtype=np.float64)[..., None] + shifts
    winner = heights.argmax(axis=-1)[..., None]
    value = np.take_along_axis(heights, winner, axis=-1)[..., 0]
    derivative = np.take_along_axis(np.broadcast_to(weights, heights.shape), winner, axis=-1)[..., 0]
    return Maxout(value, derivative, winner[..., 0])


def active_intervals(w: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Both ends of the interval on which each piece is the largest: two arrays (..., pieces), NaN if there is none.

    Of pieces that are the same the first counts.
    """
    weights, shifts = np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64)
    steeper = weights[..., :, None] - weights[..., None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        meet = (shifts[..., None, :] - shifts[..., :, None]) / steeper
    low = np.where(steeper > 0, meet, -math.inf).max(axis=-1)
    high = np.where(steeper < 0, meet, math.inf).min(axis=-1)
    higher = shifts[..., None, :] - shifts[..., :, None]
    before = np.tri(weights.shape[-1], k=-1, dtype=bool)
    beaten = ((steeper == 0) & ((higher > 0) | ((higher == 0) & before))).any(axis=-1)
    # Without inf - inf, which would warn.
    unused = beaten | ~(low + _MEETING < high)
    return np.where(unused, math.nan, low), np.where(unused, math.nan, high)


def gated(activation: Activation, a: ArrayLike, b: ArrayLike) -> Array:
    """The product a g(b) of one projection and a function of another projection."""
    return np.asarray(np.asarray(a, dtype=np.float64) * activation(np.asarray(b, dtype=np.float64)))


def gated_derivatives(activation: Activation, a: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Its partial derivatives g(b) by ``a``, and a g'(b) by ``b``."""
    inner = np.asarray(b, dtype=np.float64)
    return np.asarray(activation(inner)), np.asarray(np.asarray(a, dtype=np.float64) * activation.derivative(inner))


def clamped(up: ArrayLike, gate: ArrayLike, limit: ArrayLike) -> Array:
    """gpt-oss's SwiGLU, (u + 1) g σ(1.702 g), with u clamped to [-limit, limit] and g to at most ``limit``."""
    value, inner = _clamped(up, gate, limit)
    return np.asarray((value + 1.0) * inner * expit(SLOPE * inner))


def clamped_derivatives(up: ArrayLike, gate: ArrayLike, limit: ArrayLike) -> tuple[Array, Array]:
    """Its partial derivatives by ``up`` and by ``gate``; what is clamped has 0, but at the limit itself it has not."""
    value, inner = _clamped(up, gate, limit)
    most = np.asarray(limit, dtype=np.float64)
    by_up = np.where(np.abs(up) <= most, inner * expit(SLOPE * inner), 0.0)
    steep = expit(SLOPE * inner) * (1.0 + SLOPE * inner * expit(-SLOPE * inner))
    return by_up, np.where(np.asarray(gate) <= most, (value + 1.0) * steep, 0.0)


def _clamped(up: ArrayLike, gate: ArrayLike, limit: ArrayLike) -> tuple[Array, Array]:
    most = np.asarray(limit, dtype=np.float64)
    value, inner = np.asarray(up, dtype=np.float64), np.asarray(gate, dtype=np.float64)
    return np.asarray(np.clip(value, -most, most)), np.asarray(np.minimum(inner, most))


def near_zero(name: str, mean: ArrayLike, threshold: ArrayLike) -> Array:
    """The share of outputs whose size is at most ``threshold`` (≥ 0), for a pre-activation with a normal distribution
    of this ``mean`` and variance 1; the arguments broadcast.

    ``name`` is one of ``SPARSE``. SwiGLU's value is independent of its gate and has mean 0.
    """
    m, t = np.broadcast_arrays(np.asarray(mean, dtype=np.float64), np.asarray(threshold, dtype=np.float64))
    if name in ("relu", "relu_squared"):
        return np.asarray(ndtr((t if name == "relu" else np.sqrt(t)) - m))
    if name == "gelu":
        left, right, end = np.moveaxis(_gelu_reaches(t), -1, 0)
        return np.asarray(ndtr(end - m) - np.where(left < right, ndtr(right - m) - ndtr(left - m), 0.0))
    if name != "swiglu":
        raise ValueError(f"{name} is none of {SPARSE}")
    return _swiglu_near_zero(m, t)


# SwiGLU's share is an integral over the gate. The points crowd at 0, where SiLU changes its sign.
_U = np.linspace(-13.0, 13.0, 1041)
_GATES = 1e-4 * np.sinh(_U)


def _swiglu_near_zero(mean: Array, threshold: Array) -> Array:
    size = np.abs(_GATES * expit(_GATES))
    means, which_mean = np.unique(mean, return_inverse=True)
    levels, which = np.unique(threshold, return_inverse=True)
    density = np.exp(-0.5 * (_GATES - means[:, None]) ** 2) / math.sqrt(2 * math.pi)
    # The share of values a with |a| at most t/|SiLU(b)|, for each gate b.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        within = np.where(size > 0, 2.0 * ndtr(levels[:, None] / size) - 1.0, levels[:, None] > 0)
    weights = 1e-4 * np.cosh(_U) * (_U[1] - _U[0])
    shares = (density * weights) @ within.T
    return np.asarray(shares[which_mean.reshape(mean.shape), which.reshape(mean.shape)])


_GELU_LOWEST = -0.7517915246935645  # where GELU is smallest


def _gelu_reaches(threshold: Array) -> Array:
    """Between which two x GELU is below -threshold, equal if it is nowhere, and where it reaches the threshold; by
    bisection, in a new last axis."""
    target = np.stack([-threshold, -threshold, threshold], axis=-1)
    low = np.broadcast_to([-40.0, _GELU_LOWEST, _GELU_LOWEST], target.shape).copy()
    high = np.empty_like(target)
    high[..., 0], high[..., 1], high[..., 2] = _GELU_LOWEST, 0.0, threshold + 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = middle * ndtr(middle) > target
        above[..., 0] = ~above[..., 0]  # left of its minimum GELU falls
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray(0.5 * (low + high))
