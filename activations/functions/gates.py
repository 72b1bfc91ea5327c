"""Gates: the input times a soft switch of itself, x · g(x). Smooth, and not monotone."""

import math
from types import MappingProxyType

import numpy as np
from scipy.special import expit, ndtr

from activations.spec import Activation, Array, Latex, Param, Trait, always

# Beyond this every gate below is 0 or 1 to the last bit, and the product with x no longer has to survive inf * 0.
_FAR = 800.0


def _gated(x: Array, gate: Array) -> Array:
    return np.where(gate > 0, x, 0.0) * gate


def _density(x: Array) -> Array:
    return np.asarray(np.exp(-x * x / 2) / np.sqrt(2 * np.pi))


def _gelu_slope(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    return np.asarray(ndtr(x) + near * _density(near))


def _gelu_bend(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    return np.asarray(_density(near) * (2 - near * near))


def _scaled(x: Array, beta: Array) -> Array:
    # beta = 0 must give 0 even at ±inf.
    return np.clip(beta * np.where(beta == 0, 0.0, x), -_FAR, _FAR)


def _swish_slope(x: Array, beta: Array) -> Array:
    t = _scaled(x, beta)
    return np.asarray(expit(t) * (1 + t * expit(-t)))


def _swish_bend(x: Array, beta: Array) -> Array:
    t = _scaled(x, beta)
    return np.asarray(beta * expit(t) * expit(-t) * (2 - t * np.tanh(t / 2)))


def _mish_gate(x: Array) -> Array:
    # tanh(softplus(x)) = n / (n + 2) with n = e^x (e^x + 2); both sides written in e^-|x|.
    e: Array = np.exp(-np.abs(x))
    return np.where(x > 0, (1 + 2 * e) / (1 + 2 * e + 2 * e * e), e * (e + 2) / (e * (e + 2) + 2))


def _mish_gate_slope(x: Array) -> Array:
    e: Array = np.exp(-np.abs(x))
    left = 4 * e * (e + 1) / (e * e + 2 * e + 2) ** 2
    right = 4 * e * e * (1 + e) / (1 + 2 * e + 2 * e * e) ** 2
    return np.where(x > 0, right, left)


def _mish_gate_bend(x: Array) -> Array:
    e: Array = np.exp(-np.abs(x))
    left = 4 * e * (2 + e * (2 - e * (3 + 2 * e))) / (e * e + 2 * e + 2) ** 3
    right = 4 * e * e * (-2 - e * (3 - e * (2 + 2 * e))) / (1 + 2 * e + 2 * e * e) ** 3
    return np.where(x > 0, right, left)


def _mish_slope(x: Array) -> Array:
    return _mish_gate(x) + np.clip(x, -_FAR, _FAR) * _mish_gate_slope(x)


def _mish_bend(x: Array) -> Array:
    return 2 * _mish_gate_slope(x) + np.clip(x, -_FAR, _FAR) * _mish_gate_bend(x)


_SMOOTH_GATE = dict.fromkeys(
    (Trait.CONTINUOUS, Trait.C1, Trait.SMOOTH, Trait.BOUNDED_BELOW, Trait.SATURATES_LEFT), always
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
    f=lambda x: _gated(x, np.asarray(ndtr(x))),
    df=_gelu_slope,
    ddf=_gelu_bend,
    claims=_SMOOTH_GATE,
)

swish = Activation(
    slug="swish",
    name="Swish / SiLU",
    latex=Latex(
        r"f(x) = x\,\sigma(\beta x) = \frac{x}{1 + e^{-\beta x}}",
        r"\begin{aligned} f'(x) ={}& \sigma(\beta x) \\ & + \beta x\,\sigma(\beta x)\,\sigma(-\beta x) \end{aligned}",
    ),
    f=lambda x, beta: _gated(x, np.asarray(expit(_scaled(x, beta)))),
    df=_swish_slope,
    ddf=_swish_bend,
    claims={
        **dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.SMOOTH), always),
        Trait.BOUNDED_BELOW: lambda beta: beta > 0,
        Trait.SATURATES_LEFT: lambda beta: beta > 0,
        Trait.MONOTONE: lambda beta: beta == 0,
        Trait.ODD: lambda beta: beta == 0,
        Trait.ZERO_CENTRED: lambda beta: beta == 0,
    },
    params=(
        Param(
            "beta",
            r"\beta",
            1.0,
            0.0,
            5.0,
            0.05,
            domain=(0.0, math.inf),
            presets=MappingProxyType({"half_line": 0.0, "silu": 1.0, "gelu_like": 1.7, "sharp": 5.0}),
        ),
    ),
)

mish = Activation(
    slug="mish",
    name="Mish",
    latex=Latex(
        r"f(x) = x \tanh\!\left(\ln(1 + e^{x})\right)",
        r"\begin{aligned} f'(x) ={}& \tanh s + x\,\sigma(x)\operatorname{sech}^2 s \\"
        r" s ={}& \ln(1 + e^{x}) \end{aligned}",
    ),
    f=lambda x: _gated(x, _mish_gate(x)),
    df=_mish_slope,
    ddf=_mish_bend,
    claims=_SMOOTH_GATE,
)
