"""Rectifiers: straight pieces that meet at a corner; the positive side passes, the negative one is cut or tilted."""

import math
from types import MappingProxyType

import numpy as np

from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

_RRELU_SLOPE = np.array(11 / 48)  # the middle of [1/8, 1/3], from which training draws
_OF_A_LINE = (Trait.C1, Trait.C2, Trait.SMOOTH, Trait.ODD, Trait.ZERO_CENTRED)
_OF_A_FLOOR = (Trait.SATURATES_LEFT, Trait.CAN_DIE)


def _left(x: Array, alpha: Array) -> Array:
    # The negative part; 0 where alpha is 0, so that 0 * -inf never arises.
    return np.minimum(np.where(alpha == 0, 0.0, x), 0.0)


def _tilted(x: Array, alpha: Array) -> Array:
    return np.maximum(x, 0.0) + alpha * _left(x, alpha)


def _tilted_slope(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 1.0, alpha)


def _flat(x: Array, *params: Array, **named: Array) -> Array:
    return np.zeros(np.broadcast(x, *params, *named.values()).shape)


relu = Activation(
    slug="relu",
    name="ReLU",
    latex=Latex(
        r"\mathrm{ReLU}(x) = \max(0, x)",
        r"\mathrm{ReLU}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
    ),
    f=lambda x: np.maximum(x, 0.0),
    df=lambda x: np.where(x > 0, 1.0, 0.0),
    ddf=_flat,
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT, Trait.CAN_DIE), always
    ),
    kinks=fixed(0.0),
)

leaky_relu = Activation(
    slug="leaky_relu",
    name="Leaky ReLU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases}",
    ),
    f=_tilted,
    df=_tilted_slope,
    ddf=_flat,
    claims={
        Trait.CONTINUOUS: always,
        Trait.MONOTONE: always,
        **dict.fromkeys(_OF_A_LINE, lambda alpha: alpha == 1),
        **dict.fromkeys((Trait.BOUNDED_BELOW, *_OF_A_FLOOR), lambda alpha: alpha == 0),
    },
    params=(
        Param(
            "alpha",
            r"\alpha",
            0.01,
            0.0,
            1.0,
            0.01,
            domain=(0.0, math.inf),
            presets=MappingProxyType({"paper": 0.01, "seed_low": 0.1, "tensorflow": 0.2, "keras": 0.3}),
        ),
    ),
    kinks=fixed(0.0),
)

prelu = Activation(
    slug="prelu",
    name="PReLU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ a x & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases}",
    ),
    f=_tilted,
    df=_tilted_slope,
    ddf=_flat,
    claims={
        Trait.CONTINUOUS: always,
        Trait.MONOTONE: lambda alpha: alpha >= 0,
        Trait.BOUNDED_BELOW: lambda alpha: alpha <= 0,
        **dict.fromkeys(_OF_A_LINE, lambda alpha: alpha == 1),
        **dict.fromkeys(_OF_A_FLOOR, lambda alpha: alpha == 0),
    },
    params=(
        Param(
            "alpha",
            "a",
            0.25,
            -1.0,
            1.0,
            0.05,
            domain=(-math.inf, math.inf),
            presets=MappingProxyType({"absolute": -1.0, "keras": 0.0, "paper": 0.25}),
        ),
    ),
    kinks=fixed(0.0),
)

rrelu = Activation(
    slug="rrelu",
    name="RReLU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ \tfrac{11}{48}\,x & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \tfrac{11}{48} & x \le 0 \end{cases}",
    ),
    f=lambda x: _tilted(x, _RRELU_SLOPE),
    df=lambda x: _tilted_slope(x, _RRELU_SLOPE),
    ddf=_flat,
    claims=dict.fromkeys((Trait.CONTINUOUS, Trait.MONOTONE), always),
    kinks=fixed(0.0),
)

relu6 = Activation(
    slug="relu6",
    name="ReLU6",
    latex=Latex(
        r"\mathrm{ReLU6}(x) = \min(\max(0, x), 6)",
        r"\mathrm{ReLU6}'(x) = \begin{cases} 1 & 0 < x < 6 \\ 0 & x \le 0 \;\lor\; x \ge 6 \end{cases}",
    ),
    f=lambda x: np.clip(x, 0.0, 6.0),
    df=lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0),
    ddf=_flat,
    claims=dict.fromkeys(
        (
            Trait.CONTINUOUS,
            Trait.MONOTONE,
            Trait.BOUNDED_BELOW,
            Trait.BOUNDED_ABOVE,
            Trait.SATURATES_LEFT,
            Trait.SATURATES_RIGHT,
            Trait.CAN_DIE,
        ),
        always,
    ),
    kinks=fixed(0.0, 6.0),
    window=(-6.0, 9.0),
)

relu_squared = Activation(
    slug="relu_squared",
    name="ReLU²",
    latex=Latex(
        r"f(x) = \max(0, x)^2",
        r"f'(x) = 2\max(0, x)",
    ),
    f=lambda x: np.maximum(x, 0.0) * np.maximum(x, 0.0),
    df=lambda x: 2 * np.maximum(x, 0.0),
    ddf=lambda x: np.where(x > 0, 2.0, 0.0),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT, Trait.CAN_DIE), always
    ),
    kinks=fixed(0.0),
)

threshold = Activation(
    slug="threshold",
    name="Threshold",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > \theta \\ v & x \le \theta \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > \theta \\ 0 & x \le \theta \end{cases}",
    ),
    f=lambda x, threshold, below: np.where(x > threshold, x, below),
    df=lambda x, threshold, below: np.where(x > threshold, 1.0, _flat(x, threshold, below)),
    ddf=_flat,
    claims={
        **dict.fromkeys((Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always),
        Trait.CONTINUOUS: lambda threshold, below: below == threshold,
        Trait.MONOTONE: lambda threshold, below: below <= threshold,
        Trait.CAN_DIE: lambda threshold, below: threshold >= 0,
    },
    params=(
        Param(
            "threshold",
            r"\theta",
            1.0,
            -2.0,
            2.0,
            0.05,
            domain=(-math.inf, math.inf),
            presets=MappingProxyType({"relu": 0.0, "paper": 1.0}),
        ),
        Param("below", "v", 0.0, -2.0, 2.0, 0.05, domain=(-math.inf, math.inf)),
    ),
    kinks=lambda threshold, below: (threshold,),
)
