"""Shrinkers: what is near 0 is taken for noise."""

import math
from types import MappingProxyType

import numpy as np

from activations.functions.tails import times_logistic_slope
from activations.spec import Activation, Array, Latex, Param, Trait, always

_ODD = dict.fromkeys((Trait.MONOTONE, Trait.ODD, Trait.ZERO_CENTRED), always)
# x - tanh x = x^3 (1/3 - 2/15 x^2 + ...), the series of tanh without its first term.
_SERIES = np.polynomial.Polynomial([1 / 3, -2 / 15, 17 / 315, -62 / 2835, 1382 / 155925, -21844 / 6081075])
_LAMBDA = Param(
    "lam",
    r"\lambda",
    0.5,
    0.0,
    2.0,
    0.05,
    domain=(0.0, math.inf),
    presets=MappingProxyType({"zero": 0.0, "pytorch": 0.5}),
)


def _dead_zone_slope(x: Array, lam: Array) -> Array:
    # Without a dead zone there is no kink either, not even at 0.
    return np.where((np.abs(x) > lam) | (lam == 0), 1.0, 0.0)


def _flat(x: Array, lam: Array) -> Array:
    return np.zeros(np.broadcast(x, lam).shape)


def _tanh_shrink(x: Array) -> Array:
    # Near 0 the difference would cancel.
    near = np.clip(x, -0.1, 0.1)
    return np.where(np.abs(x) < 0.1, near * near * near * _SERIES(near * near), x - np.tanh(x))


soft_shrink = Activation(
    slug="soft_shrink",
    name="Soft shrink",
    latex=Latex(
        r"f(x) = \begin{cases} x - \lambda & x > \lambda \\ 0 & |x| \le \lambda \\"
        r" x + \lambda & x < -\lambda \end{cases}",
        r"f'(x) = \begin{cases} 1 & |x| > \lambda \;\lor\; \lambda = 0 \\ 0 & |x| \le \lambda \ne 0 \end{cases}",
    ),
    f=lambda x, lam: x - np.clip(x, -lam, lam),
    df=_dead_zone_slope,
    ddf=_flat,
    claims={
        **_ODD,
        Trait.CONTINUOUS: always,
        **dict.fromkeys((Trait.C1, Trait.C2, Trait.SMOOTH), lambda lam: lam == 0),
    },
    params=(_LAMBDA,),
    kinks=lambda lam: (-lam, lam),
)

hard_shrink = Activation(
    slug="hard_shrink",
    name="Hard shrink",
    latex=Latex(
        r"f(x) = \begin{cases} x & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}",
        r"f'(x) = \begin{cases} 1 & |x| > \lambda \;\lor\; \lambda = 0 \\ 0 & |x| \le \lambda \ne 0 \end{cases}",
    ),
    f=lambda x, lam: np.where(np.abs(x) > lam, x, 0.0),
    df=_dead_zone_slope,
    ddf=_flat,
    claims={**_ODD, **dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH), lambda lam: lam == 0)},
    params=(_LAMBDA,),
    kinks=lambda lam: (-lam, lam),
)

tanh_shrink = Activation(
    slug="tanh_shrink",
    name="Tanh shrink",
    latex=Latex(
        r"f(x) = x - \tanh(x)",
        r"f'(x) = \tanh^2(x)",
    ),
    f=_tanh_shrink,
    df=lambda x: np.tanh(x) * np.tanh(x),
    ddf=lambda x: times_logistic_slope(8 * np.tanh(x), 2 * x),
    claims={**_ODD, **dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH), always)},
)
