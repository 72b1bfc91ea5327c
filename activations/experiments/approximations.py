"""Three ways to write GELU, as they are and as a number format computes them, step by step as the formula is written.

The tanh and sigmoid forms are of Hendrycks & Gimpel, arXiv:1606.08415.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import erf, expit, ndtr

from activations.experiments import formats
from activations.experiments.formats import Rounding
from activations.spec import Array

FORMS = ("erf", "tanh", "sigmoid")
FORMATS = ("exact", "float16", "bfloat16")
ENDS = (-6.0, 6.0)  # between which everything is compared
_ROOT, _CUBE, _SIGMOID = math.sqrt(2 / math.pi), 0.044715, 1.702
_ROUND: dict[str, Rounding] = {"exact": formats.float64, **{kind: formats.FORMATS[kind].round for kind in FORMATS[1:]}}


def rounded(x: ArrayLike, kind: str) -> Array:
    """``x`` in a number format, as float64; "exact" leaves it as it is."""
    return _ROUND[kind](x)


def value(form: str, x: Array, kind: str = "exact") -> Array:
    """f(x) by one of ``FORMS``; in a format, every step of the written formula is rounded to it, constants as well."""
    if kind == "exact":
        return _exact(form, x)[0]
    r = _ROUND[kind]
    x = r(x)
    if form == "sigmoid":
        return r(x * _gate(form, x, r))
    return r(r(0.5 * x) * _gate(form, x, r))


def slope(form: str, x: Array, kind: str = "exact") -> Array:
    """f'(x), in the same way."""
    if kind == "exact":
        return _exact(form, x)[1]
    r = _ROUND[kind]
    x = r(x)
    gate = _gate(form, x, r)
    if form == "sigmoid":
        return r(gate + r(r(r(_SIGMOID * x) * gate) * r(1 - gate)))
    if form == "erf":
        density = r(r(1 / math.sqrt(2 * math.pi)) * r(np.exp(r(-0.5 * r(x * x)))))
        return r(r(0.5 * gate) + r(x * density))
    bent = r(r(_ROOT) * r(1 + r(r(3 * _CUBE) * r(x * x))))
    t = r(gate - 1)
    return r(r(0.5 * gate) + r(r(r(0.5 * x) * r(1 - r(t * t))) * bent))


def _gate(form: str, x: Array, r: Rounding) -> Array:
    """1 + erf, 1 + tanh, or the sigmoid."""
    if form == "erf":
        return r(1 + r(erf(r(x * r(1 / math.sqrt(2))))))
    if form == "tanh":
        cubed = r(r(x * x) * x)
        return r(1 + r(np.tanh(r(r(_ROOT) * r(x + r(r(_CUBE) * cubed))))))
    return r(1 / r(1 + r(np.exp(r(-r(r(_SIGMOID) * x))))))


def _exact(form: str, x: ArrayLike) -> tuple[Array, Array]:
    x = np.asarray(x, dtype=np.float64)
    if form == "erf":
        return np.asarray(x * ndtr(x)), np.asarray(ndtr(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi))
    u, du = (_SIGMOID * x, _SIGMOID) if form == "sigmoid" else _bent(x)
    return np.asarray(x * expit(u)), np.asarray(expit(u) * (1 + x * du * expit(-u)))


def _bent(x: Array) -> tuple[Array, Array]:
    # ½ (1 + tanh u) is the sigmoid of 2u.
    return 2 * _ROOT * (x + _CUBE * x * x * x), 2 * _ROOT * (1 + 3 * _CUBE * x * x)


def error(form: str, x: Array, kind: str, order: int) -> Array:
    """How far f (order 0) or f' (order 1) is from that of the exact GELU at the same ``x`` of the format."""
    x = rounded(x, kind)
    return np.abs((value, slope)[order](form, x, kind) - _exact("erf", x)[order])


@dataclass(frozen=True)
class Worst:
    """The largest error in ``ENDS`` and the x > 0 or x < 0 where it is met; ``flat`` is the x up to which f is 0."""

    value: float
    at: float
    slope: float
    slope_at: float
    flat: float | None


@lru_cache(maxsize=16)
def worst(form: str, kind: str) -> Worst:
    """Over every number of the format between ``ENDS``; for "exact" the maximum of the continuous error."""
    if kind == "exact":
        found = [_peak(form, order) for order in (0, 1)] if form != "erf" else [(0.0, 0.0)] * 2
        return Worst(*found[0], *found[1], None)
    x, met = formats.numbers(kind, *ENDS), []
    given = value(form, x, kind), slope(form, x, kind)
    for one, true in zip(given, _true(kind), strict=True):
        off = np.abs(one - true)
        met.append((float(off.max()), float(x[off.argmax()])))
    zero = x[(x < -0.1) & (given[0] == 0)]
    return Worst(*met[0], *met[1], float(zero.max()) if len(zero) else None)


@lru_cache(maxsize=4)
def _true(kind: str) -> tuple[Array, Array]:
    """GELU and its slope at every one of the format's numbers between ``ENDS``."""
    return _exact("erf", formats.numbers(kind, *ENDS))


def _peak(form: str, order: int) -> tuple[float, float]:
    """The largest error for x > 0 and where; the error is the same at -x."""
    grid = np.linspace(0.0, ENDS[1], 1201)
    near = grid[error(form, grid, "exact", order).argmax()]
    best = minimize_scalar(
        lambda x: -float(error(form, np.asarray(x), "exact", order)),
        bounds=(near - 0.01, near + 0.01),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return -float(best.fun), float(best.x)
