"""Rectifiers: the positive side passes, the negative side is cut, tilted or bent."""

import math
from types import MappingProxyType

import numpy as np
from scipy.special import expit

from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

_SELU_SCALE = 1.0507009873554804934193349852946
_SELU_ALPHA = np.array(1.6732632423543772848170429916717)


def _left(x: Array, alpha: Array) -> Array:
    # The negative part; 0 where alpha is 0, so that 0 * -inf never arises.
    return np.minimum(np.where(alpha == 0, 0.0, x), 0.0)


def _elu(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def _elu_slope(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def _elu_bend(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 0.0, alpha * np.exp(np.minimum(x, 0.0)))


def _softplus(x: Array, beta: Array) -> Array:
    # max(0, x) + log1p(e^{-beta|x|}) / beta: no beta * x that could overflow while the result does not.
    return np.maximum(x, 0.0) + np.log1p(np.exp(-beta * np.abs(x))) / beta


relu = Activation(
    slug="relu",
    name="ReLU",
    latex=Latex(
        r"\mathrm{ReLU}(x) = \max(0, x)",
        r"\mathrm{ReLU}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
    ),
    f=lambda x: np.maximum(x, 0.0),
    df=lambda x: np.where(x > 0, 1.0, 0.0),
    ddf=np.zeros_like,
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
    f=lambda x, alpha: np.maximum(x, 0.0) + alpha * _left(x, alpha),
    df=lambda x, alpha: np.where(x > 0, 1.0, alpha),
    ddf=lambda x, alpha: np.zeros(np.broadcast(x, alpha).shape),
    claims={
        Trait.CONTINUOUS: always,
        Trait.MONOTONE: always,
        Trait.C1: lambda alpha: alpha == 1,
        Trait.SMOOTH: lambda alpha: alpha == 1,
        Trait.ODD: lambda alpha: alpha == 1,
        Trait.ZERO_CENTRED: lambda alpha: alpha == 1,
        Trait.BOUNDED_BELOW: lambda alpha: alpha == 0,
        Trait.SATURATES_LEFT: lambda alpha: alpha == 0,
        Trait.CAN_DIE: lambda alpha: alpha == 0,
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

relu6 = Activation(
    slug="relu6",
    name="ReLU6",
    latex=Latex(
        r"\mathrm{ReLU6}(x) = \min(\max(0, x), 6)",
        r"\mathrm{ReLU6}'(x) = \begin{cases} 1 & 0 < x < 6 \\ 0 & x \le 0 \;\lor\; x \ge 6 \end{cases}",
    ),
    f=lambda x: np.clip(x, 0.0, 6.0),
    df=lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0),
    ddf=np.zeros_like,
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

elu = Activation(
    slug="elu",
    name="ELU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha\,e^{x} & x \le 0 \end{cases}",
    ),
    f=_elu,
    df=_elu_slope,
    ddf=_elu_bend,
    claims={
        **dict.fromkeys((Trait.CONTINUOUS, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always),
        Trait.C1: lambda alpha: alpha == 1,
        Trait.CAN_DIE: lambda alpha: alpha == 0,
    },
    params=(
        Param(
            "alpha",
            r"\alpha",
            1.0,
            0.0,
            3.0,
            0.01,
            domain=(0.0, math.inf),
            presets=MappingProxyType({"seed_low": 0.1, "seed_high": 0.3, "paper": 1.0}),
        ),
    ),
    kinks=fixed(0.0),
)

selu = Activation(
    slug="selu",
    name="SELU",
    latex=Latex(
        r"\begin{aligned} f(x) &= \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases} \\"
        r" \lambda &\approx 1.0507, \quad \alpha \approx 1.6733 \end{aligned}",
        r"f'(x) = \lambda \begin{cases} 1 & x > 0 \\ \alpha\,e^{x} & x \le 0 \end{cases}",
    ),
    f=lambda x: _SELU_SCALE * _elu(x, _SELU_ALPHA),
    df=lambda x: _SELU_SCALE * _elu_slope(x, _SELU_ALPHA),
    ddf=lambda x: _SELU_SCALE * _elu_bend(x, _SELU_ALPHA),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT, Trait.ZERO_CENTRED), always
    ),
    kinks=fixed(0.0),
)

softplus = Activation(
    slug="softplus",
    name="Softplus",
    latex=Latex(
        r"f(x) = \frac{1}{\beta} \ln\!\left(1 + e^{\beta x}\right)",
        r"f'(x) = \sigma(\beta x) = \frac{1}{1 + e^{-\beta x}}",
    ),
    f=_softplus,
    df=lambda x, beta: expit(beta * x),
    ddf=lambda x, beta: beta * expit(beta * x) * expit(-beta * x),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.SMOOTH, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
    ),
    params=(
        Param(
            "beta",
            r"\beta",
            1.0,
            0.2,
            5.0,
            0.05,
            domain=(0.0, math.inf),
            domain_open_low=True,
            presets=MappingProxyType({"soft": 0.5, "paper": 1.0, "sharp": 5.0}),
        ),
    ),
)
