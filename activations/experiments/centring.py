"""Gradient descent of a linear neuron with two weights: what the mean of its inputs does to the loss and to the path.

The neuron is w · x, its loss L(w) = ½ mean (w · x − y)² over ``POINTS`` inputs. The targets y = ``MINIMUM`` · x belong
to the inputs as they are, so L is 0 at the same weights whatever is subtracted from the inputs. L is a quadratic whose
Hessian H = mean x xᵀ is the covariance of the inputs plus μ μᵀ, the outer product of their mean.

LeCun, Bottou, Orr & Müller, "Efficient BackProp", in Neural Networks: Tricks of the Trade, Springer 1998, section 4.3.
Eigenvalues of H: LeCun, Kanter & Solla, Physical Review Letters 66, 2396 (1991).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.spec import Activation, Array, Param

_REAL = (-math.inf, math.inf)
SHIFT = Param("c", "c", 0.0, 0.0, 2.0, 0.05, domain=_REAL)
"""What is subtracted from both inputs of the neuron."""
RATE = Param("r", "r", 1.0, 0.1, 1.3, 0.05, domain=(0.0, math.inf))
"""The learning rate as a multiple of ``reference_rate``."""
TIME = Param("t", "t", 30, 0, 30, 1, domain=(0.0, math.inf), whole=True)

START, MINIMUM = np.array([0.0, 0.0]), np.array([1.5, -0.5])
OFFSET = 2.0  # of inputs that are measured and went through no function
GOAL = 0.01  # the share of the loss at the start that is to be reached
CORRELATION = 0.2

_HALF = np.array(
    [
        [1.21, 1.26],
        [1.31, -0.92],
        [0.29, -0.36],
        [0.83, -0.89],
        [1.02, 1.24],
        [1.10, 0.97],
        [-0.19, 1.33],
        [1.33, 0.63],
    ]
)


def _pre_activations() -> Array:
    """Points (``POINTS``, 2) of mean 0, variance 1 and this ``CORRELATION``; each is followed by its negative."""
    found = np.linalg.cholesky(_HALF.T @ _HALF / len(_HALF))
    wanted = np.linalg.cholesky([[1.0, CORRELATION], [CORRELATION, 1.0]])
    half = _HALF @ np.linalg.inv(found).T @ wanted.T
    return np.stack([half, -half], axis=1).reshape(-1, 2)


PRE_ACTIVATIONS = _pre_activations()
POINTS = len(PRE_ACTIVATIONS)
_ANGLES = np.linspace(0.0, 2 * math.pi, 73)
_CIRCLE = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)])


def inputs(activation: Activation, shift: ArrayLike) -> Array:
    """The inputs of the neuron, of shape (n, ``POINTS``, 2), for n values of ``shift``.

    They are the outputs of the activation minus the shift; of the identity its outputs plus ``OFFSET`` minus the shift.
    """
    plain = np.asarray(activation(PRE_ACTIVATIONS)) + (OFFSET if activation.slug == "identity" else 0.0)
    return np.asarray(plain - np.asarray(shift, dtype=np.float64)[:, None, None])


def hessian(x: Array) -> Array:
    """The mean of x xᵀ over the inputs, of shape (n, 2, 2)."""
    return np.asarray(np.swapaxes(x, 1, 2) @ x / x.shape[1])


def curvatures(matrix: Array) -> Array:
    """The eigenvalues of symmetric matrices (n, 2, 2), ascending, of shape (n, 2)."""
    return np.asarray(np.linalg.eigvalsh(matrix))


def reference_rate(matrix: Array, single: bool) -> Array:
    """The learning rate that ``RATE`` multiplies, of shape (n,), for Hessians (n, 2, 2).

    With all examples in each step it is 2 / (λmin + λmax), at which the error shrinks fastest; λmin + λmax is the mean
    of |x|². With a ``single`` example in each step it is half as much: a step at the rate 1 / |x|² would already remove
    the whole error of the example x.
    """
    return np.asarray((1.0 if single else 2.0) / np.trace(matrix, axis1=1, axis2=2))


def descend(x: Array, rate: Array, single: bool) -> Array:
    """How far the weights are from ``MINIMUM`` after 0, 1 … ``TIME.high`` steps, of shape (n, steps + 1, 2).

    ``x`` are the inputs (n, points, 2) and ``rate`` the learning rates (n,). A step takes all examples, or a ``single``
    one of them in turn. Distances are followed instead of weights, so that a small one keeps its digits.
    """
    matrix, offset = hessian(x), np.tile(START - MINIMUM, (len(x), 1))
    met = [offset]
    for step in range(int(TIME.high)):
        if single:
            one = x[:, step % x.shape[1]]
            gradient = one * np.sum(one * offset, axis=1, keepdims=True)
        else:
            gradient = np.sum(matrix * offset[:, None], axis=2)
        offset = offset - rate[:, None] * gradient
        met.append(offset)
    return np.stack(met, axis=1)


def loss(matrix: Array, offsets: Array) -> Array:
    """½ δᵀ H δ at distances δ (n, points, 2) from the minimum, of shape (n, points)."""
    return np.asarray(np.sum(offsets @ matrix * offsets, axis=2) / 2)


def steps_to_goal(losses: Array) -> Array:
    """The first step from which on the loss stays at ``GOAL`` of its first value or below; NaN if it does not.

    ``losses`` are (n, steps + 1), the result is (n,).
    """
    above = losses > GOAL * losses[:, :1]
    first = losses.shape[1] - np.argmax(above[:, ::-1], axis=1)
    return np.where(above[:, -1], math.nan, first)


def opposite_moves(offsets: Array) -> NDArray[np.intp]:
    """In how many of the first 0, 1 … steps one weight grew and the other shrank, of the shape (n, steps + 1)."""
    moves = np.diff(offsets, axis=1)
    opposite = np.sign(moves[..., 0]) * np.sign(moves[..., 1]) < 0
    return np.concatenate([np.zeros((len(offsets), 1), np.intp), np.cumsum(opposite, axis=1)], axis=1)


def common_sign(x: Array) -> NDArray[np.intp]:
    """1 where no input (n, points, 2) is negative, −1 where none is positive, else 0."""
    return np.where((x >= 0).all(axis=(1, 2)), 1, np.where((x <= 0).all(axis=(1, 2)), -1, 0))


def contour(matrix: Array, level: Array) -> Array:
    """The distances from the minimum at which the loss has these levels (n,): ellipses of shape (n, 73, 2).

    δ = √(2 level) H^(−½) (cos φ, sin φ), so that a point moves little when the Hessian does.
    """
    (a, b), (_, d) = np.moveaxis(matrix, 0, -1)
    root = np.sqrt(a * d - b * b)
    inverse = np.array([[d + root, -b], [-b, a + root]]) / (root * np.sqrt(a + d + 2 * root))
    return np.asarray(np.einsum("ijn,jk->nki", inverse * np.sqrt(2 * level), _CIRCLE))
