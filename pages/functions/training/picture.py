"""A PReLU in training as this page draws it: the data with the unit, and the way of α and of the gradient on it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from activations.experiments import prelu
from activations.experiments.prelu import STEPS, TARGETS
from activations.spec import Array
from pages.shared import live, words

EDGE = 3.0  # of the inputs
LAST = float(STEPS[-1])
_MOMENTS = len(STEPS)


@lru_cache(maxsize=8)
def along(target: str) -> live.Pack:
    """What moves, and what is printed, at every moment."""
    drawn = frames(target)
    return live.pack({name: drawn[name] for name in _MOVING}, printed(target))


def still(target: str, now: int) -> dict[str, Array]:
    """The picture at one moment."""
    return {name: array[now] for name, array in frames(target).items()}


@lru_cache(maxsize=8)
def frames(target: str) -> dict[str, Array]:
    """Every array by name, of shape (moments, points)."""
    run, (x, y) = prelu.learn(target), prelu.data(target)
    kink = -run.b / run.w
    places = np.stack([np.full(_MOMENTS, -EDGE), kink, np.full(_MOMENTS, EDGE)], axis=1)
    drawn = {
        "data.x": _each(x), "data.y": _each(y), "fit.x": places,
        "fit.y": prelu.response(places, *(part[:, None] for part in (run.alpha, run.w, run.b))),
        "aim.x": _each(np.array([0.0, LAST])), "aim.y": _each(np.full(2, TARGETS[target])),
        "aim_word.x": _each(np.array([0.92 * LAST])), "aim_word.y": _each(np.array([TARGETS[target] - 0.06])),
    }  # fmt: skip
    for name, part in (("alpha", run.alpha), ("pull", run.pull)):
        drawn |= _way(name, part)
        drawn |= {f"whole_{name}.x": _each(STEPS.astype(np.float64)), f"whole_{name}.y": _each(part)}
    return drawn


_MOVING = ("fit.x", "fit.y", *(f"{name}.{axis}" for name in ("alpha", "pull") for axis in ("x", "y")))
_MOVING += tuple(f"{name}_now.{axis}" for name in ("alpha", "pull") for axis in ("x", "y"))


@lru_cache(maxsize=8)
def printed(target: str) -> dict[str, list[str]]:
    """How many steps were taken, the parameters, the loss and the gradient on α, a text a moment, by mark."""
    run = prelu.learn(target)
    told = {"step": [str(step) for step in STEPS]}
    for name, part, decimals in (("alpha", run.alpha, 3), ("pull", run.pull, 4), ("loss", run.loss, 4)):
        told[name] = words.numbers(part, decimals)
    told["moves"] = words.numbers(-prelu.RATE * run.pull, 4)
    return told


def _way(name: str, part: Array) -> dict[str, Array]:
    """The line of a number up to each moment, and a dot at its end."""
    past = np.arange(_MOMENTS) <= np.arange(_MOMENTS)[:, None]
    steps = STEPS.astype(np.float64)
    return {
        f"{name}.x": _each(steps), f"{name}.y": np.where(past, part, math.nan),
        f"{name}_now.x": steps[:, None], f"{name}_now.y": part[:, None],
    }  # fmt: skip


def _each(row: Array) -> Array:
    return np.tile(row, (_MOMENTS, 1))


def height(target: str) -> tuple[float, float]:
    """The least and the greatest of what the data and the unit are in a whole training."""
    drawn = frames(target)
    both = np.concatenate([drawn["data.y"].ravel(), drawn["fit.y"].ravel()])
    return float(both.min()), float(both.max())
