"""Twenty sentences about activation functions as two lines each: what the sentence says, and what holds.

Lines that belong to layers are base-10 logarithms of a gradient. Chance is seeded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import erf, ndtr

from activations.experiments import chain
from activations.spec import Activation, Array

Acts = Mapping[str, Activation]
SEED = 4
_LAYERS = np.arange(51, dtype=np.float64)
_POINTS = 241


@dataclass(frozen=True)
class Evidence:
    """Arrays of shape (points,): ``claimed`` and ``true`` over the same ``x``; NaN breaks a line."""

    x: Array
    claimed: Array
    true: Array


def evidence(name: str, activations: Acts) -> Evidence:
    """The two lines behind the sentence called ``name``; ``activations`` are functions by slug. KeyError if unknown."""
    return _FOUND[name](activations)


def names() -> tuple[str, ...]:
    """The sentences there is evidence for."""
    return tuple(_FOUND)


def _line(end: float = 4.0) -> Array:
    return np.linspace(-end, end, _POINTS)


def _fan(x: Array, *curves: Array) -> tuple[Array, Array]:
    """Several curves over one x as one broken line."""
    gap = np.array([math.nan])
    return (
        np.concatenate([part for _ in curves for part in (x, gap)]),
        np.concatenate([part for curve in curves for part in (curve, gap)]),
    )


def _collapse(_: Acts) -> Evidence:
    """A hundred maps w x + b of one unit, one after the other, against the one map they amount to."""
    rng = np.random.default_rng(SEED)
    weights, biases = rng.normal(0, 0.1, 100) + rng.choice([-1.0, 1.0], 100), rng.normal(0, 0.3, 100)
    x = _line()
    stacked, slope, offset = x, 1.0, 0.0
    for w, b in zip(weights, biases, strict=True):
        stacked = w * stacked + b
        slope, offset = w * slope, w * offset + b
    return Evidence(x, slope * x + offset, stacked)


def _step(activations: Acts) -> Evidence:
    x = _line()
    return Evidence(x, np.zeros_like(x), activations["binary_step"].derivative(x))


def _quarter(activations: Acts) -> Evidence:
    x = _line(6)
    return Evidence(x, np.exp(-x) / (1 + np.exp(-x)), activations["sigmoid"].derivative(x))


def _stretch(activations: Acts) -> Evidence:
    x = _line()
    return Evidence(x, 2 * activations["sigmoid"](2 * x) - 1, activations["tanh"](x))


def _chained(activations: Acts, weight: float, bias: float, x0: float) -> Array:
    return chain.run(activations["sigmoid"], 20, weight, bias, x0).log_back


def _bound(_: Acts) -> Evidence:
    return Evidence(_LAYERS[:21], np.full(21, -6.0), _LAYERS[:21] * math.log10(0.25))


def _one(activations: Acts) -> Evidence:
    return Evidence(_LAYERS[:21], _LAYERS[:21] * math.log10(1.5), _chained(activations, 1.5, 0.0, 1.0))


def _eight(activations: Acts) -> Evidence:
    return Evidence(_LAYERS[:21], _LAYERS[:21] * math.log10(2), _chained(activations, 8.0, -4.0, 0.5))


def _he(_: Acts) -> Evidence:
    """In a wide layer of ReLU half of the units pass: weights of variance 1/n halve the squared norm."""
    return Evidence(_LAYERS, np.zeros(51), _LAYERS * math.log10(0.5) / 2)


def _dead(_: Acts) -> Evidence:
    bias = _line(3)
    return Evidence(bias, np.ones_like(bias), ndtr(-bias))


def _zeros(_: Acts) -> Evidence:
    """Multiplications of a dense product by share of zeros among its inputs: none is left out."""
    share = np.linspace(0, 1, 101)
    return Evidence(share, 1 - share, np.ones_like(share))


def _defaults(activations: Acts) -> Evidence:
    x = _line()
    fan, curves = _fan(x, *(activations["leaky_relu"](x, alpha=alpha) for alpha in (0.01, 0.2, 0.3)))
    one = np.full_like(fan, math.nan)
    one[:_POINTS] = curves[:_POINTS]
    return Evidence(fan, one, curves)


def _plus(activations: Acts) -> Evidence:
    x = np.linspace(-4, 0, 161)
    return Evidence(x, activations["elu"](x, alpha=1.8) + 1.8, activations["elu"].derivative(x, alpha=1.8))


def _kink(activations: Acts) -> Evidence:
    x = _line()
    broken = np.insert(x, _POINTS // 2 + 1, math.nan)
    slope = np.where(np.isnan(broken), math.nan, activations["elu"].derivative(np.nan_to_num(broken), alpha=2.0))
    smooth = np.interp(broken, [0.0, 0.8], [2.0, 1.0])
    return Evidence(broken, np.where(broken < 0, slope, smooth), slope)


def _half(_: Acts) -> Evidence:
    x = _line()
    claimed = np.where(x <= 0.5, 0.5, math.nan)
    return Evidence(x, claimed, ndtr(x))


def _mask(activations: Acts) -> Evidence:
    x = np.linspace(-3, 3, 61)
    mask = np.random.default_rng(SEED).random(61) < ndtr(x)
    return Evidence(x, x * mask, activations["gelu"](x))


def _scaled(_: Acts) -> Evidence:
    x = _line()
    return Evidence(x, 2 / math.sqrt(math.pi) * np.tanh(x), erf(x))


def _forms(activations: Acts) -> Evidence:
    x = _line(5)
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)
    return Evidence(x, np.full_like(x, 0.001), np.abs(0.5 * x * (1 + np.tanh(inner)) - activations["gelu"](x)))


def _steep(activations: Acts) -> Evidence:
    x = _line()
    return Evidence(x, np.ones_like(x), activations["gelu"].derivative(x))


def _monotone(activations: Acts) -> Evidence:
    x = np.linspace(-6, 1.5, _POINTS)
    fan, curves = _fan(x, *(activations[slug](x) for slug in ("gelu", "swish", "mish")))
    one = np.full_like(fan, math.nan)
    one[:_POINTS] = np.maximum(x, 0)
    return Evidence(fan, one, curves)


def _zoneout(_: Acts) -> Evidence:
    """A hidden state over time; at the same random steps one line is set to 0, the other keeps what it was."""
    step = np.arange(25, dtype=np.float64)
    state = 1.2 + 0.8 * np.sin(step / 3)
    hit = np.random.default_rng(SEED).random(25) < 0.25
    zoned = state.copy()
    for t in range(1, 25):
        zoned[t] = zoned[t - 1] if hit[t] else state[t]
    return Evidence(step, np.where(hit, 0.0, state), zoned)


_FOUND: dict[str, Callable[[Acts], Evidence]] = {
    "collapse": _collapse, "step": _step, "quarter": _quarter, "stretch": _stretch, "bound": _bound,
    "one": _one, "eight": _eight, "he": _he, "dead": _dead, "zeros": _zeros, "defaults": _defaults,
    "plus": _plus, "kink": _kink, "half": _half, "mask": _mask, "scaled": _scaled, "forms": _forms,
    "steep": _steep, "monotone": _monotone, "zoneout": _zoneout,
}  # fmt: skip
