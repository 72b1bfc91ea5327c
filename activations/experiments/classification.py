"""A small network that is trained to tell two classes in the plane apart, seen at some moments of its training.

Full-batch gradient descent with momentum 0.9 on the logistic loss, weights of variance 2 / fan-in (He et al.,
arXiv:1502.01852).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from activations.experiments import descent, network
from activations.experiments.descent import Descent
from activations.experiments.network import Network
from activations.spec import Activation, Array, Param

STEPS = 200
_FRAMES = 40
TIME = Param("t", "t", 0, 0, _FRAMES - 1, 1, domain=(0, math.inf), whole=True)
UNITS = {"xor": 8, "spirals": 12}
"""How many hidden units there are in all, by the name of the task; two layers share them."""
EXTENT, CELLS = 2.2, 26  # half the width of the square that is seen; its cells along a side
SIDE = np.linspace(-EXTENT, EXTENT, CELLS)
_AROUND = (np.s_[:, :-1, :-1], np.s_[:, :-1, 1:], np.s_[:, 1:, 1:], np.s_[:, 1:, :-1])  # a square, counterclockwise
_PER_CORNER, _PER_ARM, _TURNS = 16, 32, 1.25


def moments() -> NDArray[np.int_]:
    """The steps at which the network is seen, one a position of ``TIME``: close together first, then further apart."""
    k = np.arange(_FRAMES)
    return np.asarray(np.maximum(k, np.round(STEPS * (k / (_FRAMES - 1)) ** 1.7).astype(int)))


@lru_cache
def examples(task: str) -> tuple[Array, Array]:
    """Points (examples, 2) and their classes 0 and 1 (examples, 1) of a task, the same at every run.

    "xor": four clouds, mirrored so that no line helps at all. "spirals": two arms, one the other turned by half.
    Raises KeyError for another name.
    """
    points, half = {"xor": _corners, "spirals": _arms}[task]()
    return points, np.repeat([0.0, 1.0], half)[:, None]


def _corners() -> tuple[Array, int]:
    cloud = np.clip(np.random.default_rng(1).normal(1.0, 0.35, (_PER_CORNER, 2)), 0.25, 1.8)
    return np.concatenate([cloud * side for side in ((1, 1), (-1, -1), (1, -1), (-1, 1))]), 2 * _PER_CORNER


def _arms() -> tuple[Array, int]:
    far = np.sqrt(0.06 + 0.94 * (np.arange(_PER_ARM) + 0.5) / _PER_ARM)
    angle = 2 * math.pi * _TURNS * far
    arm = 2 * np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1)
    return np.concatenate([arm, -arm]), _PER_ARM


@lru_cache
def linear_loss(task: str) -> float:
    """The least loss that a straight boundary, and so a stack of linear layers however deep, reaches on a task.

    It is logistic regression, a convex problem, solved by Newton's method.
    """
    x, y = examples(task)
    given, theta = np.column_stack([x, np.ones(len(x))]), np.zeros(3)
    for _ in range(20):
        probability = expit(given @ theta)
        curvature = given.T @ (given * (probability * (1 - probability))[:, None])
        theta -= np.linalg.solve(curvature, given.T @ (probability - y[:, 0]))
    return float(descent.logistic.value((given @ theta)[:, None], y))


@dataclass(frozen=True)
class Run:
    """A training seen at ``moments()``, the first axis of all but ``loss``, which has one entry a step.

    ``probability`` (moments, cells) is that of class 1 over the square, row by row from below, NaN once the run
    ``diverged`` (at that step, None if it never does). ``right`` counts the examples on their side; ``stuck`` the
    hidden units whose slope is exactly 0 at every example, out of ``units``; both are 0 once the run diverged.
    ``boundary`` (moments, points, 2) are the pieces of the line where the probability is ½, NaN between them and at
    the end.
    """

    loss: Array
    probability: Array
    boundary: Array
    right: NDArray[np.int_]
    stuck: NDArray[np.int_]
    units: int
    diverged: int | None


@lru_cache(maxsize=128)
def train(activation: Activation, task: str, hidden: int, rate: float, seed: int) -> Run:
    """Train a network with so many hidden layers; the same for every visitor."""
    x, y = examples(task)
    widths = [UNITS[task] // hidden] * hidden if hidden else []
    net = Network.fresh(activation, (2, *widths, 1), "he", seed)
    run = network.train(net, x, y, descent.logistic, Descent(rate, 0.9), moments().tolist())
    passed = run.networks.forward(x)
    whole = np.isfinite(run.networks.theta).all(axis=1)
    right = ((passed.output > 0) == (y > 0)).all(axis=-1).sum(axis=-1)
    stuck = sum(
        (
            (activation.df(z, **activation.checked({})) == 0).all(axis=1).sum(axis=1)
            for z in passed.pre_activations[:-1]
        ),
        0,
    )
    logits = run.networks.outputs(_cells())[..., 0]
    return Run(
        run.loss,
        expit(logits),
        boundary(logits.reshape(-1, CELLS, CELLS)),
        np.where(whole, right, 0),
        np.where(whole, stuck, 0),
        sum(widths),
        run.diverged,
    )


@lru_cache
def _cells() -> Array:
    return np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)


def boundary(height: Array) -> Array:
    """Where a function given at ``SIDE`` × ``SIDE`` (frames, rows, columns) is 0, as pieces (frames, points, 2).

    Each square between four cells has a piece from side to side, or two; a side is crossed where its ends differ in
    sign, at the zero of the line between them.
    """
    above = height > 0
    mixed = np.logical_or.reduce([above[one] != above[next_] for one, next_ in itertools.pairwise(_AROUND)])
    # Of most squares all four corners lie on one side.
    frame, row, column = np.nonzero(mixed)
    corners = np.stack([height[at][mixed] for at in _AROUND], axis=-1)
    crossed = (corners > 0) != (np.roll(corners, -1, axis=-1) > 0)
    crossed &= np.isfinite(corners).all(axis=-1, keepdims=True)
    square, side = np.nonzero(crossed)
    start, end = (corners[square, (side + turn) % 4] for turn in (0, 1))
    share = start / (start - end)
    corner = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    inside = corner[side] + share[:, None] * (corner[(side + 1) % 4] - corner[side])
    points = -EXTENT + (np.stack([column, row], axis=1)[square] + inside) * (SIDE[1] - SIDE[0])
    return _pieces(frame[square], points, len(height))


def _pieces(frame: NDArray[np.int_], points: Array, frames: int) -> Array:
    """Each two points that follow one another are a piece of their frame."""
    begin = frame[::2]
    count = np.bincount(begin, minlength=frames)
    place = np.arange(len(begin)) - np.repeat(np.cumsum(count) - count, count)
    laid = np.full((frames, int(count.max(initial=1)), 3, 2), math.nan)
    laid[begin, place, 0], laid[begin, place, 1] = points[::2], points[1::2]
    return laid.reshape(frames, -1, 2)
