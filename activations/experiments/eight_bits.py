"""Functions in eight bits: INT8 and both FP8 formats with one scale for a whole tensor, which its largest value sets.

A tensor is divided by its scale, rounded to a number of the format, and multiplied by the scale again. The formats are
signed integers from -127 to 127, and E4M3 and E5M2 (Micikevicius et al. 2022, arXiv:2209.05433; Open Compute Project,
8-bit Floating Point Specification, 2023). What is beyond the largest number of the format becomes this number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtr

from activations.spec import Activation, Array, Param

X = Param("point", "x", -1.3, -6.0, 6.0, 0.1, domain=(-math.inf, math.inf))
LARGEST = Param("largest", "M", 60, 8, 128, 4, domain=(0.0, math.inf), whole=True)
PARAMS = (X, LARGEST)
FUNCTIONS = ("swish", "gelu", "relu", "tanh")
FACTOR = {"swish": expit, "gelu": ndtr}
"""By slug, the function that x is multiplied by; only these can be computed as two operations."""


@dataclass(frozen=True)
class EightBits:
    """A format of eight bits: the ``largest`` number, how many ``bits`` after the first significant one are kept, and
    the exponent of the ``lowest`` normal number; integers have no exponent and keep none of it."""

    largest: float
    bits: int = 0
    lowest: int = 0

    def round(self, x: ArrayLike) -> Array:
        """The number of the format nearest to each x, ties to even; beyond the largest, the largest."""
        number = np.asarray(x, dtype=np.float64)
        if not self.bits:
            return np.asarray(np.clip(np.rint(number), -self.largest, self.largest))
        exponent = np.maximum(np.frexp(number)[1] - 1, self.lowest)
        step = np.ldexp(1.0, exponent - self.bits)
        return np.asarray(np.clip(np.rint(number / step) * step, -self.largest, self.largest))

    def quantise(self, x: ArrayLike, largest: ArrayLike) -> Array:
        """Each x as it is stored in a tensor whose ``largest`` size (> 0) is the format's largest number."""
        scale = np.asarray(largest, dtype=np.float64) / self.largest
        return np.asarray(self.round(np.asarray(x, dtype=np.float64) / scale) * scale)


FORMATS: Mapping[str, EightBits] = {
    "int8": EightBits(127.0),
    "e4m3": EightBits(448.0, 3, -6),
    "e5m2": EightBits(57344.0, 2, -14),
}


def value(activation: Activation, kind: str, x: ArrayLike, largest: ArrayLike) -> Array:
    """f in a format, for inputs of at most ``largest`` in size: input and output are rounded, nothing in between."""
    held = FORMATS[kind]
    return held.quantise(activation(held.quantise(x, largest)), _reach(activation, largest))


def derivative(activation: Activation, kind: str, x: ArrayLike, largest: ArrayLike) -> Array:
    """f' in a format, of the rounded input; its tensor has the scale of the steepest slope on [-largest, largest]."""
    held = FORMATS[kind]
    return held.quantise(activation.derivative(held.quantise(x, largest)), _steepest(activation))


def apart(slug: str, kind: str, x: ArrayLike, largest: ArrayLike) -> Array:
    """x times its factor (``FACTOR``) as two operations: the factor is rounded to the format before it is multiplied.

    Raises KeyError for a function without a factor.
    """
    held = FORMATS[kind]
    stored = held.quantise(x, largest)
    return held.quantise(stored * held.quantise(FACTOR[slug](stored), 1.0), largest)


def levels(kind: str, largest: ArrayLike, reach: float = 1.0) -> Array:
    """How many numbers of the format lie within ``reach`` of 0 in a tensor of this ``largest`` size."""
    numbers = all_numbers(kind)
    scale = np.asarray(largest, dtype=np.float64)[..., None] / FORMATS[kind].largest
    return np.asarray(np.count_nonzero(np.abs(numbers * scale) <= reach, axis=-1))


def all_numbers(kind: str) -> Array:
    """Every finite number of a format, ascending: -0 is 0."""
    held = FORMATS[kind]
    if not held.bits:
        return np.arange(-held.largest, held.largest + 1)
    fractions = np.arange(2**held.bits)
    subnormal = fractions * 2.0 ** (held.lowest - held.bits)
    exponents = np.arange(held.lowest, math.floor(math.log2(held.largest)) + 1)
    normal = (1 + fractions / 2**held.bits) * 2.0 ** exponents[:, None]
    positive = np.concatenate([subnormal, normal.ravel()])
    positive = positive[positive <= held.largest]
    return np.concatenate([-positive[:0:-1], positive])


def _reach(activation: Activation, largest: ArrayLike) -> Array:
    """The largest size of f on [-largest, largest]; every function here is largest in size at the right end."""
    return np.asarray(activation(np.asarray(largest, dtype=np.float64)))


def _steepest(activation: Activation) -> float:
    return float(np.abs(activation.derivative(np.linspace(-8.0, 8.0, 16001))).max())
