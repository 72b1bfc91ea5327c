"""Finite differences: the slopes of secants as floating-point arithmetic computes them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from activations.spec import Activation, Array, Param

EXPONENT = Param("h", r"\log_{10} h", 0.0, -16.0, 0.0, 0.2, domain=(-math.inf, math.inf))
"""The decimal logarithm of the distance h between the two points of a secant."""


def secant_slopes(activation: Activation, x: ArrayLike, h: ArrayLike) -> dict[str, Array]:
    """Slopes of secants at x: to x - h (``left``), to x + h (``right``), their ``mean``, and right in float32."""
    left, right = _slopes(activation, x, h, np.float64)
    return {
        "left": left,
        "right": right,
        "mean": (left + right) / 2,
        "single": _slopes(activation, x, h, np.float32)[1],
    }


def log_errors(activation: Activation, x: ArrayLike, h: ArrayLike) -> dict[str, Array]:
    """log10 of how far each of these slopes is from f'(x), -inf for 0: ``left_error`` and so on."""
    slope = activation.derivative(x)
    with np.errstate(divide="ignore"):
        return {f"{k}_error": np.log10(np.abs(v - slope)) for k, v in secant_slopes(activation, x, h).items()}


def _slopes(activation: Activation, x: ArrayLike, h: ArrayLike, dtype: DTypeLike) -> tuple[Array, Array]:
    """Both slopes in float64, every operation rounded to ``dtype``."""
    x, h = np.asarray(x, dtype), np.asarray(h, dtype)
    left, here, right = (np.asarray(activation(at)) for at in (x - h, x, x + h))
    return np.asarray((here - left) / h, np.float64), np.asarray((right - here) / h, np.float64)
