"""Shrinkers: what is near 0 is taken for noise."""

import math
from types import MappingProxyType

import numpy as np

from activations.spec import Activation, Array, Latex, Param, Trait, always


def _soft_shrink_slope(x: Array, lam: Array) -> Array:
    # Without a dead zone there is no kink either, not even at 0.
    return np.where((np.abs(x) > lam) | (lam == 0), 1.0, 0.0)


soft_shrink = Activation(
    slug="soft_shrink",
    name="Soft shrink",
    latex=Latex(
        r"f(x) = \begin{cases} x - \lambda & x > \lambda \\ 0 & |x| \le \lambda \\"
        r" x + \lambda & x < -\lambda \end{cases}",
        r"f'(x) = \begin{cases} 1 & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}",
    ),
    f=lambda x, lam: x - np.clip(x, -lam, lam),
    df=_soft_shrink_slope,
    ddf=lambda x, lam: np.zeros(np.broadcast(x, lam).shape),
    claims={
        **dict.fromkeys((Trait.CONTINUOUS, Trait.MONOTONE, Trait.ODD, Trait.ZERO_CENTRED), always),
        **dict.fromkeys((Trait.C1, Trait.SMOOTH), lambda lam: lam == 0),
    },
    params=(
        Param(
            "lam",
            r"\lambda",
            0.5,
            0.0,
            2.0,
            0.05,
            domain=(0.0, math.inf),
            presets=MappingProxyType({"zero": 0.0, "pytorch": 0.5}),
        ),
    ),
    kinks=lambda lam: (-lam, lam),
)
