"""The numbers of a function's table: range, minimum, steepest slope, mean output for normal input."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import minimize_scalar

from activations.spec import Activation, Array


@dataclass(frozen=True)
class Portrait:
    """Facts about one function at one setting; x in pre-activation units.

    ``infimum``/``supremum`` bound the values (±inf if unbounded) and ``has_*`` tells whether they are taken;
    ``argmin`` is where the minimum is taken if it is a turning point, else None (likewise ``argmax_slope`` of |f'|);
    ``mean`` is E f(Z), Z ~ N(0, 1).
    """

    infimum: float
    supremum: float
    has_infimum: bool
    has_supremum: bool
    argmin: float | None
    max_slope: float
    argmax_slope: float | None
    mean: float


def portrait(act: Activation, **params: float) -> Portrait:
    """Measure ``act`` on the whole line at these parameters."""
    return _portrait(act, tuple(sorted({**act.defaults, **params}.items())))


@lru_cache(maxsize=256)
def _portrait(act: Activation, settings: tuple[tuple[str, float], ...]) -> Portrait:
    params = dict(settings)
    x = np.linspace(-40, 40, 8001)
    value, slope = act(x, **params), act.slope(x, **params)
    ends = [float(act(end, **params)) for end in (-math.inf, math.inf)]
    low, at_low = _lowest(lambda t: float(act(t, **params)), x, value)
    steep, at_steep = _lowest(lambda t: -abs(float(act.slope(t, **params))), x, -np.abs(slope))
    infimum, supremum = min(low, *ends), max(float(value.max()), *ends)
    turning = low < min(ends) and -40 < at_low < 40
    return Portrait(
        infimum,
        supremum,
        turning or bool(np.any((value == infimum) & (slope == 0) & np.isfinite(value))),
        bool(np.any((value == supremum) & (slope == 0) & np.isfinite(value))),
        at_low if turning else None,
        abs(steep),
        at_steep if np.sum(np.abs(slope) > abs(steep) - 1e-9) <= 1 else None,
        _mean(act, params),
    )


def _lowest(function: Callable[[float], float], x: Array, y: Array) -> tuple[float, float]:
    """Lowest value of ``function`` and where, refined from samples; the sample itself where it is flat."""
    k = int(np.argmin(y))
    if 0 < k < len(x) - 1 and y[k] < y[k - 1] and y[k] < y[k + 1]:
        found = minimize_scalar(function, bounds=(x[k - 1], x[k + 1]), method="bounded", options={"xatol": 1e-10})
        if found.fun < y[k]:
            return float(found.fun), float(found.x)
    return float(y[k]), float(x[k])


def _mean(act: Activation, params: dict[str, float]) -> float:
    # Gauss-Legendre on each side of 0, where the kinks are.
    node, weight = np.polynomial.legendre.leggauss(160)
    z = 5 * (node + 1)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    mean = 5 * float(np.sum(weight * density * (act(z, **params) + act(-z, **params))))
    return 0.0 if abs(mean) < 1e-12 else mean
