"""Gates: the input times a switch of itself, x · g(x). None is monotone."""

import math
from types import MappingProxyType

import numpy as np

from activations.functions.tails import (
    logistic,
    logistic_slope_root,
    times_density,
    times_logistic,
    times_logistic_slope,
    times_ndtr,
)
from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

# Beyond this argument each exponential below is 0 even times the largest float, and nothing has to survive inf * 0.
_FAR, _LARGEST = 1500.0, float(np.finfo(np.float64).max)
_TANH_SCALE, _CUBE, _SIGMOID_SCALE = 2 * math.sqrt(2 / math.pi), 0.044715, np.array(1.702)
_SWISHES = MappingProxyType({"half_line": 0.0, "silu": 1.0, "gelu_like": 1.7, "sharp": 5.0})


def _gelu(x: Array) -> Array:
    near = np.maximum(x, -40.0)
    return times_ndtr(near, near)


def _gelu_slope(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    return times_ndtr(1.0, near) + times_density(near, near)


def _gelu_bend(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    return times_density(2 - near * near, near)


def _scaled(x: Array, beta: Array) -> Array:
    # beta = 0 must give 0 even at ±inf.
    return np.clip(beta * np.where(beta == 0, 0.0, x), -_FAR, _FAR)


def _swish(x: Array, beta: Array) -> Array:
    # With beta = 0 the gate is 1/2 everywhere, at -inf as well; with any other beta it is 0 there.
    lowest = np.where(beta == 0, -math.inf, -_LARGEST)
    return times_logistic(np.maximum(x, lowest), _scaled(x, beta))


def _swish_slope(x: Array, beta: Array) -> Array:
    t = _scaled(x, beta)
    return times_logistic(1 + t * logistic(-t), t)


def _swish_bend(x: Array, beta: Array) -> Array:
    t = _scaled(x, beta)
    root = logistic_slope_root(t)
    return np.asarray(root * (2 - t * np.tanh(t / 2)) * (beta * root))


def _tanh_form(x: Array) -> tuple[Array, Array, Array]:
    """The argument of the gate and its two derivatives; (1 + tanh u) / 2 is the logistic of 2u, and loses no digit."""
    cube, s = _CUBE * x * x, _TANH_SCALE
    return s * (x + cube * x), s * (1 + 3 * cube), s * 6 * _CUBE * x


def _gelu_tanh(x: Array) -> Array:
    return times_logistic(np.maximum(x, -_LARGEST), _tanh_form(np.clip(x, -40, 40))[0])


def _gelu_tanh_slope(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    t, slope, _ = _tanh_form(near)
    return times_logistic(1 + near * slope * logistic(-t), t)


def _gelu_tanh_bend(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    t, slope, bend = _tanh_form(near)
    return times_logistic_slope(2 * slope + near * (bend - slope * slope * np.tanh(t / 2)), t)


def _mish_parts(x: Array) -> tuple[Array, Array, Array, Array]:
    """The root of p, p, q and D: e^x = p / q, the larger of them 1, and the gate is p (p + 2 q) / D."""
    root, q = np.exp(np.minimum(x, 0.0) / 2), np.exp(-np.maximum(x, 0.0))
    p = root * root
    return root, p, q, p * (p + 2 * q) + 2 * q * q


def _mish(x: Array) -> Array:
    root, p, q, bottom = _mish_parts(x)
    return np.asarray(np.maximum(x, -_LARGEST) * root * ((p + 2 * q) / bottom) * root)


def _mish_slope(x: Array) -> Array:
    root, p, q, bottom = _mish_parts(x)
    rise = 4 * (p + q) * (q / bottom) ** 2
    return np.asarray(root * ((p + 2 * q) / bottom + np.clip(x, -_FAR, _FAR) * rise) * root)


def _mish_bend(x: Array) -> Array:
    root, p, q, bottom = _mish_parts(x)
    turn = (q * q * (2 * q + 2 * p) - p * p * (3 * q + 2 * p)) / bottom
    # The small ones of these four factors are the last.
    share = root * (q / bottom)
    return np.asarray(4 * share * (2 * (p + q) + np.clip(x, -_FAR, _FAR) * turn) * share)


_SMOOTH_GATE = dict.fromkeys(
    (Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
)

gelu = Activation(
    slug="gelu",
    name="GELU",
    latex=Latex(
        r"\begin{aligned} f(x) &= x\,\Phi(x) \\ &= \tfrac{x}{2} \left(1 + \operatorname{erf}\tfrac{x}{\sqrt{2}}\right)"
        r" \end{aligned}",
        r"\begin{aligned} f'(x) &= \Phi(x) + x\,\varphi(x) \\"
        r" \varphi(x) &= \tfrac{1}{\sqrt{2\pi}}\,e^{-x^2/2} \end{aligned}",
    ),
    f=_gelu,
    df=_gelu_slope,
    ddf=_gelu_bend,
    claims=_SMOOTH_GATE,
)

gelu_tanh = Activation(
    slug="gelu_tanh",
    name="GELU (tanh form)",
    latex=Latex(
        r"\begin{aligned} f(x) &= \tfrac{x}{2} \left(1 + \tanh u(x)\right) \\"
        r" u(x) &= \sqrt{\tfrac{2}{\pi}} \left(x + 0.044715\,x^3\right) \end{aligned}",
        r"\begin{aligned} f'(x) ={}& \tfrac{1}{2} \left(1 + \tanh u(x)\right) \\"
        r" & + \tfrac{x}{2} \sqrt{\tfrac{2}{\pi}} \left(1 + 0.134145\,x^2\right) \operatorname{sech}^2 u(x)"
        r" \end{aligned}",
    ),
    f=_gelu_tanh,
    df=_gelu_tanh_slope,
    ddf=_gelu_tanh_bend,
    claims=_SMOOTH_GATE,
)

gelu_sigmoid = Activation(
    slug="gelu_sigmoid",
    name="GELU (sigmoid form)",
    latex=Latex(
        r"f(x) = x\,\sigma(1.702\,x)",
        r"\begin{aligned} f'(x) ={}& \sigma(1.702\,x) \\"
        r" & + 1.702\,x\,\sigma(1.702\,x)\,\sigma(-1.702\,x) \end{aligned}",
    ),
    f=lambda x: _swish(x, _SIGMOID_SCALE),
    df=lambda x: _swish_slope(x, _SIGMOID_SCALE),
    ddf=lambda x: _swish_bend(x, _SIGMOID_SCALE),
    claims=_SMOOTH_GATE,
)

swish = Activation(
    slug="swish",
    name="Swish / SiLU",
    latex=Latex(
        r"f(x) = x\,\sigma(\beta x) = \frac{x}{1 + e^{-\beta x}}",
        r"\begin{aligned} f'(x) ={}& \sigma(\beta x) \\ & + \beta x\,\sigma(\beta x)\,\sigma(-\beta x) \end{aligned}",
    ),
    f=_swish,
    df=_swish_slope,
    ddf=_swish_bend,
    claims={
        **dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH), always),
        Trait.BOUNDED_BELOW: lambda beta: beta > 0,
        Trait.SATURATES_LEFT: lambda beta: beta > 0,
        Trait.MONOTONE: lambda beta: beta == 0,
        Trait.ODD: lambda beta: beta == 0,
        Trait.ZERO_CENTRED: lambda beta: beta == 0,
    },
    params=(Param("beta", r"\beta", 1.0, 0.0, 5.0, 0.05, domain=(0.0, math.inf), presets=_SWISHES),),
)

mish = Activation(
    slug="mish",
    name="Mish",
    latex=Latex(
        r"f(x) = x \tanh\!\left(\ln(1 + e^{x})\right)",
        r"\begin{aligned} f'(x) ={}& \tanh s + x\,\sigma(x)\operatorname{sech}^2 s \\"
        r" s ={}& \ln(1 + e^{x}) \end{aligned}",
    ),
    f=_mish,
    df=_mish_slope,
    ddf=_mish_bend,
    claims=_SMOOTH_GATE,
)

hard_swish = Activation(
    slug="hard_swish",
    name="Hard swish",
    latex=Latex(
        r"f(x) = x\,\frac{\max(0, \min(x + 3, 6))}{6}",
        r"f'(x) = \begin{cases} 1 & x \ge 3 \\ \tfrac{2x + 3}{6} & -3 < x < 3 \\ 0 & x \le -3 \end{cases}",
    ),
    f=lambda x: np.where(x > -3, x, 0.0) * (np.clip(x + 3, 0.0, 6.0) / 6),
    df=lambda x: np.where(x >= 3, 1.0, np.where(x > -3, (2 * np.clip(x, -3, 3) + 3) / 6, 0.0)),
    ddf=lambda x: np.where((x > -3) & (x <= 3), 1 / 3, 0.0),
    claims=dict.fromkeys((Trait.CONTINUOUS, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always),
    kinks=fixed(-3.0, 3.0),
)
