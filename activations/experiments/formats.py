"""Binary number formats: how each rounds, how many bits it keeps, and where its numbers end."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from activations.spec import Array

Rounding = Callable[[ArrayLike], Array]
_HALF_STEPS = np.uint32(0x7FFF)


def float64(x: ArrayLike) -> Array:
    """``x`` itself, as float64."""
    return np.asarray(x, dtype=np.float64)


def float32(x: ArrayLike) -> Array:
    """The float32 nearest to each ``x``, as float64."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(x, dtype=np.float64).astype(np.float32).astype(np.float64)


def float16(x: ArrayLike) -> Array:
    """The float16 nearest to each ``x``, as float64."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(x, dtype=np.float64).astype(np.float16).astype(np.float64)


def bfloat16(x: ArrayLike) -> Array:
    """The bfloat16 nearest to each float32 in ``x``, ties to even, as float64: the upper 16 of its 32 bits, rounded."""
    with np.errstate(over="ignore", under="ignore"):
        bits = np.asarray(x).astype(np.float32).view(np.uint32)
    up = bits + _HALF_STEPS + ((bits >> np.uint32(16)) & np.uint32(1))
    truncated = (up & np.uint32(0xFFFF0000)).view(np.float32)
    return np.where(np.isnan(x), math.nan, truncated.astype(np.float64))


@dataclass(frozen=True)
class Format:
    """A format: its significant ``bits``, the ``lowest`` power of two that it holds, and how it rounds."""

    bits: int
    lowest: int
    round: Rounding

    @property
    def digits(self) -> float:
        """The correct decimal digits of whatever is rounded to it, above its subnormal numbers."""
        return self.bits * math.log10(2)


FORMATS: Mapping[str, Format] = {
    "float16": Format(11, -24, float16),
    "bfloat16": Format(8, -133, bfloat16),
    "float32": Format(24, -149, float32),
    "float64": Format(53, -1074, float64),
}


@lru_cache(maxsize=4)
def numbers(kind: str, low: float, high: float) -> Array:
    """Every number of float16 or bfloat16 from ``low`` to ``high``, ascending."""
    bits = np.arange(1 << 16, dtype=np.uint32)
    half = bits.astype(np.uint16).view(np.float16) if kind == "float16" else (bits << np.uint32(16)).view(np.float32)
    found = half[np.isfinite(half)].astype(np.float64)
    return np.unique(found[(found >= low) & (found <= high)])
