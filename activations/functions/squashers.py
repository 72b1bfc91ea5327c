"""Squashers: steps whose two ends are flat."""

import math
from types import MappingProxyType

import numpy as np
from scipy.special import erf as error_function

from activations.functions.tails import (
    inverse_root,
    inverse_root_bend,
    inverse_root_slope,
    logistic,
    times_exp,
    times_logistic_slope,
)
from activations.spec import Activation, Array, Latex, Param, Trait, always, fixed

_LECUN = 1.7159
_FLAT_ENDS = (Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE, Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT)
_STEP = dict.fromkeys((Trait.CONTINUOUS, Trait.MONOTONE, *_FLAT_ENDS), always)
_SMOOTH_STEP = {**_STEP, **dict.fromkeys((Trait.C1, Trait.C2, Trait.SMOOTH), always)}
_ODD = dict.fromkeys((Trait.ODD, Trait.ZERO_CENTRED), always)


def _softsign(x: Array) -> Array:
    # inf / inf is NaN; from 1e300 on the quotient is 1 to the last bit.
    near = np.clip(x, -1e300, 1e300)
    return np.asarray(near / (1 + np.abs(near)))


def _softsign_bend(x: Array) -> Array:
    a = 1 + np.abs(x)
    return np.asarray(np.where(x > 0, -2.0, 2.0) / a / a / a)


def _arctan_slope(x: Array) -> Array:
    # 1 / (1 + x^2); beyond ±1 both parts of the fraction are divided by x^2, which would overflow.
    near, share = np.clip(x, -1, 1), 1 / np.maximum(np.abs(x), 1)
    return np.asarray(share * share / (share * share + near * near))


def _softcap(x: Array, cap: Array) -> Array:
    # Where x / c is next to nothing, perhaps 0, the curve is the line x to the last bit.
    y = x / cap
    return np.where(np.abs(y) < 1e-9, x, cap * np.tanh(y))


def _softcap_bend(x: Array, cap: Array) -> Array:
    # -2/c tanh(y) sech^2(y), where sech^2 / c is a square. Its root is of one exponential, which is not subnormal.
    y = x / cap
    root = np.exp(-np.abs(y) - np.log(cap) / 2) / (1 + np.exp(-2 * np.abs(y)))
    return np.asarray(root * (-8 * np.tanh(y)) * root)


sigmoid = Activation(
    slug="sigmoid",
    name="Sigmoid",
    latex=Latex(
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
    ),
    f=logistic,
    # s(1 - s) would be exactly 0 from x = 37 on.
    df=lambda x: times_logistic_slope(1.0, x),
    ddf=lambda x: times_logistic_slope(-np.tanh(x / 2), x),
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
    df=lambda x: times_logistic_slope(4.0, 2 * x),
    ddf=lambda x: times_logistic_slope(-8 * np.tanh(x), 2 * x),
    claims={**_SMOOTH_STEP, **_ODD},
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
    claims={**_STEP, **_ODD},
    kinks=fixed(-1.0, 1.0),
)

hard_sigmoid = Activation(
    slug="hard_sigmoid",
    name="Hard sigmoid",
    latex=Latex(
        r"f(x) = \frac{\max(0, \min(x + 3, 6))}{6}",
        r"f'(x) = \begin{cases} \tfrac{1}{6} & -3 < x < 3 \\ 0 & |x| \ge 3 \end{cases}",
    ),
    # Adding before dividing keeps every digit beside -3.
    f=lambda x: np.clip(x + 3, 0.0, 6.0) / 6,
    df=lambda x: np.where(np.abs(x) < 3, 1 / 6, 0.0),
    ddf=np.zeros_like,
    claims=_STEP,
    kinks=fixed(-3.0, 3.0),
)

sparse_sigmoid = Activation(
    slug="sparse_sigmoid",
    name="Sparse sigmoid",
    latex=Latex(
        r"f(x) = \frac{\max(0, \min(x + 1, 2))}{2}",
        r"f'(x) = \begin{cases} \tfrac{1}{2} & -1 < x < 1 \\ 0 & |x| \ge 1 \end{cases}",
    ),
    f=lambda x: np.clip(x + 1, 0.0, 2.0) / 2,
    df=lambda x: np.where(np.abs(x) < 1, 0.5, 0.0),
    ddf=np.zeros_like,
    claims=_STEP,
    kinks=fixed(-1.0, 1.0),
)

lecun_tanh = Activation(
    slug="lecun_tanh",
    name="LeCun tanh",
    latex=Latex(
        r"f(x) = 1.7159 \tanh\!\left(\tfrac{2}{3} x\right)",
        r"f'(x) = 1.7159 \cdot \tfrac{2}{3} \left(1 - \tanh^2\!\left(\tfrac{2}{3} x\right)\right)",
    ),
    f=lambda x: _LECUN * np.tanh(2 * x / 3),
    df=lambda x: times_logistic_slope(_LECUN * 8 / 3, 4 * x / 3),
    ddf=lambda x: times_logistic_slope(_LECUN * -32 / 9 * np.tanh(2 * x / 3), 4 * x / 3),
    claims={**_SMOOTH_STEP, **_ODD},
)

softsign = Activation(
    slug="softsign",
    name="Softsign",
    latex=Latex(
        r"f(x) = \frac{x}{1 + |x|}",
        r"f'(x) = \frac{1}{(1 + |x|)^2}",
    ),
    f=_softsign,
    df=lambda x: 1 / (1 + np.abs(x)) / (1 + np.abs(x)),
    ddf=_softsign_bend,
    claims={**_STEP, **_ODD, Trait.C1: always},
    kinks=fixed(0.0),
)

arctan = Activation(
    slug="arctan",
    name="Arctan",
    latex=Latex(
        r"f(x) = \arctan(x)",
        r"f'(x) = \frac{1}{1 + x^2}",
    ),
    f=np.arctan,
    df=_arctan_slope,
    ddf=lambda x: -2 * np.clip(x, -1e300, 1e300) * _arctan_slope(x) * _arctan_slope(x),
    claims={**_SMOOTH_STEP, **_ODD},
)

erf = Activation(
    slug="erf",
    name="Erf",
    latex=Latex(
        r"f(x) = \operatorname{erf}(x) = 2\,\Phi\!\left(\sqrt{2}\,x\right) - 1",
        r"f'(x) = \frac{2}{\sqrt{\pi}}\,e^{-x^2}",
    ),
    f=error_function,
    df=lambda x: times_exp(2 / math.sqrt(math.pi), -x * x),
    ddf=lambda x: times_exp(-4 / math.sqrt(math.pi) * np.clip(x, -40, 40), -x * x),
    claims={**_SMOOTH_STEP, **_ODD},
)

isru = Activation(
    slug="isru",
    name="ISRU",
    latex=Latex(
        r"f(x) = \frac{x}{\sqrt{1 + \alpha x^2}}",
        r"f'(x) = \left(\frac{1}{\sqrt{1 + \alpha x^2}}\right)^3",
    ),
    f=inverse_root,
    df=inverse_root_slope,
    ddf=inverse_root_bend,
    claims={**_SMOOTH_STEP, **_ODD},
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
            presets=MappingProxyType({"wide": 0.1, "paper": 1.0, "narrow": 4.0}),
        ),
    ),
)

softcap = Activation(
    slug="softcap",
    name="Softcap",
    latex=Latex(
        r"f(x) = c \tanh\!\left(\frac{x}{c}\right)",
        r"f'(x) = 1 - \tanh^2\!\left(\frac{x}{c}\right)",
    ),
    f=_softcap,
    df=lambda x, cap: times_logistic_slope(4.0, 2 * (x / cap)),
    ddf=_softcap_bend,
    claims={**_SMOOTH_STEP, **_ODD},
    params=(
        Param(
            "cap",
            "c",
            5.0,
            1.0,
            50.0,
            0.5,
            domain=(0.0, math.inf),
            domain_open_low=True,
            presets=MappingProxyType({"tanh": 1.0, "logits": 30.0, "attention": 50.0}),
        ),
    ),
)
