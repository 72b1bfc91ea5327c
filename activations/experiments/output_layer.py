"""The output layer: an output function and a loss belong together, because their product is the gradient at the logit.

A ``Pairing`` is an output function with a loss, a ``Task`` the pairings that are compared for one kind of target. With
the loss that is the negative log-likelihood under the canonical link (identity, exp, sigmoid, softmax), the gradient at
the logit is output minus target (Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.6 and 5.2).
The second half of the file trains a logistic regression with three of the pairings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from activations.experiments import stored
from activations.spec import Array, Param

_LINE = (-math.inf, math.inf)
LOGIT = Param("z", "z", 2.0, -10.0, 10.0, 0.1, domain=_LINE)
VALUE = Param("u", "z", 1.0, -5.0, 5.0, 0.1, domain=_LINE)
LABEL = Param("label", "y", 0, 0, 1, 1, domain=(0.0, 1.0), whole=True)
NUMBER = Param("y", "y", -2.0, -5.0, 5.0, 0.5, domain=_LINE)
AMOUNT = Param("amount", "y", 3.0, 0.0, 10.0, 0.5, domain=(0.0, math.inf))
SHARE = Param("share", "y", 0.8, 0.0, 1.0, 0.05, domain=(0.0, 1.0))
CLASSES = Param("k", "k", 10, 2, 50, 1, domain=(2.0, math.inf), whole=True)
RIGHT = Param("m", "m", 2, 1, 5, 1, domain=(1.0, 9.0), whole=True)
LABELS = 10  # of which ``RIGHT`` are right where several can be
Formula = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Pairing:
    """An output function with a loss, each a function of the logit z and the target, arrays that broadcast.

    ``gradient`` is the derivative of ``loss`` by z. It keeps its digits where the output is nearly the target.
    """

    output: Formula
    loss: Formula
    gradient: Formula


@dataclass(frozen=True)
class Task:
    """What the output means: the ``pairings`` by name, the recommended one first, and the sliders of z and the target.

    Where one or several of many classes are right, z is the logit of a right class, and those of the others are 0. The
    target is then the number of classes, or how many of ``LABELS`` are right. Loss and gradient are those of one right
    class.
    """

    pairings: Mapping[str, Pairing]
    z: Param
    target: Param


def _of_error(output: Formula, error: Formula, slope: Callable[[Array], Array]) -> Pairing:
    """The squared error of an output, whose ``error`` is output minus target and whose derivative by z is ``slope``."""
    return Pairing(output, lambda z, y: error(z, y) ** 2, lambda z, y: np.asarray(2 * error(z, y) * slope(z)))


def _squared(f: Callable[[Array], Array], slope: Callable[[Array], Array]) -> Pairing:
    """The function ``f``, whose derivative is ``slope``, with the squared error."""
    return _of_error(lambda z, _: f(z), lambda z, y: np.asarray(f(z) - y), slope)


def _sigmoid(z: Array, _: Array) -> Array:
    return np.asarray(expit(z))


def _error(z: Array, y: Array) -> Array:
    """sigmoid(z) - y, without cancellation, for y from 0 to 1."""
    return np.asarray((1 - y) * expit(z) - y * expit(-z))


def _cross_entropy(z: Array, y: Array) -> Array:
    """-y log p - (1 - y) log(1 - p) for p = sigmoid(z)."""
    return np.asarray((1 - y) * np.logaddexp(0, z) + y * np.logaddexp(0, -z))


def _tanh_error(z: Array, y: Array) -> Array:
    """tanh(z) minus the target -1 or 1, which stands for the label 0 or 1."""
    return np.asarray(2 * _error(2 * z, y))


def _sigmoid_slope(z: Array) -> Array:
    return np.asarray(expit(z) * expit(-z))


def _tanh_slope(z: Array) -> Array:
    return 4 * _sigmoid_slope(2 * z)


def _lead(z: Array, k: Array) -> Array:
    """The logit whose sigmoid is the softmax of z against k - 1 zeros."""
    return np.asarray(z - np.log(k - 1))


def _second_lead(z: Array, k: Array) -> Array:
    """The same for the second softmax, whose logits are the probabilities of the first."""
    p, rest = expit(_lead(z, k)), expit(-_lead(z, k))
    return _lead(p - rest / (k - 1), k)


def _twice_gradient(z: Array, k: Array) -> Array:
    first = _lead(z, k)
    return np.asarray(-expit(-_second_lead(z, k)) * expit(first) * expit(-first) * k / (k - 1))


def _shared_lead(z: Array, m: Array) -> Array:
    """The logit whose sigmoid is the sum of softmax over m right labels that share the logit z."""
    return np.asarray(z + np.log(m / (LABELS - m)))


_ONE = np.ones(())
SIGMOID_CE = Pairing(_sigmoid, _cross_entropy, _error)
SIGMOID_SE = _of_error(_sigmoid, _error, _sigmoid_slope)
TANH_SE = _of_error(lambda z, _: np.tanh(z), _tanh_error, _tanh_slope)
IDENTITY_SE = _squared(np.positive, np.ones_like)
_RIGHT_SIGMOID = Pairing(_sigmoid, lambda z, _: _cross_entropy(z, _ONE), lambda z, _: _error(z, _ONE))
_SOFTMAX = Pairing(
    lambda z, k: np.asarray(expit(_lead(z, k))),
    lambda z, k: np.asarray(np.logaddexp(0, -_lead(z, k))),
    lambda z, k: np.asarray(-expit(-_lead(z, k))),
)
_TWICE = Pairing(
    lambda z, k: np.asarray(expit(_second_lead(z, k))),
    lambda z, k: np.asarray(np.logaddexp(0, -_second_lead(z, k))),
    _twice_gradient,
)
_SHARED = Pairing(
    lambda z, m: np.asarray(expit(_shared_lead(z, m)) / m),
    lambda z, m: np.asarray(np.log(m) + np.logaddexp(0, -_shared_lead(z, m))),
    lambda z, m: np.asarray(-expit(-_shared_lead(z, m))),
)
_POISSON = Pairing(lambda z, _: np.exp(z), lambda z, y: np.exp(z) - y * z, lambda z, y: np.exp(z) - y)

TASKS: Mapping[str, Task] = {
    "binary": Task({"sigmoid_ce": SIGMOID_CE, "sigmoid_se": SIGMOID_SE, "tanh_se": TANH_SE}, LOGIT, LABEL),
    "one": Task({"once_ce": _SOFTMAX, "twice_ce": _TWICE, "sigmoid_ce": _RIGHT_SIGMOID}, LOGIT, CLASSES),
    "several": Task({"sigmoid_ce": _RIGHT_SIGMOID, "once_ce": _SHARED}, LOGIT, RIGHT),
    "real": Task(
        {
            "identity_se": IDENTITY_SE,
            # The derivative of ReLU at 0 is 0, as libraries take it.
            "relu_se": _squared(lambda z: np.maximum(z, 0), lambda z: np.where(np.isnan(z), z, z > 0)),
            "tanh_se": _squared(np.tanh, _tanh_slope),
        },
        VALUE,
        NUMBER,
    ),
    "positive": Task(
        {
            "exponential_poisson": _POISSON,
            "exponential_se": _squared(np.exp, np.exp),
            "softplus_se": _squared(lambda z: np.logaddexp(0, z), expit),
        },
        VALUE,
        AMOUNT,
    ),
    "bounded": Task({"sigmoid_ce": SIGMOID_CE, "identity_se": IDENTITY_SE, "sigmoid_se": SIGMOID_SE}, LOGIT, SHARE),
}


def largest_after_two(classes: ArrayLike) -> Array:
    """The limit of the largest probability of softmax applied twice, e / (e + k - 1), for k ``classes``."""
    return np.asarray(math.e / (math.e + np.asarray(classes, dtype=np.float64) - 1))


TIME = Param("t", "t", 0, 0, 40, 1, domain=(0, math.inf), whole=True)
STEPS = TIME.grid.astype(int) ** 2  # of gradient descent done at each moment: more and more, as less and less happens
START = Param("w0", "w_0", -6.0, -8.0, 0.0, 0.5, domain=_LINE)
TRAINED: Mapping[str, Pairing] = TASKS["binary"].pairings
RATE, SEED, HALF = 0.5, 3, 20
UNIT = 1e-4  # that a weight is kept to
_FILE = Path(__file__).with_suffix(".npz")


@lru_cache
def examples() -> tuple[Array, Array]:
    """Inputs (examples,) and their labels 0 and 1: two overlapping clouds of ``HALF`` points, the same at every run."""
    rng = np.random.default_rng(SEED)
    return np.concatenate([rng.normal(mean, 0.5, HALF) for mean in (-1.0, 1.0)]), np.repeat([0.0, 1.0], HALF)


def train(starts: ArrayLike) -> Array:
    """Weight and bias of z = wx + b at each moment of training, of shape (pairings, starts, moments, 2).

    Full-batch gradient descent at ``RATE`` on the mean loss, from these weights and the bias 0.
    """
    x, y = examples()
    first = np.atleast_1d(np.asarray(starts, dtype=np.float64))
    met = np.empty((len(TRAINED), len(first), len(STEPS), 2))
    for row, pairing in zip(met, TRAINED.values(), strict=True):
        w, b = first.copy(), np.zeros_like(first)
        for moment, steps in enumerate(np.diff(STEPS, prepend=0)):
            for _ in range(steps):
                slope = pairing.gradient(w[:, None] * x + b[:, None], y)
                w, b = w - RATE * (slope @ x) / len(x), b - RATE * slope.mean(axis=1)
            row[:, moment, 0], row[:, moment, 1] = w, b
    return met


@lru_cache
def load() -> Mapping[str, Array]:
    """By pairing the weights and biases at every position of ``START`` and ``TIME``, of shape (starts, moments, 2)."""
    with np.load(_FILE) as file:
        met = np.moveaxis(stored.values(file["weights"], UNIT), -2, -1)
    return dict(zip(TRAINED, met, strict=True))


def write() -> None:
    """Train from every start and keep the weights."""
    met = np.moveaxis(train(START.grid), -1, -2)
    np.savez_compressed(_FILE, weights=stored.steps(met, UNIT))


def probability(name: str, weights: Array, x: Array) -> Array:
    """The probability of label 1 at ``x`` by the pairing of this name, (a + 1) / 2 for tanh: weights (..., 2) give
    (..., points)."""
    z = weights[..., :1] * x + weights[..., 1:]
    return np.asarray(expit(2 * z if name.startswith("tanh") else z))


def judged(name: str, weights: Array) -> tuple[Array, Array]:
    """The mean probability of the wrong label, and how many examples lie on the right side of one half, of shape
    (...)."""
    x, y = examples()
    wrong = np.abs(probability(name, weights, x) - y)
    return np.asarray(wrong.mean(axis=-1)), np.asarray((wrong < 0.5).sum(axis=-1))
