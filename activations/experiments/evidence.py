"""Why a function has a property or not: places and numbers that anybody can check, at its default parameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations.spec import Activation

_TRIED = (1.0, 2.0, 0.5, 3.0)  # sizes of x, in the order in which they are tried as an example
_FELT = 1e-3  # what an example shows is at least so large
_WALKED = np.round(np.arange(-50, 51) / 10, 1)  # where a fall is looked for


@dataclass(frozen=True)
class Jump:
    """At ``x`` the derivative of this ``order`` jumps from ``left`` to ``right``; those below it do not."""

    x: float
    order: int
    left: float
    right: float


@dataclass(frozen=True)
class Pair:
    """f at -x and at x."""

    x: float
    minus: float
    plus: float


@dataclass(frozen=True)
class Evidence:
    """What can be shown about one function.

    ``falls`` and ``alive`` are x and f'(x): where it falls most steeply among tenths up to 5, and at an x < 0 at which
    f' is not 0; None where there is no such place. ``pair`` tells f(-x) and f(x) apart if anything does. ``tails`` are
    the limits of f' at -inf and inf, NaN where it swings for ever.
    """

    jumps: tuple[Jump, ...]
    falls: tuple[float, float] | None
    pair: Pair
    alive: tuple[float, float] | None
    tails: tuple[float, float]


@lru_cache(maxsize=128)
def evidence(activation: Activation) -> Evidence:
    """Collect what there is to show about ``activation``."""
    slopes = activation.derivative(_WALKED)
    lowest = int(np.argmin(slopes))
    falls = (float(_WALKED[lowest]), float(slopes[lowest])) if slopes[lowest] < 0 else None
    pairs = [Pair(x, float(activation(-x)), float(activation(x))) for x in _TRIED]
    apart = next((pair for pair in pairs if abs(pair.minus + pair.plus) > _FELT), pairs[0])
    left = [(-x, float(activation.derivative(-x))) for x in _TRIED]
    alive = next((place for place in left if abs(place[1]) > _FELT), None)
    far = activation.derivative(np.array([-math.inf, math.inf])).tolist()
    jumps = filter(None, (_jump(activation, x) for x in activation.kinks_at()))
    return Evidence(tuple(jumps), falls, apart, alive, (far[0], far[1]))


def _jump(activation: Activation, x: float) -> Jump | None:
    """The jump at a kink; None where it has closed at these parameters."""
    derivatives: tuple[Callable[..., float], ...] = (activation, activation.derivative, activation.second_derivative)
    for order, derivative in enumerate(derivatives):
        left, right = (float(derivative(np.nextafter(x, end))) for end in (-math.inf, math.inf))
        if not math.isclose(left, right, abs_tol=1e-9):
            return Jump(x, order, left, right)
    return None
