"""One value written two ways, computed in four number formats: what each keeps of it, and from where on it is lost.

Every x of ``GRID`` is exact in every format, so that what is lost is lost by the formula. Each step of it is rounded
to the format; exp, log, tanh, erf and the two distribution functions are one step. What is true comes from 60 digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import erf, expit, ndtr

from activations.experiments.formats import FORMATS, Rounding
from activations.spec import Array, Param

X = Param("x", "x", 12.0, -40.0, 40.0, 0.5, domain=(-math.inf, math.inf))
PLAIN, CAREFUL, BEST = "plain", "careful", "best"
FORMS = (PLAIN, CAREFUL)  # as formulas; the best is the true value, rounded once
_HALF_ROOT = math.sqrt(0.5)
_NEAR, _FAR = 0.125, 1000.0  # within which every formula begins to be lost, if it ever is
_STORED = Path(__file__).with_name("rounding.npz")

Formula = Callable[[Array, Rounding], Array]


def _sigmoid_plain(x: Array, r: Rounding) -> Array:
    s = r(expit(x))
    return r(s * r(1 - s))


def _sigmoid_careful(x: Array, r: Rounding) -> Array:
    return r(r(expit(x)) * r(expit(-x)))


def _tanh_plain(x: Array, r: Rounding) -> Array:
    t = r(np.tanh(x))
    return r(1 - r(t * t))


def _tanh_careful(x: Array, r: Rounding) -> Array:
    return r(r(4 * r(expit(r(2 * x)))) * r(expit(r(-2 * x))))


def _gelu_plain(x: Array, r: Rounding) -> Array:
    return r(r(0.5 * x) * r(1 + r(erf(r(x * r(_HALF_ROOT))))))


def _gelu_careful(x: Array, r: Rounding) -> Array:
    return r(x * r(ndtr(x)))


def _softplus_plain(x: Array, r: Rounding) -> Array:
    return r(np.log(r(1 + r(np.exp(x)))))


def _softplus_careful(x: Array, r: Rounding) -> Array:
    return r(np.maximum(x, 0) + r(np.log1p(r(np.exp(-np.abs(x))))))


def _logistic_plain(x: Array, r: Rounding) -> Array:
    e = r(np.exp(x))
    return r(e / r(1 + e))


def _logistic_careful(x: Array, r: Rounding) -> Array:
    e = r(np.exp(-np.abs(x)))
    return r(np.where(x < 0, e, 1.0) / r(1 + e))


# By what is computed: the slopes of sigmoid and tanh, then the values of GELU, softplus and sigmoid.
PAIRS: dict[str, dict[str, Formula]] = {
    "sigmoid": {PLAIN: _sigmoid_plain, CAREFUL: _sigmoid_careful},
    "tanh": {PLAIN: _tanh_plain, CAREFUL: _tanh_careful},
    "gelu": {PLAIN: _gelu_plain, CAREFUL: _gelu_careful},
    "softplus": {PLAIN: _softplus_plain, CAREFUL: _softplus_careful},
    "logistic": {PLAIN: _logistic_plain, CAREFUL: _logistic_careful},
}


@dataclass(frozen=True, eq=False)
class Truth:
    """True values (high + low) · 2^exponent at each x of ``GRID``.

    ``gone`` is, by format, the x < 0 at which the true value rounds to 0.
    """

    high: Array
    low: Array
    exponent: Any
    gone: dict[str, float]

    @property
    def decades(self) -> Array:
        """log10 of the magnitude; -inf for 0."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(np.abs(self.high)) + self.exponent * math.log10(2))


with np.load(_STORED) as stored:
    _TRUE = dict(stored)
GRID: Array = _TRUE["x"]


@lru_cache(maxsize=8)
def truth(pair: str) -> Truth:
    """What is true of one of ``PAIRS``."""
    high, low, exponent, gone = (_TRUE[f"{pair}_{name}"] for name in ("high", "low", "exponent", "gone"))
    return Truth(high, low, exponent.astype(np.int64), dict(zip(FORMATS, gone.tolist(), strict=True)))


def value(pair: str, form: str, kind: str, x: Array) -> Array:
    """What a formula gives in a format, as float64; inf or NaN where it fails."""
    r = FORMATS[kind].round
    with np.errstate(all="ignore"):
        return PAIRS[pair][form](r(x), r)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What comes out at each x of ``GRID``: the ``value``; how many of its ``digits`` are right, from 0 to all that the
    format holds; and by how many units in its last place (``ulps``) it is off."""

    value: Array
    digits: Array
    ulps: Array


@lru_cache(maxsize=64)
def outcome(pair: str, form: str, kind: str) -> Outcome:
    """For one of ``FORMS``, or for ``BEST``, the true value itself when it is rounded to the format."""
    true, held = truth(pair), FORMATS[kind]
    with np.errstate(all="ignore"):
        best = held.round(np.ldexp(true.high, true.exponent))
        found = best if form == BEST else value(pair, form, kind, GRID)
        # Of the size of the true value's first part, which is ½ to 1, so that nothing underflows.
        off = np.abs(np.ldexp(found, -true.exponent) - true.high - true.low)
        share = np.where(off == 0, 0.0, off / np.abs(true.high))
        digits = np.nan_to_num(-np.log10(share), nan=0.0, posinf=held.digits)
    last = np.maximum(true.exponent - held.bits, held.lowest)
    return Outcome(found, np.clip(digits, 0.0, held.digits), off * 2.0 ** (true.exponent - last))


@dataclass(frozen=True)
class Ends:
    """From where on, going out from 0 to the left and to the right, something holds; None where it never does."""

    left: float | None
    right: float | None


def under_one_digit(pair: str, form: str, kind: str) -> Ends:
    """The first x of ``GRID`` at which not even one digit is right."""
    found = GRID[outcome(pair, form, kind).digits < 1]
    left, right = found[found < 0], found[found > 0]
    return Ends(float(left.max()) if len(left) else None, float(right.min()) if len(right) else None)


@lru_cache(maxsize=64)
def zero(pair: str, form: str, kind: str) -> Ends:
    """The first number of the format (in float64 to nine digits) where the result is exactly 0, as it is from there."""
    return _ends(pair, form, kind, lambda found: found == 0)


@lru_cache(maxsize=64)
def broken(pair: str, form: str, kind: str) -> Ends:
    """The same for inf and NaN."""
    return _ends(pair, form, kind, lambda found: ~np.isfinite(found))


def gone(pair: str, kind: str) -> Ends:
    """Where the true value itself is nearer to 0 than to any other number of the format."""
    at = truth(pair).gone[kind]
    return Ends(at, -at if pair in ("sigmoid", "tanh") else None)


def _ends(pair: str, form: str, kind: str, lost: Callable[[Array], Array]) -> Ends:
    def first(side: float) -> float | None:
        found = _first(lambda x: lost(value(pair, form, kind, side * x)))
        return None if found is None else side * float(FORMATS[kind].round(found))

    return Ends(first(-1.0), first(1.0))


def _first(lost: Callable[[Array], Array]) -> float | None:
    """Where it begins, x > 0; it has to hold from there to ``_FAR``."""
    near, far = _NEAR, _FAR
    for _ in range(9):
        line = np.linspace(near, far, 65)
        at = int(np.argmax(lost(line))) if lost(line[-1:]).all() else 0
        if at == 0:
            return None
        near, far = float(line[at - 1]), float(line[at])
    return far
