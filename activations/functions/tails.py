"""Exponential factors that keep every digit far out, where the factor alone would be 0 though the product is not.

``scipy.special.expit`` is 0 below -709.78 and ``ndtr`` below -37.68, and a subnormal number has few digits. Each factor
here is therefore a square, whose two roots multiply what it scales one after the other: no root is subnormal where the
product can be told from 0, and the product is rounded once, at the end.
The inverse square root and its derivatives, which two families share, stand here as well.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import erfcx, ndtr

from activations.spec import Array

_ROOT_2_PI = math.sqrt(2 * math.pi)


def logistic(x: Array) -> Array:
    """The logistic sigmoid 1 / (1 + e^-x), whose left tail reaches down to the smallest float64."""
    return np.asarray(np.exp(np.minimum(x, 0.0)) / (1 + np.exp(-np.abs(x))))


def times_logistic(scale: Array | float, x: Array) -> Array:
    """``scale * logistic(x)``."""
    root = np.exp(np.minimum(x, 0.0) / 2)
    return np.asarray(scale * root / (1 + np.exp(-np.abs(x))) * root)


def logistic_slope_root(x: Array) -> Array:
    """The square root of ``logistic(x) * logistic(-x)``, an even bell of height 1/2."""
    tail = np.exp(-np.abs(x) / 2)
    return np.asarray(tail / (1 + tail * tail))


def times_logistic_slope(scale: Array | float, x: Array) -> Array:
    """``scale * logistic(x) * logistic(-x)``."""
    root = logistic_slope_root(x)
    return np.asarray(scale * root * root)


def times_exp(scale: Array | float, x: Array) -> Array:
    """``scale * e^x`` for x ≤ 0."""
    root = np.exp(x / 2)
    return np.asarray(scale * root * root)


def times_density(scale: Array | float, x: Array) -> Array:
    """``scale`` times the standard normal density."""
    root = np.exp(-x * x / 4)
    return np.asarray(scale / _ROOT_2_PI * root * root)


def times_ndtr(scale: Array | float, x: Array) -> Array:
    """``scale`` times the probability that a standard normal number is at most x."""
    result, far = np.asarray(scale * ndtr(x)), x < -37
    if far.any():
        # erfcx(-x / sqrt 2) is twice that probability times e^(x^2 / 2).
        ratio = np.where(far, scale, 0.0)[far] * erfcx(-x[far] / math.sqrt(2))
        result[far] = times_density(ratio * (_ROOT_2_PI / 2), x[far])
    return result


def inverse_root(x: Array, alpha: Array) -> Array:
    """``x / sqrt(1 + alpha x^2)``, for any finite or infinite x."""
    # Beyond ±1 both parts of the fraction are divided by |x|, so that neither overflows.
    near, share = np.clip(x, -1, 1), 1 / np.maximum(np.abs(x), 1)
    return np.asarray(near / np.hypot(share, np.sqrt(alpha) * near))


def inverse_root_slope(x: Array, alpha: Array) -> Array:
    """The derivative of ``inverse_root`` by x."""
    h = np.hypot(1.0, np.sqrt(alpha) * x)
    return np.asarray(1 / h / h / h)


def inverse_root_bend(x: Array, alpha: Array) -> Array:
    """The second derivative of ``inverse_root`` by x."""
    h = np.hypot(1.0, np.sqrt(alpha) * x)
    return np.asarray(alpha * (-3 * inverse_root(x, alpha)) / h / h / h / h)
