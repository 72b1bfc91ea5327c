"""Bends: a rectifier's corner made round, by an exponential, a logarithm or a square root."""

import math
from types import MappingProxyType

import numpy as np
from scipy.special import log_expit

from activations.functions.tails import (
    inverse_root,
    inverse_root_bend,
    inverse_root_slope,
    logistic,
    times_exp,
    times_logistic_slope,
)
from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

_SELU_SCALE = 1.0507009873554804934193349852946
_SELU_ALPHA = np.array(1.6732632423543772848170429916717)
_XIELU_BETA = 0.5  # the slope at 0, which is not learned
_CORNERS = MappingProxyType({"sharp": 0.1, "paper": 4.0})
_SMOOTH = (Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH)
_SMOOTH_BEND = dict.fromkeys((*_SMOOTH, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always)


def _fall(x: Array) -> Array:
    # e^x - 1 left of 0, which costs more than all the rest and is asked for nowhere else; there it is 0.
    left, fall = np.flatnonzero(x < 0), np.zeros(x.size)
    fall[left] = np.expm1(x.reshape(-1)[left])
    return fall.reshape(x.shape)


def _elu(x: Array, alpha: Array) -> Array:
    return np.asarray(np.maximum(x, 0.0) + alpha * _fall(x))


def _elu_slope(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 1.0, times_exp(alpha, np.minimum(x, 0.0)))


def _elu_bend(x: Array, alpha: Array) -> Array:
    return np.where(x > 0, 0.0, times_exp(alpha, np.minimum(x, 0.0)))


def _celu(x: Array, alpha: Array) -> Array:
    # Where x / alpha is next to nothing, perhaps 0, the curve is the line x to the last bit.
    y = x / alpha
    return np.where(y > -1e-16, x, alpha * _fall(y))


def _celu_bend(x: Array, alpha: Array) -> Array:
    # In one exponential, of which neither e^(x / alpha) nor 1 / alpha can leave the float line alone.
    return np.where(x > 0, 0.0, np.exp(np.minimum(x, 0.0) / alpha - np.log(alpha)))


def _softplus(x: Array, beta: Array) -> Array:
    # max(0, x) + log1p(e^{-beta|x|}) / beta: no beta * x that could overflow while the result does not. Far out log1p
    # changes nothing; e^... is divided by beta before it can underflow.
    t = beta * np.abs(x)
    root = np.exp(-t / 2)
    return np.maximum(x, 0.0) + np.where(t > 40, root / beta * root, np.log1p(root * root) / beta)


def _shares(x: Array, b: Array) -> tuple[Array, Array]:
    # sqrt(b) over h, and over h + |x|, with h = sqrt(x^2 + b): both in (0, 1], and nothing overflows on the way.
    root, h = np.sqrt(b), np.hypot(x, np.sqrt(b))
    return np.asarray(root / h), np.asarray(root / 2 / (h / 2 + np.abs(x) / 2))


def _squareplus(x: Array, b: Array) -> Array:
    # The value left of 0, which is added to x right of 0, is half of b / (h + |x|): the textbook sum would cancel.
    return np.maximum(x, 0.0) + np.sqrt(b) * _shares(x, b)[1] / 2


def _squareplus_slope(x: Array, b: Array) -> Array:
    of_h, of_sum = _shares(x, b)
    tail = of_h * of_sum / 2
    return np.where(x > 0, 1 - tail, tail)


def _squareplus_bend(x: Array, b: Array) -> Array:
    h = np.hypot(x, np.sqrt(b))
    share = np.sqrt(b) / h
    return np.asarray(share / h * share / 2)


def _xielu(x: Array, alpha_p: Array, alpha_n: Array) -> Array:
    # Far out a factor of 0 has to win over an infinite x.
    right, left = np.maximum(x, 0.0), np.minimum(x, 0.0)
    squared = np.where(alpha_p == 0, 0.0, right)
    line = (_XIELU_BETA - alpha_n) * np.where(alpha_n == _XIELU_BETA, 0.0, left)
    return np.where(x > 0, alpha_p * squared * squared + _XIELU_BETA * right, alpha_n * _fall(left) + line)


def _xielu_slope(x: Array, alpha_p: Array, alpha_n: Array) -> Array:
    right = alpha_p * np.where(alpha_p == 0, 0.0, np.maximum(x, 0.0)) * 2 + _XIELU_BETA
    return np.where(x > 0, right, times_exp(alpha_n, np.minimum(x, 0.0)) + (_XIELU_BETA - alpha_n))


def _xielu_bend(x: Array, alpha_p: Array, alpha_n: Array) -> Array:
    return np.where(x > 0, 2 * alpha_p, times_exp(alpha_n, np.minimum(x, 0.0)))


sparse_plus = Activation(
    slug="sparse_plus",
    name="Sparse plus",
    latex=Latex(
        r"f(x) = \begin{cases} 0 & x \le -1 \\ \tfrac{1}{4}(x + 1)^2 & -1 < x < 1 \\ x & x \ge 1 \end{cases}",
        r"f'(x) = \begin{cases} 0 & x \le -1 \\ \tfrac{1}{2}(x + 1) & -1 < x < 1 \\ 1 & x \ge 1 \end{cases}",
    ),
    f=lambda x: np.where(x >= 1, x, np.clip(x + 1, 0.0, 2.0) * np.clip(x + 1, 0.0, 2.0) / 4),
    df=lambda x: np.clip(x + 1, 0.0, 2.0) / 2,
    ddf=lambda x: np.where((x > -1) & (x <= 1), 0.5, 0.0),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
    ),
    kinks=fixed(-1.0, 1.0),
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

celu = Activation(
    slug="celu",
    name="CELU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x / \alpha} - 1) & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ e^{x / \alpha} & x \le 0 \end{cases}",
    ),
    f=_celu,
    df=lambda x, alpha: np.exp(np.minimum(x, 0.0) / alpha),
    ddf=_celu_bend,
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
    df=lambda x: np.where(x > 0, _SELU_SCALE, _elu_slope(np.minimum(x, 0.0), _SELU_SCALE * _SELU_ALPHA)),
    ddf=lambda x: _elu_bend(x, _SELU_SCALE * _SELU_ALPHA),
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
    df=lambda x, beta: logistic(beta * x),
    ddf=lambda x, beta: times_logistic_slope(beta, beta * x),
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
    f=_squareplus,
    df=_squareplus_slope,
    ddf=_squareplus_bend,
    claims=_SMOOTH_BEND,
    params=(Param("b", "b", 4.0, 0.1, 8.0, 0.1, domain=(0.0, math.inf), domain_open_low=True, presets=_CORNERS),),
)

isrlu = Activation(
    slug="isrlu",
    name="ISRLU",
    latex=Latex(
        r"f(x) = \begin{cases} x & x \ge 0 \\ \frac{x}{\sqrt{1 + \alpha x^2}} & x < 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x \ge 0 \\ \left(\frac{1}{\sqrt{1 + \alpha x^2}}\right)^3 & x < 0 \end{cases}",
    ),
    f=lambda x, alpha: np.where(x < 0, inverse_root(np.minimum(x, 0.0), alpha), x),
    df=lambda x, alpha: inverse_root_slope(np.minimum(x, 0.0), alpha),
    ddf=lambda x, alpha: np.where(x < 0, inverse_root_bend(np.minimum(x, 0.0), alpha), 0.0),
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.MONOTONE, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
    ),
    params=(
        Param(
            "alpha",
            r"\alpha",
            1.0,
            0.1,
            4.0,
            0.1,
            domain=(0.0, math.inf),
            domain_open_low=True,
            presets=MappingProxyType({"wide": 0.1, "paper": 1.0, "paper_large": 3.0}),
        ),
    ),
    # No kink: f, f' and f'' do not jump at 0. But the third derivative jumps there, from -3 alpha to 0.
    joints=fixed(0.0),
)

xielu = Activation(
    slug="xielu",
    name="xIELU",
    latex=Latex(
        r"f(x) = \begin{cases} \alpha_p x^2 + \tfrac{1}{2} x & x > 0 \\"
        r" \alpha_n\,(e^{x} - 1 - x) + \tfrac{1}{2} x & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 2 \alpha_p x + \tfrac{1}{2} & x > 0 \\"
        r" \alpha_n\,(e^{x} - 1) + \tfrac{1}{2} & x \le 0 \end{cases}",
    ),
    f=_xielu,
    df=_xielu_slope,
    ddf=_xielu_bend,
    claims={
        **dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.BOUNDED_BELOW), always),
        # Then f'' is the same on both sides of 0, and the third derivative still jumps.
        Trait.C2: lambda alpha_p, alpha_n: 2 * alpha_p == alpha_n,
        Trait.MONOTONE: lambda alpha_p, alpha_n: alpha_n == _XIELU_BETA,
        Trait.SATURATES_LEFT: lambda alpha_p, alpha_n: alpha_n == _XIELU_BETA,
    },
    params=(
        Param("alpha_p", r"\alpha_p", 0.8, 0.0, 2.0, 0.05, domain=(0.0, math.inf)),
        Param("alpha_n", r"\alpha_n", 0.8, 0.5, 2.0, 0.05, domain=(0.5, math.inf)),
    ),
    kinks=fixed(0.0),
)

log_sigmoid = Activation(
    slug="log_sigmoid",
    name="Log-sigmoid",
    latex=Latex(
        r"f(x) = \ln \sigma(x) = -\ln\!\left(1 + e^{-x}\right)",
        r"f'(x) = \sigma(-x) = \frac{1}{1 + e^{x}}",
    ),
    f=log_expit,
    df=lambda x: logistic(-x),
    ddf=lambda x: times_logistic_slope(-1.0, x),
    claims=dict.fromkeys((*_SMOOTH, Trait.MONOTONE, Trait.BOUNDED_ABOVE, Trait.SATURATES_RIGHT), always),
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
