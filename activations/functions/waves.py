"""Waves and bells: what comes back, for ever or once."""

import math
from types import MappingProxyType

import numpy as np

from activations.functions.tails import times_exp
from activations.spec import Activation, Array, Latex, Param, Trait, always

_FASTEST = 100.0  # of a wave, in radians per unit of x
_HALVINGS = 7  # after so many, the fastest wave's phase at the largest float is a float
_HUGE, _SMALL = 2.0**1016, 2.0**-27
_TOP_BITS, _HALF = np.int64(-1) << np.int64(27), np.int64(1) << np.int64(26)


def _top(x: Array) -> Array:
    """Each float rounded to 26 bits; the remainder has 26 as well, so that the product of any two parts is exact."""
    return ((np.asarray(x).view(np.int64) + _HALF) & _TOP_BITS).view(np.float64)


def _turn(x: Array, rate: Array) -> tuple[Array, Array]:
    """Sine and cosine of ``rate * x``, whose rounding would shift a fast wave far out by many whole periods.

    The product is taken as a float and the exact rest it loses (Dekker 1971): nothing if the rate is a power of two
    from 1 on. At ±inf both are NaN.
    """
    x = np.where(np.isfinite(x), x, math.nan)
    if np.all((np.frexp(rate)[0] == 0.5) & (rate >= 1)) and not np.any(np.abs(x) > _HUGE):
        return np.sin(rate * x), np.cos(rate * x)
    far = np.abs(x) > _HUGE
    x = np.where(far, x / 2**_HALVINGS, x)
    phase, a, b = rate * x, _top(rate), _top(x)
    low = x - b
    rest = ((a * b - phase) + a * low + (rate - a) * b) + (rate - a) * low
    sine, cosine = np.sin(phase), np.cos(phase)
    # Of so small a rest the sine is the rest itself, to the last digit, and the cosine 1.
    small, one = (np.sin(rest), np.cos(rest)) if np.any(np.abs(rest) > _SMALL) else (rest, 1.0)
    sine, cosine = sine * one + cosine * small, cosine * one - sine * small
    for _ in range(_HALVINGS if far.any() else 0):
        doubled = 2 * sine * cosine, (cosine - sine) * (cosine + sine)
        sine, cosine = np.where(far, doubled[0], sine), np.where(far, doubled[1], cosine)
    return sine, cosine


def _sine_bend(x: Array, omega: Array) -> Array:
    # Of a subnormal x the sine has few digits, which omega would then multiply.
    tiny = np.abs(x) < 1e-300
    return np.where(tiny, -omega * omega * omega * x, -omega * omega * _turn(x, omega)[0])


def _snake(x: Array, alpha: Array) -> Array:
    sine = _turn(x, alpha)[0]
    return np.where(np.isinf(x), x, x + sine * (sine / alpha))


def _bell_bend(x: Array) -> Array:
    near = np.clip(x, -40, 40)
    return times_exp(4 * near * near - 2, -near * near)


_SMOOTH = dict.fromkeys((Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH), always)

sine = Activation(
    slug="sine",
    name="Sine",
    latex=Latex(
        r"f(x) = \sin(\omega x)",
        r"f'(x) = \omega \cos(\omega x)",
    ),
    f=lambda x, omega: _turn(x, omega)[0],
    df=lambda x, omega: omega * _turn(x, omega)[1],
    ddf=_sine_bend,
    claims={
        **_SMOOTH,
        **dict.fromkeys((Trait.ODD, Trait.ZERO_CENTRED, Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE), always),
    },
    params=(
        Param(
            "omega",
            r"\omega",
            1.0,
            0.1,
            4.0,
            0.1,
            domain=(0.0, _FASTEST),
            domain_open_low=True,
            presets=MappingProxyType({"slow": 0.1, "plain": 1.0, "fast": 4.0}),
        ),
    ),
    no_limit=frozenset({0, 1, 2}),
)

snake = Activation(
    slug="snake",
    name="Snake",
    latex=Latex(
        r"f(x) = x + \frac{1}{\alpha} \sin^2(\alpha x)",
        r"f'(x) = 1 + \sin(2 \alpha x)",
    ),
    f=_snake,
    df=lambda x, alpha: 1 + _turn(x, 2 * alpha)[0],
    ddf=lambda x, alpha: 2 * alpha * _turn(x, 2 * alpha)[1],
    claims={**_SMOOTH, Trait.MONOTONE: always},
    params=(
        Param(
            "alpha",
            r"\alpha",
            1.0,
            0.1,
            3.0,
            0.05,
            domain=(0.0, _FASTEST / 2),
            domain_open_low=True,
            presets=MappingProxyType({"slow": 0.2, "plain": 1.0, "fast": 3.0}),
        ),
    ),
    no_limit=frozenset({1, 2}),
)

gaussian = Activation(
    slug="gaussian",
    name="Gaussian",
    latex=Latex(
        r"f(x) = e^{-x^2}",
        r"f'(x) = -2x\,e^{-x^2}",
    ),
    f=lambda x: np.exp(-x * x),
    df=lambda x: times_exp(-2 * np.clip(x, -40, 40), -x * x),
    ddf=_bell_bend,
    claims={
        **_SMOOTH,
        **dict.fromkeys(
            (Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE, Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT), always
        ),
    },
)
