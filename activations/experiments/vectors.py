"""Functions of a vector: softmax, its logarithm and its Jacobian, maxout, and the gated linear units.

Bridle, NIPS 1989 (softmax); Goodfellow et al. 2013, arXiv:1302.4389 (maxout); Dauphin et al. 2017, arXiv:1612.08083
(GLU); Shazeer 2020, arXiv:2002.05202 (ReGLU, GEGLU, SwiGLU).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.spec import Activation, Array, Param

_LINE = (-math.inf, math.inf)
CLASSES, PIECES = 4, 3
LOGITS = tuple(
    Param(f"z{i}", f"z_{i}", default, -5.0, 5.0, 0.2, domain=_LINE)
    for i, default in enumerate((2.0, 1.0, 0.0, -1.0), start=1)
)
SHIFT = Param("shift", "c", 0.0, -5.0, 5.0, 0.2, domain=_LINE)
HEAT = Param("heat", "k", 0.0, -4.0, 6.0, 0.2, domain=_LINE)  # the temperature is 2 to this power
LOGIT = Param("z", "z", 1.0, -8.0, 8.0, 0.1, domain=_LINE)
OTHERS = Param("others", "m", 1, 1, 9, 1, domain=(1.0, math.inf), whole=True)
GAP = Param("gap", "d", 20, 0, 120, 1, domain=(0.0, math.inf), whole=True)
RAISED = Param("raised", "s", 0, 0, 120, 1, domain=_LINE, whole=True)
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
WAYS = ("textbook", "shifted", "stable")
"""Three ways to write log-softmax."""
_MEETING = 1e-9  # of x: a piece that leads on less than this only touches the others where they meet


def softmax(z: ArrayLike, temperature: ArrayLike = 1.0) -> Array:
    """exp(z_i / T) / sum_j exp(z_j / T) along the last axis, of the shape of ``z``.

    However large the logits are, nothing overflows; -inf is a class that is masked. A row with inf or NaN, or with -inf
    alone, gives NaN. ``temperature`` broadcasts against the rows; ValueError unless it is positive and finite.
    """
    below = _below(z, temperature)
    with np.errstate(invalid="ignore"):
        raised = np.exp(below)
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def log_softmax(z: ArrayLike, temperature: ArrayLike = 1.0) -> Array:
    """The logarithm of softmax, to the last digits also where that is near 1 or too small to be held.

    The largest logit's own term of the sum is 1, and log1p takes the others: nothing cancels, as both terms are <= 0.
    """
    below = _below(z, temperature)
    rest = np.exp(below)
    np.put_along_axis(rest, below.argmax(axis=-1)[..., None], 0.0, axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(below - np.log1p(rest.sum(axis=-1, keepdims=True)))


def jacobian(z: ArrayLike, temperature: ArrayLike = 1.0) -> Array:
    """d softmax_i / d z_j = p_i (delta_ij - p_j) / T, of shape (..., n, n).

    1 - p_i is taken as the sum of the others, which keeps its digits where p_i is nearly 1.
    """
    p = softmax(z, temperature)
    same = np.eye(p.shape[-1])
    rest = (p[..., None, :] * (1 - same)).sum(axis=-1)
    falls = same * rest[..., None] - (1 - same) * p[..., None, :]
    with np.errstate(over="ignore"):
        return np.asarray(p[..., None] * falls / np.asarray(temperature, dtype=np.float64)[..., None, None])


def _below(z: ArrayLike, temperature: ArrayLike) -> Array:
    """(z - max z) / T."""
    logits, heat = np.asarray(z, dtype=np.float64), np.asarray(temperature, dtype=np.float64)
    if not np.all((heat > 0) & np.isfinite(heat)):
        raise ValueError(f"temperature must be positive and finite, got {temperature!r}")
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray((logits - logits.max(axis=-1, keepdims=True)) / heat[..., None])


def written(way: str, z: ArrayLike) -> NDArray[np.float32]:
    """log-softmax along the last axis by one of ``WAYS``, each step in float32, as a network would compute it."""
    logits = np.asarray(z, dtype=np.float32)
    with np.errstate(all="ignore"):
        below = logits if way == "textbook" else logits - logits.max(axis=-1, keepdims=True)
        raised = np.exp(below)
        if way != "stable":
            return np.asarray(np.log(raised / raised.sum(axis=-1, keepdims=True)))
        np.put_along_axis(raised, below.argmax(axis=-1)[..., None], np.float32(0), axis=-1)
        return np.asarray(below - np.log1p(raised.sum(axis=-1, keepdims=True)))


class Maxout(NamedTuple):
    """The largest of the affine pieces, its slope, and its place; where two are equal, the first of them."""

    value: Array
    slope: Array
    winner: NDArray[np.intp]


def maxout(x: ArrayLike, w: ArrayLike, b: ArrayLike) -> Maxout:
    """max_i (w_i x + b_i); ``w`` and ``b`` have the pieces along their last axis, the others broadcast with ``x``."""
    weights, shifts = np.broadcast_arrays(np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64))
    heights = weights * np.asarray(x, dtype=np.float64)[..., None] + shifts
    winner = heights.argmax(axis=-1)[..., None]
    value = np.take_along_axis(heights, winner, axis=-1)[..., 0]
    slope = np.take_along_axis(np.broadcast_to(weights, heights.shape), winner, axis=-1)[..., 0]
    return Maxout(value, slope, winner[..., 0])


def leads(w: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """From where to where each piece is the largest: two arrays (..., pieces), NaN for one that never is.

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
    lost = beaten | ~(low + _MEETING < high)
    return np.where(lost, math.nan, low), np.where(lost, math.nan, high)


def gated(act: Activation, a: ArrayLike, b: ArrayLike) -> Array:
    """a g(b): what one projection says, times what a function makes of another one."""
    return np.asarray(np.asarray(a, dtype=np.float64) * act(np.asarray(b, dtype=np.float64)))


def gated_slopes(act: Activation, a: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Its partial derivatives g(b) by ``a``, and a g'(b) by ``b``."""
    inner = np.asarray(b, dtype=np.float64)
    return np.asarray(act(inner)), np.asarray(np.asarray(a, dtype=np.float64) * act.slope(inner))
