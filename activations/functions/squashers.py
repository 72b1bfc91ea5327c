"""Squashers: steps whose two ends are flat."""

import numpy as np
from scipy.special import expit

from activations.spec import Activation, Array, Latex, Trait, always, fixed

_SMOOTH_STEP = dict.fromkeys(
    (
        Trait.CONTINUOUS,
        Trait.C1,
        Trait.SMOOTH,
        Trait.MONOTONE,
        Trait.BOUNDED_BELOW,
        Trait.BOUNDED_ABOVE,
        Trait.SATURATES_LEFT,
        Trait.SATURATES_RIGHT,
    ),
    always,
)


def _sigmoid_slope(x: Array) -> Array:
    # s(1 - s) would be exactly 0 from x = 37 on; both tails of the logistic keep every digit.
    return np.asarray(expit(x) * expit(-x))


def _tanh_slope(x: Array) -> Array:
    return np.asarray(4 * expit(2 * x) * expit(-2 * x))


sigmoid = Activation(
    slug="sigmoid",
    name="Sigmoid",
    latex=Latex(
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
    ),
    f=expit,
    df=_sigmoid_slope,
    ddf=lambda x: -np.tanh(x / 2) * _sigmoid_slope(x),
    claims=_SMOOTH_STEP,
)

tanh = Activation(
    slug="tanh",
    name="Tanh",
    latex=Latex(
        r"\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
        r"\tanh'(x) = 1 - \tanh^2(x)",
    ),
    f=np.tanh,
    df=_tanh_slope,
    ddf=lambda x: -2 * np.tanh(x) * _tanh_slope(x),
    claims={**_SMOOTH_STEP, Trait.ODD: always, Trait.ZERO_CENTRED: always},
)

hard_tanh = Activation(
    slug="hard_tanh",
    name="Hard tanh",
    latex=Latex(
        r"f(x) = \max(-1, \min(x, 1))",
        r"f'(x) = \begin{cases} 1 & -1 < x < 1 \\ 0 & |x| \ge 1 \end{cases}",
    ),
    f=lambda x: np.clip(x, -1.0, 1.0),
    df=lambda x: np.where(np.abs(x) < 1, 1.0, 0.0),
    ddf=np.zeros_like,
    claims=dict.fromkeys(
        (
            Trait.CONTINUOUS,
            Trait.MONOTONE,
            Trait.ODD,
            Trait.ZERO_CENTRED,
            Trait.BOUNDED_BELOW,
            Trait.BOUNDED_ABOVE,
            Trait.SATURATES_LEFT,
            Trait.SATURATES_RIGHT,
        ),
        always,
    ),
    kinks=fixed(-1.0, 1.0),
)
