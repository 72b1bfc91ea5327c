"""One neuron a = f(w1 x1 + w2 x2 + b): which of four inputs it answers, by hand and by gradient descent.

A threshold for f is the neuron of McCulloch & Pitts (Bulletin of Mathematical Biophysics 5, 1943); gradient descent
through f is the delta rule for one unit (Rumelhart, Hinton & Williams, Nature 323, 1986). Weights are (w1, w2, b).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from activations.spec import Activation, Array, Param

_REAL = (-math.inf, math.inf)
WEIGHTS = (
    Param("w1", "w_1", 0.7, -3.0, 3.0, 0.1, domain=_REAL),
    Param("w2", "w_2", -0.4, -3.0, 3.0, 0.1, domain=_REAL),
    Param("b", "b", 0.3, -3.0, 3.0, 0.1, domain=_REAL),
)
MOMENT = Param("t", "t", 0, 0, 40, 1, domain=(0, math.inf), whole=True)
PARAMS = (*WEIGHTS, MOMENT)
STEPS = MOMENT.grid.astype(int) ** 2  # of gradient descent done at each moment: more and more, as less and less happens

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TASKS: Mapping[str, Array] = {"and": np.array([0.0, 0.0, 0.0, 1.0]), "or": np.array([0.0, 1.0, 1.0, 1.0])}
STARTS: Mapping[str, tuple[float, float, float]] = {
    "a": (0.7, -0.4, 0.3),
    "b": (1.0, -1.0, 0.5),
}
HALFWAY = {"and": (1.0, 1.0, -1.5), "or": (1.0, 1.0, -0.5)}  # z = 0 midway between the inputs of either answer
RATE = 0.5
YES = 0.5  # an output above this counts as the answer 1

_CENTRE, _FAR = 0.5, 3.0  # of the plane that is drawn, and farther than any of it is from there
_WITH_ONE = np.column_stack([INPUTS, np.ones(len(INPUTS))])


def pre_activation(weights: ArrayLike) -> Array:
    """z at each of the four inputs, of shape (..., 4), for weights of shape (..., 3).

    Rounded to twelve decimals, so that tenths which add up to 0 do: a step jumps there.
    """
    return np.asarray(np.round(np.asarray(weights, dtype=np.float64) @ _WITH_ONE.T, 12))


def loss(activation: Activation, weights: ArrayLike, target: Array) -> Array:
    """The mean over the four inputs of (a - target) squared, of shape (...)."""
    return np.asarray(np.mean((activation(pre_activation(weights)) - target) ** 2, axis=-1))


def gradient(activation: Activation, weights: Array, target: Array) -> Array:
    """The derivative of the loss by (w1, w2, b): the mean of 2 (a - target) f'(z) times (x1, x2, 1)."""
    z = _WITH_ONE @ weights
    return np.asarray((activation.f(z) - target) * activation.df(z) @ _WITH_ONE * (2 / len(INPUTS)))


def right(outputs: Array, target: Array) -> Array:
    """For each output whether it is on its target's side of ``YES``."""
    return np.asarray((outputs > YES) == (target > YES))


@dataclass(frozen=True)
class Run:
    """A neuron at each moment of its training: ``weights`` of shape (moments, 3), ``loss`` of shape (moments,)."""

    weights: Array
    loss: Array


@lru_cache(maxsize=64)
def learn(activation: Activation, task: str, start: str) -> Run:
    """Full-batch gradient descent at ``RATE``; KeyError for a task or a start that does not exist."""
    weights, target = np.array(STARTS[start]), TASKS[task]
    met = np.empty((len(STEPS), 3))
    for moment, steps in enumerate(np.diff(STEPS, prepend=0)):
        for _ in range(steps):
            move = gradient(activation, weights, target)
            if not move.any():
                break  # nor will it ever move again
            weights = weights - RATE * move
        met[moment] = weights
    return Run(met, loss(activation, met, target))


def along(weights: Mapping[str, float], name: str) -> Array:
    """The weights with the one called ``name`` at every position of its slider, of shape (positions, 3)."""
    param = next(param for param in WEIGHTS if param.name == name)
    return np.column_stack([param.grid if p is param else np.full(len(param.grid), weights[p.name]) for p in WEIGHTS])


def side(weights: Array, levels: Sequence[float]) -> tuple[Array, Array]:
    """Where z >= each level in the plane of inputs, for weights of shape (settings, 3).

    Gives x1 and x2 of the four corners of a box, each of shape (levels, settings, 4). The box holds all of that side
    within [-1, 2] x [-1, 2]; its first two corners span the line z = level, which passes outside where the side is all
    of the square or nothing.
    """
    w, rise = weights[:, :2], np.hypot(weights[:, 0], weights[:, 1])
    short = np.array(levels)[:, None] - weights[:, 2] - _CENTRE * w.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.where(rise > 0, short / rise, np.where(short <= 0, -math.inf, math.inf))
        up1, up2 = np.where(rise > 0, w.T / rise, [[1.0], [0.0]])
    near = np.clip(away, -_FAR, _FAR)[..., None]
    ahead = near + np.array([0.0, 0.0, 2 * _FAR, 2 * _FAR])
    across = np.array([_FAR, -_FAR, -_FAR, _FAR])
    up1, up2 = up1[:, None], up2[:, None]
    return _CENTRE + ahead * up1 - across * up2, _CENTRE + ahead * up2 + across * up1
