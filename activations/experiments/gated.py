"""Gated linear units, products of two projections, and maxout, the largest of several affine pieces.

Dauphin et al. 2017, arXiv:1612.08083 (GLU); Shazeer 2020, arXiv:2002.05202 (ReGLU, GEGLU, SwiGLU); Goodfellow et al.
2013, arXiv:1302.4389 (maxout).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
