"""A parametric ReLU that learns the slope of its left side while a regression is trained.

ŷ = f(w x + b) with f(z) = z for z > 0 and α z else: He, Zhang, Ren & Sun, arXiv:1502.01852, who start α at 0.25, leave
its range free and keep weight decay away from it. Gradient descent on half the mean squared error moves w, b and α.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations.spec import Array, Param

START = {"alpha": 0.25, "w": 0.6, "b": 0.4}
TARGETS: Mapping[str, float] = {"abs": -1.0, "relu": 0.0, "leaky": 0.5, "line": 1.0}  # the slope of the data for x < 0
TIME = Param("t", "t", 0, 0, 48, 1, domain=(0, 48), whole=True)
STEPS = (TIME.grid + np.round(72 * (TIME.grid / TIME.high) ** 2)).astype(int)  # how many steps each moment comes after
POINTS, NOISE, SEED, RATE = 80, 0.1, 2015, 0.2


@dataclass(frozen=True, eq=False)
class Training:
    """One row a moment: ``alpha``, ``w``, ``b``, the ``loss`` and its ``alpha_gradient``, before the next step."""

    alpha: Array
    w: Array
    b: Array
    loss: Array
    alpha_gradient: Array


def data(target: str) -> tuple[Array, Array]:
    """Inputs in [-3, 3] and what is to be learnt of them: x for x > 0, the target's slope times x else, and noise."""
    rng = np.random.default_rng(SEED)
    x = np.sort(rng.uniform(-3, 3, POINTS))
    return x, np.where(x > 0, x, TARGETS[target] * x) + NOISE * rng.standard_normal(POINTS)


def response(x: Array, alpha: Array | float, w: Array | float, b: Array | float) -> Array:
    """The unit's output; parameters broadcast against ``x``."""
    z = w * x + b
    return np.asarray(np.where(z > 0, z, alpha * z))


def gradient(x: Array, y: Array, alpha: float, w: float, b: float) -> tuple[float, dict[str, float]]:
    """Half the mean squared error, and its gradient on each parameter; at z = 0 the slope is α."""
    z = w * x + b
    error = (response(x, alpha, w, b) - y) / len(x)
    through = error * np.where(z > 0, 1.0, alpha)
    found = {"alpha": error @ np.minimum(z, 0), "w": through @ x, "b": through.sum()}
    return float(error @ error * len(x) / 2), {name: float(value) for name, value in found.items()}


@lru_cache(maxsize=8)
def train(target: str) -> Training:
    """A whole training from ``START``, looked at after each of ``STEPS``; ValueError for an unknown target."""
    if target not in TARGETS:
        raise ValueError(f"target must be one of {', '.join(TARGETS)}, got {target!r}")
    x, y = data(target)
    at, seen = dict(START), []
    for _ in range(int(STEPS[-1]) + 1):
        loss, slope = gradient(x, y, **at)
        seen.append((at["alpha"], at["w"], at["b"], loss, slope["alpha"]))
        at = {name: value - RATE * slope[name] for name, value in at.items()}
    return Training(*np.array(seen)[STEPS].T)
