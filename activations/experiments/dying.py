"""How a unit falls into the dead zone z <= 0, for one input or for all of them, and whether descent brings it back.

Dying units: Lu, Shin, Su & Karniadakis, arXiv:1903.06733. Leaky ReLU: Maas, Hannun & Ng, ICML 2013 workshop. ELU:
Clevert, Unterthiner & Hochreiter, arXiv:1511.07289. GELU: Hendrycks & Gimpel, arXiv:1606.08415.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr, ndtri

from activations.experiments import stored
from activations.spec import Activation, Array, Param

BIAS = Param("b", "b", 0.0, -4.0, 2.0, 0.1, domain=(-math.inf, math.inf))
STEP = Param("step", "η", 2.0, 0.5, 3.0, 0.25, domain=(0.0, math.inf))
LEAK = Param("leak", "α", 0.1, 0.0, 0.3, 0.01, domain=(0.0, math.inf))
FLOOR = Param("alpha", "α", 1.0, 0.0, 2.0, 0.1, domain=(0.0, math.inf))
TIME = Param("t", "t", 1, 0, 40, 1, domain=(0, 40), whole=True)
LATER = (TIME, STEP, LEAK, FLOOR)
FUNCTIONS = ("relu", "leaky_relu", "elu", "gelu")
OVER = {"leaky_relu": LEAK, "elu": FLOOR}  # the slider that sets the parameter of a function

DRAWN = 200  # inputs for which it is asked whether all are off
START = (1.5, 0.5)  # weight and bias before the large step: every input is on
RATE = 0.5  # of the steps after the large one; up to 0.91 descent is stable here
INPUTS = (np.arange(16) + 0.5) / 8  # in (0, 2), as the outputs of a layer of ReLUs are: none is negative
MOMENTS = np.unique(np.round(np.concatenate([np.arange(8), np.geomspace(8, 600, 33)])).astype(int))
UNIT = 1e-7  # of which stored weights and biases are multiples
_SEEN = frozenset(MOMENTS.tolist())
_FILE = Path(__file__).with_suffix(".npz")


def probability_off(bias: ArrayLike) -> Array:
    """P(z <= 0) for z ~ N(bias, 1), the probability that a ReLU is off for an input."""
    return np.asarray(ndtr(-np.asarray(bias, dtype=np.float64)))


def probability_on(bias: ArrayLike) -> Array:
    """P(z > 0) for z ~ N(bias, 1), to full precision where it is tiny."""
    return np.asarray(ndtr(np.asarray(bias, dtype=np.float64)))


def log10_all_off(bias: ArrayLike, inputs: int) -> Array:
    """log10 of the probability that so many independent inputs are all off."""
    return np.asarray(inputs * log_ndtr(-np.asarray(bias, dtype=np.float64)) / math.log(10))


def density(z: ArrayLike) -> Array:
    """The density of N(0, 1)."""
    return np.asarray(np.exp(-np.square(z) / 2) / math.sqrt(2 * math.pi))


def quantiles(inputs: int) -> Array:
    """Quantiles of N(0, 1) at the middles of so many slices of equal probability, ascending."""
    return np.asarray(ndtri((np.arange(inputs) + 0.5) / inputs))


@dataclass(frozen=True)
class Runs:
    """One unit f(w x + b), moved by one large step of gradient descent and then trained at ``RATE``, for some runs.

    ``weight`` and ``bias`` are (runs, moments): at each of ``MOMENTS``, of which 0 is before the large step and 1
    after it. ``again`` (runs) is the first step after which some input is on again: 1 if the large step left one on,
    NaN if none is by the last moment.
    """

    weight: Array
    bias: Array
    again: Array

    def only(self, runs: NDArray[np.intp]) -> Runs:
        """These of the runs, in this order."""
        return Runs(self.weight[runs], self.bias[runs], self.again[runs])

    @property
    def z(self) -> Array:
        """The pre-activation of each input, (runs, moments, inputs)."""
        return self.weight[..., None] * INPUTS + self.bias[..., None]


def gradient(activation: Activation, weight: Array, bias: Array, **params: Array) -> tuple[Array, Array]:
    """The derivatives, by weight and bias (runs), of ½ mean (f(w x + b) − x)² over ``INPUTS``."""
    z = weight[:, None] * INPUTS + bias[:, None]
    error = (activation.f(z, **params) - INPUTS) * activation.df(z, **params)
    return error @ INPUTS / len(INPUTS), error.mean(axis=1)


def train(activation: Activation, step: ArrayLike, **params: ArrayLike) -> Runs:
    """Runs for large steps ``step`` (runs) and parameters of the activation, alone or one a run.

    Raises ValueError for a parameter that the activation does not have or that is outside its domain.
    """
    first = np.atleast_1d(np.asarray(step, dtype=np.float64))
    settings = {
        name: np.broadcast_to(value, first.shape)[:, None] for name, value in activation.checked(params).items()
    }
    weight, bias = (np.full(first.shape, start) for start in START)
    again, seen = np.full(first.shape, math.nan), []
    for now in range(MOMENTS[-1] + 1):
        if now in _SEEN:
            seen.append((weight, bias))
        if now:
            on = np.maximum(weight * INPUTS[0], weight * INPUTS[-1]) + bias > 0
            again = np.where(np.isnan(again) & on, now, again)
        by_weight, by_bias = gradient(activation, weight, bias, **settings)
        rate = RATE if now else first
        weight, bias = weight - rate * by_weight, bias - rate * by_bias
    weights, biases = (np.stack(part, axis=1) for part in zip(*seen, strict=True))
    return Runs(weights, biases, again)


def all_runs(activation: Activation) -> Runs:
    """The runs of all positions of the sliders: for each of ``STEP`` those of the one in ``OVER``, if there is one."""
    inner = OVER[activation.slug].grid if activation.slug in OVER else np.zeros(1)
    step, value = (part.ravel() for part in np.meshgrid(STEP.grid, inner, indexing="ij"))
    return train(activation, step, **({activation.params[0].name: value} if activation.slug in OVER else {}))


@lru_cache(maxsize=8)
def stored_runs(activation: Activation) -> Runs:
    """What ``all_runs`` gives for one of ``FUNCTIONS``, as stored: weights and biases to a multiple of ``UNIT``."""
    with np.load(_FILE) as file:
        weight, bias = (stored.values(file[f"{activation.slug}.{part}"], UNIT) for part in ("weight", "bias"))
        return Runs(weight, bias, file[f"{activation.slug}.again"])


def runs_at(activation: Activation, state: Mapping[str, Array]) -> Runs:
    """The stored runs of one of ``FUNCTIONS`` where its sliders, by name, have these values (runs)."""
    found = np.zeros(1, dtype=np.intp)
    for param in (STEP, *([OVER[activation.slug]] if activation.slug in OVER else [])):
        found = found * len(param.grid) + np.rint((state[param.name] - param.low) / param.step).astype(np.intp)
    return stored_runs(activation).only(found)


def write(catalogue: Mapping[str, Activation]) -> None:
    """Compute every run, and keep them."""
    arrays: dict[str, Any] = {}
    for slug in FUNCTIONS:
        run = all_runs(catalogue[slug])
        arrays |= {f"{slug}.{part}": stored.steps(getattr(run, part), UNIT) for part in ("weight", "bias")}
        arrays[f"{slug}.again"] = run.again
    np.savez_compressed(_FILE, **arrays)
