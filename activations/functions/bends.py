"""Bends: a rectifier's corner made round, by an exponential, a logarithm or a square root."""

import math
from types import MappingProxyType

import numpy as np
from scipy.special import expit, log_expit

from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

_SELU_SCALE = 1.0507009873554804934193349852946
_SELU_ALPHA = np.array(1.6732632423543772848170429916717)
_CORNERS = MappingProxyType({"sharp": 0.1, "paper": 4.0})
_SMOOTH_BEND = dict.fromkeys(
    (Trait.CONTINUOUS, Trait.C1, Trait.SMOOTH, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
)


def _fall(x: Array) -> Array:
    # e^x - 1 left of 0, which costs more than all the rest and is asked for nowhere else; there it is 0.
    left, fall = np.flatnonzero(x < 0), np.zeros(x.size)
    fall[left] = np.expm1(x.reshape(-1)[left])
    return fall.reshape(x.shape)


def _elu(x: Array, alpha: Array) -> Array:
    return np.asarray(np.maximum(x, 0.0) + alpha * _fall(x))


def _elu_slope(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def _elu_bend(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 0.0, alpha * np.exp(np.minimum(x, 0.0)))


def _softplus(x: Array, beta: Array) -> Array:
    # max(0, x) + log1p(e^{-beta|x|}) / beta: no beta * x that could overflow while the result does not.
    return np.maximum(x, 0.0) + np.log1p(np.exp(-beta * np.abs(x))) / beta


def _near(x: Array, b: Array) -> Array:
    # Half of b / (h + |x|) with h = sqrt(x^2 + b): what squareplus is left of 0, and adds to x right of 0.
    return np.asarray(b / (np.hypot(x, np.sqrt(b)) + np.abs(x)) / 2)


def _squareplus_slope(x: Array, b: Array) -> Array:
    tail = _near(x, b) / np.hypot(x, np.sqrt(b))
    return np.where(x > 0, 1 - tail, tail)


def _squareplus_bend(x: Array, b: Array) -> Array:
    share = np.sqrt(b) / np.hypot(x, np.sqrt(b))
    return np.asarray(share * share * share / np.sqrt(b) / 2)


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

celu = Activation(
    slug="celu",
    name="CELU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x / \alpha} - 1) & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ e^{x / \alpha} & x \le 0 \end{cases}",
    ),
    f=lambda x, alpha: np.maximum(x, 0.0) + alpha * _fall(x / alpha),
    df=lambda x, alpha: np.exp(np.minimum(x, 0.0) / alpha),
    ddf=lambda x, alpha: np.where(x > 0, 0.0, np.exp(np.minimum(x, 0.0) / alpha) / alpha),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
    ),
    params=(
        Param(
            "alpha",
            r"\alpha",
            1.0,
            0.1,
            3.0,
            0.05,
            domain=(0.0, math.inf),
            domain_open_low=True,
            presets=MappingProxyType({"sharp": 0.1, "elu": 1.0, "deep": 2.0}),
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
    claims=_SMOOTH_BEND,
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

squareplus = Activation(
    slug="squareplus",
    name="Squareplus",
    latex=Latex(
        r"f(x) = \tfrac{1}{2}\left(x + \sqrt{x^2 + b}\right)",
        r"f'(x) = \tfrac{1}{2}\left(1 + \frac{x}{\sqrt{x^2 + b}}\right)",
    ),
    f=lambda x, b: np.maximum(x, 0.0) + _near(x, b),
    df=_squareplus_slope,
    ddf=_squareplus_bend,
    claims=_SMOOTH_BEND,
    params=(Param("b", "b", 4.0, 0.1, 8.0, 0.1, domain=(0.0, math.inf), domain_open_low=True, presets=_CORNERS),),
)

log_sigmoid = Activation(
    slug="log_sigmoid",
    name="Log-sigmoid",
    latex=Latex(
        r"f(x) = \ln \sigma(x) = -\ln\!\left(1 + e^{-x}\right)",
        r"f'(x) = \sigma(-x) = \frac{1}{1 + e^{x}}",
    ),
    f=log_expit,
    df=lambda x: expit(-x),
    ddf=lambda x: -expit(x) * expit(-x),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.SMOOTH, Trait.MONOTONE, Trait.BOUNDED_ABOVE, Trait.SATURATES_RIGHT), always
    ),
)

exponential = Activation(
    slug="exponential",
    name="Exponential",
    latex=Latex("f(x) = e^{x}", "f'(x) = e^{x}"),
    f=np.exp,
    df=np.exp,
    ddf=np.exp,
    claims=_SMOOTH_BEND,
)
