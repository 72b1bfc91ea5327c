"""Softmax, its logarithm and its Jacobian.

Bridle, NIPS 1989 (softmax).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.spec import Array, Param

_LINE = (-math.inf, math.inf)
CLASSES = 4
LOGITS = tuple(
    Param(f"z{i}", f"z_{i}", default, -5.0, 5.0, 0.2, domain=_LINE)
    for i, default in enumerate((2.0, 1.0, 0.0, -1.0), start=1)
)
SHIFT = Param("shift", "c", 0.0, -5.0, 5.0, 0.2, domain=_LINE)
TEMPERATURE = Param("temperature", "T", 1.0, 0.1, 10.0, 0.1, domain=(0.0, math.inf))
LOGIT = Param("z", "z", 1.0, -8.0, 8.0, 0.1, domain=_LINE)
OTHERS = Param("others", "m", 1, 1, 9, 1, domain=(1.0, math.inf), whole=True)
GAP = Param("gap", "d", 20, 0, 120, 1, domain=(0.0, math.inf), whole=True)
RAISED = Param("raised", "s", 0, 0, 120, 1, domain=_LINE, whole=True)
WAYS = ("textbook", "shifted", "stable")
"""Three ways to write log-softmax."""


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
